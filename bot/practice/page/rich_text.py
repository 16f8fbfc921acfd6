"""rich_text blocks as HTML."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from bot.practice.page.mrkdwn import Reader, broadcast, link
from bot.practice.screen.emoji import emoji

_STYLES = {
    "bold": Markup("<b>{}</b>"),
    "italic": Markup("<i>{}</i>"),
    "strike": Markup("<s>{}</s>"),
    "code": Markup("<code>{}</code>"),
}
_LEVELS = 8


def html(block: Mapping[str, Any], reader: Reader) -> Markup:
    """One block: paragraphs, lists, quotations and preformatted text in order."""
    return Markup("").join(_element(element, reader) for element in block.get("elements", []))


def _element(element: Mapping[str, Any], reader: Reader) -> Markup:
    match element.get("type"):
        case "rich_text_list":
            return _list(element, reader)
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(_leaves(element, reader))
        case "rich_text_preformatted":
            return Markup("<pre>{}</pre>").format(_leaves(element, reader))
        case _:
            return Markup("<p>{}</p>").format(_leaves(element, reader))


def _list(element: Mapping[str, Any], reader: Reader) -> Markup:
    items = Markup("").join(
        Markup("<li>{}</li>").format(_leaves(item, reader)) for item in element.get("elements", [])
    )
    level = min(int(element.get("indent", 0)), _LEVELS)
    if element.get("style") == "ordered":
        start = int(element.get("offset", 0)) + 1
        return Markup('<ol class="level{}" start="{}">{}</ol>').format(level, start, items)
    return Markup('<ul class="level{}">{}</ul>').format(level, items)


def _leaves(element: Mapping[str, Any], reader: Reader) -> Markup:
    return Markup("").join(_leaf(leaf, reader) for leaf in element.get("elements", []))


def _leaf(leaf: Mapping[str, Any], reader: Reader) -> Markup:
    made = _words(leaf, reader)
    for style, around in _STYLES.items():
        if leaf.get("style", {}).get(style):
            made = around.format(made)
    return made


def _words(leaf: Mapping[str, Any], reader: Reader) -> Markup:
    match leaf:
        case {"type": "user", "user_id": who} | {"type": "usergroup", "usergroup_id": who}:
            made = reader.mention(who)
        case {"type": "channel", "channel_id": place}:
            made = reader.channel(place)
        case {"type": "broadcast", "range": reach}:
            made = broadcast(reach)
        case {"type": "link", "url": address}:
            made = link(address, leaf.get("text") or address)
        case {"type": "emoji", "name": name}:
            made = escape(emoji(name, leaf.get("unicode", "")))
        case {"type": "date", "timestamp": timestamp}:
            made = escape(reader.moment(timestamp, leaf.get("format", "{date} {time}")))
        case {"type": "color", "value": value}:
            made = escape(value)
        case _:
            made = Markup("<br>").join(leaf.get("text", "").split("\n"))
    return made
