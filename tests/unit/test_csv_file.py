from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.csv_export import write_csv
from bot.files.csv_file import read_csv
from bot.files.marked import BadFile
from bot.okr.measures import Move
from bot.okr.model import ObjectiveKind
from bot.okr.outline import Outline, OutlineCycle, Place

HEADER = "team,channel,lead,objective,objective owner,kind,key result,owner,start,target,unit,cycle,starts,ends,current"
HANNAH, JACK = "hannah@teebee.example", "U012ABCDEF"
FIRST = f"TeeBee,#okrs,{HANNAH},Prove our tea,{HANNAH},committed,Renewals,{HANNAH},40,70,%,Q4,2026-10-01,2026-12-31,"
SECOND = f",,,,,,Phone calls,{JACK},40,20,a week,,,,30"
GOOD = f"{HEADER}\n{FIRST}\n{SECOND}\n"


def troubles(text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_csv(text)
    return [str(trouble) for trouble in caught.value.troubles]


def test_rows_are_gathered_into_teams_and_objectives() -> None:
    outline = read_csv(GOOD)
    (team,) = outline.teams
    (objective,) = team.objectives
    assert outline.cycle is not None
    assert (outline.cycle.name, outline.cycle.starts) == ("Q4", date(2026, 10, 1))
    assert [(each.key, each.email, each.slack) for each in outline.people] == [
        (HANNAH, HANNAH, None),
        (JACK, None, JACK),
    ]
    assert (team.name, team.channel, team.leads, team.members) == ("TeeBee", "#okrs", (HANNAH,), ())
    assert (objective.title, objective.kind) == ("Prove our tea", ObjectiveKind.COMMITTED)
    assert [(each.title, each.measure, each.current) for each in objective.key_results] == [
        ("Renewals", Move(40, 70), None),
        ("Phone calls", Move(40, 20), 30),
    ]
    assert objective.key_results[1].place.at("target") == Place(3, "column target", "row")


def test_repeated_teams_and_objectives_are_one_wherever_their_rows_stand() -> None:
    other = f"Tea,#tea,{HANNAH},Other,{HANNAH},,Sales,{HANNAH},1,2,,,,,"
    again = f"TeeBee,#okrs,,Prove our tea,,,Sales,{HANNAH},1,2,,Q4,,,"
    outline = read_csv(f"{HEADER}\n{FIRST}\n{other}\n{again}\n{SECOND}")
    assert [
        (team.name, [[each.title for each in objective.key_results] for objective in team.objectives])
        for team in outline.teams
    ] == [("TeeBee", [["Renewals", "Sales", "Phone calls"]]), ("Tea", [["Sales"]])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_line_ends_and_a_byte_order_mark_are_understood(delimiter: str, line_end: str) -> None:
    text = "\ufeff" + GOOD.replace(",", delimiter).replace("\n", line_end)
    assert read_csv(text) == read_csv(GOOD)


def test_headings_may_be_written_in_any_way_and_order() -> None:
    columns = [row.split(",") for row in GOOD.splitlines()]
    backwards = "\n".join(",".join(reversed(row)) for row in columns)
    text = backwards.replace("objective owner", " OBJECTIVE-Owner").replace("key result", "Key_Result")
    assert read_csv(text) == read_csv(GOOD)


def test_a_quoted_cell_may_hold_line_breaks_and_delimiters() -> None:
    text = GOOD.replace("Renewals", '"Renewals,\nby  all"')
    assert read_csv(text).teams[0].objectives[0].key_results[0].title == "Renewals, by all"
    assert troubles(text.replace("40,20", "40,lots"))[0].startswith("row 3, column target: “")


def test_people_may_stand_in_lists_and_keep_their_part() -> None:
    header = f"{HEADER},Members,observers,ID,objective id,time zone"
    first = f'{FIRST},"a@teebee.example; b@teebee.example",{JACK},5,6,Europe/London'
    (team,) = read_csv(f"{header}\n{first}\n{SECOND}\n").teams
    assert (team.members, team.observers) == (("a@teebee.example", "b@teebee.example"), (JACK,))
    assert (team.zone, team.objectives[0].id, team.objectives[0].key_results[0].id) == ("Europe/London", 6, 5)


def test_e_mails_are_one_person_however_written() -> None:
    assert len(read_csv(GOOD.replace(f"Renewals,{HANNAH}", f"Renewals,{HANNAH.upper()}")).people) == 2


def test_rows_may_be_blank_or_hold_only_a_team_or_an_objective() -> None:
    only_team = f"Tea,#tea,{HANNAH},,,,,,,,,,,,"
    only_objective = f",,,Other,{HANNAH},,,,,,,,,,"
    teams = read_csv(f"{HEADER}\n\n{FIRST}\n,,,\n{only_team}\n{only_objective}\n").teams
    assert [(team.name, [len(each.key_results) for each in team.objectives]) for team in teams] == [
        ("TeeBee", [1]),
        ("Tea", [0]),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner,start,target", "owner,start,goal", "row 1: the column “target” is missing"),
        (
            "owner,start,target",
            "owner,start,goal",
            "row 1, column goal: “goal” is not a column of an OKR file. Known are",
        ),
        (
            "current",
            "curent",
            "row 1, column curent: “curent” is not a column of an OKR file. Did you mean “current”?",
        ),
        ("current", "start", "row 1, column start: there are two columns for “start”; keep one"),
        ("team,", "equipo,", "row 1: the column “team” is missing"),
        ("objective,", "aim,", "row 1: the column “objective” is missing"),
        ("lead,", "boss,", "row 1: the column “leads” is missing"),
        ("TeeBee,#okrs", ",#okrs", "row 2: the team is missing"),
        ("Prove our tea,", ",", "row 2: the objective is missing"),
        (",,,,,,Phone", f"Tea,#tea,{HANNAH},,,,Phone", "row 3: the objective is missing"),
        (",a week", ",a week,,,,,surplus", "row 3: the row has 20 cells, the header 15"),
        (
            "Phone calls",
            '"Phone" calls',
            "row 3: this row cannot be read; is there a quotation mark too many",
        ),
        ("Phone calls", '"Phone calls', "row 3: this row cannot be read; is there a quotation mark too many"),
        ("40,20", "40,forty", "row 3, column target: “"),
        ("40,20", "20,20", "row 3, column target: start and target are both 20"),
        ("40,20", ",20", "row 3: start is missing"),
        ("Phone calls", "", "row 3: key result is missing"),
        (
            "Phone calls",
            "Renewals",
            "row 3, column key result: “Renewals” is already the title of a key result of this objective (row 2)",
        ),
        (
            f"Phone calls,{JACK}",
            "Phone calls,Jack",
            "row 3, column owner: “Jack” is neither an e-mail address nor a Slack id",
        ),
        (f"Phone calls,{JACK}", "Phone calls,", "row 3: owner is missing"),
        ("#okrs", "okrs", "row 2, column channel: “okrs” is not a channel"),
        (",,,,,,Phone", ",#other,,,,,Phone", "row 3, column channel: “#other” is not what row 2 says"),
        (",,,,,,Phone", f",,{JACK},,,,Phone", "row 3, column lead: “U012ABCDEF” is not what row 2 says"),
        (
            ",,,,,,Phone",
            ",,,,,aspirational,Phone",
            "row 3, column kind: “aspirational” is not what row 2 says",
        ),
        ("committed", "heroic", "row 2, column kind: “heroic” is not a kind of objective"),
        ("2026-10-01", "10/01/26", "row 2, column starts: “10/01/26” is not a date"),
        ("Q4,2026-10-01,2026-12-31", ",,", "row 2: cycle is missing"),
        ("Renewals", "a\x07b", "row 2, column key result: “a b” holds U+0007"),
    ],
)
def test_a_mistake_is_named_with_its_row_and_column(old: str, new: str, said: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    found = troubles(text)
    assert any(each.startswith(said) for each in found), found


def test_a_mistake_is_said_once() -> None:
    assert len(troubles(GOOD.replace("owner,start,target", "owner,start,", 1))) == 1
    assert len(troubles(GOOD.replace("team,", ",", 1))) == 1
    assert len(troubles(GOOD.replace("lead,", ",", 1))) == 1
    assert len(troubles(GOOD.replace(JACK, "Jack"))) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n", "row 1: the file is empty"),
        ("a,b\n1,2\n", "row 1: the first row should name the columns: team, channel"),
        (HEADER, "row 1: there is a header and no rows below it"),
        ('team,"x\n', "row 1: this row cannot be read"),
    ],
)
def test_what_is_no_table_is_said_in_words(text: str, said: str) -> None:
    assert troubles(text)[0].startswith(said)


def test_a_draft_without_objectives_stands_in_a_row_of_its_own() -> None:
    outline = read_csv(GOOD)
    later = OutlineCycle("Q1", date(2027, 1, 1), date(2027, 3, 31))
    (team,) = outline.teams
    drafted = replace(outline, teams=(replace(team, drafts=("Q1",)),), cycles=(later,))
    again = read_csv(write_csv(drafted))
    assert (again.cycles, again.teams[0].drafts) == ((later,), ("Q1",))
    assert again.teams[0].objectives == tuple(replace(one, cycle="") for one in team.objectives)


CELLS = st.one_of(
    st.text(max_size=4), st.sampled_from(["TeeBee", "#okrs", HANNAH, "40", "70", '"', "\n", "2026-10-01"])
)
ROWS = st.lists(CELLS.filter(bool), max_size=16).map(",".join)


@given(st.one_of(st.text(), st.lists(ROWS).map(lambda rows: "\n".join([HEADER, *rows]))))
def test_any_text_gives_an_outline_or_a_bad_file(text: str) -> None:
    try:
        outline = read_csv(text)
    except BadFile as bad:
        assert bad.troubles  # noqa: PT017 - either is right
    else:
        assert isinstance(outline, Outline)
