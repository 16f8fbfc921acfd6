"""What the inbox's worker does with each kind of event."""

from collections.abc import Mapping

import structlog

from bot.services import people
from bot.services.answering import rewording, words
from bot.services.away import statuses
from bot.services.inbox import Handler
from bot.services.looking_up import fresh_homes
from bot.services.people import DirectoryUnavailable
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.teams import following
from bot.slack.listeners.base import Listeners
from bot.slack.people import SlackDirectory, profile_of
from bot.slack.reading.events import BOT_LEFT, HOME, JOINED, LEFT, PERSON
from bot.slack.reading.typed import mentions, plain
from bot.storage.inbox import DELETION, EDIT, MESSAGE, InboxRow

log = structlog.get_logger(__name__)


class EventHandlers(Listeners):
    """One method a kind of event; each may be called again for the same event without harm."""

    def by_kind(self) -> Mapping[str, Handler]:
        words = {MESSAGE: self.words, EDIT: self.words, DELETION: self.deletion}
        followed = {JOINED: self.joined, LEFT: self.left, BOT_LEFT: self.bot_left}
        return {**words, **followed, HOME: self.show_home, PERSON: self.person}

    def words(self, row: InboxRow) -> None:
        """A message, or an edit of one: the newer words are taken as the person's answer."""
        sent = row.payload["text"]
        text = plain(sent, people.known_names(self._database, mentions(sent)))
        words.take(self._database, row, text, self._clock())
        self._wake_sender()

    def deletion(self, row: InboxRow) -> None:
        rewording.take_back(self._database, row)
        self._wake_sender()

    def show_home(self, row: InboxRow) -> None:
        """One that Slack does not take is not tried again: opening it again draws it anew."""
        self._meet_reader(row.slack_id)
        fresh_homes.opened(self._database, row.slack_id)
        try:
            self._publish_home(row.slack_id)
        except (NotSent, Refused, Unsure) as problem:
            log.warning("home not drawn", error=str(problem))

    def _meet_reader(self, slack_id: str) -> None:
        """Whoever Slack does not tell us of sees their own only, as a guest does."""
        try:
            people.meet(self._database, SlackDirectory(self._client), slack_id)
        except DirectoryUnavailable as problem:
            log.warning("nobody to ask who somebody is", error=str(problem))

    def person(self, row: InboxRow) -> None:
        """What it changes in their prompt is drawn by the senders."""
        profile = profile_of(row.payload["user"])
        statuses.learn(self._database, profile, self._clock())
        following.changed(self._database, profile.slack_id, self._clock())
        self._wake_sender()

    def joined(self, row: InboxRow) -> None:
        """Where Slack does not say who that is, it is asked again later; the daily look mends the rest."""
        directory = SlackDirectory(self._client)
        following.joined(self._database, directory, row.slack_id, row.channel or "", self._clock())
        self._wake_sender()

    def left(self, row: InboxRow) -> None:
        following.left(self._database, row.slack_id, row.channel or "", self._clock())
        self._wake_sender()

    def bot_left(self, row: InboxRow) -> None:
        following.bot_left(self._database, row.channel or "", self._clock())
        self._wake_sender()
