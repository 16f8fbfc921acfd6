"""How somebody has answered, and when their lead is told, by table."""

from datetime import date, timedelta

import pytest

from bot.okr.days.attendance import Asked, Attendance, TeamRecord, TeamWeek, attendance, is_told, team_record
from bot.okr.model import OwedState
from tests.unit.when import when

DIGEST = when("Fri 2026-11-20 16:30 +0800")
A, M, V, W = OwedState.ANSWERED, OwedState.MISSED, OwedState.AWAY, OwedState.WAITING

# What a person's rounds became, the newest first, and whether the lead is told with the newest.
RUNS = [
    pytest.param([[M], [M]], True, id="two in a row"),
    pytest.param([[M], [M], [A]], True, id="after an answer"),
    pytest.param([[M]], False, id="one"),
    pytest.param([[M], [A], [M]], False, id="not in a row"),
    pytest.param([[M], [M], [M]], False, id="three: told before"),
    pytest.param([[M], [V], [M]], True, id="a week away between them does not count"),
    pytest.param([[M], [V], [M], [V], [M]], False, id="nor does it begin anew"),
    pytest.param([[A], [M], [M]], False, id="answered this time"),
    pytest.param([[M, A], [M, V]], True, id="in part is missed"),
    pytest.param([], False, id="nothing"),
]


@pytest.mark.parametrize(("weeks", "told"), RUNS)
def test_the_lead_is_told_at_the_second_in_a_row(weeks: list[list[OwedState]], told: bool) -> None:  # noqa: FBT001
    assert is_told(weeks) is told


def weeks(*newest_first: dict[int, set[OwedState]] | None) -> list[TeamWeek]:
    """A team's rounds, week after week; None is a skipped one, without a digest."""
    friday = date(2026, 11, 20)
    return [
        TeamWeek(friday - timedelta(weeks=back), digested=owed is not None, owed=owed or {})
        for back, owed in enumerate(newest_first)
    ]


ALL, HALF, NOBODY = {1: {A}, 2: {A}}, {1: {A}, 2: {M}}, {1: {V}, 2: {V}}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param([], None, id="before its first digest"),
        pytest.param(weeks(ALL), TeamRecord(1, 100, 1, (100,)), id="its first week"),
        pytest.param(weeks({1: {A}, 2: {W}}), TeamRecord(1, 50, 1, (50,)), id="may still be late"),
        pytest.param(weeks(ALL, {1: {A}, 2: {A, M}}), TeamRecord(2, 75, 2, (50, 100)), id="in part is not"),
        pytest.param(weeks(ALL, None, HALF), TeamRecord(2, 75, 1, (50, None, 100)), id="a skipped week"),
        pytest.param(weeks(None, ALL), TeamRecord(1, 100, 0, (100,)), id="the newest was skipped"),
        pytest.param(weeks(ALL, NOBODY, HALF), TeamRecord(2, 75, 3, (50, None, 100)), id="all away"),
        pytest.param(weeks(NOBODY, HALF), TeamRecord(1, 50, 2, (50,)), id="all away this week"),
        pytest.param(weeks({1: {M}, 2: {V}}, ALL), TeamRecord(2, 67, 2, (100, 0)), id="one away"),
        pytest.param(weeks({1: {A, V}}), TeamRecord(1, 100, 1, (100,)), id="away for one of two teams"),
        pytest.param(weeks(NOBODY), None, id="nobody was ever asked"),
        pytest.param(
            weeks(*[ALL] * 12, *[HALF] * 3), TeamRecord(12, 100, 15, (100,) * 12), id="twelve weeks"
        ),
        pytest.param(
            [weeks(ALL)[0], *weeks(None, None, None, HALF, HALF)[3:]],
            TeamRecord(3, 67, 1, (50, 50, None, None, 100)),
            id="weeks without any round",
        ),
        pytest.param(
            [weeks(ALL)[0], TeamWeek(date(2026, 11, 9), digested=True, owed=HALF)],
            TeamRecord(2, 75, 2, (50, 100)),
            id="the check-in day has changed",
        ),
    ],
)
def test_a_teams_record_is_of_all_together(known: list[TeamWeek], expected: TeamRecord | None) -> None:
    assert team_record(known) == expected


def asked(check_in: int, state: OwedState, minutes_late: int = 0, own: int = 0) -> Asked:
    """Answered so many minutes after the digest; the own answer hour is so many after it."""
    at = DIGEST + timedelta(minutes=minutes_late) if state is A else None
    return Asked(check_in, state, at, DIGEST, DIGEST + timedelta(minutes=own))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([asked(1, A), asked(1, A, -60)], Attendance(1, 0, 0)),
        ([asked(1, A), asked(1, A, 1)], Attendance(0, 1, 0)),
        ([asked(1, A, 30, own=30)], Attendance(1, 0, 0)),
        ([asked(1, A), asked(1, M)], Attendance(0, 0, 1)),
        ([asked(1, V), asked(2, V), asked(2, A)], Attendance(1, 0, 0)),
        ([asked(1, W), asked(1, A), asked(2, M)], Attendance(0, 0, 1)),
        ([asked(number, A) for number in range(12)] + [asked(99, M)], Attendance(12, 0, 0)),
        ([], Attendance()),
    ],
)
def test_a_check_in_is_as_its_worst_key_result(rows: list[Asked], expected: Attendance) -> None:
    assert attendance(rows) == expected
