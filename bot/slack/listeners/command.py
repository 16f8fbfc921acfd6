"""The one slash command: `/okr`, and what may follow it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond

from bot.okr.days_away import NotDays
from bot.services import absence, lookups, pausing, people, settings
from bot.services import history as past
from bot.services.lookups import GuestsSeeOnlyTheirs, UnknownTeam
from bot.services.people import Directory, DirectoryUnavailable
from bot.slack import texts
from bot.slack.blocks import away
from bot.slack.blocks.help import notice, usage
from bot.slack.blocks.history import history
from bot.slack.blocks.okrs import okrs
from bot.slack.blocks.settings import shown
from bot.slack.listeners.base import reply_later
from bot.slack.message import Message
from bot.slack.richtext import clip
from bot.slack.typed import mentioned, plain
from bot.storage.engine import Database, StorageUnavailable

SHORT = 60
"""Characters of what was typed that are said back."""

log = structlog.get_logger(__name__)


class CommandListener:
    def __init__(
        self,
        database: Database,
        directory: Directory,
        clock: Callable[[], datetime],
        wake_sender: Callable[[], None],
    ) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock
        self._wake_sender = wake_sender

    def register(self, app: App) -> None:
        app.command("/okr")(self.answer)

    def answer(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """Replies to the person alone: with the ack, or after it where Slack has to be asked first."""
        reply = _Reply(self._database, self._directory, str(body["user_id"]), self._clock())
        text = str(body.get("text") or "").strip()
        if self._asks_slack(reply, text):
            ack()  # Slack may take longer to answer than it gives us
            message = self._message(reply, text)
            reply_later(respond, message)
        else:
            message = self._message(reply, text)
            ack(response_type="ephemeral", text=message.text, blocks=list(message.blocks))
        self._wake_sender()

    def _asks_slack(self, reply: "_Reply", text: str) -> bool:
        try:
            return reply.asks_slack(text)
        except StorageUnavailable:
            return False  # and so will the reply say

    def _message(self, reply: "_Reply", text: str) -> Message:
        try:
            return reply.to(text)
        except StorageUnavailable as problem:
            log.warning("command could not be answered", error=str(problem))
            return notice(texts.STORAGE_AWAY)
        except DirectoryUnavailable as problem:
            log.warning("nobody to ask who somebody is", error=str(problem))
            return notice(texts.SLACK_AWAY)


@dataclass(frozen=True, slots=True)
class _Reply:
    """The reply to one command of one person."""

    database: Database
    directory: Directory
    who: str
    now: datetime

    def asks_slack(self, text: str) -> bool:
        """Whether the reply shows somebody's OKRs that Slack has to be asked about first."""
        word = text.partition(" ")[0].casefold()
        person = mentioned(text)
        if word != "team" and person is None:
            return False
        shown = {self.who, *filter(None, [person])}
        return len(people.known_names(self.database, shown)) < len(shown)

    def to(self, text: str) -> Message:  # noqa: PLR0911 - one for each command
        """Raises StorageUnavailable, DirectoryUnavailable."""
        word, _, rest = text.partition(" ")
        match word.casefold():
            case "" | "history":
                return self._own(word, plain(rest))
            case "team":
                return self._team(plain(rest))
            case "away":
                return self._away(plain(rest).strip())
            case "settings":
                return shown(settings.load(self.database, self.who))
            case "pause" if not rest:
                pausing.pause(self.database, self.who, self.now)
                return notice(texts.PAUSED_NOW)
            case "resume" if not rest:
                return notice(texts.resumed(pausing.resume(self.database, self.who, self.now)))
            case "help":
                return usage()
        person = mentioned(text)
        return self._person(person) if person else usage(texts.unknown_command(clip(plain(text), SHORT)))

    def _own(self, word: str, which: str) -> Message:
        if word:
            return history(past.of_own(self.database, self.who, which, self.now))
        return okrs(lookups.of_person(self.database, self.who, self.who, self.now))

    def _away(self, text: str) -> Message:
        if not text:
            return away.coming(absence.coming(self.database, self.who, self.now))
        try:
            noted = absence.say(self.database, self.who, text, self.now)
        except NotDays as problem:
            return notice(texts.not_days(problem, clip(text, SHORT)))
        return away.noted(noted.absence, noted.today) if noted.absence else away.which(noted.unclear)

    def _person(self, person: str) -> Message:
        for one in (self.who, person):
            people.meet(self.database, self.directory, one)
        try:
            return okrs(lookups.of_person(self.database, self.who, person, self.now))
        except GuestsSeeOnlyTheirs:
            return notice(texts.GUESTS_SEE_THEIRS)

    def _team(self, name: str) -> Message:
        people.meet(self.database, self.directory, self.who)
        try:
            return okrs(lookups.of_team(self.database, self.who, name, self.now))
        except GuestsSeeOnlyTheirs:
            return notice(texts.GUESTS_SEE_THEIRS)
        except UnknownTeam as problem:
            return notice(texts.unknown_team(problem.name, problem.known))
