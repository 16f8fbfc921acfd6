"""Messages whose persons' quiet hours are looked up before they are posted: taken up together, by lease."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.deliveries import Delivery, by_ids
from bot.storage.tables import check_ins, deliveries


def unlooked(now: datetime, real_now: datetime) -> sa.ColumnElement[bool]:
    """Due, to be looked up first, and in nobody's hands."""
    in_hand = deliveries.c.lease_until > real_now
    return sa.and_(
        deliveries.c.state == "pending",
        deliveries.c.due_at <= now,
        deliveries.c.look_first,
        deliveries.c.lease_until.is_(None) | ~in_hand,
    )


def claim(
    connection: Connection,
    *,
    now: datetime,
    real_now: datetime,
    lease: timedelta,
    most: int,
    answers_due_by: datetime | None = None,
) -> list[Delivery]:
    """Takes up to so many; nobody posts them before `release`, or before the lease is over and somebody
    else has taken them. With `answers_due_by`, only those whose answers are due by then."""
    wanted = unlooked(now, real_now)
    if answers_due_by is not None:
        wanted &= _answer_due_by(answers_due_by)
    statement = (
        sa.select(deliveries.c.id)
        .where(wanted)
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    found = connection.execute(statement).scalars().all()
    if not found:
        return []
    held = sa.update(deliveries).where(deliveries.c.id.in_(found))
    connection.execute(held.values(lease_until=real_now + lease))
    return by_ids(connection, found)


def _answer_due_by(moment: datetime) -> sa.ColumnElement[bool]:
    asked = check_ins.c.id == deliveries.c.subject["check_in"].as_integer()
    return sa.select(check_ins.c.id).where(asked, check_ins.c.answer_by <= moment).exists()


def release(connection: Connection, taken: Delivery, *, due_at: datetime | None = None) -> None:
    """It may be posted now, or from `due_at` on, without being looked up again. Nothing happens where it was
    taken again since."""
    mine = sa.and_(
        deliveries.c.id == taken.id,
        deliveries.c.state == "pending",
        deliveries.c.lease_until == taken.lease_until,
    )
    connection.execute(
        sa.update(deliveries)
        .where(mine)
        .values(look_first=False, lease_until=None, due_at=due_at or deliveries.c.due_at)
    )
