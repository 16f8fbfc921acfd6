"""Somebody wants a picture of what `/okr history` shows them in words."""

from typing import Any, Final

from slack_bolt import Ack, App, Respond

from bot.services.looking_up import pictures
from bot.services.looking_up.pictures import Outcome
from bot.slack import ids, texts
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.storage.engine import StorageUnavailable

WORDS: Final = {
    Outcome.COMING: texts.PICTURE_COMES,
    Outcome.THERE: texts.PICTURE_THERE,
    Outcome.NOTHING_TO_DRAW: texts.NOTHING_TO_DRAW,
    Outcome.NOT_SEEN: texts.CANNOT_SEE_IT,
}


class HistoryListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.PICTURE)(self.draw)

    def draw(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        action = body["actions"][0]
        key_result_id = ids.read_number((action.get("selected_option") or action).get("value")) or 0
        reply_ts = str(body["container"].get("message_ts", ""))
        said = self._said(who_did(body), key_result_id, reply_ts)
        ack()
        self._wake_sender()
        say_beside(respond, said)

    def _said(self, who: str, key_result_id: int, reply_ts: str) -> str:
        try:
            return WORDS[pictures.ask(self._database, who, key_result_id, reply_ts, self._clock())]
        except StorageUnavailable as error:
            return storage_away(error)
