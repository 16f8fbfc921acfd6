"""Home tabs that were opened, and what each shows: Slack does not say when one is closed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.engine import insert_unless_there
from bot.storage.tables import homes


def opened(connection: Connection, slack_id: str, at: datetime) -> None:
    new = insert_unless_there(connection, homes, slack_id=slack_id, opened_at=at, looked_at=at)
    if new is None:
        connection.execute(
            sa.update(homes).where(homes.c.slack_id == slack_id).values(opened_at=at, looked_at=at)
        )


def shows(connection: Connection, slack_id: str, mark: str) -> None:
    """What it shows now, if it was ever opened."""
    connection.execute(sa.update(homes).where(homes.c.slack_id == slack_id).values(shown=mark))


def any_due(connection: Connection, *, opened_since: datetime, looked_before: datetime) -> bool:
    statement = sa.select(homes.c.slack_id).where(*_due(opened_since, looked_before))
    return connection.execute(statement.limit(1)).first() is not None


def take(
    connection: Connection, *, opened_since: datetime, looked_before: datetime, at: datetime, most: int
) -> dict[str, str | None]:
    """Those to look at again, with the mark of what they show, the one that waits longest first; until they
    are due again nobody else takes them."""
    statement = (
        sa.select(homes.c.slack_id, homes.c.shown)
        .where(*_due(opened_since, looked_before))
        .order_by(homes.c.looked_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = {row.slack_id: row.shown for row in connection.execute(statement)}
    connection.execute(sa.update(homes).where(homes.c.slack_id.in_(taken)).values(looked_at=at))
    return taken


def forget(connection: Connection, *, opened_before: datetime) -> None:
    connection.execute(sa.delete(homes).where(homes.c.opened_at < opened_before))


def _due(opened_since: datetime, looked_before: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (homes.c.opened_at >= opened_since, homes.c.looked_at <= looked_before)
