"""What people wrote that was not understood: kept for its author, and shown to nobody else."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import kept_words


def keep(connection: Connection, person_id: int, check_in_id: int | None, text: str, at: datetime) -> None:
    """For a check-in once, however often it is said: a message read back has the words of its edit."""
    if check_in_id is not None and text in of_check_in(connection, check_in_id):
        return
    connection.execute(
        sa.insert(kept_words).values(person_id=person_id, check_in_id=check_in_id, text=text, at=at)
    )


def forget(connection: Connection, check_in_id: int, texts: Collection[str]) -> None:
    """It is clear by now what they mean."""
    theirs = (kept_words.c.check_in_id == check_in_id) & kept_words.c.text.in_(texts)
    connection.execute(sa.delete(kept_words).where(theirs))


def of_check_in(connection: Connection, check_in_id: int) -> tuple[str, ...]:
    return _texts(connection, kept_words.c.check_in_id == check_in_id)


def of_nothing(connection: Connection, person_id: int, *, since: datetime) -> tuple[str, ...]:
    """What the person wrote while nothing was asked of them."""
    theirs = (kept_words.c.person_id == person_id) & kept_words.c.check_in_id.is_(None)
    return _texts(connection, theirs & (kept_words.c.at >= since))


def _texts(connection: Connection, condition: sa.ColumnElement[bool]) -> tuple[str, ...]:
    statement = sa.select(kept_words.c.text).where(condition).order_by(kept_words.c.id)
    return tuple(connection.execute(statement).scalars())
