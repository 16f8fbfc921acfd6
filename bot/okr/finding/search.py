"""Finding things by words: which texts are meant, and how well each fits.

Texts are compared without their case, accents and width; a word may stand anywhere in a text, so that
languages without spaces are searched as well. A longer word may have letters wrong (`nearest.allowed`).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from bot.okr.finding.nearest import allowed, distance

_WORDS = re.compile(r"\w+")
TYPO_LEAST = 4
"""Shorter words are taken as they are."""

SAME, BEGINS, WORDS, INSIDE, TYPED_WRONGLY = range(5)
"""How a text fits, the best first: it is what is sought; it begins so; each sought word begins one of its
words; each stands somewhere in it; some only nearly do."""


def folded(text: str) -> str:
    """As it is compared: "Größe" is "grosse", "ＴＥＡ" is "tea", "Café" is "cafe"."""
    wide = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(one for one in wide if not unicodedata.combining(one))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def has_words(text: str) -> bool:
    """Or only signs, spaces and pictures."""
    return _WORDS.search(text) is not None


def ranks(sought: str, texts: Iterable[str]) -> dict[str, int]:
    """Of the texts, those that are meant, with how well they fit; nothing is sought by signs alone."""
    wanted = folded(sought)
    words = _WORDS.findall(wanted)
    if not words:
        return {}
    known = {one: folded(one) for one in set(texts)}
    nearly = _nearly(words, known.values())
    found = ((one, _rank(wanted, words, text, nearly)) for one, text in known.items())
    return {one: rank for one, rank in found if rank is not None}


def _rank(wanted: str, words: Sequence[str], text: str, nearly: Mapping[str, set[str]]) -> int | None:
    if text == wanted:
        return SAME
    if text.startswith(wanted):
        return BEGINS
    its_own = _WORDS.findall(text)
    if all(any(one.startswith(word) for one in its_own) for word in words):
        return WORDS
    if all(word in text for word in words):
        return INSIDE
    if all(word in text or not nearly[word].isdisjoint(its_own) for word in words):
        return TYPED_WRONGLY
    return None


def _nearly(words: Iterable[str], texts: Iterable[str]) -> dict[str, set[str]]:
    """By sought word, the words of the texts that somebody may have typed it for."""
    every = {word for text in texts for word in _WORDS.findall(text) if len(word) >= TYPO_LEAST}
    return {
        word: {one for one in every if distance(word, one, allowed(word)) <= allowed(word)}
        if len(word) >= TYPO_LEAST
        else set()
        for word in words
    }
