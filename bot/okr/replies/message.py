"""A plain message as an answer: `KR1 62% confidence 7, two chains signed; next: call the five that lapsed`.

Pure and total: any text has an answer, and every part of it ends in an update, an action, a problem or among
the words that were not understood. Nothing ambiguous is guessed: it is a doubt, with what it may mean. What
cannot be taken is kept as typed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.okr.actions import Closing
from bot.okr.defaults import ACTION_LONGEST, ACTIONS_MOST
from bot.okr.replies import doubts as reply_doubts
from bot.okr.replies import problems as reply_problems
from bot.okr.replies.asides import Closed, Thanks
from bot.okr.replies.doubt_views import DoubtKind
from bot.okr.replies.doubts import DOUBTS_MOST, MEANINGS_MOST, Doubt, Meaning
from bot.okr.replies.item import Facts, read_item
from bot.okr.replies.parts import Action, Item, Scope, parts_of
from bot.okr.replies.update import ReplyUpdate, choices, contradiction, merged
from bot.okr.replies.words import Said, first_said
from bot.okr.typed import typed
from bot.okr.views import AskedKeyResult

_NO_ACTIONS = frozenset({"none", "nothing", "no", "nil", "n/a", "-", "–", "—", "no actions"})
_MOST_PARTS = 200
"""No check-in has more; what follows is kept unread."""
_SHORT = 25
"""Characters of an answer that are repeated in a question about it."""


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
    doubts: tuple[Doubt, ...] = ()


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
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def only(self) -> AskedKeyResult | None:
        return next(iter(self.asked.values())) if len(self.asked) == 1 else None

    @property
    def asks(self) -> bool:
        """Whether there is room for one more question."""
        return len(self.doubts) < DOUBTS_MOST

    def keep(self, part: int, words: str, problem: str = "") -> None:
        self.kept.append((part, words))
        if problem:
            self.problems.append(problem)

    def doubt(
        self,
        kept: Collection[tuple[int, str]],
        problem: str,
        meanings: Sequence[Meaning],
        kind: DoubtKind = DoubtKind.MEANING,
        number: int = 0,
    ) -> None:
        """Keeps these words, by part, and asks what they mean if that can be asked."""
        self.kept += kept
        new = Doubt(kind, tuple(words for _, words in kept), problem, tuple(meanings), number)
        if not self.asks or not 0 < len(meanings) <= MEANINGS_MOST:
            self.problems.append(problem)
        elif new not in self.doubts:
            self.doubts.append(new)


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
        reading.problems.append(reply_problems.NO_ACTION_AFTER_NEXT)
    return Reply(
        updates,
        None if reading.actions is None else tuple(reading.actions),
        tuple(words for _, words in sorted(reading.kept, key=lambda kept: kept[0])),
        tuple(dict.fromkeys(reading.problems)),
        reading.closings,
        tuple(dict.fromkeys(reading.thanks)),
        tuple(reading.doubts),
    )


def _read_action(reading: _Reading, part: int, action: Action) -> None:
    """As many as a check-in takes; those beyond, and one that is too long, are kept."""
    reading.next_said = True
    if not action.words:
        return
    if len(action.words) > ACTION_LONGEST:
        reading.keep(part, action.words, reply_problems.too_long(action.words))
        reading.next_said = False  # there was one, so nobody is told that there was none
        return
    if reading.actions is None:
        reading.actions = []
    if action.words.lower() in _NO_ACTIONS:
        return
    if len(reading.actions) < ACTIONS_MOST:
        reading.actions.append(action.words)
    else:
        reading.keep(part, action.words, reply_problems.TOO_MANY_ACTIONS)


def _read_closed(reading: _Reading, part: int, closed: Closed) -> None:
    """Either all of it is taken or none."""
    unknown = [one for one in closed.numbers if one not in reading.open_actions]
    twice = [one for one in closed.numbers if reading.closings.get(one, closed.closing) != closed.closing]
    words = closed.whole.words()
    if closed.unclear:
        meanings = reply_doubts.unclear_numbers(closed, reading.open_actions, reading.asked)
        reading.doubt([(part, words)], reply_problems.unclear_numbers(words), meanings)
    elif unknown:
        reading.keep(part, words, reply_problems.no_action(unknown[0], reading.open_actions))
    elif twice:
        meanings = reply_doubts.either_closing(closed, reading.closings)
        reading.doubt([(part, words)], reply_problems.two_closings(twice[0]), meanings)
    else:
        reading.closings |= dict.fromkeys(closed.numbers, closed.closing)


def _read_item(reading: _Reading, part: int, item: Item) -> None:
    words = item.whole.words()
    head, only = item.head, reading.only
    if head is None:
        _read_headless(reading, part, item)
    elif head.doubt:
        reading.named.add(head.number)
        meanings = reply_doubts.named_or_not(item, reading.asked[head.number])
        reading.doubt([(part, words)], head.doubt, meanings, number=head.number)
    elif head.scope is not Scope.ONE and only is None:
        facts = read_item(item.body, next(iter(reading.asked.values())), alone=False)
        reading.groups.append((part, words, head.scope, facts))
    elif kr := reading.asked.get(head.number) or (only if head.scope is not Scope.ONE else None):
        reading.named.add(kr.number)
        facts = read_item(item.body, kr, alone=only is not None)
        of_action = facts.reached and head.bare and head.number in reading.open_actions
        if of_action and not (facts.problem or facts.level or facts.blocker) and facts.confidence is None:
            meanings = reply_doubts.action_or_key_result(facts, kr)
            problem = reply_problems.action_or_key_result(words, head.number)
            reading.doubt([(part, words)], problem, meanings)
        else:
            _note_facts(reading, part, words, kr, facts)
    else:
        reading.keep(part, words, reply_problems.not_asked(head.number, list(reading.asked)))


def _note_facts(reading: _Reading, part: int, words: str, kr: AskedKeyResult, facts: Facts) -> None:
    if facts.problem:
        meanings = reply_doubts.of_facts(facts.readings, kr)
        reading.doubt([(part, words)], facts.problem, meanings, number=kr.number)
    else:
        reading.facts.setdefault(kr.number, []).append((part, words, facts))
        if facts.value is not None or facts.unchanged:
            reading.valued.add(kr.number)


def _read_headless(reading: _Reading, part: int, item: Item) -> None:
    """It is for the only key result asked for; among several, for all if it says "same", else who knows."""
    words = item.whole.words()
    if kr := reading.only:
        facts = read_item(item.body, kr, alone=True, has_value=kr.number in reading.valued)
        if item.body.plain.startswith(("- ", "– ", "— ")) and facts.value is not None and not facts.problem:
            dash = reply_problems.dash(item.body.plain[1:].strip(), kr)
            facts = Facts(problem=dash, readings=(facts, replace(facts, value=-facts.value)))
        elif facts.reached and not facts.problem:
            facts = Facts(problem=reply_problems.reached(kr), readings=(facts,))
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
    elif said is None:
        reading.keep(part, words)
    else:
        _read_unnamed(reading, part, item, said, runs_on=bool(facts.problem and not said.problem))


def _read_unnamed(reading: _Reading, part: int, item: Item, said: Said, *, runs_on: bool) -> None:
    """Figures that belong to one of several key results: to the one in whose unit they are, or who knows.
    Where the words run on they are no answer."""
    words = item.whole.words()
    fits = reply_doubts.fitting(item.body, reading.asked.values()) if reading.asks else []
    if by_unit := reply_doubts.by_its_unit(item.body, fits):
        kr, facts = by_unit
        reading.named.add(kr.number)
        _note_facts(reading, part, words, kr, facts)
    elif runs_on:
        reading.keep(part, words)
    else:
        short = words if len(words) <= _SHORT else item.body.words(0, said.end)
        problem = reply_problems.which_one(short, list(reading.asked))
        meanings = reply_doubts.which(item.body, fits)
        reading.doubt([(part, words)], problem, meanings, DoubtKind.WHICH)


def _spread_groups(reading: _Reading) -> None:
    """ "same" and "rest same", once it is known which key results are named beside them."""
    named = set(reading.named)
    for part, words, scope, facts in reading.groups:
        rest = [number for number in reading.asked if number not in named]
        if scope is Scope.ALL and named:
            problem = reply_problems.which_are_same(rest[0] if rest else min(named))
            reading.doubt([(part, words)], problem, reply_doubts.rest_same(facts, rest))
        elif facts.problem or facts.confidence is not None or facts.warnings or facts.level:
            asked = [reading.asked[number] for number in rest]
            meanings = reply_doubts.same_with_confidence(facts, asked) if reading.asks else ()
            asked_back = facts.problem == reply_problems.ASKED_BACK
            problem = facts.problem if asked_back else reply_problems.WHOSE_CONFIDENCE
            reading.doubt([(part, words)], problem, meanings, DoubtKind.WHICH)
        elif not rest:
            reading.keep(part, words, reply_problems.NO_REST)
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
    problem = contradiction(said, kr)
    if problem:
        meanings = reply_doubts.of_updates(choices(said, kr), kr)
        reading.doubt([(part, words) for part, words, _ in items], problem, meanings, number=kr.number)
        return None
    nothing = all(facts.nothing for facts in said)
    levels = [(part, facts.level, words) for part, words, facts in items if facts.level]
    for part, level, words in levels:
        kept = [(part, words if nothing else level.words)]
        meanings = reply_doubts.of_level(level, kr)
        reading.doubt(kept, level.sentence, meanings, DoubtKind.CONFIDENCE, kr.number)
    if not nothing:
        return merged(said, kr)
    for part, words, facts in items:
        if not facts.level:
            reading.kept.append((part, words))
        if not problem and kr.number in reading.named and not facts.warnings and not levels:
            problem = reply_problems.no_number(kr, facts.drove)
    if problem:
        reading.problems.append(problem)
    return None
