"""The Slack app's manifest, and what each of its scopes is for.

Fields and limits as in Slack's published schema of app manifests, version 1.
"""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission of the bot's token."""

    name: str
    without: str
    """What stops when the bot does not have it, as a clause."""


REQUIRED: Final = (
    Scope("chat:write", "Okra cannot send anything"),
    Scope("commands", "/okr does not work"),
    Scope("im:history", "nobody can answer in plain words"),
    Scope("im:write", "direct messages cannot be opened"),
    Scope("users:read", "Okra does not know people's names, time zones and statuses"),
)
OPTIONAL: Final = (
    Scope("users:read.email", "OKR files cannot name people by e-mail, only by Slack id"),
    Scope(
        "channels:read",
        "public channels can be given by their ids only, who is in them is not followed, and doctor cannot "
        "check them",
    ),
    Scope(
        "groups:read",
        "private channels can be given by their ids only, who is in them is not followed, and doctor cannot "
        "check them",
    ),
    Scope("channels:history", "a digest that may be in a public channel cannot be looked for after a crash"),
    Scope("groups:history", "a digest that may be in a private channel cannot be looked for after a crash"),
    Scope("files:write", "digests come without their chart, and no files can be sent"),
    Scope("dnd:read", "prompts and reminders do not wait for the end of Do Not Disturb"),
)
BOT_EVENTS: Final = (
    *("app_home_opened", "message.im", "user_change"),
    *("member_joined_channel", "member_left_channel", "channel_left", "group_left"),
)
NAME: Final = "Okra"
DESCRIPTION: Final = "Asks once a week how key results are doing, and tells the team what to talk about."
COMMAND: Final = "/okr"
COMMAND_DESCRIPTION: Final = "See, write and align OKRs: yours, a colleague’s, a team’s"
COMMAND_HINT: Final = (
    "[@person | team [name] | company | tree | at risk | waiting | search words | new | edit | draft"
    " | align | setup [team] | away [days] | settings | help]"
)


def manifest() -> dict[str, Any]:
    """The manifest as data, for Socket Mode: no address has to be reachable from outside."""
    return {
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "background_color": "#2f6b3a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": False},
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": COMMAND_DESCRIPTION,
                    "usage_hint": COMMAND_HINT,
                    # Mentions arrive as ids, whatever people call themselves.
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {
            "scopes": {
                "bot": [scope.name for scope in (*REQUIRED, *OPTIONAL)],
                # Whoever installs the app may leave these out.
                "bot_optional": [scope.name for scope in OPTIONAL],
            }
        },
        "settings": {
            "event_subscriptions": {"bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
