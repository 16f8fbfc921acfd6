"""How listeners for drafts answer: a form, on top of the one that its button stands in, or a sentence.

Who may do what is asked anew each time: a button's value and a form's private_metadata say only which draft
is meant.
"""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.okr.writing.draft_views import Which
from bot.services import people
from bot.services.drafting import draft_shown
from bot.slack import ids
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.drafting.messages import draft_view
from bot.slack.listeners.base import Listeners, who_did
from bot.slack.texts import drafts as texts
from bot.slack.writing.draft_refusals import PROBLEMS, sentence

Json = dict[str, Any]


class OfDrafts(Listeners):
    def _drawn(self, who: str, which: Which, *notes: str) -> Json:
        return draft_view(draft_shown.load(self._database, who, which), notes)

    def _open(
        self,
        ack: Ack,
        body: Json,
        title: str,
        form: Callable[[str, Which], Json],
        *,
        instead: bool = False,
    ) -> None:
        """The form, on top of the one that its button stands in or `instead` of it; or a sentence. Nothing is
        written, and Slack may have to be asked who somebody is: so it is acked first."""
        ack()
        who = who_did(body)
        try:
            people.meet(self._database, self._directory, who)
            view = form(who, which_of(body))
        except PROBLEMS as problem:
            view = notice_view(title, sentence(problem))
        shown = _modal(body)
        if shown and instead:
            self._show(self._client.views_update, view_id=shown["id"], view=view)
        else:
            show = self._client.views_push if shown else self._client.views_open
            self._show(show, trigger_id=body["trigger_id"], view=view)

    def _do(self, ack: Ack, body: Json, work: Callable[[str, Which], str], *, over: bool = False) -> None:
        """Does it and says so, at the top of the draft or, where that is `over`, in its place."""
        who, which = who_did(body), which_of(body)
        try:
            said = work(who, which)
            view = notice_view(texts.TITLE, said) if over else self._drawn(who, which, said)
        except PROBLEMS as problem:
            view = notice_view(texts.TITLE, sentence(problem))
        ack()
        self._wake_sender()
        shown = _modal(body)
        if shown:
            self._show(self._client.views_update, view_id=shown["id"], view=view)
        else:
            self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def _redraw_below(self, view: Json, who: str, which: Which) -> None:
        """The draft below a form shows what came of it; the messages follow by themselves."""
        self._wake_sender()
        if not view.get("previous_view_id"):
            return
        try:
            below = self._drawn(who, which)
        except PROBLEMS as problem:
            below = notice_view(texts.TITLE, sentence(problem))
        self._show(self._client.views_update, view_id=view["previous_view_id"], view=below)


def _modal(body: Json) -> Json | None:
    """The form that the button stands in; Home is none."""
    view: Json = body.get("view") or {}
    return view if view.get("type") == "modal" else None


def which_of(body: Json) -> Which:
    """What a button means."""
    return Which(*ids.read_draft_value(body["actions"][0].get("value")))


def meant_by(view: Json) -> Which:
    return Which(*ids.read_draft_value(view["private_metadata"]))
