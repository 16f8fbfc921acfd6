"""rich_text blocks as parts of the screen."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.practice.screen.emoji import emoji
from bot.practice.screen.mrkdwn import channel, moment, person
from bot.practice.screen.parts import Part, Words

_INDENT: Final = "   "


def rich_text(block: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Part]:
    """The parts of one block in order: paragraphs, list items, quotes, preformatted text."""
    for element in block.get("elements", []):
        match element.get("type"):
            case "rich_text_list":
                yield from _list(element, names)
            case "rich_text_quote":
                yield Words(_leaves(element, names), "> ", "> ")
            case "rich_text_preformatted":
                yield Words(_leaves(element, names), "  ", "  ")
            case _:
                yield Words(_leaves(element, names).removesuffix("\n"))


def rich_words(block: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """One block as words, as in a cell of a table."""
    return "\n".join(part.words() for part in rich_text(block, names))


def _list(element: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Part]:
    indent = _INDENT * int(element.get("indent", 0))
    ordered = element.get("style") == "ordered"
    for number, item in enumerate(element.get("elements", []), start=int(element.get("offset", 0)) + 1):
        mark = f"{number}. " if ordered else "• "
        yield Words(_leaves(item, names), indent + mark, indent + " " * len(mark))


def _leaves(element: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return "".join(_leaf(leaf, names) for leaf in element.get("elements", []))


def _leaf(leaf: Mapping[str, Any], names: Mapping[str, str]) -> str:
    words = _leaf_words(leaf, names)
    return f"~{words}~" if leaf.get("style", {}).get("strike") else words


def _leaf_words(leaf: Mapping[str, Any], names: Mapping[str, str]) -> str:
    match leaf:
        case {"type": "user", "user_id": who} | {"type": "usergroup", "usergroup_id": who}:
            words = person(who, names)
        case {"type": "team", "team_id": who}:
            words = person(who, names)
        case {"type": "channel", "channel_id": place}:
            words = channel(place, names)
        case {"type": "broadcast", "range": reach}:
            words = f"@{reach}"
        case {"type": "emoji", "name": name}:
            words = emoji(name, leaf.get("unicode", ""))
        case {"type": "date", "timestamp": timestamp}:
            words = leaf.get("fallback") or moment(timestamp)
        case {"type": "color", "value": value}:
            words = value
        case _:
            words = leaf.get("text") or leaf.get("url", "")
    return words
