"""Sending what must be said: claim a row, commit, ask the messenger, write down how it went.

`now` decides what is due; leases and backoff go by real time. A claim asks "is it still wanted?" first.
What a sender who is gone left behind may have been posted, and is therefore unknown, not pending.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.services import asks
from bot.services.messenger import Messenger, NotSent, Posted, Refused, Unsure
from bot.services.wanted import is_wanted
from bot.storage import deliveries
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, real_now

LEASE = timedelta(seconds=60)
"""Longer than any one call to Slack is allowed to take."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=10)

Problem = NotSent | Refused | Unsure
log = structlog.get_logger(__name__)


class Deliverer:
    """Sends what is due, one message after the other, until nothing is left that can be sent now."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self._database = database
        self._messenger = messenger
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Takes up no further message; whoever is sending one finishes it."""
        self._stopping.set()

    def run(self, now: datetime) -> list[str]:
        """Says what it did, a line each. One message's failure never holds up the next."""
        with self._database.transaction() as connection:
            deliveries.expire(connection, real_now=real_now(connection))
        done: list[str] = []
        while not self._stopping.is_set() and (line := self._next(now)):
            done.append(line)
        return done

    def _next(self, now: datetime) -> str | None:
        """Does one thing; what was never said comes before what is only out of date."""
        if claimed := self._claim(now):
            return self._send(claimed, now)
        if stale := self._claim_stale():
            return self._redraw(stale)
        return None

    def _claim(self, now: datetime) -> Delivery | None:
        """The next message that is still wanted; those that are not are dropped on the way."""
        while True:
            with self._database.transaction() as connection:
                clock = real_now(connection)
                claimed = deliveries.claim(connection, now=now, real_now=clock, lease_until=clock + LEASE)
                if claimed is None:
                    return None
                try:
                    if is_wanted(connection, claimed, now):
                        return claimed
                    deliveries.drop(connection, claimed.id)
                    log.info("delivery dropped", delivery=claimed.id, key=claimed.key)
                except LookupError as error:
                    deliveries.fail(connection, claimed.id, f"{type(error).__name__}: {error}")
                    log.exception("delivery makes no sense", delivery=claimed.id, key=claimed.key)

    def _claim_stale(self) -> Delivery | None:
        with self._database.transaction() as connection:
            clock = real_now(connection)
            return deliveries.claim_stale(connection, real_now=clock, lease_until=clock + LEASE)

    def _send(self, delivery: Delivery, now: datetime) -> str:
        posted = _try(self._messenger.post, delivery)
        if not isinstance(posted, Posted):
            return self._not_sent(delivery, posted)
        with self._database.transaction() as connection:
            deliveries.mark_sent(connection, delivery.id, channel=posted.channel, ts=posted.ts, at=now)
            if posted.more:
                asks.next_page(connection, delivery)
        return _tell("sent", delivery)

    def _not_sent(self, delivery: Delivery, problem: Problem) -> str:
        error = str(problem)
        with self._database.transaction() as connection:
            match problem:
                case NotSent():
                    again = real_now(connection) + _wait(delivery, problem)
                    deliveries.retry(connection, delivery.id, at=again, error=error)
                    return _tell("will try again", delivery, error)
                case Refused():
                    deliveries.fail(connection, delivery.id, error)
                    return _tell("failed", delivery, error)
                case Unsure():
                    deliveries.mark_unknown(connection, delivery.id, error)
                    return _tell("unknown", delivery, error)

    def _redraw(self, delivery: Delivery) -> str:
        posted = _try(self._messenger.update, delivery)
        if not isinstance(posted, Posted):
            return self._not_redrawn(delivery, posted)
        with self._database.transaction() as connection:
            deliveries.mark_updated(connection, delivery.id)
            if posted.more:
                asks.next_page(connection, delivery)
        return _tell("updated", delivery)

    def _not_redrawn(self, delivery: Delivery, problem: Problem) -> str:
        """Drawing anew may safely be repeated, so an unknown outcome is tried again like a passing one, for
        as long as it takes: nothing else would ever put the message right."""
        error = str(problem)
        with self._database.transaction() as connection:
            if isinstance(problem, Refused):
                deliveries.give_up_update(connection, delivery.id, error)
                return _tell("update given up", delivery, error)
            again = real_now(connection) + _wait(delivery, problem)
            deliveries.retry_update(connection, delivery.id, at=again, error=error)
            return _tell("update will be tried again", delivery, error)


def _try(say: Callable[[Delivery], Posted], delivery: Delivery) -> Posted | Problem:
    try:
        return say(delivery)
    except (NotSent, Refused, Unsure) as problem:
        return problem
    except Exception as error:  # a mistake of ours, perhaps made after posting; it must not hold up the rest
        log.exception("messenger failed", delivery=delivery.id, key=delivery.key)
        return Unsure(f"{type(error).__name__}: {error}")


def _tell(event: str, delivery: Delivery, error: str | None = None) -> str:
    log.info("delivery", outcome=event, delivery=delivery.id, key=delivery.key, error=error)
    return f"{delivery.key}: {event}" + (f" ({error})" if error else "")


def _wait(delivery: Delivery, problem: NotSent | Unsure) -> timedelta:
    """As long as Slack asked for, else twice as long each time."""
    if isinstance(problem, NotSent) and problem.retry_after is not None:
        return timedelta(seconds=problem.retry_after)
    doubled: timedelta = FIRST_WAIT * 2 ** min(max(delivery.attempts - 1, 0), 20)
    return min(doubled, LONGEST_WAIT)
