"""Absences: days on which people are not asked."""

from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Absence
from bot.okr.rounds import PAUSE
from bot.storage.tables import absences

_COLUMNS = (absences.c.id, absences.c.person_id, absences.c.starts, absences.c.ends, absences.c.source)


def of_people(connection: Connection, ids: Iterable[int]) -> list[Absence]:
    rows = connection.execute(sa.select(*_COLUMNS).where(absences.c.person_id.in_(set(ids))))
    return [Absence(*row) for row in rows]


def pause(connection: Connection, person_id: int, since: date) -> None:
    """From that day until they resume."""
    if not is_paused(connection, person_id):
        connection.execute(sa.insert(absences).values(person_id=person_id, starts=since, source=PAUSE))


def resume(connection: Connection, person_id: int, on: date) -> None:
    """The day before is the last day of the pause; one that began on this day leaves no trace."""
    mine = _open_pause(person_id)
    connection.execute(sa.delete(absences).where(mine, absences.c.starts >= on))
    connection.execute(sa.update(absences).where(mine).values(ends=on - timedelta(days=1)))


def is_paused(connection: Connection, person_id: int) -> bool:
    return connection.execute(sa.select(absences.c.id).where(_open_pause(person_id))).first() is not None


def _open_pause(person_id: int) -> sa.ColumnElement[bool]:
    return (absences.c.person_id == person_id) & (absences.c.source == PAUSE) & absences.c.ends.is_(None)
