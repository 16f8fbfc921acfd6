"""What can be measured by, and what cannot; hand-computed, in TeeBee's quarter of 13 weeks and 91 days."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.measures import (
    Checkpoint,
    Keep,
    Measure,
    Milestone,
    Move,
    Step,
    Unmeasurable,
    problems,
)
from bot.okr.pace import expected, points
from bot.okr.progress import keep_progress, milestone_progress, weighted_mean
from tests.unit.okrs import FRIDAY, QUARTER, update

STARTS, ENDS = QUARTER.starts, QUARTER.ends
NOVEMBER = date(2026, 11, 1)
AT_LEAST, AT_MOST, WITHIN = Keep(low=90), Keep(high=5), Keep(low=2, high=4)


@pytest.mark.parametrize(
    ("measure", "wrong"),
    [
        (Move(40, 70), []),
        (Move(70, 40, (Checkpoint(NOVEMBER, 60),)), []),
        (Move(70, 70), [Unmeasurable.NO_WAY]),
        (Move(math.nan, 70), [Unmeasurable.NOT_FINITE]),
        (Move(0, 1, (Checkpoint(NOVEMBER, math.inf),)), [Unmeasurable.NOT_FINITE]),
        (
            Move(0, 9, (Checkpoint(FRIDAY, 5), Checkpoint(NOVEMBER, 2))),
            [Unmeasurable.CHECKPOINT_ORDER],
        ),
        (Move(0, 9, (Checkpoint(FRIDAY, 5), Checkpoint(FRIDAY, 5))), [Unmeasurable.CHECKPOINT_ORDER]),
        (Move(0, 9, (Checkpoint(STARTS, 1),)), [Unmeasurable.CHECKPOINT_OUTSIDE]),
        (Move(0, 9, (Checkpoint(ENDS, 8),)), [Unmeasurable.CHECKPOINT_OUTSIDE]),
        (AT_LEAST, []),
        (AT_MOST, []),
        (Keep(low=3, high=3), []),
        (Keep(), [Unmeasurable.NO_BOUND]),
        (Keep(low=4, high=2), [Unmeasurable.BOUNDS_CROSS]),
        (Keep(high=-math.inf), [Unmeasurable.NOT_FINITE]),
        (Milestone(), []),
        (Milestone((Step(1, "Draft", 2, STARTS), Step(2, "Ship", due=ENDS))), []),
        (Milestone((Step(1, "Draft", 0), Step(2, "Ship", -1))), [Unmeasurable.WEIGHT]),
        (Milestone((Step(1, "Draft", math.inf),)), [Unmeasurable.NOT_FINITE]),
        (Milestone((Step(1, "Draft", due=date(2027, 1, 1)),)), [Unmeasurable.DUE_OUTSIDE]),
    ],
)
def test_what_cannot_be_measured_by_is_named(measure: Measure, wrong: list[Unmeasurable]) -> None:
    assert list(problems(measure, STARTS, ENDS)) == wrong


@pytest.mark.parametrize(
    ("keep", "value", "holds"),
    [
        (AT_LEAST, 90, True),
        (AT_LEAST, 89.99, False),
        (AT_MOST, 5, True),
        (AT_MOST, 5.01, False),
        (WITHIN, 2, True),
        (WITHIN, 4, True),
        (WITHIN, 1.9, False),
        (WITHIN, 4.1, False),
    ],
)
def test_bounds_are_included(keep: Keep, value: float, *, holds: bool) -> None:
    assert keep.holds(value) is holds


FIRST, SECOND, THIRD, FOURTH = (date(2026, 10, day) for day in (2, 9, 16, 23))


@pytest.mark.parametrize(
    ("said", "passed_by", "on", "progress"),
    [
        ([], [], FOURTH, None),
        ([], [FIRST], FOURTH, None),
        ([(FIRST, 95)], [], FIRST, 1 / 13),
        ([(FIRST, 80)], [], FIRST, 0),
        ([(FIRST, 95), (SECOND, 80), (THIRD, 91)], [], THIRD, 2 / 13),
        ([(FIRST, 95), (THIRD, 91)], [], THIRD, 2 / 13),  # nobody answered in the second week
        ([(FIRST, 95), (THIRD, 91)], [SECOND], THIRD, 3 / 13),  # away: it takes the third week's state
        ([(FIRST, 95), (THIRD, 80)], [SECOND], THIRD, 1 / 13),
        ([(FIRST, 95)], [SECOND], THIRD, 1 / 13),  # not known yet
        ([(FOURTH, 95)], [FIRST, THIRD], FOURTH, 3 / 13),  # an unanswered week between two away
        ([(FIRST, 80), (date(2026, 10, 6), 95)], [], FOURTH, 1 / 13),  # a week's last reading is its state
        ([(FIRST, 95), (FOURTH, 95)], [], THIRD, 1 / 13),  # later readings are not known on that day
    ],
)
def test_a_kept_state_is_the_weeks_held_of_all(
    said: list[tuple[date, float]], passed_by: list[date], on: date, progress: float | None
) -> None:
    readings = [update(value, on=day) for day, value in said]
    assert keep_progress(AT_LEAST, QUARTER, readings, on, passed_by) == progress


@given(st.lists(st.tuples(st.integers(0, 91), st.floats(80, 100))), st.sets(st.integers(0, 91)))
def test_it_lies_between_0_and_1_and_never_falls(said: list[tuple[int, float]], away: set[int]) -> None:
    day = [date.fromordinal(STARTS.toordinal() + back) for back in range(92)]
    readings = [update(value, on=day[back]) for back, value in sorted(dict(said).items())]
    passed = [day[back] for back in away]
    each = [keep_progress(AT_LEAST, QUARTER, readings, on, passed) or 0.0 for on in day]
    assert all(0 <= one <= 1 for one in each)
    assert each[6::7] == sorted(each[6::7])  # at the ends of weeks; within one its last reading may change it


DRAFT, TEST, SHIP = Step(1, "Draft", 1), Step(2, "Test", 2), Step(3, "Ship", 5)


@pytest.mark.parametrize(
    ("steps", "done", "progress"),
    [
        ((), [], 0),
        ((), [0], 1),
        ((DRAFT, TEST, SHIP), [], 0),
        ((DRAFT, TEST, SHIP), [1, 2], 0.375),
        ((DRAFT, TEST, SHIP), [1, 2, 3], 1),
        ((DRAFT, TEST, SHIP), [99], 0),  # a step that is gone
        ((Step(1, "A", 0.1), Step(2, "B", 0.2)), [2], 2 / 3),
    ],
)
def test_a_milestone_is_the_weight_of_what_is_done(
    steps: tuple[Step, ...], done: list[int], progress: float
) -> None:
    assert milestone_progress(Milestone(steps), done) == progress


@pytest.mark.parametrize(
    ("parts", "mean"),
    [
        ([], None),
        ([(0, 1), (0, 0.5)], None),
        ([(1, 0.25)], 0.25),
        ([(1, 0.2), (1, 0.4)], 0.3),
        ([(3, 0.2), (1, 1)], 0.4),
        ([(0, 1), (2, 0.5)], 0.5),
    ],
)
def test_a_rollup_is_the_weighted_mean(parts: list[tuple[float, float]], mean: float | None) -> None:
    assert weighted_mean(parts) == mean


@given(st.lists(st.tuples(st.floats(0.001, 1e6), st.floats(0, 1)), min_size=1))
def test_a_rollup_lies_between_its_parts(parts: list[tuple[float, float]]) -> None:
    values = [value for _, value in parts]
    assert min(values) <= (weighted_mean(parts) or 0.0) <= max(values)


HALF_WAY = Move(0, 100, (Checkpoint(date(2026, 11, 30), 20),))
"""20 % by day 60 of 91, the rest in the 31 days after."""


@pytest.mark.parametrize(
    ("measure", "on", "pace"),
    [
        (HALF_WAY, STARTS, 0),
        (HALF_WAY, date(2026, 10, 31), 0.1),  # day 30
        (HALF_WAY, date(2026, 11, 30), 0.2),
        (HALF_WAY, date(2026, 12, 31), 1),
        (Move(100, 0, (Checkpoint(date(2026, 11, 30), 80),)), date(2026, 10, 31), 0.1),
        (Move(0, 100, (Checkpoint(date(2026, 11, 30), -10),)), date(2026, 11, 30), -0.1),  # worse at first
        (Move(0, 100), FRIDAY, 50 / 91),
        (AT_LEAST, FRIDAY, 50 / 91),
        (Milestone(), FRIDAY, 50 / 91),
        (Milestone((Step(1, "A", due=FRIDAY), Step(2, "B"))), FRIDAY, 50 / 91),  # one is due at any time
        (Milestone((Step(1, "A", 1, FRIDAY), Step(2, "B", 3, ENDS))), FRIDAY, 0.25),
        (Milestone((Step(1, "A", 1, FRIDAY), Step(2, "B", 3, ENDS))), date(2026, 10, 26), 0.125),
    ],
)
def test_pace_goes_through_checkpoints_and_due_days(measure: Measure, on: date, pace: float) -> None:
    assert expected(QUARTER, on, points(measure)) == pace
