"""What Slack's client makes of the words a person types, before it sends them."""

import re
from dataclasses import dataclass
from typing import Any

from bot.practice.forms import with_ids
from bot.practice.ids import Ids
from bot.practice.model import Workspace

Json = dict[str, Any]
BROADCASTS = ("here", "channel", "everyone")


@dataclass(frozen=True)
class Typed:
    """The message's `text`, with control sequences, and the same as a rich_text block."""

    text: str
    blocks: tuple[Json, ...]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pattern(workspace: Workspace) -> re.Pattern[str]:
    """Finds "@Name", "#channel", "@here" and links; longer names win."""
    people = {name for person in workspace.people.values() for name in (person.name, person.handle)}
    channels = {channel.name for channel in workspace.channels.values() if channel.kind != "im"}

    def either(names: set[str]) -> str:
        ordered = sorted(names, key=lambda name: (-len(name), name))
        return "|".join(re.escape(name) for name in ordered if name) or r"(?!)"

    return re.compile(
        rf"(?<![\w@])@(?P<person>{either(people)})(?!\w)"
        rf"|(?<![\w#])#(?P<channel>{either(channels)})(?![\w-])"
        rf"|(?<![\w@])@(?P<broadcast>{'|'.join(BROADCASTS)})(?!\w)"
        r"|(?P<link>https?://[^\s<>]+)",
        re.IGNORECASE,
    )


def _element(workspace: Workspace, match: re.Match[str], *, with_names: bool) -> tuple[str, Json]:
    """A match as control sequence and as rich-text element."""
    if match["person"]:
        wanted = match["person"].lower()
        person = next(p for p in workspace.people.values() if wanted in (p.name.lower(), p.handle.lower()))
        label = f"|{person.handle}" if with_names else ""
        return f"<@{person.id}{label}>", {"type": "user", "user_id": person.id}
    if match["channel"]:
        wanted = match["channel"].lower()
        channel = next(c for c in workspace.channels.values() if c.name.lower() == wanted)
        return f"<#{channel.id}|{channel.name}>", {"type": "channel", "channel_id": channel.id}
    if match["broadcast"]:
        range_ = match["broadcast"].lower()
        return f"<!{range_}>", {"type": "broadcast", "range": range_}
    return f"<{escape(match['link'])}>", {"type": "link", "url": match["link"]}


def typed(workspace: Workspace, ids: Ids, words: str, *, with_names: bool = False) -> Typed:
    """Words as sent. `with_names` adds the handle to mentions, as slash commands do (should_escape)."""
    pieces: list[str] = []
    elements: list[Json] = []
    done = 0

    def plain(part: str) -> None:
        if part:
            pieces.append(escape(part))
            elements.append({"type": "text", "text": part})

    for match in _pattern(workspace).finditer(words):
        plain(words[done : match.start()])
        sequence, element = _element(workspace, match, with_names=with_names)
        pieces.append(sequence)
        elements.append(element)
        done = match.end()
    plain(words[done:])
    section = {"type": "rich_text_section", "elements": elements}
    return Typed("".join(pieces), with_ids([{"type": "rich_text", "elements": [section]}], ids))
