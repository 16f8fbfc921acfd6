"""Deliveries that are asked for and taken up, at hours that a test sets; and threads that take rows at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection
from bot.storage.sending import Clocks, Work
from bot.storage.tables import deliveries as table

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
REAL = datetime(2099, 1, 1, 9, 0, tzinfo=UTC)
"""The real clock, which has nothing to do with `now`. What storage dates by the machine's clock lies before."""
LEASE = timedelta(seconds=60)
LATER = REAL + LEASE
MUCH_LATER = REAL + timedelta(hours=1)
TICK = timedelta(microseconds=1)
NO_TIME = timedelta(0)
JACK, HANNAH = "U0JACK0001", "U0HANNAH01"

THREADS = 4
SECONDS_TO_FINISH = 30


def ask(connection: Connection, key: str = "prompt:1", **changed: Any) -> int:
    asked: dict[str, Any] = {"kind": "prompt", "subject": {"check_in": 1}, "address": JACK, "due_at": NOW}
    row_id = deliveries.ask(connection, key=key, **(asked | changed))
    assert row_id is not None
    return row_id


def put(connection: Connection, row_id: int | None = None, **values: Any) -> None:
    """Writes into one row, or every row, by hand."""
    which = sa.true() if row_id is None else table.c.id == row_id
    connection.execute(sa.update(table).where(which).values(**values))


def row(connection: Connection, row_id: int = 1) -> Any:
    """One row as it stands in the table."""
    return connection.execute(sa.select(table).where(table.c.id == row_id)).one()


def work(
    connection: Connection,
    *,
    now: datetime = NOW,
    real: datetime = REAL,
    waited_for: bool = False,
    rest: timedelta = NO_TIME,
) -> Work:
    return sending.work(connection, Clocks(now, real), waited_for=waited_for, rest=rest, settle_after=LEASE)


def claim(
    connection: Connection,
    *,
    now: datetime = NOW,
    real: datetime = REAL,
    waited_for: bool = False,
    one_channel: timedelta = NO_TIME,
) -> Delivery | None:
    """Who looks without the lock, before, must have seen just what can be taken."""
    there_is = work(connection, now=now, real=real, waited_for=waited_for)
    seen = there_is.reply if waited_for else there_is.post
    claimed = sending.claim(
        connection, Clocks(now, real), lease=LEASE, waited_for=waited_for, one_channel=one_channel
    )
    assert seen == (claimed is not None) or one_channel
    return claimed


def claim_stale(
    connection: Connection,
    *,
    real: datetime = REAL,
    rest: timedelta = NO_TIME,
    waited_for: bool = False,
) -> Delivery | None:
    seen = work(connection, real=real, rest=rest, waited_for=waited_for).redraw
    claimed = sending.claim_stale(
        connection, Clocks(NOW, real), lease=LEASE, rest=rest, waited_for=waited_for
    )
    assert seen == (claimed is not None)
    return claimed


def claim_unknown(connection: Connection, *, real: datetime = MUCH_LATER) -> Delivery | None:
    seen = work(connection, real=real).settle
    claimed = sending.claim_unknown(connection, Clocks(NOW, real), lease=LEASE, settle_after=LEASE)
    assert seen == (claimed is not None)
    return claimed


def send(connection: Connection, row_id: int, *, ts: str = "1.000100", at: datetime = NOW) -> None:
    sending.mark_sent(connection, row_id, channel="D0JACK0001", ts=ts, at=at)


def sure(claimed: Delivery | None) -> Delivery:
    """What was claimed, which must have been there."""
    assert claimed is not None
    return claimed


def claimed_at_once(claim_one: Callable[[], int | None]) -> list[int]:
    """What several threads got together, in order of the numbers, until none was left."""
    together = threading.Barrier(THREADS)

    def take() -> list[int]:
        together.wait(SECONDS_TO_FINISH)
        mine = []
        while (found := claim_one()) is not None:
            mine.append(found)
        return mine

    with ThreadPoolExecutor(THREADS) as pool:
        shares = [pool.submit(take) for _ in range(THREADS)]
        return sorted(row_id for share in shares for row_id in share.result(SECONDS_TO_FINISH))
