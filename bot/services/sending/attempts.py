"""What posting, redrawing and settling have in common: their means, how they ask, when they try again."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.services.sending import pacing
from bot.services.sending.messenger import Messenger, NotSent, Refused, Unsure
from bot.services.sending.pacing import Call, Limits
from bot.services.sending.quiet_hours import QuietHours
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database, real_now
from bot.storage.sending import Clocks

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=10)
NAP = timedelta(seconds=0.1)
"""Until what could not be taken now may be: its channel has to rest, or somebody else was faster."""

Problem = NotSent | Refused | Unsure
Clock = Callable[[], datetime]
T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Durations of real time."""

    lease: timedelta = timedelta(seconds=60)
    """Much longer than a call to Slack may take: what was begun so long ago has arrived, or never will."""
    rest: timedelta = timedelta(seconds=60)
    """So long a message is left as it is after what it shows has changed, unless somebody waits for it."""


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes to send."""

    database: Database
    messenger: Messenger
    limits: Limits
    timing: Timing
    quiet_hours: QuietHours | None = None
    """None: nobody can say who wants quiet."""

    def begin_by(self) -> float:
        """For a message that is about to be claimed (`time.monotonic`): a request begins in the first third
        of the lease, so that it has arrived, or never will, when the lease is over."""
        return time.monotonic() + self.timing.lease.total_seconds() / 3


def clocks_of(connection: Connection, clock: Clock) -> Clocks:
    return Clocks(now=clock(), real=real_now(connection))


def attempt(ask: Callable[[], T], delivery: Delivery) -> T | Problem:
    """Asks the messenger; what goes wrong is given back."""
    try:
        return ask()
    except (NotSent, Refused, Unsure) as problem:
        return problem
    except Exception as error:  # a mistake of ours, perhaps made after posting; it must not hold up the rest
        log.exception("messenger failed", delivery=delivery.id, key=delivery.key)
        return Unsure(f"{type(error).__name__}: {error}")


def hold_back(
    connection: Connection, call: Call | None, delivery: Delivery, problem: NotSent | Unsure
) -> datetime:
    """When to try again: twice as long each time. Where Slack asks us to wait, it holds for all calls of this
    kind, and this message keeps its turn; without a kind, for this message alone."""
    clock = real_now(connection)
    if isinstance(problem, NotSent) and problem.retry_after is not None:
        until = clock + timedelta(seconds=problem.retry_after)
        if call is None:
            return until
        pacing.block(connection, call, until=until)
        return clock
    doubled: timedelta = FIRST_WAIT * 2 ** min(max(delivery.attempts - 1, 0), 20)
    return clock + min(doubled, LONGEST_WAIT)


def told(event: str, delivery: Delivery, error: str | None = None) -> str:
    """Logs how it went; the same in a line."""
    log.info("delivery", outcome=event, delivery=delivery.id, key=delivery.key, error=error)
    return f"{delivery.key}: {event}" + (f" ({error})" if error else "")
