"""On which of their days people are asked: own working weeks and absences, by table, in local times."""

from dataclasses import replace

import pytest

from bot.okr.model import SUNDAY, CheckInTimes
from bot.okr.rounds import plan_round
from tests.unit.when import (
    AUCKLAND,
    EVERY_DAY,
    JERUSALEM,
    KIRITIMATI,
    LONDON,
    SUNDAY_TO_THURSDAY,
    a_team,
    away,
    day,
    expected_prompts,
    hour,
    meeting,
    people_in,
    person_in,
    prompts,
    when,
)

SUNDAY_TO_THURSDAY_WEEKS = [
    pytest.param("Fri 2026-11-20", "Thu 2026-11-19 10:00 +0200", "Sun 2026-11-22 09:00 +0200", id="Friday: asked on Thursday, digest on Sunday morning"),
    pytest.param("Thu 2026-11-19", "Thu 2026-11-19 10:00 +0200", "Thu 2026-11-19 16:30 +0200", id="Thursday: on the day"),
    pytest.param("Sun 2026-11-22", "Sun 2026-11-22 10:00 +0200", "Sun 2026-11-22 16:30 +0200", id="Sunday: the last day of the ISO week"),
    pytest.param("Fri 2026-03-27", "Thu 2026-03-26 10:00 +0200", "Sun 2026-03-29 09:00 +0300", id="Friday of the clock change: Thursday before, Sunday after"),
    pytest.param("Fri 2026-10-23", "Thu 2026-10-22 10:00 +0300", "Sun 2026-10-25 09:00 +0200", id="Friday, clocks change on Sunday before the digest"),
]  # fmt: skip


@pytest.mark.parametrize(("on", "prompt", "digest"), SUNDAY_TO_THURSDAY_WEEKS)
def test_jerusalem_works_from_sunday_to_thursday(on: str, prompt: str, digest: str) -> None:
    team = a_team(JERUSALEM, CheckInTimes(day=day(on).weekday()), SUNDAY_TO_THURSDAY)
    plan = plan_round(team, day(on), people_in([JERUSALEM], SUNDAY_TO_THURSDAY), [])
    assert (prompts(plan), plan.digest_at) == ({1: when(prompt)}, when(digest))


def test_working_weeks_of_a_spread_team_are_each_persons_own() -> None:
    team = a_team(JERUSALEM, meeting("11:00", on=SUNDAY), SUNDAY_TO_THURSDAY)
    here, there = person_in(JERUSALEM, 1, SUNDAY_TO_THURSDAY), person_in(LONDON, 2)
    plan = plan_round(team, day("Fri 2026-11-20"), [here, there], [])
    assert prompts(plan) == {1: when("Thu 2026-11-19 10:00 +0200"), 2: when("Fri 2026-11-20 10:00 +0000")}
    assert plan.digest_at == when("Sun 2026-11-22 10:00 +0200")


# Somebody in London whose team is asked on Friday the 20th: their working days, their absences, their prompt.
ABSENCES = [
    pytest.param([("Fri 2026-11-20", "Fri 2026-11-20")], "Thu 2026-11-19 10:00 +0000", id="absent on the check-in day: Thursday"),
    pytest.param([("Thu 2026-11-19", "Thu 2026-11-19")], "Fri 2026-11-20 10:00 +0000", id="absent on Thursday only: Friday"),
    pytest.param([("Thu 2026-11-19", "Fri 2026-11-20")], "Wed 2026-11-18 10:00 +0000", id="absent for a range of two days: Wednesday"),
    pytest.param([("Wed 2026-11-18", "Mon 2026-11-23")], "Tue 2026-11-17 10:00 +0000", id="absent from Wednesday over the weekend: Tuesday, the third"),
    pytest.param([("Tue 2026-11-17", "Fri 2026-11-20")], "away", id="absent on the day and the three before: away, though Monday was free"),
    pytest.param([("Wed 2026-11-18", None)], "Tue 2026-11-17 10:00 +0000", id="no end yet, from Wednesday: Tuesday"),
    pytest.param([("Mon 2026-06-01", None)], "away", id="no end yet, for months: away"),
    pytest.param([("Sat 2026-11-21", None)], "Fri 2026-11-20 10:00 +0000", id="from the day after: asked"),
    pytest.param([("Mon 2026-11-09", "Thu 2026-11-19")], "Fri 2026-11-20 10:00 +0000", id="until the day before: asked"),
    pytest.param([("Fri 2026-11-20", "Fri 2026-11-20"), ("Thu 2026-11-19", "Thu 2026-11-19")], "Wed 2026-11-18 10:00 +0000", id="two absences add up"),
    pytest.param([("Mon 2026-11-16", "Wed 2026-11-18"), ("Fri 2026-11-20", None)], "Thu 2026-11-19 10:00 +0000", id="back for one day: asked on it"),
]  # fmt: skip


@pytest.mark.parametrize(("ranges", "prompt"), ABSENCES)
def test_who_is_absent_is_asked_before_or_passed_by(
    ranges: list[tuple[str, str | None]], prompt: str
) -> None:
    team, absences = a_team(LONDON, CheckInTimes()), [away(*each) for each in ranges]
    plan = plan_round(team, day("Fri 2026-11-20"), people_in([LONDON]), absences)
    assert prompts(plan) == expected_prompts({LONDON: prompt})


def test_an_absence_with_a_meeting_leaves_the_days_that_end_before_it() -> None:
    absent = away("Thu 2026-11-19", "Thu 2026-11-19")
    plan = plan_round(a_team(LONDON, meeting("14:00")), day("Fri 2026-11-20"), people_in([LONDON]), [absent])
    assert prompts(plan) == {1: when("Wed 2026-11-18 10:00 +0000")}


def test_a_day_of_absence_is_a_day_where_the_person_is() -> None:
    """At 10:00 on Kiritimati's Friday it is still Thursday in London, where the team is."""
    absent = away("Fri 2026-11-20", "Fri 2026-11-20")
    plan = plan_round(
        a_team(LONDON, CheckInTimes()), day("Fri 2026-11-20"), people_in([KIRITIMATI]), [absent]
    )
    assert prompts(plan) == {1: when("Thu 2026-11-19 10:00 +1400")}


def test_an_absence_is_only_its_own_persons() -> None:
    absent = away("Mon 2026-11-16", None, number=2)
    plan = plan_round(
        a_team(LONDON, CheckInTimes()), day("Fri 2026-11-20"), people_in([LONDON, AUCKLAND]), [absent]
    )
    assert [person.person_id for person in plan.asked] == [1]
    assert plan.away == (2,)


WORKING_DAYS = [
    pytest.param({0, 1, 2}, [], "Wed 2026-11-18 10:00 +0000", id="Monday to Wednesday: Wednesday"),
    pytest.param({0, 1, 2}, ["Wed 2026-11-18"], "Tue 2026-11-17 10:00 +0000", id="Monday to Wednesday, absent on Wednesday: Tuesday"),
    pytest.param({0, 1, 2}, ["Wed 2026-11-18", "Tue 2026-11-17", "Mon 2026-11-16"], "away", id="Monday to Wednesday, absent on all: away"),
    pytest.param({0}, [], "Mon 2026-11-16 10:00 +0000", id="Mondays only: Monday"),
    pytest.param({0}, ["Mon 2026-11-16"], "away", id="Mondays only, absent on it: away, not asked a week before"),
    pytest.param({4}, ["Fri 2026-11-20"], "away", id="Fridays only, absent on it: away, not asked on last week's"),
    pytest.param({5, 6}, [], "Sun 2026-11-15 10:00 +0000", id="weekends only: the Sunday before"),
    pytest.param({5}, [], "Sat 2026-11-14 10:00 +0000", id="Saturdays only: six days before"),
    pytest.param(EVERY_DAY, ["Fri 2026-11-20"], "Thu 2026-11-19 10:00 +0000", id="every day, absent on Friday: Thursday"),
    pytest.param(set(), [], "away", id="no working days at all: away"),
]  # fmt: skip


@pytest.mark.parametrize(("working", "absent_on", "prompt"), WORKING_DAYS)
def test_odd_working_days_are_respected(working: set[int], absent_on: list[str], prompt: str) -> None:
    person = person_in(LONDON, days=frozenset(working))
    absences = [away(each, each) for each in absent_on]
    plan = plan_round(a_team(LONDON, CheckInTimes()), day("Fri 2026-11-20"), [person], absences)
    assert prompts(plan) == expected_prompts({LONDON: prompt})


# Somebody in London; the team asks at 10:00, reminds at 15:00 and waits until 16:30.
OWN_HOURS = [
    pytest.param("08:00", "08:00", "15:00", id="early"),
    pytest.param("14:00", "14:00", "15:00", id="an hour before the reminder"),
    pytest.param("14:30", "14:30", "15:30", id="later: the reminder an hour after it"),
    pytest.param("15:30", "15:30", "16:30", id="the latest"),
    pytest.param("15:31", "10:00", "15:00", id="too late: at the team's hour"),
    pytest.param("23:59", "10:00", "15:00", id="at night: at the team's hour"),
    pytest.param(None, "10:00", "15:00", id="none"),
]


@pytest.mark.parametrize(("own", "prompt", "remind"), OWN_HOURS)
def test_a_person_may_be_asked_at_an_hour_of_their_own(own: str | None, prompt: str, remind: str) -> None:
    person = replace(person_in(LONDON), own_prompt=None if own is None else hour(own))
    (plan,) = plan_round(a_team(LONDON, CheckInTimes()), day("Fri 2026-11-20"), [person], []).asked
    assert plan.prompt_at == when(f"Fri 2026-11-20 {prompt} +0000")
    assert plan.remind_at == when(f"Fri 2026-11-20 {remind} +0000")
    assert plan.answer_by == when("Fri 2026-11-20 16:30 +0000")
