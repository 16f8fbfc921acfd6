"""What stands in a sent form's fields: Slack leaves out of `state.values` what was not touched."""

from collections.abc import Mapping
from datetime import date
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


def held_date(view: Mapping[str, Any], field: str) -> date | None:
    """None where it is empty, or was forged."""
    text = held(view, field, "selected_date", "initial_date")
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
