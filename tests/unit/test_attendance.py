"""How somebody has answered, and when their lead is told, by table."""

from datetime import timedelta

import pytest

from bot.okr.attendance import Asked, Attendance, TeamRecord, attendance, is_told, team_record
from bot.okr.model import OwedState, RoundState
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


NOW, D, C, S = RoundState.OPEN, RoundState.DIGESTED, RoundState.CLOSED, RoundState.SKIPPED


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        ([], None),
        ([(NOW, {1: {A}, 2: {W}})], None),
        ([(D, {1: {A}, 2: {W}})], TeamRecord(1, 50, 1)),
        ([(NOW, {1: {W}}), (D, {1: {A}, 2: {A, M}}), (C, {1: {A}, 2: {A}})], TeamRecord(2, 75, 2)),
        ([(C, {1: {A}, 2: {V}}), (S, {}), (C, {1: {M}})], TeamRecord(2, 50, 1)),
        ([(S, {}), (C, {1: {A, V}})], TeamRecord(1, 100, 0)),
        ([(C, {1: {V}}), (C, {1: {A}})], TeamRecord(1, 100, 2)),
        ([(C, {1: {V}})], None),
        ([(C, {1: {A}})] * 12 + [(C, {1: {M}})] * 3, TeamRecord(12, 100, 15)),
    ],
)
def test_a_teams_record_is_of_all_together(
    rounds: list[tuple[RoundState, dict[int, set[OwedState]]]], expected: TeamRecord | None
) -> None:
    assert team_record(rounds) == expected


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
