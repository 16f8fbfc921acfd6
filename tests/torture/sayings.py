"""An answer in words, and back: every value and every action is said once in the whole of a run."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FIRST_VALUE = 10_000
_KEY_RESULT = re.compile(r"KR(\d+) (\d+)")
_NEXT = re.compile(r"next: (.*)", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """`values` by the key result's number; `actions` None where nothing is said of next week."""

    values: Mapping[int, float]
    actions: tuple[str, ...] | None


class Sayings:
    """Gives out what was not said before."""

    def __init__(self) -> None:
        self._numbers = itertools.count(FIRST_VALUE)

    def value(self) -> int:
        return next(self._numbers)

    def action(self) -> str:
        return f"action {self.value()}"

    def nonsense(self) -> str:
        """Nothing in it is an answer."""
        return f"Back after lunch, parcel p{self.value()}"


def in_words(values: Mapping[int, int], actions: Sequence[str] = (), *, lines: bool = False) -> str:
    """As people write; `lines` puts each thing on a line of its own."""
    parts = [f"KR{number} {value}" for number, value in values.items()]
    if actions:
        parts.append(f"next: {'; '.join(actions)}")
    return ("\n" if lines else "; ").join(parts)


def read(text: str) -> Said:
    """What `in_words` was given."""
    following = _NEXT.search(text)
    actions = tuple(one.strip() for one in following[1].split(";")) if following else None
    return Said({int(number): float(value) for number, value in _KEY_RESULT.findall(text)}, actions)
