"""Bringing a database to the revision that this version of Okra needs, and saying where it stands."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.storage.engine import Connection, Database, worded_failures

WAIT_SECONDS = 60
"""For another process that is migrating: far longer than anybody waits who answers somebody."""
_ADVISORY_LOCK = 6_578_721  # any number that only Okra's migrations take


class NewerDatabase(Exception):  # noqa: N818 - it says what was found
    """The database was written by a newer Okra: it is left untouched."""

    def __init__(self, current: str | None) -> None:
        super().__init__(
            f"The database is at revision {current}, which this version of Okra does not know. "
            "It was written by a newer version: install that one. Nothing was changed."
        )


class OutdatedDatabase(Exception):  # noqa: N818 - it says what was found
    """The database has to be migrated before it can be read."""

    def __init__(self, current: str | None, head: str) -> None:
        super().__init__(
            f"The database is at revision {current or 'none'} and has to be at {head}. "
            "`okra db upgrade` brings it there."
        )


@dataclass(frozen=True, slots=True)
class Revision:
    current: str | None
    """None: an empty database."""
    head: str
    known: bool
    """False when a newer Okra has migrated it."""

    @property
    def up_to_date(self) -> bool:
        return self.current == self.head


def revision(database: Database) -> Revision:
    """Where the database stands; changes nothing."""
    with database.reading() as connection:
        return _revision(connection)


def require_current(database: Database) -> None:
    """Raises NewerDatabase or OutdatedDatabase unless this version can read it; changes nothing."""
    found = revision(database)
    if not found.known:
        raise NewerDatabase(found.current)
    if not found.up_to_date:
        raise OutdatedDatabase(found.current, found.head)


def upgrade(database: Database) -> Revision:
    """Migrates to the newest revision in one transaction; raises NewerDatabase for one from the future.

    Of several processes that migrate at once, one does, and the others find it done.
    """
    with migrating(database) as connection:
        before = _revision(connection)
        if not before.known:
            raise NewerDatabase(before.current)
        if not before.up_to_date:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return _revision(connection)


@contextmanager
def migrating(database: Database) -> Iterator[Connection]:
    """A transaction that is alone in migrating the database.

    On SQLite foreign keys are off meanwhile (they can only be switched outside a transaction) and checked
    before the commit: Alembic rebuilds tables there, and dropping a parent would delete its children.
    """
    with (
        worded_failures(),
        database.engine.connect() as connection,
        _on_its_own(connection),
        connection.begin(),
    ):
        if not database.is_sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield connection
        if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise RuntimeError("the migration would leave rows that point to nothing; nothing was changed")


@contextmanager
def _on_its_own(connection: Connection) -> Iterator[None]:
    """On SQLite: without foreign keys, and patient."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = cast("sqlite3.Connection", connection.connection.driver_connection)
    (wait,) = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA foreign_keys=OFF").close()
    raw.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}").close()
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys=ON").close()
        raw.execute(f"PRAGMA busy_timeout={wait}").close()


def _revision(connection: Connection) -> Revision:
    scripts = ScriptDirectory.from_config(alembic_config())
    head = scripts.get_current_head()
    if head is None:
        raise RuntimeError("Okra was installed without its migrations")
    current = MigrationContext.configure(connection).get_current_revision()
    known = current is None or current in {script.revision for script in scripts.walk_revisions()}
    return Revision(current=current, head=head, known=known)


def alembic_config() -> Config:
    """The wheel carries the migrations inside the package; a checkout has them beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_migrations"
    config = Config()
    config.set_main_option(
        "script_location", str(installed if installed.is_dir() else package.parent / "migrations")
    )
    return config
