"""Moments and people written the way the tables of the week's tests read best."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.okr.model import DAY_NAMES, MONDAY_TO_FRIDAY, Absence, CheckInTimes, Meeting, Person, Team
from bot.okr.rounds import RoundPlan

FRI, MON, SUN = 4, 0, 6
LONDON, NEW_YORK, LOS_ANGELES, CAIRO = (
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Africa/Cairo",
)
JERUSALEM, AUCKLAND, LORD_HOWE = "Asia/Jerusalem", "Pacific/Auckland", "Australia/Lord_Howe"
KIRITIMATI, PAGO_PAGO, NIUE, APIA = "Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Niue", "Pacific/Apia"
KATHMANDU, DHAKA, SHANGHAI = "Asia/Kathmandu", "Asia/Dhaka", "Asia/Shanghai"
SYDNEY, SANTIAGO, HONOLULU = "Australia/Sydney", "America/Santiago", "Pacific/Honolulu"
EVERY_DAY = frozenset(range(7))
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})


def when(text: str) -> datetime:
    """A moment in UTC from a local one with its offset: "Fri 2026-11-20 16:30 +1300"; the day must be right."""
    moment = datetime.strptime(text, "%a %Y-%m-%d %H:%M %z")
    assert DAY_NAMES[moment.weekday()][:3] == text[:3].lower(), f"{text} is a {moment:%A}"
    return moment.astimezone(UTC)


def day(text: str) -> date:
    """A date with its weekday, which must be right: "Fri 2026-11-20"."""
    return when(f"{text} 00:00 +0000").date()


def hour(text: str) -> time:
    return time.fromisoformat(text)


def person_in(zone: str | None, number: int = 1, days: frozenset[int] = MONDAY_TO_FRIDAY) -> Person:
    return Person(id=number, slack_id=f"U{number:08}", name="Hannah", zone=zone, working_days=days)


def team_in(zone: str) -> Team:
    return Team(id=1, name="TeeBee", channel="C0OKRS", zone=zone)


def away(starts: str, ends: str | None, number: int = 1) -> Absence:
    """Absence of person `number` from the one day to the other, both included; None: no end yet."""
    return Absence(
        id=1, person_id=number, starts=day(starts), ends=None if ends is None else day(ends), source="said"
    )


def a_team(zone: str, check_in: CheckInTimes, days: frozenset[int] | None = None) -> Team:
    team = replace(team_in(zone), check_in=check_in)
    return team if days is None else replace(team, working_days=days)


def meeting(at: str, on: int = FRI, check_in_day: int = FRI) -> CheckInTimes:
    return CheckInTimes(day=check_in_day, meeting=Meeting(on, hour(at)))


def fixed(at: str, check_in_day: int = FRI) -> CheckInTimes:
    return CheckInTimes(day=check_in_day, digest=hour(at))


def people_in(zones: Sequence[str], days: frozenset[int] | None = None) -> list[Person]:
    people = [person_in(zone, number) for number, zone in enumerate(zones, start=1)]
    return people if days is None else [replace(person, working_days=days) for person in people]


def prompts(plan: RoundPlan) -> dict[int, object]:
    """Everybody's prompt by person id, or "away"."""
    asked: dict[int, object] = {person.person_id: person.prompt_at for person in plan.asked}
    return asked | dict.fromkeys(plan.away, "away")


def expected_prompts(prompt_of: dict[str, str]) -> dict[int, object]:
    return {n: text if text == "away" else when(text) for n, text in enumerate(prompt_of.values(), start=1)}
