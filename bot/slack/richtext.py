"""What a person typed, shown as typed: it can never ping, format or turn the words around it.

Blocks carry typed words only in rich_text elements and plain_text objects, which Slack does not parse. The
top-level `text` of a message is parsed, so there `& < >` are escaped and @here and its kin are broken up.
Right-to-left words are isolated (Unicode's U+2068 ... U+2069), so that the numbers after them stay in place.
Lengths are what a text may at most take in Slack: escaped, and counted as JavaScript does (an emoji is two).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from slack_sdk.models.blocks import HeaderBlock, PlainTextObject, RichTextBlock, RichTextSectionElement
from slack_sdk.models.blocks import RichTextElementParts as Parts

HEADER_MOST: Final = 150
CUT: Final = " …"

_OPEN, _CLOSE = "\u2068", "\u2069"
_OPENERS = "\u2066\u2067\u2068"
_RIGHT_TO_LEFT = {"R", "AL", "RLE", "RLO", "RLI", "LRO", "LRE", "LRI", "FSI", "PDI", "PDF"}
_BROADCAST = re.compile(r"@(?=here|channel|everyone)", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_COST = {"&": len("&amp;"), "<": len("&lt;"), ">": len("&gt;"), "@": 2}
_GLUE = "\u200d\ufe0f"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words in one style; `channel` is a channel's id, shown as a link to it instead."""

    text: str = ""
    bold: bool = False
    channel: str = ""
    user: str = ""
    """A person's Slack id: Slack shows their name there, and pings them; the text is what is read aloud."""
    drawn: bool = False
    """Signs that say nothing new, for the eye only: they are left out of what is read aloud."""


Line = tuple[Run, ...]
"""Runs that stand in one line; a run may hold line breaks that a person typed."""


def line(*parts: str | Run) -> Line:
    """A line from words and runs; empty words are left out, as Slack refuses them."""
    runs = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in runs if run.text or run.channel)


def bold(text: str) -> Run:
    return Run(text, bold=True)


def length(text: str) -> int:
    """How long it is at most, once escaped, in UTF-16 code units."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return units + sum((cost - 1) * text.count(character) for character, cost in _COST.items())


def beginning(text: str, most: int) -> int:
    """How many of its first characters are together at most `most` long."""
    return bisect_right(list(accumulate(map(_cost, text[:most]))), most)


def clip(text: str, most: int | None) -> str:
    """The text, or its beginning and "…" so that it is at most `most` long; None is no limit."""
    if most is None or (len(text) <= most and length(text) <= most):
        return text
    return text[: beginning(text, most - len(CUT))].rstrip(_GLUE).rstrip() + CUT


def isolated(text: str) -> str:
    """The text, fenced off if it runs from right to left or carries direction marks of its own."""
    if text.isascii() or not any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text):
        return text
    return "\n".join(_OPEN + _balanced(part) + _CLOSE if part else part for part in text.split("\n"))


def name(text: str, most: int | None = None) -> str:
    """A name or title as it stands inside a sentence: one line, clipped, isolated."""
    return isolated(clip(" ".join(text.split()), most))


def note(text: str, most: int | None = None) -> str:
    """A note inside a line: clipped and isolated, its own line breaks kept."""
    return isolated(clip(text.strip(), most))


def escaped(text: str) -> str:
    """As it may stand in a message's top-level `text`."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BROADCAST.sub("@" + _WORD_JOINER, text)


def spoken(lines: Iterable[Line]) -> str:
    """The lines in words, for a message's top-level `text`."""
    return "\n".join("".join(_spoken_run(run) for run in one) for one in lines)


def paragraph(lines: Sequence[Line]) -> dict[str, Any]:
    """A rich_text block of these lines."""
    elements: list[Any] = []
    for number, one in enumerate(lines):
        if number:
            elements.append(Parts.Text(text="\n"))
        elements.extend(_element(run) for run in one)
    block = RichTextBlock(elements=[RichTextSectionElement(elements=_merged(elements))])
    return dict(block.to_dict())


def section(one: Line) -> RichTextSectionElement:
    """One line as a part of a rich_text block."""
    return RichTextSectionElement(elements=_merged([_element(run) for run in one]))


def header(text: str) -> dict[str, Any]:
    return dict(HeaderBlock(text=plain(text, HEADER_MOST)).to_dict())


def plain(text: str, most: int) -> PlainTextObject:
    """A plain_text object in which `:tada:` stays as it was typed."""
    return PlainTextObject(text=clip(text, most), emoji=False)


def _cost(character: str) -> int:
    return _COST.get(character) or (2 if character > "\uffff" else 1)


def _spoken_run(run: Run) -> str:
    if run.drawn:
        return ""
    return f"<#{run.channel}>" if run.channel else escaped(run.text)


def _element(run: Run) -> Any:
    if run.channel:
        return Parts.Channel(channel_id=run.channel)
    if run.user:
        return Parts.User(user_id=run.user)
    return Parts.Text(text=run.text, style=Parts.TextStyle(bold=True) if run.bold else None)


def _merged(elements: list[Any]) -> list[Any]:
    """Neighbouring unstyled texts as one, which keeps the payload small."""
    merged: list[Any] = []
    for element in elements:
        if merged and _is_plain(element) and _is_plain(merged[-1]):
            merged[-1] = Parts.Text(text=merged[-1].text + element.text)
        else:
            merged.append(element)
    return merged


def _is_plain(element: Any) -> bool:
    return isinstance(element, Parts.Text) and element.style is None


def _balanced(text: str) -> str:
    """Its own isolates closed and no closer without an opener: either would reach outside the fence."""
    kept, depth = [], 0
    for character in text:
        if character in _OPENERS:
            depth += 1
        elif character == _CLOSE:
            if not depth:
                continue
            depth -= 1
        kept.append(character)
    return "".join(kept) + _CLOSE * depth
