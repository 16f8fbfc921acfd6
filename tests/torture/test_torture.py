"""Short Fridays: nothing is lost or doubled, and the torture would tell if it were."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.torture.options import parse

LINE = re.compile(
    r"owners (?P<owners>\d+), answers (?P<answers>\d+), kills (?P<kills>\d+), faults (?P<faults>\d+), "
    r"lost (?P<lost>\d+), doubled (?P<doubled>\d+), seconds \d+\n"
)
AT_MOST_SECONDS = 300
REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """What a run printed, its numbers by their names, and its exit status."""

    status: int
    counts: dict[str, int]
    told: str


def torture(*options: str) -> Outcome:
    words = [sys.executable, "-m", "tests.torture", *options]
    done = subprocess.run(
        words, cwd=REPOSITORY, capture_output=True, text=True, timeout=AT_MOST_SECONDS, check=False
    )
    line = LINE.fullmatch(done.stdout)
    assert line, f"{done.stdout}\n{done.stderr}"
    return Outcome(
        done.returncode, {name: int(count) for name, count in line.groupdict().items()}, done.stderr
    )


@pytest.mark.parametrize(
    "database", [("sqlite",), ("postgresql", "--replicas", "2")], ids=lambda words: words[0]
)
def test_nothing_is_lost_and_nothing_doubled(database: tuple[str, ...]) -> None:
    run = torture("--kills", "6", "--owners", "24", "--database", *database)
    assert (run.counts["lost"], run.counts["doubled"], run.status) == (0, 0, 0), run.told
    assert run.counts["kills"] == 6
    assert run.counts["owners"] == 24
    assert run.counts["answers"] > 24
    assert run.counts["faults"] > 10


def test_without_reconciliation_something_is_doubled() -> None:
    run = torture("--kills", "4", "--owners", "16", "--patience", "3", "--without", "reconciliation")
    assert run.counts["doubled"] > 0, run.told
    assert run.status == 1
    assert "doubled: " in run.told


def test_without_an_inbox_something_is_lost() -> None:
    run = torture("--kills", "8", "--owners", "16", "--patience", "3", "--without", "inbox")
    assert run.counts["lost"] > 0, run.told
    assert run.status == 1
    assert "never came in" in run.told


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("--kills 1 --replicas 2", "on SQLite there is one bot at a time"),
        ("--kills 1 --owners 0", "at least one bot and one owner"),
        ("--kills -1", "at least one bot and one owner"),
        ("--owners 3", "--kills"),
        (f"--kills 1 --folder {REPOSITORY}", "there is something in"),
    ],
)
def test_what_makes_no_sense_is_told(words: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(words.split())
    assert complaint in capsys.readouterr().err
