"""The small objects that blocks and elements are made of: texts, options, confirmations."""

from typing import Final

from bot.practice.limits.relations import AnyOf, OneOf
from bot.practice.limits.rules import Array, Boolean, ByType, String, Thing, typed

ID: Final = String(most=255)  # action_id, block_id, callback_id
URL: Final = String(most=3000, least=1)
WEB_ADDRESS: Final = String(most=3000, least=1, form="https?://.+")
STYLE: Final = String(among=("primary", "danger"))
NAME: Final = String(least=1)  # an id of Slack's own: a person, a channel, an emoji


def plain(most: int) -> ByType:
    """A plain_text object only, 1 to `most` characters."""
    return ByType({"plain_text": _plain(most)})


def text(most: int) -> ByType:
    """A plain_text or mrkdwn object, 1 to `most` characters."""
    return ByType({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


def _plain(most: int) -> Thing:
    return typed({"text": String(most=most, least=1)}, {"emoji": Boolean()})


def _mrkdwn(most: int) -> Thing:
    return typed({"text": String(most=most, least=1)}, {"verbatim": Boolean()})


PLAIN_TEXT: Final = _plain(3000)  # as an element of a context block
MRKDWN: Final = _mrkdwn(3000)

PLACEHOLDER: Final = plain(150)

OPTION_VALUE: Final = String(most=150, least=1)
MENU_OPTION: Final = Thing({"text": plain(75), "value": OPTION_VALUE}, {"description": plain(75)})
BOX_OPTION: Final = Thing({"text": text(75), "value": OPTION_VALUE}, {"description": text(75)})
OVERFLOW_OPTION: Final = Thing(
    {"text": plain(75), "value": OPTION_VALUE}, {"description": plain(75), "url": URL}
)
OPTION_GROUP: Final = Thing({"label": plain(75), "options": Array(MENU_OPTION, most=100, least=1)})

SUGGESTIONS: Final = Thing(
    {},
    {"options": Array(MENU_OPTION, most=100), "option_groups": Array(OPTION_GROUP, most=100)},
    (OneOf(("options", "option_groups")),),
)

CONFIRM: Final = Thing(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": STYLE},
)

DISPATCH: Final = Thing(
    {"trigger_actions_on": Array(String(among=("on_enter_pressed", "on_character_entered")), most=2, least=1)}
)

CONVERSATION_FILTER: Final = Thing(
    {},
    {
        "include": Array(String(among=("im", "mpim", "private", "public")), least=1),
        "exclude_external_shared_channels": Boolean(),
        "exclude_bot_users": Boolean(),
    },
    (AnyOf(("include", "exclude_external_shared_channels", "exclude_bot_users")),),
)

SLACK_FILE: Final = Thing({}, {"id": NAME, "url": URL}, (AnyOf(("id", "url")),))
