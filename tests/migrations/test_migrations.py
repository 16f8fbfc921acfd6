"""Migrations on both databases: there and back with every row, several at once, and one from the future."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.okr.days.later import Later
from bot.okr.days.status import Status
from bot.okr.digest.since import Shown, Snapshot
from bot.okr.model import Clearing, ClearingOutcome, Decision, DecisionKind, LeadsNote
from bot.okr.questions import QuestionKind
from bot.services.answering import checkins, unchanged
from bot.services.asking import later, rounds
from bot.services.away import absence, settings
from bot.services.away.settings import Week
from bot.storage import (
    clearings,
    decisions,
    deliveries,
    digests,
    drafts,
    homes,
    inbox,
    kept_words,
    pacing,
    people,
    questions,
    statuses,
    teams,
    thanks,
    workspace,
)
from bot.storage.engine import Database, open_database
from bot.storage.migrations import NewerDatabase, alembic_config, migrating, revision, upgrade
from bot.storage.tables import metadata
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at, move_in

AT_ONCE = 3
SECONDS = 60
LONG = "x" * 100
DECISION = Decision(0, 1, 1, DecisionKind.ACTION, "ask the carrier", 1, 1, at(17))
NEWER = {"pacing", "clearings", "decisions", "digests", "questions", "drafts", "thanks", "statuses"} | {
    *("okr_sets", "objective_readers", "supports", "dependencies", "commitments", "proposals", "homes"),
}
"""Tables that version one did not have; what only they hold is gone on the way down."""
Rows = dict[str, list[dict[str, Any]]]


def test_the_migrated_database_is_what_the_tables_say(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert revision(database).up_to_date


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.transaction() as connection:
        people.ensure(connection, HANNAH)
    assert upgrade(database).up_to_date
    with database.reading() as connection:
        assert people.by_slack_id(connection, HANNAH) is not None


def test_down_and_up_again_leaves_an_empty_database_that_works(database: Database) -> None:
    downgrade(database, "base")
    with database.reading() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(database)
    with database.reading() as connection:
        assert workspace.zone(connection) == "UTC"


def downgrade(database: Database, to: str) -> None:
    with migrating(database) as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, to)


# --- with data -----------------------------------------------------------------------------------------


def friday(database: Database) -> TeeBee:
    """A Friday in all tables: asked, answered, said in words, drawn anew, paced."""
    teebee = move_in(database)
    rounds.step(database, at(10))
    answers = teebee.answers(teebee.hannah, 55, 20, 160_000, actions=("call the five",))
    checkins.record(database, HANNAH, answers, at(11))
    absence.say(database, JACK, "24 Dec to 2 Jan", at(11))
    later.put_off(database, JACK, teebee.check_in_id(teebee.jack), Later.HOUR, at(10))
    settings.save(database, JACK, Week(own_prompt=time(9), muted=True, region="DE-BY"))
    with database.transaction() as connection:
        first = teebee.key_results[0].id
        cleared = Clearing(first, FRIDAY, teebee.jack.id, ClearingOutcome.CLEARED, at(11))
        clearings.record(connection, cleared)
        kept_words.keep(connection, teebee.jack.id, None, "later", at(11))
        check_in, (jack, hannah) = teebee.check_in_id(teebee.jack), (teebee.jack.id, teebee.hannah.id)
        thanks.keep(connection, check_in, jack, hannah, "Hannah for the data", at=at(11))
        palm = Status("On leave", "palm_tree", at(18))
        statuses.ask(connection, jack, check_in, palm)
        statuses.looked_up(connection, check_in, at(10))
        drafts.keep(connection, "V1", teebee.check_in_id(teebee.jack), {"value:1": "62"}, at(11))
        deliveries.mark_stale(connection, ["prompt:1:2026-11-20"])
        pacing.block(connection, "post", until=at(12))
        homes.opened(connection, JACK, at(11))
        decisions.add(connection, DECISION, FRIDAY)
        digests.set_note(connection, 1, LeadsNote("room 5", 1))
        digests.keep(connection, 1, Snapshot(at(17), (Shown(1, FRIDAY, 1, 55.0, 7, answered=True),), (1,)))
        teams.set_pings(connection, 1, wanted=True)
        questions.ask(connection, QuestionKind.OTHER_WORK, 1, 1, None, on=FRIDAY)
        for kind, number in ((inbox.MESSAGE, 1), (inbox.EDIT, 2), (inbox.EDIT, 3)):
            said = inbox.Arrival(
                f"{LONG}{number}", kind, HANNAH, f"{number}.1", {"text": "1 62%"}, "D1", f"{LONG}{number}"
            )
            inbox.take_in(connection, said, at(11))
    return teebee


def everything(database: Database) -> Rows:
    """Every row of every table there is, as the database has it."""
    known = sa.MetaData()
    with database.reading() as connection:
        known.reflect(connection)
        return {
            table.name: [dict(row._mapping) for row in connection.execute(sa.select(table))]
            for table in known.sorted_tables
            if table.name != "alembic_version"
        }


def counts(rows: Rows) -> dict[str, int]:
    return {name: len(found) for name, found in rows.items()}


def test_every_row_is_kept_on_the_way_down_and_up_again(database: Database) -> None:
    friday(database)
    before = everything(database)
    assert all(before[name] for name in ("owed", "updates", "actions", "deliveries", "inbox", "kept_words"))
    downgrade(database, "0001")
    below = everything(database)
    assert counts(below) == {name: n for name, n in counts(before).items() if name not in NEWER}
    upgrade(database)
    after = everything(database)
    assert counts(after) == counts(before) | dict.fromkeys(NEWER, 0)
    untouched = set(before) - {
        *("actions", "check_ins", "deliveries", "inbox", "owed", "people", "teams"),
        *NEWER,
    }
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}


def test_what_was_taken_back_counts_as_said_in_the_version_before(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    check_in = teebee.check_in_id(teebee.jack)
    unchanged.record(database, JACK, check_in, at(11))
    unchanged.undo(database, JACK, check_in, at(11))
    before = everything(database)
    assert all(row["withdrawn_at"] for row in before["updates"])
    downgrade(database, "0006")
    upgrade(database)
    after = everything(database)
    assert after["updates"] == [row | {"withdrawn_at": None} for row in before["updates"]]
    assert after["owed"] == before["owed"]


def test_a_persons_own_week_is_forgotten_on_the_way_down_and_nothing_else_is(database: Database) -> None:
    friday(database)
    before = everything(database)
    downgrade(database, "0005")
    below = everything(database)
    added = {"own_prompt", "muted", "region", "admin", "named_admin", "home_team_id", "seen_at"}
    assert below["people"] == [
        {name: value for name, value in row.items() if name not in added} for row in before["people"]
    ]
    upgrade(database)
    after = everything(database)
    untouched = set(before) - {"people", "check_ins", "deliveries", "statuses", "homes"}
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}
    assert any(row["later_at"] for row in before["check_ins"])
    nothing = {"later_at": None, "status_seen_at": None}
    assert [row | nothing for row in before["check_ins"]] == after["check_ins"]
    assert [row | {"look_first": False} for row in before["deliveries"]] == after["deliveries"]
    assert [(row["own_prompt"], bool(row["muted"]), row["region"]) for row in after["people"]] == [
        (None, False, None)
    ] * len(before["people"])


def test_what_version_one_knew_is_known_in_the_new_words(database: Database) -> None:
    teebee = friday(database)
    downgrade(database, "0001")
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE deliveries SET stale = (kind = 'prompt')"))
        answered = connection.execute(sa.text("SELECT count(*) FROM owed WHERE answered_at IS NOT NULL"))
        assert answered.scalar() == 3
    upgrade(database)
    rows = everything(database)
    assert {row["kind"]: row["stale_since"] is not None for row in rows["deliveries"]} == {
        "prompt": True,
        "reminder": False,
        "receipt": False,
    }
    assert {row["kind"]: bool(row["waited_for"]) for row in rows["deliveries"]} == {
        "prompt": False,
        "reminder": False,
        "receipt": True,
    }
    assert all(row["said_at"] == row["answered_at"] for row in rows["owed"])
    assert teebee.said(teebee.of(teebee.hannah)[0])[-1].value == 55
    with database.transaction() as connection:
        claimed = deliveries.in_states(connection, ["pending"])
    assert {one.kind for one in claimed} == {"prompt", "reminder", "receipt"}


def test_what_alembic_itself_does_on_the_command_line_keeps_every_row_too(
    database: Database, database_url: str
) -> None:
    friday(database)
    before = counts(everything(database))
    for words in (["downgrade", "0001"], ["upgrade", "head"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "alembic", *words],
            cwd=Path(__file__).parents[2],
            env={"DATABASE_URL": database_url},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert counts(everything(database)) == before | dict.fromkeys(NEWER, 0)


# --- several at once -----------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.db"
        return
    server = open_database(request.getfixturevalue("postgres_url"))
    with server.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text("CREATE DATABASE brand_new"))
        yield server.engine.url.set(database="brand_new").render_as_string(hide_password=False)
        connection.execute(sa.text("DROP DATABASE brand_new WITH (FORCE)"))
    server.close()


def test_whoever_comes_while_somebody_migrates_waits_for_the_end(empty_url: str) -> None:
    """Longer than for any other lock."""
    first, second = open_database(empty_url), open_database(empty_url, lock_wait=0.1)
    with ThreadPoolExecutor(1) as pool:
        with migrating(first):
            waiting = pool.submit(upgrade, second)
            with pytest.raises(TimeoutError):
                waiting.result(0.5)
        assert waiting.result(SECONDS).up_to_date
    for one in (first, second):
        one.close()


def test_processes_that_migrate_at_once_do_it_once(empty_url: str, tmp_path: Path) -> None:
    words = [sys.executable, "-c", "from bot.cli import main; main()", "db", "upgrade"]
    environment = {"DATABASE_URL": empty_url, "OKRA_DATA_DIR": str(tmp_path)}
    at_work = [
        subprocess.Popen(words, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(AT_ONCE)
    ]
    said = [process.communicate(timeout=SECONDS) for process in at_work]
    assert [process.returncode for process in at_work] == [0] * AT_ONCE, said
    database = open_database(empty_url)
    assert revision(database).up_to_date
    with database.reading() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM workspaces")).scalar() == 1
    database.close()


# --- from the future -----------------------------------------------------------------------------------


def test_a_database_from_a_newer_version_is_refused_and_left_untouched(database: Database) -> None:
    head = revision(database).head
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(NewerDatabase, match=r"revision 9999.*newer version"):
            upgrade(database)
        assert revision(database).current == "9999"
    finally:
        with database.transaction() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = :head"), {"head": head})


def test_a_migration_that_breaks_leaves_the_database_as_it_was(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        drop_and_break(database)
    with database.reading() as connection:
        assert "pacing" in sa.inspect(connection).get_table_names()


def drop_and_break(database: Database) -> None:
    with migrating(database) as connection:
        connection.execute(sa.text("DROP TABLE pacing"))
        _ = 1 / 0
