"""How fast Okra may speak to Slack: what its documentation allows (docs/slack.md), for all replicas together.

Each kind of call has a pace of its own, and being told to wait holds up that kind alone. What a person waits
for at their screen does not wait for what nobody does.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.storage import pacing
from bot.storage.engine import Connection

BURST_SHARE = 10
"""A tenth of what a minute allows may go at once; the rest is spread, so that no minute sees more."""


class Call(StrEnum):
    """The kinds of calls that are paced. Answers to a tap or a command cannot wait, and are not."""

    POST = "post"
    UPDATE = "update"
    LOOK = "look"
    """Into a history."""
    QUIET = "quiet"
    """Who wants to be left alone just now."""
    STATUS = "status"
    """What somebody's Slack status says, and all else of them."""
    MEMBERS = "members"
    """Who is in a channel."""
    HOME = "home"
    """A Home that is open and shows something old; opening one does not wait."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Calls a minute, and the least time between two messages to one channel."""

    posts: int = 300
    """In the whole workspace: Slack says "several hundred" without saying how many."""
    updates: int = 50
    looks: int = 50
    quiets: int = 20
    statuses: int = 50
    """Half of what Slack allows of users.info: others are looked up, too."""
    members: int = 40
    """Below what it allows of conversations.info, which goes with it."""
    homes: int = 60
    """Of the 100 that Slack allows: people open theirs, too."""
    one_channel: timedelta = timedelta(seconds=1)

    def a_minute(self, call: Call) -> int:
        return {
            Call.POST: self.posts,
            Call.UPDATE: self.updates,
            Call.LOOK: self.looks,
            Call.QUIET: self.quiets,
            Call.STATUS: self.statuses,
            Call.MEMBERS: self.members,
            Call.HOME: self.homes,
        }[call]


SILENCE_RESTS = timedelta(minutes=1)

UNPACED = Limits(
    posts=100_000,
    updates=100_000,
    looks=100_000,
    quiets=100_000,
    statuses=100_000,
    members=100_000,
    homes=100_000,
    one_channel=timedelta(0),
)
"""For a Slack of one's own that takes as much as comes."""


def wait(
    connection: Connection, limits: Limits, call: Call, *, real_now: datetime, in_a_hurry: bool = False
) -> timedelta:
    """How long to wait for the next call of this kind; until the commit nobody else can ask."""
    return pacing.wait(
        connection,
        call,
        every=_every(limits, call),
        burst=_burst(limits, call),
        real_now=real_now,
        in_a_hurry=in_a_hurry,
    )


def spend(connection: Connection, limits: Limits, call: Call, *, real_now: datetime) -> None:
    """One call is made now."""
    pacing.spend(connection, call, every=_every(limits, call), real_now=real_now)


def resting(retry_after: float | None) -> timedelta:
    """How long to leave a look-up alone that can be done without: as Slack said (seconds), else a minute."""
    return SILENCE_RESTS if retry_after is None else timedelta(seconds=retry_after)


def block(connection: Connection, call: Call, *, until: datetime) -> None:
    """Slack has told us to wait with this kind of call."""
    pacing.block(connection, call, until=until)


def _burst(limits: Limits, call: Call) -> int:
    return max(1, limits.a_minute(call) // BURST_SHARE)


def _every(limits: Limits, call: Call) -> timedelta:
    return timedelta(minutes=1) / max(1, limits.a_minute(call) - _burst(limits, call))
