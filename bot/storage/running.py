"""One `okra run` at a time on a SQLite file: its embedded database is not for several at work."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from bot.storage.engine import Database, StorageUnavailable


class AlreadyRunning(Exception):  # noqa: N818 - it says what is so
    """Another process runs the bot on this database."""


@contextmanager
def the_only_one(database: Database) -> Iterator[None]:
    """Holds the right to run while it lasts, however the process ends; raises AlreadyRunning.

    The lock is SQLite's own, on a file beside the database, so that other commands can still write there.
    On PostgreSQL any number may run.
    """
    file = database.engine.url.database
    if not database.is_sqlite or not file:
        yield
        return
    with closing(_take(f"{file}-running")):
        yield


def _take(file: str) -> sqlite3.Connection:
    held = None
    try:
        held = sqlite3.connect(file, timeout=0, isolation_level=None)
        held.execute("BEGIN EXCLUSIVE").close()
    except sqlite3.OperationalError as error:
        if held is None:
            raise StorageUnavailable(f"{file}: {error}") from error
        held.close()
        raise AlreadyRunning(
            "Another `okra run` is at work on this database. On SQLite there can be only one; "
            "several take PostgreSQL (DATABASE_URL)."
        ) from None
    return held
