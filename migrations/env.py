"""Runs the migrations on the connection that the bot gives, or, from the command line, on DATABASE_URL."""

import os
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from sqlalchemy.engine import Connection

from bot.storage.engine import open_database
from bot.storage.migrations import migrating
from bot.storage.tables import Days, Moment, metadata


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """A migration must not depend on today's code: our own types are written as what they are kept in."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Days):
        return "sa.String(length=7)"
    if kind == "type" and isinstance(thing, sa.Enum):
        return f"sa.String(length={thing.length})"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_type,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    database = open_database(os.environ.get("DATABASE_URL", "sqlite:///okra.db"))
    with migrating(database) as connection:
        migrate(connection)
    database.close()
