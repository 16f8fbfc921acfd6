"""*Share*: what somebody sees alone is said in the channel where they asked, without what is private."""

from typing import Any, Final

from slack_bolt import Ack, App, Respond

from bot.services.looking_up import sharing
from bot.services.looking_up.sharing import Outcome, Wish
from bot.slack import ids
from bot.slack.commands import called_by
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.texts import looking
from bot.storage.engine import StorageUnavailable

WORDS: Final = {
    Outcome.COMING: looking.SHARING,
    Outcome.THERE: looking.SHARED_BEFORE,
    Outcome.NOWHERE: looking.SHARED_NOWHERE,
    Outcome.GUEST: looking.GUESTS_DO_NOT_SHARE,
}


class ShareListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.SHARE)(self.share)

    def share(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """The button says only what was asked; where, and who asks, is said by Slack."""
        _, words = ids.read_page_value(body["actions"][0].get("value"))
        said = self._said(body, words)
        ack()
        self._wake_sender()
        say_beside(respond, said)

    def _said(self, body: dict[str, Any], words: str) -> str:
        command, _ = called_by(words)
        if command is None or command.shared is None:
            return looking.NOT_TO_SHARE
        channel = str((body.get("channel") or {}).get("id") or "")
        reply_ts = str(body["container"].get("message_ts", ""))
        try:
            wish = Wish(channel, words, reply_ts)
            return WORDS[sharing.share(self._database, who_did(body), wish, self._clock())]
        except StorageUnavailable as problem:
            return storage_away(problem)
