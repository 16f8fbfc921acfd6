"""The names by which Slack hands our buttons, forms and fields back to us.

Anybody can send back any value, so none of them grants a right: a button's value says only which check-in is
meant, and whoever handles it looks up whether the person may answer that one.
"""

import json
import re
from datetime import date
from typing import Any, Final

from bot.okr.later import Later
from bot.okr.model import LARGEST_ID

CHECK_IN_OPEN: Final = "check_in_open"
"""Opens the form; its button reads "Check in", "Change answer" or "Correct it"."""
ALL_UNCHANGED: Final = "all_unchanged"
PAUSE: Final = "pause"
RESUME: Final = "resume"
AWAY: Final = "away"
"""Opens the form for days away."""
AWAY_FORM: Final = "away_form"
AWAY_DAYS: Final = "away_days"
"""Notes the days that its value names: one of two readings of what somebody wrote."""
HERE_AFTER_ALL: Final = "here_after_all"
"""Cancels days away; its value is their id."""
FIRST_DAY: Final = "first_day"
LAST_DAY: Final = "last_day"
SETTINGS: Final = "settings"
"""Opens the form for a person's settings."""
SETTINGS_FORM: Final = "settings_form"
WORKING_DAYS: Final = "working_days"
OWN_PROMPT: Final = "own_prompt"
MUTED: Final = "muted"
REGION: Final = "region"
LATER: Final = "later"
"""Chooses when to be reminded instead of as usual."""
AS_USUAL: Final = "as_usual"
POST_AGAIN: Final = "post_again"
IT_IS_THERE: Final = "it_is_there"
LEAVE: Final = "leave"
"""What a lead decides about a message in trouble; the button's value is the delivery's id."""
CHECK_IN_FORM: Final = "check_in_form"
"""The form's callback_id."""

BUTTONS: Final = "buttons"
"""The block_id of a message's row of buttons."""
HOME_BUTTONS: Final = "home_buttons"
"""That of the row below, in the Home tab, where there may be two."""

DONE: Final = "done"
"""A group of last week's actions; several groups are told apart by a number from 0."""
VALUE: Final = "value"
CONFIDENCE: Final = "confidence"
DROVE: Final = "drove"
BLOCKER_KIND: Final = "blocker_kind"
BLOCKER_OWNER: Final = "blocker_owner"
FIX: Final = "fix"
NEXT_ACTIONS: Final = "next_actions"

CONFIDENCE_CHOSEN: Final = re.compile(rf"^{CONFIDENCE}:\d+$")
"""The action_id of any key result's confidence, for a listener that renders the form anew."""


def field(what: str, number: int) -> str:
    """The block_id, and the action_id too, of one field: `field(VALUE, 12)` is "value:12"."""
    return f"{what}:{number}"


def check_in_value(check_in_id: int) -> str:
    """A button's value that says which check-in is meant."""
    return str(check_in_id)


def read_check_in_value(value: object) -> int | None:
    """The check-in a button means; None for anything that no button of ours carries."""
    return _whole_number(value)


def read_number(value: object) -> int | None:
    """A number that an option carries (an action's id, a confidence); None for anything else."""
    return _whole_number(value)


def delivery_value(delivery_id: int) -> str:
    """A button's value that says which message is meant."""
    return str(delivery_id)


def days_value(starts: date, ends: date) -> str:
    """A button's value that says which days are meant."""
    return f"{starts}/{ends}"


def read_days_value(value: object) -> tuple[date, date] | None:
    """The days a button means; None for anything that no button of ours carries."""
    try:
        starts, ends = str(value).split("/")
        return date.fromisoformat(starts), date.fromisoformat(ends)
    except ValueError:
        return None


def later_value(check_in_id: int, choice: Later) -> str:
    """An option's value that says when, and of which check-in, to remind."""
    return f"{check_in_id}:{choice}"


def read_later_value(value: object) -> tuple[int, Later] | None:
    """What an option means; None for anything that no option of ours carries."""
    number, _, word = str(value).partition(":")
    check_in_id = _whole_number(number)
    return (check_in_id, Later(word)) if check_in_id is not None and word in set(Later) else None


def metadata(check_in_id: int) -> str:
    """A form's private_metadata."""
    return json.dumps({"check_in": check_in_id})


def read_metadata(text: object) -> int | None:
    """The check-in a form belongs to; None for anything that no form of ours carries."""
    if not isinstance(text, str):
        return None
    try:
        held: Any = json.loads(text)
    except ValueError:
        return None
    number = held.get("check_in") if isinstance(held, dict) else None
    if isinstance(number, bool) or not isinstance(number, int):
        return None
    return number if 0 < number <= LARGEST_ID else None


def _whole_number(value: object) -> int | None:
    # isdecimal alone takes the digits of every script; a long row of them overflows the database's integers
    if not isinstance(value, str) or not (value.isascii() and value.isdecimal()) or len(value) > 10:
        return None
    number = int(value)
    return number if number <= LARGEST_ID else None
