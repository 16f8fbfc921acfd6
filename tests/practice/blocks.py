"""Blocks and views for the tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(label: str, action_id: str, value: str = "1") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label), "value": value}


def buttons(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "buttons", "elements": list(elements)}


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def text_input(action_id: str = "typed", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def select(action_id: str, *texts: str, **more: Any) -> Json:
    options = [option(text, text.lower()) for text in texts]
    return {"type": "static_select", "action_id": action_id, "options": options, **more}


def modal(*blocks: Json, title: str = "Check in", **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain(title),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}
