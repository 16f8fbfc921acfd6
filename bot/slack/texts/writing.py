"""What is said while OKRs are written and changed."""

from typing import Final

from bot.okr.measures import Indicator, Unmeasurable
from bot.okr.model import ObjectiveKind
from bot.okr.writing.drafts import EVERY_MOST, STEPS_MOST
from bot.services.okrs.draft_checks import Why
from bot.services.okrs.writable import WhyNot

# The form for an objective
NEW_OBJECTIVE: Final = "New objective"
CHANGE_OBJECTIVE: Final = "Change the objective"
OBJECTIVE_TITLE: Final = "What do you want to achieve?"
PLACE: Final = "For which team and cycle?"
KIND: Final = "How sure must it be?"
KINDS: Final = {
    ObjectiveKind.ASPIRATIONAL: "Aspirational: 0.7 of the way is good",
    ObjectiveKind.COMMITTED: "Committed: all of it is expected",
}
THEME: Final = "Theme"
THEME_HINT: Final = "If you like, such as “business” or “team building”."
KNOWN_THEMES: Final = "There are already: {themes}."
WHOSE: Final = "Whose is it?"
TEAMS: Final = "The team’s"
OWN: Final = "My own"
OWNER: Final = "Owner"
PRIVATE: Final = "Who sees it?"
IS_PRIVATE: Final = "Only its owners, and whom I name"
EVERYBODY: Final = "Everybody"
READERS: Final = "Who else may see it?"
WHY: Final = "Why?"
WHY_HINT: Final = "This cycle has started: the reason is kept with the change, and the next digest says it."

# The form for a key result
NEW_KEY_RESULT: Final = "New key result"
CHANGE_KEY_RESULT: Final = "Change the key result"
KEY_RESULT_TITLE: Final = "What will prove it?"
MEASURE: Final = "How is it measured?"
MEASURES: Final = {
    "move": "From a start to a target",
    "at_least": "Keep it at least at …",
    "at_most": "Keep it at most at …",
    "within": "Keep it within two bounds",
    "milestone": "A milestone: done or not, or in steps",
}
START: Final = "Where does it start?"
TARGET: Final = "Where should it be in the end?"
CHECKPOINTS: Final = "Checkpoints"
CHECKPOINTS_HINT: Final = "If you like, a line each: “2026-11-15: 55”. Without any, the pace is even."
LOW: Final = "At least"
HIGH: Final = "At most"
STEPS: Final = "Steps"
STEPS_HINT: Final = (
    "If you like, a line each: “Ship x2 by 2026-12-01” weighs twice as much and is due on that day. "
    "A step stays ticked as long as its title stays."
)
UNIT: Final = "Unit"
UNIT_HINT: Final = "As you write it: %, ¥, pts, calls a week."
DELEGATE: Final = "Who is asked while the owner is away?"
WEIGHT: Final = "Weight"
WEIGHT_HINT: Final = "How much it counts in the objective; 1 as a rule."
INDICATOR: Final = "Result or process?"
INDICATORS: Final = {
    Indicator.RESULT: "Result: what is to come of it",
    Indicator.PROCESS: "Process: what we do for it",
}
EVERY: Final = "How often is its value asked for?"
ABOUT: Final = "For “{objective}”, {days}."

# The coach
COACH: Final = "{question} (The coach: {rule}.)"

# What is wrong in a form
NO_TITLE: Final = "It needs a title: a few words that say what it is."
TITLE_TOO_LONG: Final = "That is {length} characters long; {most} is the most. What is the heart of it?"
TEXT_TOO_LONG: Final = "That is {length} characters long; {most} is the most."
NO_OWNER: Final = "Who looks after it? Choose one person."
NO_REASON: Final = "This cycle has started, so a change needs a reason. A few words are enough."
NO_VALUE: Final = "Write a number, such as 40, 62 % or ¥250,000."
NOT_A_VALUE: Final = "{problem}. Write it like 40, 62 % or ¥250,000."
WEIGHT_ABOVE_ZERO: Final = "A weight is above 0. What should not count at all, drop instead."
NOT_A_WEIGHT: Final = "{problem}. Write a weight like 1, 2 or 0.5."
TOO_MANY_STEPS: Final = (
    "{count} steps are too many: Slack’s form can tick "
    f"{STEPS_MOST}. Put small ones together, or make two key results of them."
)
TOO_MANY_CHECKPOINTS: Final = "{count} checkpoints are too many; {most} is the most."
STEP_TITLE: Final = "Step {number} has no title. Write it like “Ship by 2026-12-01”."
STEP_TWICE: Final = "“{title}” stands there twice. Each step needs a title of its own."
STEP_TOO_LONG: Final = "Step {number} is {length} characters long; {most} is the most."
NO_SUCH_DAY: Final = "There is no {day} in the calendar."
NOT_A_CHECKPOINT: Final = "“{line}” is no checkpoint. Write it like “2026-11-15: 55”."
UNMEASURABLE: Final = {
    Unmeasurable.NO_WAY: "Start and target are the same, and a key result has to move. To keep it there, "
    "choose one of the “Keep it” kinds above.",
    Unmeasurable.NO_BOUND: "Write what it should stay at or above, or at or below.",
    Unmeasurable.BOUNDS_CROSS: "The lower bound is above the upper one. Which of the two is it?",
    Unmeasurable.NOT_FINITE: "That is too large a number to be measured with.",
    Unmeasurable.WEIGHT: "The weight of a step is above 0. Leave a step out that should not count.",
    Unmeasurable.CHECKPOINT_ORDER: "Checkpoints stand in the order of their days, each day once.",
    Unmeasurable.CHECKPOINT_OUTSIDE: "A checkpoint lies within the cycle, {days}, "
    "and not on its first or last day.",
    Unmeasurable.DUE_OUTSIDE: "A step is due within the cycle, {days}.",
}


def every(weeks: int) -> str:
    return "Every week" if weeks == 1 else f"Every {weeks} weeks"


EVERY_OPTIONS: Final = {weeks: every(weeks) for weeks in range(1, EVERY_MOST + 1)}

# Two people at once
CHANGED_MEANWHILE: Final = (
    "Somebody has changed this while you were writing, so I have not saved yet. Have a look, and save again."
)
THEIRS: Final = "Theirs: {words}"
MINE: Final = "Mine: {words}"

# An objective with its key results
OBJECTIVE: Final = "Objective"
CHANGE: Final = "Change"
ADD_KEY_RESULT: Final = "Add a key result"
UP: Final = "Up"
DOWN: Final = "Down"
MORE: Final = "More"
DROP: Final = "Drop …"
HAND_OVER: Final = "Hand over …"
A_DRAFT: Final = "a draft"
PRIVATE_ONE: Final = "private"
NOBODY_ASKED_YET: Final = (
    "It is a draft: I ask nobody about it before a lead starts the cycle. /okr draft shows all of it."
)
NO_KEY_RESULTS: Final = "It has no key results yet."
MORE_KEY_RESULTS: Final = "{more}; “/okr edit” and words of a title open one."
THE_COACH: Final = "The coach: {question} ({rule})"

# Dropping and handing over
DROP_TITLE: Final = "Drop it?"
DELETE_TITLE: Final = "Delete it?"
DROP_IT: Final = "Drop it"
DELETE_IT: Final = "Delete it"
DROPPED_IS_KEPT: Final = "I ask nobody about it any more. What was said of it stays in the history."
DELETED_IS_GONE: Final = "Nobody has been asked about it yet, so it is gone for good."
WITH_KEY_RESULTS: Final = "With it goes what it has: {key_results}."
SUPPORTED_BY: Final = "These support it, and will support something that was dropped: {titles}."
NEEDED_BY: Final = "These depend on it: {titles}."
HIDDEN_COUNT_ON_IT: Final = "{more} that you cannot see count on it, too."
LAST_ONE: Final = "It is the last key result of its objective, which then has no progress to show."
HAND_OVER_TITLE: Final = "Hand it over"
HAND_IT_OVER: Final = "Hand over"
NEW_OWNER: Final = "Who looks after it from now on?"
ASKED_FROM_NOW_ON: Final = "What this week’s check-in still asks is asked of them at once."

# Choosing
CHOOSE_TITLE: Final = "Which one?"
CHOOSE_WHICH: Final = "Choose what to change"
NOTHING_CALLED_SO: Final = "Nothing that you may change is called “{words}”. Here is all that there is:"
SEVERAL_CALLED_SO: Final = "Several are called so. Which one do you mean?"
NOTHING_TO_CHANGE: Final = (
    "There is nothing that you could change. /okr new writes an objective; a lead can hand one over to you."
)

# What cannot be done
GONE: Final = "That is not there any more: it was dropped or deleted. Nothing was changed."
OVER: Final = "That cycle has ended, and its OKRs stay as they are. Nothing was changed."
NO_TEAM: Final = (
    "You are in no team that you could write OKRs for. /okr setup makes a team; a lead can add you to theirs."
)
NO_CYCLE: Final = "No cycle is running or to come. /okr draft begins one."
TITLE_TAKEN: Final = "There is one of that title here already. What makes this one different?"
NOT_ACTIVE: Final = "{who} has no active account here. Who else could look after it?"
OWN_DELEGATE: Final = "That is the owner already. Choose somebody else, or nobody."
OWN_ONLY: Final = "An aim of somebody’s own is theirs to write. Choose yourself."
KIND_STAYS: Final = (
    "What was said of it so far counts in another way, so its kind stays. Drop it, and write a new one."
)

# /okr changes
CHANGES_TITLE: Final = "Changes to the OKRs of {team}"
NO_CHANGES: Final = "Nothing has been changed in the OKRs of {team} since they started."
OLDER: Final = "Older"
NEWEST: Final = "Newest"
FIELD_LABELS: Final = {
    "title": "Title",
    "owner": "Owner",
    "kind": "Kind",
    "theme": "Theme",
    "personal": "Whose it is",
    "private": "Who sees it",
    "readers": "Who else sees it",
    "measure": "How it is measured",
    "unit": "Unit",
    "weight": "Weight",
    "indicator": "Result or process",
    "every": "How often it is asked for",
    "delegate": "Delegate",
}
WHY_IT_CHANGED: Final = "Why:"
CANNOT_WRITE: Final = {
    WhyNot.GONE: GONE,
    WhyNot.OVER: OVER,
    WhyNot.NO_TEAM: NO_TEAM,
    WhyNot.NO_CYCLE: NO_CYCLE,
}
PROBLEMS: Final = {
    Why.TITLE_TAKEN: TITLE_TAKEN,
    Why.NOT_ACTIVE: NOT_ACTIVE,
    Why.OWN_DELEGATE: OWN_DELEGATE,
    Why.NO_REASON: NO_REASON,
    Why.KIND_STAYS: KIND_STAYS,
    Why.OWN_ONLY: OWN_ONLY,
}
