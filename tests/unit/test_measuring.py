"""When a key result's value is asked for, and as of when it speaks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.okr.health import standing
from bot.okr.measures import Keep, Milestone, Move
from bot.okr.measuring import next_measuring, speaks_of, value_is_due
from bot.okr.model import Cycle, KeyResult, ObjectiveKind, Update

QUARTER = Cycle(1, "2026 Q4", date(2026, 10, 1), date(2026, 12, 30))
"""13 weeks, each from a Thursday on."""
MONTHLY = KeyResult(1, 1, "Satisfaction", 1, Move(0, 100), every=4)


def friday(week: int) -> date:
    return date(2026, 10, 2) + timedelta(weeks=week - 1)


def updates(*weeks: int, value: float = 25) -> list[Update]:
    return [Update(1, friday(week), value, 7) for week in weeks]


@pytest.mark.parametrize(
    ("every", "week", "answered", "due"),
    [
        (1, 1, (), True),
        (1, 5, (4,), True),
        (4, 1, (), False),  # it is at its start
        (4, 3, (1, 2), False),
        (4, 4, (1, 2, 3), True),
        (4, 4, (1, 2, 3, 4), True),  # said today: it can be changed
        (4, 5, (3,), True),  # the fourth week was missed
        (4, 5, (4,), False),
        (4, 7, (5,), False),  # late, but measured
        (4, 8, (5,), True),
        (4, 12, (8,), True),
        (4, 13, (12,), True),  # the last week, however near
        (2, 3, (2,), False),
        (2, 4, (2,), True),
        (20, 12, (), False),
        (20, 13, (12,), True),
    ],
)
def test_the_value_is_asked_for_in_its_weeks_and_until_somebody_answers(
    every: int, week: int, answered: tuple[int, ...], *, due: bool
) -> None:
    seldom = replace(MONTHLY, every=every)
    assert value_is_due(seldom, QUARTER, updates(*answered), friday(week)) is due


@pytest.mark.parametrize(
    ("measure", "due"), [(Move(0, 1), False), (Milestone(), False), (Keep(low=99), True)]
)
def test_a_state_that_nobody_knows_yet_is_asked_for_at_once(
    measure: Move | Keep | Milestone, *, due: bool
) -> None:
    assert value_is_due(replace(MONTHLY, measure=measure), QUARTER, (), friday(1)) is due
    assert not value_is_due(replace(MONTHLY, measure=measure), QUARTER, updates(1), friday(2))


@pytest.mark.parametrize(
    ("every", "week", "then"), [(4, 1, 4), (4, 4, 8), (4, 11, 12), (4, 12, 13), (4, 13, 13), (6, 1, 6)]
)
def test_when_it_is_measured_next(every: int, week: int, then: int) -> None:
    assert next_measuring(replace(MONTHLY, every=every), QUARTER, friday(week)) == friday(then)


def test_its_pace_is_held_to_the_day_when_it_was_measured() -> None:
    weeks = updates(4, 5, 6, 7)
    assert speaks_of(MONTHLY, QUARTER, weeks, friday(7)) == friday(4)
    assert speaks_of(MONTHLY, QUARTER, updates(1, 2), friday(2)) == QUARTER.starts
    assert speaks_of(MONTHLY, QUARTER, updates(4), friday(8)) == friday(8)  # not measured yet
    assert speaks_of(replace(MONTHLY, every=1), QUARTER, weeks, friday(7)) == friday(7)
    # Friday of week 4 is day 22 of 91, 22 steps of 90 after the first: 24 %.
    held = standing(MONTHLY, ObjectiveKind.COMMITTED, QUARTER, weeks, friday(7))
    assert (held.expected, held.progress, held.gap) == (24, 25, -1)
    assert held.forecast is None
    weekly = standing(replace(MONTHLY, every=1), ObjectiveKind.COMMITTED, QUARTER, weeks, friday(7))
    assert (weekly.expected, weekly.gap) == (48, 23)
    assert weekly.forecast == 25
