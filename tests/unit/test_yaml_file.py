from datetime import date, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.files.marked import BadFile
from bot.files.yaml_file import read_yaml
from bot.okr.measures import Move
from bot.okr.model import FRIDAY, MONDAY, CheckInTimes, Meeting, ObjectiveKind
from bot.okr.outline import Outline, Place
from tests.unit.okr_files import GOOD, changed, team_with


def test_a_good_file_is_read_with_its_places() -> None:
    outline = read_yaml(GOOD)
    assert outline.cycle is not None
    assert (outline.cycle.starts, outline.cycle.ends) == (date(2026, 10, 1), date(2026, 12, 31))
    (team,) = outline.teams
    (objective,) = team.objectives
    assert (team.name, team.channel, team.zone, team.start) == ("TeeBee", "#okrs", None, True)
    assert objective.kind is ObjectiveKind.COMMITTED
    assert team.place.at("channel") == Place(8, "teams › TeeBee › channel")
    assert team.place.at("timezone") == Place(7, "teams › TeeBee")
    assert outline.people[1].place.line == 5
    assert objective.key_results[1].place.at("target") == Place(
        18, "teams › TeeBee › objectives › Prove our tea › key_results › Phone calls › target"
    )


@pytest.mark.parametrize(
    ("check_in", "expected"),
    [
        ("check_in: {}", CheckInTimes()),
        ("check_in:", CheckInTimes()),
        ("check_in: {day: MON, prompt: 9:05, remind: 14:00}", CheckInTimes(MONDAY, time(9, 5), time(14))),
        ("check_in: {prompt: 10:00, digest: 13:30}", CheckInTimes(digest=time(13, 30))),
        ("meeting: {day: Monday, at: 14:00}", CheckInTimes(MONDAY, meeting=Meeting(MONDAY, time(14)))),
        (
            "check_in: {day: fri}\n    meeting: {day: mon, at: 09:00}",
            CheckInTimes(FRIDAY, meeting=Meeting(MONDAY, time(9))),
        ),
        (
            "check_in: {prompt: 11:00}\n    meeting: {day: mon, at: 09:00}",
            CheckInTimes(MONDAY, time(11), meeting=Meeting(MONDAY, time(9))),
        ),
    ],
)
def test_hours_and_days_are_read_as_written(check_in: str, expected: CheckInTimes) -> None:
    assert read_yaml(team_with(check_in)).teams[0].check_in == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("62%", 62),
        ('"¥250,000"', 250_000),
        ("250k", 250_000),
        ("-3.5", -3.5),
        ("1e3", 1000),
        ("010", 10),
        ("1.125", 1.125),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, expected: float) -> None:
    text = changed('start: 40, target: 70, unit: "%"', f"start: 7, target: {written}")
    assert read_yaml(text).teams[0].objectives[0].key_results[0].measure == Move(7, expected)


@pytest.mark.parametrize(
    "title", ["أثبت قيمة الشاي", "证明茶的价值 🍵", "NO", "2026", "1:30", "<!channel> `@here`"]
)
def test_titles_are_kept_as_written(title: str) -> None:
    text = changed("title: Prove our tea", f"title: '{title}'")
    assert read_yaml(text).teams[0].objectives[0].title == title
    if title in ("NO", "2026", "1:30"):
        assert (
            read_yaml(changed("title: Prove our tea", f"title: {title}")).teams[0].objectives[0].title
            == title
        )


@pytest.mark.parametrize(
    ("written", "starts"), [("yes", True), ("true", True), ("Off", False), ("false", False), ("", True)]
)
def test_a_file_says_whether_check_ins_start(written: str, starts: bool) -> None:  # noqa: FBT001 - a table
    assert read_yaml(team_with(f"start: {written}")).teams[0].start is starts


def test_people_and_teams_and_cycle_may_be_left_out() -> None:
    assert read_yaml("workspace: {timezone: Europe/London}") == Outline("Europe/London")
    assert read_yaml("people:\nteams:\ncycle:\n") == Outline()


def test_ids_are_read() -> None:
    text = changed("title: Prove our tea", "id: 7\n        title: Prove our tea").replace(
        "{title: Ph", "{id: 7, title: Ph"
    )
    (objective,) = read_yaml(text).teams[0].objectives
    assert (objective.id, [each.id for each in objective.key_results]) == (7, [None, 7])


FRAGMENTS = st.sampled_from(
    [
        *GOOD.splitlines(keepends=True),
        ": ",
        "- ",
        "[",
        "{",
        "&a ",
        "*a",
        "\n",
        "'",
        '"\\U',
        "!!",
        "? ",
        "%YAML 1.",
        "|\n",
        "<<: ",
    ]
)


@given(st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=3))).map("".join)))
@example("%YAML 1." + "9" * 5000)
@example("a: !<%ff> b")
def test_any_text_gives_an_outline_or_a_bad_file(text: str) -> None:
    try:
        outline = read_yaml(text)
    except BadFile as bad:
        assert bad.troubles  # noqa: PT017 - either is right
    else:
        assert isinstance(outline, Outline)
