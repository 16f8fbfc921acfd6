"""Objectives and key results. Drafts, which have not started, are left out unless they are asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import KeyResult, Objective, Supported
from bot.storage import measures
from bot.storage.engine import inserted_id
from bot.storage.tables import cycles, key_results, objective_readers, objectives, okr_sets, supports


def of_team(
    connection: Connection, team_id: int, cycle_ids: Iterable[int], *, drafts: bool = False
) -> list[Objective]:
    """A team's objectives of those cycles with their key results, in order; dropped ones are left out."""
    mine = (objectives.c.team_id == team_id) & objectives.c.cycle_id.in_(set(cycle_ids))
    return _objectives(connection, mine & _begun(drafts=drafts))


def of_cycles(
    connection: Connection, cycle_ids: Iterable[int], *, drafts: bool = False, dropped: bool = False
) -> list[Objective]:
    """All teams' objectives of those cycles with their key results, in order; dropped ones are left out
    unless they are asked for."""
    of_them = objectives.c.cycle_id.in_(set(cycle_ids)) & _begun(drafts=drafts)
    return _objectives(connection, of_them, dropped=dropped)


def whole(connection: Connection, ids: Iterable[int]) -> dict[int, Objective]:
    """With their key results, drafts or not; dropped ones are left out."""
    return {one.id: one for one in _objectives(connection, objectives.c.id.in_(set(ids)))}


def with_dropped(connection: Connection, team_ids: Iterable[int]) -> list[Objective]:
    """Those teams' of all cycles with their key results, in order, drafts and dropped ones, too."""
    return _objectives(connection, objectives.c.team_id.in_(set(team_ids)), dropped=True)


def of_owner(
    connection: Connection, person_id: int, cycle_ids: Iterable[int], *, drafts: bool = False
) -> list[Objective]:
    """Objectives in which a person owns key results, with only those; or that they own, with all."""
    owned = sa.select(key_results.c.objective_id).where(
        key_results.c.owner_id == person_id, key_results.c.dropped_at.is_(None)
    )
    mine = (objectives.c.owner_id == person_id) | objectives.c.id.in_(owned)
    mine &= objectives.c.cycle_id.in_(set(cycle_ids)) & _begun(drafts=drafts)
    return parts_of_owner(_objectives(connection, mine), person_id)


def parts_of_owner(every: Iterable[Objective], person_id: int) -> list[Objective]:
    """Of those objectives the ones that a person owns, whole, and those in which they own key results, with
    only these."""
    parts = ((one, one if one.owner_id == person_id else _only_of(one, person_id)) for one in every)
    return [part for one, part in parts if one.owner_id == person_id or part.key_results]


def owned_by(connection: Connection, person_id: int) -> list[KeyResult]:
    """All that a person owns and that has started, dropped or not, in order; those of the cycle that began
    last first."""
    in_order = (objectives.c.position, objectives.c.id, key_results.c.position, key_results.c.id)
    statement = (
        sa.select(key_results)
        .join(objectives)
        .join(cycles)
        .where(key_results.c.owner_id == person_id, _begun(drafts=False))
        .order_by(cycles.c.starts.desc(), *in_order)
    )
    return [_key_result(row) for row in connection.execute(statement)]


def key_results_by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, KeyResult]:
    """Dropped ones, too."""
    rows = connection.execute(sa.select(key_results).where(key_results.c.id.in_(set(ids))))
    return {row.id: _key_result(row) for row in rows}


def objectives_by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, Objective]:
    """Without their key results; dropped ones, too."""
    rows = connection.execute(sa.select(objectives).where(objectives.c.id.in_(set(ids)))).all()
    around = _around(connection, rows)
    return {row.id: _objective(row, (), around) for row in rows}


def private_of_team(connection: Connection, team_id: int) -> list[Objective]:
    """A team's private objectives of all cycles with all their key results, dropped or not, drafts too."""
    mine = sa.select(objectives.c.id).where(objectives.c.team_id == team_id, objectives.c.private)
    found = objectives_by_ids(connection, connection.execute(mine).scalars())
    children = sa.select(key_results).where(key_results.c.objective_id.in_(found))
    rows = [_key_result(row) for row in connection.execute(children)]
    return [
        replace(one, key_results=tuple(row for row in rows if row.objective_id == one.id))
        for one in found.values()
    ]


def private_among(connection: Connection, key_result_ids: Iterable[int]) -> set[int]:
    """Those of the key results whose objective is private, dropped ones, too."""
    statement = (
        sa.select(key_results.c.id)
        .join(objectives)
        .where(key_results.c.id.in_(set(key_result_ids)), objectives.c.private)
    )
    return set(connection.execute(statement).scalars())


def add_objective(connection: Connection, objective: Objective) -> Objective:
    """Writes a new objective without its key results; its id is given by the database."""
    row_id = inserted_id(connection, objectives, team_id=objective.team_id, **_objective_columns(objective))
    _save_around(connection, replace(objective, id=row_id))
    return objectives_by_ids(connection, [row_id])[row_id]


def save_objective(connection: Connection, objective: Objective) -> None:
    connection.execute(
        sa.update(objectives).where(objectives.c.id == objective.id).values(**_objective_columns(objective))
    )
    _save_around(connection, objective)


def drop_objective(connection: Connection, objective_id: int, at: datetime) -> None:
    """It and its key results are kept, and shown in histories only."""
    connection.execute(
        sa.update(objectives)
        .where(objectives.c.id == objective_id, objectives.c.dropped_at.is_(None))
        .values(dropped_at=at)
    )
    connection.execute(
        sa.update(key_results)
        .where(key_results.c.objective_id == objective_id, key_results.c.dropped_at.is_(None))
        .values(dropped_at=at)
    )


def drop_key_result(connection: Connection, key_result_id: int, at: datetime) -> None:
    connection.execute(
        sa.update(key_results)
        .where(key_results.c.id == key_result_id, key_results.c.dropped_at.is_(None))
        .values(dropped_at=at)
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


def _begun(*, drafts: bool) -> sa.ColumnElement[bool]:
    """Objectives of sets that have started; with `drafts`, all."""
    draft = sa.exists().where(
        okr_sets.c.team_id == objectives.c.team_id,
        okr_sets.c.cycle_id == objectives.c.cycle_id,
        okr_sets.c.started_at.is_(None),
    )
    return sa.true() if drafts else ~draft


def _objectives(
    connection: Connection, condition: sa.ColumnElement[bool], *, dropped: bool = False
) -> list[Objective]:
    statement = (
        sa.select(objectives)
        .where(condition, sa.true() if dropped else objectives.c.dropped_at.is_(None))
        .order_by(objectives.c.cycle_id, objectives.c.position, objectives.c.id)
    )
    rows = connection.execute(statement).all()
    children: dict[int, list[KeyResult]] = {row.id: [] for row in rows}
    for child in connection.execute(
        sa.select(key_results)
        .where(
            key_results.c.objective_id.in_(children),
            sa.true() if dropped else key_results.c.dropped_at.is_(None),
        )
        .order_by(key_results.c.position, key_results.c.id)
    ):
        children[child.objective_id].append(_key_result(child))
    around = _around(connection, rows)
    return [_objective(row, tuple(children[row.id]), around) for row in rows]


class _Around(NamedTuple):
    """What belongs to objectives beside their own row, by their id."""

    readers: Mapping[int, frozenset[int]]
    parents: Mapping[int, Supported]
    serves: Mapping[int, frozenset[int]]


def _around(connection: Connection, rows: Iterable[Row[Any]]) -> _Around:
    private = {row.id: row.private for row in rows}
    readers: dict[int, set[int]] = {}
    if hidden := {one for one, is_private in private.items() if is_private}:
        named = sa.select(objective_readers).where(objective_readers.c.objective_id.in_(hidden))
        for row in connection.execute(named):
            readers.setdefault(row.objective_id, set()).add(row.person_id)
    parents, serves = dict[int, Supported](), dict[int, set[int]]()
    for row in connection.execute(sa.select(supports).where(supports.c.objective_id.in_(private))):
        if row.parent:
            parents[row.objective_id] = Supported(row.supported_id, row.key_result_id)
        else:
            serves.setdefault(row.objective_id, set()).add(row.supported_id)
    return _Around(
        {one: frozenset(people) for one, people in readers.items()},
        parents,
        {one: frozenset(served) for one, served in serves.items()},
    )


def _save_around(connection: Connection, objective: Objective) -> None:
    for table in (objective_readers, supports):
        connection.execute(sa.delete(table).where(table.c.objective_id == objective.id))
    for person in sorted(objective.readers):
        connection.execute(sa.insert(objective_readers).values(objective_id=objective.id, person_id=person))
    up = objective.parent
    supported: dict[int, tuple[int | None, bool]] = dict.fromkeys(sorted(objective.serves), (None, False))
    if up:
        supported[up.objective_id] = (up.key_result_id, True)
    for one, (key_result, parent) in supported.items():
        connection.execute(
            sa.insert(supports).values(
                objective_id=objective.id, supported_id=one, key_result_id=key_result, parent=parent
            )
        )


def _only_of(objective: Objective, person_id: int) -> Objective:
    return replace(
        objective, key_results=tuple(one for one in objective.key_results if one.owner_id == person_id)
    )


def _objective(row: Row[Any], children: tuple[KeyResult, ...], around: _Around) -> Objective:
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
        row.theme,
        row.personal,
        row.private,
        around.readers.get(row.id, frozenset()),
        around.parents.get(row.id),
        around.serves.get(row.id, frozenset()),
    )


def _objective_columns(objective: Objective) -> dict[str, Any]:
    return {
        "cycle_id": objective.cycle_id,
        "owner_id": objective.owner_id,
        "title": objective.title,
        "kind": objective.kind,
        "position": objective.position,
        "theme": objective.theme,
        "personal": objective.personal,
        "private": objective.private,
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
        row.indicator,
        row.every,
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
        "indicator": key_result.indicator,
        "every": key_result.every,
        "position": key_result.position,
    }
