"""Choosing by words of a title, as people type them: in menus, and behind a command."""

from collections.abc import Sequence
from typing import TypeVar

from bot.okr.finding.search import TYPED_WRONGLY, folded, has_words, ranks

T = TypeVar("T")


def found(words: str, titled: Sequence[tuple[T, str]], most: int | None = None) -> list[T]:
    """Those whose titles fit the words (`search`), the best first and else in their order; all without words,
    and by signs alone (%, ¥) those that hold them. What fits only if somebody has typed it wrongly is meant
    only where nothing else is."""
    if not words.split():
        return [one for one, _ in titled][:most]
    if not has_words(words):
        return [one for one, title in titled if folded(words) in folded(title)][:most]
    fits = ranks(words, (title for _, title in titled))
    fits = {title: rank for title, rank in fits.items() if rank != TYPED_WRONGLY} or fits
    fitting = [(one, title) for one, title in titled if title in fits]
    return [one for one, _ in sorted(fitting, key=lambda pair: fits[pair[1]])][:most]
