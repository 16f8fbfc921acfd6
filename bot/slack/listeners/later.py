"""The prompt's menu for a later reminder, and the button that takes it back."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.okr.days.later import Later
from bot.services.answering.checkins import CannotAnswer
from bot.services.asking import later
from bot.slack import ids, texts
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.listeners.check_in import WORDS
from bot.storage.engine import StorageUnavailable


class LaterListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.LATER)(self.put_off)
        app.action(ids.AS_USUAL)(self.as_usual)

    def put_off(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        chosen = ids.read_later_value((body["actions"][0].get("selected_option") or {}).get("value"))
        who, now = who_did(body), self._clock()
        check_in_id, choice = chosen or (0, Later.HOUR)  # a forged one is nobody's check-in
        self._do(ack, respond, lambda: later.put_off(self._database, who, check_in_id, choice, now))

    def as_usual(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        check_in_id = ids.read_check_in_value(body["actions"][0].get("value")) or 0
        who, now = who_did(body), self._clock()
        self._do(ack, respond, lambda: later.as_usual(self._database, who, check_in_id, now))

    def _do(self, ack: Ack, respond: Respond, work: Callable[[], bool]) -> None:
        """The prompt, drawn anew, says what went well; what did not is said to them alone."""
        problem: str | None = None
        try:
            if not work():
                problem = texts.TOO_LATE_FOR_LATER
        except CannotAnswer as error:
            problem = WORDS[error.why]
        except StorageUnavailable as error:
            problem = storage_away(error)
        ack()
        self._wake_sender()
        if problem is not None:
            say_beside(respond, problem)
