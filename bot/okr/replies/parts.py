"""Where a reply's parts begin and end: items, each for a key result or for none, what becomes of earlier
actions ("done 1 3, drop 2"), and next week's.

A key result is named by "KR1", "kr 1:", "#1", or by its bare number where that can mean nothing else.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.okr.measures import Milestone
from bot.okr.numbers.values import find_value
from bot.okr.replies import blocker as reply_blocker
from bot.okr.replies import problems as reply_problems
from bot.okr.replies.asides import AFTER_CLOSING, CLOSING, Closed, Names, Thanks, closed_at, thanks_at
from bot.okr.replies.words import SEPARATORS, STEP_LIST, Said, first_said, unchanged_at
from bot.okr.typed import Typed
from bot.okr.views import AskedKeyResult

Asked = Mapping[int, AskedKeyResult]
"""What is asked, by number."""

_LINE_START = re.compile(
    # Marks of a quotation or of code go only before a key result; in a note they are what was typed.
    r"(?:[\s>`*•·◦▪‣●]*(?=[*_`]{0,2}(?:kr|key|#|\d))|[\s*•·◦▪‣●]*)(?:[-–—]\s{1,3}(?![\d.,]+\s{0,3}%?$))?",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(
    r"[*_`]{0,2}(?:key\s{0,2}result|kr|#)\s{0,2}[#.\-]?\s{0,2}(\d{1,4})[*_`]{0,2}(?![\w%]|[./]\d)",
    re.IGNORECASE,
)
_BARE = re.compile(r"\(?(\d{1,4})(?:(\s{0,2}[:)=]|\.(?=\s))|(?=\s))")
_REST = re.compile(
    r"(?:and\s{1,3})?(?:the\s{1,3})?(?:(rest|others?|remaining|everything\s{1,3}else|all\s{1,3}others?)"
    r"|all|both|everything)(?:\s{1,3}(?:is|are))?[\s:]{1,3}",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;,&!]\s{0,4}(?:and\s{1,3})?|\.\s{1,4}|\s{1,3}and\s{1,3}|\s{1,3}(?=(?:key\s|kr|#)\s?\S)", re.IGNORECASE
)
_NEXT = re.compile(
    r"(?<![^\s;,.])(?:and\s{1,3})?next(?:\s{1,3}week(?:'s)?)?(?:\s{1,3}(?:steps?|actions?|plans?|up))?\s{0,3}:",
    re.IGNORECASE,
)
_ITEM_ENDS = re.compile(r"\s{0,5}(?:$|[,;.!])")
_ACTION_BULLET = re.compile(r"(?:[•*·◦▪‣●>]\s*|[-–—]\s*(?!\d)|\(?\d{1,2}[.)]\s+|\[[ xX]?\]\s*)+")

_DASHES = frozenset({"-", "–", "—"})
"""Alone they say "none"."""


class Scope(Enum):
    ONE = auto()
    REST = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Head:
    """What an item is about, up to `end`."""

    end: int
    number: int = 0
    scope: Scope = Scope.ONE
    doubt: str = ""
    """A sentence, when the number may be a value instead."""
    bare: bool = False
    """Only a number names it."""


@dataclass(frozen=True, slots=True)
class Item:
    whole: Typed
    body: Typed
    head: Head | None


@dataclass(frozen=True, slots=True)
class Action:
    words: str
    """Without its bullet; "" for "next:" itself."""


Part = Item | Action | Closed | Thanks


def parts_of(text: Typed, asked: Asked, names: Names = ()) -> Iterator[Part]:
    """Every part that is not blank, in order. After "next:" each line is an action, until a key result, what
    is in its way, thanks, or a line that says what becomes of earlier ones."""
    in_next = False
    above: list[Head] = []
    for line in text.lines():
        rest = line
        heads: list[Head] = []
        while rest.plain:
            if in_next:
                actions, length = _actions(rest, asked, names, new_line=rest is line)
                yield from actions
                in_next = length == len(rest.plain)
            else:
                header = _NEXT.search(rest.plain, 0, _quoted_from(rest.plain))
                before = rest.plain[: header.start()].rstrip(" ;,") if header else rest.plain
                for part in _items(rest.part(0, len(before)), asked, names):
                    found = _of_above(part, heads or above)
                    heads += [found.head] if isinstance(found, Item) and found.head else []
                    yield found
                length = header.end() if header else len(rest.plain)
                in_next = header is not None
                if header:
                    yield Action("")
            rest = rest.part(length, len(rest.plain))
        above = heads or above


def _of_above(part: Item | Closed | Thanks, heads: list[Head]) -> Item | Closed | Thanks:
    """What is in the way, said for itself, belongs to the key result above it, where that is one."""
    if not isinstance(part, Item) or part.head or not reply_blocker.begins(part.body, 0):
        return part
    numbers = {one.number for one in heads}
    one_named = len(numbers) == 1 and all(one.scope is Scope.ONE for one in heads)
    return replace(part, head=Head(0, numbers.pop())) if one_named else part


def _quoted_from(plain: str) -> int:
    """Where a note in quotation marks begins that runs to the line's end; in it nothing is looked for."""
    at = plain.lower().find("note “") if plain.rstrip().endswith("”") else -1
    return at if at >= 0 else len(plain)


def _actions(line: Typed, asked: Asked, names: Names, *, new_line: bool) -> tuple[list[Action], int]:
    """The actions of a line and how much of it they take: up to where something else begins."""
    actions: list[Action] = []
    start = 0
    for chunk in line.plain.split(";"):
        end = start + len(chunk)
        rest = line.part(start, len(line.plain))
        begin = _line_start(rest.plain)
        if _begins_item(rest, asked) or thanks_at(rest, begin, names) or reply_blocker.begins(rest, begin):
            return actions, start
        if new_line and not start and CLOSING.match(rest.plain, _line_start(rest.plain)):
            return actions, start
        header = _NEXT.match(line.plain, start + len(chunk) - len(chunk.lstrip()), end)
        words = line.words(header.end() if header else start, end)
        bullet = None if words in _DASHES else _ACTION_BULLET.match(words)
        if words := words[bullet.end() if bullet else 0 :].strip(" ,."):
            actions.append(Action(words))
        start = end + 1
    return actions, len(line.plain)


def _begins_item(text: Typed, asked: Asked) -> bool:
    start = _line_start(text.plain)
    if _EXPLICIT.match(text.plain, start):
        return _later_head(text.plain, start, asked) is not None
    bare = _BARE.match(text.plain, start)
    if bare is None or int(bare[1]) not in asked:
        return False
    return _complete(text.plain, _said_after(text.plain, bare.end(), asked[int(bare[1])]))


def _items(line: Typed, asked: Asked, names: Names) -> Iterator[Item | Closed | Thanks]:
    rest = line
    while rest.plain:
        if thanks := thanks_at(rest, _line_start(rest.plain), names):
            yield thanks[0]
            length = thanks[1] + 1
        elif found := closed_at(rest, _line_start(rest.plain)):
            yield found[0]
            after = AFTER_CLOSING.match(rest.plain, found[1])
            length = after.end() if after else found[1]
        else:
            length = yield from _items_until_other(rest, asked, names)
        rest = rest.part(length, len(rest.plain))


def _items_until_other(line: Typed, asked: Asked, names: Names) -> Generator[Item, None, int]:
    """The items up to where it is said what becomes of actions, or somebody is thanked, and where that is.
    After a comma it is not: "sales 52, dropped 2" is a note."""
    plain = line.plain
    start = _line_start(plain)
    head = _first_head(plain, start, asked)
    begin = 0
    lists = [match.span() for match in STEP_LIST.finditer(plain)] if _has_steps(asked) else []
    for gap in _BREAK.finditer(plain, start, _quoted_from(plain)):
        inside_number = gap.end() < len(plain) and gap[0] == "," and plain[gap.start() - 1].isdigit()
        inside_list = any(first < gap.start() < last for first, last in lists)
        if inside_list or (inside_number and plain[gap.end()].isdigit()):
            continue
        other = closed_at(line, gap.end()) or thanks_at(line, gap.end(), names)
        if gap[0][0] in ";.!" and other:
            yield from _item(line, begin, start, gap.start(), head)
            return gap.end()
        if gap.end() > start and (later := _later_head(plain, gap.end(), asked)):
            yield from _item(line, begin, start, gap.start(), head)
            head, begin, start = later, gap.end(), gap.end()
    yield from _item(line, begin, start, len(plain), head)
    return len(plain)


def _has_steps(asked: Asked) -> bool:
    return any(isinstance(one.measure, Milestone) and one.measure.steps for one in asked.values())


def _item(line: Typed, begin: int, start: int, end: int, head: Head | None) -> Iterator[Item]:
    whole = line.part(begin, end)
    if head or whole.plain.strip(" ,;.:-–—`*>•"):
        yield Item(whole, line.part(head.end if head else start, end), head)


def _line_start(plain: str) -> int:
    match = _LINE_START.match(plain)
    return match.end() if match else 0


def _first_head(plain: str, start: int, asked: Asked) -> Head | None:
    """The key result that an item at a line's start is about."""
    if explicit := _EXPLICIT.match(plain, start):
        return Head(explicit.end(), int(explicit[1]))
    if group := _group_head(plain, start, asked):
        return group
    bare = _BARE.match(plain, start)
    return _bare_head(plain, bare, asked) if bare and asked else None


def _bare_head(plain: str, bare: re.Match[str], asked: Asked) -> Head | None:
    kr = asked.get(int(bare[1]))
    if kr is None:
        return _strange_number(plain, bare, asked)
    head = Head(bare.end(), kr.number, bare=True)
    if bare[2]:
        return head
    said = _said_after(plain, bare.end(), kr)
    if len(asked) > 1:
        return head if said or plain[bare.end() :].lstrip()[:1].isalpha() else None
    return _only_number(plain, bare, said, kr)


def _only_number(plain: str, bare: re.Match[str], said: Said | None, kr: AskedKeyResult) -> Head | None:
    """With one key result asked for, "1 …" names it or is its value; where both fit, doubt."""
    if said is None:
        return None
    number = find_value(plain, bare.start(), kr.unit)
    if not _of_confidence(said) and (number is None or number.end <= bare.end()):
        return Head(bare.end(), kr.number, bare=True)
    words, rest = plain[bare.start() : said.end].strip(), plain[bare.end() : said.end].strip()
    doubt = reply_problems.name_or_value(bare[1], rest, words, kr)
    return Head(bare.end(), kr.number, doubt=doubt)


def _strange_number(plain: str, bare: re.Match[str], asked: Asked) -> Head | None:
    """A number that is not asked for, where it names a key result nevertheless ("9 41") and is no value."""
    kr = next(iter(asked.values()))
    said = _said_after(plain, bare.end(), kr)
    if said is None or _of_confidence(said):
        return None
    if bare[2]:
        apart = bare[2] != "." and not plain[bare.end() : bare.end() + 1].isdigit()
        return Head(bare.end(), int(bare[1])) if apart else None
    number = find_value(plain, bare.start(), "")
    if len(asked) == 1 or (number is not None and number.end > bare.end()):
        return None
    return Head(bare.end(), int(bare[1])) if _complete(plain, said) else None


def _later_head(plain: str, start: int, asked: Asked) -> Head | None:
    """A key result named within a line: only where a value, a confidence or "same" follows at once."""
    if explicit := _EXPLICIT.match(plain, start):
        kr = asked.get(int(explicit[1])) or next(iter(asked.values()), None)
        said = _said_after(plain, explicit.end(), kr) if kr else None
        return Head(explicit.end(), int(explicit[1])) if said else None
    if group := _group_head(plain, start, asked):
        return group
    bare = _BARE.match(plain, start)
    if bare is None or len(asked) < 2:
        return None
    head = Head(bare.end(), int(bare[1]), bare=True)
    if kr := asked.get(head.number):
        return head if _said_after(plain, bare.end(), kr) else None
    said = _said_after(plain, bare.end(), next(iter(asked.values())))
    return head if said and not _of_confidence(said) and _complete(plain, said) else None


def _group_head(plain: str, start: int, asked: Asked) -> Head | None:
    """ "rest same", "all unchanged"."""
    match = _REST.match(plain, start)
    if match is None or not asked or unchanged_at(plain, match.end(), next(iter(asked.values()))) is None:
        return None
    return Head(match.end(), scope=Scope.REST if match[1] else Scope.ALL)


def _said_after(plain: str, start: int, kr: AskedKeyResult) -> Said | None:
    gap = SEPARATORS.match(plain, start)
    return first_said(plain, gap.end() if gap else start, kr)


def _of_confidence(said: Said) -> bool:
    return said.confidence is not None or bool(said.warning)


def _complete(plain: str, said: Said | None) -> bool:
    """Whether an item is over, or at a comma, after what was said."""
    return said is not None and _ITEM_ENDS.match(plain, said.end) is not None
