"""What must hold between the keys of one object: either text or fields, a value within its own bounds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.practice.limits.rules import Problem


@dataclass(frozen=True)
class AnyOf:
    """At least one of these keys."""

    keys: tuple[str, ...]

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]:
        if not any(key in value for key in self.keys):
            yield Problem(where, f"must define either {_either(self.keys)}")


@dataclass(frozen=True)
class OneOf:
    """Exactly one of these keys."""

    keys: tuple[str, ...]

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]:
        if sum(key in value for key in self.keys) != 1:
            yield Problem(where, f"must define exactly one of {_either(self.keys)}")


@dataclass(frozen=True)
class Chosen:
    """What is chosen at first must be among the options (or the options of the groups), to the letter."""

    key: str  # "initial_option", one object, or "initial_options", several

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]:
        if self.key not in value:
            return
        offered = list(_items(value.get("options")))
        for group in _items(value.get("option_groups")):
            if isinstance(group, dict):
                offered.extend(_items(group.get("options")))
        chosen = value[self.key]
        if isinstance(chosen, list):
            for place, one in enumerate(chosen):
                if one not in offered:
                    yield Problem(f"{where}/{self.key}/{place}", "must exactly match one of the options")
        elif chosen not in offered:
            yield Problem(f"{where}/{self.key}", "must exactly match one of the options")


@dataclass(frozen=True)
class NotMoreChosen:
    """Not more chosen at first than `max_selected_items` allows."""

    key: str

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]:
        most = value.get("max_selected_items")
        if isinstance(most, int) and len(_items(value.get(self.key))) > most:
            yield Problem(f"{where}/{self.key}", f"no more than {most} items allowed")


@dataclass(frozen=True)
class WithinLengths:
    """`min_length` not above `max_length`, and what stands in the field at first between the two."""

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]:
        least, most = _whole(value.get("min_length")), _whole(value.get("max_length"))
        first = value.get("initial_value")
        length = len(first) if isinstance(first, str) else 0
        if least is not None and most is not None and least > most:
            yield Problem(f"{where}/min_length", "must be less than or equal to `max_length`")
        elif most is not None and length > most:
            yield Problem(f"{where}/initial_value", f"must be less than {most + 1} characters")
        elif least is not None and 0 < length < least:
            yield Problem(f"{where}/initial_value", f"must be more than {least - 1} characters")


@dataclass(frozen=True)
class WithinNumbers:
    """Numbers in strings: each a number, decimal only where allowed, min ≤ initial ≤ max."""

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]:
        numbers: dict[str, Decimal] = {}
        for key in ("min_value", "max_value", "initial_value"):
            written = value.get(key)
            if not isinstance(written, str):
                continue
            number = _number(written)
            if number is None:
                yield Problem(f"{where}/{key}", "must be a number")
            elif not value.get("is_decimal_allowed") and "." in written:
                yield Problem(f"{where}/{key}", "must be a whole number, decimals are not allowed")
            else:
                numbers[key] = number
        for low, high in (
            ("min_value", "max_value"),
            ("min_value", "initial_value"),
            ("initial_value", "max_value"),
        ):
            if low in numbers and high in numbers and numbers[low] > numbers[high]:
                yield Problem(f"{where}/{low}", f"must be less than or equal to `{high}`")


@dataclass(frozen=True)
class RealDate:
    """A day that the calendar has."""

    key: str

    def check(self, value: Mapping[str, Any], where: str) -> Iterator[Problem]:
        written = value.get(self.key)
        if not isinstance(written, str):
            return
        try:
            date.fromisoformat(written)
        except ValueError:
            yield Problem(f"{where}/{self.key}", "failed to match schema")


def _either(keys: tuple[str, ...]) -> str:
    return " or ".join(f"`{key}`" for key in keys)


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(written: str) -> Decimal | None:
    return Decimal(written) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", written) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
