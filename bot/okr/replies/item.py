"""What an item says about its key result: a value, a confidence, what is in the way; the rest is its note.

Where it could mean two things it is a problem, with each of its readings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.okr.numbers.values import find_value
from bot.okr.replies import blocker as reply_blocker
from bot.okr.replies import problems as reply_problems
from bot.okr.replies.blocker import ReplyBlocker
from bot.okr.replies.words import (
    CONFIDENCE_ENDS,
    NAMED_CONFIDENCE,
    OF_TEN,
    SEPARATORS,
    Said,
    confidence_of,
    first_said,
)
from bot.okr.typed import Typed
from bot.okr.views import AskedKeyResult

_IN_NOTE = re.compile(
    rf"(?<![^\s,;])\(?(?:{NAMED_CONFIDENCE}|{OF_TEN}){CONFIDENCE_ENDS}\)?(?=\s{{0,5}}(?:$|[,;.!]))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[^\W_]|[+\-–]\d")
"""What may belong to a number before it, or to another key result."""
_A_CONFIDENCE = re.compile(r"\s*(\d|10)[\s.,;!]*")
_QUOTED_NOTE = re.compile(r"note “", re.IGNORECASE)
_SAYS_NOTHING = frozenset(" ,;:.-–—`*_=>|()!\n")


@dataclass(frozen=True, slots=True)
class Level:
    """ "on track": which confidence is that?"""

    words: str
    sentence: str
    confidences: tuple[int, ...]


@dataclass(slots=True)
class Facts:
    """What one item says about a key result."""

    value: float | None = None
    confidence: int | None = None
    steps: frozenset[int] | None = None
    unchanged: bool = False
    reached: bool = False
    drove: str = ""
    blocker: ReplyBlocker | None = None
    problem: str = ""
    """Why it cannot be taken."""
    readings: tuple["Facts", ...] = ()
    """Where there is a problem: what the item may say, each without any."""
    warnings: tuple[str, ...] = ()
    """Why this much of it cannot be taken."""
    level: Level | None = None

    @property
    def whole(self) -> bool:
        """Figures and nothing else."""
        clear_cut = not (self.problem or self.level or self.warnings)
        return clear_cut and not self.nothing and not self.drove and self.blocker is None

    @property
    def nothing(self) -> bool:
        said = self.value is not None or self.confidence is not None or self.unchanged
        return not said and self.blocker is None


def read_item(item: Typed, kr: AskedKeyResult, *, alone: bool, has_value: bool = False) -> Facts:
    """What an item says about its key result (its number is not part of the item).

    `alone`: nothing else is asked; `has_value`: the value has been said before, so numbers are notes.
    """
    return _Reader(item, kr, alone=alone, has_value=has_value).read(Facts(), 0)


@dataclass(frozen=True, slots=True)
class _Reader:
    item: Typed
    kr: AskedKeyResult
    alone: bool
    has_value: bool

    def read(self, facts: Facts, end: int, *, certain: bool = True) -> Facts:
        """The facts so far, with what follows from `end` on; `certain` is the last of them. What can be read
        in several ways is read on in each."""
        plain = self.item.plain
        start = _skip(plain, end)
        while (said := self._next(start, facts)) is not None:
            if said.problem:
                facts.problem = f"KR{self.kr.number}: {said.problem}"
                facts.readings = clear(
                    self.read(
                        self._with(replace(facts, problem=""), one, start), one.end, certain=one.certain
                    )
                    for one in said.readings
                )
                return facts
            self._with(facts, said, start)
            certain, end = said.certain, said.end
            start = _skip(plain, end)
        self._finish(facts, end, start, certain=certain)
        return facts

    def _next(self, start: int, facts: Facts) -> Said | None:
        values = not (self.has_value or facts.value is not None or facts.unchanged)
        said = first_said(self.item.plain, start, self.kr, values=values)
        if said is None or (said.unchanged and not values):
            return None
        known = facts.confidence is not None or facts.warnings or facts.level
        return None if (said.confidence is not None or said.warning) and known else said

    def _with(self, facts: Facts, said: Said, start: int) -> Facts:
        if said.levels:
            sentence = f"KR{self.kr.number}: {said.warning}"
            facts.level = Level(self.item.words(start, said.end), sentence, said.levels)
        else:
            _take(facts, said, self.kr.number)
        return facts

    def _finish(self, facts: Facts, end: int, start: int, *, certain: bool) -> None:
        """What is left from `start` on is the note, unless it may belong to what ends at `end`."""
        plain, kr = self.item.plain, self.kr
        rest = self.item.part(start, len(plain))
        touching = end > 0 and not plain[end:start].strip() and _GOES_ON.match(plain, start) is not None
        if touching and (not certain or (not plain[start].isalpha() and not self.alone)):
            words = plain[start].isalpha()
            facts.readings = _as_note(facts, rest, kr) if words else _as_confidence(facts, rest)
            facts.problem = reply_problems.unclear_end(plain[:end].strip(" ,:;.-"), plain[start:].strip(), kr)
        elif (self.has_value or not facts.nothing) and _is_number(plain[start:], kr):
            facts.readings = (*_as_confidence(facts, rest), *_as_note(facts, rest, kr))
            facts.problem = reply_problems.two_numbers(plain[start:].strip(), kr)
        elif not facts.nothing and _asks(rest):
            asked = re.match(r"[\s?!]*", rest.plain)
            facts.readings = _as_note(facts, rest.part(asked.end() if asked else 0, len(rest.plain)), kr)
            facts.problem = reply_problems.ASKED_BACK
        else:
            _take_note(facts, rest, kr.number)
        if kr.value is None and facts.value is None and not facts.nothing and not facts.problem:
            facts.problem = f"KR{kr.number}: {reply_problems.no_value_yet(kr)}"


def _asks(rest: Typed) -> bool:
    """Whether what follows the figures makes a question of them."""
    note = reply_blocker.split(rest)[0][0].plain.strip(" ,;.!)")
    return note.startswith("?") or note.endswith("?")


def clear(options: Iterable[Facts]) -> tuple[Facts, ...]:
    """Those that can be taken, and what those that cannot may mean."""
    return tuple(one for option in options for one in (option.readings if option.problem else (option,)))


def _as_note(facts: Facts, rest: Typed, kr: AskedKeyResult) -> tuple[Facts, ...]:
    noted = replace(facts)
    _take_note(noted, rest, kr.number)
    return () if noted.nothing else clear([noted])


def _as_confidence(facts: Facts, rest: Typed) -> tuple[Facts, ...]:
    level = _A_CONFIDENCE.fullmatch(rest.plain)
    if level is None or facts.confidence is not None or facts.level or facts.warnings:
        return ()
    return (replace(facts, confidence=int(level[1])),)


def _take(facts: Facts, said: Said, number: int) -> None:
    if said.value is not None:
        facts.value, facts.steps = said.value, said.steps
    if said.confidence is not None:
        facts.confidence = said.confidence
    facts.unchanged |= said.unchanged
    facts.reached |= said.reached
    if said.warning:
        facts.warnings += (f"KR{number}: {said.warning}",)


def _skip(plain: str, start: int) -> int:
    match = SEPARATORS.match(plain, start)
    return match.end() if match else start


def _is_number(plain: str, kr: AskedKeyResult) -> bool:
    found = find_value(plain, 0, kr.unit)
    return found is not None and not plain[found.end :].strip(" .,;!")


def _take_note(facts: Facts, note: Typed, number: int) -> None:
    """The note as it was typed, without a confidence that stands by itself in it."""
    if (mark := _QUOTED_NOTE.match(note.plain)) and note.plain.rstrip().endswith("”"):
        facts.drove = note.words(mark.end(), len(note.plain.rstrip()) - 1)
        return
    parts, facts.blocker = reply_blocker.split(note)
    pieces, others = [], list[int]()
    for part in parts:
        start = 0
        for match in _IN_NOTE.finditer(part.plain):
            apart = part.plain[max(0, match.start() - 20) : match.start()].rstrip()[-1:] in {"", ",", ";"}
            said = confidence_of(match)
            if (match[1] is None and not apart) or facts.warnings or facts.level:
                continue
            if facts.confidence is not None and said.confidence != facts.confidence:
                facts.problem = reply_problems.two_confidences(number, facts.confidence, match[0].strip())
                others += [] if said.confidence is None else [said.confidence]
            else:
                _take(facts, said, number)
            pieces.append(_trimmed(part, start, match.start()))
            start = match.end()
        pieces.append(_trimmed(part, start, len(part.plain)))
    facts.drove = ", ".join(piece for piece in pieces if piece)
    if others:
        each = dict.fromkeys((facts.confidence, *others))
        facts.readings = tuple(replace(facts, problem="", confidence=one) for one in each)


def _trimmed(note: Typed, start: int, end: int) -> str:
    while start < end and note.plain[start] in " ,;":
        start += 1
    while start < end and note.plain[end - 1] in " ,;":
        end -= 1
    return "" if _SAYS_NOTHING.issuperset(note.plain[start:end]) else note.words(start, end)
