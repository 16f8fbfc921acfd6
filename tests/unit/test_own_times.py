"""When one person is asked, reminded and waited for, at whatever hours and wherever they are: by table.

Every moment is written with the offset valid there and then; the moments are compared in UTC.
"""

from dataclasses import replace

import pytest

from bot.okr.model import CheckIn, CheckInTimes, Person, Team
from bot.okr.rounds import PersonPlan, counts_already, is_on_time, plan_round, together
from tests.unit.when import (
    APIA,
    AUCKLAND,
    DHAKA,
    EVERY_DAY,
    HONOLULU,
    KATHMANDU,
    KIRITIMATI,
    LONDON,
    LORD_HOWE,
    LOS_ANGELES,
    SANTIAGO,
    SHANGHAI,
    SUN,
    SYDNEY,
    a_team,
    day,
    fixed,
    hour,
    meeting,
    person_in,
    when,
)

NIGHT = CheckInTimes(day=SUN, prompt=hour("00:15"), remind=hour("02:15"), answer_by=hour("04:00"))
"""Of a night shift, on the Sundays on which clocks change."""


def planned(team: Team, on: str, person: Person) -> PersonPlan:
    (plan,) = plan_round(team, day(on), [person], []).asked
    return plan


def hours(plan: PersonPlan) -> tuple[object, ...]:
    return plan.prompt_at, plan.remind_at, plan.answer_by


# A London team that asks on Fridays; somebody else where; their prompt, reminder and end.
AROUND_THE_WORLD = [
    pytest.param(KIRITIMATI, "Fri 2026-11-20", "Thu 2026-11-19 20:00 +0000", "Fri 2026-11-20 01:00 +0000", "Fri 2026-11-20 02:30 +0000", id="Kiritimati, 14 hours ahead: London's Thursday evening"),
    pytest.param(AUCKLAND, "Fri 2026-11-20", "Thu 2026-11-19 21:00 +0000", "Fri 2026-11-20 02:00 +0000", "Fri 2026-11-20 03:30 +0000", id="Auckland in summer, 13 ahead"),
    pytest.param(AUCKLAND, "Fri 2026-07-03", "Thu 2026-07-02 22:00 +0000", "Fri 2026-07-03 03:00 +0000", "Fri 2026-07-03 04:30 +0000", id="Auckland in winter, 12 ahead"),
    pytest.param(APIA, "Fri 2026-07-03", "Thu 2026-07-02 21:00 +0000", "Fri 2026-07-03 02:00 +0000", "Fri 2026-07-03 03:30 +0000", id="Apia, west of the date line since 2011, without summer time"),
    pytest.param(LORD_HOWE, "Fri 2026-07-03", "Thu 2026-07-02 23:30 +0000", "Fri 2026-07-03 04:30 +0000", "Fri 2026-07-03 06:00 +0000", id="Lord Howe in winter, ten and a half"),
    pytest.param(LORD_HOWE, "Fri 2026-11-20", "Thu 2026-11-19 23:00 +0000", "Fri 2026-11-20 04:00 +0000", "Fri 2026-11-20 05:30 +0000", id="Lord Howe in summer, eleven"),
    pytest.param(DHAKA, "Fri 2026-11-20", "Fri 2026-11-20 04:00 +0000", "Fri 2026-11-20 09:00 +0000", "Fri 2026-11-20 10:30 +0000", id="Dhaka"),
    pytest.param(KATHMANDU, "Fri 2026-11-20", "Fri 2026-11-20 04:15 +0000", "Fri 2026-11-20 09:15 +0000", "Fri 2026-11-20 10:45 +0000", id="Kathmandu, quarters of an hour"),
    pytest.param(SANTIAGO, "Fri 2026-09-04", "Fri 2026-09-04 14:00 +0000", "Fri 2026-09-04 19:00 +0000", "Fri 2026-09-04 20:30 +0000", id="Santiago, the Friday before its spring"),
    pytest.param(SANTIAGO, "Fri 2026-09-11", "Fri 2026-09-11 13:00 +0000", "Fri 2026-09-11 18:00 +0000", "Fri 2026-09-11 19:30 +0000", id="Santiago, the Friday after: an hour sooner"),
    pytest.param(SYDNEY, "Fri 2026-10-02", "Fri 2026-10-02 00:00 +0000", "Fri 2026-10-02 05:00 +0000", "Fri 2026-10-02 06:30 +0000", id="Sydney, the Friday before its spring"),
    pytest.param(SYDNEY, "Fri 2026-10-09", "Thu 2026-10-08 23:00 +0000", "Fri 2026-10-09 04:00 +0000", "Fri 2026-10-09 05:30 +0000", id="Sydney, the Friday after: on London's Thursday"),
    pytest.param(HONOLULU, "Fri 2026-11-20", "Fri 2026-11-20 20:00 +0000", "Sat 2026-11-21 01:00 +0000", "Sat 2026-11-21 02:30 +0000", id="Honolulu: London's Saturday"),
    pytest.param(LOS_ANGELES, "Fri 2026-10-30", "Fri 2026-10-30 17:00 +0000", "Fri 2026-10-30 22:00 +0000", "Fri 2026-10-30 23:30 +0000", id="San Francisco, the Friday before its autumn"),
    pytest.param(LOS_ANGELES, "Fri 2026-11-06", "Fri 2026-11-06 18:00 +0000", "Fri 2026-11-06 23:00 +0000", "Sat 2026-11-07 00:30 +0000", id="San Francisco, the Friday after: an hour later"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "on", "prompt", "remind", "end"), AROUND_THE_WORLD)
def test_asked_at_ten_reminded_at_three_waited_for_until_half_past_four(
    zone: str, on: str, prompt: str, remind: str, end: str
) -> None:
    plan = planned(a_team(LONDON, CheckInTimes()), on, person_in(zone))
    assert hours(plan) == (when(prompt), when(remind), when(end))


# A night shift's Sunday: the hours 00:15, 02:15 and 04:00 where clocks change in that night.
NIGHTS = [
    pytest.param(SYDNEY, "Sun 2026-10-04", "Sun 2026-10-04 00:15 +1000", "Sun 2026-10-04 03:00 +1100", "Sun 2026-10-04 04:00 +1100", id="Sydney, spring: 02:15 does not exist"),
    pytest.param(SYDNEY, "Sun 2026-04-05", "Sun 2026-04-05 00:15 +1100", "Sun 2026-04-05 02:15 +1100", "Sun 2026-04-05 04:00 +1000", id="Sydney, autumn: 02:15 comes twice, the first is meant"),
    pytest.param(AUCKLAND, "Sun 2026-09-27", "Sun 2026-09-27 00:15 +1200", "Sun 2026-09-27 03:00 +1300", "Sun 2026-09-27 04:00 +1300", id="Auckland, spring"),
    pytest.param(AUCKLAND, "Sun 2026-04-05", "Sun 2026-04-05 00:15 +1300", "Sun 2026-04-05 02:15 +1300", "Sun 2026-04-05 04:00 +1200", id="Auckland, autumn"),
    pytest.param(LORD_HOWE, "Sun 2026-10-04", "Sun 2026-10-04 00:15 +1030", "Sun 2026-10-04 02:30 +1100", "Sun 2026-10-04 04:00 +1100", id="Lord Howe, spring: half an hour is left out"),
    pytest.param(LORD_HOWE, "Sun 2026-04-05", "Sun 2026-04-05 00:15 +1100", "Sun 2026-04-05 02:15 +1030", "Sun 2026-04-05 04:00 +1030", id="Lord Howe, autumn: 01:30 to 02:00 comes twice, 02:15 once"),
    pytest.param(SANTIAGO, "Sun 2026-09-06", "Sun 2026-09-06 01:00 -0300", "Sun 2026-09-06 02:15 -0300", "Sun 2026-09-06 04:00 -0300", id="Santiago, spring: the first hour of the day does not exist"),
    pytest.param(SANTIAGO, "Sun 2026-04-05", "Sun 2026-04-05 00:15 -0400", "Sun 2026-04-05 02:15 -0400", "Sun 2026-04-05 04:00 -0400", id="Santiago, autumn: Saturday's last hour came twice, Sunday's come once"),
    pytest.param(LONDON, "Sun 2026-03-29", "Sun 2026-03-29 00:15 +0000", "Sun 2026-03-29 02:15 +0100", "Sun 2026-03-29 04:00 +0100", id="London, spring: 01:00 to 02:00 is left out, 02:15 is not"),
    pytest.param(LOS_ANGELES, "Sun 2026-03-08", "Sun 2026-03-08 00:15 -0800", "Sun 2026-03-08 03:00 -0700", "Sun 2026-03-08 04:00 -0700", id="San Francisco, spring"),
    pytest.param(SHANGHAI, "Sun 2026-10-04", "Sun 2026-10-04 00:15 +0800", "Sun 2026-10-04 02:15 +0800", "Sun 2026-10-04 04:00 +0800", id="Shanghai, where clocks do not change"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "on", "prompt", "remind", "end"), NIGHTS)
def test_hours_of_a_night_in_which_the_clocks_change(
    zone: str, on: str, prompt: str, remind: str, end: str
) -> None:
    plan = planned(a_team(zone, NIGHT, EVERY_DAY), on, person_in(zone, days=EVERY_DAY))
    assert hours(plan) == (when(prompt), when(remind), when(end))


# An hour of one's own, under the team's usual ones: 10:00, 15:00, 16:30.
OWN_HOURS = [
    pytest.param(SYDNEY, "Sun 2026-10-04", "02:30", "Sun 2026-10-04 03:00 +1100", "Sun 2026-10-04 15:00 +1100", id="in Sydney's hour that does not exist: the first minute that does"),
    pytest.param(SYDNEY, "Sun 2026-04-05", "02:30", "Sun 2026-04-05 02:30 +1100", "Sun 2026-04-05 15:00 +1000", id="in the one that comes twice: the first"),
    pytest.param(SANTIAGO, "Sun 2026-09-06", "00:00", "Sun 2026-09-06 01:00 -0300", "Sun 2026-09-06 15:00 -0300", id="Santiago's missing midnight"),
    pytest.param(LORD_HOWE, "Sun 2026-04-05", "01:45", "Sun 2026-04-05 01:45 +1100", "Sun 2026-04-05 15:00 +1030", id="Lord Howe's doubled half hour"),
    pytest.param(KIRITIMATI, "Sun 2026-11-22", "15:30", "Sun 2026-11-22 15:30 +1400", "Sun 2026-11-22 16:30 +1400", id="the latest hour at the date line, the reminder with the end"),
    pytest.param(HONOLULU, "Sun 2026-11-22", "14:30", "Sun 2026-11-22 14:30 -1000", "Sun 2026-11-22 15:30 -1000", id="the reminder an hour after it, in Honolulu"),
    pytest.param(KATHMANDU, "Sun 2026-11-22", "15:31", "Sun 2026-11-22 10:00 +0545", "Sun 2026-11-22 15:00 +0545", id="too late: the team's hour"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "on", "own", "prompt", "remind"), OWN_HOURS)
def test_an_hour_of_ones_own_is_one_on_ones_own_clock(
    zone: str, on: str, own: str, prompt: str, remind: str
) -> None:
    person = replace(person_in(zone, days=EVERY_DAY), own_prompt=hour(own))
    plan = planned(a_team(LONDON, CheckInTimes(day=SUN)), on, person)
    assert hours(plan)[:2] == (when(prompt), when(remind))


# The digest's due time, an answer's own end, and an answer: on time or late.
ON_TIME = [
    pytest.param("Fri 2026-11-20 13:00 +0000", "Fri 2026-11-20 16:30 +1300", "Fri 2026-11-20 13:00 +0000", True, id="Auckland's day ended before London's digest, which counts"),
    pytest.param("Fri 2026-11-20 13:00 +0000", "Fri 2026-11-20 16:30 +1300", "Sat 2026-11-21 02:01 +1300", False, id="a minute after it, on Auckland's Saturday: late"),
    pytest.param("Fri 2026-11-20 13:00 +0000", "Thu 2026-11-19 16:30 -0800", "Fri 2026-11-20 05:00 -0800", True, id="San Francisco's Thursday ended before it: still on time on its Friday morning"),
    pytest.param("Fri 2026-11-20 16:30 +1300", "Fri 2026-11-20 16:30 -1000", "Fri 2026-11-20 16:30 -1000", True, id="an early post beyond the date line: one's own end counts, 23 hours later"),
    pytest.param("Fri 2026-11-20 16:30 +1300", "Fri 2026-11-20 16:30 -1000", "Fri 2026-11-20 16:31 -1000", False, id="and a minute after that is late"),
    pytest.param("Mon 2026-10-05 09:00 +1100", "Fri 2026-10-02 16:30 +1000", "Mon 2026-10-05 08:59 +1100", True, id="Sydney's Monday digest, an hour sooner for the change: a minute before"),
    pytest.param("Mon 2026-10-05 09:00 +1100", "Fri 2026-10-02 16:30 +1000", "Mon 2026-10-05 08:30 +1000", False, id="by the clock of last week it would not be late yet: it is"),
    pytest.param("Mon 2026-04-06 09:00 -0400", "Fri 2026-04-03 16:30 -0300", "Mon 2026-04-06 09:30 -0300", True, id="Santiago's, an hour later for the change: the old clock would say late"),
]  # fmt: skip


@pytest.mark.parametrize(("digest", "end", "answered", "expected"), ON_TIME)
def test_late_is_after_the_later_of_both_wherever_they_are(
    digest: str, end: str, answered: str, expected: bool,  # noqa: FBT001 - a table's column
) -> None:  # fmt: skip
    assert is_on_time(when(answered), digest_at=when(digest), answer_by=when(end)) is expected


# A prompt, an update from before it, and whether that is an answer already: 48 hours, whatever the clocks say.
BEFORE = [
    pytest.param("Fri 2026-11-20 10:00 +0000", "Wed 2026-11-18 10:00 +0000", True, id="two days before, to the minute"),
    pytest.param("Fri 2026-11-20 10:00 +0000", "Wed 2026-11-18 09:59 +0000", False, id="a minute more: asked"),
    pytest.param("Fri 2026-11-20 10:00 +0000", "Fri 2026-11-20 15:00 +0000", True, id="after the prompt, another team's round opening late"),
    pytest.param("Mon 2026-10-05 10:00 +1100", "Sat 2026-10-03 09:00 +1000", True, id="Sydney: the day of the change has 23 hours, so 09:00 is two days before"),
    pytest.param("Mon 2026-10-05 10:00 +1100", "Sat 2026-10-03 08:59 +1000", False, id="and 08:59 is not"),
    pytest.param("Mon 2026-04-06 10:00 -0400", "Sat 2026-04-04 11:00 -0300", True, id="Santiago: it has 25 hours, so it takes 11:00"),
    pytest.param("Mon 2026-04-06 10:00 -0400", "Sat 2026-04-04 10:59 -0300", False, id="and 10:59 is too soon"),
    pytest.param("Fri 2026-11-20 10:00 +1400", "Tue 2026-11-17 10:00 -1000", True, id="said in Honolulu on Tuesday, asked in Kiritimati on Friday: two days"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "said", "expected"), BEFORE)
def test_an_update_of_the_two_days_before_counts(prompt: str, said: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert counts_already(when(said), prompt_at=when(prompt)) is expected


# Where somebody is who owes two teams an answer on the same date, the teams, and the one check-in's hours.
EARLY = CheckInTimes(prompt=hour("08:30"), remind=hour("14:00"), answer_by=hour("16:00"))
TWO_TEAMS = [
    pytest.param(LONDON, [(LONDON, CheckInTimes()), (LONDON, EARLY)], "Fri 2026-11-20 08:30 +0000", "Fri 2026-11-20 15:00 +0000", "Fri 2026-11-20 16:30 +0000", id="the earliest prompt, the latest reminder and end"),
    pytest.param(LOS_ANGELES, [(SHANGHAI, fixed("16:30")), (LOS_ANGELES, CheckInTimes())], "Thu 2026-11-19 10:00 -0800", "Fri 2026-11-20 15:00 -0800", "Fri 2026-11-20 16:30 -0800", id="San Francisco: Shanghai needs it on Thursday, its own team on Friday"),
    pytest.param(HONOLULU, [(AUCKLAND, meeting("14:00")), (HONOLULU, EARLY)], "Wed 2026-11-18 10:00 -1000", "Fri 2026-11-20 14:00 -1000", "Fri 2026-11-20 16:00 -1000", id="Honolulu: Auckland meets on Honolulu's Thursday afternoon, so Wednesday"),
    pytest.param(AUCKLAND, [(LONDON, meeting("14:00")), (HONOLULU, CheckInTimes())], "Fri 2026-11-20 10:00 +1300", "Fri 2026-11-20 15:00 +1300", "Fri 2026-11-20 16:30 +1300", id="Auckland is ahead of both: one hour for all"),
    pytest.param(KATHMANDU, [(DHAKA, EARLY), (KATHMANDU, CheckInTimes())], "Fri 2026-11-20 08:30 +0545", "Fri 2026-11-20 15:00 +0545", "Fri 2026-11-20 16:30 +0545", id="Kathmandu: both teams' hours are on one's own clock"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "teams", "prompt", "remind", "end"), TWO_TEAMS)
def test_two_teams_make_one_check_in(
    zone: str,
    teams: list[tuple[str, CheckInTimes]],
    prompt: str,
    remind: str,
    end: str,
) -> None:
    plans = [planned(a_team(*each), "Fri 2026-11-20", person_in(zone)) for each in teams]
    mine, theirs = (
        CheckIn(1, 1, day("Fri 2026-11-20"), plan.prompt_at, plan.remind_at, plan.answer_by) for plan in plans
    )
    for both in (together(mine, theirs), together(theirs, mine)):
        assert (both.prompt_at, both.remind_at, both.answer_by) == (when(prompt), when(remind), when(end))
