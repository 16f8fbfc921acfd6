from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.days.weeks import week_of
from bot.okr.measures import Move
from bot.okr.model import Cycle, ObjectiveKind
from bot.okr.numbers.figures import percent
from bot.okr.pace import by_date, expected, forecast, gap, misses, success
from tests.unit.okrs import FRIDAY, QUARTER, key_result, update, weekly

COMMITTED, ASPIRATIONAL = ObjectiveKind.COMMITTED, ObjectiveKind.ASPIRATIONAL
ONE_DAY = Cycle(2, "Hackday", FRIDAY, FRIDAY)
DATES = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CALLS = key_result(40, 20)


@pytest.mark.parametrize(
    ("cycle", "on", "pace"),
    [
        (QUARTER, date(2026, 9, 1), 0),
        (QUARTER, date(2026, 10, 1), 0),
        (QUARTER, date(2026, 10, 2), 1 / 91),
        (QUARTER, FRIDAY, 50 / 91),  # 55 %
        (QUARTER, date(2026, 12, 30), 90 / 91),
        (QUARTER, date(2026, 12, 31), 1),
        (QUARTER, date(2027, 2, 1), 1),
        (ONE_DAY, FRIDAY, 1),
        (ONE_DAY, FRIDAY - timedelta(days=1), 0),
        (ONE_DAY, FRIDAY + timedelta(days=1), 1),
    ],
)
def test_pace_runs_straight_from_the_first_day_to_the_last(cycle: Cycle, on: date, pace: float) -> None:
    assert expected(cycle, on) == pace


@given(DATES, st.integers(0, 500), DATES, st.integers(0, 500))
def test_pace_never_falls_and_stays_between_0_and_1(starts: date, length: int, on: date, later: int) -> None:
    cycle = Cycle(1, "Any", starts, starts + timedelta(days=length))
    assert 0 <= expected(cycle, on) <= expected(cycle, on + timedelta(days=later)) <= 1


@pytest.mark.parametrize(
    ("starts", "ends", "on", "week", "weeks"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), FRIDAY, 8, 13),  # METHOD's digest
        (date(2026, 10, 1), date(2026, 12, 31), date(2026, 10, 1), 1, 13),
        (date(2026, 10, 1), date(2026, 12, 31), date(2026, 10, 7), 1, 13),
        (date(2026, 10, 1), date(2026, 12, 31), date(2026, 10, 8), 2, 13),
        (date(2026, 10, 1), date(2026, 12, 31), date(2026, 12, 31), 13, 13),  # the 92nd day
        (date(2026, 10, 1), date(2026, 12, 31), date(2026, 9, 1), 1, 13),  # before it
        (date(2026, 10, 1), date(2026, 12, 31), date(2027, 2, 1), 13, 13),  # after it
        (date(2026, 11, 2), date(2026, 11, 11), date(2026, 11, 11), 1, 1),  # 10 days: 1.43 weeks
        (date(2026, 11, 2), date(2026, 11, 12), date(2026, 11, 12), 2, 2),  # 11 days: 1.57 weeks
        (date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 3), 1, 1),
        (FRIDAY, FRIDAY, FRIDAY, 1, 1),
    ],
)
def test_weeks_are_counted_by_sevens_from_the_first_day(
    starts: date, ends: date, on: date, week: int, weeks: int
) -> None:
    assert week_of(Cycle(1, "Any", starts, ends), on) == (week, weeks)


@pytest.mark.parametrize(
    ("pace", "progress", "pp"),
    [
        (50 / 91, 0.0, 55),  # METHOD: phone calls, 55 pp behind
        (50 / 91, 0.5, 5),
        (0.554, 0.455, 9),  # 55 % and 46 % as shown, though 9.9 apart
        (0.545, 0.454, 10),  # 55 % and 45 % as shown, though 9.1 apart
        (0.5, 0.8, -30),
        (0.55, 0.55, 0),
    ],
)
def test_gap_is_the_difference_of_the_figures_as_shown(pace: float, progress: float, pp: int) -> None:
    assert gap(pace, progress) == pp


@given(st.floats(0, 1), st.floats(0, 1))
def test_gap_and_progress_add_up_to_pace_as_shown(pace: float, progress: float) -> None:
    assert gap(pace, progress) + percent(progress) == percent(pace)


def test_updates_by_date_keep_the_latest_revision_of_each_date_up_to_the_day() -> None:
    first, second = update(40, on=date(2026, 11, 6)), update(38, on=date(2026, 11, 13))
    corrected = replace(second, value=39, revision=2)
    tomorrow = update(12, on=FRIDAY + timedelta(days=1))
    another = update(99, kr_id=2)
    updates = [corrected, tomorrow, second, another, first]
    assert by_date(CALLS, updates, FRIDAY) == [first, corrected]


@pytest.mark.parametrize(
    ("values", "value"),
    [
        # 41 days of the quarter are left after 20 November.
        ([40, 41, 42], 42 + 41 / 7),
        ([40, 40, 40, 40, 40, 40], 40),
        ([40, 38, 36, 34, 32, 30], 30 - 2 * 41 / 7),
        ([40, 38, 36, 134, 32, 30], 30 - 2 * 41 / 7),  # a stray value does not bend the line
        ([90, 80, 70, 40, 40, 40, 40, 40, 40], 40),  # only the last six count
        # Slopes a week: 1, 3/2, 2, median 3/2; at the last update's height: 3, 5/2, 3, median 3.
        ([0, 1, 3], 3 + 3 / 2 * 41 / 7),
        # Slopes: 0, 0, 10/3, 5, 5, 10, median 25/6; heights: 25/2, 25/3, 85/6, 10, median 45/4.
        ([0, 0, 10, 10], 45 / 4 + 25 / 6 * 41 / 7),
    ],
)
def test_the_forecast_is_a_robust_line_to_the_last_day(values: list[float], value: float) -> None:
    assert forecast(QUARTER, CALLS, weekly(values), FRIDAY) == pytest.approx(value)


@given(
    st.integers(-(10**6), 10**6),
    st.integers(-1000, 1000),
    st.lists(st.integers(0, 50), min_size=3, max_size=9, unique=True),
)
def test_the_forecast_of_a_straight_line_is_exact(height: int, slope: int, days: list[int]) -> None:
    """In tenths, which doubles cannot hold exactly."""
    updates = [update((height + slope * day) / 10, on=QUARTER.starts + timedelta(days=day)) for day in days]
    assert forecast(QUARTER, CALLS, updates, FRIDAY) == (height + slope * 91) / 10


def test_a_forecast_needs_three_dates() -> None:
    two = weekly([40, 30])
    revised = [*two, replace(two[-1], value=25, revision=2)]
    assert forecast(QUARTER, CALLS, revised, FRIDAY) is None


def test_a_corrected_value_replaces_the_first_one_in_the_forecast() -> None:
    updates = weekly([40, 38, 63])
    corrected = replace(updates[-1], value=36, revision=2)
    assert forecast(QUARTER, CALLS, [corrected, *updates], FRIDAY) == pytest.approx(36 - 2 * 41 / 7)


@pytest.mark.parametrize(
    ("on", "given"),
    [
        (date(2026, 10, 23), False),  # 22 of 91 days: 24.2 %
        (date(2026, 10, 24), True),  # 25.3 %
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_forecast_is_given_from_a_quarter_of_the_cycle_to_its_end(on: date, given: bool) -> None:  # noqa: FBT001 a column of the table
    updates = weekly([40, 38, 36], last=date(2026, 10, 23))
    assert (forecast(QUARTER, CALLS, updates, on) is not None) == given


def test_a_forecast_at_the_edge_of_a_double_stays_finite() -> None:
    greatest = 1.7e308
    updates = weekly([-greatest, 0, greatest])
    assert forecast(QUARTER, CALLS, updates, FRIDAY) == pytest.approx(1.7976931348623157e308)


@pytest.mark.parametrize(
    ("start", "target", "kind", "trend", "miss"),
    [
        (40, 20, ASPIRATIONAL, 40, True),  # METHOD: "trend 40: a miss"
        (40, 70, ASPIRATIONAL, 67, False),  # METHOD: "trend 67", 90 % of the way
        (40, 70, COMMITTED, 67, True),
        (0, 100, ASPIRATIONAL, 70, False),
        (0, 100, ASPIRATIONAL, 69.5, False),  # 70 % as shown
        (0, 100, ASPIRATIONAL, 69.4, True),
        (0, 100, COMMITTED, 100, False),
        (0, 100, COMMITTED, 99.4, True),
        (0, 100, COMMITTED, 130, False),
        (40, 20, COMMITTED, 19, False),
        (40, 20, COMMITTED, 21, True),
    ],
)
def test_a_trend_misses_when_it_falls_short_of_success(
    start: float,
    target: float,
    kind: ObjectiveKind,
    trend: float,
    miss: bool,  # noqa: FBT001 a column of the table
) -> None:
    assert misses(Move(start, target), kind, trend) == miss


def test_success_is_all_of_a_commitment_and_seven_tenths_of_an_aspiration() -> None:
    assert success(COMMITTED) == 1.0
    assert success(ASPIRATIONAL) == 0.7
