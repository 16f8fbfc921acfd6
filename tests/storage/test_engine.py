"""The two ways to use a database, and what trouble looks like, on both kinds."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.storage import people, workspace
from bot.storage.engine import (
    Connection,
    Database,
    NoDatabase,
    StorageUnavailable,
    in_memory,
    insert_unless_there,
    inserted_id,
    is_supported,
    open_database,
    open_existing,
    real_now,
)
from bot.storage.tables import inbox, teams, workspaces
from bot.storage.tables import people as people_table

HANNAH = "U0HANNAH01"
SECONDS_TO_FINISH = 20


@pytest.fixture
def impatient(database_url: str) -> Iterator[Database]:
    """The same database, opened by somebody who waits for nobody."""
    opened = open_database(database_url, lock_wait=0.05)
    yield opened
    opened.close()


class Interrupted(Exception):  # noqa: N818 - it says what happened
    pass


def _interrupted(database: Database) -> None:
    with database.transaction() as connection:
        workspace.set_zone(connection, "Asia/Shanghai")
        raise Interrupted


def _zone(database: Database) -> str:
    with database.reading() as connection:
        return workspace.zone(connection)


def test_a_transaction_is_committed_at_its_end(database: Database) -> None:
    with database.transaction() as connection:
        workspace.set_zone(connection, "Asia/Shanghai")
    assert _zone(database) == "Asia/Shanghai"


def test_an_exception_undoes_all_that_was_written(database: Database) -> None:
    with pytest.raises(Interrupted):
        _interrupted(database)
    assert _zone(database) == "UTC"


def test_readers_do_not_wait_for_a_writer_and_see_what_was_before(
    database: Database, impatient: Database
) -> None:
    with database.transaction() as connection:
        workspace.set_zone(connection, "Asia/Shanghai")
        assert _zone(impatient) == "UTC"
    assert _zone(impatient) == "Asia/Shanghai"


def test_a_reader_sees_one_state_however_often_it_looks(database: Database) -> None:
    with database.reading() as reader:
        assert workspace.zone(reader) == "UTC"
        with database.transaction() as writer:
            workspace.set_zone(writer, "Asia/Shanghai")
        assert workspace.zone(reader) == "UTC"


def test_a_writer_that_waited_in_vain_says_so_and_wrote_nothing(
    database: Database, impatient: Database
) -> None:
    with database.transaction() as connection:
        workspace.set_zone(connection, "Asia/Shanghai")
        with pytest.raises(StorageUnavailable, match="lock"), impatient.transaction() as second:
            workspace.set_zone(second, "Europe/London")
    assert _zone(database) == "Asia/Shanghai"
    with impatient.transaction() as again:
        workspace.set_zone(again, "Europe/London")
    assert _zone(database) == "Europe/London"


def test_writers_that_read_first_wait_for_each_other_and_none_is_lost(database: Database) -> None:
    together = threading.Barrier(4)

    def count_up() -> None:
        together.wait(SECONDS_TO_FINISH)
        for _ in range(5):
            with database.transaction() as connection:
                seen = connection.execute(sa.select(workspaces.c.zone).with_for_update()).scalar_one()
                workspace.set_zone(connection, str(int(seen) + 1))

    with database.transaction() as connection:
        workspace.set_zone(connection, "0")
    with ThreadPoolExecutor(4) as pool:
        for one in [pool.submit(count_up) for _ in range(4)]:
            one.result(SECONDS_TO_FINISH)
    assert _zone(database) == "20"


def test_more_threads_than_connections_are_told_soon(impatient: Database) -> None:
    with ExitStack() as held:
        for _ in range(15):
            held.enter_context(impatient.reading())
        with pytest.raises(StorageUnavailable, match=r"timeout 0\.05"), impatient.reading():
            pass
    assert _zone(impatient) == "UTC"


def _duplicate(connection: Connection) -> None:
    row = {"workspace_id": 1, "slack_id": HANNAH, "name": "what nobody else may read"}
    connection.execute(sa.insert(people_table), [row, row])


@pytest.mark.parametrize("connections", [1, 18])
def test_as_many_connections_as_were_asked_for_can_be_used_at_once_and_no_more(
    database_url: str, connections: int
) -> None:
    opened = open_database(database_url, connections=connections, lock_wait=0.05)
    with ExitStack() as held:
        for _ in range(connections):
            held.enter_context(opened.reading())
        with pytest.raises(StorageUnavailable), opened.reading():
            pass
    assert _zone(opened) == "UTC"
    opened.close()


def test_a_broken_rule_is_no_trouble_of_the_database_and_tells_no_words(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError) as broken, database.transaction() as connection:
        _duplicate(connection)
    assert "what nobody else may read" not in str(broken.value)


@pytest.mark.parametrize(
    "statement",
    [
        sa.text("SELECT nothing FROM nowhere"),
        sa.text("SELEKT 1"),
        sa.text("INSERT INTO workspaces (colour) VALUES ('green')"),
        sa.text("SELECT :thing").bindparams(thing=object()),
    ],
    ids=["no such table", "syntax", "no such column", "not a value"],
)
def test_mistakes_in_our_own_statements_are_not_called_trouble(
    database: Database, statement: sa.TextClause
) -> None:
    with pytest.raises(sa.exc.DBAPIError), database.transaction() as connection:
        connection.execute(statement)


def test_a_server_that_is_not_there_is_trouble() -> None:
    database = open_database("postgresql://okra:secret@127.0.0.1:1/okra", lock_wait=0.05)
    with pytest.raises(StorageUnavailable, match="refused") as trouble, database.reading():
        pass
    assert "secret" not in str(trouble.value)
    database.close()


def _work_that_the_server_ends(database: Database, other: Database) -> None:
    with database.transaction() as connection:
        mine = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
        with other.transaction() as elsewhere:
            elsewhere.execute(sa.text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
        connection.execute(sa.text("SELECT 1"))


def test_a_connection_that_the_server_ended_is_trouble_once_and_then_replaced(
    migrated_postgres: Database,
) -> None:
    own = open_database(migrated_postgres.engine.url.render_as_string(hide_password=False))
    with pytest.raises(StorageUnavailable):
        _work_that_the_server_ends(own, migrated_postgres)
    assert _zone(own) == "UTC"
    own.close()


@pytest.mark.parametrize("found", ["a folder", "not a database"])
def test_a_file_that_cannot_be_opened_is_trouble(tmp_path: Path, found: str) -> None:
    path = tmp_path / "okra.db"
    if found == "a folder":
        path.mkdir()
    else:
        path.write_bytes(b"certainly not what SQLite writes " * 100)
    database = open_database(f"sqlite:///{path}")
    with pytest.raises(StorageUnavailable), database.reading() as connection:
        workspace.zone(connection)
    database.close()


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/deep/down/okra.db")
    with database.transaction() as connection:
        connection.execute(sa.text("SELECT 1"))
    database.close()
    assert (tmp_path / "deep" / "down" / "okra.db").is_file()


def test_a_folder_that_cannot_be_made_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnavailable, match="cannot be made"):
        open_database(f"sqlite:///{tmp_path}/file/okra.db")


def test_looking_at_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="no database yet") as missing:
        open_existing(f"sqlite:///{tmp_path}/okra.db")
    assert missing.value.path == tmp_path / "okra.db"
    assert list(tmp_path.iterdir()) == []


def test_looking_at_a_database_that_is_there_opens_it(database_url: str) -> None:
    database = open_existing(database_url)
    assert _zone(database) == "UTC"
    database.close()


def test_a_database_in_memory_needs_no_file() -> None:
    database = in_memory()
    with database.transaction() as connection:
        connection.execute(sa.text("CREATE TABLE tins (tea TEXT)"))
        connection.execute(sa.text("INSERT INTO tins VALUES ('oolong')"))
    with database.reading() as connection:
        assert connection.execute(sa.text("SELECT tea FROM tins")).scalar_one() == "oolong"
    database.close()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://okra@localhost/okra", True),
        ("postgresql+psycopg://okra@localhost/okra", True),
        ("sqlite:////data/okra.db", True),
        ("mysql://okra@localhost/okra", False),
    ],
)
def test_okra_keeps_its_data_in_postgresql_or_sqlite(url: str, *, expected: bool) -> None:
    assert is_supported(url) is expected


def test_what_is_no_address_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="postgresql://user:password@host/name"):
        is_supported("the blue server")


def _arrival(received_at: datetime) -> dict[str, object]:
    return {
        "event_id": f"Ev{received_at.timestamp()}",
        "kind": "home",
        "slack_id": HANNAH,
        "received_at": received_at,
        "state": "waiting",
    }


def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    in_shanghai = datetime(2026, 11, 20, 10, 0, 0, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
    with database.transaction() as connection:
        inserted_id(connection, inbox, **_arrival(in_shanghai))
        read, handled_at = connection.execute(sa.select(inbox.c.received_at, inbox.c.handled_at)).one()
    assert (read, read.tzinfo) == (in_shanghai, UTC)
    assert handled_at is None


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001 - what is refused
    with pytest.raises(sa.exc.StatementError, match="needs its time zone"), database.transaction() as writer:
        inserted_id(writer, inbox, **_arrival(naive))


def test_the_real_clock_goes_on_within_a_transaction_and_is_aware(database: Database) -> None:
    with database.transaction() as connection:
        first = real_now(connection)
        connection.execute(sa.select(workspaces))
        second = real_now(connection)
    assert second > first
    assert first.tzinfo is UTC


def test_a_row_that_is_there_is_not_inserted_again(database: Database) -> None:
    row = {"workspace_id": 1, "slack_id": HANNAH, "name": "Hannah"}
    with database.transaction() as connection:
        first = insert_unless_there(connection, people_table, **row)
        again = insert_unless_there(connection, people_table, **row)
        found = people.by_slack_id(connection, HANNAH)
    assert again is None
    assert found is not None
    assert found.id == first


def test_only_a_row_that_is_there_is_passed_over_in_silence(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.transaction() as connection:
        insert_unless_there(connection, teams, workspace_id=1, name="TeeBee")
