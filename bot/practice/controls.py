"""What the control interface can do with the workspace itself: names for methods of the practice Slack."""

from collections.abc import Callable
from typing import Any

NAMES = (
    "add_person",
    "add_people",
    "welcome",
    "add_channel",
    "change_channel",
    "conversations",
    "direct_messages",
    "deeds",
    "set_clock",
    "refresh_connections",
    "drop_connections",
    "silence_connections",
    "refuse_connections",
    "go_away",
    "come_back",
    "revoke",
    "make_trouble",
    "make_socket_trouble",
    "make_limits",
    "calm_down",
    "state",
)


def of(slack: object) -> dict[str, Callable[..., Any]]:
    """POST /practice/slack/{name} does these, with the method's arguments as a JSON object."""
    return {name: getattr(slack, name) for name in NAMES}
