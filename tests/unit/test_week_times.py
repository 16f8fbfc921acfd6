"""When a team's digest is due, and when its round opens and the one before closes: over the date line and
over both hemispheres' clock changes, by table.

Every moment is written with the offset valid there and then; the moments are compared in UTC.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.okr.model import MONDAY, THURSDAY, WEDNESDAY, CheckInTimes, Round, RoundState, Team
from bot.okr.rounds import next_steps, plan_round
from tests.unit.when import (
    APIA,
    AUCKLAND,
    DHAKA,
    FRI,
    HONOLULU,
    KATHMANDU,
    KIRITIMATI,
    LONDON,
    LORD_HOWE,
    LOS_ANGELES,
    MON,
    PAGO_PAGO,
    SANTIAGO,
    SHANGHAI,
    SYDNEY,
    a_team,
    day,
    fixed,
    meeting,
    people_in,
    prompts,
    when,
)

ON_FRIDAY, ON_MONDAY = CheckInTimes(), CheckInTimes(day=MON)

# The team's zone and hours, its check-in day, where its people are, when they are asked, when the digest is due.
DIGESTS = [
    pytest.param(SYDNEY, ON_FRIDAY, "Fri 2026-10-02", [SANTIAGO], ["Fri 2026-10-02 10:00 -0300"], "Mon 2026-10-05 09:00 +1100", id="Santiago's 16:30 is Sydney's Saturday: Monday 09:00, after its clocks went forward"),
    pytest.param(SANTIAGO, ON_FRIDAY, "Fri 2026-09-04", [SYDNEY, HONOLULU], ["Fri 2026-09-04 10:00 +1000", "Fri 2026-09-04 10:00 -1000"], "Mon 2026-09-07 09:00 -0300", id="Honolulu's 16:30 is 22:30 in Santiago: Monday 09:00, after its clocks went forward"),
    pytest.param(SANTIAGO, ON_FRIDAY, "Fri 2026-04-03", [LOS_ANGELES], ["Fri 2026-04-03 10:00 -0700"], "Mon 2026-04-06 09:00 -0400", id="San Francisco's 16:30 is 20:30 in Santiago: Monday, after its clocks went back"),
    pytest.param(LONDON, ON_FRIDAY, "Fri 2026-03-27", [SANTIAGO], ["Fri 2026-03-27 10:00 -0300"], "Mon 2026-03-30 09:00 +0100", id="Santiago's 16:30 is 19:30 in London: Monday, after London's clocks went forward"),
    pytest.param(DHAKA, ON_FRIDAY, "Fri 2026-11-20", [KATHMANDU, SHANGHAI], ["Fri 2026-11-20 10:00 +0545", "Fri 2026-11-20 10:00 +0800"], "Fri 2026-11-20 16:45 +0600", id="Dhaka waits a quarter of an hour for Kathmandu"),
    pytest.param(SHANGHAI, ON_FRIDAY, "Fri 2026-11-20", [DHAKA], ["Fri 2026-11-20 10:00 +0600"], "Mon 2026-11-23 09:00 +0800", id="Dhaka's 16:30 is 18:30 in Shanghai: outside"),
    pytest.param(SHANGHAI, ON_FRIDAY, "Fri 2026-11-20", ["Asia/Bangkok"], ["Fri 2026-11-20 10:00 +0700"], "Fri 2026-11-20 17:30 +0800", id="Bangkok's is 17:30: inside"),
    pytest.param(HONOLULU, ON_FRIDAY, "Fri 2026-11-20", [KIRITIMATI, APIA], ["Fri 2026-11-20 10:00 +1400", "Fri 2026-11-20 10:00 +1300"], "Fri 2026-11-20 16:30 -1000", id="Kiritimati, on Honolulu's clock but a day ahead: waited for by nobody"),
    pytest.param(KIRITIMATI, ON_FRIDAY, "Fri 2026-11-20", [HONOLULU], ["Fri 2026-11-20 10:00 -1000"], "Mon 2026-11-23 09:00 +1400", id="and the other way round: Honolulu's Friday is Kiritimati's Saturday"),
    pytest.param(KIRITIMATI, replace(ON_FRIDAY, day=THURSDAY), "Thu 2026-11-19", [HONOLULU], ["Thu 2026-11-19 10:00 -1000"], "Fri 2026-11-20 16:30 +1400", id="on Thursdays its 16:30 is Kiritimati's Friday 16:30: inside"),
    pytest.param(SYDNEY, ON_FRIDAY, "Fri 2026-10-02", [LORD_HOWE, AUCKLAND], ["Fri 2026-10-02 10:00 +1030", "Fri 2026-10-02 10:00 +1300"], "Fri 2026-10-02 16:30 +1000", id="Auckland has changed its clocks already, Sydney has not: both are ahead"),
    pytest.param(LORD_HOWE, ON_FRIDAY, "Fri 2026-10-02", [SYDNEY], ["Fri 2026-10-02 10:00 +1000"], "Fri 2026-10-02 17:00 +1030", id="Lord Howe waits half an hour for Sydney in winter"),
    pytest.param(LORD_HOWE, ON_FRIDAY, "Fri 2026-10-09", [SYDNEY], ["Fri 2026-10-09 10:00 +1100"], "Fri 2026-10-09 16:30 +1100", id="and not at all in summer"),
    pytest.param(SYDNEY, meeting("10:00", on=MON, check_in_day=FRI), "Fri 2026-10-02", [SYDNEY, LONDON, HONOLULU], ["Fri 2026-10-02 10:00 +1000", "Fri 2026-10-02 10:00 +0100", "Fri 2026-10-02 10:00 -1000"], "Mon 2026-10-05 09:00 +1100", id="a Sydney meeting on Monday: all on their Friday, an hour before it by the new clock"),
    pytest.param(AUCKLAND, meeting("10:00", on=MON, check_in_day=MON), "Mon 2026-09-28", [KIRITIMATI, SYDNEY, SANTIAGO], ["Fri 2026-09-25 10:00 +1400", "Fri 2026-09-25 10:00 +1000", "Fri 2026-09-25 10:00 -0300"], "Mon 2026-09-28 09:00 +1300", id="an Auckland meeting on Monday morning: all before the weekend of its change"),
    pytest.param(SANTIAGO, meeting("10:00", on=MON, check_in_day=MON), "Mon 2026-09-07", [AUCKLAND, DHAKA, SANTIAGO], ["Mon 2026-09-07 10:00 +1200", "Mon 2026-09-07 10:00 +0600", "Fri 2026-09-04 10:00 -0400"], "Mon 2026-09-07 09:00 -0300", id="a Santiago meeting: Auckland and Dhaka on its Monday, Santiago on Friday by the old clock"),
    pytest.param(HONOLULU, meeting("15:00"), "Fri 2026-11-20", [KIRITIMATI, LOS_ANGELES], ["Fri 2026-11-20 10:00 +1400", "Thu 2026-11-19 10:00 -0800"], "Fri 2026-11-20 14:00 -1000", id="14:00 in Honolulu is 16:00 in San Francisco: half an hour too soon for its Friday"),
    pytest.param(SANTIAGO, fixed("12:30"), "Fri 2026-09-11", [LONDON, LOS_ANGELES], ["Fri 2026-09-11 10:00 +0100", "Thu 2026-09-10 10:00 -0700"], "Fri 2026-09-11 12:30 -0300", id="12:30 in Santiago's summer is London's very 16:30"),
    pytest.param(SANTIAGO, fixed("12:00"), "Fri 2026-09-11", [LONDON], ["Thu 2026-09-10 10:00 +0100"], "Fri 2026-09-11 12:00 -0300", id="half an hour sooner it is Thursday's"),
    pytest.param(SANTIAGO, fixed("12:00"), "Fri 2026-09-04", [LONDON], ["Fri 2026-09-04 10:00 +0100"], "Fri 2026-09-04 12:00 -0400", id="but the week before, in Santiago's winter, it fits"),
    pytest.param(PAGO_PAGO, fixed("16:30"), "Fri 2026-11-20", [APIA], ["Fri 2026-11-20 10:00 +1300"], "Fri 2026-11-20 16:30 -1100", id="neighbours on either side of the date line: Apia's Friday was a day sooner"),
    pytest.param(APIA, fixed("16:30"), "Fri 2026-11-20", [PAGO_PAGO], ["Thu 2026-11-19 10:00 -1100"], "Fri 2026-11-20 16:30 +1300", id="and Pago Pago's Thursday 16:30 is Apia's very Friday 16:30"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "check_in", "on", "zones", "asked", "digest"), DIGESTS)
def test_a_spread_team_is_asked_and_its_digest_due(  # noqa: PLR0917 - a table's columns
    zone: str, check_in: CheckInTimes, on: str, zones: Sequence[str], asked: Sequence[str], digest: str
) -> None:
    plan = plan_round(a_team(zone, check_in), day(on), people_in(zones), [])
    assert prompts(plan) == {number: when(one) for number, one in enumerate(asked, start=1)}
    assert plan.digest_at == when(digest)


def round_of(team: Team, on: str, zones: Sequence[str]) -> Round:
    plan = plan_round(team, day(on), people_in(zones), [])
    return Round(1, team.id, plan.date, RoundState.DIGESTED, plan.opens_at, plan.digest_at)


# A team and its people, last week's digested round, the day of the next one, and the minute at which it opens.
OPENINGS = [
    pytest.param(KIRITIMATI, ON_FRIDAY, [KIRITIMATI], "Fri 2026-11-13", "Fri 2026-11-20", "Thu 2026-11-19 20:00 +0000", id="Kiritimati: on London's Thursday"),
    pytest.param(HONOLULU, ON_FRIDAY, [HONOLULU], "Fri 2026-11-13", "Fri 2026-11-20", "Fri 2026-11-20 20:00 +0000", id="Honolulu: a day later by the same clock"),
    pytest.param(HONOLULU, ON_FRIDAY, [HONOLULU, AUCKLAND], "Fri 2026-11-13", "Fri 2026-11-20", "Fri 2026-11-20 10:00 +1300", id="Honolulu with somebody in Auckland: on its own Thursday"),
    pytest.param(KIRITIMATI, ON_MONDAY, [KIRITIMATI], "Mon 2026-11-16", "Mon 2026-11-23", "Sun 2026-11-22 20:00 +0000", id="Kiritimati's Monday begins in London's week before"),
    pytest.param(SYDNEY, ON_MONDAY, [SYDNEY], "Mon 2026-09-28", "Mon 2026-10-05", "Sun 2026-10-04 23:00 +0000", id="Sydney, the day after its spring: on London's Sunday"),
    pytest.param(SANTIAGO, ON_MONDAY, [SANTIAGO], "Mon 2026-08-31", "Mon 2026-09-07", "Mon 2026-09-07 13:00 +0000", id="Santiago, the day after its spring"),
    pytest.param(SANTIAGO, ON_MONDAY, [SANTIAGO], "Mon 2026-03-30", "Mon 2026-04-06", "Mon 2026-04-06 14:00 +0000", id="Santiago, the day after its autumn"),
    pytest.param(LORD_HOWE, ON_MONDAY, [LORD_HOWE], "Mon 2026-09-28", "Mon 2026-10-05", "Sun 2026-10-04 23:00 +0000", id="Lord Howe, the day after its half hour"),
    pytest.param(KATHMANDU, ON_FRIDAY, [KATHMANDU], "Fri 2026-11-13", "Fri 2026-11-20", "Fri 2026-11-20 04:15 +0000", id="Kathmandu, at a quarter past"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "check_in", "zones", "before", "on", "opens"), OPENINGS)
def test_a_round_opens_to_the_minute_and_closes_the_one_before(  # noqa: PLR0917 - a table's columns
    zone: str, check_in: CheckInTimes, zones: Sequence[str], before: str, on: str, opens: str
) -> None:
    team = replace(a_team(zone, check_in), started_at=when("Mon 2026-01-05 00:00 +0000"))
    last = round_of(team, before, zones)
    steps = [
        next_steps(team, [last], lambda day_: plan_round(team, day_, people_in(zones), []), moment)
        for moment in (when(opens) - timedelta(minutes=1), when(opens))
    ]
    assert (steps[0].opens, steps[0].closes) == (None, ())
    assert steps[1].opens is not None
    assert steps[1].opens.date == day(on)
    assert steps[1].closes == (last,)


# The day of the round that is known when the team takes another day, that other day, and the next round's.
CHANGED_DAYS = [
    pytest.param(KIRITIMATI, "Fri 2026-11-20", MONDAY, "Mon 2026-11-23 10:00 +1400", id="Friday to Monday at the date line: the next Monday, London's Sunday"),
    pytest.param(PAGO_PAGO, "Mon 2026-11-16", FRI, "Fri 2026-11-27 10:00 -1100", id="Monday to Friday: not in the same week, also behind the date line"),
    pytest.param(SYDNEY, "Wed 2026-09-30", MONDAY, "Mon 2026-10-05 10:00 +1100", id="Wednesday to Monday over southern spring"),
    pytest.param(SANTIAGO, "Mon 2026-08-31", WEDNESDAY, "Wed 2026-09-09 10:00 -0300", id="Monday to Wednesday over southern spring, the week after"),
    pytest.param(AUCKLAND, "Thu 2026-04-02", MONDAY, "Mon 2026-04-06 10:00 +1200", id="Thursday to Monday over southern autumn"),
    pytest.param(LONDON, "Mon 2026-12-28", FRI, "Fri 2027-01-08 10:00 +0000", id="Monday to Friday in week 53: in the new year's week 1, not on New Year's Day"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "known", "check_in_day", "opens"), CHANGED_DAYS)
def test_another_check_in_day_starts_in_the_week_after(
    zone: str, known: str, check_in_day: int, opens: str
) -> None:
    started = when("Mon 2026-01-05 00:00 +0000")
    before = replace(a_team(zone, CheckInTimes(day=day(known).weekday())), started_at=started)
    team = replace(before, check_in=CheckInTimes(day=check_in_day))
    last = round_of(before, known, [zone])
    found = [
        next_steps(team, [last], lambda day_: plan_round(team, day_, people_in([zone]), []), moment)
        for moment in (when(opens) - timedelta(minutes=1), when(opens))
    ]
    assert found[0].opens is None
    assert found[1].opens is not None
    assert found[1].opens.opens_at == when(opens)
