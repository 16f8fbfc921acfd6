"""The names by which Slack hands our buttons, forms and fields back to us.

Anybody can send back any value, so none of them grants a right: a button's value says only which check-in is
meant, and whoever handles it looks up whether the person may answer that one.
"""

import json
import re
from typing import Any, Final

from bot.okr.model import LARGEST_ID

CHECK_IN_OPEN: Final = "check_in_open"
"""Opens the form; its button reads "Check in", "Change answer" or "Correct it"."""
ALL_UNCHANGED: Final = "all_unchanged"
PAUSE: Final = "pause"
RESUME: Final = "resume"
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
DROPPED: Final = "dropped"
"""The same actions once more, to be dropped."""
DECIDED: Final = "decided"
"""One action, by its id, that is to be kept or dropped."""
VALUE: Final = "value"
CONFIDENCE: Final = "confidence"
DROVE: Final = "drove"
BLOCKER_KIND: Final = "blocker_kind"
BLOCKER_OWNER: Final = "blocker_owner"
FIX: Final = "fix"
NEXT_ACTIONS: Final = "next_actions"

FORM_BACK: Final = "form_back"
"""Shows the form's page before."""

STANDING_CHANGED: Final = re.compile(rf"^(?:{VALUE}|{CONFIDENCE}):\d+$")
"""The action_id of any key result's value or confidence, for a listener that draws the form anew."""


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


def metadata(check_in_id: int, page: int = 0) -> str:
    """A form's private_metadata."""
    return json.dumps({"check_in": check_in_id} | ({"page": page} if page else {}))


def read_metadata(text: object) -> int | None:
    """The check-in a form belongs to; None for anything that no form of ours carries."""
    number = _in_metadata(text, "check_in")
    return number if number and number > 0 else None


def read_page(text: object) -> int:
    """Which of its pages a form says it is, from 0."""
    return max(0, _in_metadata(text, "page") or 0)


def _in_metadata(text: object, key: str) -> int | None:
    if not isinstance(text, str):
        return None
    try:
        held: Any = json.loads(text)
    except ValueError:
        return None
    number = held.get(key) if isinstance(held, dict) else None
    if isinstance(number, bool) or not isinstance(number, int):
        return None
    return number if number <= LARGEST_ID else None


def _whole_number(value: object) -> int | None:
    # isdecimal alone takes the digits of every script; a long row of them overflows the database's integers
    if not isinstance(value, str) or not (value.isascii() and value.isdecimal()) or len(value) > 10:
        return None
    number = int(value)
    return number if number <= LARGEST_ID else None
