"""What a reply says beside key results: what becomes of earlier actions ("done 1 3, drop 2"), and thanks."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.okr.actions import Closing
from bot.okr.typed import Typed

Names = Collection[str]
"""First names of people, casefolded."""

_CLOSES = {
    **dict.fromkeys(("done", "finished", "completed"), Closing.DONE),
    **dict.fromkeys(("drop", "dropped"), Closing.DROPPED),
    **dict.fromkeys(("keep", "kept", "carry", "carried"), Closing.KEPT),
}
_VERBS = "|".join(_CLOSES)
CLOSING = re.compile(
    rf"({_VERBS})(?:\s{{0,2}}:\s{{0,3}}|\s{{1,3}})(?:actions?\s{{1,3}})?"
    r"(#?\d{1,2}(?:(?:\s{0,2},\s{0,2}(?:and\s{1,2})?|\s{1,2}(?:and|&)\s{1,2}|\s{1,3})#?\d{1,2})*)"
    rf"(?=\s{{0,3}}(?:$|[;,.!](?!\d)|and\s{{1,3}}(?:{_VERBS})\b))",
    re.IGNORECASE,
)
_SEVERAL = r"#?\d{1,2}(?:(?:\s{0,2},\s{0,2}|\s{1,2}(?:and|&)\s{1,2})#?\d{1,2})*"
_AFTERWARDS = re.compile(
    rf"(?:(?:actions?\s{{1,3}})({_SEVERAL})\s{{1,3}}({_VERBS})|({_SEVERAL})\s{{1,3}}(dropped|kept|carried))"
    r"(?=\s{0,3}(?:$|[;,.!](?!\d)))",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:thanks|thank\s{1,2}you)(?:\s{0,2}[:,]\s{0,3}|\s{1,3})(?:to\s{1,3})?(?=\S)", re.IGNORECASE
)
AFTER_CLOSING = re.compile(r"[\s,;.!]*(?:and\s{1,3})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Closed:
    """What is said of earlier weeks' actions, by their numbers."""

    whole: Typed
    closing: Closing
    numbers: tuple[int, ...]
    unclear: bool
    """Commas between some numbers and none between others: a key result may begin among them."""


@dataclass(frozen=True, slots=True)
class Thanks:
    words: str
    """What follows "thanks"."""


def thanks_at(line: Typed, start: int, names: Names) -> tuple[Thanks, int] | None:
    """ "thanks: …", "thanks Hannah for …", up to a semicolon; other thanks are words like any others."""
    match = _THANKS.match(line.plain, start)
    if match is None:
        return None
    end = line.plain.find(";", match.end())
    end = len(line.plain) if end < 0 else end
    words = line.words(match.end(), end)
    whom = words.split()[0].rstrip(",:.!").casefold() if words else ""
    meant = ":" in match[0] or whom.startswith("@") or whom in names
    return (Thanks(words), end) if words and meant else None


def closed_at(line: Typed, start: int) -> tuple[Closed, int] | None:
    """What becomes of actions, and where that ends: "done 1 3", or "1 dropped", where "1 done" may mean a key
    result and is none."""
    if match := CLOSING.match(line.plain, start):
        verb, listed = match[1], match[2]
    elif match := _AFTERWARDS.match(line.plain, start):
        verb, listed = match[2] or match[4], match[1] or match[3]
    else:
        return None
    numbers = re.findall(r"\d+", listed)
    between = re.split(r"#?\d+", listed)[1:-1]
    unclear = len({bool(one.strip()) for one in between}) > 1
    whole = line.part(0, match.end())
    found = Closed(whole, _CLOSES[verb.lower()], tuple(int(one) for one in numbers), unclear)
    return found, match.end()
