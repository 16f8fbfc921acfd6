"""Drafts: shown, begun, shared with the team, given up, started.

Everything is committed before it is acked.
"""

from datetime import date

from slack_bolt import Ack, App

from bot.okr.model import Cycle
from bot.okr.writing.cycles import NoCycle
from bot.okr.writing.draft_views import Which
from bot.okr.writing.drafts import one_line
from bot.services.drafting import beginning, draft_shown, starting_cycles
from bot.services.drafting.beginning import CannotBegin, NotACycle
from bot.slack import ids
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.drafting import forms as draft_forms
from bot.slack.blocks.drafting.messages import copied_notes, draft_view
from bot.slack.listeners.base import who_did
from bot.slack.listeners.draft_base import Json, OfDrafts, meant_by
from bot.slack.reading import fields
from bot.slack.texts import drafts as texts
from bot.slack.writing.draft_refusals import PROBLEMS, sentence


class DraftListeners(OfDrafts):
    def register(self, app: App) -> None:
        app.action(ids.DRAFT_BUTTON)(self.see)
        app.action(ids.DRAFT_BEGIN)(self.open_begin)
        app.view(ids.DRAFT_BEGIN_FORM)(self.begin)
        app.action(ids.DRAFT_SHARE)(self.share)
        app.action(ids.DRAFT_GIVE_UP)(self.give_up)
        app.action(ids.DRAFT_START)(self.open_start)
        app.view(ids.DRAFT_START_FORM)(self.start)

    def see(self, ack: Ack, body: Json) -> None:
        """In the place of another draft, so that there is room for forms on top."""
        self._open(ack, body, texts.TITLE, self._drawn, instead=True)

    def open_begin(self, ack: Ack, body: Json) -> None:
        team_id = ids.read_number(body["actions"][0].get("value")) or 0

        def form(who: str, _which: Which) -> Json:
            return draft_forms.begin_form(beginning.form(self._database, who, team_id, self._clock()))

        self._open(ack, body, texts.BEGIN_TITLE, form)

    def begin(self, ack: Ack, body: Json, view: Json) -> None:
        who, team_id = who_did(body), ids.read_number(view["private_metadata"]) or 0
        wanted = _wanted(view)
        if not isinstance(wanted, int | Cycle):
            ack(response_action="errors", errors=wanted)
            return
        try:
            begun = beginning.begin(
                self._database,
                who,
                team_id,
                wanted,
                self._clock(),
                copies=fields.ticked(view, ids.COPY_LAST),
                meant=fields.ticked(view, ids.ODD_IS_MEANT),
            )
            shown = draft_view(
                draft_shown.load(self._database, who, Which(team_id, begun.cycle_id)),
                copied_notes(begun.copied),
            )
        except NotACycle as problem:
            ack(**self._asked_again(who, team_id, wanted, problem))
            return
        except CannotBegin as problem:
            said = texts.cannot_begin(problem.why, problem.team, problem.other)
            ack(response_action="errors", errors={_first_field(view): said})
            return
        except PROBLEMS as problem:
            ack(response_action="errors", errors={_first_field(view): sentence(problem)})
            return
        ack(response_action="update", view=shown)

    def _asked_again(self, who: str, team_id: int, wanted: int | Cycle, problem: NotACycle) -> Json:
        """What cannot be is said beside its field; what is odd is asked about in the form drawn anew."""
        if problem.problems or not isinstance(wanted, Cycle):
            return {"response_action": "errors", "errors": _wrong(wanted, problem)}
        try:
            form = beginning.form(self._database, who, team_id, self._clock())
            view = draft_forms.begin_form(form, (wanted, problem.odd))
        except PROBLEMS as trouble:
            view = notice_view(texts.BEGIN_TITLE, sentence(trouble))
        return {"response_action": "update", "view": view}

    def share(self, ack: Ack, body: Json) -> None:
        def work(who: str, which: Which) -> str:
            new = starting_cycles.share(self._database, who, which, self._clock())
            return texts.SHARED_NOW if new else texts.SHARED_BEFORE

        self._do(ack, body, work)

    def give_up(self, ack: Ack, body: Json) -> None:
        def work(who: str, which: Which) -> str:
            beginning.give_up(self._database, who, which, self._clock())
            return texts.GIVEN_UP

        self._do(ack, body, work, over=True)

    def open_start(self, ack: Ack, body: Json) -> None:
        def form(who: str, which: Which) -> Json:
            return draft_forms.start_form(starting_cycles.load(self._database, who, which, self._clock()))

        self._open(ack, body, texts.START_TITLE, form)

    def start(self, ack: Ack, body: Json, view: Json) -> None:
        who, which, now = who_did(body), meant_by(view), self._clock()
        try:
            done = starting_cycles.start(self._database, who, which, now)
            shown = draft_shown.load(self._database, who, which)
        except PROBLEMS as problem:
            ack(response_action="update", view=notice_view(texts.START_TITLE, sentence(problem)))
            return
        said = texts.started_now(shown, now) if done.new else texts.started_before(shown.cycle, done.started)
        ack(response_action="update", view=notice_view(texts.START_TITLE, said))
        self._redraw_below(view, who, which)


def _wanted(view: Json) -> int | Cycle | Json:
    """The cycle by its id, or the new one; or what is wrong with the fields."""
    chosen = fields.option(view, ids.CYCLE)
    if chosen not in {None, draft_forms.NEW}:
        return ids.read_number(chosen) or 0
    starts, ends = (fields.held_date(view, one) for one in (ids.FIRST_DAY, ids.LAST_DAY))
    if starts is None or ends is None:
        days: dict[str, date | None] = {ids.FIRST_DAY: starts, ids.LAST_DAY: ends}
        return {field: texts.NO_DAY for field, day in days.items() if day is None}
    name = " ".join(one_line(fields.text(view, ids.CYCLE_NAME)).split())
    return Cycle(0, name, starts, ends)


def _wrong(wanted: int | Cycle, problem: NotACycle) -> Json:
    if not isinstance(wanted, Cycle):
        return {ids.CYCLE: texts.NO_CYCLE[problem.problems[0]]}
    of_name = {NoCycle.NO_NAME, NoCycle.NAME_TOO_LONG}
    return {
        ids.CYCLE_NAME if one in of_name else ids.LAST_DAY: texts.NO_CYCLE[one] for one in problem.problems
    }


def _first_field(view: Json) -> str:
    """Where a sentence about all of it stands."""
    shown = {block.get("block_id") for block in view.get("blocks") or ()}
    return ids.CYCLE if ids.CYCLE in shown else ids.CYCLE_NAME
