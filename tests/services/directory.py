"""A Slack directory of TeeBee's people and channels that counts what it is asked."""

from dataclasses import dataclass, field

from bot.okr.model import Profile
from bot.services.people import Channel, DirectoryUnavailable
from tests.services.teebee import CHANNEL, HANNAH, JACK, JIM

TEEBEE = (
    Profile(HANNAH, "Hannah", "hannah@teebee.example", "Asia/Shanghai"),
    Profile(JACK, "Jack", "jack@teebee.example", "Asia/Shanghai"),
    Profile(JIM, "Jim", "jim@teebee.example", "America/Los_Angeles"),
)


@dataclass
class Desk:
    """Fulfils `bot.services.people.Directory`; `closed` says what it may not tell."""

    profiles: tuple[Profile, ...] = TEEBEE
    channels: dict[str, str] = field(default_factory=lambda: {"#okrs": CHANNEL, "#web": "C0WEB00001"})
    without_bot: frozenset[str] = frozenset()
    """Channel ids."""
    inside: dict[str, frozenset[str]] = field(default_factory=dict)
    """Who is in which channel."""
    closed: frozenset[str] = frozenset()
    retry_after: float | None = None
    """How long it wants us to wait before we ask what is closed again."""
    asked: list[str] = field(default_factory=list)

    def profile(self, slack_id: str) -> Profile | None:
        self._note("people", slack_id)
        return next((one for one in self.profiles if one.slack_id == slack_id), None)

    def profile_by_email(self, email: str) -> Profile | None:
        self._note("e-mails", email)
        return next((one for one in self.profiles if one.email == email), None)

    def channel(self, name: str) -> Channel | None:
        self._note("channels", name)
        found = name if name in self.channels.values() else self.channels.get(name)
        return Channel(found, has_bot=found not in self.without_bot) if found else None

    def members(self, channel_id: str) -> frozenset[str] | None:
        self._note("channels", channel_id)
        return self.inside.get(channel_id)

    def _note(self, what: str, name: str) -> None:
        self.asked.append(name)
        if what in self.closed:
            raise DirectoryUnavailable("missing_scope", retry_after=self.retry_after)
