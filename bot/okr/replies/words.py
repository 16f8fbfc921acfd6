"""What people write about one key result: recognisers for a value, a change, a confidence, "same".

Each recogniser looks at one place of a plain text and says what it found there, or None; `reply_item` asks
them in turn from the front. A new kind of word is a new recogniser among them. What could mean two things is
never guessed: it becomes a problem, a sentence for the person, with what it may mean.
"""

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.okr.defaults import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
from bot.okr.measures import Keep, Milestone, Move, begins_at, step_ids
from bot.okr.numbers.values import Found, NotAValue, find_value, parse_confidence
from bot.okr.progress import milestone_value
from bot.okr.replies import problems as reply_problems
from bot.okr.views import AskedKeyResult

SEPARATORS = re.compile(r"(?:[\s,;:)!|]|[-–—>](?=[\s>]|$)|->|→|\.(?!\d))*")
_FILLER = re.compile(
    r"(?:(?:is|are|was|now|still|at|up to|down to|to|currently|stands)\s{1,3}|=\s{0,3}){1,4}", re.IGNORECASE
)
_CHANGE = re.compile(r"(?:(up|down)\s{1,3}(?:by\s{1,3})?(?=\S?\d)|by\s{1,3}(?=[+-]))", re.IGNORECASE)
_A_NUMBER = r"[+-]?\d{1,9}(?:[.,]\d{1,9})?"
NAMED_CONFIDENCE = (
    r"conf(?:idence|ident)?\.?(?:\s{1,3}level)?(?:[\s:=]{1,4}(?:is|at|now|of)(?=\s))?[\s:=]{0,4}"
    rf"({_A_NUMBER}(?:\s?%)?(?:\s{{0,2}}/\s{{0,2}}\d{{1,3}})?)"
)
OF_TEN = rf"c[:=]?(\d{{1,3}})|({_A_NUMBER}\s{{0,2}}/\s{{0,2}}10)"
CONFIDENCE_ENDS = r"(?![\w%/]|[.,]\d)"
_CONFIDENCE = re.compile(rf"(?:{NAMED_CONFIDENCE}|{OF_TEN}){CONFIDENCE_ENDS}", re.IGNORECASE)
_A_CONFIDENCE = re.compile(r"(10|\d)(?:\s{0,2}/\s{0,2}10)?(?![\w%/]|[.,]\d)")
_BEING = r"(?:(?:is|are|now|has\s{1,3}been)\s{1,3}){0,3}"
_UNCHANGED = re.compile(
    rf"{_BEING}"
    r"(?:(?:still\s{1,3})?(?:the\s{1,3})?same|unchanged|no\s{1,3}changes?|not\s{1,3}changed"
    r"|nothing\s{1,3}(?:has\s{1,3})?changed)"
    r"(?:\s{1,3}(?:as\s{1,3}(?:before|last\s{1,3}(?:week|time))|again|this\s{1,3}week))?"
    r"(?=\s{0,5}(?:$|[^\s\w'/-])|\s{1,5}(?:[-/']|conf|c\d|\d{1,2}\s?/))",
    re.IGNORECASE,
)
_AT_ITS_END = r"(?=\s{0,5}(?:$|[,;.!)])|\s{1,5}(?:conf|c\d|\d{1,2}\s?/))"
_REACHED = re.compile(rf"{_BEING}(?:done|reached|achieved){_AT_ITS_END}", re.IGNORECASE)
_LEVELS = {
    "on track": (HIGH_CONFIDENCE, 10),
    "at risk": (MEDIUM_CONFIDENCE, HIGH_CONFIDENCE - 1),
    "off track": (0, MEDIUM_CONFIDENCE - 1),
    "in trouble": (0, MEDIUM_CONFIDENCE - 1),
    "high": (HIGH_CONFIDENCE, 10),
    "medium": (MEDIUM_CONFIDENCE, HIGH_CONFIDENCE - 1),
    "low": (0, MEDIUM_CONFIDENCE - 1),
}
_LEVEL = re.compile(
    rf"{_BEING}"
    r"(?:(on[ -]track|at[ -]risk|off[ -]track|in[ -]trouble)"
    rf"|conf(?:idence)?(?:\s{{1,3}}is\s|[\s:=])\s{{0,3}}(high|medium|low)){_AT_ITS_END}",
    re.IGNORECASE,
)
STEP_LIST = re.compile(
    r"steps?\s{0,3}(none|\d{1,2}(?:\s{0,3}(?:,|and|&)\s{0,3}\d{1,2}(?!\d|\s{0,3}%)){0,20})", re.IGNORECASE
)
"""A break between its numbers is none between items."""
_STEPS = re.compile(
    rf"{STEP_LIST.pattern}(?:\s{{1,3}}(?:is|are))?(?:\s{{1,3}}done)?{_AT_ITS_END}", re.IGNORECASE
)
_ARROW = re.compile(r"\s{0,3}(?:[-=]{1,2}>|→)\s{0,3}")


@dataclass(frozen=True, slots=True)
class Said:
    """What one recogniser found, up to `end`."""

    end: int
    value: float | None = None
    confidence: int | None = None
    steps: frozenset[int] | None = None
    """Of a milestone, the ids of all that are done then."""
    unchanged: bool = False
    problem: str = ""
    """Why the whole item cannot be taken."""
    warning: str = ""
    """Why this much of it cannot be taken; the rest can."""
    reached: bool = False
    """It has come to its target, which is the value."""
    certain: bool = True
    """False for a number that may be counting the word after it."""
    readings: tuple["Said", ...] = ()
    """Where it is a problem: what it may mean."""
    levels: tuple[int, ...] = ()
    """Where it is a warning: the confidences that it may mean."""


def value_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "62%", "is 62", "at −5"; with a sign and without such a word it may be a change instead."""
    filler = _FILLER.match(plain, start)
    found = find_value(plain, filler.end() if filler else start, kr.unit)
    if found is None:
        return None
    if problem := _not_a_value(found, kr):
        return Said(found.end, problem=problem)
    meant = found.meant(kr.figures())
    as_value = [Said(found.end, value=one, certain=found.certain) for one in meant]
    words = plain[start : found.end]
    if to := _arrow_to(plain, found.end, kr):
        both = [*as_value, *(Said(to.end, value=one, certain=to.certain) for one in to.meant(()))]
        return _one_of([replace(one, end=to.end) for one in both], plain[start : to.end], kr)
    below_zero = min(kr.figures(), default=0) < 0
    if not found.sign or filler or (found.sign == "-" and below_zero):
        return _one_of(as_value, words, kr)
    as_change = [_moved(kr, one, found) for one in meant]
    if found.sign == "+" and not below_zero:
        return _one_of(as_change, words, kr)
    problem = reply_problems.value_or_change(words, found.value, kr.number, up=found.sign == "+")
    return Said(found.end, problem=problem, readings=_clear([*as_value, *as_change]))


def _not_a_value(found: Found, kr: AskedKeyResult) -> str:
    in_steps = reply_problems.in_steps(kr, kr.measure) if isinstance(kr.measure, Milestone) else ""
    return found.problem or in_steps


def _arrow_to(plain: str, start: int, kr: AskedKeyResult) -> Found | None:
    """The second of two numbers with an arrow between them: it may be told whence a value came."""
    arrow = _ARROW.match(plain, start)
    found = find_value(plain, arrow.end(), kr.unit) if arrow else None
    return None if found is None or found.problem else found


def change_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "up 5", "down by 5", "by −5": from the last known value."""
    match = _CHANGE.match(plain, start)
    found = find_value(plain, match.end(), kr.unit) if match else None
    if match is None or found is None or (match[1] and found.sign):
        return None
    if problem := _not_a_value(found, kr):
        return Said(found.end, problem=problem)
    way = -1 if (match[1] or "").lower() == "down" else 1
    meant = found.meant(kr.figures())
    return _one_of([_moved(kr, way * one, found) for one in meant], plain[start : found.end], kr)


def _moved(kr: AskedKeyResult, by: float, found: Found) -> Said:
    """After an answer a change could count from it or from last time."""
    if kr.value is None:
        return Said(found.end, problem=reply_problems.no_value_yet(kr))
    if kr.answered:
        last_time = begins_at(kr.measure) if kr.value_before is None else kr.value_before
        return Said(
            found.end,
            problem=reply_problems.change_after_answer(kr),
            readings=_clear(
                _added(one, by, found) for one in dict.fromkeys((kr.value, last_time)) if one is not None
            ),
        )
    return _added(kr.value, by, found)


def _added(before: float, by: float, found: Found) -> Said:
    value = float(f"{before + by:.12g}")
    if not math.isfinite(value):
        return Said(found.end, problem=reply_problems.TOO_LARGE)
    return Said(found.end, value=value, certain=found.certain)


def _one_of(options: list[Said], words: str, kr: AskedKeyResult) -> Said:
    """The one that there is; two are a problem."""
    if len(options) == 1:
        return options[0]
    readings = _clear(options)
    problem = reply_problems.two_ways(words, kr.number, [one.value or 0.0 for one in readings[:2]])
    return Said(options[0].end, problem=problem, readings=readings)


def _clear(options: Iterable[Said]) -> tuple[Said, ...]:
    """Those without a problem, and what those with one may mean; each value once."""
    found = [one for option in options for one in (option.readings if option.problem else (option,))]
    return tuple({one.value: one for one in found}.values())


def confidence_at(plain: str, start: int, _kr: AskedKeyResult) -> Said | None:
    """ "confidence 7", "conf: 7/10", "c7", "7/10"."""
    match = _CONFIDENCE.match(plain, start)
    if match is None:
        return None
    said, arrow = confidence_of(match), _ARROW.match(plain, match.end())
    then = _A_CONFIDENCE.match(plain, arrow.end()) if arrow else None
    if then is None or said.confidence is None:
        return said
    both = tuple(Said(then.end(), confidence=one) for one in (said.confidence, int(then[1])))
    return Said(then.end(), problem=reply_problems.which_confidence(plain[start : then.end()]), readings=both)


def confidence_of(match: re.Match[str]) -> Said:
    try:
        return Said(match.end(), confidence=parse_confidence(match[1] or match[2] or match[3]))
    except NotAValue as error:
        return Said(match.end(), warning=str(error))


def unchanged_at(plain: str, start: int, _kr: AskedKeyResult) -> Said | None:
    match = _UNCHANGED.match(plain, start)
    return None if match is None else Said(match.end(), unchanged=True)


def steps_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "step 2", "steps 1, 3 and 4 done": these as well as those before; "steps none": none of them."""
    match = _STEPS.match(plain, start) if isinstance(kr.measure, Milestone) and kr.measure.steps else None
    if match is None or not isinstance(kr.measure, Milestone):
        return None
    named = [int(one) for one in re.findall(r"\d+", match[1])]
    if not all(1 <= one <= len(kr.measure.steps) for one in named):
        return Said(match.end(), problem=reply_problems.in_steps(kr, kr.measure))
    done = frozenset(kr.measure.steps[one - 1].id for one in named)
    return _done(match.end(), kr.measure, kr.steps_done | done if named else done)


def _done(end: int, milestone: Milestone, steps: frozenset[int]) -> Said:
    return Said(end, value=milestone_value(milestone, steps), steps=steps)


def reached_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "done": it is at its target, or beyond it already; of a milestone, all of its steps."""
    found = _REACHED.match(plain, start)
    if found is None:
        return None
    match kr.measure:
        case Move(begin, target):
            furthest = max if target > begin else min
            at = target if kr.value is None else furthest(target, kr.value)
            return Said(found.end(), value=at, reached=True)
        case Milestone():
            return replace(_done(found.end(), kr.measure, step_ids(kr.measure)), reached=True)
        case Keep():
            return Said(found.end(), problem=reply_problems.kept_not_reached(kr))


def level_at(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    """ "on track", "at risk": as sure as before, if that is within what the words mean; else which of it?"""
    match = _LEVEL.match(plain, start)
    if match is None:
        return None
    after = SEPARATORS.match(plain, match.end())
    if _CONFIDENCE.match(plain, after.end() if after else match.end()):
        return Said(match.end())  # the number that follows says it
    words = (match[1] or match[2]).lower().replace("-", " ")
    low, high = _LEVELS[words]
    if low <= kr.confidence <= high:
        return Said(match.end(), confidence=kr.confidence)
    return Said(
        match.end(),
        warning=reply_problems.which_level(words, low, high, kr),
        levels=tuple(range(low, high + 1)),
    )


_Recogniser = Callable[[str, int, AskedKeyResult], Said | None]
_VALUES: tuple[_Recogniser, ...] = (steps_at, value_at, change_at, reached_at)
_RECOGNISERS: tuple[_Recogniser, ...] = (confidence_at, unchanged_at, level_at)


def first_said(plain: str, start: int, kr: AskedKeyResult, *, values: bool = True) -> Said | None:
    for recognise in (*_VALUES, *_RECOGNISERS) if values else _RECOGNISERS:
        if said := recognise(plain, start, kr):
            return said
    return None
