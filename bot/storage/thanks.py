"""Thank-yous, as their authors wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import thanks


@dataclass(frozen=True, slots=True)
class Thanks:
    check_in_id: int
    from_id: int
    to_id: int | None
    """None where the words do not tell."""
    words: str
    at: datetime


def keep(
    connection: Connection, check_in_id: int, from_id: int, to_id: int | None, words: str, *, at: datetime
) -> None:
    """Once in a check-in, however often it is said."""
    if any((one.from_id, one.words) == (from_id, words) for one in of_check_ins(connection, [check_in_id])):
        return
    connection.execute(
        sa.insert(thanks).values(check_in_id=check_in_id, from_id=from_id, to_id=to_id, words=words, at=at)
    )


def of_check_ins(connection: Connection, ids: Iterable[int]) -> list[Thanks]:
    """In the order in which they were said."""
    columns = (thanks.c.check_in_id, thanks.c.from_id, thanks.c.to_id, thanks.c.words, thanks.c.at)
    statement = (
        sa.select(*columns).where(thanks.c.check_in_id.in_(set(ids))).order_by(thanks.c.at, thanks.c.id)
    )
    return [Thanks(*row) for row in connection.execute(statement)]
