"""The tree: another page of it, its part from a team on, its picture."""

from typing import Any, Final

from slack_bolt import Ack, App, Respond

from bot.services.alignment import tree
from bot.services.looking_up import pictures
from bot.services.looking_up.pictures import Outcome
from bot.services.permissions import GuestsSeeOnlyTheirs
from bot.slack import ids
from bot.slack import texts as every_text
from bot.slack.blocks.alignment.tree import tree as drawn
from bot.slack.blocks.help import notice
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.texts import alignment as texts
from bot.storage.engine import StorageUnavailable

WORDS: Final = {
    Outcome.COMING: every_text.PICTURE_COMES,
    Outcome.THERE: texts.PICTURE_THERE,
    Outcome.NOTHING_TO_DRAW: texts.NOTHING_TO_DRAW,
}


class TreeListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.TREE_MORE)(self.turn)
        app.action(ids.TREE_TEAM)(self.turn)
        app.action(ids.TREE_PICTURE)(self.picture)

    def turn(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """In place of the page with the button, as it is now."""
        team_id, page = _meant(body)
        try:
            message = drawn(tree.of_team(self._database, who_did(body), team_id, self._clock()), page)
        except GuestsSeeOnlyTheirs:
            message = notice(every_text.GUESTS_SEE_THEIRS)
        except StorageUnavailable as problem:
            ack()
            say_beside(respond, storage_away(problem))
            return
        ack()
        respond(text=message.text, blocks=list(message.blocks), replace_original=True)

    def picture(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        team_id, _ = _meant(body)
        reply_ts = str(body["container"].get("message_ts", ""))
        try:
            said = WORDS[pictures.ask_tree(self._database, who_did(body), team_id, reply_ts, self._clock())]
        except GuestsSeeOnlyTheirs:
            said = every_text.GUESTS_SEE_THEIRS
        except StorageUnavailable as problem:
            said = storage_away(problem)
        ack()
        self._wake_sender()
        say_beside(respond, said)


def _meant(body: dict[str, Any]) -> tuple[int, int]:
    action = body["actions"][0]
    return ids.read_tree_value((action.get("selected_option") or action).get("value"))
