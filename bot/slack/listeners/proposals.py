"""Proposals for a draft: what somebody would like, filled in, and accepted or declined by whoever decides.

Everything is committed before it is acked; a form that cannot be kept stays open with the words in it.
"""

from typing import Any

from slack_bolt import Ack, App

from bot.okr.model import ProposalOutcome
from bot.okr.writing.draft_views import Which
from bot.services.drafting import deciding, proposing
from bot.services.drafting.draft_sets import NoDraft, WhyNot
from bot.services.drafting.proposing import About, NothingNew, SeenByAll
from bot.services.okrs.draft_checks import Refused
from bot.services.okrs.writable import CannotWrite
from bot.slack import ids
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.drafting import proposal_forms
from bot.slack.blocks.drafting.words import people_in
from bot.slack.listeners.base import who_did
from bot.slack.listeners.draft_base import Json, OfDrafts, meant_by
from bot.slack.reading import fields
from bot.slack.reading.check_in_form import FieldErrors
from bot.slack.reading.okr_fields import Metadata, read_key_result, read_metadata, read_objective
from bot.slack.texts import drafts as texts
from bot.slack.writing.draft_refusals import PROBLEMS, sentence
from bot.slack.writing.refusals import answer
from bot.storage.engine import StorageUnavailable


class ProposalListeners(OfDrafts):
    def register(self, app: App) -> None:
        app.action(ids.DRAFT_PROPOSE)(self.open)
        app.view(ids.DRAFT_PROPOSE_FORM)(self.choose)
        app.view(ids.PROPOSE_OBJECTIVE_FORM)(self.propose)
        app.view(ids.PROPOSE_KEY_RESULT_FORM)(self.propose)
        app.action(ids.PROPOSAL_ACCEPT)(self.open_accept)
        app.action(ids.PROPOSAL_DECLINE)(self.open_decline)
        app.view(ids.PROPOSAL_ACCEPT_FORM)(self.accept)
        app.view(ids.PROPOSAL_DECLINE_FORM)(self.decline)

    def open(self, ack: Ack, body: Json) -> None:
        def form(who: str, which: Which) -> Json:
            return proposal_forms.what_form(proposing.form(self._database, who, which))

        self._open(ack, body, texts.PROPOSE_TITLE, form)

    def choose(self, ack: Ack, body: Json, view: Json) -> None:
        chosen = fields.option(view, ids.PROPOSED)
        gets = ids.read_new_value(chosen)
        about = About(*ids.read_about_value(chosen)) if gets is None else About(gets or None)
        objective = about.key_result_id is None and not gets
        try:
            asked = proposing.to_propose(
                self._database, who_did(body), meant_by(view), about, new=gets is not None
            )
            form = proposal_forms.propose_form(asked, objective=objective)
        except StorageUnavailable as problem:
            ack(response_action="errors", errors={ids.PROPOSED: sentence(problem)})
            return
        except PROBLEMS as problem:
            form = notice_view(texts.PROPOSE_TITLE, sentence(problem))
        ack(response_action="update", view=form)

    def propose(self, ack: Ack, body: Json, view: Json) -> None:
        who, metadata = who_did(body), read_metadata(view)
        which = Which(metadata.team_id, metadata.cycle_id)
        filled = _filled(view)
        if isinstance(filled, FieldErrors):
            ack(response_action="errors", errors=dict(filled.errors))
            return
        why = fields.text(view, ids.PROPOSE_WHY)[: proposal_forms.WHY_MOST]
        try:
            self._meet(*people_in(filled.draft))
            outcome = proposing.propose(
                self._database, who, which, _about(metadata), filled.draft, why=why, now=self._clock()
            )
        except (Refused, CannotWrite) as problem:
            ack(**answer(view, problem))
            return
        except (NothingNew, SeenByAll, *PROBLEMS) as problem:
            title = ids.field(ids.OKR_TITLE, metadata.generation)
            ack(response_action="errors", errors={title: sentence(problem)})
            return
        done = outcome is ProposalOutcome.ACCEPTED
        said = texts.PROPOSED_AND_DONE if done else texts.PROPOSED_NOW
        ack(response_action="update", view=notice_view(texts.PROPOSE_TITLE, said))
        self._redraw_below(view, who, which)

    def open_accept(self, ack: Ack, body: Json) -> None:
        self._open_decision(ack, body, accept=True)

    def open_decline(self, ack: Ack, body: Json) -> None:
        self._open_decision(ack, body, accept=False)

    def _open_decision(self, ack: Ack, body: Json, *, accept: bool) -> None:
        number = ids.read_number(body["actions"][0].get("value")) or 0

        def form(who: str, _which: Which) -> Json:
            return proposal_forms.decide_form(deciding.load(self._database, who, number), accept=accept)

        self._open(ack, body, texts.ACCEPT_TITLE if accept else texts.DECLINE_TITLE, form)

    def accept(self, ack: Ack, body: Json, view: Json) -> None:
        who, word = who_did(body), _word(view)
        number, seen = ids.read_proposal_metadata(view["private_metadata"])
        try:
            which = deciding.accept(self._database, who, number, word, seen=seen, now=self._clock())
        except StorageUnavailable as problem:
            ack(response_action="errors", errors={ids.PROPOSAL_WORD: sentence(problem)})
            return
        except (Refused, CannotWrite, *PROBLEMS) as problem:
            ack(response_action="update", view=self._not_decided(who, number, problem))
            return
        ack()
        self._redraw_below(view, who, which)

    def _not_decided(self, who: str, number: int, problem: Exception) -> Json:
        """What has changed meanwhile is shown as it is now."""
        if isinstance(problem, NoDraft) and problem.why is WhyNot.CHANGED:
            try:
                anew = deciding.load(self._database, who, number)
                return proposal_forms.decide_form(anew, accept=True, say=sentence(problem))
            except PROBLEMS as another:
                problem = another
        return notice_view(texts.ACCEPT_TITLE, sentence(problem))

    def decline(self, ack: Ack, body: Json, view: Json) -> None:
        who, word = who_did(body), _word(view)
        number, _ = ids.read_proposal_metadata(view["private_metadata"])
        if not word:
            ack(response_action="errors", errors={ids.PROPOSAL_WORD: texts.WHY_NOT})
            return
        try:
            which = deciding.decline(self._database, who, number, word, now=self._clock())
        except PROBLEMS as problem:
            ack(response_action="errors", errors={ids.PROPOSAL_WORD: sentence(problem)})
            return
        ack()
        self._redraw_below(view, who, which)


def _filled(view: Json) -> Any:
    """What the form holds, whichever of the two it is."""
    read = read_objective if view["callback_id"] == ids.PROPOSE_OBJECTIVE_FORM else read_key_result
    return read(view)


def _about(metadata: Metadata) -> About:
    if metadata.key_result_id:
        return About(None, metadata.key_result_id)
    return About(metadata.objective_id or None)


def _word(view: Json) -> str:
    return fields.text(view, ids.PROPOSAL_WORD)[: proposal_forms.WORD_MOST]
