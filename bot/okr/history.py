"""What `/okr history` looks back on, and which key result is meant by a number or by words of its title."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.okr.course import Course
from bot.okr.measures import Measure
from bot.okr.model import ActionOutcome, BlockerKind


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What was said of a key result in one week."""

    date: date
    value: float
    confidence: int
    drove: str
    by: str | None
    """Who said it, where that was not its owner."""
    blocker_kind: BlockerKind | None = None
    blocker_owner: str | None = None
    fix: str = ""
    edited: bool = False
    """It was said otherwise before, in the same check-in."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A week in which nothing was said of it."""

    date: date
    away: bool
    """Otherwise it was missed."""


@dataclass(frozen=True, slots=True)
class PastAction:
    text: str
    set_on: date
    outcome: ActionOutcome | None
    """None while it is open."""
    closed_on: date | None
    weeks: int
    """As of an OpenAction, until it was closed; 0 in the week in which it was set."""


@dataclass(frozen=True, slots=True)
class KeyResultHistory:
    key_result_id: int
    number: int
    """In its owner's list, as far as the reader sees it."""
    title: str
    unit: str
    measure: Measure
    dropped: bool
    course: Course
    entries: tuple[HistoryEntry | Unanswered, ...]
    """The newest first; the weeks in which nothing was said are only there for its owner."""
    owner: str = ""
    """Where it is not the reader's."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    key_results: tuple[KeyResultHistory, ...]
    which: str = ""
    """What the reader asked for, by number or words; empty: for all."""
    found: bool = True
    """Otherwise these are all of the reader's own, or of that person's."""
    whose: str = ""
    """The person whose key results they are, where that is not the reader and somebody is named."""
    actions: tuple[PastAction, ...] = ()
    """Those of the key results that are shown, or all; the newest first, as the thank-yous."""
    thanks: tuple[tuple[date, str], ...] = ()


def matching(which: str, known: Iterable[tuple[int, str]]) -> set[int]:
    """The numbers of those meant: by "2" or "KR2", else by titles in which every word stands; a title that is
    just that is meant alone."""
    rows = list(known)
    said = " ".join(which.casefold().split())
    number = said.removeprefix("kr").strip()
    if number.isascii() and number.isdecimal():
        return {one for one, _ in rows if str(one) == number.lstrip("0")}
    same = {one for one, title in rows if " ".join(title.casefold().split()) == said}
    return same or {one for one, title in rows if all(word in title.casefold() for word in said.split())}
