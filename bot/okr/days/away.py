"""Days away as people write them: "today", "until 2 Jan", "24 Dec to 2 Jan", "2026-12-24".

What can be read in two ways (3/4) gives both readings: whoever wrote it is asked. Dates are those of the
writer's own calendar.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.okr.model import DAY_NAMES

LONGEST = timedelta(weeks=26)
"""For longer than this people pause; a longer stretch is more often a slip of the pen."""
FARTHEST = timedelta(days=366)
"""So far ahead may days away begin."""

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_TO = frozenset({"to", "until", "till", "til", "through", "thru", "-", "–", "—", "..", "..."})
_NO_MATTER = frozenset(
    {"from", "on", "the", "of", "and", "including", "inclusive", "incl", "i", "am", "away"}
)
_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<slashed>\d{1,2}/\d{1,2}(?:/\d{2,4})?)"
    r"|(?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d))|(?P<number>\d{1,4})(?:st|nd|rd|th)?(?![\w])"
    r"|(?P<word>[a-z]+)|(?P<dash>-|–|—|\.{2,3})|(?P<other>\S)"
)
_HYPHENED = re.compile(r"\b(\d{1,2})-([a-z]{3,9})(?:-(\d{4}))?\b")


class Why(StrEnum):
    """What is wrong with days that somebody gave."""

    NOT_UNDERSTOOD = "not understood"
    NO_SUCH_DAY = "no such day"
    NO_END = "no end"
    ENDS_FIRST = "ends first"
    OVER = "over"
    TOO_LONG = "too long"
    TOO_FAR = "too far"


class NotDays(Exception):  # noqa: N818 - it says what is so
    """These cannot be days away; `said` is the day that is not there, as it would be written, or nothing."""

    def __init__(self, why: Why, said: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.said = said


@dataclass(frozen=True, slots=True)
class Days:
    starts: date
    ends: date
    """Included."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A day as it was written: whole, or without its year, or (in "24 to 26 Dec") without its month."""

    day: int
    month: int | None = None
    year: int | None = None


def read_days(text: str, today: date) -> tuple[Days, ...]:
    """What the words mean: one reading or, where nobody can tell, two. Raises NotDays.

    A year that was left out is the one nearest to `today`.
    """
    found: dict[Days, None] = {}
    problem: NotDays | None = None
    for day_first in (True, False):
        try:
            found[_Reading(text, today, day_first=day_first).days()] = None
        except NotDays as wrong:
            problem = problem or wrong
    if not found:
        raise problem or NotDays(Why.NOT_UNDERSTOOD)
    return tuple(found)


def checked(starts: date, ends: date, today: date) -> Days:
    """Days that somebody may be away; raises NotDays for others."""
    if ends < today:
        raise NotDays(Why.OVER)
    if ends < starts:
        raise NotDays(Why.ENDS_FIRST)
    if ends - starts > LONGEST:
        raise NotDays(Why.TOO_LONG)
    if starts - today > FARTHEST:
        raise NotDays(Why.TOO_FAR)
    return Days(starts, ends)


class _Reading:
    """The words read with the day or with the month first where only figures stand between slashes."""

    def __init__(self, text: str, today: date, *, day_first: bool) -> None:
        spaced = _HYPHENED.sub(r"\1 \2 \3", text.casefold().replace(",", " "))
        self._tokens = [
            (str(one.lastgroup), one.group(str(one.lastgroup)))
            for one in _TOKEN.finditer(spaced)
            if one.group(str(one.lastgroup)) not in _NO_MATTER
        ]
        self._begins = "from" in spaced.split()
        self._today = today
        self._day_first = day_first

    def days(self) -> Days:
        week = self._week()
        if week:
            return week
        start: date | _Point = self._today
        if not self._takes_to():
            start = self._point(self._today)
            if not self._tokens and self._begins:
                raise NotDays(Why.NO_END)
            if not self._tokens:
                return self._one(start)
            if not self._takes_to():
                raise NotDays(Why.NOT_UNDERSTOOD)
        end = self._point(start if isinstance(start, date) else self._today)
        if self._tokens:
            raise NotDays(Why.NOT_UNDERSTOOD)
        return self._range(*_same_month(start, end))

    def _week(self) -> Days | None:
        words = [text for _, text in self._tokens]
        monday = self._today - timedelta(days=self._today.weekday())
        if words == ["this", "week"]:
            return Days(self._today, monday + timedelta(days=6))
        if words == ["next", "week"]:
            return Days(monday + timedelta(days=7), monday + timedelta(days=13))
        return None

    def _takes_to(self) -> bool:
        if self._tokens and self._tokens[0][1] in _TO:
            del self._tokens[0]
            return True
        return False

    def _point(self, since: date) -> date | _Point:
        """The next day in the words; a day of the week is the first one from `since` on."""
        if not self._tokens:
            raise NotDays(Why.NOT_UNDERSTOOD)
        kind, text = self._tokens.pop(0)
        match kind:
            case "iso":
                return _exists(*(int(part) for part in text.split("-")))
            case "dotted":
                return _in_figures([part for part in text.split(".") if part], day_first=True)
            case "slashed":
                return _in_figures(text.split("/"), day_first=self._day_first)
            case "number":
                return self._day_and_month(int(text))
            case "word":
                return self._in_words(text, since)
        raise NotDays(Why.NOT_UNDERSTOOD)

    def _day_and_month(self, day: int) -> _Point:
        """ "24", "24 Dec" or "24 Dec 2026", of which the day has been taken."""
        if not self._tokens or not (month := _month(self._tokens[0][1])):
            return _Point(day, year=self._year())
        del self._tokens[0]
        return _Point(day, month, self._year())

    def _in_words(self, word: str, since: date) -> date | _Point:
        if word in {"today", "tomorrow"}:
            return self._today + timedelta(days=word == "tomorrow")
        weekday = _of(word, DAY_NAMES)
        if weekday is not None:
            return since + timedelta(days=(weekday - since.weekday()) % 7)
        month = _month(word)
        if month and self._tokens and self._tokens[0][0] == "number":
            day = int(self._tokens.pop(0)[1])
            return _Point(day, month, self._year())
        raise NotDays(Why.NOT_UNDERSTOOD)

    def _year(self) -> int | None:
        if self._tokens and self._tokens[0][0] == "number" and len(self._tokens[0][1]) == 4:
            return int(self._tokens.pop(0)[1])
        return None

    def _one(self, point: date | _Point) -> Days:
        day = self._nearest(point)
        return checked(day, day, self._today)

    def _range(self, start: date | _Point, end: date | _Point) -> Days:
        """A day without a year is set by the other one, and the end by today where neither has one."""
        starts, ends = _whole(start), _whole(end)
        if starts and not ends and starts != self._today and isinstance(end, _Point):
            return checked(starts, _first(end, from_day=starts), self._today)
        ended_by_year = ends is not None
        ends = ends or self._nearest(end)
        if starts or not isinstance(start, _Point):
            return checked(starts or self._today, ends, self._today)
        starts = _last(start, until=ends)
        if not ended_by_year and ends - starts > LONGEST:
            raise NotDays(Why.ENDS_FIRST)  # "5 Dec to 3 Dec" is not meant to be nearly a year
        return checked(starts, ends, self._today)

    def _nearest(self, point: date | _Point) -> date:
        whole = _whole(point)
        if whole or not isinstance(point, _Point):
            return whole or self._today
        years = (self._today.year + ahead for ahead in (0, 1, -1))
        days = list(_in_years(point, years))
        return min(days, key=lambda day: abs(day - self._today))


def _same_month(start: date | _Point, end: date | _Point) -> tuple[date | _Point, date | _Point]:
    """ "24 to 26 Dec" and "Dec 24 to 26": the month, and the year, are the other day's."""
    if isinstance(start, _Point) and isinstance(end, _Point):
        if start.month is None:
            return _Point(start.day, end.month, end.year), end
        if end.month is None:
            return start, _Point(end.day, start.month, end.year or start.year)
    return start, end


def _whole(point: date | _Point) -> date | None:
    """The day; None where its year was left out."""
    if isinstance(point, date):
        return point
    if point.month is None:
        raise NotDays(Why.NOT_UNDERSTOOD)
    return None if point.year is None else _exists(point.year, point.month, point.day)


def _in_years(point: _Point, years: Iterator[int]) -> Iterator[date]:
    """Raises NotDays where there is no such day in any of them."""
    if point.month is None:
        raise NotDays(Why.NOT_UNDERSTOOD)
    wrong, found = None, False
    for year in years:
        try:
            day = _exists(year, point.month, point.day)
        except NotDays as problem:
            wrong = wrong or problem
            continue
        found = True
        yield day
    if wrong and not found:
        raise NotDays(wrong.why, f"{point.day} {_MONTH_NAMES[point.month - 1].capitalize()}")


def _first(point: _Point, *, from_day: date) -> date:
    days = list(_in_years(point, iter(range(from_day.year, from_day.year + 2))))
    return min(day for day in days if day >= from_day) if days[-1] >= from_day else days[-1]


def _last(point: _Point, *, until: date) -> date:
    days = list(_in_years(point, iter(range(until.year - 1, until.year + 1))))
    return max(day for day in days if day <= until) if days[0] <= until else days[0]


def _in_figures(parts: list[str], *, day_first: bool) -> _Point:
    first, second = int(parts[0]), int(parts[1])
    day, month = (first, second) if day_first else (second, first)
    if not 1 <= month <= len(_MONTH_NAMES):
        raise NotDays(Why.NO_SUCH_DAY, "/".join(parts))
    year = int(parts[2]) if len(parts) > 2 else None
    return _Point(day, month, year + 2000 if year is not None and year < 100 else year)


def _exists(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= len(_MONTH_NAMES):
            raise NotDays(Why.NO_SUCH_DAY, f"month {month}") from None
        raise NotDays(Why.NO_SUCH_DAY, f"{day} {_MONTH_NAMES[month - 1].capitalize()} {year}") from None


def _month(word: str) -> int | None:
    """From 1."""
    if word == "sept":
        return 9
    number = _of(word, _MONTH_NAMES)
    return None if number is None else number + 1


def _of(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names it is, whole or its first three letters or more."""
    found = [number for number, name in enumerate(names) if len(word) > 2 and name.startswith(word)]
    return found[0] if len(found) == 1 else None
