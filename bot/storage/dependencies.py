"""Which key results need which others, and what the owners of those say to it."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Dependency, DependencyState
from bot.storage.engine import insert_unless_there
from bot.storage.tables import dependencies


def everything(connection: Connection) -> list[Dependency]:
    """In the order in which they were asked for."""
    return _found(connection, sa.true())


def of_key_results(connection: Connection, ids: Iterable[int]) -> list[Dependency]:
    """What those need."""
    return _found(connection, dependencies.c.key_result_id.in_(set(ids)))


def ask(connection: Connection, key_result_id: int, on_id: int, by_id: int, at: datetime) -> bool:
    """Whether it is new; what was asked before stays as it is."""
    new = insert_unless_there(
        connection,
        dependencies,
        key_result_id=key_result_id,
        on_id=on_id,
        state=DependencyState.ASKED,
        asked_by_id=by_id,
        asked_at=at,
    )
    return new is not None


def _found(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Dependency]:
    statement = sa.select(dependencies).where(condition).order_by(dependencies.c.id)
    return [Dependency(*row) for row in connection.execute(statement)]
