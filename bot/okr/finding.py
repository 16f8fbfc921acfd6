"""Finding things by words of their titles, as people type them."""

from collections.abc import Sequence
from typing import TypeVar

from bot.okr.search import folded

T = TypeVar("T")

_WHOLE, _BEGINS, _WORDS, _WITHIN = range(4)
"""How well a title fits, the best first."""


def found(words: str, titled: Sequence[tuple[T, str]], most: int | None = None) -> list[T]:
    """Those whose titles hold all the words, the best first and else in their order; all without words.

    A title that is just these words comes before one that begins with them, one in which each of them begins
    a word before one that holds them anywhere, as titles do that have no spaces (続ける, 客户续约).
    """
    wanted = folded(words)
    if not wanted:
        return [one for one, _ in titled][:most]
    ranked = [
        (rank, place) for place, (_, title) in enumerate(titled) if (rank := _rank(wanted, title)) is not None
    ]
    return [titled[place][0] for _, place in sorted(ranked)][:most]


def _rank(wanted: str, title: str) -> int | None:
    known = folded(title)
    if known == wanted:
        return _WHOLE
    if known.startswith(wanted):
        return _BEGINS
    each = wanted.split()
    if not all(one in known for one in each):
        return None
    begin_words = all(known.startswith(one) or f" {one}" in known for one in each)
    return _WORDS if begin_words else _WITHIN
