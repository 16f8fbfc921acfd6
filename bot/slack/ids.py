"""The names by which Slack hands our buttons, forms and fields back to us.

Anybody can send back any value, so none of them grants a right: a button's value says only which check-in is
meant, and whoever handles it looks up whether the person may answer that one.
"""

import json
import re
from datetime import date
from typing import Any, Final

from bot.okr.days.later import Later
from bot.okr.model import LARGEST_ID

CHECK_IN_OPEN: Final = "check_in_open"
"""Opens the form; its button reads "Check in", "Change answer" or "Correct it"."""
ALL_UNCHANGED: Final = "all_unchanged"
UNDO_UNCHANGED: Final = "undo_unchanged"
PAUSE: Final = "pause"
RESUME: Final = "resume"
AWAY: Final = "away"
"""Opens the form for days away."""
AWAY_FORM: Final = "away_form"
AWAY_DAYS: Final = "away_days"
"""Notes the days that its value names: one of two readings of what somebody wrote."""
HERE_AFTER_ALL: Final = "here_after_all"
"""Cancels days away; its value is their id."""
COME_BACK: Final = "come_back"
"""Takes back what delegates are asked; also the block_id of its row."""
STATUS_AWAY: Final = "status_away"
STATUS_HERE: Final = "status_here"
"""What somebody says of their Slack status; the value is the question's id."""
STATUS_BUTTONS: Final = "status_buttons"
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
CLEARED: Final = "cleared"
NOT_MINE: Final = "not_mine"
"""What somebody says of a blocker; the button's value is the key result's id."""
MEANT: Final = "meant"
"""One of the meanings that words may have; the value is `meant_value`, and the number in the action_id and
in the row's block_id (`DOUBT`) only tells buttons apart."""
MEANT_BUTTON: Final = re.compile(rf"^{MEANT}:\d+$")
NONE_OF_THEM: Final = "none_of_them"
DOUBT: Final = "doubt"
DECIDE: Final = "decide"
"""On a digest's item; the button's value is `decide_value`."""
CHANGE_DECISION: Final = "change_decision"
UNDO_DECISION: Final = "undo_decision"
"""In the form; the value is the decision's id."""
DECISION_FORM: Final = "decision_form"
PREVIEW: Final = "preview"
PREVIEW_CHOSEN: Final = re.compile(rf"^{PREVIEW}:\d+$")
"""The action_id of any team's button for a preview of its digest; the value is the team's id."""
POST_NOW: Final = "post_now"
"""The value is the round's id, as is the form's private_metadata."""
PREVIEW_FORM: Final = "preview_form"
NOTE: Final = "note"
PINGS: Final = "pings"
"""Of that form; the number is the round's."""
PICTURE: Final = "picture"
"""Of a key result, of one's own; the button's value, or the option's, is its id."""
CHECK_IN_FORM: Final = "check_in_form"
"""The form's callback_id."""

BUTTONS: Final = "buttons"
"""The block_id of a message's row of buttons."""
HOME_BUTTONS: Final = "home_buttons"
"""That of the row below, in the Home tab, where there may be two."""

TO_CLEAR: Final = "to_clear"
"""The rows of buttons of blockers, told apart by the key result's id."""
NEWS_BUTTONS: Final = "news_buttons"

DONE: Final = "done"
"""A group of last week's actions; several groups are told apart by a number from 0."""
DROPPED: Final = "dropped"
"""The same actions once more, to be dropped."""
DECIDED: Final = "decided"
"""One action, by its id, that is to be kept or dropped."""
VALUE: Final = "value"
STEPS: Final = "steps"
"""Of a milestone, in the place of a value."""
CONFIDENCE: Final = "confidence"
DROVE: Final = "drove"
BLOCKER_KIND: Final = "blocker_kind"
BLOCKER_OWNER: Final = "blocker_owner"
FIX: Final = "fix"
NEXT_ACTIONS: Final = "next_actions"
AGREED: Final = "agreed"
DECISION_KIND: Final = "decision_kind"
WHOSE: Final = "whose"
"""Of the form for a decision; the number is that of the decision that is changed, 0 for a new one."""

FORM_BACK: Final = "form_back"
"""Shows the form's page before."""

STANDING_CHANGED: Final = re.compile(rf"^(?:{VALUE}|{STEPS}|{CONFIDENCE}|{BLOCKER_OWNER}):\d+$")
"""The action_id of any key result's value, steps, confidence or clearer, for a listener that draws the form
anew."""

# Alignment
ALIGN: Final = "align"
"""Opens the form for the objective that an option names."""
ALIGN_FORM: Final = "align_form"
PARENT: Final = "parent"
SERVES: Final = "serves"
REASON: Final = "align_reason"
"""Of that form; the number is the objective's."""
SUPPORTERS: Final = "supporters"
"""Shows who supports the objective that an option names."""
TREE_MORE: Final = "tree_more"
TREE_TEAM: Final = "tree_team"
TREE_PICTURE: Final = "tree_picture"
"""Another page of the tree, its part from a team on, its picture; the value is `tree_value`."""
NEEDS: Final = "needs"
"""Opens the form for the key result that an option names."""
NEEDS_FORM: Final = "needs_form"
NEEDED_ON: Final = "needed_on"
CONFIRM_NEED: Final = "confirm_need"
DECLINE_NEED: Final = "decline_need"
WITHDRAW_NEED: Final = "withdraw_need"
"""The value is the dependency's id."""
NEEDED: Final = "needed"
"""The rows of buttons of what is needed of somebody, told apart by the dependency's id."""
SEARCHED: Final = re.compile(rf"^(?:{PARENT}|{SERVES}|{NEEDED_ON}):\d+$")
"""The action_id of any menu that is searched by typing."""


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


def status_value(status_id: int, last_day: date) -> str:
    """A button's value that says which question about a status is meant, and until when that one lasts."""
    return f"{status_id}/{last_day}"


def read_status_value(value: object) -> tuple[int, date] | None:
    number, _, last_day = str(value).partition("/")
    status_id = read_number(number)
    try:
        return None if status_id is None else (status_id, date.fromisoformat(last_day))
    except ValueError:
        return None


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


def meant_value(message: int, question: int, meaning: int | None) -> str:
    """A button's value that says which of the meanings, or none, in which question about which message."""
    return f"{message}-{question}" + ("" if meaning is None else f"-{meaning}")


def read_meant_value(value: object) -> tuple[tuple[int, int], int | None] | None:
    """The question and the meaning; None for anything that no button of ours carries."""
    parts = value.split("-") if isinstance(value, str) else []
    numbers = [number for part in parts if (number := _whole_number(part)) is not None]
    if len(numbers) != len(parts) or len(numbers) not in {2, 3}:
        return None
    return (numbers[0], numbers[1]), (numbers[2] if len(numbers) > 2 else None)


def key_result_value(key_result_id: int) -> str:
    """A button's value that says which key result is meant."""
    return str(key_result_id)


def decide_value(round_id: int, key_result_id: int) -> str:
    """A button's value, and a form's private_metadata, that says what a decision is about."""
    return f"{round_id}-{key_result_id}"


def read_decide_value(value: object) -> tuple[int, int] | None:
    """The round and the key result; None for anything that nothing of ours carries."""
    first, _, second = value.partition("-") if isinstance(value, str) else ("", "", "")
    round_id, key_result_id = _whole_number(first), _whole_number(second)
    return None if round_id is None or key_result_id is None else (round_id, key_result_id)


def decision_metadata(round_id: int, key_result_id: int, decision_id: int) -> str:
    """Of the form for a decision; the decision that it changes, 0 for a new one."""
    return f"{decide_value(round_id, key_result_id)}-{decision_id}"


def read_decision_metadata(text: object) -> tuple[int, int, int]:
    """The round, the key result and the decision; 0 for what no form of ours carries."""
    about, _, decision = text.rpartition("-") if isinstance(text, str) else ("", "", "")
    return *(read_decide_value(about) or (0, 0)), _whole_number(decision) or 0


def supported_value(objective_id: int, key_result_id: int | None) -> str:
    """An option's value that says what is supported."""
    return f"{objective_id}-{key_result_id or 0}"


def read_supported_value(value: object) -> tuple[int, int | None] | None:
    """The objective and its key result, where one is meant; None for anything that no option of ours has."""
    read = read_decide_value(value)
    return None if read is None else (read[0], read[1] or None)


def tree_value(team_id: int, page: int) -> str:
    """A button's value that says which part of the tree is meant; the whole of team 0."""
    return decide_value(team_id, page)


def read_tree_value(value: object) -> tuple[int, int]:
    """The team and the page; the first page of the whole for anything that no button of ours carries."""
    return read_decide_value(value) or (0, 0)


def read_field(action_id: object) -> tuple[str, int]:
    """What a field is, and its number; 0 for anything that no field of ours is called."""
    what, _, number = action_id.partition(":") if isinstance(action_id, str) else ("", "", "")
    return what, _whole_number(number) or 0


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
    except (ValueError, RecursionError):
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


# Teams in Slack
SET_UP_TEAM: Final = "set_up_team"
"""Opens the form for a new team."""
CHANGE_TEAM: Final = "change_team"
"""Opens the form of a team; the button's value is its id."""
START_CHECK_INS: Final = "start_check_ins"
"""The button's value is the team's id."""
HAND_OVER_VACANT: Final = "hand_over_vacant"
"""Opens the form for a key result whose owner is gone; the button's value is its id."""
VACANT_ROW: Final = "vacant_row"
VACANT_FORM: Final = "vacant_form"
NEW_OWNER: Final = "new_owner"
WHY_HANDED_OVER: Final = "why_handed_over"
TEAM_FORM: Final = "team_form"
TEAM_NAME: Final = "team_name"
TEAM_CHANNEL: Final = "team_channel"
TEAM_LEADS: Final = "team_leads"
WHO_BELONGS: Final = "who_belongs"
TEAM_MEMBERS: Final = "team_members"
TEAM_OBSERVERS: Final = "team_observers"
MEETING_DAY: Final = "meeting_day"
MEETING_AT: Final = "meeting_at"
CHECK_IN_DAY: Final = "check_in_day"
TEAM_ZONE: Final = "team_zone"
TEAM_PARENT: Final = "team_parent"
"""Fields of the form of a team; the number says how often it was drawn anew."""
ZONE_SOUGHT: Final = re.compile(rf"^{TEAM_ZONE}:\d+$")
PARENT_SOUGHT: Final = re.compile(rf"^{TEAM_PARENT}:\d+$")
NAME_ADMIN: Final = "name_admin"
UNNAME_ADMIN: Final = "unname_admin"
"""In the list of admins; the latter's value is the person's id, as is the number in its row's block_id."""
HOME_TEAM: Final = "home_team"
PERSON_ID: Final = re.compile(r"[UW][A-Z0-9]{1,39}")
"""What a Slack id of a person looks like."""


def team_metadata(team_id: int | None, drawn: int, seen: dict[str, str]) -> str:
    """Of the form of a team: which one (None: a new one), how often it was drawn anew, and how its fields
    were when it was shown."""
    return json.dumps({"team": team_id or 0, "drawn": drawn, "seen": seen})


def read_team_metadata(text: object) -> tuple[int, int, dict[str, str]]:
    """0, 0 and nothing for what no form of ours carries."""
    try:
        held: Any = json.loads(text) if isinstance(text, str) else {}
    except (ValueError, RecursionError):
        held = {}
    seen = held.get("seen") if isinstance(held, dict) else None
    marks = {str(name): str(mark) for name, mark in seen.items()} if isinstance(seen, dict) else {}
    return _in_metadata(text, "team") or 0, max(0, _in_metadata(text, "drawn") or 0), marks


# --- writing OKRs --------------------------------------------------------------------------------------

OBJECTIVE_FORM: Final = "objective_form"
KEY_RESULT_FORM: Final = "key_result_form"
OKR_TITLE: Final = "okr_title"
OKR_OWNER: Final = "okr_owner"
OKR_REASON: Final = "okr_reason"
OKR_PLACE: Final = "okr_place"
"""A team and a cycle; an option's value is `place_value`."""
OKR_KIND: Final = "okr_kind"
OKR_THEME: Final = "okr_theme"
OKR_WHOSE: Final = "okr_whose"
OKR_PRIVATE: Final = "okr_private"
OKR_READERS: Final = "okr_readers"
OKR_DELEGATE: Final = "okr_delegate"
OKR_MEASURE: Final = "okr_measure"
"""How a key result is measured; the fields below follow it."""
OKR_START: Final = "okr_start"
OKR_TARGET: Final = "okr_target"
OKR_CHECKPOINTS: Final = "okr_checkpoints"
OKR_LOW: Final = "okr_low"
OKR_HIGH: Final = "okr_high"
OKR_STEPS: Final = "okr_steps"
OKR_UNIT: Final = "okr_unit"
OKR_WEIGHT: Final = "okr_weight"
OKR_INDICATOR: Final = "okr_indicator"
OKR_EVERY: Final = "okr_every"
OKR_CLASH: Final = "okr_clash"
"""Whose of two people's counts, of one field: `clash_field`."""
OKR_CHANGED: Final = re.compile(r"^okr_(?:title|place|private|measure|unit|start|target|low|high):\d+$")
"""The action_id of any field of these forms that brings other fields or remarks, for a listener that draws
the form anew. The number is the form's generation: fields that are to start anew get another."""


def clash_field(name: str, generation: int) -> str:
    return field(f"{OKR_CLASH}_{name}", generation)


def place_value(team_id: int, cycle_id: int, *, asks_reason: bool) -> str:
    """An option's value; whether a reason is asked for only says how the form looks."""
    return f"{team_id}-{cycle_id}-{int(asks_reason)}"


def read_place_value(value: object) -> tuple[int, int, bool] | None:
    """The team and the cycle, and whether a reason is asked for; None for what no option of ours carries."""
    parts = value.split("-") if isinstance(value, str) else []
    numbers = [number for part in parts if (number := _whole_number(part)) is not None]
    return (numbers[0], numbers[1], numbers[2] == 1) if len(numbers) == len(parts) == 3 else None


OKR_EDIT: Final = "okr_edit"
OKR_ADD: Final = "okr_add"
"""Opens the form for a new key result; the value is the objective's id."""
OKR_UP: Final = "okr_up"
OKR_DOWN: Final = "okr_down"
OKR_MORE: Final = "okr_more"
"""A menu; an option's value is a word of OKR_DEEDS and what it is about: `deed_value`."""
OKR_CHOSEN: Final = "okr_chosen"
"""A menu of all that somebody may change; the value as of OKR_MORE."""
OKR_ROW: Final = "okr_row"
"""The block_id of a row of buttons; the number only tells rows apart."""
DROP_FORM: Final = "drop_form"
HAND_OVER_FORM: Final = "hand_over_form"
OKR_CHANGES: Final = "okr_changes"
"""Another page of a team's changes; the value is `changes_value`."""
OKR_CHANGES_PAGE: Final = re.compile(rf"^{OKR_CHANGES}(?::0)?$")
EDIT_DEED: Final = "edit"
DROP_DEED: Final = "drop"
HAND_OVER_DEED: Final = "hand"
OKR_DEEDS: Final = frozenset({EDIT_DEED, DROP_DEED, HAND_OVER_DEED})


def okr_value(kind: str, number: int) -> str:
    """What a button is about: an objective ("o") or a key result ("k"), by its id."""
    return f"{kind}{number}"


def read_okr_value(value: object) -> tuple[str, int] | None:
    """None for what no button of ours carries."""
    text = value if isinstance(value, str) else ""
    number = _whole_number(text[1:])
    return (text[0], number) if number is not None and text[:1] in {"o", "k"} else None


def deed_value(deed: str, kind: str, number: int) -> str:
    return f"{deed}-{okr_value(kind, number)}"


def read_deed_value(value: object) -> tuple[str, tuple[str, int]] | None:
    """None for what no option of ours carries."""
    deed, _, about = value.partition("-") if isinstance(value, str) else ("", "", "")
    what = read_okr_value(about)
    return (deed, what) if what is not None and deed in OKR_DEEDS else None


def changes_value(team_id: int, start: int) -> str:
    """A button's value: a team, and how many changes stand before the page."""
    return f"{team_id}-{start}"


def read_changes_value(value: object) -> tuple[int, int] | None:
    return read_decide_value(value)


# Looking things up

RUN: Final = "run"
"""Runs the command that its value, a `page_value`, says, as whoever taps it."""
RUN_BUTTON: Final = re.compile(rf"^{RUN}:\d+$")
PAGE_TURN: Final = re.compile(r"^page_(?:back|more)$")
PAGE_BACK: Final = "page_back"
PAGE_MORE: Final = "page_more"
"""The same with another page."""
SHARE: Final = "share"
PAGE_BUTTONS: Final = "page_buttons"
HOME_TEAM_ROW: Final = "home_team_row"
HOME_COMPANY: Final = "home_company"
"""The rows of buttons of Home; of teams they are told apart by the team's id."""
WORDS_MOST: Final = 500
"""Characters of a command that a button keeps."""


def page_value(page: int, words: str) -> str:
    """A button's value that says what was asked (what follows `/okr`), and which page of the answer, from 0.
    Who asks is whoever taps."""
    return f"{page} {words[:WORDS_MOST]}"


def read_page_value(value: object) -> tuple[int, str]:
    """The page and the words; the first page of /okr for anything that no button of ours carries."""
    page, _, words = value.partition(" ") if isinstance(value, str) else ("", "", "")
    number = _whole_number(page)
    return (0, "") if number is None else (number, words)


# Drafts: a button's value, and a form's private_metadata, is `draft_value`
DRAFT: Final = "draft"
"""Shows the draft; the number only tells buttons apart."""
DRAFT_BUTTON: Final = re.compile(rf"^{DRAFT}(?::\d+)?$")
DRAFT_VIEW: Final = "draft_view"
"""The callback_id of the modal that shows it."""
DRAFT_BEGIN: Final = "draft_begin"
"""Opens the form for a new one; the value is the team's id, as is the form's private_metadata."""
DRAFT_BEGIN_FORM: Final = "draft_begin_form"
CYCLE: Final = "cycle"
CYCLE_NAME: Final = "cycle_name"
COPY_LAST: Final = "copy_last"
ODD_IS_MEANT: Final = "odd_is_meant"
DRAFT_SHARE: Final = "draft_share"
DRAFT_GIVE_UP: Final = "draft_give_up"
DRAFT_COMMENT: Final = "draft_comment"
DRAFT_COMMENT_FORM: Final = "draft_comment_form"
SAID_ABOUT: Final = "said_about"
COMMENT: Final = "comment"
DRAFT_COMMIT: Final = "draft_commit"
DRAFT_COMMIT_FORM: Final = "draft_commit_form"
DRAFT_START: Final = "draft_start"
DRAFT_START_FORM: Final = "draft_start_form"
DRAFT_PROPOSE: Final = "draft_propose"
DRAFT_PROPOSE_FORM: Final = "draft_propose_form"
"""In which somebody says what they would like to propose."""
PROPOSED: Final = "proposed"
PROPOSE_OBJECTIVE_FORM: Final = "propose_objective_form"
PROPOSE_KEY_RESULT_FORM: Final = "propose_key_result_form"
PROPOSE_WHY: Final = "propose_why"
PROPOSAL: Final = "proposal"
"""A proposal's row of buttons, told apart by its id; their value is that id."""
PROPOSAL_ACCEPT: Final = "proposal_accept"
PROPOSAL_DECLINE: Final = "proposal_decline"
PROPOSAL_ACCEPT_FORM: Final = "proposal_accept_form"
PROPOSAL_DECLINE_FORM: Final = "proposal_decline_form"
"""Their private_metadata is `proposal_metadata`."""
PROPOSAL_WORD: Final = "proposal_word"
COMMITTED: Final = re.compile(r"^commit:(\d{1,10}):([0-9a-f]{8})$")
"""The block_id of a key result's confidence: its id, and by what it is known what it was measured by."""


def draft_value(team_id: int, cycle_id: int) -> str:
    return f"{team_id}-{cycle_id}"


def read_draft_value(value: object) -> tuple[int, int]:
    """The team and the cycle; 0 for what nothing of ours carries."""
    return read_decide_value(value) or (0, 0)


def commit_field(key_result_id: int, seen: str) -> str:
    return f"commit:{key_result_id}:{seen}"


def about_value(objective_id: int | None, key_result_id: int | None) -> str:
    """An option's value that says what of a draft is meant: "o3", "k12", or all of it."""
    if key_result_id is not None:
        return f"k{key_result_id}"
    return "all" if objective_id is None else f"o{objective_id}"


def read_about_value(value: object) -> tuple[int | None, int | None]:
    """The objective, or the key result; a forged one is none that there is."""
    if value in {None, "all"}:
        return None, None
    number = _whole_number(str(value)[1:]) or 0
    return (None, number) if str(value).startswith("k") else (number, None)


def new_value(objective_id: int | None) -> str:
    """An option's value that says what new is proposed: an objective, or a key result for one."""
    return "new" if objective_id is None else f"n{objective_id}"


def read_new_value(value: object) -> int | None:
    """The objective that gets a key result, 0 for a new objective; None for what is about something else."""
    if value == "new":
        return 0
    return _whole_number(str(value)[1:]) if str(value).startswith("n") else None


def proposal_metadata(proposal_id: int, seen: str) -> str:
    """With what tells whether it still is as it was shown."""
    return f"{proposal_id}-{seen}"


def read_proposal_metadata(text: object) -> tuple[int, str]:
    number, _, seen = text.partition("-") if isinstance(text, str) else ("", "", "")
    return _whole_number(number) or 0, seen
