"""The sentences people read, together, in one voice: plain, warm, short; never blaming, never shouting.

Names and titles come in as they should be shown (clipped and isolated by `richtext.name`); days, numbers and
lists are said in `phrases`. What is said of a subject of its own has a module here.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.okr.blockers import NotTold
from bot.okr.days.attendance import Attendance, TeamRecord
from bot.okr.days.away import NotDays, Why
from bot.okr.days.later import Later
from bot.okr.defaults import HIGH_CONFIDENCE, MEDIUM_CONFIDENCE
from bot.okr.health import Disagreement, Health
from bot.okr.model import Absence, BlockerKind, ClearingOutcome, DecisionKind, ObjectiveKind
from bot.okr.questions import QuestionKind
from bot.okr.replies.doubt_views import DoubtKind
from bot.slack.phrases import DAYS, capital, clock, count, day, day_and_clock, days, listed, short_day

# Buttons
CHECK_IN: Final = "Check in"
CHANGE_ANSWER: Final = "Change answer"
CORRECT_IT: Final = "Correct it"
ALL_UNCHANGED: Final = "All unchanged"
REST_UNCHANGED: Final = "Rest unchanged"
AWAY_BUTTON: Final = "Away"
HERE_AFTER_ALL: Final = "I am here after all"
PAUSE: Final = "Pause"
RESUME: Final = "Resume"

# The prompt
HELLO: Final = "Hello. Once a week I ask how your key results are doing; it takes about a minute."
HOW_TO_PAUSE: Final = "Not a good time? Pause stops my questions, and /okr resume brings them back."
CLOSED: Final = "This check-in is closed. I ask again next time."
NOTHING_LEFT: Final = "You have nothing left to answer here."
CLOSED_FORM: Final = "This check-in is closed, so nothing was changed. I ask again next time."
CLOSED_TITLE: Final = "Check-in closed"
PAUSED: Final = "Your check-ins are paused: I ask you nothing. /okr resume brings them back."
PAUSED_NOW: Final = "Paused: I ask you nothing from now on. /okr resume brings me back."
RESUMED: Final = "Welcome back."

MISSING_NAMED: Final = 20
TEAMS_NAMED: Final = 12

# Later
LATER_BUTTON: Final = "Later"
IN_AN_HOUR: Final = "In an hour"
AS_USUAL: Final = "Remind me as usual"
TOO_LATE_FOR_LATER: Final = "It is too late for that, or I have reminded you already, so nothing was changed."

# Settings
SETTINGS_TITLE: Final = "Your settings"
CHANGE_SETTINGS: Final = "Change"
WORKING_DAYS: Final = "On which days do you work?"
OWN_PROMPT: Final = "When shall I ask you?"
OWN_PROMPT_HINT: Final = "By your own clock; {latest} at the latest. Left empty: {team}, as your team does."
REMINDERS: Final = "Reminders"
NO_REMINDERS: Final = "Do not remind me"
REGION: Final = "Whose public holidays do you have?"
REGION_HINT: Final = "A country or region by its code, such as DE-BY, GB-ENG or CN. I do not ask you then."
FROM_NEXT_ON: Final = "What you change counts from your next check-in on."
NO_WORKING_DAY: Final = "At least one, please. If you want no questions at all, use /okr pause."
TOO_LATE_TO_ASK: Final = "That leaves too little time to answer. The latest is {latest}."
UNKNOWN_REGION: Final = "I know no public holidays of {region}. Try a code such as DE-BY, GB-ENG or CN."
KNOWN_REGIONS: Final = "Of {country} I know these regions: {regions}."
NO_REGIONS: Final = "Of {country} I know no regions; write {country} alone."
NO_HOLIDAYS: Final = "none"

# Days away
COME_BACK: Final = (
    "Welcome back: your days away have ended. What still waits is yours to answer, and what was answered for "
    "you is yours to change."
)
NOTHING_TO_COME_BACK_TO: Final = "Welcome back: your days away have ended. Nothing is left to answer."
NOBODY_STANDS_IN: Final = "Nobody answers for you any more, so I changed nothing."
STOOD_IN_FOR: Final = (
    f"Your delegates answer this check-in. To answer it yourself, tap “{HERE_AFTER_ALL}” in its message."
)
COMING_AWAY: Final = "Your days away"
NONE_COMING: Final = "You have given me no days away."
HOW_TO_SAY_AWAY: Final = (
    "Tap the button below, or write /okr away today, /okr away until 2 Jan or /okr away 24 Dec to 2 Jan. "
    "Nobody is told why you are away."
)
ADD_DAYS_AWAY: Final = "Add days away"
CANCEL_DAYS: Final = "Cancel"
AWAY_TITLE: Final = "Days away"
AWAY_FIRST: Final = "First day away"
AWAY_LAST: Final = "Last day away"
AWAY_HINT: Final = "Nobody is told why. You can take it back at any time."
NOTE_IT: Final = "I am away"
WHICH_DAYS: Final = "I can read that in two ways. Which days do you mean?"
GONE_ALREADY: Final = "Those days are over or cancelled already, so I changed nothing."
DAYS_CHANGED: Final = "Those days are over by now, so I noted nothing. /okr away takes new ones."
YOUR_STATUS: Final = "Your Slack status says “{words}”, until {last_day}. Shall I leave you be until then?"
AWAY_UNTIL: Final = "Yes, away until {last_day}"
I_AM_HERE: Final = "No, I am here"
YOU_ARE_HERE: Final = "Good to know: I ask you as usual."
STATUS_ANSWERED: Final = "You have told me already, so nothing was changed. /okr away shows your days away."
STATUS_OVER: Final = "I no longer ask about that status, so nothing was changed. /okr away takes days away."
NOT_DAYS: Final = {
    Why.NOT_UNDERSTOOD: "I could not read days in “{text}”. Write them like “today”, “until 2 Jan”, "
    "“24 Dec to 2 Jan” or “2026-12-24”.",
    Why.NO_SUCH_DAY: "There is no {said}. Which day do you mean?",
    Why.NO_END: "Until when? Write it like “24 Dec to 2 Jan”. If you do not know yet, use /okr pause.",
    Why.ENDS_FIRST: "The last day comes before the first. Which way round do you mean it?",
    Why.OVER: "Those days are over already. For days next year, write the year as well.",
    Why.TOO_LONG: "That is more than half a year. For so long use /okr pause; /okr resume brings me back.",
    Why.TOO_FAR: "That is more than a year ahead. Tell me again when it is nearer.",
}
"""By what is wrong; `said` is a day that is not there, `text` all that was written."""

# Answering for somebody else
CHECK_IN_FOR: Final = "Check in for {owner}"
FOR_WHOM: Final = "for {owner}"
ANSWERED: Final = "answered ✓"
ANSWERED_BY: Final = "answered by {who} ✓"
ANSWERED_FOR_YOU: Final = "{who} answered for you: {which}."
YOU_ANSWER_FOR: Final = "You answer what is asked of {owner}, who sees what you say and can change it."
NOTED_FOR: Final = "Thank you, noted for {owner}:"
BY: Final = "{owner} (by {who})"

# Blockers: what waits for somebody, and what became of it
CLEARED: Final = "Cleared"
NOT_MINE: Final = "Not mine"
WAITING_FOR_YOU: Final = "Somebody waits for you"
WAITS_FOR_YOU: Final = "{owner} waits for you: {title}"
MORE_WAIT_FOR_YOU: Final = "{more}; they stand in my Home tab."
WHAT_BECAME_OF_IT: Final = "What is in your way"
HAS_CLEARED: Final = "{who} has cleared the way for {title}."
IS_NOT_THEIRS: Final = "{title}: {who} cannot clear the way. Who can?"
CANNOT_TELL: Final = {
    NotTold.GUEST: "{who} is a guest and sees only their own OKRs, so I cannot tell them.",
    NotTold.NO_ACCOUNT: "{who} has no active account here, so I cannot tell them.",
    NotTold.PRIVATE: "This objective is private and {who} may not see it, so I do not tell them.",
}
NAME_SOMEBODY: Final = "Name somebody else"
THANKS_FOR_CLEARING: Final = "Thank you. I tell {owner} that the way is clear: {title}."
THANKS_FOR_SAYING: Final = "Thank you. I ask {owner} who else can clear the way: {title}."
NOTHING_TO_CLEAR: Final = "Nobody waits for you any more. Thank you."
NO_NEWS: Final = "Nothing new here any more."
NOT_YOURS_TO_CLEAR: Final = "Nobody waits for you there any more, so I left everything as it is."
SAID_BEFORE: Final = "You have told me already; nothing was changed."

QUESTIONS: Final = {
    QuestionKind.RIGHT_WORK: (
        "A thought: {about} has not moved for three weeks, though an action for it was done in each of them. "
        "Is this the right work?"
    ),
    QuestionKind.OTHER_WORK: (
        "A thought: for three weeks most actions of {about} have belonged to no key result. "
        "Should the OKRs change?"
    ),
}

# Last week's actions, in the prompt and in the receipt
LAST_WEEK: Final = "Last week you meant to:"
HOW_TO_CLOSE: Final = "“done 1” or “drop 1” says what became of one; the others are carried over."
THIS_WEEK: Final = "This week:"
THANKS_KEPT: Final = "Your thanks, kept for the team:"
CLOSED_ACTIONS: Final = "Last week’s actions:"
SAID_OF_ACTION: Final = {"done": "done ✓", "dropped": "dropped", "kept": "kept", "open": "open"}
KEEP_OR_DROP_SHORT: Final = "keep or drop?"

# The receipt
UNDERSTOOD: Final = "Thank you, noted:"
LATE: Final = "The digest is already out; I bring it up to date."
UNCHANGED: Final = "Thank you, noted as unchanged:"
NOTHING_UNDERSTOOD: Final = (
    "I could not read an answer in that. Write it like “KR1 62% confidence 7, two chains signed”."
)
UNSURE: Final = "I want to be sure what you mean:"
DOUBTS: Final = {
    DoubtKind.WHICH: "“{words}”: which one is it?",
    DoubtKind.MEANING: "“{words}”{about}: what do you mean?",
    DoubtKind.CONFIDENCE: "“{words}”{about}: how sure are you now, from 0 to 10?",
}
ONLY_ONE_MEANING: Final = "“{words}”{about}: do you mean {meaning}?"
ABOUT: Final = " for {title}"
NONE_OF_THEM: Final = "None of them"
NOT_MEANT: Final = "No"
MEANT_ALREADY: Final = "You have told me already, so I left everything as it is."
WITHDRAWN: Final = "You have changed or deleted that message since."
MESSAGE_CHANGED: Final = "You have changed that message since, so I go by its new words."
NEXT_WEEK: Final = "Next week:"
NOTHING_NEXT: Final = "no actions."
WHAT_IS_IN_THE_WAY: Final = "{which}: what is in the way? Tap {button}."
WHAT_MOVES_IT: Final = (
    "{which}: nothing has changed for some weeks. What would move {it}? “KR{number} same, …” tells me."
)
WORDS_KEPT: Final = "Your words:"
KEPT: Final = "I kept these words for you; nobody else sees them until you put them into your check-in:"
STILL_WAITING: Final = "Still waiting:"
ALL_ANSWERED: Final = "That is everything for this week."
NOTHING_ASKED: Final = "Nothing is asked of you right now. I kept your words; nobody else sees them."
NOTHING_TO_KEEP: Final = "Nothing is asked of you right now."

# The form
FORM_TITLE: Final = "Check in"
SEND: Final = "Send"
NEXT: Final = "Next"
BACK: Final = "Back"
PAGE: Final = " · page {page} of {pages}"
CANCEL: Final = "Cancel"
CLOSE: Final = "Close"
DONE_SINCE: Final = "Done since last week?"
NOT_NEEDED: Final = "Not needed any more?"
DONE_HINT: Final = "What you leave open is carried over to next week."
KEEP_OR_DROP: Final = "“{action}” is still open after {weeks}. Keep or drop?"
CLOSING: Final = {"done": "Done", "kept": "Keep", "dropped": "Drop"}
DONE_OR_DROPPED: Final = "“{action}” is ticked as done, too. Which is it?"
VALUE_NOW: Final = "Where is KR{number} now?"
CONFIDENCE_NOW: Final = "How sure are you that KR{number} will land? (0–10)"
WHAT_DROVE: Final = "What drove KR{number}?"
IN_THE_WAY: Final = "What is in the way of KR{number}?"
WHOSE_TO_CLEAR: Final = "Who can clear the way for KR{number}?"
THE_FIX: Final = "What would fix KR{number}?"
NEXT_ACTIONS: Final = "What will you do next week?"
NEXT_ACTIONS_HINT: Final = "One action a line, up to three. For one key result: “KR1: call the five”."
CHOOSE: Final = "Choose one"
CHOOSE_PERSON: Final = "Choose a person"
YOUR_WORDS: Final = "You wrote, and I kept for you:"
NO_WORDS: Final = "(no words)"
STILL_OPEN: Final = "still open after {weeks}"

# What is wrong in the form
EMPTY_VALUE: Final = "What is it now? If nothing changed, keep {last}."
NO_VALUE_YET: Final = "What is it now? Write it like {last}."
NOT_A_VALUE: Final = "{problem}. Write it like {last}."
CONFIDENCE_RANGE: Final = "Confidence goes from 0 to 10."
TOO_MANY_ACTIONS: Final = "Up to three actions, please: here are {count}. Which three matter most?"
ACTION_TOO_LONG: Final = "Action {number} is too long: {length} characters of at most {most}."
TEXT_TOO_LONG: Final = "That is too long: {length} characters of at most {most}."

# The digest
TO_TALK_ABOUT: Final = "TO TALK ABOUT"
NEXT_WEEK_HEADING: Final = "NEXT WEEK"
ON_TRACK: Final = "ON TRACK"
AWAY_OR_NEW: Final = "AWAY OR NEW"
CHANGES: Final = "CHANGED"
NOT_ANSWERED: Final = "NOT ANSWERED"
IN_THE_THREAD: Final = "What is left out or cut short here stands whole in the thread."
WHY: Final = "Why: {words}"
BLOCKED_BY: Final = "In the way: {words}"
TO_CLEAR: Final = "To clear the way: {words}"
FIX: Final = "Fix: {words}"
WAITING_FOR: Final = "waiting for {people}"
AWAY: Final = "away: {people}"
NO_SUCH_PAGE: Final = "Nothing more here; all of it stands above."
NOTHING_TO_TALK_ABOUT: Final = "Nothing is red, yellow or silent this week."
NO_ACTIONS: Final = "Nobody has named an action yet."
DIGESTS_RUNNING: Final = "{ordinal} digest in a row"
NOBODY_ASKED: Final = "nobody was asked"
NO_CONFIDENCE: Final = "No confidence yet"

DECIDED: Final = "Decided: {words}, {person}"
NO_ACTION: Final = "no action yet"
DONE_LAST_WEEK: Final = "done: {what}"
DROPPED_LAST_WEEK: Final = "dropped: {what}"
EDITED: Final = "edited"
CHANGED_SINCE: Final = "Changed since {when}: {what}"
CHANGED_SINCE_THEN: Final = "CHANGED SINCE IT WAS POSTED"
NOTE: Final = "NOTE"
THANKS: Final = "THANKS"

# What the meeting decides
DECIDE: Final = "Decide"
DECIDE_TITLE: Final = "Decide"
CHANGE_TITLE: Final = "Change the decision"
WHAT_WAS_AGREED: Final = "What did you agree on?"
A_FIX_OR_AN_ACTION: Final = "Is it a fix or an action?"
WHOSE_IS_IT: Final = "Whose is it?"
DECISION_KIND: Final = {
    DecisionKind.ACTION: "An action: it joins their actions for next week",
    DecisionKind.FIX: "A fix: it stands in the digest",
}
DECIDED_BEFORE: Final = "Decided so far"
CHANGE: Final = "Change"
UNDO: Final = "Undo"
NOTHING_AGREED: Final = "What did you agree on? A few words are enough."
NOBODY_CHOSEN: Final = "Whose is it?"
CANNOT_DO_IT: Final = "{person} is not active in this workspace. Who else could do it?"
NOT_OF_THE_TEAM: Final = "The members and leads of {team} decide here, so I left everything as it is."
NOT_YOUR_DECISION: Final = "Whoever wrote that down, or a lead of the team, can change it."
DECIDING_IS_OVER: Final = (
    "The next check-in has begun, so this digest is closed. What it says stays as it is."
)
NOT_OUT_YET: Final = "This digest is not out yet. You can decide once it is."
NO_SUCH_ITEM: Final = "That key result has been dropped or moved since, so there is nothing to decide."
NO_SUCH_DECISION: Final = "That decision is not there any more."

# What a lead does with the digest
PREVIEW_TITLE: Final = "The digest"
ONLY_YOU: Final = "Only you see this. The digest goes to {channel} on {when}; so far it looks like this."
ONLY_YOU_OUT: Final = (
    "Only you see this. The digest is out in {channel}; what you change here changes it there."
)
WHICH_DIGEST: Final = "You lead several teams. Which digest would you like to see?"
NOT_LED: Final = "No single team that you lead is called “{name}”. Which digest would you like to see?"
A_NOTE: Final = "A note from you"
A_NOTE_HINT: Final = "It stands at the top of the digest."
PINGS: Final = "Mentions"
PING_THEM: Final = "Ping those who have an action for next week"
PINGS_HINT: Final = "It stays so for the team's next digests. Nobody else is ever pinged."
SAVE: Final = "Save"
POST_NOW: Final = "Post it now"
POST_NOW_TITLE: Final = "Post the digest now?"
POST_IT: Final = "Post it"
POSTED_NOW: Final = (
    "The digest is on its way. Whoever still answers is on time as before, and I bring it up to date."
)
POSTED_BEFORE: Final = "The digest is out already, so nothing was posted twice."
LEADS_ONLY: Final = "A team's lead can look at its digest beforehand. You lead no such team."
NO_DIGEST_NOW: Final = "{team} has no check-in running, so there is no digest to look at yet."
NO_OBJECTIVES_NOW: Final = "{team} has no OKRs in a running cycle any more, so there is no digest to look at."
NOT_OPENED: Final = "Slack did not let me open it just now. Please try again in a moment."

# The chart in the digest's thread
CHART_TITLE: Final = "{team}, week {week} of {weeks}: progress and pace as the digest came out"
OF_THE_WAY: Final = "{progress} of the way"
WEEK_BY_WEEK: Final = "; week by week {course}"
NO_READING: Final = "no update"
NOT_DRAWN: Final = "{what} more: see the digest."

# What a key result is measured by
DONE_YET: Final = ("not yet", "done")
"""Of a milestone without steps: whether it is done."""
OF_STEPS: Final = "{part} of {steps}"
TO_BE_DONE: Final = "to be done"
OUTSIDE: Final = "outside what it should keep"
STEPS_DONE: Final = "Which steps of KR{number} are done?"
IS_IT_DONE: Final = "Is KR{number} done?"
IT_IS_DONE: Final = "It is done"
DUE: Final = "due {day}"

# What cannot be done
NOT_YOURS: Final = "That check-in is not yours, so I left everything as it is."
NOTHING_TO_TAKE_BACK: Final = (
    "There is nothing left to take back, so I changed nothing. The form still takes another answer."
)
KEY_RESULTS_GONE: Final = "Your key results have changed since; nothing of this check-in is asked of you now."
STORAGE_AWAY: Final = (
    "I could not save that just now, so nothing was changed. What you typed is still yours: "
    "please try again in a moment."
)
SLACK_AWAY: Final = "Slack does not tell me just now who you are. Please try again in a moment."
GUESTS_SEE_THEIRS: Final = "As a guest of this workspace you see only your own OKRs. /okr shows them."
NO_TEAMS: Final = "There are no teams yet. /okr setup makes the first one."

# Messages in trouble, to a lead
POST_AGAIN: Final = "Post again"
IT_IS_THERE: Final = "It is there"
LEAVE_IT: Final = "Leave it"
NOT_SENT: Final = "{what} could not be sent: {why}."
MAYBE_SENT: Final = (
    "{what} may be there or not, and I cannot look: {why}. Please look for me. If it is there I leave it as "
    "it is: I cannot bring it up to date later, and no further page of it follows."
)
NOTHING_TO_DECIDE: Final = "Everything is settled. Thank you."
DECIDED_ALREADY: Final = "That is settled already; nothing was changed."
NOT_YOURS_TO_DECIDE: Final = "A lead of that team decides about this message, so I left everything as it is."
MORE_TROUBLES: Final = "okra deliveries lists them all, for whoever runs me."
REASONS: Final = {
    "not_in_channel": "I am not in the channel; /invite me there",
    "channel_not_found": "I cannot see the channel; if it is private, /invite me there",
    "is_archived": "the channel is archived",
    "missing_scope": "a permission is missing; whoever runs me can ask okra doctor which",
    "restricted_action": "somebody has restricted who may post there",
    "messages_tab_disabled": "direct messages with me are switched off",
    "user_disabled": "the account is deactivated",
    "cannot_dm_bot": "that account takes no direct messages",
}
"""Slack's error codes in words."""

# /okr and Home
NO_CYCLE: Final = (
    "No cycle is running just now, so there is nothing to check in on. A lead drafts the next one with "
    "/okr draft."
)
NO_OKRS_OWN: Final = (
    "You have no OKRs in this cycle yet. /okr new writes them; then I ask you about them once a week. What "
    "is drafted counts once a lead starts it: /okr draft shows it."
)
NO_OKRS: Final = (
    "There are no OKRs here in this cycle yet. /okr new writes them. What is drafted counts once a lead "
    "starts it: /okr draft shows it."
)
NOTHING_OWED: Final = "Nothing waits for you."

# /okr history
HISTORY: Final = "Your last weeks"
HISTORY_OF: Final = "The last weeks of {whose}"
HISTORY_OF_OTHERS: Final = "The last weeks"
NO_HISTORY: Final = "You have no key results yet, so there is nothing to look back on."
NO_HISTORY_OF: Final = "{whose} has no key results that you can see, so there is nothing to look back on."
NO_UPDATES_YET: Final = "Nothing was said in the last twelve weeks."
NO_SUCH_KEY_RESULT: Final = (
    "No key result that you can see is called “{which}”. Yours are these; write /okr history and a number:"
)
NONE_CALLED: Final = (
    "No key result that you can see is called “{which}”. /okr search looks for similar words, too."
)
NO_SUCH_KEY_RESULT_OF: Final = "None of {whose}’s is called “{which}”. These are:"
SAID_BY: Final = "by {who}"
AWAY_THEN: Final = "away"
NO_ANSWER: Final = "no answer"
HISTORY_ACTIONS: Final = "What you meant to do"
HISTORY_THANKS: Final = "Whom you thanked"
PICTURE: Final = "Picture"
PICTURE_OF: Final = "Picture of …"
PICTURE_TITLE: Final = "{about}: progress and pace on {day}, week {week} of {weeks}"
PICTURE_COMES: Final = "It comes into your direct messages with me, where only you see it."
PICTURE_THERE: Final = "It is in your direct messages with me already. /okr history offers a newer one."
NOTHING_TO_DRAW: Final = "Nothing has been said of that key result yet, so there is nothing to draw."
CANNOT_SEE_IT: Final = "You cannot see that key result, so I drew nothing. /okr history shows yours."
NO_PICTURE: Final = "I could not send you the picture: {why}. This is what it would show."
DROPPED: Final = "dropped"

TO_TARGET: Final = "→ target {target}"


def value_later(on: date) -> str:
    return f"its value is due on {short_day(on)}"


# How key results stand
HEALTH: Final = {
    Health.CLOSED: "closed",
    Health.AWAY: "away",
    Health.NO_DATA: "no update yet",
    Health.SILENT: "silent",
    Health.RED: "red",
    Health.YELLOW: "yellow",
    Health.GREEN: "green",
}
DISAGREEMENT: Final = {
    Disagreement.CONFIDENT_BUT_BEHIND: "confident, but behind",
    Disagreement.DOUBTFUL_BUT_AHEAD: "doubtful, but ahead",
}
BLOCKER: Final = {
    BlockerKind.RESOURCE: "Resource: people, time or money",
    BlockerKind.DEPENDENCY: "Dependency: waiting for somebody",
    BlockerKind.CLARITY: "Clarity: not sure what is wanted",
    BlockerKind.PRIORITY: "Priority conflict: other work first",
    BlockerKind.EXTERNAL: "External: outside the company",
}
BECAME_OF_IT: Final = {ClearingOutcome.CLEARED: "cleared", ClearingOutcome.NOT_MINE: "not theirs"}
OBJECTIVE_KIND: Final = {ObjectiveKind.COMMITTED: "committed", ObjectiveKind.ASPIRATIONAL: "aspirational"}


def keep(low: str | None, high: str | None) -> str:
    """ "keep at least 99 %", "keep at most 5", "keep 2 to 4"; one of the two is there."""
    if low is None or high is None:
        return f"keep at most {high}" if low is None else f"keep at least {low}"
    return f"keep {low} to {high}"


def unknown_team(name: str, known: Sequence[str]) -> str:
    if not known:
        return NO_TEAMS
    which = f"There is no team “{name}”." if name else "Which team?"
    there = f"There is {known[0]}." if len(known) == 1 else f"There are {listed(known, TEAMS_NAMED)}."
    return f"{which} {there}" + (" /okr company lists all." if len(known) > TEAMS_NAMED else "")


def next_prompt(moment: datetime) -> str:
    return f"I ask you next on {day_and_clock(moment)}."


def resumed(coming: datetime | None) -> str:
    return f"{RESUMED} {next_prompt(coming)}" if coming else RESUMED


def absence_days(absence: Absence) -> str:
    return days(absence.starts, absence.ends or absence.starts)


def away_noted(absence: Absence, today: date) -> str:
    if absence.starts == absence.ends == today:
        return "You are away today: I ask you nothing."
    return f"You are away {absence_days(absence)}: I ask you nothing on {away_day(absence)}."


def away_cancelled(absence: Absence, today: date, still: Absence | None) -> str:
    """`still`: other days on which they are away all the same."""
    if still is not None:
        return f"Cancelled; you are still away {absence_days(still)}."
    if absence.starts < today:
        return "Welcome back: you are here from today on."
    return f"Cancelled: you are here {absence_days(absence)}."


def away_now(absence: Absence) -> str:
    return f"You are away until {day(absence.ends or absence.starts)}."


def passed_by(absence: Absence) -> str:
    return f"You are away {absence_days(absence)}, so this check-in passes you by."


def answers_for_you(names: Sequence[str]) -> str:
    return f"{listed(names, MISSING_NAMED)} {'answers' if len(names) == 1 else 'answer'} for you this time."


def not_days(problem: NotDays, text: str = "") -> str:
    return NOT_DAYS[problem.why].format(said=problem.said, text=text)


def later(choice: Later, moment: datetime, on: date) -> str:
    if choice is Later.HOUR:
        return IN_AN_HOUR
    return f"At {clock(moment)}" if moment.date() == on else f"{DAYS[moment.weekday()]} at {clock(moment)}"


def comes_back(moment: datetime, on: date) -> str:
    return f"I come back {'at ' + clock(moment) if moment.date() == on else 'on ' + day_and_clock(moment)}."


def missing(names: Sequence[str]) -> str:
    who = f"{listed(names, MISSING_NAMED)} {'has' if len(names) == 1 else 'have'}"
    return f"{who} missed two check-ins in a row. Perhaps ask how it goes? I tell you this once."


def attendance(found: Attendance) -> str:
    """ "Your last 12 check-ins: 10 on time, 1 late, 1 missed. …" """
    kinds = ((found.on_time, "on time"), (found.late, "late"), (found.missed, "missed"))
    said = ", ".join(f"{number} {kind}" for number, kind in kinds if number)
    return f"Your last {count(found.all, 'check-in')}: {said}. Only you see this."


def team_record(record: TeamRecord) -> tuple[str, str]:
    """ "92 % answered over the last 8 check-ins, 100 % at the last, 50 % at the lowest", beside which these
    weeks are drawn, and " · a digest 8 weeks in a row"."""
    known = [week for week in record.weeks if week is not None]
    lowest, last = min(known), known[-1]
    run = f" · a digest {record.run} weeks in a row" if record.run > 1 else ""
    if len(known) == 1:
        return f"{record.response} % answered at the last check-in", run
    if lowest == max(known):
        return f"{record.response} % answered at each of the last {len(known)} check-ins", run
    said = f"{record.response} % answered over the last {len(known)} check-ins, {last} % at the last"
    return said + (f", {lowest} % at the lowest" if lowest < last else ""), run


def away_day(absence: Absence) -> str:
    return "that day" if absence.starts == absence.ends else "these days"


def post_now(waiting: int) -> str:
    """What is asked before a digest is posted early."""
    still = f"{count(waiting, 'person has', 'people have')} not answered yet; " if waiting else ""
    return f"It comes before its hour. {capital(still)}nobody is late because of that."


def answered(people: str) -> str:
    return f"{people} answered"


def earlier_decisions(number: int) -> str:
    return f"Decided: {count(number, 'thing')} before"


def level(confidence: int) -> str:
    """High, medium or low."""
    if confidence >= HIGH_CONFIDENCE:
        return "high"
    return "medium" if confidence >= MEDIUM_CONFIDENCE else "low"


def confidence(now: int, before: int | None) -> str:
    """ "confidence 7 (was 8)"; what it was is left out where it is the same or unknown."""
    was = f" (was {before})" if before is not None and before != now else ""
    return f"confidence {now}{was}"


def gap(points: int) -> str:
    """A gap in pp (positive is behind)."""
    if points > 0:
        return f"{points} pp behind"
    return f"{-points} pp ahead" if points < 0 else "on pace"


def silence(weeks: int) -> str:
    return f"no update for {count(weeks, 'week')}"


def reason(error: str) -> str:
    """Why Slack refused something, in words where there are any; Slack's own word is kept beside them."""
    code = error.partition(" ")[0]
    return f"{REASONS[code]} ({code})" if code in REASONS else error
