"""Opening the database, and the two ways to use it: `transaction()` to write, `reading()` to read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection as Connection
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

LOCK_WAIT_SECONDS = 2.0
"""How long a writer waits for another one; a person waits three seconds for an answer (docs/slack.md)."""

CONNECTIONS = 15
"""So many at once are enough for one command; who works with threads of its own says how many it needs."""

_READ_ONLY = "okra_reading"
_OUR_MISTAKES = ("SQLITE_ERROR", "SQLITE_MISUSE", "SQLITE_RANGE", "SQLITE_MISMATCH", "SQLITE_TOOBIG")
"""SQLite's codes for statements that are wrong, not for a database that is in trouble."""
_READ_ONLY_TRANSACTION = "25006"
"""PostgreSQL's code."""
_BACKENDS = ("postgresql", "sqlite")


class StorageUnavailable(Exception):  # noqa: N818 - it is a state of the world, not a mistake
    """The database is locked, full or away: nothing was written, and trying again later may work.

    Only where a connection breaks at the very commit can nobody know: what is repeated must do no harm.
    """


class NoDatabase(Exception):  # noqa: N818 - it says what is so
    """There is no SQLite file yet; `path` is where it would be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"There is no database yet at {path}. `okra import` makes it, and so does `okra run`."
        )


class Database:
    """One database. Connections are handed out only within a transaction, and end with it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Commits at the end, rolls back on an exception; on SQLite it holds the only write lock."""
        with worded_failures(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look that never waits for a writer."""
        with worded_failures(), self.engine.connect() as connection:
            connection.execution_options(**{_READ_ONLY: True})
            if not self.is_sqlite:
                # Otherwise each statement would see what was committed just before it.
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def worded_failures() -> Iterator[None]:
    """Turns a driver's errors into StorageUnavailable where the database is in trouble."""
    try:
        yield
    except IntegrityError:
        raise  # a broken rule of ours, not a database in trouble
    except (DBAPIError, sa.exc.TimeoutError) as error:
        # Programming mistakes (a misspelled column) come as DBAPIError, too: only trouble is translated.
        if isinstance(error, DBAPIError) and not _is_trouble(error):
            raise
        raise StorageUnavailable(str(getattr(error, "orig", error)).strip()) from error


def _is_trouble(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        # Errors without a code are the driver's own, about how we call it.
        return not getattr(error.orig, "sqlite_errorname", "SQLITE_MISUSE").startswith(_OUR_MISTAKES)
    if getattr(error.orig, "sqlstate", None) == _READ_ONLY_TRANSACTION:
        return True  # a standby that has not taken over yet, or an administrator at work
    return isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)


def is_supported(url: str) -> bool:
    """Whether a database of ours can be there; raises ValueError for what is no address at all."""
    try:
        return sa.make_url(url).get_backend_name() in _BACKENDS
    except sa.exc.ArgumentError as error:
        raise ValueError("it has to look like postgresql://user:password@host/name") from error


def open_database(
    url: str, *, connections: int = CONNECTIONS, lock_wait: float = LOCK_WAIT_SECONDS
) -> Database:
    """`url` is SQLAlchemy's: "sqlite:////data/okra.db" or "postgresql://user:password@host/name".

    At most `connections` are open at once; whoever needs one more waits for it as for a lock.
    The folder of a SQLite file is made; raises StorageUnavailable where that cannot be done.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        _make_folder(parsed)
        return Database(_sqlite(parsed, lock_wait, connections))
    milliseconds = int(lock_wait * 1000)
    engine = sa.create_engine(
        parsed,
        hide_parameters=True,  # they hold what people typed, and errors are logged
        pool_pre_ping=True,
        **_pool(connections, lock_wait),
        connect_args={"options": f"-c timezone=UTC -c lock_timeout={milliseconds}", "connect_timeout": 5},
    )
    return Database(engine)


def open_existing(url: str) -> Database:
    """Opens a database to look at it; raises NoDatabase instead of making an empty SQLite file."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        path = Path(parsed.database)
        if not path.exists() or path.stat().st_size == 0:
            raise NoDatabase(path)
    return open_database(url)


def in_memory() -> Database:
    """An empty database that is gone when it is closed; one connection, for one thread."""
    return Database(_sqlite(sa.make_url("sqlite://"), LOCK_WAIT_SECONDS, 1))


def _make_folder(url: sa.URL) -> None:
    if _is_file(url):
        folder = Path(str(url.database)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageUnavailable(f"the folder {folder} cannot be made: {error.strerror}") from error


def _is_file(url: sa.URL) -> bool:
    return bool(url.database) and url.database != ":memory:"


def _pool(connections: int, lock_wait: float) -> dict[str, Any]:
    return {"pool_size": connections, "max_overflow": 0, "pool_timeout": lock_wait}


def _sqlite(url: sa.URL, lock_wait: float, connections: int) -> Engine:
    pool = _pool(connections, lock_wait) if _is_file(url) else {}
    engine = sa.create_engine(
        url,
        **pool,
        hide_parameters=True,  # they hold what people typed, and errors are logged
        connect_args={"timeout": lock_wait, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            raw.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A plain BEGIN takes the write lock at the first write, where SQLite refuses instead of waiting
        # if somebody else wrote meanwhile; writers therefore take it at once, and wait for it.
        reads = connection.get_execution_options().get(_READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def insert_unless_there(connection: Connection, table: sa.Table, **values: Any) -> int | None:
    """Inserts a row unless a unique constraint says that it is there; its id, or None if it was there."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    result = connection.execute(statement.returning(*table.primary_key.columns))
    row = result.first()
    return None if row is None else int(row[0])


def inserted_id(connection: Connection, table: sa.Table, **values: Any) -> int:
    row_id = connection.execute(sa.insert(table).values(**values).returning(table.c.id)).scalar_one()
    return int(row_id)


def real_now(connection: Connection) -> datetime:
    """The clock that leases and backoff go by: the database's where several processes share one."""
    if connection.dialect.name == "postgresql":
        moment: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return moment.astimezone(UTC)
    return datetime.now(UTC)
