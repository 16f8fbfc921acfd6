"""What holds for every plan of a round, whoever is asked, wherever they live and whatever the clocks do."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from bot.okr.days.zones import team_zone, zone_of
from bot.okr.model import Absence, CheckInTimes, Meeting, Person, Team
from bot.okr.rounds import RoundPlan, check_in_date, plan_round
from tests.unit.when import person_in, team_in

ZONES = st.sampled_from(
    [
        "America/New_York",
        "America/Los_Angeles",
        "Europe/London",
        "Africa/Cairo",
        "Asia/Jerusalem",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Pacific/Niue",
        "Pacific/Pago_Pago",
        "Mars/Base",
    ]
)
WEEKDAYS = st.frozensets(st.integers(0, 6))
HOURS = st.lists(st.times(), min_size=3, max_size=3).map(sorted)
PLAIN = st.builds(
    lambda day, hours: CheckInTimes(day, *hours),
    st.integers(0, 6),
    HOURS | st.just([time(10), time(15), time(16, 30)]),
)
SET = st.builds(lambda plain, digest: replace(plain, digest=digest), PLAIN, st.times()) | st.builds(
    lambda plain, day, at: replace(plain, meeting=Meeting(day, at)), PLAIN, st.integers(0, 6), st.times()
)
CLOCK_CHANGES = [date(2026, 3, 8), date(2026, 3, 27), date(2026, 3, 29), date(2026, 4, 5), date(2026, 4, 24)]
CLOCK_CHANGES += [
    date(2026, 9, 27),
    date(2026, 10, 4),
    date(2026, 10, 25),
    date(2026, 10, 29),
    date(2026, 11, 1),
]
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from(CLOCK_CHANGES)
NUMBERS = st.integers(1, 4)


class Case(NamedTuple):
    team: Team
    people: dict[int, Person]
    absences: list[Absence]
    plan: RoundPlan

    def is_absent(self, number: int, day: date) -> bool:
        own = [absence for absence in self.absences if absence.person_id == number]
        return any(each.starts <= day and (each.ends is None or day <= each.ends) for each in own)


@st.composite
def cases(draw: st.DrawFn, check_ins: st.SearchStrategy[CheckInTimes]) -> Case:
    """A team, up to four people around the world, absences around the check-in day, and the plan for it."""
    team = replace(team_in(draw(ZONES)), check_in=draw(check_ins), working_days=draw(WEEKDAYS.filter(bool)))
    people = {n: person_in(draw(ZONES), n, draw(WEEKDAYS)) for n in draw(st.sets(NUMBERS))}
    on = check_in_date(team, draw(DAYS))
    absences = []
    for _ in range(draw(st.integers(0, 4))):
        starts = on + timedelta(days=draw(st.integers(-8, 2)))
        ends = draw(st.none() | st.dates(starts, starts + timedelta(days=5)))
        absences.append(Absence(1, draw(NUMBERS), starts, ends, "said"))
    return Case(team, people, absences, plan_round(team, on, list(people.values()), absences))


@given(cases(PLAIN | SET))
def test_everybody_is_asked_once_or_away(case: Case) -> None:
    asked = [person.person_id for person in case.plan.asked]
    assert sorted([*asked, *case.plan.away]) == sorted(case.people)


@given(cases(PLAIN | SET))
def test_a_prompt_comes_on_a_working_day_of_the_week_until_the_check_in_day_and_not_in_an_absence(
    case: Case,
) -> None:
    for asked in case.plan.asked:
        person = case.people[asked.person_id]
        day = asked.prompt_at.astimezone(zone_of(person, case.team)).date()
        assert day.weekday() in person.working_days
        assert not case.is_absent(person.id, day)
        assert 0 <= (case.plan.date - day).days < 7


@given(cases(PLAIN | SET))
def test_who_works_on_the_day_and_is_there_is_away_only_for_a_digest_that_comes_too_soon(case: Case) -> None:
    for number in case.plan.away:
        there = case.plan.date.weekday() in case.people[number].working_days
        if there and not case.is_absent(number, case.plan.date):
            assert case.team.check_in.digest is not None or case.team.check_in.meeting is not None


@given(cases(PLAIN | SET))
def test_the_prompt_comes_before_the_reminder_and_that_before_the_end(case: Case) -> None:
    for asked in case.plan.asked:
        assert asked.prompt_at <= asked.remind_at <= asked.answer_by


@given(cases(PLAIN | SET))
def test_the_round_opens_with_its_first_prompt_and_before_its_digest(case: Case) -> None:
    assert all(case.plan.opens_at <= asked.prompt_at for asked in case.plan.asked)
    assert case.plan.opens_at <= case.plan.digest_at


@given(cases(SET))
def test_with_a_meeting_or_a_fixed_hour_nobody_answers_after_the_digest(case: Case) -> None:
    assert all(asked.answer_by <= case.plan.digest_at for asked in case.plan.asked)


@given(cases(PLAIN))
def test_without_one_the_digest_comes_after_everybody_while_the_team_works(case: Case) -> None:
    assert all(asked.answer_by <= case.plan.digest_at for asked in case.plan.asked)
    shown = case.plan.digest_at.astimezone(team_zone(case.team))
    assert shown.weekday() in case.team.working_days
    assert time(8) <= shown.time() <= time(18)


@given(DAYS, st.integers(0, 6))
def test_the_check_in_date_is_in_the_iso_week(week_of: date, day: int) -> None:
    found = check_in_date(replace(team_in("UTC"), check_in=CheckInTimes(day=day)), week_of)
    assert found.isocalendar()[:2] == week_of.isocalendar()[:2]
    assert found.weekday() == day
