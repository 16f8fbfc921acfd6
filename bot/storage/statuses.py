"""Slack statuses that look like leave: the open question of each person, and which have been answered."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.days.status import Status
from bot.okr.model import RUNNING, OwedState
from bot.storage.engine import insert_unless_there
from bot.storage.tables import check_ins, owed, people, rounds, statuses


@dataclass(frozen=True, slots=True)
class KnownStatus:
    id: int
    check_in_id: int
    """In whose prompt it is asked about."""
    mark: str
    status: Status | None
    """None once it was answered: its words are gone then."""
    until: datetime


def ask(connection: Connection, person_id: int, check_in_id: int, status: Status) -> bool:
    """Asks about it in that check-in's prompt; False where it was asked about before."""
    row_id = insert_unless_there(
        connection,
        statuses,
        person_id=person_id,
        check_in_id=check_in_id,
        mark=status.mark,
        text=status.text,
        emoji=status.emoji,
        until=status.until,
    )
    return row_id is not None


def open_question(connection: Connection, person_id: int) -> KnownStatus | None:
    """What the person is asked and has not answered."""
    return _first(connection, (statuses.c.person_id == person_id) & statuses.c.text.is_not(None))


def hold(connection: Connection, status_id: int, person_id: int) -> KnownStatus | None:
    """One of the person's own; a double tap is handled one after the other."""
    return _first(connection, (statuses.c.id == status_id) & (statuses.c.person_id == person_id), hold=True)


def answered(connection: Connection, status_id: int) -> None:
    """It is known again by its mark; what it said is forgotten."""
    connection.execute(sa.update(statuses).where(statuses.c.id == status_id).values(text=None, emoji=None))


def forget(connection: Connection, status_id: int) -> None:
    connection.execute(sa.delete(statuses).where(statuses.c.id == status_id))


def forget_over(connection: Connection, now: datetime) -> None:
    """Those whose time is past, answered or not."""
    connection.execute(sa.delete(statuses).where(statuses.c.until <= now))


def is_any_over(connection: Connection, now: datetime) -> bool:
    over = sa.select(statuses.c.id).where(statuses.c.until <= now)
    return connection.execute(over.limit(1)).first() is not None


def to_look_up(connection: Connection, now: datetime, *, most: int) -> list[tuple[int, str]]:
    """The check-ins whose prompts are due, that wait for an answer, and whose persons' statuses have not been
    looked up for them: their ids and the people's Slack ids, those first that are due first."""
    statement = (
        sa.select(check_ins.c.id, people.c.slack_id, check_ins.c.prompt_at)
        .join(people, people.c.id == check_ins.c.person_id)
        .join(owed, owed.c.check_in_id == check_ins.c.id)
        .join(rounds, rounds.c.id == owed.c.round_id)
        .where(
            rounds.c.state.in_(RUNNING),
            owed.c.state == OwedState.WAITING,
            check_ins.c.prompt_at <= now,
            check_ins.c.status_seen_at.is_(None),
            people.c.active,
        )
        .distinct()
        .order_by(check_ins.c.prompt_at, check_ins.c.id)
        .limit(most)
    )
    return [(row.id, row.slack_id) for row in connection.execute(statement)]


def looked_up(connection: Connection, check_in_id: int, at: datetime) -> bool:
    """From now on it counts as looked up; False if another process was first."""
    unseen = (check_ins.c.id == check_in_id) & check_ins.c.status_seen_at.is_(None)
    changed = connection.execute(sa.update(check_ins).where(unseen).values(status_seen_at=at))
    return changed.rowcount == 1


def look_again(connection: Connection, check_in_id: int) -> None:
    """It could not be looked up just now."""
    connection.execute(sa.update(check_ins).where(check_ins.c.id == check_in_id).values(status_seen_at=None))


def _first(
    connection: Connection, condition: sa.ColumnElement[bool], *, hold: bool = False
) -> KnownStatus | None:
    statement = sa.select(statuses).where(condition).limit(1)
    row = connection.execute(statement.with_for_update() if hold else statement).first()
    if row is None:
        return None
    status = None if row.text is None else Status(row.text, row.emoji or "", row.until)
    return KnownStatus(row.id, row.check_in_id, row.mark, status, row.until)
