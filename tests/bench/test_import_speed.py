"""What importing a table of 10,000 key results takes, the first time and again."""

import time
from pathlib import Path

import pytest

from bot.files.csv_export import write_csv
from bot.files.csv_file import read_csv
from bot.okr.measures import Move
from bot.okr.outline import Outline, OutlineKeyResult, OutlineObjective, OutlineTeam
from bot.services.files.exporting import export_outline
from bot.services.files.importing import import_outline
from bot.storage.engine import open_database
from bot.storage.migrations import upgrade
from tests.services.teebee import at
from tests.services.workspaces import CYCLES, KEYS, PEOPLE, AnyDirectory

pytestmark = pytest.mark.bench

TEAMS, OBJECTIVES, KEY_RESULTS = 500, 5, 4
LONGEST_SECONDS = 60.0
"""Of the processor: whatever else runs beside it does not count."""


def _team(number: int) -> OutlineTeam:
    return OutlineTeam(
        f"Team {number}",
        "C0OKRS0001",
        (KEYS[number % 5],),
        objectives=tuple(
            OutlineObjective(
                f"Aim {aim}",
                KEYS[number % 5],
                key_results=tuple(
                    OutlineKeyResult(f"Result {each}", KEYS[each % 5], Move(0, 10 + each), "%", 1.0)
                    for each in range(KEY_RESULTS)
                ),
            )
            for aim in range(OBJECTIVES)
        ),
    )


def test_how_long_ten_thousand_key_results_take(tmp_path: Path) -> None:
    table = write_csv(Outline(None, CYCLES[1], PEOPLE, tuple(_team(number) for number in range(TEAMS))))
    database = open_database(f"sqlite:///{tmp_path}/okra.db")
    upgrade(database)
    took = {}
    for name in ("first", "again"):
        begun = time.process_time()
        outline = read_csv(table)
        took[f"{name}: reading"] = time.process_time() - begun
        begun = time.process_time()
        report = import_outline(database, AnyDirectory(), outline, now=at(9), reason="bench")
        took[f"{name}: importing"] = time.process_time() - begun
        assert report.changed is (name == "first")
    begun = time.process_time()
    assert len(write_csv(export_outline(database)).splitlines()) > TEAMS * OBJECTIVES * KEY_RESULTS
    took["exporting"] = time.process_time() - begun
    database.close()
    for what, seconds in took.items():
        print(f"\n{what}: {seconds:.1f} s, {len(table) / 1e6:.1f} MB", end="")  # noqa: T201  # what it is for
    assert max(took.values()) < LONGEST_SECONDS
