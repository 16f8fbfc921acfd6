"""Reads single values out of marked fields: a text, a number, a date. What is wrong is complained about.

Each reader gives None where the value is missing or wrong; the outline is thrown away then anyway.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from zoneinfo import available_timezones

from bot.files.marked import (
    TYPES_IN_WORDS,
    Complaints,
    Fields,
    Items,
    Marked,
    Nothing,
    Text,
    Unread,
    did_you_mean,
    shown,
)
from bot.okr.days.zones import known_zone
from bot.okr.model import DAY_NAMES
from bot.okr.numbers.values import NotAValue, parse_value

LONGEST_NAME = 100
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LINE_BREAKS = "\n\r\x85\u2028\u2029"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_ID = re.compile(r"[0-9]{1,18}")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_YES = frozenset({"true", "yes", "on"})
_NO = frozenset({"false", "no", "off"})


class FieldReader:
    def __init__(self, complaints: Complaints) -> None:
        self.complain = complaints.add

    def known(self, fields: Fields, names: Iterable[str]) -> None:
        """Complains about every field that is not in `names`."""
        known = list(names)
        for name, value in fields.values.items():
            if name not in known:
                hint = did_you_mean(name, known) or f" Known here: {', '.join(known)}."
                self.complain(value.place, f"“{shown(name)}” is not a key that belongs here.{hint}")

    def fields(self, parent: Fields, name: str, *, required: bool = False) -> Fields | None:
        value = self._given(parent, name, required=required)
        return None if value is None else self.as_fields(value)

    def as_fields(self, value: Marked) -> Fields | None:
        if isinstance(value, Fields):
            return value
        self._wrong_type(value, "a set of fields")
        return None

    def items(self, parent: Fields, name: str, *, required: bool = False) -> tuple[Marked, ...]:
        value = self._given(parent, name, required=required)
        if isinstance(value, Items):
            if required and not value.items:
                self.complain(value.place, "it is empty")
            return value.items
        if value is not None:
            self._wrong_type(value, "a list")
        return ()

    def scalar(self, parent: Fields, name: str, *, required: bool = False) -> Text | None:
        value = self._given(parent, name, required=required)
        return None if value is None else self.as_text(value)

    def as_text(self, value: Marked) -> Text | None:
        """The value as text that fits on one line, without spaces around it."""
        if not isinstance(value, Text):
            self._wrong_type(value, "a single value")
            return None
        text = value.text.strip()
        for character in text:
            if unicodedata.category(character) in _REFUSED_CATEGORIES:
                what = "a line break" if character in _LINE_BREAKS else f"U+{ord(character):04X}"
                self.complain(value.place, f"“{shown(text)}” holds {what}, which does not fit on one line")
                return None
        return Text(value.place, text)

    def text(self, parent: Fields, name: str, longest: int, *, required: bool = False) -> str | None:
        value = self.scalar(parent, name, required=required)
        return None if value is None else self.not_too_long(value, "it", longest)

    def not_too_long(self, value: Text, called: str, longest: int) -> str | None:
        if len(value.text) <= longest:
            return value.text
        self.complain(value.place, f"{called} has {len(value.text)} characters; {longest} is the most")
        return None

    def number(self, parent: Fields, name: str, unit: str, *, required: bool = False) -> float | None:
        """A finite number; "62%", "¥250,000" and "250k" are understood."""
        value = self.scalar(parent, name, required=required)
        if value is None:
            return None
        try:
            return to_number(value.text, unit)
        except NotAValue as error:
            self.complain(value.place, str(error))
            return None

    def id(self, parent: Fields) -> int | None:
        value = self.scalar(parent, "id")
        if value is None:
            return None
        if _ID.fullmatch(value.text) and int(value.text) > 0:
            return int(value.text)
        message = (
            f"“{shown(value.text)}” is not an id as okra export writes them; leave it out for something new"
        )
        self.complain(value.place, message)
        return None

    def date(self, parent: Fields, name: str) -> date | None:
        value = self.scalar(parent, name, required=True)
        if value is None:
            return None
        try:
            if _DATE.fullmatch(value.text):
                return date.fromisoformat(value.text)
        except ValueError:
            self.complain(value.place, f"{value.text} is not a day of the calendar")
            return None
        self.complain(value.place, f"“{shown(value.text)}” is not a date; write it like 2026-10-01")
        return None

    def hour(self, parent: Fields, name: str, *, required: bool = False) -> time | None:
        value = self.scalar(parent, name, required=required)
        if value is None:
            return None
        match = _HOUR.fullmatch(value.text)
        if match and int(match[1]) < 24 and int(match[2]) < 60:
            return time(int(match[1]), int(match[2]))
        message = f"“{shown(value.text)}” is not a time of day; write it like 09:30, from 00:00 to 23:59"
        self.complain(value.place, message)
        return None

    def day(self, parent: Fields, name: str, *, required: bool = False) -> int | None:
        """A day of the week from Monday = 0; "Friday", "fri" and "Fri" are the same."""
        value = self.scalar(parent, name, required=required)
        if value is None:
            return None
        word = value.text.lower()
        for number, day in enumerate(DAY_NAMES):
            if len(word) >= 3 and day.startswith(word):
                return number
        hint = did_you_mean(word, list(DAY_NAMES)) or " Write monday, tuesday and so on."
        self.complain(value.place, f"“{shown(value.text)}” is not a day of the week.{hint}")
        return None

    def zone(self, parent: Fields) -> str | None:
        value = self.scalar(parent, "timezone")
        if value is None:
            return None
        if known_zone(value.text):
            return value.text
        hint = _nearest_zone(value.text) or " Write it like Europe/London or Asia/Shanghai."
        self.complain(value.place, f"there is no time zone “{shown(value.text)}”.{hint}")
        return None

    def flag(self, parent: Fields, name: str, *, default: bool) -> bool:
        value = self.scalar(parent, name)
        if value is None:
            return default
        if value.text.lower() not in _YES | _NO:
            self.complain(value.place, f"“{shown(value.text)}” is neither true nor false")
        return value.text.lower() in _YES

    def gives(self, parent: Fields, name: str) -> bool:
        """Whether there is something to read: blank text and a key without a value count as missing."""
        value = parent.values.get(name)
        blank = isinstance(value, Text) and not value.text.strip()
        return not (value is None or isinstance(value, Nothing) or blank)

    def _given(self, parent: Fields, name: str, *, required: bool) -> Marked | None:
        value = parent.values.get(name)
        if self.gives(parent, name):
            return None if isinstance(value, Unread) else value
        if required and value is None:
            self.complain(parent.place, f"{parent.called(name)} is missing")
        elif required and value is not None:
            # `channel: #okrs` and `title: #1 in tea` lose their text to YAML's comment sign.
            hinted = isinstance(value, Nothing) and name in ("channel", "title", "name")
            hint = "; a # begins a comment, so put quotes round text that starts with one" if hinted else ""
            self.complain(value.place, f"it is empty{hint}")
        return None

    def _wrong_type(self, value: Marked, wanted: str) -> None:
        if not isinstance(value, Unread):
            found = TYPES_IN_WORDS.get(type(value).__name__, "nothing")
            self.complain(value.place, f"{wanted} is expected here, not {found}")


def to_number(text: str, unit: str) -> float:
    """A finite number. Raises NotAValue. Plain numbers are read as export writes them, to the last digit."""
    if not _PLAIN_NUMBER.fullmatch(text):
        return parse_value(text, unit)
    if math.isfinite(float(text)):
        return float(text)
    raise NotAValue(f"{shown(text)} is too large")


def _nearest_zone(word: str) -> str:
    """A hint at a zone with this name, or with this city."""
    zones = sorted(available_timezones())
    city = word.lower().replace(" ", "_").rsplit("/", 1)[-1]
    same_city = [zone for zone in zones if zone.lower().rsplit("/", 1)[-1] == city and "/" in zone]
    return f" Did you mean “{same_city[0]}”?" if same_city else did_you_mean(word, zones)
