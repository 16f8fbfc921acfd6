"""The two gentle questions: when they are worth asking."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.okr.model import Action, ActionOutcome
from bot.okr.questions import is_it_the_right_work, may_be_asked, should_the_okrs_change
from tests.unit.okrs import FRIDAY, HANNAH, key_result, update

WEEKS = [FRIDAY - timedelta(weeks=back) for back in range(4)]
DATES = WEEKS[:3]
CALLS = key_result(60, 20)


def done(on: date, key_result_id: int | None = 1, outcome: ActionOutcome = ActionOutcome.DONE) -> Action:
    return Action(1, HANNAH, "call", on - timedelta(weeks=1), key_result_id, outcome, on)


@pytest.mark.parametrize(
    ("values", "actions", "asked"),
    [
        ((44, 44, 44, 44), [done(on) for on in DATES], True),
        ((43, 44, 44, 44), [done(on) for on in DATES], False),  # it moved this week
        ((44, 44, 44, 45), [done(on) for on in DATES], False),  # and here in the first of the three
        ((44, 43, 44, 44), [done(on) for on in DATES], False),  # to and fro is moving, too
        ((44, 44, 44, 44), [done(on) for on in DATES[:2]], False),
        ((44, 44, 44, 44), [done(on, key_result_id=2) for on in DATES], False),
        ((44, 44, 44, 44), [done(on, None) for on in DATES], False),
        ((44, 44, 44, 44), [done(on, outcome=ActionOutcome.DROPPED) for on in DATES], False),
        ((60, 60, 60), [done(on) for on in DATES], True),  # where it started
        ((59, 59, 59), [done(on) for on in DATES], False),
        ((), [done(on) for on in DATES], True),
    ],
)
def test_work_that_gets_done_and_moves_nothing_is_asked_about(
    values: Sequence[float], actions: Sequence[Action], *, asked: bool
) -> None:
    updates = [update(value, on=on) for value, on in zip(values, WEEKS, strict=False)]
    assert is_it_the_right_work(CALLS, DATES, actions, updates) is asked


def a_week(on: date, tied: int, untied: int) -> list[Action]:
    return [Action(1, HANNAH, "call", on, key_result_id) for key_result_id in [1] * tied + [None] * untied]


@pytest.mark.parametrize(
    ("weeks", "asked"),
    [
        ([(0, 1), (1, 2), (2, 3)], True),
        ([(0, 1), (1, 1), (2, 3)], False),  # half is not most
        ([(0, 1), (0, 0), (2, 3)], False),  # a week without actions says nothing
        ([(3, 0), (0, 3), (0, 3)], False),
    ],
)
def test_work_that_mostly_belongs_to_no_key_result_is_asked_about(
    weeks: Sequence[tuple[int, int]], *, asked: bool
) -> None:
    actions = [one for on, week in zip(DATES, weeks, strict=True) for one in a_week(on, *week)]
    assert should_the_okrs_change(DATES, actions) is asked


MONTHS = [
    pytest.param(None, date(2026, 11, 20), True, id="never"),
    pytest.param(date(2026, 10, 23), date(2026, 11, 19), False, id="27 days: another team's Thursday before"),
    pytest.param(date(2026, 10, 23), date(2026, 11, 20), True, id="28 days: the fourth Friday"),
    pytest.param(date(2026, 11, 23), date(2026, 11, 20), False, id="another team's Monday, opened before"),
    pytest.param(date(2026, 12, 25), date(2027, 1, 15), False, id="three weeks over the year's end"),
    pytest.param(date(2026, 12, 25), date(2027, 1, 22), True, id="four"),
    pytest.param(date(2027, 1, 29), date(2027, 2, 26), True, id="from 29 January to 26 February"),
    pytest.param(date(2028, 2, 4), date(2028, 3, 2), False, id="27 days over a leap day"),
    pytest.param(date(2028, 2, 4), date(2028, 3, 3), True, id="28"),
]


@pytest.mark.parametrize(("last", "on", "expected"), MONTHS)
def test_a_question_rests_for_28_days(last: date | None, on: date, *, expected: bool) -> None:
    assert may_be_asked(last, on) is expected
