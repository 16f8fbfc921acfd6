"""Somebody says of what is in another's way that it is cleared, or not theirs to clear."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.okr.model import ClearingOutcome
from bot.services import blockers
from bot.services.blockers import CannotClear, NotToClear
from bot.services.messenger import NotSent, Refused, Unsure
from bot.slack import ids, texts
from bot.slack.blocks.blockers import thanks
from bot.slack.blocks.form import notice_view
from bot.slack.blocks.help import notice
from bot.slack.listeners.handlers import publish_home
from bot.slack.outcomes import call
from bot.storage.engine import Database, StorageUnavailable

OUTCOMES = {ids.CLEARED: ClearingOutcome.CLEARED, ids.NOT_MINE: ClearingOutcome.NOT_MINE}
WORDS = {NotToClear.NOT_YOURS: texts.NOT_YOURS_TO_CLEAR, NotToClear.SAID_BEFORE: texts.SAID_BEFORE}

log = structlog.get_logger(__name__)


class BlockerListeners:
    def __init__(
        self,
        database: Database,
        client: WebClient,
        clock: Callable[[], datetime],
        wake_sender: Callable[[], None],
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._wake_sender = wake_sender

    def register(self, app: App) -> None:
        for action_id in OUTCOMES:
            app.action(action_id)(self.say)

    def say(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        who = str(body["user"]["id"])
        said, done = self._said(who, body["actions"][0])
        ack()
        self._wake_sender()
        if "view" not in body:  # a message: what stands there is drawn anew, and says less
            message = notice(said)
            respond(text=message.text, blocks=list(message.blocks), replace_original=False)
            return
        try:
            if not done:
                view = notice_view(texts.WHAT_BECAME_OF_IT, said)
                call(self._client.views_open, trigger_id=body["trigger_id"], view=view)
            publish_home(self._database, self._client, who, self._clock())
        except (NotSent, Refused, Unsure, StorageUnavailable) as problem:
            log.warning("home not drawn", error=str(problem))

    def _said(self, who: str, action: dict[str, Any]) -> tuple[str, bool]:
        """What there is to say about it, and whether it was taken."""
        key_result_id = ids.read_number(action.get("value")) or 0
        outcome = OUTCOMES[action["action_id"]]
        try:
            return thanks(blockers.say(self._database, who, key_result_id, outcome, self._clock())), True
        except CannotClear as problem:
            return WORDS[problem.why], False
        except StorageUnavailable as error:
            log.warning("a tap could not be kept", error=str(error))
            return texts.STORAGE_AWAY, False
