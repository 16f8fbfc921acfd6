"""Filling in: the elements that hold a value, what they start with, and Slack's checks before sending."""

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.practice.ids import Ids

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]

# element type → (the key of its value in the state, the key of what it starts with)
HOLDS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
_PICKED = {"datepicker": "%Y-%m-%d", "timepicker": "%H:%M"}
TYPED = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
LONGEST_INPUT = 3000
SHORT_ID = 5
REQUIRED = "Please complete this required field."


@dataclass(frozen=True)
class Control:
    """Something to tap, choose from or type into, and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def type(self) -> str:
        return str(self.element["type"])

    @property
    def label(self) -> str:
        """What a person reads on or beside it."""
        own = self.element.get("text") or self.block.get("label") or self.element.get("placeholder") or {}
        return str(own.get("text", ""))


def controls(blocks: Sequence[Json]) -> Iterator[Control]:
    """Every control in the blocks, from top to bottom."""
    for block in blocks:
        for element in _inside(block):
            if "action_id" in element:
                yield Control(block, element)


def _inside(block: Json) -> list[Json]:
    """The elements that stand in a block."""
    inside = [block.get("element"), block.get("accessory")]
    for key in ("elements", "actions"):
        nested = block.get(key)
        inside += nested if isinstance(nested, list) else []
    return [element for element in inside if isinstance(element, dict)]


INTERACTIVE = set(HOLDS) | {"button", "overflow", "workflow_button", "feedback_buttons", "icon_button"}


def with_ids(blocks: Sequence[Json], ids: Ids) -> tuple[Json, ...]:
    """A copy of the blocks in which every block and control has an id: a new one each time, as in Slack."""
    filled = copy.deepcopy(list(blocks))
    for block in filled:
        if not block.get("block_id"):
            block["block_id"] = ids.new("", SHORT_ID)
        for element in _inside(block):
            if element.get("type") in INTERACTIVE:
                element.setdefault("action_id", ids.new("", SHORT_ID))
    return tuple(filled)


def state_of(element: Json, value: Any) -> Json:
    """The state entry of an element that holds `value`; nothing typed is null, nothing ticked is []."""
    key = HOLDS[element["type"]][0]
    empty: Any = [] if key.endswith("s") else None
    return {"type": element["type"], key: value if value not in (None, "") else empty}


def held(state: Json) -> Any:
    return state[HOLDS[state["type"]][0]]


@dataclass(frozen=True)
class Current:
    """The channel that somebody was looking at when they opened the form; `kind` is "public" or "private"."""

    id: str
    kind: str


def starting_values(
    blocks: Sequence[Json], kept: Values | None = None, current: Current | None = None
) -> Values:
    """The state of freshly shown blocks.

    What the person had entered is kept where block id, action id and type are still there.
    """
    values: Values = {}
    for control in controls(blocks):
        if control.type not in HOLDS:
            continue
        before = (kept or {}).get(control.block_id, {}).get(control.action_id)
        if before is None or before["type"] != control.type:
            before = state_of(control.element, _first(control, current))
        values.setdefault(control.block_id, {})[control.action_id] = before
    return values


def _first(control: Control, current: Current | None) -> Any:
    """What an element starts with; a menu of conversations perhaps with the current one."""
    element = control.element
    initial = element.get(HOLDS[control.type][1])
    if initial is not None or current is None or not element.get("default_to_current_conversation"):
        return initial
    include = (element.get("filter") or {}).get("include")
    if include is not None and current.kind not in include:
        return None
    return [current.id] if control.type.startswith("multi") else current.id


def options_of(element: Json) -> list[Json]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def chosen(element: Json, choice: Any) -> Any:
    """What the state holds after a person picks `choice`: option texts or values, or an id, date or time."""
    form = _PICKED.get(element["type"])
    if form and not (isinstance(choice, str) and _is_time(choice, form)):
        raise LookupError(f"{choice!r} cannot be picked in {element['action_id']}")
    if "options" not in element and "option_groups" not in element:
        return choice
    wanted = [choice] if isinstance(choice, str) else list(choice)
    found = []
    for name in wanted:
        match = [o for o in options_of(element) if name in (o["text"]["text"], o.get("value"))]
        if not match:
            raise LookupError(f"There is no option {name!r} in {element['action_id']}")
        found.append(match[0])
    return found if HOLDS.get(element["type"], ("",))[0].endswith("s") else found[0]


def _is_time(choice: str, form: str) -> bool:
    """Whether it is one, written as the state has it ("2026-11-20", "09:30")."""
    try:
        return f"{datetime.strptime(choice, form):{form}}" == choice  # noqa: DTZ007  # a wall clock's
    except ValueError:
        return False


def mistakes(blocks: Sequence[Json], values: Values) -> dict[str, str]:
    """What Slack's client says next to the fields (by block id) before it sends anything."""
    found: dict[str, str] = {}
    for control in controls(blocks):
        if control.block["type"] != "input":
            continue
        value = held(values[control.block_id][control.action_id])
        if value in (None, [], ""):
            if not control.block.get("optional"):
                found[control.block_id] = REQUIRED
        elif control.type in TYPED:
            sentence = _typed_mistake(control.element, str(value))
            if sentence:
                found[control.block_id] = sentence
    return found


def _typed_mistake(element: Json, value: str) -> str | None:
    if element["type"] == "number_input":
        return _number_mistake(element, value)
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Please enter a valid email address."
    if element["type"] == "url_text_input" and not re.match(r"https?://\S+$", value):
        return "Please enter a valid URL."
    shortest, longest = int(element.get("min_length", 0)), int(element.get("max_length", LONGEST_INPUT))
    if len(value) < shortest:
        return f"Please enter at least {shortest} characters."
    if len(value) > longest:
        return f"Please enter {longest} characters or fewer."
    return None


def _number_mistake(element: Json, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a valid number."
    if not number.is_finite():
        return "Please enter a valid number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
