"""What people write about one key result: recognisers for a value, a change, a confidence, "same"; a note.

Each recogniser looks at one place of a plain text and says what it found there, or None. `read_item` asks
them in turn from the front; what they leave is the note. A new kind of word is a new recogniser among them.
What could mean two things is never guessed: it becomes a problem, a sentence for the person.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.okr import reply_blocker
from bot.okr.defaults import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
from bot.okr.reply_blocker import ReplyBlocker
from bot.okr.typed import Typed
from bot.okr.values import (
    Found,
    NotAValue,
    find_value,
    format_exactly,
    parse_confidence,
    quoted,
    shortened,
)
from bot.okr.views import AskedKeyResult

SEPARATORS = re.compile(r"(?:[\s,;:)!|]|[-–—>](?=[\s>]|$)|->|→|\.(?!\d))*")
_FILLER = re.compile(
    r"(?:(?:is|are|was|now|still|at|up to|down to|to|currently|stands)\s{1,3}|=\s{0,3}){1,4}", re.IGNORECASE
)
_CHANGE = re.compile(r"(?:(up|down)\s{1,3}(?:by\s{1,3})?(?=\S?\d)|by\s{1,3}(?=[+-]))", re.IGNORECASE)
_A_NUMBER = r"[+-]?\d{1,9}(?:[.,]\d{1,9})?"
_NAMED_CONFIDENCE = (
    r"conf(?:idence|ident)?\.?(?:\s{1,3}level)?(?:[\s:=]{1,4}(?:is|at|now|of)(?=\s))?[\s:=]{0,4}"
    rf"({_A_NUMBER}(?:\s?%)?(?:\s{{0,2}}/\s{{0,2}}\d{{1,3}})?)"
)
_OF_TEN = rf"c[:=]?(\d{{1,3}})|({_A_NUMBER}\s{{0,2}}/\s{{0,2}}10)"
_ENDS = r"(?![\w%/]|[.,]\d)"
_CONFIDENCE = re.compile(rf"(?:{_NAMED_CONFIDENCE}|{_OF_TEN}){_ENDS}", re.IGNORECASE)
_IN_NOTE = re.compile(
    rf"(?<![^\s,;])\(?(?:{_NAMED_CONFIDENCE}|{_OF_TEN}){_ENDS}\)?(?=\s{{0,5}}(?:$|[,;.!]))", re.IGNORECASE
)
_UNCHANGED = re.compile(
    r"(?:(?:still\s{1,3})?(?:the\s{1,3})?same|unchanged|no\s{1,3}changes?|not\s{1,3}changed"
    r"|nothing\s{1,3}(?:has\s{1,3})?changed)"
    r"(?:\s{1,3}(?:as\s{1,3}(?:before|last\s{1,3}(?:week|time))|again|this\s{1,3}week))?"
    r"(?=\s{0,5}(?:$|[^\s\w'/-])|\s{1,5}(?:[-/']|conf|c\d|\d{1,2}\s?/))",
    re.IGNORECASE,
)
_AT_ITS_END = r"(?=\s{0,5}(?:$|[,;.!)])|\s{1,5}(?:conf|c\d|\d{1,2}\s?/))"
_REACHED = re.compile(rf"(?:done|reached|achieved){_AT_ITS_END}", re.IGNORECASE)
_LEVELS = {
    "on track": (HIGH_CONFIDENCE, 10),
    "at risk": (MEDIUM_CONFIDENCE, HIGH_CONFIDENCE - 1),
    "off track": (0, MEDIUM_CONFIDENCE - 1),
    "in trouble": (0, MEDIUM_CONFIDENCE - 1),
}
_LEVEL = re.compile(rf"({'|'.join(_LEVELS).replace(' ', '[ -]')}){_AT_ITS_END}", re.IGNORECASE)
_GOES_ON = re.compile(r"[^\W_]|[+\-–]\d")
"""What may belong to a number before it, or to another key result."""
_QUOTED_NOTE = re.compile(r"note “", re.IGNORECASE)
_SAYS_NOTHING = frozenset(" ,;:.-–—`*_=>|()!\n")


@dataclass(frozen=True, slots=True)
class Said:
    """What one recogniser found, up to `end`."""

    end: int
    value: float | None = None
    confidence: int | None = None
    unchanged: bool = False
    problem: str = ""
    """Why the whole item cannot be taken."""
    warning: str = ""
    """Why this much of it cannot be taken; the rest can."""
    reached: bool = False
    """It has come to its target, which is the value."""
    certain: bool = True
    """False for a number that may be counting the word after it."""


@dataclass(slots=True)
class Facts:
    """What one item says about a key result."""

    value: float | None = None
    confidence: int | None = None
    unchanged: bool = False
    reached: bool = False
    drove: str = ""
    blocker: ReplyBlocker | None = None
    problem: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        said = self.value is not None or self.confidence is not None or self.unchanged
        return not said and self.blocker is None


def value_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "62%", "is 62", "at −5"; with a sign and without such a word it may be a change instead."""
    filler = _FILLER.match(plain, start)
    found = find_value(plain, filler.end() if filler else start, kr.unit)
    if found is None:
        return None
    if found.problem:
        return Said(found.end, problem=found.problem)
    if not found.sign or filler:
        return Said(found.end, value=found.value, certain=found.certain)
    below_zero = min(kr.start, kr.target, kr.value) < 0
    if found.sign == "-" and below_zero:
        return Said(found.end, value=found.value, certain=found.certain)
    if found.sign == "+" and not below_zero:
        return _moved(kr, found.value, found)
    size = format_exactly(abs(found.value))
    way, more = ("up", "more") if found.sign == "+" else ("down", "less")
    here = f"KR{kr.number}"
    return Said(
        found.end,
        problem=f"{quoted(plain[start : found.end])} could be a value or a change. "
        f"Write “{here} {way} {size}” for {size} {more}, “{here} at {format_exactly(found.value)}” "
        "for the value",
    )


def change_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "up 5", "down by 5", "by −5": from the last known value."""
    match = _CHANGE.match(plain, start)
    found = find_value(plain, match.end(), kr.unit) if match else None
    if match is None or found is None or (match[1] and found.sign):
        return None
    if found.problem:
        return Said(found.end, problem=found.problem)
    down = (match[1] or "").lower() == "down"
    return _moved(kr, -found.value if down else found.value, found)


def _moved(kr: AskedKeyResult, by: float, found: Found) -> Said:
    """After an answer a change could count from it or from last time."""
    if kr.answered:
        now = format_exactly(kr.value, kr.unit)
        return Said(
            found.end, problem=f"it has an answer already, {now}. Write the new value instead of a change"
        )
    value = float(f"{kr.value + by:.12g}")
    if not math.isfinite(value):
        return Said(found.end, problem="that makes too large a number")
    return Said(found.end, value=value, certain=found.certain)


def confidence_at(plain: str, start: int, _kr: AskedKeyResult) -> Said | None:
    """ "confidence 7", "conf: 7/10", "c7", "7/10"."""
    match = _CONFIDENCE.match(plain, start)
    return None if match is None else _confidence(match)


def _confidence(match: re.Match[str]) -> Said:
    try:
        return Said(match.end(), confidence=parse_confidence(match[1] or match[2] or match[3]))
    except NotAValue as error:
        return Said(match.end(), warning=str(error))


def unchanged_at(plain: str, start: int, _kr: AskedKeyResult) -> Said | None:
    match = _UNCHANGED.match(plain, start)
    return None if match is None else Said(match.end(), unchanged=True)


def reached_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "done": it is at its target, or beyond it already."""
    match = _REACHED.match(plain, start)
    if match is None:
        return None
    furthest = max if kr.target > kr.start else min
    return Said(match.end(), value=furthest(kr.target, kr.value), reached=True)


def level_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "on track", "at risk": as sure as before, if that is within what the words mean; else which of it?"""
    match = _LEVEL.match(plain, start)
    if match is None:
        return None
    after = SEPARATORS.match(plain, match.end())
    if _CONFIDENCE.match(plain, after.end() if after else match.end()):
        return Said(match.end())  # the number that follows says it
    words = match[1].lower().replace("-", " ")
    low, high = _LEVELS[words]
    if low <= kr.confidence <= high:
        return Said(match.end(), confidence=kr.confidence)
    return Said(
        match.end(),
        warning=f"“{words}” is a confidence from {low} to {high}; it was {kr.confidence}. "
        f"Which is it now? Write “KR{kr.number} confidence {high}”, say",
    )


_Recogniser = Callable[[str, int, AskedKeyResult], Said | None]
_VALUES: tuple[_Recogniser, ...] = (value_at, change_at, reached_at)
_RECOGNISERS: tuple[_Recogniser, ...] = (confidence_at, unchanged_at, level_at)


def first_said(plain: str, start: int, kr: AskedKeyResult, *, values: bool = True) -> Said | None:
    for recognise in (*_VALUES, *_RECOGNISERS) if values else _RECOGNISERS:
        if said := recognise(plain, start, kr):
            return said
    return None


def read_item(item: Typed, kr: AskedKeyResult, *, alone: bool, has_value: bool = False) -> Facts:
    """What an item says about its key result (its number is not part of the item).

    `alone`: nothing else is asked; `has_value`: the value has been said before, so numbers are notes.
    """
    facts = Facts()
    plain = item.plain
    end, start = 0, _skip(plain, 0)
    certain = True
    while (said := _next(plain, start, kr, facts, has_value=has_value)) is not None:
        _take(facts, said)
        if said.problem:
            facts.problem = f"KR{kr.number}: {said.problem}"
            return facts
        certain = said.certain
        end, start = said.end, _skip(plain, said.end)
    touching = end > 0 and not plain[end:start].strip() and _GOES_ON.match(plain, start) is not None
    if touching and (not certain or (not plain[start].isalpha() and not alone)):
        facts.problem = _unclear_end(plain[:end].strip(" ,:;.-"), plain[start:].strip(), kr)
    elif (has_value or not facts.nothing) and _is_number(plain[start:], kr):
        facts.problem = _two_numbers(plain[start:].strip(), kr)
    else:
        _take_note(facts, item.part(start, len(plain)), kr.number)
    facts.warnings = tuple(f"KR{kr.number}: {warning}" for warning in facts.warnings)
    return facts


def _next(plain: str, start: int, kr: AskedKeyResult, facts: Facts, *, has_value: bool) -> Said | None:
    values = not (has_value or facts.value is not None or facts.unchanged)
    said = first_said(plain, start, kr, values=values)
    if said is None or (said.unchanged and not values):
        return None
    if (said.confidence is not None or said.warning) and (facts.confidence is not None or facts.warnings):
        return None
    return said


def _take(facts: Facts, said: Said) -> None:
    if said.value is not None:
        facts.value = said.value
    if said.confidence is not None:
        facts.confidence = said.confidence
    facts.unchanged |= said.unchanged
    facts.reached |= said.reached
    if said.warning:
        facts.warnings += (said.warning,)


def _skip(plain: str, start: int) -> int:
    match = SEPARATORS.match(plain, start)
    return match.end() if match else start


def _is_number(plain: str, kr: AskedKeyResult) -> bool:
    found = find_value(plain, 0, kr.unit)
    return found is not None and not plain[found.end :].strip(" .,;!")


def _unclear_end(value: str, rest: str, kr: AskedKeyResult) -> str:
    here = f"KR{kr.number}"
    if not rest[0].isalpha():
        return f"{here}: I cannot tell where {quoted(value)} ends. Put a comma, or a line for each key result"
    written = shortened(f"{here} {value}, {rest}")
    return f"{here}: is {shortened(value)} its value? Then put a comma after it: “{written}”"


def _two_numbers(second: str, kr: AskedKeyResult) -> str:
    return f"KR{kr.number}: what is {quoted(second)}? Write the value first, then “confidence 7”"


def _take_note(facts: Facts, note: Typed, number: int) -> None:
    """The note as it was typed, without a confidence that stands by itself in it."""
    if (mark := _QUOTED_NOTE.match(note.plain)) and note.plain.rstrip().endswith("”"):
        facts.drove = note.words(mark.end(), len(note.plain.rstrip()) - 1)
        return
    note, facts.blocker = reply_blocker.split(note)
    pieces = []
    start = 0
    for match in _IN_NOTE.finditer(note.plain):
        apart = note.plain[max(0, match.start() - 20) : match.start()].rstrip()[-1:] in {"", ",", ";"}
        said = _confidence(match)
        if (match[1] is None and not apart) or facts.warnings:
            continue
        if facts.confidence is not None and said.confidence != facts.confidence:
            facts.problem = f"KR{number}: two confidences, {facts.confidence} and {match[0].strip()}"
            continue
        _take(facts, said)
        pieces.append(_trimmed(note, start, match.start()))
        start = match.end()
    pieces.append(_trimmed(note, start, len(note.plain)))
    facts.drove = ", ".join(piece for piece in pieces if piece)


def _trimmed(note: Typed, start: int, end: int) -> str:
    while start < end and note.plain[start] in " ,;":
        start += 1
    while start < end and note.plain[end - 1] in " ,;":
        end -= 1
    return "" if _SAYS_NOTHING.issuperset(note.plain[start:end]) else note.words(start, end)
