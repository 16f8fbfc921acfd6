"""To which key results of a draft their owners have committed, and how sure they were."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Commitment
from bot.storage.engine import insert_unless_there
from bot.storage.tables import commitments


def record(connection: Connection, commitment: Commitment) -> None:
    """In the place of what was said of that key result before."""
    values = {
        "person_id": commitment.person_id,
        "confidence": commitment.confidence,
        "aim": commitment.aim,
        "at": commitment.at,
    }
    mine = commitments.c.key_result_id == commitment.key_result_id
    if insert_unless_there(connection, commitments, key_result_id=commitment.key_result_id, **values) is None:
        connection.execute(sa.update(commitments).where(mine).values(**values))


def of_key_results(connection: Connection, ids: Iterable[int]) -> dict[int, Commitment]:
    """By key result; whether one still holds is for whoever knows the key result to say."""
    rows = connection.execute(sa.select(commitments).where(commitments.c.key_result_id.in_(set(ids))))
    return {
        row.key_result_id: Commitment(row.key_result_id, row.person_id, row.confidence, row.at, row.aim)
        for row in rows
    }
