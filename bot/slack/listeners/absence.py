"""Days away: the form, its buttons, taking days back, and what a Slack status says of them.

Whoever Slack says tapped is whose days they are: neither a button's value nor a form names a person.
"""

import re
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond

from bot.okr.days.away import NotDays, Why
from bot.services.answering import checkins
from bot.services.answering.checkins import CannotAnswer
from bot.services.away import absence, coming_back, statuses
from bot.services.away.statuses import NotAsked
from bot.services.away.statuses import Why as NotAskedWhy
from bot.slack import ids, texts
from bot.slack.blocks.check_in.form import check_in_form, notice_view
from bot.slack.blocks.help import notice
from bot.slack.blocks.people import away
from bot.slack.listeners.base import Listeners, storage_away, who_did
from bot.slack.message import Message
from bot.slack.reading.fields import held_date
from bot.storage.engine import StorageUnavailable

NOT_ASKED = {NotAskedWhy.ANSWERED: texts.STATUS_ANSWERED, NotAskedWhy.OVER: texts.STATUS_OVER}

log = structlog.get_logger(__name__)


class AbsenceListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.AWAY)(self.open_form)
        app.action(re.compile(rf"^{ids.AWAY_DAYS}:\d+$"))(self.choose_reading)
        app.action(ids.HERE_AFTER_ALL)(self.cancel)
        app.action(ids.COME_BACK)(self.come_back)
        for action_id in (ids.STATUS_AWAY, ids.STATUS_HERE):
            app.action(action_id)(self.answer_status)
        app.view(ids.AWAY_FORM)(self.submit)

    def open_form(self, ack: Ack, body: dict[str, Any]) -> None:
        try:
            view = away.away_form(absence.today_of(self._database, who_did(body), self._clock()))
        except StorageUnavailable:
            view = notice_view(texts.AWAY_TITLE, texts.STORAGE_AWAY)
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        first, last = (held_date(view, field) for field in (ids.FIRST_DAY, ids.LAST_DAY))
        try:
            if first is None or last is None:
                raise NotDays(Why.NO_SUCH_DAY, "such day")  # noqa: TRY301 - a forged form
            absence.add(self._database, who_did(body), first, last, self._clock())
        except NotDays as problem:
            ack(response_action="errors", errors={ids.LAST_DAY: texts.not_days(problem)})
            return
        except StorageUnavailable as problem:
            log.warning("days away could not be kept", error=str(problem))
            ack(response_action="errors", errors={ids.FIRST_DAY: texts.STORAGE_AWAY})
            return
        ack()
        self._wake_sender()
        self._redraw_home(who_did(body))

    def choose_reading(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        days = ids.read_days_value(body["actions"][0].get("value"))

        def work() -> Message:
            if days is None:
                return notice(texts.DAYS_CHANGED)
            try:
                noted = absence.add(self._database, who_did(body), *days, self._clock())
            except NotDays:
                return notice(texts.DAYS_CHANGED)
            return away.noted(noted.absence, noted.today) if noted.absence else notice(texts.DAYS_CHANGED)

        self._do(ack, body, respond, work)

    def cancel(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        absence_id = ids.read_number(body["actions"][0].get("value")) or 0

        def work() -> Message:
            gone = absence.cancel(self._database, who_did(body), absence_id, self._clock())
            if gone is None:
                return notice(texts.GONE_ALREADY)
            return notice(texts.away_cancelled(gone.absence, gone.today, gone.still))

        self._do(ack, body, respond, work)

    def come_back(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        if "view" in body:
            self._come_back_at_home(ack, body)
            return

        def work() -> Message:
            back = coming_back.come_back(self._database, who_did(body), self._clock())
            return notice(texts.NOBODY_STANDS_IN) if back is None else away.welcome_back(back.check_in_id)

        self._do(ack, body, respond, work)

    def _come_back_at_home(self, ack: Ack, body: dict[str, Any]) -> None:
        """There the form opens, at once: there may be no prompt in which to find it."""
        who = who_did(body)
        try:
            back = coming_back.come_back(self._database, who, self._clock())
            if back is None:
                view = notice_view(texts.FORM_TITLE, texts.NOBODY_STANDS_IN)
            else:
                view = check_in_form(checkins.load_form(self._database, who, back.check_in_id or 0))
        except CannotAnswer:
            view = notice_view(texts.FORM_TITLE, texts.NOTHING_TO_COME_BACK_TO)
        except StorageUnavailable as error:
            view = notice_view(texts.FORM_TITLE, storage_away(error))
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)
        self._wake_sender()
        self._redraw_home(who)

    def answer_status(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        tapped = body["actions"][0]
        shown, away_then = ids.read_status_value(tapped.get("value")), tapped["action_id"] == ids.STATUS_AWAY

        def work() -> Message:
            if shown is None:
                return notice(texts.STATUS_OVER)
            try:
                said = statuses.answer(self._database, who_did(body), shown, self._clock(), away=away_then)
            except NotAsked as problem:
                return notice(NOT_ASKED[problem.why])
            return away.noted(said.absence, said.today) if said.absence else notice(texts.YOU_ARE_HERE)

        self._do(ack, body, respond, work)

    def _do(self, ack: Ack, body: dict[str, Any], respond: Respond, work: Callable[[], Message]) -> None:
        """Does it before the acknowledgement and says what became of it: in place of our own reply, which
        only they saw; beside a prompt, which is drawn anew; in Home, which is too, only what went wrong."""
        try:
            message = work()
        except StorageUnavailable as error:
            message = notice(storage_away(error))
        ack()
        self._wake_sender()
        if "view" in body:
            self._redraw_home(who_did(body))
            return
        in_reply = bool((body.get("container") or {}).get("is_ephemeral"))
        respond(text=message.text, blocks=list(message.blocks), replace_original=in_reply)
