"""What is asked of other teams' key results; and one thing at a time where a loop could come about."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import Dependency, DependencyState, Role
from bot.storage.engine import insert_unless_there
from bot.storage.tables import dependencies, key_results, memberships, objectives


def everything(connection: Connection) -> list[Dependency]:
    return _found(connection, sa.true())


def by_id(connection: Connection, dependency_id: int) -> Dependency | None:
    return next(iter(_found(connection, dependencies.c.id == dependency_id)), None)


def of_key_results(connection: Connection, ids: Iterable[int]) -> list[Dependency]:
    """What those key results need."""
    return _found(connection, dependencies.c.key_result_id.in_(set(ids)))


def asked_for(connection: Connection, person_id: int) -> list[Dependency]:
    """What somebody has asked for, and what key results of theirs need."""
    theirs = sa.select(key_results.c.id).where(key_results.c.owner_id == person_id)
    mine = (dependencies.c.asked_by_id == person_id) | dependencies.c.key_result_id.in_(theirs)
    return _found(connection, mine)


def waiting_for(connection: Connection, person_id: int) -> list[Dependency]:
    """What nobody has answered yet, of key results that somebody owns or whose team they lead."""
    led = sa.select(memberships.c.team_id).where(
        memberships.c.person_id == person_id, memberships.c.role == Role.LEAD
    )
    theirs = (
        sa.select(key_results.c.id)
        .join(objectives)
        .where((key_results.c.owner_id == person_id) | objectives.c.team_id.in_(led))
    )
    asked = dependencies.c.state == DependencyState.ASKED
    return _found(connection, asked & dependencies.c.on_id.in_(theirs))


def asked_by_team(connection: Connection, team_id: int) -> list[Dependency]:
    """What a team's key results need and nobody has answered yet."""
    theirs = sa.select(key_results.c.id).join(objectives).where(objectives.c.team_id == team_id)
    asked = dependencies.c.state == DependencyState.ASKED
    return _found(connection, asked & dependencies.c.key_result_id.in_(theirs))


def ask(connection: Connection, key_result_id: int, on_id: int, by_id: int, at: datetime) -> bool:
    """False if it has been asked, or confirmed, before; what was declined is asked anew."""
    new = insert_unless_there(
        connection,
        dependencies,
        key_result_id=key_result_id,
        on_id=on_id,
        state=DependencyState.ASKED,
        asked_by_id=by_id,
        asked_at=at,
    )
    if new is not None:
        return True
    same = (dependencies.c.key_result_id == key_result_id) & (dependencies.c.on_id == on_id)
    anew = (
        sa.update(dependencies)
        .where(same, dependencies.c.state == DependencyState.DECLINED)
        .values(
            state=DependencyState.ASKED,
            asked_by_id=by_id,
            asked_at=at,
            answered_by_id=None,
            answered_at=None,
        )
    )
    return connection.execute(anew).rowcount == 1


def answer(
    connection: Connection, dependency_id: int, state: DependencyState, by_id: int, at: datetime
) -> bool:
    """False if it was answered before: the first answer stays."""
    waiting = (dependencies.c.id == dependency_id) & (dependencies.c.state == DependencyState.ASKED)
    done = connection.execute(
        sa.update(dependencies).where(waiting).values(state=state, answered_by_id=by_id, answered_at=at)
    )
    return done.rowcount == 1


def withdraw(connection: Connection, dependency_id: int) -> None:
    connection.execute(sa.delete(dependencies).where(dependencies.c.id == dependency_id))


def _found(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Dependency]:
    rows = connection.execute(sa.select(dependencies).where(condition).order_by(dependencies.c.id))
    return [_dependency(row) for row in rows]


def _dependency(row: Row[Any]) -> Dependency:
    return Dependency(
        row.id,
        row.key_result_id,
        row.on_id,
        row.state,
        row.asked_by_id,
        row.asked_at,
        row.answered_by_id,
        row.answered_at,
    )
