"""What is said of alignment: what supports what, the tree, and what key results need of other teams."""

from collections.abc import Sequence
from typing import Final

from bot.okr.health import Health
from bot.okr.model import DependencyState
from bot.services.alignment import aligning, depending
from bot.slack import phrases

# Aligning an objective
ALIGN: Final = "Align"
ALIGN_TITLE: Final = "Align an objective"
WHICH_OBJECTIVE: Final = "Which of your objectives would you like to align?"
NO_SUCH_OBJECTIVE: Final = "None of the objectives that you can change has “{words}” in its title."
NOTHING_TO_ALIGN: Final = (
    "There is no objective that you can change: its owner, or a lead of its team, says what it supports."
)
SUPPORTS_WHAT: Final = "What does it support, one level up?"
SUPPORTS_HINT: Final = "An objective or a key result. Type some words of its title."
AT_THE_TOP: Final = "Nothing stands above the company’s objectives, so this one supports nothing."
SERVES_WHAT: Final = "Which other teams’ objectives does it serve, too?"
SERVES_HINT: Final = "As many as you like, or none."
WHY: Final = "Why does this change?"
WHY_HINT: Final = "The cycle has started: your reason is kept, and the team’s next digest tells it."
TYPE_WORDS: Final = "Type to search"
GONE: Final = "It supported {titles}; that has been dropped since."
OF_TEAM: Final = "Objective of {team}"
KEY_RESULT_OF: Final = "{team}, key result of “{objective}”"
ALIGNED: Final = "Aligned"
SUPPORTS_NOW: Final = "{title} supports {what} now."
SUPPORTS_NOTHING_NOW: Final = "{title} supports nothing now."
NOT_ALIGNED: Final = {
    aligning.WhyNot.NO_SUCH: "This objective is not there any more, so nothing was changed.",
    aligning.WhyNot.GONE: "That has been dropped meanwhile. What does it support now?",
    aligning.WhyNot.NOT_ABOVE: (
        "That does not stand one level up, or may not be shown here. Choose another one."
    ),
    aligning.WhyNot.LOOP: "That would go round in a circle: in the end it supports this objective itself.",
    aligning.WhyNot.NO_REASON: "Why? A few words are enough.",
    aligning.WhyNot.CHANGED_MEANWHILE: (
        "Somebody has aligned it meanwhile, so I changed nothing. Open it anew to see how it stands."
    ),
}
CIRCLE: Final = "That would go round in a circle: {way}, and so back to this objective."

# Who supports it
WHO_SUPPORTS: Final = "Who supports …"
SUPPORTED_BY: Final = "Who supports {title}"
NOBODY_SUPPORTS: Final = "Nobody supports it yet. /okr align says what an objective supports."
NOT_THERE: Final = "This objective is not there any more."
ITSELF: Final = "Itself {own}; its supporters’ mean {mean}."
THROUGH: Final = "through “{title}”"

# The tree
TREE: Final = "OKR tree"
NO_TREE: Final = "There is no team yet."
NO_OBJECTIVES: Final = "no objectives yet"
ISLAND: Final = "supports nothing yet"
PRIVATE: Final = "private"
SUPPORTS: Final = "supports {titles}"
SUPPORTERS: Final = "its {supporters} at {mean}"
MORE: Final = "More"
TREE_PICTURE: Final = "Picture"
ONE_TEAM: Final = "One team"
TREE_LEFT: Final = "{more}; /okr tree and a team’s name shows its part."
HOW_TO_READ: Final = "{legend} · a percentage is progress, “of” what is expected by today"
TREE_CHART_TITLE: Final = "OKR tree, {day}"
TREE_CHART_OF: Final = "OKR tree of {team}, {day}"
TREE_TOLD: Final = "{number} {title}: {said}."
MARKS: Final = {
    Health.RED: "🔴",
    Health.SILENT: "⚪",
    Health.YELLOW: "🟡",
    Health.GREEN: "🟢",
    Health.AWAY: "🌴",
    Health.NO_DATA: "🆕",
    Health.CLOSED: "⚫",
}
"""Never alone: the word stands beside it."""
PICTURE_THERE: Final = "It is in your direct messages with me already. /okr tree offers a newer one."
NOTHING_TO_DRAW: Final = "There is no objective to draw yet."

# What a key result needs of another team's
NEEDS: Final = "Need something"
NEEDS_TITLE: Final = "What it needs"
WHICH_KEY_RESULT: Final = "For which of your key results do you need another team’s?"
NO_SUCH_KEY_RESULT: Final = "None of the key results that you can change has “{words}” in its title."
NOTHING_TO_NEED_FOR: Final = (
    "There is no key result that you can change: its owner, or a lead of its team, says what it needs."
)
NEEDS_WHAT: Final = "Which key result of another team does it need?"
NEEDS_HINT: Final = "Type some words of its title. Its owner is asked, and you hear what they say."
ASK_THEM: Final = "Ask"
WHAT_IT_NEEDS: Final = "What your key results need"
NEED_LINE: Final = "{key_result} needs {on}, {team} · {state}"
NEED: Final = "needs {on} of {team}, {state}"
STATES: Final = {
    DependencyState.ASKED: "asked",
    DependencyState.CONFIRMED: "confirmed",
    DependencyState.DECLINED: "not so",
}
DROPPED: Final = "dropped"
WITHDRAW: Final = "Withdraw"
CONFIRM: Final = "Confirm"
NOT_SO: Final = "Not so"
NEEDS_YOURS: Final = "{by} counts on you: {key_result} ({team}) needs {on}"
MORE_COUNT_ON_YOU: Final = "{more}; /okr needs shows them."
SAID_OF_NEED: Final = {
    DependencyState.CONFIRMED: "{key_result} can count on {on} of {team}.",
    DependencyState.DECLINED: "{key_result} cannot count on {on} of {team}.",
}
ASKED: Final = "I ask {who}: it stands in their next prompt, and you hear what they say. It is about {on}."
CONFIRMED_NOW: Final = "Thank you. I tell {by} that {key_result} can count on it."
DECLINED_NOW: Final = "Thank you. I tell {by} that {key_result} cannot count on it."
WITHDRAWN: Final = "Withdrawn: nobody is asked about it any more."
NOT_ASKED: Final = {
    depending.WhyNot.NO_SUCH: "This key result is not there any more, so nobody was asked.",
    depending.WhyNot.GONE: "That has been dropped meanwhile. What does it need now?",
    depending.WhyNot.SAME_TEAM: "That is not another team’s, or may not be shown here. Choose another one.",
    depending.WhyNot.LOOP: "That would go round in a circle: in the end it needs this key result itself.",
    depending.WhyNot.ASKED_BEFORE: "That has been asked already; /okr needs shows what came of it.",
    depending.WhyNot.NOBODY_TO_ASK: (
        "Nobody there can be asked: its owner and its team’s leads are guests, gone, or may not see what "
        "needs it."
    ),
    depending.WhyNot.SAID_BEFORE: "That has been answered already; nothing was changed.",
    depending.WhyNot.NOT_YOURS: "Nobody asks you about that any more, so I left everything as it is.",
}
NEED_CIRCLE: Final = "That would go round in a circle: {way}, and so back to this key result."


def circle(sentence: str, titles: Sequence[str]) -> str:
    """ "… “Grow” leads to “Renew”, …"."""
    return sentence.format(way=" leads to ".join(f"“{title}”" for title in titles))


def supporters(number: int, mean: str) -> str:
    """ "its 3 supporters at 45 %"."""
    return SUPPORTERS.format(supporters=phrases.count(number, "supporter"), mean=mean)


def no_such_team(called: str, known: Sequence[str]) -> str:
    if not known:
        return NO_TREE
    there = "is" if len(known) == 1 else "are"
    return f"There is no team “{called}”. There {there} {phrases.listed(known, 12)}."
