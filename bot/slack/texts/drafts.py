"""What is said about drafts: begun, shared, talked about, committed to, started."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.okr.model import Cycle
from bot.okr.writing.copying import Left
from bot.okr.writing.cycles import LONGEST_NAME, NoCycle, Odd
from bot.okr.writing.draft_views import Committing, Copied, DraftView, Started
from bot.services.drafting.beginning import WhyNotBegun
from bot.services.drafting.draft_sets import WhyNot
from bot.slack.phrases import MONTHS, capital, count, either, listed, short_day

NAMED_MOST: Final = 10

# The draft itself
TITLE: Final = "Draft"
DRAFT_OF: Final = "{team} · draft for {cycle}"
OKRS_OF: Final = "{team} · OKRs for {cycle}"
NO_OBJECTIVES: Final = "There are no objectives in it yet."
HOW_TO_WRITE: Final = "/okr new writes objectives and key results, /okr edit changes what is yours."
AN_OBJECTIVE: Final = "{kind} objective"
ALL_OF_IT: Final = "All of it"
WHOLE_DRAFT: Final = "The draft"
COMMENT_LINE: Final = "“{text}” {who}"
PROPOSALS: Final = "PROPOSED"
DECLINED: Final = "DECLINED"
ORIGIN: Final = "proposed by {by}, accepted by {accepted}"
HOW: Final = "This is a draft: nobody is asked about it yet. Say what you think, and commit to what is yours."
GONE_DRAFT: Final = "This draft was given up. What was said about it is kept."
MORE_IN_THREAD: Final = "The rest stands in the thread."
TOO_LONG: Final = "There is more than fits here; the channel’s thread has all of it."
NOT_POSTED: Final = "I could not post it in the channel: {why}. Share it again once that is mended."
BUTTON_COMMENT: Final = "Comment"
BUTTON_COMMIT: Final = "I commit"
BUTTON_SEE: Final = "See it"
BUTTON_SHARE: Final = "Share it"
BUTTON_START: Final = "Start the cycle"
BUTTON_GIVE_UP: Final = "Give it up"
BUTTON_BEGIN: Final = "Begin another"
GIVE_UP_TITLE: Final = "Give this draft up?"
GIVE_UP_ASKS: Final = "Its objectives go. What was said about them is kept."
GIVEN_UP: Final = "The draft is given up. /okr draft begins another one."
SHARED_NOW: Final = (
    "It is on its way to the channel, and everybody with a key result in it is asked to commit."
)
SHARED_BEFORE: Final = "It is in the channel already, and always up to date there."
NO_DRAFT: Final = "{team} has no draft just now. {who}"
LEADS_BEGIN: Final = "{who} can begin one with /okr draft."
NOBODY_BEGINS: Final = "A lead of the team begins one with /okr draft."
NO_TEAM_YET: Final = "You are in no team yet. Write /okr draft and a team’s name to see its draft."
ANOTHER: Final = "Draft for {cycle}"

COMMITTING: Final = {
    Committing.NOT_YET: "not committed yet",
    Committing.COMMITTED: "committed, confidence {confidence}/10",
    Committing.CHANGED: "changed since it was committed to",
}

# Beginning one
BEGIN_TITLE: Final = "A new draft"
BEGIN: Final = "Begin"
BEGIN_INTRO: Final = "{team} drafts its next cycle. Nobody is asked anything before you start it."
WHICH_CYCLE: Final = "Which cycle?"
A_NEW_ONE: Final = "A new one, as below"
CYCLE_NAME: Final = "Its name"
FIRST_DAY: Final = "First day"
LAST_DAY: Final = "Last day"
ONLY_IF_NEW: Final = "Only for a new one."
COPY: Final = "What to begin with"
COPY_LAST: Final = "Copy what {cycle} had"
COPY_HINT: Final = (
    "Key results start from where they stood last and keep their targets. Without it, the draft is empty."
)
NO_NAME: Final = "What is it called? “{example}”, for example."
NO_DAY: Final = "Which day?"
NO_CYCLE: Final = {
    NoCycle.NO_NAME: "What is it called? A few words are enough.",
    NoCycle.NAME_TOO_LONG: f"That is too long for a heading; at most {LONGEST_NAME} characters, please.",
    NoCycle.ENDS_FIRST: "It would end before it starts. Which day is its last?",
    NoCycle.OVER: "That cycle is over already, so nobody could be asked about it. When does it end?",
}
IS_IT_MEANT: Final = "Is that meant?"
IT_IS_MEANT: Final = "Yes, just so"
ODD: Final = {
    Odd.SHORT: "It has {days} only.",
    Odd.LONG: "It has {days}.",
    Odd.BEGUN: "It began on {first} already.",
    Odd.FAR: "It begins on {first} only.",
}
LEFT: Final = {
    Left.REACHED: "“{title}” had reached its target, so I left it as it was: where should it go next?",
    Left.DONE: "“{title}” was done, so I left it as it was: what comes next, or is it to go?",
}

# Saying something
COMMENT_TITLE: Final = "Comment"
ABOUT: Final = "About"
YOUR_COMMENT: Final = "Your comment"
COMMENT_HINT: Final = "It stands below, with your name, for the whole team."
NOTHING_SAID: Final = "What would you like to say?"
SAY: Final = "Say it"

# Proposing
BUTTON_PROPOSE: Final = "Propose"
PROPOSE_TITLE: Final = "Propose"
PROPOSE_WHAT: Final = "What would you like to propose?"
A_NEW_OBJECTIVE: Final = "A new objective"
A_KEY_RESULT_FOR: Final = "Another key result"
A_CHANGE: Final = "Change “{title}”"
GO_ON: Final = "Next"
PROPOSE_OBJECTIVE: Final = "Propose an objective"
PROPOSE_KEY_RESULT: Final = "Propose a key result"
PROPOSE_CHANGE: Final = "Propose a change"
PROPOSE_IT: Final = "Propose it"
PROPOSE_WHY: Final = "Why?"
PROPOSE_WHY_HINT: Final = "It helps whoever decides."
PROPOSED_NOW: Final = "It is proposed. Whoever owns what it is about decides, and you hear from me."
PROPOSED_AND_DONE: Final = "It is yours to decide, so it stands in the draft now."
NOTHING_NEW: Final = "That is just as it stands now. What should be different?"
SEEN_BY_ALL: Final = (
    "What is proposed is seen by the whole team, so it cannot be private. A private objective you write "
    "yourself, with /okr new."
)
NEW_OBJECTIVE: Final = "A new objective: "
NEW_KEY_RESULT: Final = "A key result for {about}: "
CHANGE: Final = "A change to {about}: "
PROPOSED_BY: Final = "Proposed by {by}"
CHANGED_SINCE_PROPOSED: Final = "Somebody has changed it since it was proposed; this is what it would be now."
BUTTON_ACCEPT: Final = "Accept"
BUTTON_DECLINE: Final = "Decline"
ACCEPT_TITLE: Final = "Accept it"
DECLINE_TITLE: Final = "Decline it"
A_WORD: Final = "A word to {by}"
WORD_HINT: Final = "They hear it from me, with your name."
WHY_NOT: Final = "Why not? A few words are enough."
ACCEPTED: Final = (
    "{who} has accepted what you proposed for {team}, {cycle}: “{title}”. It stands in the draft."
)
NOT_ACCEPTED: Final = "{who} has declined what you proposed for {team}, {cycle}: “{title}”."
THEIR_WORD: Final = "“{word}”"
DECLINED_BY: Final = "declined by {who}"

# Committing
COMMIT_TITLE: Final = "Commit"
COMMIT_INTRO: Final = (
    "How sure are you that each will land? 0 is not at all, 10 is certain. Leave out what you do not commit "
    "to yet, and say why in a comment. Your check-ins start from here."
)
COMMIT: Final = "I commit"
CHANGED_SINCE: Final = "It changed since you committed."
LEAVE_OUT: Final = "Not yet"
CHANGED_MEANWHILE: Final = "Something of it changed while you looked, so nothing was saved. Now it is so:"
SURE_BEFOREHAND: Final = (
    "It is noted that you commit. So sure before it has begun: which target would make you a little nervous?"
)

# What waits for somebody
WAITS: Final = "{by} shared {team}’s draft for {cycle} with you."
WAITS_IN_OWN: Final = "{team}’s draft for {cycle} waits for you."
WAITS_TO_COMMIT: Final = "Yours to commit to"
WAITS_TO_DECIDE: Final = "Yours to decide"
NOTHING_WAITS: Final = "Nothing in {team}’s draft for {cycle} waits for you any more. Thank you."
DRAFT_STARTED: Final = "{team} has started {cycle}. From its first day on I ask you about what is yours."
OVERDUE: Final = (
    "{cycle} began on {began}, and {team}’s draft has not been started. Until it is, I ask nobody for what "
    "stands in it."
)
OVERDUE_STARTED: Final = "{team} has started {cycle}. I ask for what stands in it from the next check-in on."

# Starting
START_TITLE: Final = "Start the cycle"
START: Final = "Start it"
START_READY: Final = "Everybody has committed."
START_ADVICE: Final = "You can start it as it is. Perhaps look at this first:"
START_ASKS: Final = "From {first} on I ask for {key_results}, once a week."
START_ASKS_NOW: Final = "It has begun already: I ask for {key_results} from the next check-in on."
NOT_COMMITTED: Final = "{who} {have} not committed to all of theirs."
WITHOUT_OWNER: Final = "Nobody with an active account owns {which}: I could ask nobody."
WITHOUT_KEY_RESULTS: Final = "{which} {have} no key results yet."
STILL_OPEN: Final = "{proposals} still {wait} for an answer; after the start nobody can accept {them}."
SANDBAGGING: Final = "Its owner is all but certain of {which}: is the target high enough?"
ASKS_NOBODY: Final = "{team}’s check-ins are not running yet, so I ask nobody before you start them."
STARTED_NOW: Final = "{cycle} has started. {asks}"
STARTED_BEFORE: Final = "{cycle} was started before, by {by} on {on}; nothing was changed."
STARTED_LINE: Final = "Started by {by} on {on}."
SHARED_LINE: Final = "Shared by {by}."

CANNOT: Final = {
    WhyNot.NO_SUCH: "That draft is not there any more. /okr draft shows the one that is.",
    WhyNot.STARTED: "{team} has started {about}, so this is no draft any more; nothing was changed.",
    WhyNot.GONE: "What this is about is not in the draft any more; nothing was changed.",
    WhyNot.NOTHING_YOURS: "Nothing in {team}’s draft for {about} is yours, so there is nothing to commit to.",
    WhyNot.EMPTY: "There are no key results in {team}’s draft for {about} yet, so there is nothing to start.",
    WhyNot.OVER: "{about} is over, so nobody could be asked about it. Give this draft up and begin another.",
    WhyNot.ELSEWHERE: (
        "{who} has OKRs in {about}, which runs in the same days, and nobody is asked for two cycles at once. "
        "Hand theirs over, or begin this one after it."
    ),
    WhyNot.DECIDED: "{who} has answered this proposal before; nothing was changed.",
    WhyNot.CHANGED: "It changed while you looked; nothing was saved. This is how it is now.",
    WhyNot.CANNOT_BE: "As things stand now it cannot be: {about}",
}
CANNOT_BEGIN: Final = {
    WhyNotBegun.NO_SUCH_TEAM: "That team is not there any more.",
    WhyNotBegun.NO_SUCH_CYCLE: "That cycle is not there any more. Which one do you mean?",
    WhyNotBegun.NAME_TAKEN: "{other} is {days} already. Choose that one above, or call yours otherwise.",
    WhyNotBegun.OVERLAPS: (
        "{team} has OKRs in {other} until {ends}, and a team’s cycles do not overlap. "
        "Begin this one after that, or draft in another cycle."
    ),
    WhyNotBegun.STARTED: "{team}’s OKRs for {other} have started already, so there is nothing to draft.",
}


def days_of(cycle: Cycle) -> str:
    """ "1 January to 31 March 2027"; both years where they differ."""
    first = short_day(cycle.starts) + (
        f" {cycle.starts.year}" if cycle.starts.year != cycle.ends.year else ""
    )
    return f"{first} to {dated(cycle.ends)}"


def dated(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def cannot(why: WhyNot, team: str, about: str, who: str) -> str:
    return CANNOT[why].format(team=team, about=about, who=who)


def cannot_begin(why: WhyNotBegun, team: str, other: Cycle | None) -> str:
    if other is None:
        return CANNOT_BEGIN[why].format(team=team)
    about = {"other": other.name, "days": days_of(other), "ends": dated(other.ends)}
    return CANNOT_BEGIN[why].format(team=team, **about)


def odd(cycle: Cycle, strange: Sequence[Odd]) -> str:
    days = count((cycle.ends - cycle.starts).days + 1, "day")
    return " ".join(ODD[one].format(days=days, first=dated(cycle.starts)) for one in strange)


def copied(what: Copied) -> str:
    """ "Copied from 2026 Q4: 2 objectives and 6 key results." """
    objectives, key_results = count(what.objectives, "objective"), count(what.key_results, "key result")
    return f"Copied from {what.cycle}: {objectives} and {key_results}."


def started(one: Started) -> str:
    return STARTED_LINE.format(by=one.by, on=dated(one.on))


def how_far(committed: int, key_results: int, open_proposals: int) -> str:
    """ "3 of 5 key results committed · 2 proposals open"."""
    said = f"{committed} of {count(key_results, 'key result')} committed"
    return f"{said} · {count(open_proposals, 'proposal')} open" if open_proposals else said


def no_draft(team: str, leads: Sequence[str]) -> str:
    who = LEADS_BEGIN.format(who=capital(either(leads))) if leads else NOBODY_BEGINS
    return NO_DRAFT.format(team=team, who=who)


def started_now(view: DraftView, now: datetime) -> str:
    begun = view.cycle.starts <= now.date()
    asks = (START_ASKS_NOW if begun else START_ASKS).format(
        first=dated(view.cycle.starts), key_results=count(len(view.key_results), "key result")
    )
    said = STARTED_NOW.format(cycle=view.cycle.name, asks=asks)
    return said if view.team.started_at else f"{said} {ASKS_NOBODY.format(team=view.team.name)}"


def started_before(cycle: Cycle, one: Started) -> str:
    return STARTED_BEFORE.format(cycle=cycle.name, by=one.by, on=dated(one.on))


def named(titles: Sequence[str]) -> str:
    return listed([f"“{one}”" for one in titles], NAMED_MOST)


def have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"
