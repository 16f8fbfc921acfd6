"""The buttons of a receipt that ask what somebody meant.

A button's value says which question and which answer; whose message it is about, and what the answer says,
stands in the database.
"""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.services.answering import words
from bot.services.answering.checkins import CannotAnswer, WhyNot
from bot.services.answering.doubts import DoubtState
from bot.slack import ids, texts
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.listeners.check_in import WORDS
from bot.storage.engine import StorageUnavailable

TOO_LATE = {DoubtState.ANSWERED: texts.MEANT_ALREADY, DoubtState.WITHDRAWN: texts.MESSAGE_CHANGED}


class DoubtListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.MEANT_BUTTON)(self.clear_up)
        app.action(ids.NONE_OF_THEM)(self.clear_up)

    def clear_up(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """The receipt, drawn anew, says what was understood; what went wrong is said to them alone."""
        problem = self._cleared_up(who_did(body), body["actions"][0].get("value"))
        ack()
        self._wake_sender()
        if problem is not None:
            say_beside(respond, problem)

    def _cleared_up(self, who: str, value: object) -> str | None:
        try:
            chosen = ids.read_meant_value(value)
            if chosen is None:
                return WORDS[WhyNot.NOT_YOURS]
            return TOO_LATE.get(words.clear_up(self._database, who, *chosen, self._clock()))
        except CannotAnswer as problem:
            return WORDS[problem.why]
        except StorageUnavailable as error:
            return storage_away(error)
