"""Rounds: a team's check-ins of a week, and the states they are in."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Round, RoundState
from bot.storage.engine import insert_unless_there
from bot.storage.tables import owed, rounds

_ROUND = (rounds.c.id, rounds.c.team_id, rounds.c.date, rounds.c.state, rounds.c.opens_at, rounds.c.digest_at)


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


def by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, Round]:
    rows = connection.execute(sa.select(*_ROUND).where(rounds.c.id.in_(set(ids))))
    return {row.id: Round(*row) for row in rows}


def dates_skipped(connection: Connection, team_ids: Iterable[int]) -> dict[int, set[date]]:
    """By team, the dates of rounds in which nobody was asked because the bot was down."""
    statement = sa.select(rounds.c.team_id, rounds.c.date).where(
        rounds.c.team_id.in_(set(team_ids)), rounds.c.state == RoundState.SKIPPED
    )
    found: dict[int, set[date]] = {}
    for whose, on in connection.execute(statement):
        found.setdefault(whose, set()).add(on)
    return found


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


def of_check_in(connection: Connection, check_in_id: int, *, hold: bool = False) -> list[Round]:
    """The rounds that a check-in answers: one a team. `hold` keeps their states until the commit."""
    mine = sa.select(owed.c.round_id).where(owed.c.check_in_id == check_in_id)
    statement = sa.select(*_ROUND).where(rounds.c.id.in_(mine)).order_by(rounds.c.id)
    if hold:
        statement = statement.with_for_update(read=True)
    return [Round(*row) for row in connection.execute(statement)]
