"""Public holidays: whose there are, when people with some are asked, and what cannot be a region."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.okr.model import CheckInTimes, Person
from bot.okr.rounds import plan_round
from bot.services.asking.planner import Planner
from bot.services.asking.upcoming import next_prompt
from bot.services.away import public_holidays, settings
from bot.services.away.public_holidays import UnknownRegion
from bot.services.away.settings import Week
from bot.storage import okr_cycles, people, teams
from bot.storage.engine import Database
from tests.services.teebee import JACK, at, move_in
from tests.unit.when import LONDON, a_team, day, expected_prompts, meeting, person_in, prompts

BERLIN, SANTIAGO, SHANGHAI, SYDNEY, HONOLULU, AUCKLAND = (
    "Europe/Berlin",
    "America/Santiago",
    "Asia/Shanghai",
    "Australia/Sydney",
    "Pacific/Honolulu",
    "Pacific/Auckland",
)

# A check-in day, where somebody is and whose holidays they have, and when they are asked.
HOLIDAYS = [
    pytest.param("Fri 2026-04-03", BERLIN, "DE-BY", "Thu 2026-04-02 10:00 +0200", id="Good Friday: on Thursday, after the clocks went forward"),
    pytest.param("Fri 2026-04-03", LONDON, "GB-ENG", "Thu 2026-04-02 10:00 +0100", id="Good Friday in England"),
    pytest.param("Fri 2026-04-03", SHANGHAI, "CN", "Fri 2026-04-03 10:00 +0800", id="no holiday in China"),
    pytest.param("Fri 2026-04-03", SYDNEY, "AU-NSW", "Thu 2026-04-02 10:00 +1100", id="Good Friday in Sydney, before its clocks go back"),
    pytest.param("Fri 2026-04-03", LONDON, None, "Fri 2026-04-03 10:00 +0100", id="nobody's holidays"),
    pytest.param("Fri 2026-12-25", BERLIN, "DE", "Thu 2026-12-24 10:00 +0100", id="25 December: on the 24th, which is none"),
    pytest.param("Fri 2026-12-25", LONDON, "GB-SCT", "Thu 2026-12-24 10:00 +0000", id="25 December in Scotland"),
    pytest.param("Fri 2026-12-25", HONOLULU, "US-HI", "Thu 2026-12-24 10:00 -1000", id="25 December in Hawaii"),
    pytest.param("Fri 2026-12-25", AUCKLAND, "NZ", "Thu 2026-12-24 10:00 +1300", id="25 December in summer"),
    pytest.param("Fri 2026-10-02", SHANGHAI, "CN", "Wed 2026-09-30 10:00 +0800", id="Golden Week begins: asked before it"),
    pytest.param("Wed 2026-10-07", SHANGHAI, "CN", "away", id="the end of Golden Week: none of the three days before fits"),
    pytest.param("Fri 2026-10-09", SHANGHAI, "CN", "Fri 2026-10-09 10:00 +0800", id="after Golden Week"),
    pytest.param("Fri 2026-06-05", BERLIN, "DE-BY", "Fri 2026-06-05 10:00 +0200", id="the day after Corpus Christi"),
    pytest.param("Thu 2026-06-04", BERLIN, "DE-BY", "Wed 2026-06-03 10:00 +0200", id="Corpus Christi in Bavaria"),
    pytest.param("Thu 2026-06-04", BERLIN, "DE-BE", "Thu 2026-06-04 10:00 +0200", id="but not in Berlin"),
    pytest.param("Fri 2026-04-03", AUCKLAND, "NZ", "Thu 2026-04-02 10:00 +1300", id="Good Friday in Auckland, before its clocks go back"),
    pytest.param("Mon 2026-10-05", SYDNEY, "AU-NSW", "Fri 2026-10-02 10:00 +1000", id="Labour Day in Sydney: before the weekend on which its clocks go forward"),
    pytest.param("Fri 2026-09-18", SANTIAGO, "CL", "Thu 2026-09-17 10:00 -0300", id="Chile's Fiestas Patrias"),
    pytest.param("Fri 2027-01-01", LONDON, "GB-ENG", "Thu 2026-12-31 10:00 +0000", id="New Year: the year before"),
]  # fmt: skip


@pytest.mark.parametrize(("on", "zone", "region", "prompt"), HOLIDAYS)
def test_on_a_holiday_they_are_asked_before_or_passed_by(
    on: str, zone: str, region: str | None, prompt: str
) -> None:
    team = a_team(zone, CheckInTimes(day=day(on).weekday()))
    person = replace(person_in(zone), region=region)
    plan = plan_round(team, day(on), [person], public_holidays.before(day(on), [person]))
    assert prompts(plan) == expected_prompts({zone: prompt})


def test_with_a_meeting_the_days_that_end_before_it_are_left() -> None:
    person = replace(person_in(LONDON), region="GB-ENG")
    on = day("Fri 2026-04-03")
    plan = plan_round(a_team(LONDON, meeting("14:00")), on, [person], public_holidays.before(on, [person]))
    assert prompts(plan) == expected_prompts({LONDON: "Thu 2026-04-02 10:00 +0100"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("DE-BY", "DE-BY"), (" de-by ", "DE-BY"), ("gb_eng", "GB-ENG"), ("cn-", "CN"), ("us ca", "US-CA")],
)
def test_a_region_is_known_however_it_is_written(typed: str, kept: str) -> None:
    assert public_holidays.region(typed) == kept


@pytest.mark.parametrize(
    ("typed", "country", "regions"),
    [("DE-XX", "DE", 17), ("CN-SH", "CN", 0), ("XX", None, 0), ("🌴", None, 0), ("", None, 0)],
)
def test_what_is_no_region_says_what_is_known(typed: str, country: str | None, regions: int) -> None:
    with pytest.raises(UnknownRegion) as unknown:
        public_holidays.region(typed)
    assert (unknown.value.country, len(unknown.value.regions)) == (country, regions)


def test_a_region_that_is_not_known_any_more_has_no_holidays() -> None:
    person = replace(person_in(LONDON), region="XX-YY")
    assert public_holidays.before(date(2026, 12, 25), [person]) == []


def test_holidays_stand_in_the_plan_and_in_when_one_is_asked_next(database: Database) -> None:
    teebee = move_in(database)
    settings.save(database, JACK, Week(region="de-by", own_prompt=time(9, 30)))
    with database.reading() as connection:
        jack = _jack(database)
        team = teams.by_id(connection, teebee.team.id)
        planner = Planner(connection, team, okr_cycles.everything(connection))
        plan = planner.plan(date(2026, 12, 25))
        assert plan is not None
        asked = {one.person_id: one.prompt_at for one in plan.asked}
        assert asked[jack.id] == at(9, 30, day=date(2026, 12, 24))
        assert asked[teebee.hannah.id] == at(10, day=date(2026, 12, 25))
        assert next_prompt(connection, jack, at(17, day=date(2026, 12, 18))) == at(
            9, 30, day=date(2026, 12, 24)
        )


def _jack(database: Database) -> Person:
    with database.reading() as connection:
        found = people.by_slack_id(connection, JACK)
    assert found is not None
    return found
