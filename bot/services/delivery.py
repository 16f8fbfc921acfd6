"""Sending what must be said: claim a row, commit, ask the messenger, write down how it went.

`now` decides what is due; leases, pace and backoff go by real time. A claim asks "is it still wanted?" first.
What a sender who is gone left behind may have been posted: it is looked for before it is sent again. The
states and who moves a row between them stand at the top of `storage/sending.py`.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.services import asks, pacing
from bot.services.messenger import Found, Messenger, NotSent, Posted, Refused, Unsure
from bot.services.pacing import Call, Limits
from bot.services.wanted import is_wanted
from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database, real_now
from bot.storage.sending import Clocks

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=10)
UNREADABLE_WAIT = timedelta(hours=1)
"""The bot may have been let into the channel meanwhile, or been given the scope."""
NAP, LONGEST_NAP = timedelta(seconds=0.1), timedelta(seconds=1)
"""While waiting for the pace, something else may come up."""

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


class Deliverer:
    """Sends what is due, one message after the other, until nothing is left that can be sent now."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen, as the next one is
        timing: Timing = Timing(),
    ) -> None:
        self._database = database
        self._messenger = messenger
        self._limits = limits
        self._timing = timing
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Takes up no further message; whoever is sending one finishes it."""
        self._stopping.set()

    def run(self, clock: Clock, *, waited_for: bool = False) -> list[str]:
        """Does all there is to do, at Slack's pace; says what it did, a line each. One message's failure
        never holds up the next. With `waited_for`, only what somebody waits for at their screen."""
        done: list[str] = []
        turns: deque[_Turn] = deque([self._post, self._redraw, self._settle])
        while not self._stopping.is_set():
            did = self._next(clock, turns, waited_for=waited_for)
            if did is None:
                break
            if isinstance(did, str):
                done.append(did)
            else:
                self._stopping.wait(min(did, LONGEST_NAP).total_seconds())
        return done

    def _next(self, clock: Clock, turns: "deque[_Turn]", *, waited_for: bool) -> str | timedelta | None:
        """Does one thing, replies first, then of each sort in turn: what it was, else how long to wait, else
        None."""
        work = self._work(clock, waited_for=waited_for)
        if work.expired:
            self._expire()
            work = self._work(clock, waited_for=waited_for)
        waits: list[timedelta] = []
        there_is = {self._post: work.post, self._redraw: work.redraw, self._settle: work.settle}
        for turn in (self._reply, *turns):
            if not there_is.get(turn, work.reply):
                continue
            did = turn(clock, waited_for=waited_for)
            if not isinstance(did, str):
                waits.append(did)
                continue
            if turn in turns:
                turns.remove(turn)
                turns.append(turn)
            return did
        return min(waits, default=None)

    def _work(self, clock: Clock, *, waited_for: bool) -> sending.Work:
        """Nearly always there is nothing to do, so it is found out without the write lock."""
        with self._database.reading() as connection:
            return sending.work(
                connection,
                _clocks(connection, clock),
                waited_for=waited_for,
                rest=self._timing.rest,
                settle_after=self._timing.lease,
            )

    def _expire(self) -> None:
        with self._database.transaction() as connection:
            sending.expire(connection, real_now=real_now(connection))

    # --- posting ------------------------------------------------------------------------------------------

    def _reply(self, clock: Clock, *, waited_for: bool) -> str | timedelta:  # noqa: ARG002 - a turn like the others
        return self._say(clock, waited_for=True)

    def _post(self, clock: Clock, *, waited_for: bool) -> str | timedelta:  # noqa: ARG002 - a turn like the others
        return self._say(clock, waited_for=False)

    def _say(self, clock: Clock, *, waited_for: bool) -> str | timedelta:
        claimed = self._claim(clock, waited_for=waited_for)
        if not isinstance(claimed, Delivery):
            return claimed
        begin_by = self._begin_by()
        posted = _try(lambda: self._messenger.post(claimed, begin_by=begin_by), claimed)
        if not isinstance(posted, Posted):
            return self._not_sent(claimed, posted, clock())
        with self._database.transaction() as connection:
            sending.mark_sent(connection, claimed.id, channel=posted.channel, ts=posted.ts, at=clock())
            if posted.more:
                asks.next_page(connection, claimed)
        return _tell("sent", claimed)

    def _claim(self, clock: Clock, *, waited_for: bool) -> Delivery | timedelta:
        """The next message that is still wanted, those that are not are dropped on the way; else how long
        to wait."""
        while True:
            with self._database.transaction() as connection:
                clocks = _clocks(connection, clock)
                wait = pacing.wait(
                    connection, self._limits, Call.POST, real_now=clocks.real, in_a_hurry=waited_for
                )
                if wait:
                    return wait
                claimed = sending.claim(
                    connection,
                    clocks,
                    lease=self._timing.lease,
                    waited_for=waited_for,
                    one_channel=self._limits.one_channel,
                )
                if claimed is None:
                    return NAP
                if _is_wanted(connection, claimed, clocks.now):
                    pacing.spend(connection, self._limits, Call.POST, real_now=clocks.real)
                    return claimed

    def _not_sent(self, delivery: Delivery, problem: Problem, now: datetime) -> str:
        error = str(problem)
        with self._database.transaction() as connection:
            match problem:
                case NotSent():
                    again = self._hold_back(connection, Call.POST, delivery, problem)
                    sending.retry(connection, delivery, at=again, error=error)
                    return _tell("will try again", delivery, error)
                case Refused():
                    sending.fail(connection, delivery, error)
                    asks.trouble(connection, delivery, now)
                    return _tell("failed", delivery, error)
                case Unsure():
                    sending.mark_unknown(connection, delivery, error)
                    return _tell("unknown", delivery, error)

    # --- drawing anew -------------------------------------------------------------------------------------

    def _redraw(self, clock: Clock, *, waited_for: bool) -> str | timedelta:
        with self._database.transaction() as connection:
            clocks = _clocks(connection, clock)
            wait = pacing.wait(connection, self._limits, Call.UPDATE, real_now=clocks.real)
            if wait:
                return wait
            stale = sending.claim_stale(
                connection, clocks, lease=self._timing.lease, rest=self._timing.rest, waited_for=waited_for
            )
            if stale is None:
                return NAP
            pacing.spend(connection, self._limits, Call.UPDATE, real_now=clocks.real)
        begin_by = self._begin_by()
        posted = _try(lambda: self._messenger.update(stale, begin_by=begin_by), stale)
        if not isinstance(posted, Posted):
            return self._not_redrawn(stale, posted)
        with self._database.transaction() as connection:
            sending.mark_updated(connection, stale)
            if posted.more:
                asks.next_page(connection, stale)
        return _tell("updated", stale)

    def _not_redrawn(self, delivery: Delivery, problem: Problem) -> str:
        """Drawing anew may safely be repeated, for as long as it takes: nothing else would ever put the
        message right. After an unknown outcome it waits until what is under way has arrived, so that an old
        drawing never comes on top of a newer one."""
        error = str(problem)
        with self._database.transaction() as connection:
            if isinstance(problem, Refused):
                sending.give_up_update(connection, delivery, error)
                return _tell("update given up", delivery, error)
            again = self._hold_back(connection, Call.UPDATE, delivery, problem)
            if isinstance(problem, Unsure) and delivery.lease_until is not None:
                again = max(again, delivery.lease_until)
            sending.retry_update(connection, delivery, at=again, error=error)
            return _tell("update will be tried again", delivery, error)

    def _begin_by(self) -> float:
        """A request begins in the first third of the lease, and Slack has the second to answer it."""
        return time.monotonic() + self._timing.lease.total_seconds() / 3

    # --- settling -----------------------------------------------------------------------------------------

    def _settle(self, clock: Clock, *, waited_for: bool) -> str | timedelta:  # noqa: ARG002 - a turn like the others
        """Finds out what became of a message whose outcome is unknown."""
        with self._database.transaction() as connection:
            clocks = _clocks(connection, clock)
            wait = pacing.wait(connection, self._limits, Call.LOOK, real_now=clocks.real)
            if wait:
                return wait
            unknown = sending.claim_unknown(
                connection, clocks, lease=self._timing.lease, settle_after=self._timing.lease
            )
            if unknown is None:
                return NAP
            pacing.spend(connection, self._limits, Call.LOOK, real_now=clocks.real)
            channel = deliveries.channel_of(connection, unknown.address)
        found = _try(lambda: self._messenger.find(unknown, channel), unknown)
        with self._database.transaction() as connection:
            said = self._settled(connection, unknown, found, clock())
            if unknown.unreadable:
                asks.redraw_notices(connection, unknown)
            return said

    def _settled(
        self, connection: Connection, unknown: Delivery, found: Found | Problem | None, now: datetime
    ) -> str:
        match found:
            case Found():
                at = min(now, found.at)
                sending.settle_found(connection, unknown, channel=found.channel, ts=found.ts, at=at)
                return _tell("it had been sent", unknown)
            case None:
                sending.settle_absent(connection, unknown)
                return _tell("it had not been sent", unknown)
            case Refused():
                again = real_now(connection) + UNREADABLE_WAIT
                sending.look_again(connection, unknown, at=again, error=str(found), unreadable=True)
                asks.trouble(connection, unknown, now)
                return _tell("nobody can tell whether it was sent", unknown, str(found))
            case NotSent() | Unsure():
                again = self._hold_back(connection, Call.LOOK, unknown, found)
                sending.look_again(connection, unknown, at=again, error=str(found))
                return _tell("will look for it again", unknown, str(found))

    def _hold_back(
        self, connection: Connection, call: Call, delivery: Delivery, problem: NotSent | Unsure
    ) -> datetime:
        """When to try again: twice as long each time. Where Slack asks us to wait, it holds for all calls of
        this kind, and this message keeps its turn."""
        clock = real_now(connection)
        if isinstance(problem, NotSent) and problem.retry_after is not None:
            pacing.block(connection, call, until=clock + timedelta(seconds=problem.retry_after))
            return clock
        doubled: timedelta = FIRST_WAIT * 2 ** min(max(delivery.attempts - 1, 0), 20)
        return clock + min(doubled, LONGEST_WAIT)


_Turn = Callable[..., str | timedelta]


def _clocks(connection: Connection, clock: Clock) -> Clocks:
    return Clocks(now=clock(), real=real_now(connection))


def _is_wanted(connection: Connection, claimed: Delivery, now: datetime) -> bool:
    try:
        if is_wanted(connection, claimed, now):
            return True
        sending.drop(connection, claimed)
        log.info("delivery dropped", delivery=claimed.id, key=claimed.key)
    except LookupError as error:
        sending.fail(connection, claimed, f"{type(error).__name__}: {error}")
        log.exception("delivery makes no sense", delivery=claimed.id, key=claimed.key)
    return False


def _try(say: Callable[[], T], delivery: Delivery) -> T | Problem:
    try:
        return say()
    except (NotSent, Refused, Unsure) as problem:
        return problem
    except Exception as error:  # a mistake of ours, perhaps made after posting; it must not hold up the rest
        log.exception("messenger failed", delivery=delivery.id, key=delivery.key)
        return Unsure(f"{type(error).__name__}: {error}")


def _tell(event: str, delivery: Delivery, error: str | None = None) -> str:
    log.info("delivery", outcome=event, delivery=delivery.id, key=delivery.key, error=error)
    return f"{delivery.key}: {event}" + (f" ({error})" if error else "")
