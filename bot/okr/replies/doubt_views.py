"""Questions about words that may mean several things, as their author sees them."""

from dataclasses import dataclass
from enum import StrEnum


class DoubtKind(StrEnum):
    WHICH = "which"
    """About which key result is it?"""
    MEANING = "meaning"
    CONFIDENCE = "confidence"
    """How sure is that?"""


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A question about words that may mean several things."""

    message: int
    """Which of the person's messages they stand in."""
    index: int
    """Which of the questions about it this is."""
    kind: DoubtKind
    words: str
    about: str
    """The key result they are about, such as "3 Phone calls"; empty where that is the question."""
    labels: tuple[str, ...]
