"""`okra import` of somebody else's spreadsheet, and everything that `okra export` writes."""

import csv
import io
from pathlib import Path

import pytest

from bot.files.csv_file import read_csv
from bot.files.yaml_file import read_yaml
from tests.e2e.okra_cli import SAMPLE, Cli

SHEET = """\
Goal,Goal owner,Metric,Owner,Baseline,Target,Actual,Notes
Brew better,hannah@teebee.example,Tastings,jack@teebee.example,0,12,3,once a week
,,Returns,jack@teebee.example,=1+1,1,,
"""
NEXT = (
    *("--map", "Notes=-", "--set", "team=TeeBee", "--set", "channel=#okrs"),
    *("--set", "leads=hannah@teebee.example", "--set", "cycle=2027 Q1"),
    *("--set", "starts=2027-01-01", "--set", "ends=2027-03-31"),
)


@pytest.fixture
def prepared(okra: Cli) -> Cli:
    assert okra.imports(SAMPLE).exit_code == 0
    return okra


def test_a_spreadsheet_is_previewed_with_its_guesses_and_then_taken(prepared: Cli, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET.replace("=1+1", "5"), encoding="utf-8")
    preview = prepared.imports(path, "--dry-run", *NEXT)
    assert preview.exit_code == 0, preview.output
    assert "I take the column “Metric” for key_result.\n" in preview.stdout
    assert "new key result TeeBee › Brew better › Tastings: 0 → 12, Jack\n" in preview.stdout
    assert "Objectives: 1 new. Key results: 2 new.\n" in preview.stdout
    assert "Brew better" not in prepared("export", "--all").output
    assert prepared.imports(path, *NEXT).exit_code == 0
    everything = read_yaml(prepared("export", "--all").output)
    assert [one.name for one in everything.all_cycles] == ["2027 Q1", "2026 Q4"]
    only = read_yaml(prepared("export", "--cycle", "2027 Q1").output)
    assert [one.title for one in only.teams[0].objectives] == ["Brew better"]
    again = prepared.imports(path, *NEXT)
    assert again.stdout.endswith("nothing to change\n")
    rows = list(csv.DictReader(io.StringIO(prepared("export", "--history", "--team", "TeeBee").output)))
    assert [(one["key_result"], one["value"], one["by"]) for one in rows] == [("Tastings", "3", "")]


def test_every_bad_row_of_a_spreadsheet_is_said_and_nothing_is_written(prepared: Cli, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(f"{SHEET},,Sips,jack,1,2,,\n", encoding="utf-8")
    before = prepared("export", "--all").output
    result = prepared.imports(path, *NEXT)
    assert result.exit_code == 1
    assert [one.removeprefix(f"{path}: ").split(":")[0] for one in result.stderr.splitlines()] == [
        "row 3, column Baseline",
        "row 4, column Owner",
        "Nothing was imported.",
    ]
    assert prepared("export", "--all").output == before
    assert "“Metrik” is not" not in result.stderr


def test_the_table_of_an_export_changes_nothing(prepared: Cli, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    assert prepared("export", "--all", "--csv", "--output", path).exit_code == 0
    assert path.read_bytes().count(b"\r\n") == len(path.read_bytes().splitlines())
    assert read_csv(path.read_text(encoding="utf-8")).teams[0].name == "TeeBee"
    assert prepared.imports(path).stdout.startswith("nothing to change\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--history", "--all"), "--history is a table of all cycles"),
        (("--cycle", "x", "--all"), "leave one of the two out"),
        (("--team", "TeeBee"), "--team goes with --history"),
        (("--cycle", "2027"), "There is no cycle “2027”. There are: 2026 Q4."),
        (("--history", "--team", "Tea"), "There is no team “Tea”. There are: TeeBee"),
    ],
)
def test_what_export_cannot_mean_is_said(prepared: Cli, options: tuple[str, ...], said: str) -> None:
    result = prepared("export", *options)
    assert result.exit_code != 0
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_a_mapping_that_cannot_be_meant_is_said(prepared: Cli) -> None:
    result = prepared.imports(SAMPLE, "--map", "Metric=metrc")
    assert (result.exit_code, result.stderr.split(". ")[0]) == (
        1,
        "“metrc” is not a column of an OKR table",
    )
