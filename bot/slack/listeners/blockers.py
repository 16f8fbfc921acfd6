"""Somebody says of what is in another's way that it is cleared, or not theirs to clear."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.okr.model import ClearingOutcome
from bot.services.answering import blockers
from bot.services.answering.blockers import CannotClear, NotToClear
from bot.slack import ids, texts
from bot.slack.blocks.check_in.blockers import thanks
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.storage.engine import StorageUnavailable

OUTCOMES = {ids.CLEARED: ClearingOutcome.CLEARED, ids.NOT_MINE: ClearingOutcome.NOT_MINE}
WORDS = {NotToClear.NOT_YOURS: texts.NOT_YOURS_TO_CLEAR, NotToClear.SAID_BEFORE: texts.SAID_BEFORE}


class BlockerListeners(Listeners):
    def register(self, app: App) -> None:
        for action_id in OUTCOMES:
            app.action(action_id)(self.say)

    def say(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        who = who_did(body)
        said, done = self._said(who, body["actions"][0])
        ack()
        self._wake_sender()
        if "view" not in body:  # a message: what stands there is drawn anew, and says less
            say_beside(respond, said)
            return
        if not done:
            view = notice_view(texts.WHAT_BECAME_OF_IT, said)
            self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)
        self._redraw_home(who)

    def _said(self, who: str, action: dict[str, Any]) -> tuple[str, bool]:
        """What there is to say about it, and whether it was taken."""
        key_result_id = ids.read_number(action.get("value")) or 0
        outcome = OUTCOMES[action["action_id"]]
        try:
            return thanks(blockers.say(self._database, who, key_result_id, outcome, self._clock())), True
        except CannotClear as problem:
            return WORDS[problem.why], False
        except StorageUnavailable as error:
            return storage_away(error), False
