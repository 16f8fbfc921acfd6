"""The interactive elements, and which of them each kind of block takes."""

from collections.abc import Mapping
from typing import Final

from bot.practice.limits.objects import (
    BOX_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    ID,
    MENU_OPTION,
    MRKDWN,
    NAME,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    PLAIN_TEXT,
    SLACK_FILE,
    STYLE,
    URL,
    WEB_ADDRESS,
    plain,
)
from bot.practice.limits.relations import (
    Chosen,
    NotMoreChosen,
    OneOf,
    RealDate,
    WithinLengths,
    WithinNumbers,
)
from bot.practice.limits.rich_text import RICH_TEXT
from bot.practice.limits.rules import (
    Array,
    Boolean,
    ByType,
    Integer,
    Relation,
    Rule,
    String,
    Thing,
    typed,
)

_DAY: Final = String(form=r"\d{4}-\d\d-\d\d")
_TIME: Final = String(form=r"([01]\d|2[0-3]):[0-5]\d")
_INITIAL_OPTIONS: Final = Array(MENU_OPTION, most=100, least=1)
_BOXES: Final = Array(BOX_OPTION, most=10, least=1)
_MENU: Final[Mapping[str, Rule]] = {
    "options": Array(MENU_OPTION, most=100, least=1),
    "option_groups": Array(OPTION_GROUP, most=100, least=1),
}
_ONE_MENU: Final = OneOf(("options", "option_groups"))

_ACTION: Final[Mapping[str, Rule]] = {"action_id": ID}
_PICKER: Final[Mapping[str, Rule]] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": Boolean()}
_SELECT: Final[Mapping[str, Rule]] = {**_PICKER, "placeholder": PLACEHOLDER}
_FIELD: Final[Mapping[str, Rule]] = {
    **_ACTION,
    "placeholder": PLACEHOLDER,
    "focus_on_load": Boolean(),
    "dispatch_action_config": DISPATCH,
}


def _select(keys: Mapping[str, Rule], relations: tuple[Relation, ...] = ()) -> Thing:
    return typed(None, {**_SELECT, **keys}, relations)


def _multi(first: str, keys: Mapping[str, Rule], relations: tuple[Relation, ...] = ()) -> Thing:
    most = {"max_selected_items": Integer(least=1)}
    return typed(None, {**_SELECT, **most, **keys}, (*relations, NotMoreChosen(first)))


ELEMENTS: Final[Mapping[str, Thing]] = {
    "button": typed(
        {"text": plain(75)},
        {
            **_ACTION,
            "value": String(most=2000),
            "url": URL,
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": String(most=75),
        },
    ),
    "static_select": _select({**_MENU, "initial_option": MENU_OPTION}, (_ONE_MENU, Chosen("initial_option"))),
    "external_select": _select({"initial_option": MENU_OPTION, "min_query_length": Integer(least=0)}),
    "users_select": _select({"initial_user": NAME}),
    "conversations_select": _select(
        {
            "initial_conversation": NAME,
            "default_to_current_conversation": Boolean(),
            "response_url_enabled": Boolean(),
            "filter": CONVERSATION_FILTER,
        }
    ),
    "channels_select": _select({"initial_channel": NAME, "response_url_enabled": Boolean()}),
    "multi_static_select": _multi(
        "initial_options",
        {**_MENU, "initial_options": _INITIAL_OPTIONS},
        (_ONE_MENU, Chosen("initial_options")),
    ),
    "multi_external_select": _multi(
        "initial_options", {"initial_options": _INITIAL_OPTIONS, "min_query_length": Integer(least=0)}
    ),
    "multi_users_select": _multi("initial_users", {"initial_users": Array(NAME, least=1)}),
    "multi_conversations_select": _multi(
        "initial_conversations",
        {
            "initial_conversations": Array(NAME, least=1),
            "default_to_current_conversation": Boolean(),
            "filter": CONVERSATION_FILTER,
        },
    ),
    "multi_channels_select": _multi("initial_channels", {"initial_channels": Array(NAME, least=1)}),
    "datepicker": typed(
        None,
        {**_PICKER, "placeholder": PLACEHOLDER, "initial_date": _DAY},
        (RealDate("initial_date"),),
    ),
    "timepicker": typed(
        None, {**_PICKER, "placeholder": PLACEHOLDER, "initial_time": _TIME, "timezone": NAME}
    ),
    "datetimepicker": typed(
        None, {**_PICKER, "initial_date_time": Integer(least=1_000_000_000, most=9_999_999_999)}
    ),
    "checkboxes": typed(
        {"options": _BOXES}, {**_PICKER, "initial_options": _BOXES}, (Chosen("initial_options"),)
    ),
    "radio_buttons": typed(
        {"options": _BOXES}, {**_PICKER, "initial_option": BOX_OPTION}, (Chosen("initial_option"),)
    ),
    "overflow": typed({"options": Array(OVERFLOW_OPTION, most=5, least=1)}, {**_ACTION, "confirm": CONFIRM}),
    "plain_text_input": typed(
        None,
        {
            **_FIELD,
            "initial_value": String(most=3000),
            "multiline": Boolean(),
            "min_length": Integer(least=0, most=3000),
            "max_length": Integer(least=1, most=3000),
        },
        (WithinLengths(),),
    ),
    "number_input": typed(
        {"is_decimal_allowed": Boolean()},
        {**_FIELD, "initial_value": String(), "min_value": String(), "max_value": String()},
        (WithinNumbers(),),
    ),
    "email_text_input": typed(None, {**_FIELD, "initial_value": String()}),
    "url_text_input": typed(None, {**_FIELD, "initial_value": String()}),
    "rich_text_input": typed(None, {**_FIELD, "initial_value": ByType({"rich_text": RICH_TEXT})}),
    "image": typed(
        {"alt_text": String(most=2000, least=1)},
        {"image_url": WEB_ADDRESS, "slack_file": SLACK_FILE},
        (OneOf(("image_url", "slack_file")),),
    ),
    "plain_text": PLAIN_TEXT,
    "mrkdwn": MRKDWN,
}

_SELECTS: Final = (
    *("static_select", "external_select", "users_select", "conversations_select", "channels_select"),
    *("multi_static_select", "multi_external_select", "multi_users_select"),
    *("multi_conversations_select", "multi_channels_select"),
)
_CHOICES: Final = (*_SELECTS, "checkboxes", "radio_buttons", "datepicker", "timepicker")

TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "section": (*_CHOICES, "button", "overflow", "image"),
    "actions": (*_CHOICES, "button", "overflow", "datetimepicker"),
    "input": (
        *(*_CHOICES, "datetimepicker", "plain_text_input", "number_input"),
        *("email_text_input", "url_text_input", "rich_text_input"),
    ),
    "context": ("image", "plain_text", "mrkdwn"),
}
"""Block type → the types of elements that may stand in it."""


def elements_of(block: str) -> ByType:
    """The elements that this kind of block takes; others are refused as an unsupported type."""
    return ByType({kind: ELEMENTS[kind] for kind in TAKES[block]})
