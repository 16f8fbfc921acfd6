"""What stands in a sent form's fields: Slack leaves out of `state.values` what was not touched."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any


def held(view: Mapping[str, Any], field: str, now: str, at_first: str) -> Any:
    """What the field of that block_id and action_id holds, under the key `now` of the state or, untouched,
    under `at_first` of its element."""
    state = ((view.get("state") or {}).get("values") or {}).get(field, {}).get(field) or {}
    if now in state:
        return state[now]
    for block in view.get("blocks") or ():
        if block.get("block_id") == field:
            return (block.get("element") or {}).get(at_first)
    return None


def held_options(view: Mapping[str, Any], field: str) -> list[str]:
    """The values of what is ticked."""
    ticked = held(view, field, "selected_options", "initial_options") or []
    return [str(one.get("value")) for one in ticked]


def held_text(view: Mapping[str, Any], field: str) -> str:
    text = held(view, field, "value", "initial_value")
    return text.strip() if isinstance(text, str) else ""


def held_time(view: Mapping[str, Any], field: str) -> time | None:
    """None where it is empty, or was forged."""
    text = held(view, field, "selected_time", "initial_time")
    try:
        return time.fromisoformat(text).replace(tzinfo=None) if isinstance(text, str) else None
    except ValueError:
        return None


def held_date(view: Mapping[str, Any], field: str) -> date | None:
    """None where it is empty, or was forged."""
    text = held(view, field, "selected_date", "initial_date")
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
