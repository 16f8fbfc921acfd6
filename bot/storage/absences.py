"""Absences: days on which people are not asked."""

from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.days.away import Days
from bot.okr.model import Absence
from bot.okr.rounds import PAUSE, SAID
from bot.storage.engine import inserted_id
from bot.storage.tables import absences, people

_COLUMNS = (absences.c.id, absences.c.person_id, absences.c.starts, absences.c.ends, absences.c.source)


def of_people(connection: Connection, ids: Iterable[int]) -> list[Absence]:
    rows = connection.execute(sa.select(*_COLUMNS).where(absences.c.person_id.in_(set(ids))))
    return [Absence(*row) for row in rows]


def add(connection: Connection, person_id: int, days: Days) -> int:
    """The id of the person's days away, which may be part of longer ones that were known before."""
    _hold(connection, person_id)
    within = sa.select(absences.c.id).where(
        absences.c.person_id == person_id,
        absences.c.source == SAID,
        absences.c.starts <= days.starts,
        absences.c.ends >= days.ends,
    )
    known: int | None = connection.execute(within.order_by(absences.c.id).limit(1)).scalar()
    if known is not None:
        return known
    return inserted_id(
        connection, absences, person_id=person_id, starts=days.starts, ends=days.ends, source=SAID
    )


def said(connection: Connection, person_id: int, *, since: date) -> list[Absence]:
    """The days away that a person gave and that are not over on that day, the earliest first."""
    statement = (
        sa.select(*_COLUMNS)
        .where(absences.c.person_id == person_id, absences.c.source == SAID, absences.c.ends >= since)
        .order_by(absences.c.starts, absences.c.ends, absences.c.id)
    )
    return [Absence(*row) for row in connection.execute(statement)]


def cancel(connection: Connection, absence: Absence, on: date) -> None:
    """From that day on the person is there; what is over stays known."""
    _end(connection, absences.c.id == absence.id, on)


def pause(connection: Connection, person_id: int, since: date) -> None:
    """From that day until they resume."""
    if not is_paused(connection, person_id):
        connection.execute(sa.insert(absences).values(person_id=person_id, starts=since, source=PAUSE))


def resume(connection: Connection, person_id: int, on: date) -> None:
    """The day before is the last day of the pause; one that began on this day leaves no trace."""
    _end(connection, _open_pause(person_id), on)


def is_paused(connection: Connection, person_id: int) -> bool:
    return connection.execute(sa.select(absences.c.id).where(_open_pause(person_id))).first() is not None


def _end(connection: Connection, which: sa.ColumnElement[bool], on: date) -> None:
    connection.execute(sa.delete(absences).where(which, absences.c.starts >= on))
    connection.execute(sa.update(absences).where(which).values(ends=on - timedelta(days=1)))


def _hold(connection: Connection, person_id: int) -> None:
    """A double tap is handled one after the other, so that the second finds what the first wrote."""
    connection.execute(sa.select(people.c.id).where(people.c.id == person_id).with_for_update())


def _open_pause(person_id: int) -> sa.ColumnElement[bool]:
    return (absences.c.person_id == person_id) & (absences.c.source == PAUSE) & absences.c.ends.is_(None)
