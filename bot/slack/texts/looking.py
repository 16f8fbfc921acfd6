"""What is said of looked-up OKRs: the company, what is at risk, who is waited for, searching, pages, Home."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.okr.health import Health
from bot.okr.overviews import HitKind
from bot.slack.phrases import count, day

# Pages and sharing
TITLE: Final = "Okra"
MORE: Final = "More"
BACK: Final = "Back"
PAGE: Final = "Page {page} of {pages}"
TYPE_IT_AGAIN: Final = "I cannot change that answer any more. Please type it again: /okr {words}"
SHARE: Final = "Share"
SHARED_BY: Final = "Shared by {who}"
SHARING: Final = "It comes here in a moment, for everybody in this channel, without anything private."
SHARED_BEFORE: Final = "You have shared this already; it stands in this channel."
SHARED_NOWHERE: Final = (
    "Only a channel’s answers can be shared. Type the command in a channel, then tap Share."
)
NOT_TO_SHARE: Final = "That cannot be shared, so nothing was posted."
NOT_SHARED: Final = "I could not share that in {channel}: {why}. Then tap Share again."
NOT_SHARED_ELSE: Final = "I could not share that in {channel}: {why}."
NOT_THERE: Final = "what you shared is not there any more"
GUESTS_DO_NOT_SHARE: Final = "As a guest of this workspace you cannot share OKRs in channels."

# The company
COMPANY: Final = "The company"
TEAMS: Final = "Teams"
NO_TOP: Final = "No team stands above the others, so there is no top level. /okr setup can place them."
SEVERAL_TOPS: Final = "Several teams stand at the top; each is shown with its objectives."
NO_OBJECTIVES: Final = "no objectives in this cycle"
NO_DATA: Final = "no data yet"

# At risk
AT_RISK: Final = "At risk"
NOTHING_AT_RISK: Final = "Nothing is red, silent or yellow among {key_results}."
NOTHING_TO_LOOK_AT: Final = "There are no key results here in this cycle yet."
NOT_AT_RISK_YET: Final = "Nothing is at risk before the cycle begins."

# Waiting
WAITING: Final = "Not answered yet"
ALL_ANSWERED: Final = "everybody has answered"
NOBODY_ASKED: Final = "nobody is asked"
NO_ROUND: Final = "No check-in is running, so nobody is waited for."
NO_ROUND_OF: Final = "{team} has no check-in running, so nobody is waited for."
UNTIL: Final = "until {when}"
LATE_IS_WELCOME: Final = "the digest is out; late answers are welcome"

# The cycle before
LAST_CYCLE: Final = "{whose} · {cycle}, ended on {day}"
NO_LAST_CYCLE: Final = "I know of no cycle of {whose} before this one."
OF_THE_WAY: Final = "{percent} % of the way"
NO_UPDATE: Final = "no update"
DROPPED: Final = "dropped"

# Searching
SEARCH: Final = "Search: {words}"
WHAT_TO_SEARCH: Final = "What shall I look for? Write /okr search and some words."
NOTHING_FOUND: Final = "I found nothing called “{words}” that you can see."
HIT: Final = {
    HitKind.TEAM: "Team",
    HitKind.PERSON: "Person",
    HitKind.OBJECTIVE: "Objective",
    HitKind.KEY_RESULT: "Key result",
}
OVER: Final = "over"

# Home
HELLO: Final = "Hello"
WHAT_OKRA_IS: Final = (
    "I am Okra. Once a week I ask the owners of key results how these are doing, which takes a minute, and "
    "tell their team’s channel what to talk about. Nobody has put you in a team yet."
)
LOOK_AROUND: Final = "Until then you can look around: /okr company, /okr search, /okr help."
WHO_TO_ASK: Final = "To join a team, ask one of its leads: {people}."
NOBODY_TO_ASK: Final = "There is no team yet. You can set up the first one; it takes a minute."
YOUR_TEAMS: Final = "Your teams"
YOU_OBSERVE: Final = "You read along here and owe nothing."
NEXT_DIGEST: Final = "next digest {when}"
NO_DIGEST: Final = "no check-in to come"
NOT_STARTED: Final = "check-ins have not started"
A_DRAFT: Final = "A draft for {cycle} waits: /okr draft {team}"
LOOK: Final = "Look"
PREVIEW: Final = "Digest"
LOOK_AT_COMPANY: Final = "All teams"
SETTINGS_BUTTON: Final = "Settings"
SETTINGS_LINE: Final = "You work on {days}, and I ask you at {hour} by your own clock; {reminders}."
ONE_REMINDER: Final = "one reminder, if you have not answered"
NO_REMINDER: Final = "no reminders"
MORE_OF_MINE: Final = "… and {more} than fit here; /okr shows them all."
MORE_TEAMS: Final = "{more}: /okr company"
GUEST: Final = "As a guest of this workspace you see your own OKRs here, and nobody else’s."


def states(counted: Iterable[tuple[Health, int]]) -> str:
    """ "2 red, 1 silent", "nothing at risk"."""
    said = ", ".join(f"{number} {health.value}" for health, number in counted)
    return said or "nothing at risk"


def nothing_at_risk(looked_at: int) -> str:
    return NOTHING_AT_RISK.format(key_results=count(looked_at, "key result"))


def check_in_of(team: str, on: date, answered: int, asked: int) -> str:
    """ "TeeBee, Friday 20 November · 1 of 2 answered"."""
    return f"{team}, {day(on)} · {answered} of {asked} answered"
