"""Tables whose columns are called as somebody else calls them, and what spreadsheets do to cells."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.cells import cell_text, safe_cell
from bot.files.csv_file import read_csv
from bot.files.listed import joined_in_cell, split_cell
from bot.files.marked import BadFile
from bot.files.naming import BadNaming, Naming, naming_from
from bot.files.okr_file import guessed_columns, read_okr_file
from bot.okr.measures import Move

SHEET = """\
Goal;Goal owner;Metric;Owner e-mail;Baseline;Target value;Notes
Prove our tea;hannah@teebee.example;Customers who renew;hannah@teebee.example;40%;70%;a note

;;Sales;jack@teebee.example;120,000;250,000;
"""
PAIRS = ("Notes=-",)
VALUES = (
    *("team=TeeBee", "channel=#okrs", "leads=hannah@teebee.example"),
    *("cycle=2026 Q4", "starts=2026/10/1", "ends=2026-12-31 00:00:00"),
)


def troubles(text: str, naming: Naming) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_csv(text, naming)
    return [str(one) for one in caught.value.troubles]


def test_a_spreadsheet_is_taken_with_guesses_a_mapping_and_what_holds_for_all_rows(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8-sig")
    naming = naming_from(PAIRS, VALUES, None)
    outline = read_okr_file(path, naming)
    assert guessed_columns(path, naming) == [
        f"I take the column “{heading}” for {name}."
        for heading, name in (
            ("Goal", "objective"),
            ("Goal owner", "objective_owner"),
            ("Metric", "key_result"),
            ("Owner e-mail", "owner"),
            ("Baseline", "start"),
            ("Target value", "target"),
        )
    ]
    (team,) = outline.teams
    (objective,) = team.objectives
    assert (team.name, team.channel, objective.title) == ("TeeBee", "#okrs", "Prove our tea")
    assert [(one.title, one.measure) for one in objective.key_results] == [
        ("Customers who renew", Move(40, 70)),
        ("Sales", Move(120_000, 250_000)),
    ]
    assert outline.cycle is not None
    assert (outline.cycle.starts.isoformat(), outline.cycle.ends.isoformat()) == ("2026-10-01", "2026-12-31")


def test_a_mapping_file_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    values = "".join(f"  {one.replace('=', ': ', 1)!r}\n".replace("'", "") for one in VALUES[3:])
    path.write_text(f'columns: {{Notes: "-"}}\nvalues:\n  team: TeeBee\n  channel: "#okrs"\n{values}')
    naming = naming_from((), (VALUES[2],), path)
    assert naming == naming_from(PAIRS, VALUES, None)


def test_a_mapping_goes_before_a_guess() -> None:
    naming = naming_from(("Baseline=target", "Target value=start", *PAIRS), VALUES, None)
    (objective,) = read_csv(SHEET, naming).teams[0].objectives
    assert objective.key_results[0].measure == Move(70, 40)
    assert [one.guessed for one in naming.columns_of(["Baseline", "Metric"])] == [False, True]
    assert [one.name for one in naming.columns_of(["Goal", "Objective", "KPI"])] == [None, "objective", None]


def test_what_is_unknown_missing_or_not_there_is_all_said_at_once() -> None:
    naming = naming_from(("KR=title",), VALUES[:3], None)
    assert [
        one.split(";")[0].split(". ")[0] for one in troubles(SHEET.replace("Metric", "Zahl"), naming)
    ] == [
        "row 1, column Zahl: “Zahl” is not a column of an OKR file",
        "row 1, column Notes: “Notes” is not a column of an OKR file",
        "row 1: there is no column “KR”",
        "row 1: the column “key_result” is missing",
        "row 1: the column “cycle” is missing",
        "row 1: the column “starts” is missing",
        "row 1: the column “ends” is missing",
    ]


def test_every_bad_row_is_named_at_once() -> None:
    rows = "\n".join(
        f";;KR {number};{owner};{start};{target};"
        for number, (owner, start, target) in enumerate(
            [("jack", 1, 2), ("jack@x.example", "#REF!", 2), ("jack@x.example", 5, 5), ("", 1, "many")]
        )
    )
    found = troubles(f"{SHEET}{rows}\n", naming_from(PAIRS, VALUES, None))
    assert [one.split(":")[0] for one in found] == [
        "row 5, column Owner e-mail",
        "row 6, column Baseline",
        "row 6, column Baseline",
        "row 7, column Target value",
        "row 8",
        "row 8, column Target value",
    ]
    assert "#REF! is an error of the spreadsheet" in found[1] + found[2]


@pytest.mark.parametrize(
    ("pairs", "values", "said"),
    [
        (("Metric",), (), "“Metric” is no pair; write it like --map"),
        (("Metric=metrc",), (), "“metrc” is not a column of an OKR table."),
        (("Metric=traget",), (), "Did you mean “target”?"),
        ((), ("team",), "“team” is no pair; write it like --set"),
        ((), ("-=x",), "“-” is not a column"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(
    pairs: tuple[str, ...], values: tuple[str, ...], said: str
) -> None:
    with pytest.raises(BadNaming) as caught:
        naming_from(pairs, values, None)
    assert said in str(caught.value)


@pytest.mark.parametrize("content", ["- a list", "columns: [a]", "columns: {a: b", "others: {}"])
def test_a_mapping_file_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(content)
    with pytest.raises(BadNaming):
        naming_from((), (), path)
    with pytest.raises(BadNaming, match="cannot be read"):
        naming_from((), (), tmp_path / "nowhere.yaml")


def test_a_file_that_is_no_table_takes_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "okrs.yaml"
    path.write_text("teams: []\n")
    with pytest.raises(BadFile, match="leave --map and --set out"):
        read_okr_file(path, naming_from(PAIRS, (), None))
    assert guessed_columns(path, Naming()) == []


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@here", "'@here"),
        ("+ more", "'+ more"),
        ("-", "'-"),
        ("'=1", "''=1"),
        ("-3.5", "-3.5"),
        ("+7e3", "+7e3"),
        ("'quoted'", "'quoted'"),
        ("plain", "plain"),
    ],
)
def test_what_looks_like_a_formula_is_kept_as_text(text: str, cell: str) -> None:
    assert safe_cell(text) == cell
    assert cell_text(cell) == text


LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))).map(str.strip)


@given(LINES)
def test_any_line_comes_back_out_of_its_cell(text: str) -> None:
    cell = safe_cell(text)
    assert cell_text(cell) == text
    assert not cell.startswith(("=", "@"))


@given(st.lists(LINES.filter(bool)))
def test_any_list_comes_back_out_of_its_cell(items: list[str]) -> None:
    assert split_cell(joined_in_cell(items)) == items
