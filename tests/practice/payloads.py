"""Blocks and views that Slack takes, each with the keys a test wants to change."""

from typing import Any

from bot.practice.limits.blocks import Surface

Json = dict[str, Any]
EVERYWHERE: tuple[Surface, ...] = ("message", "modal", "home")


def plain(text: str = "x", **more: object) -> Json:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str = "x", **more: object) -> Json:
    return {"type": "mrkdwn", "text": text, **more}


def section(**keys: object) -> Json:
    return {"type": "section", "text": mrkdwn(), **keys}


def actions(*elements: Json, **keys: object) -> Json:
    return {"type": "actions", "elements": list(elements), **keys}


def button(**keys: object) -> Json:
    return {"type": "button", "text": plain("Check in"), **keys}


def entry(element: Json, **keys: object) -> Json:
    return {"type": "input", "label": plain("Value"), "element": element, **keys}


def option(value: str = "v", **keys: object) -> Json:
    return {"text": plain(), "value": value, **keys}


def options(count: int) -> list[Json]:
    return [option(str(number)) for number in range(count)]


def menu(**keys: object) -> Json:
    return {"type": "static_select", "options": options(2), **keys}


def confirm(**keys: object) -> Json:
    return {
        "title": plain(),
        "text": mrkdwn(),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **keys,
    }


def asking(**keys: object) -> Json:
    return actions(button(confirm=confirm(**keys)))


def typing(**keys: object) -> Json:
    return entry({"type": "plain_text_input", **keys})


def number(**keys: object) -> Json:
    return entry({"type": "number_input", "is_decimal_allowed": True, **keys})


def image(**keys: object) -> Json:
    return {"type": "image", "alt_text": "A chart", "image_url": "https://teebee.example/a.png", **keys}


def table(rows: int = 1, columns: int = 1, text: str = "x", **keys: object) -> Json:
    row = [{"type": "raw_text", "text": text} for _ in range(columns)]
    return {"type": "table", "rows": [row for _ in range(rows)], **keys}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(*leaves: Json) -> Json:
    return rich({"type": "rich_text_section", "elements": list(leaves)})


def bullets(**keys: object) -> Json:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    return rich({"type": "rich_text_list", "style": "bullet", "elements": [item], **keys})


def modal(*blocks: Json, **keys: object) -> Json:
    return {
        "type": "modal",
        "title": plain("Check-in"),
        "submit": plain("Send"),
        "blocks": list(blocks),
        **keys,
    }


def home(*blocks: Json, **keys: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **keys}
