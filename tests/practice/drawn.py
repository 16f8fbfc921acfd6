"""Short ways to write blocks for the tests of the screen, and to see them."""

from typing import Any

from bot.practice.limits import check_blocks
from bot.practice.screen import render_message

Json = dict[str, Any]
NAMES = {"U1": "Hannah", "U2": "@Jack", "C1": "okrs", "C2": "#general"}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str, **more: object) -> Json:
    return {"type": "mrkdwn", "text": text, **more}


def section(text: str, **more: object) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str = "b") -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def entry(element: Json, **more: object) -> Json:
    return {
        "type": "input",
        "block_id": "kr1",
        "label": plain("Value"),
        "element": {**element, "action_id": "now"},
        **more,
    }


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def leaves(*items: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(items)}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def table(*rows: tuple[str, ...]) -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows]}


def seen(*blocks: Json, width: int = 60) -> list[str]:
    """The lines of a message that Slack would take."""
    assert check_blocks(list(blocks), "message") == []
    return render_message(list(blocks), "", width=width, names=NAMES).split("\n")


CHOICES = [option("confidence 7", "7"), option("confidence 8", "8")]
MENU = {"type": "static_select", "options": CHOICES, "action_id": "b"}
