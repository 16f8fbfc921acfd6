"""What a reply's words may mean where that is not clear: for each meaning a button, and the words that say it
in one way only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.okr.actions import Closing
from bot.okr.numbers.units import TOKEN, unit_of
from bot.okr.numbers.values import format_exactly
from bot.okr.replies.asides import Closed
from bot.okr.replies.doubt_views import DoubtKind
from bot.okr.replies.item import Facts, Level, clear, read_item
from bot.okr.replies.parts import Item
from bot.okr.replies.update import ReplyUpdate, merged
from bot.okr.typed import Typed
from bot.okr.views import AskedKeyResult

DOUBTS_MOST = 5
"""Of one message; what else is doubtful is said in words."""
MEANINGS_MOST = 24
"""Slack takes 25 buttons in a row, and one of them says "none of them"."""


_CLOSINGS = {Closing.DONE: "done", Closing.DROPPED: "drop", Closing.KEPT: "keep"}


@dataclass(frozen=True, slots=True)
class Meaning:
    label: str
    updates: tuple[ReplyUpdate, ...] = ()
    words: str = ""
    """Where it is more, or less clear, than updates: what its author would have typed."""


@dataclass(frozen=True, slots=True)
class Doubt:
    kind: DoubtKind
    kept: tuple[str, ...]
    """The words it is about, exactly as typed; they are among those not understood."""
    sentence: str
    """What to write instead, for where there is no room for buttons."""
    meanings: tuple[Meaning, ...]
    number: int = 0
    """The key result that it is about, where that is clear."""


def of_updates(updates: Iterable[ReplyUpdate], kr: AskedKeyResult) -> tuple[Meaning, ...]:
    """A meaning for each; those that would look alike are one."""
    meanings = [Meaning(_label(update, kr), (update,)) for update in updates]
    return tuple({one.label: one for one in meanings if one.label}.values())


def of_facts(options: Iterable[Facts], kr: AskedKeyResult) -> tuple[Meaning, ...]:
    return of_updates((merged([facts], kr) for facts in options if not facts.nothing), kr)


def of_level(level: Level, kr: AskedKeyResult) -> tuple[Meaning, ...]:
    return tuple(Meaning(f"{one}", (ReplyUpdate(kr.number, confidence=one),)) for one in level.confidences)


def fitting(item: Typed, asked: Iterable[AskedKeyResult]) -> list[tuple[AskedKeyResult, Facts]]:
    """The key results that an item without a name may be about: those in whose units it can be read."""
    read = ((kr, read_item(item, kr, alone=False)) for kr in asked)
    return [(kr, facts) for kr, facts in read if _says_something(facts)]


def _says_something(facts: Facts) -> bool:
    return bool(facts.readings) if facts.problem else not facts.nothing or facts.level is not None


def which(item: Typed, fits: Iterable[tuple[AskedKeyResult, Facts]]) -> tuple[Meaning, ...]:
    """One meaning for each; where it is not clear what the item says of it, that is asked next."""
    return tuple(
        Meaning(f"{kr.number} {kr.title}", words=f"KR{kr.number} {item.words()}")
        if facts.problem or facts.level
        else Meaning(f"{kr.number} {kr.title}", (merged([facts], kr),))
        for kr, facts in fits
    )


def by_its_unit(
    item: Typed, fits: Sequence[tuple[AskedKeyResult, Facts]]
) -> tuple[AskedKeyResult, Facts] | None:
    """The only one that can be meant, where nothing but figures stands there, with the unit of just one."""
    in_unit = [(kr, facts) for kr, facts in fits if _names_unit(item.plain, kr)]
    clear_cut = [kr for kr, facts in fits if not facts.problem]
    return in_unit[0] if len(in_unit) == len(clear_cut) == 1 and in_unit[0][1].whole else None


def _names_unit(plain: str, kr: AskedKeyResult) -> bool:
    unit = unit_of(kr.unit)
    return any(unit.fits(token[1]) for token in TOKEN.finditer(plain))


def named_or_not(item: Item, kr: AskedKeyResult) -> tuple[Meaning, ...]:
    """The number at an item's start names the key result, the only one, or is part of its value."""
    start = item.whole.plain.find(f"{kr.number}")
    with_number = item.whole.part(start, len(item.whole.plain))
    return of_facts(clear(read_item(one, kr, alone=True) for one in (item.body, with_number)), kr)


def action_or_key_result(facts: Facts, kr: AskedKeyResult) -> tuple[Meaning, ...]:
    """What else is said is no part of the action, and stays kept: as a note about nothing."""
    note = f"; note “{facts.drove}”" if facts.drove else ""
    action = Meaning(f"Action {kr.number}", words=f"done {kr.number}{note}")
    return (action, Meaning(f"KR{kr.number}", (merged([facts], kr),)))


def unclear_numbers(
    closed: Closed, open_actions: Collection[int], asked: Collection[int]
) -> tuple[Meaning, ...]:
    """ "done 1, 2 8": all of them are actions, or after the comma a key result and its value begin."""
    verb = closed.whole.words().split()[0]
    meanings = []
    if set(closed.numbers) <= set(open_actions):
        numbers = ", ".join(str(one) for one in closed.numbers)
        meanings.append(Meaning(f"Actions {numbers}", words=f"{verb} {numbers}"))
    *before, number, value = closed.numbers
    if len(before) == 1 and set(before) <= set(open_actions) and number in asked:
        words = f"{verb} {before[0]}; {number} {value}"
        meanings.append(Meaning(f"Action {before[0]}, KR{number} {value}", words=words))
    return tuple(meanings)


def either_closing(closed: Closed, said: Mapping[int, Closing]) -> tuple[Meaning, ...]:
    if len(closed.numbers) > 1:
        return ()
    number = closed.numbers[0]
    either = (said[number], closed.closing)
    return tuple(Meaning(_CLOSINGS[one], words=f"{_CLOSINGS[one]} {number}") for one in either)


def rest_same(facts: Facts, rest: Sequence[int]) -> tuple[Meaning, ...]:
    """ "same" beside what is said of others."""
    if not rest or facts.problem or facts.confidence is not None or facts.drove or facts.level:
        return ()
    same = tuple(ReplyUpdate(number, unchanged=True) for number in rest)
    return (Meaning(", ".join(f"KR{number}" for number in rest), same),)


def same_with_confidence(facts: Facts, asked: Sequence[AskedKeyResult]) -> tuple[Meaning, ...]:
    """ "all same, confidence 7": of one of them, or of all."""
    if facts.confidence is None or facts.drove or facts.blocker or facts.problem:
        return ()
    sure = {kr.number: ReplyUpdate(kr.number, kr.value, facts.confidence) for kr in asked}
    same = [ReplyUpdate(kr.number, unchanged=True) for kr in asked]
    each = [
        Meaning(
            f"{kr.number} {kr.title}",
            tuple(sure[kr.number] if one.number == kr.number else one for one in same),
        )
        for kr in asked
    ]
    return (*each, Meaning("All of them", tuple(sure.values())))


def _label(update: ReplyUpdate, kr: AskedKeyResult) -> str:
    """ "1,250 %, confidence 7"."""
    said = ["the same"] if update.unchanged else []
    if update.value is not None:
        said.append(format_exactly(update.value, kr.unit))
    if update.confidence is not None:
        said.append(f"confidence {update.confidence}")
    return ", ".join(said)
