"""What somebody may have meant who typed a word wrongly."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LONG = 7
"""From so many letters on two of them may be wrong, instead of one."""
PREFIX_LEAST = 3
"""So many letters of a word may stand for all of it."""
MOST = 3
"""So many meanings are offered."""


class Meant(NamedTuple):
    words: str
    rest: str
    """What was typed behind them."""


def distance(one: str, other: str, most: int) -> int:
    """How many letters have to be put in, taken out, replaced, or swapped with their neighbour, to make one
    of the other; `most` + 1 where it takes more (the optimal string alignment distance)."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [at]
        for to, sought in enumerate(other, start=1):
            cost = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != sought))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == sought:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def allowed(word: str) -> int:
    """How many letters of a word may be wrong."""
    return 2 if len(word) >= LONG else 1 if len(word) >= PREFIX_LEAST else 0


def nearest(typed: str, known: Iterable[str]) -> tuple[Meant, ...]:
    """The known commands that the first typed words come nearest to, the best first; those that come equally
    near are given side by side, and none that is far off."""
    words = typed.split()
    found: list[tuple[tuple[int, int], Meant]] = []
    for command in known:
        best = _best(words, command)
        if best is not None:
            found.append(best)
    found.sort(key=lambda one: one[0])
    return tuple(meant for wrong, meant in found if wrong[0] == found[0][0][0])[:MOST]


def _best(words: Sequence[str], command: str) -> tuple[tuple[int, int], Meant] | None:
    """How wrong the first words are where they mean that command (and how much longer or shorter); None where
    they do not. Where the spaces stand does not matter."""
    sought = command.replace(" ", "")
    most = allowed(sought)
    tries = []
    for taken in range(1, min(len(words), len(command.split()) + 1) + 1):
        said = "".join(words[:taken]).casefold()
        wrong = distance(said, sought, most)
        if wrong > most and len(said) >= PREFIX_LEAST and sought.startswith(said):
            wrong = most
        if wrong <= most:
            tries.append(((wrong, abs(len(said) - len(sought))), Meant(command, " ".join(words[taken:]))))
    return min(tries, default=None)
