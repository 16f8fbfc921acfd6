"""The prompt's buttons and the check-in form.

Whatever a person does is committed before it is acked. If that fails the form stays open with their words
in it, and says so.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.okr.answers import CheckInAnswers
from bot.services.answering import checkins, unchanged
from bot.services.answering.checkins import CannotAnswer, WhyNot
from bot.services.away import pausing
from bot.slack import ids, texts
from bot.slack.blocks.check_in.form import check_in_form, closed_view, notice_view
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.listeners.form_pages import Newest, Pages
from bot.slack.reading.check_in_form import FieldErrors, check_in_of
from bot.storage.engine import Database, StorageUnavailable

WORDS = {
    WhyNot.NOT_YOURS: texts.NOT_YOURS,
    WhyNot.CLOSED: texts.CLOSED_FORM,
    WhyNot.NOTHING_ASKED: texts.KEY_RESULTS_GONE,
    WhyNot.NOTHING_TO_TAKE_BACK: texts.NOTHING_TO_TAKE_BACK,
    WhyNot.STOOD_IN_FOR: texts.STOOD_IN_FOR,
}

log = structlog.get_logger(__name__)


class CheckInListeners(Listeners):
    def __init__(
        self,
        database: Database,
        client: WebClient,
        clock: Callable[[], datetime],
        wake_sender: Callable[[], None],
    ) -> None:
        super().__init__(database, client, clock, wake_sender)
        self._pages = Pages(database, clock)
        self._newest = Newest()

    def register(self, app: App) -> None:
        app.action(ids.CHECK_IN_OPEN)(self.open_form)
        app.action(ids.ALL_UNCHANGED)(self.all_unchanged)
        app.action(ids.UNDO_UNCHANGED)(self.undo_unchanged)
        app.action(ids.PAUSE)(self.pause)
        app.action(ids.RESUME)(self.resume)
        app.action(ids.STANDING_CHANGED)(self.standing_changed)
        app.action(ids.FORM_BACK)(self.back)
        app.view(ids.CHECK_IN_FORM)(self.submit)

    def open_form(self, ack: Ack, body: dict[str, Any]) -> None:
        check_in_id = ids.read_check_in_value(body["actions"][0].get("value"))
        try:
            view = check_in_form(checkins.load_form(self._database, who_did(body), check_in_id or 0))
        except CannotAnswer as problem:
            view = _refusal(problem.why)
        except StorageUnavailable:
            view = notice_view(texts.FORM_TITLE, texts.STORAGE_AWAY)
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def standing_changed(self, ack: Ack, body: dict[str, Any]) -> None:
        """What moved asks what drove it, low confidence what is in the way. Slack keeps what was typed."""
        ack()
        shown, at = body["view"], str(body["actions"][0].get("action_ts"))
        self._newest.saw(shown["id"], at)
        try:
            view = self._pages.drawn_anew(who_did(body), shown)
        except (CannotAnswer, StorageUnavailable):
            return  # sending the form will say it, with the person's words still in it
        if view is None:
            return
        with self._newest.turn(shown["id"], at) as is_newest:
            if is_newest:
                # Without the hash: the form may have been drawn for a change before this one meanwhile.
                self._show(self._client.views_update, view_id=shown["id"], view=view)

    def back(self, ack: Ack, body: dict[str, Any]) -> None:
        """To the page before, with what stands on this one kept."""
        try:
            view = self._pages.before(who_did(body), body["view"])
        except CannotAnswer as problem:
            view = _refusal(problem.why)
        except StorageUnavailable as problem:
            log.warning("a page could not be kept", error=str(problem))
            ack()  # the page stays as it is, with everything typed in it
            return
        ack()
        shown = body["view"]
        self._show(self._client.views_update, view_id=shown["id"], hash=shown["hash"], view=view)

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        who, check_in_id = who_did(body), check_in_of(view) or 0
        try:
            answers = self._read(who, view, check_in_id)
            if isinstance(answers, FieldErrors):
                ack(response_action="errors", errors=dict(answers.errors))
                return
            if answers is None:
                ack(response_action="update", view=self._pages.after(who, view))
                return
            checkins.record(self._database, who, answers, self._clock(), view_id=str(view["id"]))
        except CannotAnswer as problem:
            _keep_open(ack, view, WORDS[problem.why])
            return
        except StorageUnavailable as problem:
            # Without a traceback: writing one takes time, and two of the three seconds are gone.
            log.warning("check-in could not be kept", check_in=check_in_id, error=str(problem))
            _keep_open(ack, view, texts.STORAGE_AWAY)
            return
        ack()
        self._wake_sender()
        self._redraw_home(who)  # the form may have been opened there

    def _read(self, who: str, view: dict[str, Any], check_in_id: int) -> CheckInAnswers | FieldErrors | None:
        try:
            return self._pages.read(who, view)
        except CannotAnswer as problem:
            if problem.why is not WhyNot.STOOD_IN_FOR:
                raise
        checkins.take_back(self._database, who, check_in_id)
        return self._pages.read(who, view)

    def all_unchanged(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        self._do(ack, body, respond, lambda: unchanged.record(*self._tapped(body)))

    def undo_unchanged(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        self._do(ack, body, respond, lambda: unchanged.undo(*self._tapped(body)))

    def _tapped(self, body: dict[str, Any]) -> tuple[Database, str, int, datetime]:
        check_in_id = ids.read_check_in_value(body["actions"][0].get("value"))
        return self._database, who_did(body), check_in_id or 0, self._clock()

    def pause(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        self._do(ack, body, respond, lambda: pausing.pause(self._database, who_did(body), self._clock()))

    def resume(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        self._do(ack, body, respond, lambda: pausing.resume(self._database, who_did(body), self._clock()))

    def _do(self, ack: Ack, body: dict[str, Any], respond: Respond, work: Callable[[], object]) -> None:
        problem: str | None = None
        view: dict[str, Any] = {}
        try:
            work()
        except CannotAnswer as error:
            problem, view = WORDS[error.why], _refusal(error.why)
        except StorageUnavailable as error:
            problem = storage_away(error)
            view = notice_view(texts.FORM_TITLE, problem)
        ack()
        in_home = "view" in body
        if problem is None:
            self._wake_sender()
        elif in_home:  # there is no message there that could be answered
            self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)
        else:
            say_beside(respond, problem)
        if in_home:
            self._redraw_home(who_did(body))


def _refusal(why: WhyNot) -> dict[str, Any]:
    """What opens instead of the form."""
    return closed_view() if why is WhyNot.CLOSED else notice_view(texts.FORM_TITLE, WORDS[why])


def _keep_open(ack: Ack, view: dict[str, Any], sentence: str) -> None:
    """Says it beside the first field, which keeps the form open and everything typed in it."""
    first = next(block["block_id"] for block in view["blocks"] if block["type"] == "input")
    ack(response_action="errors", errors={first: sentence})
