"""What people say of a draft: comments, and that they commit.

Everything is committed before it is acked.
"""

from slack_bolt import Ack, App

from bot.okr.defaults import DRAFT_CONFIDENCE_MOST
from bot.okr.writing.draft_views import Which
from bot.services.drafting import committing, proposing
from bot.services.drafting.committing import ChangedMeanwhile, Yes
from bot.slack import ids
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.drafting import forms as draft_forms
from bot.slack.listeners.base import who_did
from bot.slack.listeners.draft_base import Json, OfDrafts, meant_by
from bot.slack.reading import fields
from bot.slack.texts import drafts as texts
from bot.slack.writing.draft_refusals import PROBLEMS, sentence
from bot.storage.engine import StorageUnavailable

MOST = 10
"""The highest confidence."""


class DraftTalkListeners(OfDrafts):
    def register(self, app: App) -> None:
        app.action(ids.DRAFT_COMMENT)(self.open_comment)
        app.view(ids.DRAFT_COMMENT_FORM)(self.comment)
        app.action(ids.DRAFT_COMMIT)(self.open_commit)
        app.view(ids.DRAFT_COMMIT_FORM)(self.commit)

    def open_comment(self, ack: Ack, body: Json) -> None:
        def form(who: str, which: Which) -> Json:
            return draft_forms.comment_form(proposing.form(self._database, who, which))

        self._open(ack, body, texts.COMMENT_TITLE, form)

    def comment(self, ack: Ack, body: Json, view: Json) -> None:
        who, which = who_did(body), meant_by(view)
        text = fields.text(view, ids.COMMENT)[: draft_forms.COMMENT_MOST]
        if not text:
            ack(response_action="errors", errors={ids.COMMENT: texts.NOTHING_SAID})
            return
        about = proposing.About(*ids.read_about_value(fields.option(view, ids.SAID_ABOUT)))
        try:
            proposing.comment(self._database, who, which, about, text, now=self._clock())
        except PROBLEMS as problem:
            ack(response_action="errors", errors={ids.COMMENT: sentence(problem)})
            return
        ack()
        self._redraw_below(view, who, which)

    def open_commit(self, ack: Ack, body: Json) -> None:
        def form(who: str, which: Which) -> Json:
            return draft_forms.commit_form(committing.load(self._database, who, which))

        self._open(ack, body, texts.COMMIT_TITLE, form)

    def commit(self, ack: Ack, body: Json, view: Json) -> None:
        who, which, said = who_did(body), meant_by(view), _said(view)
        try:
            committing.commit(self._database, who, which, said, self._clock())
        except ChangedMeanwhile:
            self._open_anew(ack, who, which)
            return
        except StorageUnavailable as problem:
            ack(response_action="errors", errors={_first_field(view): sentence(problem)})
            return
        except PROBLEMS as problem:
            ack(response_action="update", view=notice_view(texts.COMMIT_TITLE, sentence(problem)))
            return
        if any(one.confidence > DRAFT_CONFIDENCE_MOST for one in said.values()):
            ack(response_action="update", view=notice_view(texts.COMMIT_TITLE, texts.SURE_BEFOREHAND))
        else:
            ack()
        self._redraw_below(view, who, which)

    def _open_anew(self, ack: Ack, who: str, which: Which) -> None:
        try:
            anew = draft_forms.commit_form(
                committing.load(self._database, who, which), texts.CHANGED_MEANWHILE
            )
        except PROBLEMS as problem:
            anew = notice_view(texts.COMMIT_TITLE, sentence(problem))
        ack(response_action="update", view=anew)


def _first_field(view: Json) -> str:
    """Where a sentence about all of it stands."""
    return next(str(one["block_id"]) for one in view["blocks"] if one["type"] == "input")


def _said(view: Json) -> dict[int, Yes]:
    """The confidences that were chosen; what a forged form holds beside them is left out."""
    said = {}
    for block in view.get("blocks") or ():
        found = ids.COMMITTED.fullmatch(str(block.get("block_id")))
        level = ids.read_number(fields.option(view, found.string)) if found else None
        if found and level is not None and level <= MOST:
            said[int(found.group(1))] = Yes(level, found.group(2))
    return said
