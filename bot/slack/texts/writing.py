"""What is said while OKRs are written and changed."""

from typing import Final

from bot.okr.drafts import EVERY_MOST, STEPS_MOST
from bot.okr.measures import Indicator, Unmeasurable
from bot.okr.model import ObjectiveKind

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
ABOUT: Final = "For {objective}, {days}."

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
