import math
import sys
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.okr.measures import Move
from bot.okr.model import KeyResult, Objective
from bot.okr.numbers.figures import exact, half_up, mean, nearest, percent
from bot.okr.progress import clamped, move_progress, objective_progress, team_progress
from bot.okr.progress import raw as raw_progress
from tests.unit.okrs import FRIDAY, HANNAH, QUARTER, key_result, update

FINITE = st.floats(allow_nan=False, allow_infinity=False)
BIG = sys.float_info.max
TINY = 5e-324


@pytest.mark.parametrize(
    ("start", "target", "current", "raw"),
    [
        (40, 20, 41, -0.05),  # METHOD: phone calls went the wrong way
        (40, 70, 55, 0.5),
        (40, 20, 25, 0.75),  # down
        (0, 250_000, 120_000, 0.48),
        (7, 8, 9.25, 2.25),  # overshot
        (50, 80, 42.5, -0.25),
        (50, 70, 55.7, 0.285),  # 5.700000000000003 / 20 in doubles
        (1_000_000.1, 1_000_000.3, 1_000_000.2, 0.5),
        (-10, 10, 0, 0.5),
        (-BIG, BIG, 0, 0.5),  # target − start overflows a double
        (BIG, -BIG, -BIG, 1),
        (0, TINY, TINY, 1),
        (0, TINY, 1, BIG),  # out of a double's range: the outermost finite one
        (TINY, 0, 1, -BIG),
    ],
)
def test_move_progress_is_the_part_of_the_way_gone(
    start: float, target: float, current: float, raw: float
) -> None:
    assert move_progress(start, target, current) == raw


def test_a_target_at_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="start and target are the same"):
        move_progress(70, 70.0, 71)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_not_finite_are_refused(bad: float) -> None:
    for values in ((bad, 1, 0), (0, bad, 0), (0, 1, bad)):
        with pytest.raises(ValueError, match="not a finite number"):
            move_progress(*values)
    with pytest.raises(ValueError, match="not a finite number"):
        percent(bad)


@given(FINITE, FINITE)
def test_it_is_0_at_the_start_and_1_at_the_target_whatever_the_direction(start: float, target: float) -> None:
    assume(start != target)
    assert move_progress(start, target, start) == 0
    assert move_progress(start, target, target) == 1


WHOLE = st.integers(-(10**6), 10**6)


@given(WHOLE, WHOLE, WHOLE, st.integers(1, 1000), st.integers(-1000, 1000))
def test_scaling_or_shifting_start_target_and_value_changes_nothing(
    start: int, target: int, current: int, factor: int, shift: int
) -> None:
    assume(start != target)
    raw = move_progress(start, target, current)
    assert move_progress(start * factor, target * factor, current * factor) == raw
    assert move_progress(-start, -target, -current) == raw
    assert move_progress(start + shift, target + shift, current + shift) == raw


@given(WHOLE, WHOLE, WHOLE)
def test_going_there_and_going_back_add_up_to_the_whole_way(start: int, target: int, current: int) -> None:
    assume(start != target)
    there, back = move_progress(start, target, current), move_progress(target, start, current)
    assert there + back == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(
    ("raw", "progress"), [(-0.25, 0), (0.0, 0), (0.38, 0.38), (1.0, 1), (1.25, 1), (BIG, 1), (-BIG, 0)]
)
def test_progress_is_move_progress_held_between_0_and_1(raw: float, progress: float) -> None:
    assert clamped(raw) == progress


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [
        (0.285, 29),  # 0.285 * 100 is 28.499999999999996
        (math.nextafter(0.285, 0), 29),
        (0.145, 15),  # 14.499999999999998
        (0.2849, 28),
        (0.28500001, 29),
        (0.005, 1),
        (0.0049, 0),
        (0.0, 0),
        (-0.0, 0),
        (-0.004, 0),
        (-0.025, -3),  # halves away from zero
        (-0.0249, -2),
        (-0.05, -5),
        (1.255, 126),
        (50 / 91, 55),
        (0.7 * 0.15, 11),  # 0.10499999999999998
        (2 / 3, 67),
    ],
)
def test_percent_is_rounded_half_up_as_people_do_it(fraction: float, shown: int) -> None:
    assert percent(fraction) == shown


def test_percent_of_the_greatest_double_is_a_whole_number_all_the_same() -> None:
    assert percent(BIG) == 100 * exact(BIG)
    assert percent(-BIG) == -percent(BIG)


@given(FINITE, FINITE)
def test_more_is_never_shown_as_less(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert percent(less) <= percent(more)
    assert percent(-one) == -percent(one)


@given(st.integers(-2000, 2000))
def test_a_whole_percent_is_shown_as_itself(figure: int) -> None:
    assert percent(figure / 100) == figure


@pytest.mark.parametrize(("value", "whole"), [("5/2", 3), ("-5/2", -3), ("7/3", 2), ("-1/3", 0), ("4", 4)])
def test_half_up_goes_to_the_nearest_whole_number(value: str, whole: int) -> None:
    assert half_up(Fraction(value)) == whole


@given(FINITE)
def test_a_double_survives_becoming_a_fraction(value: float) -> None:
    assert nearest(exact(value)) == value


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([0.3], 0.3), ([0.0, 1.0], 0.5), ([0.1] * 7, 0.1), ([BIG, BIG], BIG)]
)
def test_mean(values: list[float], middle: float | None) -> None:
    assert mean(values) == middle


@given(st.lists(FINITE, min_size=1, max_size=20))
def test_a_mean_lies_between_its_parts(values: list[float]) -> None:
    middle = mean(values)
    assert middle is not None
    assert min(values) <= middle <= max(values)


def objective(*key_results: KeyResult, objective_id: int = 1, dropped: bool = False) -> Objective:
    return Objective(
        objective_id, 1, 1, "Prove our tea's value", HANNAH, dropped=dropped, key_results=key_results
    )


RENEWALS = key_result(40, 70, kr_id=1)
SELF_SERVICE = key_result(0, 50, kr_id=2)
CALLS = key_result(40, 20, kr_id=3)
DROPPED = KeyResult(4, 1, "Dropped", HANNAH, Move(0, 10), dropped=True)


def raws(values: Mapping[int, float]) -> dict[int, float | None]:
    """Raw progress by the key result's id, of the values that they stand at."""
    found: dict[int, float | None] = {}
    for kr in (RENEWALS, SELF_SERVICE, CALLS, DROPPED):
        history = [update(values[kr.id], kr_id=kr.id)] if kr.id in values else []
        found[kr.id] = raw_progress(kr, QUARTER, history, FRIDAY)
    return found


@pytest.mark.parametrize(
    ("key_results", "values", "progress"),
    [
        ([RENEWALS], {1: 55}, 0.5),
        ([RENEWALS, CALLS], {1: 55, 3: 41}, 0.25),  # −5 % counts as 0
        ([RENEWALS, CALLS], {1: 55, 3: 10}, 0.75),  # 150 % counts as 100 %
        ([RENEWALS, SELF_SERVICE], {1: 55}, 0.25),  # no update counts as 0
        ([RENEWALS, DROPPED], {1: 55, 4: 10}, 0.5),
        ([RENEWALS], {}, 0),
        ([DROPPED], {4: 10}, None),
        ([], {}, None),
    ],
)
def test_an_objective_is_the_mean_of_its_key_results(
    key_results: list[KeyResult], values: dict[int, float], progress: float | None
) -> None:
    assert objective_progress(key_results, raws(values)) == progress


def test_a_team_is_the_mean_of_its_objectives_not_of_its_key_results() -> None:
    latest = raws({1: 70, 2: 0, 3: 30})
    first, second = objective(RENEWALS), objective(SELF_SERVICE, CALLS, objective_id=2)
    assert team_progress([first, second], latest) == 0.625  # of 1 and (0 + 0.5) / 2


def test_objectives_that_are_dropped_or_have_no_key_results_do_not_count_for_the_team() -> None:
    latest = raws({1: 55})
    dropped = objective(CALLS, objective_id=2, dropped=True)
    empty = objective(objective_id=3)
    assert team_progress([objective(RENEWALS), dropped, empty], latest) == 0.5
    assert team_progress([dropped, empty], latest) is None
