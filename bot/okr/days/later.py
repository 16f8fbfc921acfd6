"""Later: when somebody may be reminded instead of at the usual hour."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.okr.days.zones import local_moment
from bot.okr.model import CheckIn, Person
from bot.okr.rounds import NEXT_MORNING

ONE_HOUR = timedelta(hours=1)
AFTERNOON = time(15)
LEAST_LEFT = timedelta(minutes=15)
"""So much time has to be left to answer in."""
DAYS_AHEAD = 4
"""A digest that waits for a Monday, or a long weekend's Tuesday."""


class Later(StrEnum):
    HOUR = "hour"
    AFTERNOON = "afternoon"
    MORNING = "morning"
    """The next one on which they work."""


def is_reminded(person: Person, check_in: CheckIn) -> bool:
    """Whether the person wants a reminder in that check-in: who wants none gets the one they asked for."""
    return not person.muted or check_in.later_at is not None


def choices(
    now: datetime, zone: ZoneInfo, due: datetime, works_on: Callable[[date], bool]
) -> dict[Later, datetime]:
    """Those that make sense, in order: each later than the one before, and early enough to answer by `due`.

    `works_on` says of a day of their own calendar whether they work and are there.
    """
    today = now.astimezone(zone).date()
    ahead = (today + timedelta(days=days) for days in range(1, DAYS_AHEAD + 1))
    morning = next((day for day in ahead if works_on(day)), None)
    wished = {
        Later.HOUR: now + ONE_HOUR,
        Later.AFTERNOON: local_moment(today, AFTERNOON, zone),
        Later.MORNING: local_moment(morning, NEXT_MORNING, zone) if morning else None,
    }
    found: dict[Later, datetime] = {}
    latest = now
    for choice, moment in wished.items():
        if moment is not None and latest < moment <= due - LEAST_LEFT:
            found[choice] = latest = moment
    return found
