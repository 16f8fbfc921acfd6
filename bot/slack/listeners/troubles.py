"""A lead decides what becomes of a message that could not be sent, or may have been."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.services.sending import troubles
from bot.services.sending.troubles import Decision, NotYoursToDecide
from bot.slack import ids, texts
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.storage.engine import StorageUnavailable

DECISIONS = {
    ids.POST_AGAIN: Decision.POST_AGAIN,
    ids.IT_IS_THERE: Decision.IT_IS_THERE,
    ids.LEAVE: Decision.LEAVE,
}


class TroubleListeners(Listeners):
    def register(self, app: App) -> None:
        for action_id in DECISIONS:
            app.action(action_id)(self.decide)

    def decide(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        problem = self._decided(who_did(body), body["actions"][0])
        ack()
        self._wake_sender()
        if problem is not None:
            say_beside(respond, problem)

    def _decided(self, who: str, action: dict[str, Any]) -> str | None:
        """What there is to say about it; None where the message itself, drawn anew, says it."""
        delivery_id = ids.read_number(action.get("value")) or 0
        try:
            decided = troubles.decide_as_lead(
                self._database, who, delivery_id, DECISIONS[action["action_id"]], self._clock()
            )
        except NotYoursToDecide:
            return texts.NOT_YOURS_TO_DECIDE
        except StorageUnavailable as error:
            return storage_away(error)
        return None if decided else texts.DECIDED_ALREADY
