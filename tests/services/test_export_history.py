"""What was said of key results over time, as a table."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from bot.files.history_csv import COLUMNS, write_history
from bot.okr.model import Blocker, BlockerKind, Update
from bot.services.files.export_history import export_history
from bot.services.teams.named import UnknownTeam
from bot.storage import okrs, updates
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, TeeBee, at, move_in

BEFORE = date(2026, 11, 13)


def rows(database: Database, team: str | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_history(export_history(database, team)), newline="")))


def say(teebee: TeeBee, update: Update) -> None:
    with teebee.database.transaction() as connection:
        assert updates.record(connection, update)


def test_each_update_that_counts_is_a_row_with_all_that_was_said(database: Database) -> None:
    teebee = move_in(database)
    key_result = teebee.key_results[3]
    blocker = Blocker(BlockerKind.DEPENDENCY, teebee.hannah.id, "=a list")
    said = Update(key_result.id, FRIDAY, 0.1, 3, "two, “signed”\nand sent", blocker, teebee.jack.id, at(11))
    say(teebee, Update(key_result.id, BEFORE, 30, 5, by_id=None, at=at(9, day=BEFORE)))
    say(teebee, replace(said, value=50))
    say(teebee, said)
    first, last = rows(database)
    assert tuple(last) == COLUMNS
    assert (first["date"], first["value"], first["by"], first["edited"]) == ("2026-11-13", "30", "", "")
    assert last == {
        "date": "2026-11-20",
        "cycle": "2026 Q4",
        "team": "TeeBee",
        "objective": "Make ordering online easy for suppliers",
        "objective_id": str(key_result.objective_id),
        "key_result": key_result.title,
        "key_result_id": str(key_result.id),
        "dropped": "",
        "value": "0.1",
        "unit": key_result.unit,
        "steps_done": "",
        "confidence": "3",
        "drove": "two, “signed”\nand sent",
        "blocker_kind": "dependency",
        "blocker_owner": "Hannah",
        "blocker_owner_slack": teebee.hannah.slack_id,
        "blocker_fix": "'=a list",
        "by": "Jack",
        "by_slack": teebee.jack.slack_id,
        "edited": "yes",
    } | {"at": last["at"]}


def test_what_was_dropped_is_there_and_what_was_withdrawn_is_not(database: Database) -> None:
    teebee = move_in(database)
    one, other = teebee.of(teebee.jack)[:2]
    for number in (one, other):
        say(teebee, Update(number, FRIDAY, 30, 5, by_id=teebee.jack.id, at=at(11)))
    teebee.drop(one)
    with database.transaction() as connection:
        updates.withdraw(connection, [other], FRIDAY, at(12))
    assert [(row["key_result_id"], row["dropped"]) for row in rows(database)] == [(str(one), "yes")]


def test_whoever_runs_okra_reads_what_is_private_and_names_a_team(database: Database) -> None:
    teebee = move_in(database)
    key_result = teebee.key_results[3]
    say(teebee, Update(key_result.id, FRIDAY, 30, 5, by_id=teebee.jack.id, at=at(11)))
    with database.transaction() as connection:
        (found,) = okrs.whole(connection, [key_result.objective_id]).values()
        okrs.save_objective(connection, replace(found, private=True))
    assert len(rows(database)) == len(rows(database, "TeeBee")) == 1
    with pytest.raises(UnknownTeam):
        export_history(database, "Tea")
