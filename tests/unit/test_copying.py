"""A key result of the last cycle, as it begins in the next one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.measures import Checkpoint, Keep, Measure, Milestone, Move, Step
from bot.okr.model import KeyResult, Update
from bot.okr.writing.copying import Left, copied

FRIDAY = date(2026, 12, 18)
DUE = date(2026, 12, 1)
STEPS = (Step(1, "Plan", 1.0, DUE), Step(2, "Ship", 2.0, DUE))


def key_result(measure: Measure) -> KeyResult:
    return KeyResult(1, 1, "Renewals", 1, measure, "%")


def said(value: float, steps: frozenset[int] = frozenset()) -> Update:
    return Update(1, FRIDAY, value, 7, steps_done=steps)


@pytest.mark.parametrize(
    ("measure", "last", "expected", "left"),
    [
        (Move(40, 70), None, Move(40, 70), None),
        (Move(40, 70), said(55), Move(55, 70), None),
        (Move(40, 70), said(30), Move(30, 70), None),  # it fell: it begins from there
        (Move(40, 70), said(70), Move(40, 70), Left.REACHED),
        (Move(40, 70), said(75), Move(40, 70), Left.REACHED),
        (Move(40, 20), said(18), Move(40, 20), Left.REACHED),
        (Move(40, 20), said(31), Move(31, 20), None),
        (Move(40, 70, (Checkpoint(DUE, 60),)), said(55), Move(55, 70), None),
        (Keep(99, None), said(98), Keep(99, None), None),
        (Milestone(STEPS), None, Milestone((Step(1, "Plan"), Step(2, "Ship", 2.0))), None),
        (Milestone(STEPS), said(33, frozenset({1})), Milestone((Step(2, "Ship", 2.0),)), None),
        (
            Milestone(STEPS),
            said(100, frozenset({1, 2})),
            Milestone((Step(1, "Plan"), Step(2, "Ship", 2.0))),
            Left.DONE,
        ),
        (Milestone(), None, Milestone(), None),
        (Milestone(), said(100, frozenset({0})), Milestone(), Left.DONE),
    ],
)
def test_it_starts_from_where_it_stood(
    measure: Measure, last: Update | None, expected: Measure, left: Left | None
) -> None:
    copy = copied(key_result(measure), last)
    assert copy.key_result.measure == expected
    assert copy.left == left


NUMBERS = st.floats(-1e12, 1e12, allow_nan=False)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_copy_can_always_be_measured(start: float, target: float, last: float) -> None:
    if start == target:
        return
    measure = copied(key_result(Move(start, target)), said(last)).key_result.measure
    assert isinstance(measure, Move)
    assert measure.start != measure.target == target
