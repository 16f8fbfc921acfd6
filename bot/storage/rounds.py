"""Rounds, what they ask of whom, and the check-ins in which people answer."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.attendance import Asked
from bot.okr.model import RUNNING, CheckIn, Owed, OwedState, Round, RoundState
from bot.okr.rounds import together
from bot.storage.engine import insert_unless_there
from bot.storage.tables import Moment, check_ins, key_results, owed, people, rounds

_ROUND = (rounds.c.id, rounds.c.team_id, rounds.c.date, rounds.c.state, rounds.c.opens_at, rounds.c.digest_at)
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

# --- rounds --------------------------------------------------------------------------------------------


def newest(connection: Connection, team_id: int, *, limit: int = 4) -> list[Round]:
    """A team's last rounds, the newest first."""
    statement = (
        sa.select(*_ROUND).where(rounds.c.team_id == team_id).order_by(rounds.c.date.desc()).limit(limit)
    )
    return [Round(*row) for row in connection.execute(statement)]


def before(connection: Connection, round_: Round) -> Round | None:
    """The same team's last round that people were asked in, before this one."""
    row = connection.execute(
        sa.select(*_ROUND)
        .where(
            rounds.c.team_id == round_.team_id,
            rounds.c.date < round_.date,
            rounds.c.state != RoundState.SKIPPED,
        )
        .order_by(rounds.c.date.desc())
        .limit(1)
    ).first()
    return None if row is None else Round(*row)


def by_id(connection: Connection, round_id: int, *, hold: bool = False) -> Round:
    """Raises LookupError if there is none. `hold` keeps its state until the commit, and keeps out others who
    hold it."""
    statement = sa.select(*_ROUND).where(rounds.c.id == round_id)
    row = connection.execute(statement.with_for_update() if hold else statement).first()
    if row is None:
        raise LookupError(f"there is no round {round_id}")
    return Round(*row)


def add(
    connection: Connection,
    team_id: int,
    on: date,
    state: RoundState,
    *,
    opens_at: datetime,
    digest_at: datetime,
) -> Round | None:
    """Writes the round of that ISO week; None if another process was first."""
    year, week, _ = on.isocalendar()
    round_id = insert_unless_there(
        connection,
        rounds,
        team_id=team_id,
        iso_week=f"{year}-W{week:02}",
        date=on,
        state=state,
        opens_at=opens_at,
        digest_at=digest_at,
    )
    return None if round_id is None else by_id(connection, round_id)


def move(connection: Connection, round_id: int, to: RoundState, *, of: Iterable[RoundState]) -> bool:
    """Changes the state if it is still one `of` these; False if somebody else was first."""
    changed = connection.execute(
        sa.update(rounds).where(rounds.c.id == round_id, rounds.c.state.in_(set(of))).values(state=to)
    )
    return changed.rowcount == 1


# --- check-ins -----------------------------------------------------------------------------------------


def add_check_in(connection: Connection, check_in: CheckIn) -> CheckIn:
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


def find_check_in(connection: Connection, check_in_id: int) -> CheckIn | None:
    row = connection.execute(sa.select(*_CHECK_IN).where(check_ins.c.id == check_in_id)).first()
    return None if row is None else CheckIn(*row)


def check_in_of(connection: Connection, person_id: int, on: date) -> CheckIn | None:
    same = (check_ins.c.person_id == person_id) & (check_ins.c.date == on)
    row = connection.execute(sa.select(*_CHECK_IN).where(same)).first()
    return None if row is None else CheckIn(*row)


def newest_check_in(connection: Connection, person_id: int) -> CheckIn | None:
    row = connection.execute(
        sa.select(*_CHECK_IN)
        .where(check_ins.c.person_id == person_id)
        .order_by(check_ins.c.date.desc())
        .limit(1)
    ).first()
    return None if row is None else CheckIn(*row)


def open_check_ins(connection: Connection, person_id: int) -> list[CheckIn]:
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


def people_with_open_check_ins(connection: Connection) -> dict[str, tuple[int, list[date]]]:
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


def hold_check_in(connection: Connection, check_in_id: int) -> None:
    """Lets nobody else answer the check-in, or decide one of its rounds, before the commit.

    Whoever writes a check-in's answers begins with this: the check-in first, then its rounds, then what is
    owed. Whoever holds several begins with the earliest: a team's step closes a round, then opens the next.
    """
    connection.execute(sa.select(check_ins.c.id).where(check_ins.c.id == check_in_id).with_for_update())
    of_check_in(connection, check_in_id, hold=True)


def of_check_in(connection: Connection, check_in_id: int, *, hold: bool = False) -> list[Round]:
    """The rounds that a check-in answers: one a team. `hold` keeps their states until the commit."""
    mine = sa.select(owed.c.round_id).where(owed.c.check_in_id == check_in_id)
    statement = sa.select(*_ROUND).where(rounds.c.id.in_(mine)).order_by(rounds.c.id)
    if hold:
        statement = statement.with_for_update(read=True)
    return [Round(*row) for row in connection.execute(statement)]


def actions_said(connection: Connection, check_in_id: int, at: datetime) -> None:
    """The person has said, at that moment, which actions count."""
    connection.execute(sa.update(check_ins).where(check_ins.c.id == check_in_id).values(actions_at=at))


def put_off(connection: Connection, check_in_id: int, until: datetime | None) -> None:
    """They want to be reminded then; None: as usual."""
    connection.execute(sa.update(check_ins).where(check_ins.c.id == check_in_id).values(later_at=until))


# --- what is owed --------------------------------------------------------------------------------------


def add_owed(connection: Connection, row: Owed) -> None:
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


def owed_in_round(connection: Connection, round_id: int) -> list[Owed]:
    return _owed(connection, owed.c.round_id == round_id)


def owed_in_check_in(connection: Connection, check_in_id: int) -> list[Owed]:
    return _owed(connection, owed.c.check_in_id == check_in_id)


def owed_for_key_results(
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


def owed_by_delegates(connection: Connection, owner_id: int) -> list[Owed]:
    """What running rounds ask of delegates in place of that owner, answered or not, the earliest first."""
    statement = (
        sa.select(*_OWED)
        .join(rounds, rounds.c.id == owed.c.round_id)
        .join(key_results, key_results.c.id == owed.c.key_result_id)
        .where(
            key_results.c.owner_id == owner_id,
            owed.c.person_id == key_results.c.delegate_id,
            owed.c.person_id != owner_id,
            rounds.c.state.in_(RUNNING),
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
    """What became of a person's key results in a team's rounds up to that one, by round, the newest first."""
    statement = (
        sa.select(owed.c.round_id, owed.c.state)
        .join(rounds, rounds.c.id == owed.c.round_id)
        .where(owed.c.person_id == person_id, rounds.c.team_id == until.team_id, rounds.c.date <= until.date)
        .order_by(rounds.c.date.desc())
    )
    by_round: dict[int, list[OwedState]] = {}
    for round_id, state in connection.execute(statement):
        by_round.setdefault(round_id, []).append(state)
    return list(by_round.values())


def states_of_people(
    connection: Connection, round_ids: Iterable[int]
) -> dict[int, dict[int, set[OwedState]]]:
    """What became of what each person owed, by round and person."""
    mine = owed.c.round_id.in_(set(round_ids))
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


def turn_owed(connection: Connection, check_in_id: int, *, of: OwedState, to: OwedState) -> None:
    """Changes what a person owes in a check-in from one state to another (away and back), in rounds whose
    digest is not due yet: silence that a digest has judged stays judged."""
    undecided = sa.select(rounds.c.id).where(rounds.c.state == RoundState.OPEN)
    connection.execute(
        sa.update(owed)
        .where(owed.c.check_in_id == check_in_id, owed.c.state == of, owed.c.round_id.in_(undecided))
        .values(state=to)
    )


def hand_over(connection: Connection, row: Owed, to: CheckIn, *, number: int, state: OwedState) -> None:
    """What was owed by one person is owed by another one from now on, in their check-in."""
    connection.execute(
        sa.update(owed)
        .where(owed.c.round_id == row.round_id, owed.c.key_result_id == row.key_result_id)
        .values(person_id=to.person_id, check_in_id=to.id, number=number, state=state)
    )


def miss_waiting(connection: Connection, round_id: int) -> None:
    """What nobody answered before the next round opened is missed."""
    connection.execute(
        sa.update(owed)
        .where(owed.c.round_id == round_id, owed.c.state == OwedState.WAITING)
        .values(state=OwedState.MISSED)
    )


def _owed(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Owed]:
    rows = connection.execute(sa.select(*_OWED).where(condition).order_by(owed.c.check_in_id, owed.c.number))
    return [Owed(*row) for row in rows]
