"""Sending what must be said, one message after the other: `looking`, `posting`, `redrawing` and `settling`
in turn.

`now` decides what is due; leases, pace and backoff go by real time. The states of a message and who moves it
between them stand at the top of `storage/sending.py`.
"""

import threading
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from bot.services.sending.attempts import Clock, Means, Timing, clocks_of
from bot.services.sending.looking import look_next
from bot.services.sending.messenger import Messenger
from bot.services.sending.pacing import Limits
from bot.services.sending.posting import post_next
from bot.services.sending.quiet_hours import QuietHours
from bot.services.sending.redrawing import redraw_next
from bot.services.sending.settling import settle_next
from bot.storage import sending
from bot.storage.engine import Database, real_now

LONGEST_NAP = timedelta(seconds=1)
"""While waiting for the pace, something else may come up."""
PATIENCE = timedelta(minutes=1)
"""Where Slack asks us to wait for longer, another run has to go on."""

_Turn = Callable[[], str | timedelta]


class Deliverer:
    """Sends what is due until nothing is left that can be sent now."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        timing: Timing = Timing(),  # noqa: B008 - frozen
        quiet_hours: QuietHours | None = None,
    ) -> None:
        self._means = Means(database, messenger, limits, timing, quiet_hours)
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Takes up no further message; whoever is sending one finishes it."""
        self._stopping.set()

    def run(self, clock: Clock, *, waited_for: bool = False) -> list[str]:
        """Does all there is to do, at Slack's pace; says what it did, a line each. One message's failure
        never holds up the next. With `waited_for`, only what somebody waits for at their screen."""
        done: list[str] = []
        order = deque(["look", "post", "redraw", "settle"])
        while not self._stopping.is_set():
            did = self._next(clock, order, waited_for=waited_for)
            if isinstance(did, str):
                done.append(did)
            elif did is None or did > PATIENCE:
                break
            else:
                self._stopping.wait(min(did, LONGEST_NAP).total_seconds())
        return done

    def _next(self, clock: Clock, order: deque[str], *, waited_for: bool) -> str | timedelta | None:
        """Does one thing, a reply first, else of each sort in turn: what it was, else how long to wait, else
        None."""
        turns = self._turns(clock, waited_for=waited_for)
        waits: list[timedelta] = []
        for sort in ("reply", *order):
            if sort not in turns:
                continue
            did = turns[sort]()
            if isinstance(did, timedelta):
                waits.append(did)
                continue
            if sort in order:
                order.remove(sort)
                order.append(sort)
            return did
        return min(waits, default=None)

    def _turns(self, clock: Clock, *, waited_for: bool) -> dict[str, _Turn]:
        """How to do what there is to do, by sort."""
        means, work = self._means, self._work(clock, waited_for=waited_for)
        if work.expired:
            with means.database.transaction() as connection:
                sending.expire(connection, real_now=real_now(connection))
            work = self._work(clock, waited_for=waited_for)
        every: dict[str, tuple[bool, _Turn]] = {
            "reply": (work.reply, lambda: post_next(means, clock, waited_for=True)),
            "look": (work.look, lambda: look_next(means, clock)),
            "post": (work.post, lambda: post_next(means, clock, waited_for=False)),
            "redraw": (work.redraw, lambda: redraw_next(means, clock, waited_for=waited_for)),
            "settle": (work.settle, lambda: settle_next(means, clock)),
        }
        return {sort: turn for sort, (there_is, turn) in every.items() if there_is}

    def _work(self, clock: Clock, *, waited_for: bool) -> sending.Work:
        """Nearly always there is nothing to do, so it is found out without the write lock."""
        timing = self._means.timing
        with self._means.database.reading() as connection:
            return sending.work(
                connection,
                clocks_of(connection, clock),
                waited_for=waited_for,
                rest=timing.rest,
                settle_after=timing.lease,
            )
