"""The one slash command: `/okr`, and what may follow it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, App

from bot.services import lookups, pausing
from bot.services.lookups import GuestsSeeOnlyTheirs, UnknownTeam
from bot.slack import texts
from bot.slack.blocks.help import notice, usage
from bot.slack.blocks.okrs import okrs
from bot.slack.message import Message
from bot.slack.typed import mentioned, plain
from bot.storage.engine import Database, StorageUnavailable

log = structlog.get_logger(__name__)


class CommandListener:
    def __init__(
        self, database: Database, clock: Callable[[], datetime], wake_sender: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._wake_sender = wake_sender

    def register(self, app: App) -> None:
        app.command("/okr")(self.answer)

    def answer(self, ack: Ack, body: dict[str, Any]) -> None:
        """Replies to the person alone, together with the ack."""
        try:
            message = self._reply(str(body["user_id"]), str(body.get("text") or "").strip())
        except StorageUnavailable:
            log.exception("command could not be answered")
            message = notice(texts.STORAGE_AWAY)
        ack(response_type="ephemeral", text=message.text, blocks=list(message.blocks))
        self._wake_sender()

    def _reply(self, who: str, text: str) -> Message:
        word, _, rest = text.partition(" ")
        match word.casefold():
            case "":
                return okrs(lookups.of_person(self._database, who, who, self._clock()))
            case "team":
                return self._team(who, plain(rest))
            case "pause" if not rest:
                pausing.pause(self._database, who, self._clock())
                return notice(texts.PAUSED_NOW)
            case "resume" if not rest:
                pausing.resume(self._database, who, self._clock())
                return notice(texts.RESUMED_NOW)
            case "help":
                return usage()
        person = mentioned(text)
        return self._person(who, person) if person else usage(texts.unknown_command(plain(text)))

    def _person(self, who: str, person: str) -> Message:
        try:
            return okrs(lookups.of_person(self._database, who, person, self._clock()))
        except GuestsSeeOnlyTheirs:
            return notice(texts.GUESTS_SEE_THEIRS)

    def _team(self, who: str, name: str) -> Message:
        try:
            return okrs(lookups.of_team(self._database, who, name, self._clock()))
        except GuestsSeeOnlyTheirs:
            return notice(texts.GUESTS_SEE_THEIRS)
        except UnknownTeam as problem:
            return notice(texts.unknown_team(problem.name, problem.known))
