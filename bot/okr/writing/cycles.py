"""Cycles that people make: which one comes next, what cannot be one, what is odd about one."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from bot.okr.model import Cycle

LONGEST_NAME = 60
"""Characters."""
SHORT_DAYS = 13
LONG_DAYS = 400
"""Fewer days, or more, than these are perhaps a slip."""
FAR_DAYS = 400
EARLY_DAYS = 30
"""So many days into a quarter it is still the one to draft, where nothing else is there."""


class NoCycle(StrEnum):
    """Why a name and two days are no cycle."""

    NO_NAME = "no name"
    NAME_TOO_LONG = "name too long"
    ENDS_FIRST = "ends before it starts"
    OVER = "over"


class Odd(StrEnum):
    """What is allowed, and asked about."""

    SHORT = "short"
    LONG = "long"
    BEGUN = "begun"
    FAR = "far"


def quarter(day: date) -> Cycle:
    """The quarter that a day falls in, "2027 Q1", which is no stored cycle."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Cycle(
        0, f"{day.year} Q{(day.month - 1) // 3 + 1}", first, _next_quarter(first) - timedelta(days=1)
    )


def proposed(today: date, taken: Iterable[Cycle]) -> Cycle:
    """The quarter after this one; this one while it is young and nothing is `taken` in it; and none before
    what is taken has come to its end."""
    taken = list(taken)
    now = quarter(today)
    if (today - now.starts).days <= EARLY_DAYS and not any(overlap(now, one) for one in taken):
        return now
    last = max([now.ends, *(one.ends for one in taken)])
    following = quarter(last + timedelta(days=1))
    return following if following.starts > last else quarter(following.ends + timedelta(days=1))


def problems(cycle: Cycle, today: date) -> tuple[NoCycle, ...]:
    """All that is wrong with it; nothing where it can be one."""
    found = []
    if not cycle.name.strip():
        found.append(NoCycle.NO_NAME)
    elif len(cycle.name) > LONGEST_NAME:
        found.append(NoCycle.NAME_TOO_LONG)
    if cycle.ends < cycle.starts:
        found.append(NoCycle.ENDS_FIRST)
    elif cycle.ends < today:
        found.append(NoCycle.OVER)
    return tuple(found)


def odd(cycle: Cycle, today: date) -> tuple[Odd, ...]:
    """What is asked about before it is made."""
    days = (cycle.ends - cycle.starts).days + 1
    found = []
    if days <= SHORT_DAYS:
        found.append(Odd.SHORT)
    elif days >= LONG_DAYS:
        found.append(Odd.LONG)
    if cycle.starts < today - timedelta(days=EARLY_DAYS):
        found.append(Odd.BEGUN)
    elif cycle.starts > today + timedelta(days=FAR_DAYS):
        found.append(Odd.FAR)
    return tuple(found)


def overlap(one: Cycle, other: Cycle) -> bool:
    """Whether they share a day."""
    return one.starts <= other.ends and other.starts <= one.ends


def _next_quarter(first: date) -> date:
    return date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
