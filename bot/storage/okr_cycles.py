"""Cycles, and how far a team's set of OKRs has come in one: a draft, shared, started."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import Cycle, OkrSet
from bot.storage.engine import insert_unless_there, inserted_id
from bot.storage.tables import cycles, key_results, objectives, okr_sets, updates
from bot.storage.workspace import THE_WORKSPACE


def everything(connection: Connection) -> list[Cycle]:
    """The one that starts first comes first."""
    statement = sa.select(cycles).order_by(cycles.c.starts, cycles.c.id)
    return [_cycle(row) for row in connection.execute(statement)]


def by_id(connection: Connection, cycle_id: int) -> Cycle | None:
    row = connection.execute(sa.select(cycles).where(cycles.c.id == cycle_id)).first()
    return None if row is None else _cycle(row)


def running(connection: Connection, on: date) -> dict[int, Cycle]:
    """Those that a day falls in, by id, the one that started last first."""
    statement = (
        sa.select(cycles)
        .where(cycles.c.starts <= on, cycles.c.ends >= on)
        .order_by(cycles.c.starts.desc(), cycles.c.id)
    )
    return {row.id: _cycle(row) for row in connection.execute(statement)}


def beside(connection: Connection, cycle_id: int) -> list[int]:
    """The ids of all that have a day in common with this one, itself among them."""
    every = everything(connection)
    own = next(one for one in every if one.id == cycle_id)
    return [one.id for one in every if one.starts <= own.ends and own.starts <= one.ends]


def next_to_begin(connection: Connection, on: date) -> dict[int, Cycle]:
    """Those that begin first after a day, by id."""
    later = [one for one in everything(connection) if one.starts > on]
    first = min((one.starts for one in later), default=None)
    return {one.id: one for one in later if one.starts == first}


def of_team(connection: Connection, team_id: int) -> list[Cycle]:
    """Those in which the team has or had objectives, or a draft; the one that starts last first."""
    used = sa.select(objectives.c.cycle_id).where(objectives.c.team_id == team_id)
    drafted = sa.select(okr_sets.c.cycle_id).where(okr_sets.c.team_id == team_id)
    statement = (
        sa.select(cycles)
        .where(cycles.c.id.in_(used) | cycles.c.id.in_(drafted))
        .order_by(cycles.c.starts.desc(), cycles.c.id)
    )
    return [_cycle(row) for row in connection.execute(statement)]


def add(connection: Connection, cycle: Cycle) -> Cycle:
    """Writes a new cycle; its id is given by the database."""
    cycle_id = inserted_id(
        connection,
        cycles,
        workspace_id=THE_WORKSPACE,
        name=cycle.name,
        starts=cycle.starts,
        ends=cycle.ends,
    )
    return replace(cycle, id=cycle_id)


def ensure(connection: Connection, cycle: Cycle) -> Cycle:
    """The same, or the one of that name that somebody has made at this moment."""
    insert_unless_there(
        connection,
        cycles,
        workspace_id=THE_WORKSPACE,
        name=cycle.name,
        starts=cycle.starts,
        ends=cycle.ends,
    )
    row = connection.execute(sa.select(cycles).where(cycles.c.name == cycle.name)).one()
    return _cycle(row)


def called(connection: Connection, name: str) -> Cycle | None:
    """Whatever its letters' case."""
    wanted = name.casefold()
    return next((one for one in everything(connection) if one.name.casefold() == wanted), None)


def is_used(connection: Connection, cycle_id: int, team_id: int | None = None) -> bool:
    """Whether any team, or that one, has objectives in it, or a set, or has checked in on what is dropped by
    now."""
    by_set = sa.select(okr_sets.c.team_id).where(okr_sets.c.cycle_id == cycle_id)
    checked_in = sa.exists().where(
        updates.c.key_result_id == key_results.c.id, key_results.c.objective_id == objectives.c.id
    )
    by_objective = sa.select(objectives.c.team_id).where(
        objectives.c.cycle_id == cycle_id, objectives.c.dropped_at.is_(None) | checked_in
    )
    if team_id is not None:
        by_set = by_set.where(okr_sets.c.team_id == team_id)
        by_objective = by_objective.where(objectives.c.team_id == team_id)
    return connection.execute(sa.union_all(by_set, by_objective).limit(1)).first() is not None


def save(connection: Connection, cycle: Cycle) -> None:
    connection.execute(
        sa.update(cycles).where(cycles.c.id == cycle.id).values(starts=cycle.starts, ends=cycle.ends)
    )


# --- sets ----------------------------------------------------------------------------------------------


def begin_draft(connection: Connection, team_id: int, cycle_id: int) -> bool:
    """The team's objectives of that cycle are a draft from now on; what was drafted before stays as it is
    (False). Only where it has none that came by a file: those have started."""
    return insert_unless_there(connection, okr_sets, team_id=team_id, cycle_id=cycle_id) is not None


def give_up(connection: Connection, one: OkrSet) -> None:
    """Where nobody has looked for it yet, it was never there; its objectives are the caller's business."""
    connection.execute(sa.delete(okr_sets).where(*_same(one), okr_sets.c.started_at.is_(None)))


def set_of(connection: Connection, team_id: int, cycle_id: int, *, hold: bool = False) -> OkrSet | None:
    """None where none was ever drafted here: what came with a file has started. `hold`: until the transaction
    ends, nobody else can share, start or decide about it."""
    statement = sa.select(okr_sets).where(okr_sets.c.team_id == team_id, okr_sets.c.cycle_id == cycle_id)
    row = connection.execute(statement.with_for_update() if hold else statement).first()
    return None if row is None else _set(row)


def drafts_of(connection: Connection, team_ids: Iterable[int]) -> list[OkrSet]:
    """Those that have not started."""
    statement = sa.select(okr_sets).where(
        okr_sets.c.team_id.in_(set(team_ids)), okr_sets.c.started_at.is_(None)
    )
    return [_set(row) for row in connection.execute(statement)]


def share(connection: Connection, one: OkrSet, at: datetime) -> None:
    """When it was shared first stays."""
    connection.execute(
        sa.update(okr_sets).where(*_same(one), okr_sets.c.shared_at.is_(None)).values(shared_at=at)
    )


def start(connection: Connection, one: OkrSet, by_id: int, at: datetime) -> bool:
    """Whether it was a draft until now."""
    done = connection.execute(
        sa.update(okr_sets)
        .where(*_same(one), okr_sets.c.started_at.is_(None))
        .values(started_at=at, started_by_id=by_id)
    )
    return done.rowcount == 1


def _same(one: OkrSet) -> tuple[sa.ColumnElement[bool], ...]:
    return (okr_sets.c.team_id == one.team_id, okr_sets.c.cycle_id == one.cycle_id)


def _cycle(row: Row[Any]) -> Cycle:
    return Cycle(row.id, row.name, row.starts, row.ends)


def _set(row: Row[Any]) -> OkrSet:
    return OkrSet(row.team_id, row.cycle_id, row.shared_at, row.started_at, row.started_by_id)
