"""Cycles, objectives and key results."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import Cycle, KeyResult, Objective
from bot.storage import measures
from bot.storage.engine import inserted_id
from bot.storage.tables import cycles, key_results, objectives
from bot.storage.workspace import THE_WORKSPACE

# --- cycles --------------------------------------------------------------------------------------------


def all_cycles(connection: Connection) -> list[Cycle]:
    statement = sa.select(cycles).order_by(cycles.c.starts, cycles.c.id)
    return [_cycle(row) for row in connection.execute(statement)]


def running_cycles(connection: Connection, on: date) -> dict[int, Cycle]:
    """Those that a day falls in, by id, the one that started last first."""
    statement = (
        sa.select(cycles)
        .where(cycles.c.starts <= on, cycles.c.ends >= on)
        .order_by(cycles.c.starts.desc(), cycles.c.id)
    )
    return {row.id: _cycle(row) for row in connection.execute(statement)}


def add_cycle(connection: Connection, cycle: Cycle) -> Cycle:
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


def save_cycle(connection: Connection, cycle: Cycle) -> None:
    connection.execute(
        sa.update(cycles).where(cycles.c.id == cycle.id).values(starts=cycle.starts, ends=cycle.ends)
    )


# --- objectives and their key results ------------------------------------------------------------------


def of_team(connection: Connection, team_id: int, cycle_ids: Iterable[int]) -> list[Objective]:
    """A team's objectives of those cycles with their key results, in order; dropped ones are left out."""
    return _objectives(
        connection,
        (objectives.c.team_id == team_id) & objectives.c.cycle_id.in_(set(cycle_ids)),
    )


def of_owner(connection: Connection, person_id: int, cycle_ids: Iterable[int]) -> list[Objective]:
    """Objectives in which a person owns key results, with only those; or that they own, with all."""
    owned = sa.select(key_results.c.objective_id).where(
        key_results.c.owner_id == person_id, key_results.c.dropped_at.is_(None)
    )
    mine = (objectives.c.owner_id == person_id) | objectives.c.id.in_(owned)
    found = _objectives(connection, mine & objectives.c.cycle_id.in_(set(cycle_ids)))
    return [one if one.owner_id == person_id else _only_of(one, person_id) for one in found]


def owned_by(connection: Connection, person_id: int) -> list[KeyResult]:
    """All that a person owns, dropped or not, in order; those of the cycle that began last first."""
    in_order = (objectives.c.position, objectives.c.id, key_results.c.position, key_results.c.id)
    statement = (
        sa.select(key_results)
        .join(objectives)
        .join(cycles)
        .where(key_results.c.owner_id == person_id)
        .order_by(cycles.c.starts.desc(), *in_order)
    )
    return [_key_result(row) for row in connection.execute(statement)]


def key_results_by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, KeyResult]:
    """Dropped ones, too."""
    rows = connection.execute(sa.select(key_results).where(key_results.c.id.in_(set(ids))))
    return {row.id: _key_result(row) for row in rows}


def objectives_by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, Objective]:
    """Without their key results; dropped ones, too."""
    rows = connection.execute(sa.select(objectives).where(objectives.c.id.in_(set(ids))))
    return {row.id: _objective(row, ()) for row in rows}


def add_objective(connection: Connection, objective: Objective) -> Objective:
    """Writes a new objective without its key results; its id is given by the database."""
    row_id = inserted_id(connection, objectives, team_id=objective.team_id, **_objective_columns(objective))
    return objectives_by_ids(connection, [row_id])[row_id]


def save_objective(connection: Connection, objective: Objective) -> None:
    connection.execute(
        sa.update(objectives).where(objectives.c.id == objective.id).values(**_objective_columns(objective))
    )


def add_key_result(connection: Connection, key_result: KeyResult) -> KeyResult:
    """Writes a new key result; its id is given by the database."""
    row_id = inserted_id(connection, key_results, **_key_result_columns(key_result))
    return key_results_by_ids(connection, [row_id])[row_id]


def save_key_result(connection: Connection, key_result: KeyResult) -> None:
    connection.execute(
        sa.update(key_results)
        .where(key_results.c.id == key_result.id)
        .values(**_key_result_columns(key_result))
    )


def _objectives(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Objective]:
    statement = (
        sa.select(objectives)
        .where(condition, objectives.c.dropped_at.is_(None))
        .order_by(objectives.c.cycle_id, objectives.c.position, objectives.c.id)
    )
    rows = connection.execute(statement).all()
    children: dict[int, list[KeyResult]] = {row.id: [] for row in rows}
    for child in connection.execute(
        sa.select(key_results)
        .where(key_results.c.objective_id.in_(children), key_results.c.dropped_at.is_(None))
        .order_by(key_results.c.position, key_results.c.id)
    ):
        children[child.objective_id].append(_key_result(child))
    return [_objective(row, tuple(children[row.id])) for row in rows]


def _only_of(objective: Objective, person_id: int) -> Objective:
    return replace(
        objective, key_results=tuple(one for one in objective.key_results if one.owner_id == person_id)
    )


def _cycle(row: Row[Any]) -> Cycle:
    return Cycle(row.id, row.name, row.starts, row.ends)


def _objective(row: Row[Any], children: tuple[KeyResult, ...]) -> Objective:
    return Objective(
        row.id,
        row.team_id,
        row.cycle_id,
        row.title,
        row.owner_id,
        row.kind,
        row.position,
        row.dropped_at is not None,
        children,
    )


def _objective_columns(objective: Objective) -> dict[str, Any]:
    return {
        "cycle_id": objective.cycle_id,
        "owner_id": objective.owner_id,
        "title": objective.title,
        "kind": objective.kind,
        "position": objective.position,
    }


def _key_result(row: Row[Any]) -> KeyResult:
    return KeyResult(
        row.id,
        row.objective_id,
        row.title,
        row.owner_id,
        measures.read(row),
        row.unit,
        row.position,
        row.dropped_at is not None,
        row.delegate_id,
        row.weight,
    )


def _key_result_columns(key_result: KeyResult) -> dict[str, Any]:
    return {
        "objective_id": key_result.objective_id,
        "owner_id": key_result.owner_id,
        "delegate_id": key_result.delegate_id,
        "title": key_result.title,
        **measures.columns(key_result.measure),
        "unit": key_result.unit,
        "weight": key_result.weight,
        "position": key_result.position,
    }
