"""Slack's mrkdwn and Markdown, as the words a person reads."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

_CODE: Final = re.compile(r"```\n?(.*?)\n?```|`([^`\n]+)`", re.DOTALL)
_SEQUENCE: Final = re.compile(r"<([@#!][^<>\n]+|[a-z][a-z0-9+.-]*:[^<>\n]+)>", re.IGNORECASE)
_MARKED: Final = re.compile(r"(?<![\w*])([*_])(?=\S)([^\n]*?)(?<=\S)\1(?![\w*])")
_KEPT: Final = re.compile("\x00(\\d+)\x00")
_ESCAPES: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def readable(text: str, names: Mapping[str, str]) -> str:
    """mrkdwn as plain words: bold and italic marks gone, links by their label, people by their name.

    Struck text keeps its tildes, because plain text has no other way to tell it. Inside code nothing is bold.
    """
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\x00{len(kept) - 1}\x00"

    text = text.replace("\x00", "")
    text = _CODE.sub(lambda match: keep(sequences(match[1] or match[2] or "", names)), text)
    text = _SEQUENCE.sub(lambda match: keep(_sequence(match[1], names)), text)
    text = unescape(_unmarked(text))
    while _KEPT.search(text):  # a label may hold what was kept before it
        text = _KEPT.sub(lambda match: kept[int(match[1])], text)
    return text


def unescape(text: str) -> str:
    """`&lt;`, `&gt;` and `&amp;` as the signs they stand for, each once."""
    return re.sub(r"&(lt|gt|amp);", lambda match: _ESCAPES[match[0]], text)


def from_markdown(text: str, names: Mapping[str, str]) -> str:
    """Standard Markdown, as a `markdown` block holds it, as plain words."""
    text = re.sub(r"^#{1,6} +", "", text, flags=re.MULTILINE)
    text = re.sub(r"\*\*(\S(?:.*?\S)?)\*\*", r"\1", text)
    text = re.sub(r"!?\[([^\]\n]+)\]\([^)\s]+\)", r"\1", text)
    return readable(text, names)


def person(user: str, names: Mapping[str, str]) -> str:
    """A mention as it shows: the name if known, else the id; a name may be given with or without its @."""
    return "@" + names.get(user, user).removeprefix("@")


def channel(channel_id: str, names: Mapping[str, str]) -> str:
    """A link to a channel as it shows; a name may be given with or without its #."""
    return "#" + names.get(channel_id, channel_id).removeprefix("#")


def moment(timestamp: int) -> str:
    """A time that came without a fallback, in UTC: "2026-11-20 10:00 UTC"."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _unmarked(text: str) -> str:
    """Without the marks of bold and italic, from the outside in; 2*3*4 and snake_case are none."""
    before = ""
    while before != text:
        before, text = text, _MARKED.sub(r"\2", text)
    return text


def sequences(text: str, names: Mapping[str, str]) -> str:
    """The words with every `<…>` as it shows, and all marks of bold and the like as they were typed."""
    return unescape(_SEQUENCE.sub(lambda match: _sequence(match[1], names), text))


def _sequence(inside: str, names: Mapping[str, str]) -> str:
    """What shows of `<…>`."""
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        user = target[1:]
        return person(user, names) if user in names or not label else "@" + unescape(label).removeprefix("@")
    if target.startswith("#"):
        place = target[1:]
        return channel(place, names) if place in names or not label else "#" + unescape(label)
    if target.startswith("!"):
        return _special(target[1:], unescape(label))
    return unescape(label or target.removeprefix("mailto:"))


def _special(target: str, label: str) -> str:
    kind, *parts = target.split("^")
    if kind == "date":
        if label or not parts or not re.fullmatch(r"\d{1,11}", parts[0]):
            return label or target
        return moment(int(parts[0]))
    if kind == "subteam" and parts:
        return label or f"@{parts[0]}"
    return label or f"@{kind}"
