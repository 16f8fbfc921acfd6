"""A key result that was dropped: nothing in Okra does that yet, and everything has to bear it."""

from datetime import datetime

import sqlalchemy as sa

from bot.storage.engine import Connection
from bot.storage.tables import key_results


def drop_key_result(connection: Connection, key_result_id: int, at: datetime) -> None:
    connection.execute(sa.update(key_results).where(key_results.c.id == key_result_id).values(dropped_at=at))
