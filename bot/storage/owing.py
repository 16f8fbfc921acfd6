"""What is owed: a row for each key result that a round asks somebody for, and what became of it."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.days.attendance import Asked
from bot.okr.model import RUNNING, CheckIn, Owed, OwedState, Round, RoundState
from bot.storage.tables import Moment, check_ins, key_results, objectives, owed, rounds

_OWED = (
    owed.c.round_id,
    owed.c.key_result_id,
    owed.c.person_id,
    owed.c.check_in_id,
    owed.c.number,
    owed.c.state,
    owed.c.answered_at,
    owed.c.said_at,
    owed.c.by_tap,
)


def add(connection: Connection, row: Owed) -> None:
    connection.execute(
        sa.insert(owed).values(
            round_id=row.round_id,
            key_result_id=row.key_result_id,
            person_id=row.person_id,
            check_in_id=row.check_in_id,
            number=row.number,
            state=row.state,
            answered_at=row.answered_at,
            said_at=row.said_at,
        )
    )


def in_round(connection: Connection, round_id: int) -> list[Owed]:
    return _owed(connection, owed.c.round_id == round_id)


def in_check_in(connection: Connection, check_in_id: int) -> list[Owed]:
    return _owed(connection, owed.c.check_in_id == check_in_id)


def for_key_results(
    connection: Connection, ids: Iterable[int], *, states: Iterable[RoundState]
) -> list[Owed]:
    """What those key results were asked for in rounds of these states, the newest round first."""
    statement = (
        sa.select(*_OWED)
        .join(rounds)
        .where(owed.c.key_result_id.in_(set(ids)), rounds.c.state.in_(set(states)))
        .order_by(rounds.c.date.desc())
    )
    return [Owed(*row) for row in connection.execute(statement)]


def by_delegates(connection: Connection, owner_id: int, *, on: date | None = None) -> list[Owed]:
    """What running rounds, or those of one date, ask of delegates in place of that owner, answered or not,
    the earliest first."""
    statement = (
        sa.select(*_OWED)
        .join(rounds, rounds.c.id == owed.c.round_id)
        .join(key_results, key_results.c.id == owed.c.key_result_id)
        .where(
            key_results.c.owner_id == owner_id,
            owed.c.person_id == key_results.c.delegate_id,
            owed.c.person_id != owner_id,
            rounds.c.state.in_(RUNNING),
            sa.true() if on is None else rounds.c.date == on,
        )
        .order_by(rounds.c.date, owed.c.check_in_id, owed.c.number)
    )
    return [Owed(*row) for row in connection.execute(statement)]


def unanswered(
    connection: Connection, ids: Iterable[int], *, since: date
) -> list[tuple[int, date, OwedState]]:
    """By key result's id and the check-in's date after that day: what passed its owner by, or was missed."""
    statement = (
        sa.select(owed.c.key_result_id, check_ins.c.date, owed.c.state)
        .join(check_ins, check_ins.c.id == owed.c.check_in_id)
        .where(
            owed.c.key_result_id.in_(set(ids)),
            owed.c.state.in_([OwedState.AWAY, OwedState.MISSED]),
            check_ins.c.date > since,
        )
    )
    return [(row.key_result_id, row.date, row.state) for row in connection.execute(statement)]


def dates_away(connection: Connection, key_results: Iterable[int]) -> dict[int, set[date]]:
    """By key result, the dates of rounds that passed its owner by."""
    statement = (
        sa.select(owed.c.key_result_id, rounds.c.date)
        .join(rounds)
        .where(owed.c.key_result_id.in_(set(key_results)), owed.c.state == OwedState.AWAY)
    )
    found: dict[int, set[date]] = {}
    for whose, on in connection.execute(statement):
        found.setdefault(whose, set()).add(on)
    return found


def asked_of(connection: Connection, person_id: int) -> list[Asked]:
    """All that a person was asked in rounds whose digest was due, the newest check-in first."""
    judged = (owed.c.check_in_id, owed.c.state, owed.c.answered_at, rounds.c.digest_at, check_ins.c.answer_by)
    statement = (
        sa.select(*judged)
        .join(rounds, rounds.c.id == owed.c.round_id)
        .join(check_ins, check_ins.c.id == owed.c.check_in_id)
        .where(owed.c.person_id == person_id, rounds.c.state.in_([RoundState.DIGESTED, RoundState.CLOSED]))
        .order_by(check_ins.c.date.desc())
    )
    return [Asked(*row) for row in connection.execute(statement)]


def states_in_team(connection: Connection, person_id: int, until: Round) -> list[list[OwedState]]:
    """What became of a person's key results in a team's rounds up to that one, by round, the newest first;
    what is private is left out."""
    in_team = (rounds.c.team_id == until.team_id) & (rounds.c.date <= until.date)
    statement = (
        sa.select(owed.c.round_id, owed.c.state)
        .join(rounds, rounds.c.id == owed.c.round_id)
        .where(owed.c.person_id == person_id, in_team, ~_is_private())
        .order_by(rounds.c.date.desc())
    )
    by_round: dict[int, list[OwedState]] = {}
    for round_id, state in connection.execute(statement):
        by_round.setdefault(round_id, []).append(state)
    return list(by_round.values())


def states_of_people(
    connection: Connection, round_ids: Iterable[int]
) -> dict[int, dict[int, set[OwedState]]]:
    """What became of what each person owed, by round and person; what is private is left out."""
    mine = owed.c.round_id.in_(set(round_ids)) & ~_is_private()
    statement = sa.select(owed.c.round_id, owed.c.person_id, owed.c.state).where(mine)
    found: dict[int, dict[int, set[OwedState]]] = {}
    for round_id, person_id, state in connection.execute(statement.distinct()):
        found.setdefault(round_id, {}).setdefault(person_id, set()).add(state)
    return found


def answer(
    connection: Connection,
    check_in_id: int,
    key_result_id: int,
    at: datetime,
    *,
    said_at: datetime,
    by_tap: bool = False,
) -> None:
    """It is answered, by what was `said_at` that moment; when it was first answered stays."""
    first = sa.case((owed.c.state == OwedState.ANSWERED, owed.c.answered_at), else_=sa.literal(at, Moment()))
    connection.execute(
        sa.update(owed)
        .where(owed.c.check_in_id == check_in_id, owed.c.key_result_id == key_result_id)
        .values(state=OwedState.ANSWERED, answered_at=first, said_at=said_at, by_tap=by_tap)
    )


def wait_again(connection: Connection, check_in_id: int, key_results: Iterable[int]) -> None:
    """As if they had not been answered."""
    connection.execute(
        sa.update(owed)
        .where(owed.c.check_in_id == check_in_id, owed.c.key_result_id.in_(set(key_results)))
        .values(state=OwedState.WAITING, answered_at=None, said_at=None, by_tap=False)
    )


def turn(
    connection: Connection,
    check_in_id: int,
    *,
    of: OwedState,
    to: OwedState,
    in_team: int | None = None,
    not_in: Iterable[int] = (),
) -> None:
    """Changes what a person owes in a check-in from one state to another (away and back), in rounds whose
    digest is not due yet: silence that a digest has judged stays judged. Of all teams, or of one, or `not_in`
    some."""
    undecided = sa.select(rounds.c.id).where(
        rounds.c.state == RoundState.OPEN, rounds.c.team_id.not_in(set(not_in))
    )
    if in_team is not None:
        undecided = undecided.where(rounds.c.team_id == in_team)
    connection.execute(
        sa.update(owed)
        .where(owed.c.check_in_id == check_in_id, owed.c.state == of, owed.c.round_id.in_(undecided))
        .values(state=to)
    )


def hand_over(connection: Connection, row: Owed, to: CheckIn, *, number: int, state: OwedState) -> None:
    """What was owed by one person is owed by another one from now on, in their check-in; whose tap answered
    it is not theirs to take back."""
    connection.execute(
        sa.update(owed)
        .where(owed.c.round_id == row.round_id, owed.c.key_result_id == row.key_result_id)
        .values(person_id=to.person_id, check_in_id=to.id, number=number, state=state, by_tap=False)
    )


def forget_unanswered(connection: Connection, key_result_id: int) -> None:
    """It is asked of nobody any more in rounds that can still be answered; what was answered stays."""
    running = sa.select(rounds.c.id).where(rounds.c.state.in_(RUNNING))
    connection.execute(
        sa.delete(owed).where(
            owed.c.key_result_id == key_result_id,
            owed.c.state.in_([OwedState.WAITING, OwedState.AWAY]),
            owed.c.round_id.in_(running),
        )
    )


def miss_waiting(connection: Connection, round_id: int) -> None:
    """What nobody answered before the next round opened is missed."""
    connection.execute(
        sa.update(owed)
        .where(owed.c.round_id == round_id, owed.c.state == OwedState.WAITING)
        .values(state=OwedState.MISSED)
    )


def _is_private() -> sa.ColumnElement[bool]:
    """Whether a row asks for a key result of a private objective."""
    of_it = (key_results.c.id == owed.c.key_result_id) & (objectives.c.id == key_results.c.objective_id)
    return sa.exists().where(of_it, objectives.c.private)


def _owed(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Owed]:
    rows = connection.execute(sa.select(*_OWED).where(condition).order_by(owed.c.check_in_id, owed.c.number))
    return [Owed(*row) for row in rows]
