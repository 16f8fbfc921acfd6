"""How days, hours, numbers and lists are said.

Written here rather than by strftime, whose words depend on the machine's locale.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Final

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def clock(moment: datetime | time) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def day(day_of: date) -> str:
    return f"{DAYS[day_of.weekday()]} {day_of.day} {MONTHS[day_of.month - 1]}"


def short_day(day_of: date) -> str:
    return f"{day_of.day} {MONTHS[day_of.month - 1]}"


def begins(first: date) -> str:
    """ "begins on 4 January": a cycle to come."""
    return f"begins on {short_day(first)}"


def day_and_clock(moment: datetime) -> str:
    return f"{day(moment)} at {clock(moment)}"


def days(starts: date, ends: date) -> str:
    """ "Friday 20 November", "Thursday 24 December to Saturday 2 January"."""
    return day(starts) if starts == ends else f"{day(starts)} to {day(ends)}"


def since(moment: datetime, on: date) -> str:
    """ "16:30"; on another day than `on`, "Monday 23 November at 09:00"."""
    return clock(moment) if moment.date() == on else day_and_clock(moment)


def weekdays(which: Iterable[int]) -> str:
    """ "Monday to Friday", "Monday, Tuesday and Thursday"."""
    days = sorted(which)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return listed([DAYS[one] for one in days])


def more(number: int) -> str:
    """The end of a list that goes on elsewhere or not at all."""
    return f"… and {number} more"


def count(number: int, thing: str, things: str | None = None) -> str:
    """ "1 key result", "3 key results"; `things` where the plural is not `thing` with an s."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"


def listed(names: Sequence[str], most: int | None = None) -> str:
    """ "Hannah, Jack and Jim"; with more than `most` names, "Hannah, Jack and 38 more"."""
    if most is not None and len(names) > most:
        names = (*names[:most], f"{len(names) - most} more")
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def either(names: Sequence[str]) -> str:
    """ "Hannah", "Hannah or Jack", "Hannah, Jack or Jim"."""
    return " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"
