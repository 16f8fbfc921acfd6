"""What people said of the blockers that are theirs to clear."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Clearing
from bot.storage.engine import insert_unless_there
from bot.storage.tables import clearings


def record(connection: Connection, clearing: Clearing, *, since: datetime | None = None) -> bool:
    """False if that person has said something of that blocker before: the first answer stays. One from before
    `since`, when it became the blocker that it is, was about another and makes room."""
    row_id = insert_unless_there(
        connection,
        clearings,
        key_result_id=clearing.key_result_id,
        date=clearing.date,
        person_id=clearing.person_id,
        outcome=clearing.outcome,
        at=clearing.at,
    )
    if row_id is not None or since is None:
        return row_id is not None
    about_another = (
        (clearings.c.key_result_id == clearing.key_result_id)
        & (clearings.c.date == clearing.date)
        & (clearings.c.person_id == clearing.person_id)
        & (clearings.c.at < since)
    )
    anew = sa.update(clearings).where(about_another).values(outcome=clearing.outcome, at=clearing.at)
    return connection.execute(anew).rowcount == 1


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
