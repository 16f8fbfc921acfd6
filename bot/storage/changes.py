"""The record of changes made to objectives and key results of started cycles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Change
from bot.storage.tables import changes, key_results, objectives, people


@dataclass(frozen=True, slots=True)
class NewChange:
    at: datetime
    by_id: int | None
    objective_id: int
    key_result_id: int | None
    field: str
    before: str
    after: str
    reason: str


def add(connection: Connection, change: NewChange) -> None:
    connection.execute(
        sa.insert(changes).values(
            at=change.at,
            by_id=change.by_id,
            objective_id=change.objective_id,
            key_result_id=change.key_result_id,
            field=change.field,
            before=change.before,
            after=change.after,
            reason=change.reason,
        )
    )


def of_team(connection: Connection, team_id: int, since: datetime | None, until: datetime) -> list[Change]:
    """Those made after `since` and up to `until`, the oldest first; of objectives that everybody sees."""
    of_team = (objectives.c.team_id == team_id) & ~objectives.c.private & (changes.c.at <= until)
    statement = _said().where(of_team).order_by(changes.c.at, changes.c.id)
    if since is not None:
        statement = statement.where(changes.c.at > since)
    return [Change(*row[2:]) for row in connection.execute(statement)]


@dataclass(frozen=True, slots=True)
class Listed:
    """One of a team's changes, and what it is about."""

    objective_id: int
    key_result_id: int | None
    change: Change


def newest_of_team(connection: Connection, team_id: int, hidden: Iterable[int], most: int) -> list[Listed]:
    """The newest first, at most so many; without those of objectives that are `hidden` from the reader."""
    of_them = (objectives.c.team_id == team_id) & objectives.c.id.not_in(set(hidden))
    statement = _said().where(of_them).order_by(changes.c.at.desc(), changes.c.id.desc()).limit(most)
    return [
        Listed(one.objective_id, one.key_result_id, Change(*one[2:])) for one in connection.execute(statement)
    ]


def _said() -> sa.Select[Any]:
    """Objective and key result, and then the fields of a Change."""
    return (
        sa.select(
            changes.c.objective_id,
            changes.c.key_result_id,
            changes.c.at,
            # Until Slack has told somebody's name, their id has to do; what a file changed is nobody's.
            sa.func.coalesce(sa.func.nullif(people.c.name, ""), people.c.slack_id, ""),
            sa.func.coalesce(key_results.c.title, objectives.c.title),
            changes.c.field,
            changes.c.before,
            changes.c.after,
            changes.c.reason,
        )
        .join(objectives, objectives.c.id == changes.c.objective_id)
        .outerjoin(key_results, key_results.c.id == changes.c.key_result_id)
        .outerjoin(people, people.c.id == changes.c.by_id)
    )
