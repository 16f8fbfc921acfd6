"""A plain message as an answer: `KR1 62% confidence 7, two chains signed; next: call the five that lapsed`.

Pure and total: any text has an answer, and every part of it ends in an update, an action, a problem or among
the words that were not understood. Nothing ambiguous is guessed; what cannot be taken is kept as typed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.okr.actions import Closing
from bot.okr.defaults import ACTION_LONGEST, ACTIONS_MOST
from bot.okr.reply_asides import Closed, Thanks
from bot.okr.reply_blocker import ReplyBlocker, written
from bot.okr.reply_parts import Action, Item, Scope, parts_of
from bot.okr.reply_words import Facts, first_said, read_item
from bot.okr.typed import typed
from bot.okr.values import format_exactly, quoted, shortened
from bot.okr.views import AskedKeyResult

_NO_ACTIONS = frozenset({"none", "nothing", "no", "nil", "n/a", "-", "–", "—", "no actions"})
_MOST_PARTS = 200
"""No check-in has more; what follows is kept unread."""
_SHORT = 25
"""Characters of an answer that are repeated in a question about it."""


@dataclass(frozen=True, slots=True)
class ReplyUpdate:
    """What was said about one key result; None for what was not said, which stays as it was.

    `drove` is the note exactly as typed; notes from several lines are put together with "; ".
    """

    number: int
    value: float | None = None
    confidence: int | None = None
    drove: str = ""
    unchanged: bool = False
    blocker: ReplyBlocker | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    updates: tuple[ReplyUpdate, ...] = ()
    actions: tuple[str, ...] | None = None
    """None when nothing was said about them, () for "next: none"."""
    not_understood: tuple[str, ...] = ()
    """The person's own words, exactly as typed, in their order."""
    problems: tuple[str, ...] = ()
    """Sentences about what was recognised but cannot be taken."""
    closings: Mapping[int, Closing] = field(default_factory=dict)
    """What becomes of earlier weeks' actions, by number."""
    thanks: tuple[str, ...] = ()
    """As typed after "thanks", to whom it may be included."""


@dataclass(slots=True)
class _Reading:
    """What has been gathered so far. Parts have an order, so that kept words come back in theirs."""

    asked: dict[int, AskedKeyResult]
    open_actions: frozenset[int]
    closings: dict[int, Closing] = field(default_factory=dict)
    thanks: list[str] = field(default_factory=list)
    facts: dict[int, list[tuple[int, str, Facts]]] = field(default_factory=dict)
    """By number of the key result: part, its words, what they say."""
    named: set[int] = field(default_factory=set)
    valued: set[int] = field(default_factory=set)
    """Those whose value (or "same") has been said, so that later numbers without a name are notes."""
    groups: list[tuple[int, str, Scope, Facts]] = field(default_factory=list)
    next_said: bool = False
    actions: list[str] | None = None
    kept: list[tuple[int, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def only(self) -> AskedKeyResult | None:
        return next(iter(self.asked.values())) if len(self.asked) == 1 else None

    def keep(self, part: int, words: str, problem: str = "") -> None:
        self.kept.append((part, words))
        if problem:
            self.problems.append(problem)


def parse_reply(
    text: str,
    asked: Sequence[AskedKeyResult],
    open_actions: Collection[int] = (),
    names: Collection[str] = (),
) -> Reply:
    """What a message says about what is asked (its numbers may start anywhere); `open_actions` are the
    numbers of earlier weeks' actions, `names` the first names of people, casefolded."""
    reading = _Reading({kr.number: kr for kr in asked}, frozenset(open_actions))
    for part, found in enumerate(parts_of(typed(text), reading.asked, names)):
        if isinstance(found, Action):
            _read_action(reading, part, found)
        elif isinstance(found, Thanks):
            reading.thanks.append(found.words)
        elif part >= _MOST_PARTS:
            reading.keep(part, found.whole.words())
        elif isinstance(found, Closed):
            _read_closed(reading, part, found)
        else:
            _read_item(reading, part, found)
    _spread_groups(reading)
    updates = tuple(update for kr in asked if (update := _update(reading, kr)))
    if reading.next_said and reading.actions is None:
        reading.problems.append("I found no action after “next:”. Write “next: none” if there is none")
    return Reply(
        updates,
        None if reading.actions is None else tuple(reading.actions),
        tuple(words for _, words in sorted(reading.kept, key=lambda kept: kept[0])),
        tuple(dict.fromkeys(reading.problems)),
        reading.closings,
        tuple(dict.fromkeys(reading.thanks)),
    )


def _read_action(reading: _Reading, part: int, action: Action) -> None:
    """As many as a check-in takes; those beyond, and one that is too long, are kept."""
    reading.next_said = True
    if not action.words:
        return
    if len(action.words) > ACTION_LONGEST:
        reading.keep(part, action.words, _too_long(action.words))
        reading.next_said = False  # there was one, so nobody is told that there was none
        return
    if reading.actions is None:
        reading.actions = []
    if action.words.lower() in _NO_ACTIONS:
        return
    if len(reading.actions) < ACTIONS_MOST:
        reading.actions.append(action.words)
    else:
        reading.keep(part, action.words, f"Up to {ACTIONS_MOST} actions, please: I took the first ones")


def _read_closed(reading: _Reading, part: int, closed: Closed) -> None:
    """Either all of it is taken or none."""
    unknown = [one for one in closed.numbers if one not in reading.open_actions]
    twice = [one for one in closed.numbers if reading.closings.get(one, closed.closing) != closed.closing]
    words = closed.whole.words()
    if closed.unclear:
        reading.keep(part, words, _unclear_numbers(words))
    elif unknown:
        reading.keep(part, words, _no_action(unknown[0], reading.open_actions))
    elif twice:
        reading.keep(
            part, words, f"Action {twice[0]}: you wrote two things about it. Write the one that counts"
        )
    else:
        reading.closings |= dict.fromkeys(closed.numbers, closed.closing)


def _read_item(reading: _Reading, part: int, item: Item) -> None:
    words = item.whole.words()
    head, only = item.head, reading.only
    if head is None:
        _read_headless(reading, part, item)
    elif head.doubt:
        reading.named.add(head.number)
        reading.keep(part, words, head.doubt)
    elif head.scope is not Scope.ONE and only is None:
        facts = read_item(item.body, next(iter(reading.asked.values())), alone=False)
        reading.groups.append((part, words, head.scope, facts))
    elif kr := reading.asked.get(head.number) or (only if head.scope is not Scope.ONE else None):
        reading.named.add(kr.number)
        facts = read_item(item.body, kr, alone=only is not None)
        if facts.reached and head.bare and head.number in reading.open_actions:
            facts.problem = _action_or_key_result(words, head.number)
        _note_facts(reading, part, words, kr, facts)
    else:
        reading.keep(part, words, _not_asked(head.number, list(reading.asked)))


def _note_facts(reading: _Reading, part: int, words: str, kr: AskedKeyResult, facts: Facts) -> None:
    if facts.problem:
        reading.keep(part, words, facts.problem)
    else:
        reading.facts.setdefault(kr.number, []).append((part, words, facts))
        if facts.value is not None or facts.unchanged:
            reading.valued.add(kr.number)


def _read_headless(reading: _Reading, part: int, item: Item) -> None:
    """It is for the only key result asked for; among several, for all if it says "same", else who knows."""
    words = item.whole.words()
    if kr := reading.only:
        facts = read_item(item.body, kr, alone=True, has_value=kr.number in reading.valued)
        if item.body.plain.startswith(("- ", "– ", "— ")) and facts.value is not None:
            facts.problem = _dash(item.body.plain[1:].strip(), kr)
        if facts.reached:
            facts.problem = f"Has KR{kr.number} reached its target? Then write “KR{kr.number} done”"
        _note_facts(reading, part, words, kr, facts)
        return
    if not reading.asked:
        reading.keep(part, words)
        return
    any_kr = replace(next(iter(reading.asked.values())), unit="")
    said = first_said(item.body.plain, 0, any_kr)
    facts = read_item(item.body, any_kr, alone=False)
    if facts.unchanged and facts.confidence is None and not facts.problem:
        reading.groups.append((part, words, Scope.ALL, facts))
    elif said is None or (facts.problem and not said.problem):
        reading.keep(part, words)
    else:
        short = words if len(words) <= _SHORT else item.body.words(0, said.end)
        reading.keep(part, words, _which_one(short, list(reading.asked)))


def _spread_groups(reading: _Reading) -> None:
    """ "same" and "rest same", once it is known which key results are named beside them."""
    named = set(reading.named)
    for part, words, scope, facts in reading.groups:
        rest = [number for number in reading.asked if number not in named]
        if scope is Scope.ALL and named:
            example = f"KR{rest[0] if rest else min(named)} same"
            reading.keep(
                part, words, f"Which ones are the same? Write “rest same”, or name them: “{example}”"
            )
        elif facts.problem or facts.confidence is not None or facts.warnings:
            reading.keep(part, words, "Which one is the confidence for? Write it beside each key result")
        elif not rest:
            reading.keep(part, words, "Every key result is named already, so there is no rest")
        else:
            for number in rest:
                reading.facts.setdefault(number, []).append((part, words, replace(facts, drove="")))
            if facts.drove:
                reading.keep(part, facts.drove)


def _update(reading: _Reading, kr: AskedKeyResult) -> ReplyUpdate | None:
    """The items about one key result put together, unless they contradict each other or say nothing."""
    items = reading.facts.get(kr.number, [])
    said = [facts for _, _, facts in items]
    reading.problems += [warning for facts in said for warning in facts.warnings]
    problem = _contradiction(said, kr)
    if not problem and not all(facts.nothing for facts in said):
        return _merged(said, kr)
    for part, words, facts in items:
        reading.kept.append((part, words))
        if not problem and kr.number in reading.named and not facts.warnings:
            problem = _no_number(kr, facts.drove)
    if problem:
        reading.problems.append(problem)
    return None


def _merged(said: list[Facts], kr: AskedKeyResult) -> ReplyUpdate:
    value = next((facts.value for facts in said if facts.value is not None), None)
    confidence = next((facts.confidence for facts in said if facts.confidence is not None), None)
    unchanged = any(facts.unchanged for facts in said)
    if unchanged and confidence is not None:
        value = kr.value
    drove = "; ".join(facts.drove for facts in said if facts.drove)
    blocker = next((facts.blocker for facts in said if facts.blocker is not None), None)
    return ReplyUpdate(kr.number, value, confidence, drove, unchanged and value is None, blocker)


def _contradiction(said: list[Facts], kr: AskedKeyResult) -> str:
    """A sentence naming two things that cannot both be so, or ""."""
    told = [format_exactly(facts.value, kr.unit) for facts in said if facts.value is not None]
    confidences = [f"confidence {facts.confidence}" for facts in said if facts.confidence is not None]
    if any(facts.unchanged for facts in said) and told and told[0] != format_exactly(kr.value, kr.unit):
        told.append("“same”")
    for different in (list(dict.fromkeys(told)), list(dict.fromkeys(confidences))):
        if len(different) > 1:
            return (
                f"KR{kr.number}: you wrote both {different[0]} and {different[1]}. Write the one that counts"
            )
    return ""


def _no_number(kr: AskedKeyResult, words: str) -> str:
    here, example = f"KR{kr.number}", format_exactly(kr.value, kr.unit)
    found = f"I found no number in {quoted(words)}" if words else "I found no number"
    return f"{here}: {found}. Write it like “{here} {example}”, or “{here} same”"


def _too_long(words: str) -> str:
    return f"An action has up to {ACTION_LONGEST} characters; {quoted(words)} has {len(words)}"


def _no_action(number: int, known: Collection[int]) -> str:
    if not known:
        return "You have no open actions. For a key result write it like “KR1 done”"
    return f"There is no action {number} among your open ones; they go from 1 to {max(known)}"


def _action_or_key_result(words: str, number: int) -> str:
    return f"{quoted(words)}: write “done {number}” for the action, “KR{number} done” for the key result"


def _unclear_numbers(words: str) -> str:
    return f"I cannot tell which numbers in {quoted(words)} are actions. Put a comma between all of them"


def _dash(words: str, kr: AskedKeyResult) -> str:
    here = f"KR{kr.number}"
    return f"{here}: is the dash a minus? Write “{here} {words}”, or “{here} at −{words}”"


def _which_one(words: str, numbers: list[int]) -> str:
    words = shortened(words)
    first = f"KR{numbers[0]}" if words in map(str, numbers) else f"{numbers[0]}"
    return f"Which one? Write “{first} {words}” or “KR{numbers[1]} {words}”"


def _not_asked(number: int, numbers: list[int]) -> str:
    if not numbers:
        return f"There is no KR{number}; nothing is asked of you now"
    names = [f"KR{n}" for n in sorted(numbers)]
    if len(names) > 2 and max(numbers) - min(numbers) == len(numbers) - 1:
        listed = f"{names[0]} to {names[-1]}"
    else:
        listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"There is no KR{number}; you are asked for {listed}"


def echo(update: ReplyUpdate, asked: Sequence[AskedKeyResult]) -> str:
    """One update in words that parse back to it: "KR1 62 % confidence 7, two chains signed".

    A note that would be taken for something else is put in quotation marks, its line ends become blanks.
    """
    unit = next((kr.unit for kr in asked if kr.number == update.number), "")
    if update.blocker is not None:
        return f"{echo(replace(update, blocker=None), asked)}, {written(update.blocker)}"
    note = f", {update.drove}" if update.drove else ""
    one_line = f", note “{' '.join(update.drove.split())}”" if update.drove else ""
    same_line = f", note “{update.drove}”" if update.drove else ""
    texts = [
        _said(update, unit if with_unit else "") + ending
        for with_unit in (True, False)
        for ending in (note, same_line)
    ]
    for text in texts:
        if parse_reply(text, asked) == Reply((update,)):
            return text
    return _said(update, unit) + one_line


def _said(update: ReplyUpdate, unit: str) -> str:
    parts = [f"KR{update.number}"]
    if update.unchanged:
        parts.append("unchanged")
    if update.value is not None:
        parts += ["at"] if update.value < 0 else []
        parts.append(format_exactly(update.value, unit))
    if update.confidence is not None:
        parts.append(f"confidence {update.confidence}")
    return " ".join(parts)
