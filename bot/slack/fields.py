"""What the fields of a form hold, whether Slack says so in its state or by leaving it out.

An absent key means the value that was shown (it stands in `view.blocks`), null means cleared. Our fields
carry one element each, whose action_id equals the block_id.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

_PERSON: Final = re.compile(r"[UW][A-Z0-9]{1,39}")


def text(view: Mapping[str, Any], block_id: str) -> str:
    """Without the spaces around it; empty if it was cleared."""
    held = _held(view, block_id, "value", "initial_value")
    return held.strip() if isinstance(held, str) else ""


def option(view: Mapping[str, Any], block_id: str) -> str | None:
    """The value of the chosen one."""
    held = _held(view, block_id, "selected_option", "initial_option")
    value = held.get("value") if isinstance(held, Mapping) else None
    return value if isinstance(value, str) else None


def ticked(view: Mapping[str, Any], block_id: str) -> bool:
    """Whether any of the checkboxes is."""
    return bool(_held(view, block_id, "selected_options", "initial_options"))


def person(view: Mapping[str, Any], block_id: str) -> str | None:
    """The Slack id of the chosen one; None for what cannot be one."""
    held = _held(view, block_id, "selected_user", "initial_user")
    return held if isinstance(held, str) and _PERSON.fullmatch(held) else None


def held_options(view: Mapping[str, Any], block_id: str) -> list[str]:
    """The values of all that is ticked."""
    options = _held(view, block_id, "selected_options", "initial_options") or []
    return [str(one.get("value")) for one in options]


def held_time(view: Mapping[str, Any], block_id: str) -> time | None:
    """None where it is empty, or was forged."""
    held = _held(view, block_id, "selected_time", "initial_time")
    try:
        return time.fromisoformat(held).replace(tzinfo=None) if isinstance(held, str) else None
    except ValueError:
        return None


def held_date(view: Mapping[str, Any], block_id: str) -> date | None:
    """None where it is empty, or was forged."""
    held = _held(view, block_id, "selected_date", "initial_date")
    try:
        return date.fromisoformat(held) if isinstance(held, str) else None
    except ValueError:
        return None


def _held(view: Mapping[str, Any], block_id: str, now: str, shown: str) -> Any:
    values = (view.get("state") or {}).get("values") or {}
    state = (values.get(block_id) or {}).get(block_id)
    if state is not None and now in state:
        return state[now]
    blocks = (block for block in view.get("blocks") or () if block.get("block_id") == block_id)
    return next((block.get("element", {}).get(shown) for block in blocks), None)
