"""Whom a round asks and when, and when its digest is due: by table, hand-computed, in local times.

Every moment is written with the offset valid there and then, so that the rows can be checked without a
zone database: "Fri 2026-11-20 10:00 +1300" is what an Aucklander's phone shows when the prompt comes.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.okr.model import MONDAY, SATURDAY, THURSDAY, CheckInTimes
from bot.okr.rounds import PAUSE, PersonPlan, RoundPlan, check_in_date, is_on_time, plan_round
from tests.unit.when import (
    APIA,
    AUCKLAND,
    CAIRO,
    FRI,
    JERUSALEM,
    KATHMANDU,
    KIRITIMATI,
    LONDON,
    LORD_HOWE,
    LOS_ANGELES,
    MON,
    NEW_YORK,
    NIUE,
    PAGO_PAGO,
    SUN,
    a_team,
    away,
    day,
    expected_prompts,
    fixed,
    hour,
    meeting,
    people_in,
    person_in,
    prompts,
    team_in,
    when,
)

# The team's zone, the check-in day, who owns key results and when they are prompted, and when the digest is due.
WITHOUT_MEETING = [
    pytest.param(LONDON, "Fri 2026-11-20", {LONDON: "Fri 2026-11-20 10:00 +0000"}, "Fri 2026-11-20 16:30 +0000", id="London alone: its own 16:30"),
    pytest.param(NEW_YORK, "Fri 2026-11-20", {NEW_YORK: "Fri 2026-11-20 10:00 -0500"}, "Fri 2026-11-20 16:30 -0500", id="New York alone"),
    pytest.param(CAIRO, "Fri 2026-11-20", {CAIRO: "Fri 2026-11-20 10:00 +0200"}, "Fri 2026-11-20 16:30 +0200", id="Cairo alone"),
    pytest.param(AUCKLAND, "Fri 2026-11-20", {AUCKLAND: "Fri 2026-11-20 10:00 +1300"}, "Fri 2026-11-20 16:30 +1300", id="Auckland alone"),
    pytest.param(KIRITIMATI, "Fri 2026-11-20", {KIRITIMATI: "Fri 2026-11-20 10:00 +1400"}, "Fri 2026-11-20 16:30 +1400", id="Kiritimati alone"),
    pytest.param(LORD_HOWE, "Fri 2026-11-20", {LORD_HOWE: "Fri 2026-11-20 10:00 +1100"}, "Fri 2026-11-20 16:30 +1100", id="Lord Howe alone"),
    pytest.param(NIUE, "Fri 2026-11-20", {NIUE: "Fri 2026-11-20 10:00 -1100"}, "Fri 2026-11-20 16:30 -1100", id="Niue alone"),
    pytest.param(APIA, "Fri 2026-11-20", {APIA: "Fri 2026-11-20 10:00 +1300"}, "Fri 2026-11-20 16:30 +1300", id="Apia alone"),
    pytest.param(KATHMANDU, "Fri 2026-11-20", {KATHMANDU: "Fri 2026-11-20 10:00 +0545"}, "Fri 2026-11-20 16:30 +0545", id="Kathmandu alone"),
    pytest.param("Mars/Base", "Fri 2026-11-20", {"Mars/Olympus": "Fri 2026-11-20 10:00 +0000"}, "Fri 2026-11-20 16:30 +0000", id="unknown zones: UTC"),
    pytest.param(AUCKLAND, "Fri 2026-11-20", {"Mars/Olympus": "Fri 2026-11-20 10:00 +1300"}, "Fri 2026-11-20 16:30 +1300", id="a person's zone unknown: the team's"),
    pytest.param(LONDON, "Fri 2026-11-20", {LONDON: "Fri 2026-11-20 10:00 +0000", AUCKLAND: "Fri 2026-11-20 10:00 +1300"}, "Fri 2026-11-20 16:30 +0000", id="London and Auckland: who is ahead delays nothing"),
    pytest.param(
        LONDON,
        "Fri 2026-11-20",
        {LONDON: "Fri 2026-11-20 10:00 +0000", AUCKLAND: "Fri 2026-11-20 10:00 +1300", LOS_ANGELES: "Fri 2026-11-20 10:00 -0800"},
        "Mon 2026-11-23 09:00 +0000",
        id="the method's example: all on their Friday, America owes an answer, so Monday 09:00",
    ),
    pytest.param(LONDON, "Fri 2026-11-20", {NEW_YORK: "Fri 2026-11-20 10:00 -0500"}, "Mon 2026-11-23 09:00 +0000", id="New York's 16:30 is 21:30 in London: Monday"),
    pytest.param(LONDON, "Fri 2026-11-20", {"Atlantic/Azores": "Fri 2026-11-20 10:00 -0100"}, "Fri 2026-11-20 17:30 +0000", id="the Azores' 16:30 is 17:30 in London: waited for"),
    pytest.param("Asia/Kolkata", "Fri 2026-11-20", {"Asia/Dubai": "Fri 2026-11-20 10:00 +0400"}, "Fri 2026-11-20 18:00 +0530", id="18:00 itself is inside"),
    pytest.param("Asia/Kolkata", "Fri 2026-11-20", {"Asia/Tehran": "Fri 2026-11-20 10:00 +0330"}, "Mon 2026-11-23 09:00 +0530", id="18:30 is outside"),
    pytest.param(KATHMANDU, "Thu 2026-11-19", {"Asia/Tehran": "Thu 2026-11-19 10:00 +0330"}, "Fri 2026-11-20 09:00 +0545", id="18:45 on a Thursday: Friday 09:00"),
    pytest.param("Asia/Shanghai", "Thu 2026-11-19", {LOS_ANGELES: "Thu 2026-11-19 10:00 -0800"}, "Fri 2026-11-20 08:30 +0800", id="Los Angeles' 16:30 is 08:30 in Shanghai the morning after: inside"),
    pytest.param("Asia/Tokyo", "Thu 2026-11-19", {"America/Denver": "Thu 2026-11-19 10:00 -0700"}, "Fri 2026-11-20 08:30 +0900", id="Denver's 16:30 is 08:30 in Tokyo the morning after: inside"),
    pytest.param("Asia/Shanghai", "Thu 2026-11-19", {"America/Denver": "Thu 2026-11-19 10:00 -0700"}, "Fri 2026-11-20 09:00 +0800", id="Denver's 16:30 is 07:30 in Shanghai: 09:00 the same morning"),
    pytest.param("Asia/Tokyo", "Fri 2026-11-20", {LOS_ANGELES: "Fri 2026-11-20 10:00 -0800"}, "Mon 2026-11-23 09:00 +0900", id="on Fridays that morning is a Saturday: Monday"),
    pytest.param(AUCKLAND, "Fri 2026-11-20", {LONDON: "Fri 2026-11-20 10:00 +0000"}, "Mon 2026-11-23 09:00 +1300", id="London's 16:30 is Saturday in Auckland: Monday"),
    pytest.param(KIRITIMATI, "Fri 2026-11-20", {PAGO_PAGO: "Fri 2026-11-20 10:00 -1100"}, "Mon 2026-11-23 09:00 +1400", id="Kiritimati waits for Pago Pago, 25 hours behind"),
    pytest.param(PAGO_PAGO, "Fri 2026-11-20", {KIRITIMATI: "Fri 2026-11-20 10:00 +1400"}, "Fri 2026-11-20 16:30 -1100", id="Pago Pago needs not wait for Kiritimati"),
    pytest.param(APIA, "Mon 2026-11-23", {NIUE: "Mon 2026-11-23 10:00 -1100"}, "Tue 2026-11-24 16:30 +1300", id="Niue's Monday 16:30 is Apia's Tuesday 16:30: inside"),
    pytest.param(LONDON, "Fri 2027-01-01", {LONDON: "Fri 2027-01-01 10:00 +0000", NEW_YORK: "Fri 2027-01-01 10:00 -0500"}, "Mon 2027-01-04 09:00 +0000", id="across the year's end"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "on", "prompt_of", "digest"), WITHOUT_MEETING)
def test_without_a_meeting_the_digest_waits_for_everybody(
    zone: str, on: str, prompt_of: dict[str, str], digest: str
) -> None:
    check_in = CheckInTimes(day=day(on).weekday())
    plan = plan_round(a_team(zone, check_in), day(on), people_in(list(prompt_of)), [])
    assert prompts(plan) == expected_prompts(prompt_of)
    assert plan.digest_at == when(digest)
    assert plan.opens_at == min(person.prompt_at for person in plan.asked)
    assert plan.date == day(on)


WITH_MEETING = [
    pytest.param(
        LONDON,
        meeting("14:00"),
        "Fri 2026-11-20",
        {AUCKLAND: "Fri 2026-11-20 10:00 +1300", LONDON: "Thu 2026-11-19 10:00 +0000", LOS_ANGELES: "Thu 2026-11-19 10:00 -0800"},
        "Fri 2026-11-20 13:00 +0000",
        id="the method's example: a London meeting on Friday at 14:00",
    ),
    pytest.param(
        KIRITIMATI,
        meeting("09:00"),
        "Fri 2026-11-20",
        {KIRITIMATI: "Thu 2026-11-19 10:00 +1400", LONDON: "Thu 2026-11-19 10:00 +0000", PAGO_PAGO: "Wed 2026-11-18 10:00 -1100", NIUE: "Wed 2026-11-18 10:00 -1100"},
        "Fri 2026-11-20 08:00 +1400",
        id="a Kiritimati meeting on Friday at 09:00: Niue's Thursday would end after it",
    ),
    pytest.param(
        PAGO_PAGO,
        meeting("09:00"),
        "Fri 2026-11-20",
        {KIRITIMATI: "Fri 2026-11-20 10:00 +1400", AUCKLAND: "Fri 2026-11-20 10:00 +1300", LONDON: "Fri 2026-11-20 10:00 +0000", PAGO_PAGO: "Thu 2026-11-19 10:00 -1100"},
        "Fri 2026-11-20 08:00 -1100",
        id="a Pago Pago meeting on Friday at 09:00: London's Friday ends before it",
    ),
    pytest.param(LONDON, meeting("14:00", on=MON), "Fri 2026-11-20", {LONDON: "Fri 2026-11-20 10:00 +0000", LOS_ANGELES: "Fri 2026-11-20 10:00 -0800"}, "Mon 2026-11-23 13:00 +0000", id="a meeting on Monday after a check-in on Friday: all on Friday"),
    pytest.param(LONDON, meeting("14:00", on=THURSDAY), "Fri 2026-11-20", {LONDON: "Fri 2026-11-20 10:00 +0000"}, "Thu 2026-11-26 13:00 +0000", id="a meeting on Thursday is next week's Thursday"),
    pytest.param(LONDON, meeting("09:00", on=MON, check_in_day=MON), "Mon 2026-11-23", {LONDON: "Fri 2026-11-20 10:00 +0000", AUCKLAND: "Mon 2026-11-23 10:00 +1300"}, "Mon 2026-11-23 08:00 +0000", id="a meeting on Monday morning: asked on Friday, in Auckland on its Monday"),
    pytest.param(LONDON, meeting("17:30"), "Fri 2026-11-20", {LONDON: "Fri 2026-11-20 10:00 +0000"}, "Fri 2026-11-20 16:30 +0000", id="one's own 16:30 just fits"),
    pytest.param(LONDON, meeting("17:29"), "Fri 2026-11-20", {LONDON: "Thu 2026-11-19 10:00 +0000"}, "Fri 2026-11-20 16:29 +0000", id="one's own 16:30 is a minute too late"),
    pytest.param(KATHMANDU, meeting("17:30"), "Fri 2026-11-20", {KATHMANDU: "Fri 2026-11-20 10:00 +0545", "Asia/Kolkata": "Thu 2026-11-19 10:00 +0530"}, "Fri 2026-11-20 16:30 +0545", id="Kathmandu is a quarter of an hour before Kolkata"),
    pytest.param(CAIRO, meeting("00:30"), "Fri 2026-11-20", {CAIRO: "Thu 2026-11-19 10:00 +0200"}, "Thu 2026-11-19 23:30 +0200", id="an hour before half past midnight is the day before"),
    pytest.param(LONDON, meeting("14:00"), "Fri 2027-01-01", {AUCKLAND: "Fri 2027-01-01 10:00 +1300", LONDON: "Thu 2026-12-31 10:00 +0000"}, "Fri 2027-01-01 13:00 +0000", id="New Year's Day, the Friday of week 53"),
    pytest.param(LONDON, fixed("16:30"), "Fri 2026-11-20", {LONDON: "Fri 2026-11-20 10:00 +0000", NEW_YORK: "Thu 2026-11-19 10:00 -0500", AUCKLAND: "Fri 2026-11-20 10:00 +1300"}, "Fri 2026-11-20 16:30 +0000", id="a fixed hour waits for nobody: New York is asked on Thursday"),
    pytest.param(LONDON, fixed("12:00"), "Fri 2026-11-20", {LONDON: "Thu 2026-11-19 10:00 +0000", KIRITIMATI: "Fri 2026-11-20 10:00 +1400"}, "Fri 2026-11-20 12:00 +0000", id="a fixed noon"),
    pytest.param(LONDON, fixed("23:00"), "Fri 2026-11-20", {NEW_YORK: "Fri 2026-11-20 10:00 -0500", LOS_ANGELES: "Thu 2026-11-19 10:00 -0800"}, "Fri 2026-11-20 23:00 +0000", id="a fixed hour in the night is kept"),
    pytest.param(LONDON, fixed("12:00", check_in_day=SATURDAY), "Sat 2026-11-21", {LONDON: "Fri 2026-11-20 10:00 +0000"}, "Sat 2026-11-21 12:00 +0000", id="a fixed hour on a Saturday is kept"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "check_in", "on", "prompt_of", "digest"), WITH_MEETING)
def test_a_meeting_or_a_fixed_hour_decides(
    zone: str, check_in: CheckInTimes, on: str, prompt_of: dict[str, str], digest: str
) -> None:
    plan = plan_round(a_team(zone, check_in), day(on), people_in(list(prompt_of)), [])
    assert prompts(plan) == expected_prompts(prompt_of)
    assert plan.digest_at == when(digest)


CLOCK_CHANGES = [
    pytest.param(LONDON, fixed("20:30"), "Fri 2026-03-06", {NEW_YORK: "Thu 2026-03-05 10:00 -0500"}, "Fri 2026-03-06 20:30 +0000", id="New York is five hours behind London: asked on Thursday"),
    pytest.param(LONDON, fixed("20:30"), "Fri 2026-03-13", {NEW_YORK: "Fri 2026-03-13 10:00 -0400"}, "Fri 2026-03-13 20:30 +0000", id="for three weeks in March it is four: asked on Friday"),
    pytest.param(LONDON, fixed("20:30"), "Fri 2026-04-03", {NEW_YORK: "Thu 2026-04-02 10:00 -0400"}, "Fri 2026-04-03 20:30 +0100", id="and five again once London has changed too"),
    pytest.param(LONDON, CheckInTimes(), "Fri 2026-10-23", {NEW_YORK: "Fri 2026-10-23 10:00 -0400"}, "Mon 2026-10-26 09:00 +0000", id="London's clocks change before the Monday's digest"),
    pytest.param(NEW_YORK, CheckInTimes(day=MONDAY), "Mon 2026-03-09", {NEW_YORK: "Mon 2026-03-09 10:00 -0400"}, "Mon 2026-03-09 16:30 -0400", id="New York, the day after northern spring"),
    pytest.param(NEW_YORK, meeting("02:30", on=SUN, check_in_day=SUN), "Sun 2026-11-01", {NEW_YORK: "Fri 2026-10-30 10:00 -0400"}, "Sun 2026-11-01 01:30 -0500", id="an hour before 02:30 is the second 01:30, in real time"),
    pytest.param(AUCKLAND, meeting("09:00", on=MON, check_in_day=MON), "Mon 2026-09-28", {AUCKLAND: "Fri 2026-09-25 10:00 +1200", LONDON: "Fri 2026-09-25 10:00 +0100"}, "Mon 2026-09-28 08:00 +1300", id="Auckland, across southern spring"),
    pytest.param(AUCKLAND, CheckInTimes(), "Fri 2026-04-03", {LONDON: "Fri 2026-04-03 10:00 +0100"}, "Mon 2026-04-06 09:00 +1200", id="Auckland, across southern autumn"),
    pytest.param(LORD_HOWE, meeting("09:00", on=MON, check_in_day=MON), "Mon 2026-10-05", {LORD_HOWE: "Fri 2026-10-02 10:00 +1030"}, "Mon 2026-10-05 08:00 +1100", id="Lord Howe, across its half hour"),
    pytest.param("Australia/Brisbane", fixed("16:00"), "Fri 2026-10-02", {LORD_HOWE: "Fri 2026-10-02 10:00 +1030"}, "Fri 2026-10-02 16:00 +1000", id="Lord Howe is half an hour before Brisbane in winter: its 16:30 just fits"),
    pytest.param("Australia/Brisbane", fixed("15:30"), "Fri 2026-10-02", {LORD_HOWE: "Thu 2026-10-01 10:00 +1030"}, "Fri 2026-10-02 15:30 +1000", id="in winter it does not fit before 15:30"),
    pytest.param("Australia/Brisbane", fixed("15:30"), "Fri 2026-10-09", {LORD_HOWE: "Fri 2026-10-09 10:00 +1100"}, "Fri 2026-10-09 15:30 +1000", id="in summer it does"),
    pytest.param(CAIRO, CheckInTimes(), "Fri 2026-04-24", {CAIRO: "Fri 2026-04-24 10:00 +0300"}, "Fri 2026-04-24 16:30 +0300", id="Cairo's clocks change on a Friday"),
    pytest.param(CAIRO, CheckInTimes(prompt=hour("00:00")), "Fri 2026-04-24", {CAIRO: "Fri 2026-04-24 01:00 +0300"}, "Fri 2026-04-24 16:30 +0300", id="Cairo, a prompt at the midnight that does not exist"),
    pytest.param(CAIRO, CheckInTimes(prompt=hour("00:30")), "Fri 2026-04-24", {CAIRO: "Fri 2026-04-24 01:00 +0300"}, "Fri 2026-04-24 16:30 +0300", id="Cairo, a prompt at half past that midnight"),
    pytest.param(CAIRO, meeting("00:30"), "Fri 2026-04-24", {CAIRO: "Thu 2026-04-23 10:00 +0200"}, "Thu 2026-04-23 23:00 +0200", id="Cairo, a meeting at half past that midnight is at 01:00, an hour before it Thursday 23:00"),
    pytest.param(CAIRO, CheckInTimes(), "Fri 2026-10-30", {CAIRO: "Fri 2026-10-30 10:00 +0200"}, "Fri 2026-10-30 16:30 +0200", id="Cairo, the Friday that begins twice"),
    pytest.param(JERUSALEM, fixed("02:30"), "Fri 2026-03-27", {JERUSALEM: "Thu 2026-03-26 10:00 +0200"}, "Fri 2026-03-27 03:00 +0300", id="Jerusalem's clocks change on a Friday: 02:30 is 03:00"),
    pytest.param(JERUSALEM, CheckInTimes(), "Fri 2026-03-27", {JERUSALEM: "Fri 2026-03-27 10:00 +0300"}, "Fri 2026-03-27 16:30 +0300", id="Jerusalem, working on the Friday of the change"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "check_in", "on", "prompt_of", "digest"), CLOCK_CHANGES)
def test_clock_changes_move_moments_not_hours(
    zone: str, check_in: CheckInTimes, on: str, prompt_of: dict[str, str], digest: str
) -> None:
    plan = plan_round(a_team(zone, check_in), day(on), people_in(list(prompt_of)), [])
    assert prompts(plan) == expected_prompts(prompt_of)
    assert plan.digest_at == when(digest)


def test_a_person_is_reminded_at_15_00_and_answers_by_16_30_of_their_own_day() -> None:
    plan = plan_round(a_team(LONDON, meeting("14:00")), day("Fri 2026-11-20"), people_in([LOS_ANGELES]), [])
    assert plan.asked == (
        PersonPlan(1, when("Thu 2026-11-19 10:00 -0800"), when("Thu 2026-11-19 15:00 -0800"), when("Thu 2026-11-19 16:30 -0800")),
    )  # fmt: skip


@pytest.mark.parametrize("on", ["Fri 2026-04-24", "Fri 2026-10-30"])
def test_a_night_shift_keeps_its_order_on_the_day_the_clocks_change(on: str) -> None:
    hours = CheckInTimes(prompt=hour("00:00"), remind=hour("00:15"), answer_by=hour("00:45"))
    (plan,) = plan_round(a_team(CAIRO, hours), day(on), people_in([CAIRO]), []).asked
    assert plan.prompt_at <= plan.remind_at <= plan.answer_by


# The answer hour of a team's own, on a Friday, and when the digest comes.
WORKING_HOURS = [
    pytest.param("07:59", "Fri 2026-11-20 09:00 +0000", id="before 08:00: 09:00 the same day"),
    pytest.param("08:00", "Fri 2026-11-20 08:00 +0000", id="08:00 itself is inside"),
    pytest.param("18:00", "Fri 2026-11-20 18:00 +0000", id="18:00 itself is inside"),
    pytest.param("18:01", "Mon 2026-11-23 09:00 +0000", id="after 18:00: 09:00 on Monday"),
]


@pytest.mark.parametrize(("answer_by", "digest"), WORKING_HOURS)
def test_a_digest_without_an_hour_comes_while_the_team_works(answer_by: str, digest: str) -> None:
    hours = CheckInTimes(prompt=hour("07:00"), remind=hour("07:30"), answer_by=hour(answer_by))
    plan = plan_round(a_team(LONDON, hours), day("Fri 2026-11-20"), people_in([LONDON]), [])
    assert plan.digest_at == when(digest)


TEAM_DAYS = [
    pytest.param({3}, "Thu 2026-11-26 09:00 +0000", id="Thursdays only: the Thursday after"),
    pytest.param({4}, "Fri 2026-11-20 16:30 +0000", id="Fridays only: on the day"),
    pytest.param({5}, "Sat 2026-11-21 09:00 +0000", id="Saturdays only: the morning after"),
    pytest.param(set(), "Fri 2026-11-20 16:30 +0000", id="no working days: at once"),
]


@pytest.mark.parametrize(("working", "digest"), TEAM_DAYS)
def test_the_digest_finds_the_teams_next_working_day(working: set[int], digest: str) -> None:
    team = a_team(LONDON, CheckInTimes(), frozenset(working))
    assert plan_round(team, day("Fri 2026-11-20"), people_in([LONDON]), []).digest_at == when(digest)


def test_a_digest_due_in_the_evening_of_a_teams_only_working_day_waits_a_week() -> None:
    team = a_team(LONDON, CheckInTimes(answer_by=hour("18:30")), frozenset({FRI}))
    plan = plan_round(team, day("Fri 2026-11-20"), people_in([LONDON]), [])
    assert plan.digest_at == when("Fri 2026-11-27 09:00 +0000")


NOBODY_ASKED = [
    pytest.param(CheckInTimes(), "Fri 2026-11-20 10:00 +0000", "Fri 2026-11-20 16:30 +0000", id="the team's own prompt hour on the day"),
    pytest.param(meeting("14:00"), "Fri 2026-11-20 10:00 +0000", "Fri 2026-11-20 13:00 +0000", id="with a meeting too"),
    pytest.param(meeting("09:00"), "Thu 2026-11-19 10:00 +0000", "Fri 2026-11-20 08:00 +0000", id="on the day before where the digest comes first"),
    pytest.param(replace(meeting("00:15"), prompt=hour("23:30")), "Wed 2026-11-18 23:30 +0000", "Thu 2026-11-19 23:15 +0000", id="two days before for a team of the night"),
]  # fmt: skip


@pytest.mark.parametrize(("check_in", "opens", "digest"), NOBODY_ASKED)
def test_a_round_that_asks_nobody_opens_at_the_teams_own_hour(
    check_in: CheckInTimes, opens: str, digest: str
) -> None:
    on, holidays = day("Fri 2026-11-20"), [away("Mon 2026-11-02", None)]
    everybody_away = plan_round(a_team(LONDON, check_in), on, people_in([LONDON]), holidays)
    assert everybody_away == RoundPlan(on, when(opens), when(digest), asked=(), away=(1,))
    assert plan_round(a_team(LONDON, check_in), on, [], []) == replace(everybody_away, away=())


WEEKS = [
    pytest.param("Mon 2026-11-16", FRI, "Fri 2026-11-20", id="from Monday on to Friday"),
    pytest.param("Sun 2026-11-22", FRI, "Fri 2026-11-20", id="from Sunday back to Friday"),
    pytest.param("Fri 2026-11-20", FRI, "Fri 2026-11-20", id="the day itself"),
    pytest.param("Mon 2026-11-16", SUN, "Sun 2026-11-22", id="Sunday ends the week"),
    pytest.param("Sun 2026-11-22", MON, "Mon 2026-11-16", id="Monday begins it"),
    pytest.param("Mon 2026-12-28", FRI, "Fri 2027-01-01", id="week 53 ends in the new year"),
    pytest.param("Sun 2027-01-03", MON, "Mon 2026-12-28", id="week 53 began in the old year"),
    pytest.param("Mon 2025-12-29", FRI, "Fri 2026-01-02", id="week 1 began in the old year"),
    pytest.param("Wed 2024-02-28", THURSDAY, "Thu 2024-02-29", id="a leap day"),
]


@pytest.mark.parametrize(("week_of", "check_in_day", "expected"), WEEKS)
def test_a_round_is_named_by_its_check_in_day(week_of: str, check_in_day: int, expected: str) -> None:
    team = a_team(LONDON, CheckInTimes(day=check_in_day))
    assert check_in_date(team, day(week_of)) == day(expected)


def test_every_iso_week_has_one_check_in_date_in_53_week_years_too() -> None:
    team, first = a_team(LONDON, CheckInTimes()), date(2024, 1, 1)
    days = [first + timedelta(days=ahead) for ahead in range(366 * 4)]
    dates = {each.isocalendar()[:2]: check_in_date(team, each) for each in days}
    assert all(found.isocalendar()[:2] == week for week, found in dates.items())
    assert {check_in_date(team, each) for each in days} == set(dates.values())


ON_TIME = [
    pytest.param("Fri 2026-11-20 12:59 +0000", True, id="before the digest"),
    pytest.param("Fri 2026-11-20 13:00 +0000", True, id="with the digest"),
    pytest.param("Fri 2026-11-20 16:30 +0000", True, id="after the digest, by one's own hour"),
    pytest.param("Fri 2026-11-20 16:31 +0000", False, id="after both"),
]


@pytest.mark.parametrize(("answered", "expected"), ON_TIME)
def test_on_time_is_by_the_later_of_the_digest_and_ones_own_hour(answered: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    early, late = when("Fri 2026-11-20 13:00 +0000"), when("Fri 2026-11-20 16:30 +0000")
    assert is_on_time(when(answered), digest_at=early, answer_by=late) is expected
    assert is_on_time(when(answered), digest_at=late, answer_by=early) is expected


@pytest.mark.parametrize(
    ("source", "starts", "asked"),
    [
        ("said", "Thu 2026-11-19", {1: when("Wed 2026-11-18 10:00 +0000")}),
        (PAUSE, "Thu 2026-11-19", {1: "away"}),
        (PAUSE, "Fri 2026-11-20", {1: "away"}),
        (PAUSE, "Sat 2026-11-21", {1: when("Fri 2026-11-20 10:00 +0000")}),
    ],
)
def test_a_pause_covers_the_days_before_and_an_absence_does_not(
    source: str, starts: str, asked: dict[int, object]
) -> None:
    absence = replace(away(starts, None), source=source)
    plan = plan_round(team_in(LONDON), day("Fri 2026-11-20"), [person_in(LONDON)], [absence])
    assert prompts(plan) == asked


def test_a_pause_that_ended_counts_for_its_own_days_only() -> None:
    ended = replace(away("Thu 2026-11-19", "Fri 2026-11-20"), source=PAUSE)
    plan = plan_round(team_in(LONDON), day("Fri 2026-11-20"), [person_in(LONDON)], [ended])
    assert prompts(plan) == {1: when("Wed 2026-11-18 10:00 +0000")}
