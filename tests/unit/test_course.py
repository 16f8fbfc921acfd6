"""The course of a key result, and what of it a chart shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.okr.chart import of_digest
from bot.okr.course import Course, Reading, course
from bot.okr.defaults import PANELS_MOST
from bot.okr.digest.agenda import OwnedStanding
from bot.okr.measures import Checkpoint, Move
from tests.slack.samples import course as weekly_course
from tests.slack.samples import digest_view, renewals, talk_item
from tests.unit.okrs import FRIDAY, QUARTER, key_result, update, weekly

CALLS = key_result(60, 20)
NOTHING_SAID = Course(QUARTER.starts, QUARTER.ends, FRIDAY, ())


def test_the_readings_are_what_was_said_last_on_each_date_in_percent_of_the_way() -> None:
    said = [*weekly([60, 64, 41]), replace(update(40), revision=2), update(20, on=FRIDAY + timedelta(days=1))]
    known = course(QUARTER, CALLS, reversed(said), FRIDAY)
    assert (known.starts, known.ends, known.on) == (QUARTER.starts, QUARTER.ends, FRIDAY)
    assert [(FRIDAY - one.on, one.raw) for one in known.readings] == [
        (timedelta(weeks=2), 0),
        (timedelta(weeks=1), -10),
        (timedelta(0), 50),
    ]


@pytest.mark.parametrize(
    ("said", "most", "shown"),
    [
        ((), 8, ()),
        ((5,), 8, (5,)),
        ((5, None, 12), 8, (5, None, 12)),
        ((5, 12, None, None), 8, (5, 12, None, None)),
        ((1, 2, 3, 4), 2, (3, 4)),
        ((1, 2, None, 4), 2, (4,)),  # begins with a week that has a reading
        ((1, None, None), 2, ()),
        ((1, 2), 0, ()),
    ],
)
def test_the_last_weeks_are_told_from_the_first_with_a_reading(
    said: tuple[int | None, ...], most: int, shown: tuple[int | None, ...]
) -> None:
    assert weekly_course(*said).weeks(most) == shown


def test_the_last_reading_of_a_week_counts() -> None:
    days = (FRIDAY - timedelta(days=back) for back in (8, 7, 6, 0))
    known = replace(NOTHING_SAID, readings=tuple(Reading(day, raw) for raw, day in enumerate(days)))
    assert known.weeks(8) == (1, 3)


def test_the_pace_bends_where_checkpoints_say_so() -> None:
    half_way = replace(
        CALLS, measure=Move(60, 20, (Checkpoint(FRIDAY, 50), Checkpoint(FRIDAY + timedelta(weeks=2), 25)))
    )
    known = course(QUARTER, half_way, weekly([60, 55]), FRIDAY)
    assert known.through == ((FRIDAY, 25), (FRIDAY + timedelta(weeks=2), 88))
    assert course(QUARTER, CALLS, weekly([60, 55]), FRIDAY).through == ()


def test_a_chart_numbers_its_panels_as_the_digest_does_and_goes_on_from_there() -> None:
    new = renewals(course=NOTHING_SAID)
    digest = digest_view(
        talk=(talk_item(), talk_item(owner="Hannah")), not_judged=(OwnedStanding(new, "Jim"),)
    )
    chart = of_digest(digest)
    assert chart is not None
    assert [(panel.number, panel.owner) for panel in chart.panels] == [
        *((1, "Jack"), (2, "Hannah")),
        *((3, "Hannah"), (4, "Jim")),
    ]
    assert (chart.week, chart.weeks, chart.on, chart.more) == (8, 13, FRIDAY, 0)


def test_a_chart_holds_so_many_panels_and_says_how_many_more_there_are() -> None:
    chart = of_digest(digest_view(talk=(talk_item(),) * (PANELS_MOST + 3), on_track=()))
    assert chart is not None
    assert (len(chart.panels), chart.more) == (PANELS_MOST, 3)


def test_a_chart_reaches_from_the_first_day_of_any_cycle_to_the_last() -> None:
    year = replace(weekly_course(5), starts=QUARTER.starts - timedelta(days=90), ends=QUARTER.ends)
    chart = of_digest(digest_view(on_track=(OwnedStanding(renewals(course=year), "Hannah"),)))
    assert chart is not None
    assert (chart.starts, chart.ends) == (year.starts, QUARTER.ends)


def test_where_nobody_has_said_anything_there_is_no_chart() -> None:
    silent = talk_item(standing=renewals(course=NOTHING_SAID))
    assert of_digest(digest_view(talk=(silent,), on_track=())) is None
    assert of_digest(digest_view(talk=(), on_track=())) is None
