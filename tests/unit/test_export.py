from dataclasses import replace
from datetime import date, time
from pathlib import Path
from string import ascii_uppercase, digits

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.demo
from bot.files.export import write_yaml
from bot.files.okr_file import read_okr_file
from bot.files.yaml_file import read_yaml
from bot.okr.measures import Move
from bot.okr.model import CheckInTimes, Meeting, ObjectiveKind
from bot.okr.outline import (
    Outline,
    OutlineCycle,
    OutlineKeyResult,
    OutlineObjective,
    OutlinePerson,
    OutlineTeam,
)

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40).filter(
    lambda text: text == text.strip()
)
WORDS = st.one_of(
    TEXTS, st.sampled_from(["no", "~", "null", "10:00", "2026-10-01", "<<", "=", "#1", "- a", "*a", "a: b"])
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
MOVES = st.builds(Move, NUMBERS, NUMBERS).filter(lambda move: move.start != move.target)
ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "Australia/Lord_Howe"])
DAYS = st.integers(0, 6)
HOURS = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(minutes // 60, minutes % 60))


@st.composite
def check_ins(draw: st.DrawFn) -> CheckInTimes:
    before_due = HOURS.filter(lambda hour: hour < CheckInTimes().answer_by)
    prompt, remind = sorted(draw(st.lists(before_due, min_size=2, max_size=2, unique=True)))
    times = CheckInTimes(draw(DAYS), prompt, remind)
    digest = draw(st.one_of(st.none(), HOURS))
    meeting = draw(st.one_of(st.none(), st.builds(Meeting, DAYS, HOURS)))
    return replace(times, digest=digest) if digest else replace(times, meeting=meeting)


def key_results(people: list[str], ids: st.SearchStrategy[int | None]) -> st.SearchStrategy[OutlineKeyResult]:
    return st.builds(
        OutlineKeyResult,
        title=WORDS,
        owner=st.sampled_from(people),
        measure=MOVES,
        unit=st.one_of(st.just(""), WORDS),
        current=st.one_of(st.none(), NUMBERS),
        id=ids,
    )


@st.composite
def teams(draw: st.DrawFn, people: list[str], numbers: list[int]) -> OutlineTeam:
    def some_id() -> int | None:
        return numbers.pop() if draw(st.booleans()) else None

    order = draw(st.permutations(people))
    first, second = sorted(draw(st.lists(st.integers(1, len(people)), min_size=2, max_size=2)))
    objectives = [
        OutlineObjective(
            title,
            draw(st.sampled_from(people)),
            draw(st.sampled_from(ObjectiveKind)),
            tuple(
                replace(each, id=some_id())
                for each in draw(
                    st.lists(key_results(people, st.none()), max_size=3, unique_by=lambda one: one.title)
                )
            ),
            some_id(),
        )
        for title in draw(st.lists(WORDS, max_size=2, unique=True))
    ]
    return OutlineTeam(
        draw(WORDS),
        draw(st.sampled_from(["#okrs", "C012ABCDEF", "#茶"])),
        tuple(order[:first]),
        tuple(order[first:second]),
        tuple(order[second:]),
        draw(st.one_of(st.none(), ZONES)),
        draw(check_ins()),
        draw(st.booleans()),
        tuple(objectives),
    )


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    keys = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    slack_ids = draw(
        st.lists(
            st.text(ascii_uppercase + digits, min_size=5, max_size=9), min_size=4, max_size=4, unique=True
        )
    )
    people = []
    for i, key in enumerate(keys):
        email, slack = draw(st.sampled_from([(True, False), (False, True), (True, True)]))
        people.append(
            OutlinePerson(
                key, f"p{i}@teebee.example" if email else None, f"U{slack_ids[i]}" if slack else None
            )
        )
    numbers = list(range(1, 50))
    found = draw(st.lists(teams(keys, numbers), max_size=2, unique_by=lambda team: team.name))
    starts, ends = sorted(draw(st.lists(st.dates(date(1000, 1, 1)), min_size=2, max_size=2, unique=True)))
    cycle = OutlineCycle(draw(WORDS), starts, ends)
    return Outline(draw(ZONES), cycle, tuple(people), tuple(found))


@given(outlines())
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
def test_what_is_written_reads_back_the_same(outline: Outline) -> None:
    assert read_yaml(write_yaml(outline)) == outline


def test_the_sample_reads_back_the_same_and_a_key_result_keeps_to_its_line() -> None:
    outline = read_okr_file(Path(bot.demo.__path__[0]) / "teebee.yaml")
    written = write_yaml(outline)
    assert read_yaml(written) == outline
    assert (
        "          - {title: Customers who renew, owner: hannah, start: 40, target: 70, unit: '%'}\n"
        in written
    )
    assert "cycle: {name: 2026 Q4, starts: 2026-10-01, ends: 2026-12-31}\n" in written


def test_an_empty_outline_is_written_too() -> None:
    assert write_yaml(Outline(zone="UTC")) == "workspace: {timezone: UTC}\n"
    assert read_yaml(write_yaml(Outline(zone="UTC"))) == Outline(zone="UTC")


def test_equal_days_are_written_out_each_time() -> None:
    day = date(2026, 10, 1)
    assert "&" not in write_yaml(Outline(cycle=OutlineCycle("Q4", day, day)))
