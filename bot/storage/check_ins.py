"""Check-ins: what one person is asked for one date, and what they said of it as a whole."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import RUNNING, CheckIn
from bot.okr.rounds import together
from bot.storage.engine import insert_unless_there
from bot.storage.rounds import of_check_in
from bot.storage.tables import check_ins, key_results, owed, people, rounds

_CHECK_IN = (
    check_ins.c.id,
    check_ins.c.person_id,
    check_ins.c.date,
    check_ins.c.prompt_at,
    check_ins.c.remind_at,
    check_ins.c.answer_by,
    check_ins.c.actions_at,
    check_ins.c.later_at,
)


def add(connection: Connection, check_in: CheckIn) -> CheckIn:
    """The person's check-in of that date; one that another team's round wrote before is widened:
    prompted at the earlier hour, reminded at the later one."""
    insert_unless_there(
        connection,
        check_ins,
        person_id=check_in.person_id,
        date=check_in.date,
        prompt_at=check_in.prompt_at,
        remind_at=check_in.remind_at,
        answer_by=check_in.answer_by,
    )
    same = (check_ins.c.person_id == check_in.person_id) & (check_ins.c.date == check_in.date)
    # Held until the commit: another team's round may be widening it, and numbering what it owes.
    found = CheckIn(*connection.execute(sa.select(*_CHECK_IN).where(same).with_for_update()).one())
    both = together(found, check_in)
    hours = {"prompt_at": both.prompt_at, "remind_at": both.remind_at, "answer_by": both.answer_by}
    connection.execute(sa.update(check_ins).where(same).values(**hours))
    return both


def find(connection: Connection, check_in_id: int) -> CheckIn | None:
    row = connection.execute(sa.select(*_CHECK_IN).where(check_ins.c.id == check_in_id)).first()
    return None if row is None else CheckIn(*row)


def by_ids(connection: Connection, ids: Iterable[int]) -> list[CheckIn]:
    rows = connection.execute(sa.select(*_CHECK_IN).where(check_ins.c.id.in_(set(ids))))
    return [CheckIn(*row) for row in rows]


def of_person(connection: Connection, person_id: int, on: date) -> CheckIn | None:
    same = (check_ins.c.person_id == person_id) & (check_ins.c.date == on)
    row = connection.execute(sa.select(*_CHECK_IN).where(same)).first()
    return None if row is None else CheckIn(*row)


def on_dates(connection: Connection, person_id: int, dates: Iterable[date]) -> list[CheckIn]:
    """The person's check-ins of those dates, the earliest first."""
    mine = (check_ins.c.person_id == person_id) & check_ins.c.date.in_(set(dates))
    rows = connection.execute(sa.select(*_CHECK_IN).where(mine).order_by(check_ins.c.date))
    return [CheckIn(*row) for row in rows]


def newest(connection: Connection, person_id: int) -> CheckIn | None:
    row = connection.execute(
        sa.select(*_CHECK_IN)
        .where(check_ins.c.person_id == person_id)
        .order_by(check_ins.c.date.desc())
        .limit(1)
    ).first()
    return None if row is None else CheckIn(*row)


def open_of(connection: Connection, person_id: int) -> list[CheckIn]:
    """Those that the person can still answer, the earliest first: a round of one of their teams is not
    closed yet. There are several where teams meet on different days."""
    answerable = (
        sa.select(owed.c.check_in_id)
        .join(rounds)
        .where(owed.c.person_id == person_id, rounds.c.state.in_(RUNNING))
    )
    statement = sa.select(*_CHECK_IN).where(
        check_ins.c.person_id == person_id, check_ins.c.id.in_(answerable)
    )
    return [CheckIn(*row) for row in connection.execute(statement.order_by(check_ins.c.date))]


def people_with_open(connection: Connection) -> dict[str, tuple[int, list[date]]]:
    """Everybody who can still answer something: by Slack id, their id and the dates of their check-ins."""
    statement = (
        sa.select(people.c.slack_id, people.c.id, check_ins.c.date)
        .join(check_ins, check_ins.c.person_id == people.c.id)
        .join(owed, owed.c.check_in_id == check_ins.c.id)
        .join(rounds, rounds.c.id == owed.c.round_id)
        .where(rounds.c.state.in_(RUNNING))
        .distinct()
        .order_by(people.c.id, check_ins.c.date)
    )
    found: dict[str, tuple[int, list[date]]] = {}
    for slack_id, person_id, on in connection.execute(statement):
        found.setdefault(slack_id, (person_id, []))[1].append(on)
    return found


def hold(connection: Connection, check_in_id: int) -> None:
    """Lets nobody else answer the check-in, or decide one of its rounds, before the commit.

    Whoever writes a check-in's answers begins with this: the check-in first, then its rounds, then what is
    owed. Whoever holds several begins with the earliest: a team's step closes a round, then opens the next.
    """
    connection.execute(sa.select(check_ins.c.id).where(check_ins.c.id == check_in_id).with_for_update())
    of_check_in(connection, check_in_id, hold=True)


def hold_all(connection: Connection, ids: Collection[int]) -> None:
    """Several, the earliest first."""
    by_date = sa.select(check_ins.c.id).where(check_ins.c.id.in_(ids))
    by_date = by_date.order_by(check_ins.c.date, check_ins.c.id)
    for check_in_id in connection.execute(by_date).scalars().all():
        hold(connection, check_in_id)


def hold_with_delegates(connection: Connection, owner_id: int, *, on: date | None = None) -> None:
    """Holds the check-ins of an owner and of their delegates, of one date or of all running rounds' dates.

    Whatever passes from one to the other holds them so, in one order for everybody: two people who are each
    other's delegates would else wait for each other.
    """
    delegates = sa.select(key_results.c.delegate_id).where(key_results.c.owner_id == owner_id)
    running = sa.select(rounds.c.date).where(rounds.c.state.in_(RUNNING))
    concerned = sa.select(check_ins.c.id).where(
        (check_ins.c.person_id == owner_id) | check_ins.c.person_id.in_(delegates),
        check_ins.c.date.in_(running) if on is None else check_ins.c.date == on,
    )
    hold_all(connection, connection.scalars(concerned).all())


def actions_said(connection: Connection, check_in_id: int, at: datetime) -> None:
    """The person has said, at that moment, which actions count."""
    connection.execute(sa.update(check_ins).where(check_ins.c.id == check_in_id).values(actions_at=at))


def put_off(connection: Connection, check_in_id: int, until: datetime | None) -> None:
    """They want to be reminded then; None: as usual."""
    connection.execute(sa.update(check_ins).where(check_ins.c.id == check_in_id).values(later_at=until))
