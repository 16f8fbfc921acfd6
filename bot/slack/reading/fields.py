"""What the fields of a form hold, whether Slack says so in its state or by leaving it out.

An absent key means the value that was shown (it stands in `view.blocks`), null means cleared. Our fields
carry one element each, whose action_id equals the block_id.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from bot.okr.writing.drafts import one_line

STARTS: Final = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_time": "initial_time",
    "selected_date": "initial_date",
}
"""What a field holds, and what it started with."""

_UNKEPT: Final = re.compile("[\x00\ud800-\udfff]")
_PERSON: Final = re.compile(r"[UW][A-Z0-9]{1,39}")


def text(view: Mapping[str, Any], block_id: str) -> str:
    """Without the spaces around it, and what no database takes; empty if there is nothing to read in it."""
    said = held(view, block_id, "value")
    kept = _UNKEPT.sub("", said).strip() if isinstance(said, str) else ""
    return kept if one_line(kept) else ""


def option(view: Mapping[str, Any], block_id: str) -> str | None:
    """The value of the chosen one."""
    said = held(view, block_id, "selected_option")
    return option_value(said)


def ticked(view: Mapping[str, Any], block_id: str) -> bool:
    """Whether any of the checkboxes is."""
    return bool(held(view, block_id, "selected_options"))


def person(view: Mapping[str, Any], block_id: str) -> str | None:
    """The Slack id of the chosen one; None for what cannot be one."""
    said = held(view, block_id, "selected_user")
    return said if isinstance(said, str) and _PERSON.fullmatch(said) else None


def people(view: Mapping[str, Any], block_id: str) -> frozenset[str]:
    """The Slack ids of all chosen ones, without what cannot be one."""
    said = held(view, block_id, "selected_users")
    found = (one for one in (said if isinstance(said, list) else ()) if isinstance(one, str))
    return frozenset(one for one in found if _PERSON.fullmatch(one))


def held_options(view: Mapping[str, Any], block_id: str) -> list[str]:
    """The values of all that is ticked."""
    options = held(view, block_id, "selected_options") or []
    return [str(one.get("value")) for one in options]


def held_time(view: Mapping[str, Any], block_id: str) -> time | None:
    """None where it is empty, or was forged."""
    said = held(view, block_id, "selected_time")
    try:
        return time.fromisoformat(said).replace(tzinfo=None) if isinstance(said, str) else None
    except ValueError:
        return None


def held_date(view: Mapping[str, Any], block_id: str) -> date | None:
    """None where it is empty, or was forged."""
    said = held(view, block_id, "selected_date")
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def held(view: Mapping[str, Any], block_id: str, now: str) -> Any:
    """What a field holds now; `now` is Slack's key for its sort, one of `STARTS`."""
    values = (view.get("state") or {}).get("values") or {}
    state = (values.get(block_id) or {}).get(block_id)
    if state is not None and now in state:
        return state[now]
    blocks = (block for block in view.get("blocks") or () if block.get("block_id") == block_id)
    return next((block.get("element", {}).get(STARTS[now]) for block in blocks), None)


def option_value(option: Any) -> str | None:
    value = option.get("value") if isinstance(option, Mapping) else None
    return value if isinstance(value, str) else None
