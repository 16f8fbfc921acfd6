from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.course import Course, course
from bot.okr.health import Disagreement, Health, Standing, confidence_fell, standing
from bot.okr.model import ObjectiveKind, Update
from tests.unit.okrs import FRIDAY, QUARTER, key_result, update, weekly

COMMITTED, ASPIRATIONAL = ObjectiveKind.COMMITTED, ObjectiveKind.ASPIRATIONAL
CALLS = key_result(40, 20)
SHARE = key_result(0, 100)
"""Its value is its percent."""
LAST_FRIDAY = FRIDAY - timedelta(weeks=1)


def at(value: float, confidence: int, *, before: int | None = None) -> list[Update]:
    """This Friday's update, and last Friday's where its confidence is given."""
    earlier = [] if before is None else [update(value, before, on=LAST_FRIDAY)]
    return [*earlier, update(value, confidence)]


def test_phone_calls_of_the_digest_stand_as_the_method_draws_them() -> None:
    updates = [
        update(40, 5, on=date(2026, 10, 30)),
        update(40, 5, on=date(2026, 11, 6)),
        update(42, 5, on=LAST_FRIDAY),
        update(41, 3),
    ]
    assert standing(CALLS, ASPIRATIONAL, QUARTER, updates, FRIDAY) == Standing(
        key_result=CALLS,
        kind=ASPIRATIONAL,
        update=updates[-1],
        confidence_before=5,
        raw=-5,
        part=-0.05,
        progress=0,
        expected=55,
        gap=55,
        health=Health.RED,
        course=course(QUARTER, CALLS, updates, FRIDAY),
        # Slopes a week: 0, 1, 1/3, 2, 1/2, -1, so the median is (1/3 + 1/2) / 2 = 5/12; at 20 November's
        # height the points stand at 41.25, 40.83, 42.42 and 41, so the median is 41.125; 41 days are left.
        forecast=7319 / 168,  # 41 1/8 + 5/12 * 41/7
        trending_to_miss=True,
    )


@pytest.mark.parametrize(
    ("kind", "value", "confidence", "before", "health"),
    [
        # Pace is 55 %; an aspirational key result is held to 0.7 of it, 38 %.
        (ASPIRATIONAL, 55, 8, None, Health.GREEN),
        (ASPIRATIONAL, 29, 8, None, Health.GREEN),  # 9 pp behind 38 %
        (ASPIRATIONAL, 28.5, 8, None, Health.GREEN),  # 29 % as shown
        (ASPIRATIONAL, 28.4, 8, None, Health.YELLOW),  # 28 % as shown: 10 pp
        (ASPIRATIONAL, 14, 8, None, Health.YELLOW),  # 24 pp
        (ASPIRATIONAL, 13, 8, None, Health.RED),  # 25 pp
        (COMMITTED, 46, 8, None, Health.GREEN),  # 9 pp behind 55 %
        (COMMITTED, 45, 8, None, Health.YELLOW),  # 10 pp
        (COMMITTED, 31, 8, None, Health.YELLOW),  # 24 pp
        (COMMITTED, 30, 8, None, Health.RED),  # 25 pp
        (COMMITTED, -100, 10, None, Health.RED),
        # Low confidence is red however far it is.
        (ASPIRATIONAL, 100, 3, None, Health.RED),
        (COMMITTED, 100, 0, None, Health.RED),
        # Medium confidence is yellow for a commitment only.
        (ASPIRATIONAL, 55, 4, None, Health.GREEN),
        (ASPIRATIONAL, 55, 6, None, Health.GREEN),
        (COMMITTED, 55, 4, None, Health.YELLOW),
        (COMMITTED, 55, 6, None, Health.YELLOW),
        (COMMITTED, 55, 7, None, Health.GREEN),
        # Confidence fell.
        (ASPIRATIONAL, 55, 8, 9, Health.GREEN),
        (ASPIRATIONAL, 55, 8, 10, Health.YELLOW),
        (COMMITTED, 55, 7, 9, Health.YELLOW),
        (ASPIRATIONAL, 55, 9, 5, Health.GREEN),
        (ASPIRATIONAL, 55, 3, 9, Health.RED),
    ],
)
def test_health_is_the_first_that_matches(
    kind: ObjectiveKind, value: float, confidence: int, before: int | None, health: Health
) -> None:
    stands = standing(SHARE, kind, QUARTER, at(value, confidence, before=before), FRIDAY)
    assert stands.health == health
    assert stands.underlying is None


@pytest.mark.parametrize(
    ("updates", "rounds_without", "health"),
    [
        ([], 0, Health.NO_DATA),
        ([], 1, Health.SILENT),
        (at(100, 10), 0, Health.GREEN),
        (at(100, 10), 1, Health.SILENT),
        (at(0, 0), 3, Health.SILENT),  # silence comes before red
    ],
)
def test_a_digest_without_an_update_makes_it_silent(
    updates: list[Update], rounds_without: int, health: Health
) -> None:
    stands = standing(SHARE, COMMITTED, QUARTER, updates, FRIDAY, rounds_without=rounds_without)
    assert (stands.health, stands.weeks_silent) == (health, rounds_without)


@given(
    st.floats(-1e6, 1e6),
    st.integers(0, 10),
    st.integers(1, 20),
    st.sampled_from(ObjectiveKind),
    st.booleans(),
)
def test_silence_is_never_green(
    value: float,
    confidence: int,
    rounds: int,
    kind: ObjectiveKind,
    away: bool,  # noqa: FBT001 hypothesis gives it
) -> None:
    updates = at(value, confidence)
    stands = standing(SHARE, kind, QUARTER, updates, FRIDAY, rounds_without=rounds, away=away)
    assert Health.GREEN not in {stands.health, stands.underlying}


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300), st.dates(date(2026, 9, 1), date(2027, 1, 31)))
def test_figures_as_shown_add_up(target: float, value: float, on: date) -> None:
    kr = key_result(50, 51 if target == 50 else target)
    stands = standing(kr, ASPIRATIONAL, QUARTER, [update(value, on=on)], on)
    assert stands.gap + stands.progress == stands.expected
    assert stands.raw is not None
    assert stands.progress == min(max(stands.raw, 0), 100)


@pytest.mark.parametrize(
    ("updates", "rounds_without", "underlying"),
    [
        (at(55, 8), 0, Health.GREEN),
        (at(0, 8), 0, Health.RED),
        (at(55, 8), 2, Health.SILENT),
        ([], 0, Health.NO_DATA),
    ],
)
def test_away_keeps_what_it_was_before_beside_it(
    updates: list[Update], rounds_without: int, underlying: Health
) -> None:
    stands = standing(SHARE, COMMITTED, QUARTER, updates, FRIDAY, rounds_without=rounds_without, away=True)
    assert (stands.health, stands.underlying) == (Health.AWAY, underlying)


def test_closed_comes_before_everything() -> None:
    stands = standing(SHARE, COMMITTED, QUARTER, at(0, 0), FRIDAY, rounds_without=2, away=True, closed=True)
    assert (stands.health, stands.underlying) == (Health.CLOSED, None)


@pytest.mark.parametrize(
    ("value", "confidence", "disagreement"),
    [
        (30, 7, Disagreement.CONFIDENT_BUT_BEHIND),  # 25 pp behind 55 %
        (31, 7, None),  # 24 pp
        (30, 6, None),
        (55, 3, Disagreement.DOUBTFUL_BUT_AHEAD),  # exactly at pace
        (90, 2, Disagreement.DOUBTFUL_BUT_AHEAD),
        (54, 3, None),
        (55, 4, None),
    ],
)
def test_confidence_against_pace_is_said(
    value: float, confidence: int, disagreement: Disagreement | None
) -> None:
    stands = standing(SHARE, ASPIRATIONAL, QUARTER, at(value, confidence), FRIDAY)
    assert stands.disagreement == disagreement


def test_without_an_update_there_are_no_figures_but_pace() -> None:
    assert standing(SHARE, COMMITTED, QUARTER, [], FRIDAY) == Standing(
        key_result=SHARE,
        kind=COMMITTED,
        update=None,
        confidence_before=None,
        raw=None,
        part=None,
        progress=0,
        expected=55,
        gap=55,
        health=Health.NO_DATA,
        course=Course(QUARTER.starts, QUARTER.ends, FRIDAY, ()),
    )


def test_only_updates_up_to_the_day_count_in_their_latest_revision() -> None:
    earlier, first = update(20, 6, on=LAST_FRIDAY), update(30, 9)
    corrected = replace(first, value=50, confidence=7, revision=2)
    later = update(99, 1, on=FRIDAY + timedelta(days=1))
    stands = standing(SHARE, COMMITTED, QUARTER, [corrected, later, first, earlier], FRIDAY)
    assert (stands.update, stands.confidence_before, stands.progress) == (corrected, 6, 50)


@pytest.mark.parametrize(
    ("kind", "last", "miss"),
    [
        (ASPIRATIONAL, 42, False),  # 6 a week from 42 on: 77 at the end
        (COMMITTED, 42, True),
        (ASPIRATIONAL, 30, True),  # 65
    ],
)
def test_a_trend_is_shown_with_whether_it_misses(
    kind: ObjectiveKind,
    last: float,
    miss: bool,  # noqa: FBT001 a column of the table
) -> None:
    updates = weekly([last - 12, last - 6, last])
    stands = standing(SHARE, kind, QUARTER, updates, FRIDAY)
    assert stands.forecast == pytest.approx(last + 6 * 41 / 7)
    assert stands.trending_to_miss == miss


@pytest.mark.parametrize(
    ("confidence", "before", "fell"),
    [(8, 10, True), (0, 9, True), (8, 9, False), (8, 8, False), (9, 5, False), (3, None, False)],
)
def test_confidence_fell_by_two_or_more_against_the_update_before(
    confidence: int,
    before: int | None,
    fell: bool,  # noqa: FBT001 a column of the table
) -> None:
    stands = standing(SHARE, COMMITTED, QUARTER, at(50, confidence, before=before), FRIDAY)
    assert confidence_fell(stands) == fell


def test_nothing_fell_where_nothing_was_said() -> None:
    assert not confidence_fell(standing(SHARE, COMMITTED, QUARTER, [], FRIDAY))
