"""The kinds of rows the tables of limits are written with, and how each reads a value.

A row says what a place in a payload may hold (`String(most=3000)`); `check` compares a value with it and
yields what is wrong, worded as Slack words it. The tables themselves stand in `objects`, `rich_text`,
`elements`, `blocks` and `views`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Problem:
    """One thing that Slack would refuse."""

    where: str  # JSON pointer from the request's arguments: "/blocks/3/text/text"
    message: str  # Slack's words: "must be less than 3001 characters"

    def __str__(self) -> str:
        """As in `errors` and `response_metadata.messages` of Slack's answer (there after "[ERROR] ")."""
        return f"{self.message} [json-pointer:{self.where}]"


class Rule(Protocol):
    """What one place may hold."""

    def check(self, value: object, where: str) -> Iterator[Problem]: ...


class Relation(Protocol):
    """What must hold between the keys of one object; sees the object even if a key of it is wrong."""

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]: ...


@dataclass(frozen=True)
class String:
    """A string of `least` to `most` characters (code points), perhaps one of a few, perhaps of one form."""

    most: int | None = None
    least: int = 0
    among: tuple[str, ...] = ()
    form: str = ""  # a regular expression for the whole of it

    def check(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(where, "must provide a string")
        elif self.among and value not in self.among:
            yield Problem(where, "must be a valid enum value")
        elif self.most is not None and len(value) > self.most:
            yield Problem(where, f"must be less than {self.most + 1} characters")
        elif len(value) < self.least:
            yield Problem(where, f"must be more than {self.least - 1} characters")
        elif self.form and not re.fullmatch(self.form, value, re.DOTALL):
            yield Problem(where, "failed to match schema")


@dataclass(frozen=True)
class Integer:
    """A whole number from `least` to `most`."""

    least: int | None = None
    most: int | None = None

    def check(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(where, "must provide an integer")
        elif self.most is not None and value > self.most:
            yield Problem(where, f"must be less than {self.most + 1}")
        elif self.least is not None and value < self.least:
            yield Problem(where, f"must be more than {self.least - 1}")


@dataclass(frozen=True)
class Boolean:
    """True or false."""

    def check(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(where, "must provide a boolean")


@dataclass(frozen=True)
class Array:
    """`least` to `most` items that all obey one rule."""

    of: Rule
    most: int | None = None
    least: int = 0

    def check(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(where, "must provide an array")
            return
        if self.most is not None and len(value) > self.most:
            yield Problem(where, f"no more than {self.most} items allowed")
        elif len(value) < self.least:
            yield Problem(where, f"must provide at least {self.least} items")
        for place, item in enumerate(value):
            yield from self.of.check(item, f"{where}/{place}")


@dataclass(frozen=True)
class Thing:
    """An object with these keys and no others; `relations` hold between them."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()

    def check(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(where, "must provide an object")
            return
        for key in self.required:
            if key not in value:
                yield Problem(where, f"missing required field: {key}")
        for key, held in value.items():
            rule = self.required.get(key) or self.optional.get(key)
            if rule is None:
                yield Problem(where, f"invalid additional property: {key}")
            else:
                yield from rule.check(held, f"{where}/{key}")
        for relation in self.relations:
            yield from relation.check(value, where)


@dataclass(frozen=True)
class ByType:
    """An object whose `type` says which of these it is; any other type is refused."""

    kinds: Mapping[str, Thing]

    def check(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(where, "must provide an object")
            return
        kind = value.get("type")
        if "type" not in value:
            yield Problem(where, "missing required field: type")
        elif not isinstance(kind, str):
            yield Problem(f"{where}/type", "must provide a string")
        elif kind not in self.kinds:
            yield Problem(f"{where}/type", f"unsupported type: {kind}")
        else:
            yield from self.kinds[kind].check(value, where)


def typed(
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    relations: tuple[Relation, ...] = (),
) -> Thing:
    """An object that also carries `type`, as those in a `ByType` do."""
    return Thing({"type": String(), **(required or {})}, optional or {}, relations)
