"""What people said of the blockers that are theirs to clear."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Clearing
from bot.storage.engine import insert_unless_there
from bot.storage.tables import clearings


def record(connection: Connection, clearing: Clearing) -> bool:
    """False if that person has said something of that update's blocker before: the first answer stays."""
    row_id = insert_unless_there(
        connection,
        clearings,
        key_result_id=clearing.key_result_id,
        date=clearing.date,
        person_id=clearing.person_id,
        outcome=clearing.outcome,
        at=clearing.at,
    )
    return row_id is not None


def of_key_results(connection: Connection, ids: Iterable[int]) -> dict[int, list[Clearing]]:
    """All of them, for each of the key results."""
    wanted = set(ids)
    found: dict[int, list[Clearing]] = {one: [] for one in wanted}
    columns = (
        clearings.c.key_result_id,
        clearings.c.date,
        clearings.c.person_id,
        clearings.c.outcome,
        clearings.c.at,
    )
    statement = sa.select(*columns).where(clearings.c.key_result_id.in_(wanted)).order_by(clearings.c.id)
    for row in connection.execute(statement):
        found[row.key_result_id].append(Clearing(*row))
    return found
