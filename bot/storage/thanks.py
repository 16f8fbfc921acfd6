"""Thank-yous, as their authors wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import check_ins, thanks


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


def forget(connection: Connection, check_in_id: int, from_id: int, words: Iterable[str]) -> None:
    """Their author has taken them back."""
    theirs = (thanks.c.check_in_id == check_in_id) & (thanks.c.from_id == from_id)
    connection.execute(sa.delete(thanks).where(theirs, thanks.c.words.in_(set(words))))


def of_check_ins(connection: Connection, ids: Iterable[int]) -> list[Thanks]:
    """In the order in which they were said."""
    columns = (thanks.c.check_in_id, thanks.c.from_id, thanks.c.to_id, thanks.c.words, thanks.c.at)
    statement = (
        sa.select(*columns).where(thanks.c.check_in_id.in_(set(ids))).order_by(thanks.c.at, thanks.c.id)
    )
    return [Thanks(*row) for row in connection.execute(statement)]


def said_by(connection: Connection, person_id: int, *, since: date) -> list[tuple[date, str]]:
    """Their words after that day, by the check-in's date, the newest first."""
    statement = (
        sa.select(check_ins.c.date, thanks.c.words)
        .join(check_ins, check_ins.c.id == thanks.c.check_in_id)
        .where(thanks.c.from_id == person_id, check_ins.c.date > since)
        .order_by(check_ins.c.date.desc(), thanks.c.at, thanks.c.id)
    )
    return [(row.date, row.words) for row in connection.execute(statement)]
