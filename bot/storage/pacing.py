"""How fast calls of each kind follow each other, for all processes on this database together.

The generic cell rate algorithm (ITU-T I.371): of each kind only the moment is kept until which evenly spaced
calls would have been taken.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.engine import insert_unless_there
from bot.storage.tables import pacing

NO_TIME = timedelta(0)
FARTHEST_AHEAD = timedelta(minutes=5)
"""So much, and more than that, only those in a hurry could ever take in advance."""


def wait(
    connection: Connection,
    kind: str,
    *,
    every: timedelta,
    burst: int,
    real_now: datetime,
    in_a_hurry: bool = False,
) -> timedelta:
    """How long to wait for the next call, where they come `every` so long and up to `burst` of them at once.

    Whoever is `in_a_hurry` need not wait for those before, only for a block. Until the commit nobody else
    can ask, so that the call may be spent if there is no time to wait.
    """
    row = connection.execute(
        sa.select(pacing.c.taken_until, pacing.c.blocked_until).where(pacing.c.kind == kind).with_for_update()
    ).first()
    if row is None:
        # Two that come first at the same time: one of them writes the row, and both lock it here.
        insert_unless_there(connection, pacing, kind=kind, taken_until=real_now)
        return wait(connection, kind, every=every, burst=burst, real_now=real_now, in_a_hurry=in_a_hurry)
    blocked = (row.blocked_until or real_now) - real_now
    taken_until = _plausible(row.taken_until, real_now)
    ahead = NO_TIME if in_a_hurry else taken_until - real_now - (burst - 1) * every
    return max(NO_TIME, blocked, ahead)


def spend(connection: Connection, kind: str, *, every: timedelta, real_now: datetime) -> None:
    """One call is made now."""
    taken_until = connection.execute(
        sa.select(pacing.c.taken_until).where(pacing.c.kind == kind)
    ).scalar_one()
    connection.execute(
        sa.update(pacing)
        .where(pacing.c.kind == kind)
        .values(taken_until=_plausible(taken_until, real_now) + every)
    )


def _plausible(taken_until: datetime, real_now: datetime) -> datetime:
    """No earlier than now; what lies far ahead was written before the clock was set back."""
    return real_now if taken_until > real_now + FARTHEST_AHEAD else max(taken_until, real_now)


def block(connection: Connection, kind: str, *, until: datetime) -> None:
    """No call of this kind before then."""
    insert_unless_there(connection, pacing, kind=kind, taken_until=until)
    shorter = pacing.c.blocked_until.is_(None) | (pacing.c.blocked_until < until)
    connection.execute(sa.update(pacing).where(pacing.c.kind == kind, shorter).values(blocked_until=until))
