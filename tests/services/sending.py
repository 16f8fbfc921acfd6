"""Sending in tests: what is to be said, the rows it leaves, and real time that passes without anybody waiting."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.services.sending import asks
from bot.services.sending.attempts import Timing
from bot.services.sending.delivery import Deliverer
from bot.services.sending.messenger import Messenger
from bot.services.sending.pacing import UNPACED, Call, Limits
from bot.services.sending.quiet_hours import QuietHours
from bot.storage import deliveries, pacing
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, real_now
from bot.storage.tables import deliveries as table
from bot.storage.tables import pacing as paces
from tests.services.teebee import JACK

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LEASE = Timing().lease
NO_REST = Timing(rest=timedelta(0))
MOMENTS = ("tried_at", "next_attempt_at", "lease_until", "stale_since")
"""A delivery's that go by real time."""
PACES = ("taken_until", "blocked_until")


def deliverer(
    database: Database, messenger: Messenger, *, limits: Limits = UNPACED, timing: Timing = NO_REST
) -> Deliverer:
    """One that waits for nothing but what it has to."""
    return Deliverer(database, messenger, limits=limits, timing=timing)


def run(
    database: Database,
    messenger: Messenger,
    now: datetime = NOW,
    *,
    limits: Limits = UNPACED,
    timing: Timing = NO_REST,
    waited_for: bool = False,
    quiet_hours: QuietHours | None = None,
) -> list[str]:
    """What one run does at that time."""
    sender = Deliverer(database, messenger, limits=limits, timing=timing, quiet_hours=quiet_hours)
    return sender.run(lambda: now, waited_for=waited_for)


def ask(
    database: Database,
    *keys: str,
    address: str = JACK,
    due_at: datetime = NOW,
    parent_id: int | None = None,
    waited_for: bool = False,
) -> None:
    """Asks for messages that are wanted whenever they are claimed."""
    with database.transaction() as connection:
        for key in keys:
            deliveries.ask(
                connection,
                key=key,
                kind=asks.RECEIPT,
                subject={},
                address=address,
                due_at=due_at,
                parent_id=parent_id,
                waited_for=waited_for,
            )


def mark_stale(database: Database, *keys: str, waited_for: bool = False) -> None:
    with database.transaction() as connection:
        deliveries.mark_stale(connection, keys, waited_for=waited_for)


def row(database: Database, key: str) -> Any:
    """As it stands in the table."""
    with database.reading() as connection:
        return connection.execute(sa.select(table).where(table.c.key == key)).one()


def known(database: Database, key: str) -> Delivery:
    with database.reading() as connection:
        found = deliveries.by_key(connection, key)
    assert found is not None
    return found


def states(database: Database, kinds: Iterable[str] | None = None) -> dict[str, str]:
    with database.reading() as connection:
        rows = connection.execute(sa.select(table.c.key, table.c.state, table.c.kind))
        return {one.key: one.state for one in rows if kinds is None or one.kind in set(kinds)}


def put(database: Database, key: str | None = None, **values: Any) -> None:
    """Writes into the row of that key, or into every one, by hand."""
    which = sa.true() if key is None else table.c.key == key
    with database.transaction() as connection:
        connection.execute(sa.update(table).where(which).values(**values))


def block(database: Database, call: Call, seconds: float) -> None:
    """As if Slack had just told us to wait with calls of that kind."""
    with database.transaction() as connection:
        pacing.block(connection, call, until=real_now(connection) + timedelta(seconds=seconds))


def blocked_until(database: Database) -> dict[str, datetime]:
    with database.reading() as connection:
        rows = connection.execute(sa.select(paces.c.kind, paces.c.blocked_until))
        return {one.kind: one.blocked_until for one in rows if one.blocked_until is not None}


def clock(database: Database) -> datetime:
    """The real one."""
    with database.reading() as connection:
        return real_now(connection)


def pass_time(database: Database, duration: timedelta) -> None:
    """As if so much real time had passed: all that is dated by it lies so much further back."""
    with database.transaction() as connection:
        for dated, columns in ((table, MOMENTS), (paces, PACES)):
            for one in connection.execute(sa.select(dated)).mappings().all():
                moved = {name: one[name] - duration for name in columns if one[name] is not None}
                if moved:
                    connection.execute(sa.update(dated).where(dated.c.id == one["id"]).values(**moved))


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Whoever else wants something of the database waits, and gets nothing."""
    with database.transaction() as connection:
        if not database.is_sqlite:
            names = "pacing, deliveries, inbox, rounds, owed, check_ins, people"
            connection.execute(sa.text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))
        yield
