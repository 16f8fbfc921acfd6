"""Buttons, menus and fields as they look with what is chosen or typed in them now."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from bot.practice.screen.mrkdwn import channel, person, readable
from bot.practice.screen.parts import Field, Part, Row, Words
from bot.practice.screen.rich_text import rich_words

_UNTOUCHED: Final = object()  # absent from the state: what the view itself shows stands
_WRITTEN: Final = (
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
)
_BOXES: Final = ("checkboxes", "radio_buttons")


def said(text: Any, names: Mapping[str, str]) -> str:
    """The words of a text object; plain_text is shown as it is, to the letter."""
    if not isinstance(text, Mapping):
        return ""
    words = str(text.get("text", ""))
    return readable(words, names) if text.get("type") == "mrkdwn" else words


def label(element: Mapping[str, Any], names: Mapping[str, str], value: object = _UNTOUCHED) -> str:
    """One element in a line: `[Check in]`, `[confidence 7 ▾]`, `[⋯ Edit | Pause]`, `(image: a chart)`."""
    match element.get("type"):
        case "button":
            line = f"[{said(element.get('text'), names)}]"
        case "overflow":
            options = (said(option.get("text"), names) for option in element.get("options", []))
            line = f"[⋯ {' | '.join(options)}]"
        case "image":
            line = f"(image: {element.get('alt_text', '')})"
        case "plain_text" | "mrkdwn":
            line = said(element, names)
        case "checkboxes" | "radio_buttons":
            line = "  ".join(_boxes(element, names, value))
        case _:
            shown = _present(element, names, value) or said(element.get("placeholder"), names)
            line = f"[{shown or 'Choose'} ▾]"
    return line


def field(element: Mapping[str, Any], names: Mapping[str, str], value: object = _UNTOUCHED) -> Iterator[Part]:
    """The element of an input block: a box to write in, lines to tick, or a menu.

    `value` is what the state says of it, as Slack words it (`{"value": …}`, `{"selected_option": …}`) or
    bare; None is a field the person emptied.
    """
    kind = element.get("type")
    if kind in _WRITTEN:
        hint = said(element.get("placeholder"), names)
        yield Field(_present(element, names, value) or (f"({hint})" if hint else ""))
    elif kind in _BOXES:
        for line in _boxes(element, names, value):
            yield Words(line, rest="    ")
    else:
        yield Row([label(element, names, value)])


def untouched(values: Mapping[str, Mapping[str, Any]] | None, block_id: object, action_id: object) -> object:
    """What the state holds for a field, or the marker that it holds nothing for it."""
    held = (values or {}).get(str(block_id), {})
    return held.get(str(action_id), _UNTOUCHED)


def _boxes(element: Mapping[str, Any], names: Mapping[str, str], value: object) -> list[str]:
    on, off = ("[x]", "[ ]") if element.get("type") == "checkboxes" else ("(•)", "( )")
    ticked = {_key(one) for one in chosen(element, value)}
    lines = []
    for option in element.get("options", []):
        words = said(option.get("text"), names)
        if "description" in option:
            words += f" – {said(option['description'], names)}"
        lines.append(f"{on if option.get('value') in ticked else off} {words}")
    return lines


def _present(element: Mapping[str, Any], names: Mapping[str, str], value: object) -> str:
    """What stands in a field or menu now, in words; empty if nothing does."""
    return ", ".join(filter(None, (_shown(one, element, names) for one in chosen(element, value))))


def chosen(element: Mapping[str, Any], value: object) -> list[Any]:
    """What is typed or chosen: from the state if it says so, else what the view began with."""
    if value is _UNTOUCHED:
        held = [shown for key, shown in element.items() if key.startswith("initial_")]
    elif isinstance(value, Mapping) and "text" not in value and value.get("type") != "rich_text":
        held = [shown for key, shown in value.items() if key != "type"]
    else:
        held = [value]
    return [one for some in held for one in (some if isinstance(some, list) else [some]) if one is not None]


def _shown(one: Any, element: Mapping[str, Any], names: Mapping[str, str]) -> str:
    kind = str(element.get("type"))
    if isinstance(one, Mapping):
        return rich_words(one, names) if one.get("type") == "rich_text" else said(one.get("text"), names)
    if kind.endswith("users_select"):
        return person(str(one), names)
    if kind.endswith(("channels_select", "conversations_select")):
        return person(str(one), names) if str(one).startswith(("U", "W")) else channel(str(one), names)
    if kind == "datetimepicker" and isinstance(one, int):
        return datetime.fromtimestamp(one, UTC).strftime("%Y-%m-%d %H:%M UTC")
    for option in _options(element):
        if option.get("value") == one:
            return said(option.get("text"), names)
    return str(one)


def _options(element: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from element.get("options", [])
    for group in element.get("option_groups", []):
        yield from group.get("options", [])


def _key(one: Any) -> Any:
    return one.get("value") if isinstance(one, Mapping) else one
