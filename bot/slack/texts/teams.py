"""What is said about teams: setting one up, its week, who has gone, admins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.services.teams.team_fields import NAME_MOST, Why
from bot.slack import phrases

# The form
SET_UP_BUTTON: Final = "Set up a team"
SET_UP_TITLE: Final = "Set up a team"
CHANGE_TEAM_TITLE: Final = "Change the team"
SET_UP_INTRO: Final = "Nobody is asked anything until a lead starts the check-ins."
NAME: Final = "What is the team called?"
CHANNEL: Final = "In which channel does it meet?"
CHANNEL_HINT: Final = "Its digest comes there. Invite me first: /invite @Okra"
LEADS: Final = "Who leads it?"
WHO_BELONGS: Final = "Who belongs to it?"
EVERYBODY: Final = "Everybody in the channel, whoever joins or leaves it later, too"
THESE_PEOPLE: Final = "The people whom I name below"
MEMBERS: Final = "Members"
MEMBERS_HINT: Final = "Leave it empty where everybody in the channel belongs to the team."
OBSERVERS: Final = "Observers"
OBSERVERS_HINT: Final = "They see everything and are asked nothing."
MEETING_DAY: Final = "When does the team meet?"
MEETING_HINT: Final = "The digest comes an hour before. Without a meeting it comes once all could answer."
NO_MEETING: Final = "No meeting"
MEETING_AT: Final = "At what time?"
CHECK_IN_DAY: Final = "On which day do you want to be asked?"
CHECK_IN_DAY_HINT: Final = "A day that you change counts from the week after."
ZONE: Final = "Whose clock does the team go by?"
ZONE_HINT: Final = "Type a city, such as London. Everybody is asked by their own clock all the same."
PARENT: Final = "Which team is above it?"
PARENT_HINT: Final = "Leave it empty for the company itself."
NO_PARENT: Final = "None"
CHOOSE: Final = "Choose"
TYPE_A_CITY: Final = "Type a city"
FIELD: Final = {
    "name": "its name",
    "channel": "its channel",
    "leads": "who leads it",
    "from_channel": "who belongs to it",
    "members": "its members",
    "observers": "its observers",
    "meeting_day": "when it meets",
    "meeting_at": "when it meets",
    "check_in_day": "its check-in day",
    "zone": "its time zone",
    "parent_id": "the team above it",
}
PROBLEMS: Final = {
    Why.EMPTY_NAME: "What is the team called? A word or two are enough.",
    Why.LONG_NAME: f"That is too long: {{about}} characters of at most {NAME_MOST}.",
    Why.TAKEN: "There is a team “{about}” already. Which other name would fit?",
    Why.NO_CHANNEL: "In which channel does the team meet? A direct message cannot be one.",
    Why.BOT_OUTSIDE: "I am not in that channel. Write /invite @Okra there, then send this again.",
    Why.SAME_PEOPLE: (
        "Everybody in that channel belongs to {about} already. Choose another channel, or name the people."
    ),
    Why.NO_LEAD: "Somebody has to lead the team: they start the check-ins and get the team’s notices.",
    Why.NOT_HERE: "None of them has an active account here. Who else leads the team?",
    Why.GUEST_LEADS: "{about} is a guest here, and guests cannot lead a team. Who else does?",
    Why.TWO_WAYS: (
        "Everybody in the channel belongs to it, so nobody is named here. Leave this empty, or choose "
        f"“{THESE_PEOPLE}”."
    ),
    Why.NO_DAY: "On which day is that?",
    Why.NO_TIME: "At what time is that? Without a meeting, choose “No meeting”.",
    Why.NO_CHECK_IN_DAY: "Which day of the week is it?",
    Why.UNKNOWN_ZONE: "I know no time zone “{about}”. Type a city and choose one that I offer.",
    Why.UNKNOWN_PARENT: "That team is not there any more. Which one is above it?",
    Why.LOOP: "{about} stands below this team, so it cannot stand above it as well.",
}
NO_SUCH_TEAM: Final = "That team is not there any more, so nothing was changed."
SAVED_TITLE: Final = "Saved"
NEXT_IN_DM: Final = "The next steps, and the button that starts the check-ins, are in your messages with me."

# Its week
WEEK_HEADING: Final = "{team}: how the week looks"
ASKED: Final = "{names}: {when} ({zone} time)"
NEVER: Final = "{names}: not asked, for none of their working days ends before the digest comes."
NOBODY_YET: Final = "Nobody belongs to it yet who could be asked."
DIGEST: Final = "The digest comes on {when} ({zone} time) into "
BEFORE_MEETING: Final = ", an hour before the meeting."
AFTER_ANSWERS: Final = "."
WHO_OWNS: Final = "Only those who own a key result are asked; whoever is away is left in peace."
STILL_LOOKING: Final = "I am still looking who is in the channel; this list grows by itself."
LEFT_OUT: Final = "Left out, because they have no active account here or are bots: {names}."
OBSERVING: Final = "{names}: nothing is asked; they see it all."
NOT_STARTED: Final = "Nobody is asked anything yet."
RUNNING: Final = "The check-ins are running."
NEXT_STEPS: Final = (
    "What comes next: begin a draft with /okr draft, write the OKRs with /okr new, share the draft with the "
    "team, start the cycle, and start the check-ins here."
)
ONLY_START: Final = "The OKRs are there. What is left is to start the check-ins."
LEADS_START: Final = "A lead of the team starts the check-ins."
START: Final = "Start check-ins"
CHANGE_TEAM: Final = "Change team"
STARTED_ALREADY: Final = "The check-ins are running already, so nothing was changed."

# In the channel
STARTED_HEADING: Final = "Weekly check-ins for {team}"
STARTED_BY: Final = "{who} has set me up to post here."
STARTED_DOES: Final = (
    "Once a week I ask everybody who owns a key result how it goes, in a direct message, and put the team’s "
    "digest here on {when}. /okr help says what else I can do."
)

# Who is gone
VACANT_HEADING: Final = "{team}: who takes over?"
OWNER_LEFT: Final = "{title}: {owner} has left the team."
OWNER_INACTIVE: Final = "{title}: {owner} has no active account here any more."
NOBODY_ASKED: Final = "Nobody is asked about them until somebody else owns them."
HAND_OVER: Final = "Hand over"
HAND_OVER_TITLE: Final = "Hand over"
WHO_TAKES_OVER: Final = "Who takes over?"
WHY_NOW: Final = "Why?"
WHY_HINT: Final = "It stands in the next digest."
HAS_LEFT: Final = "{owner} has left"
NOTHING_VACANT: Final = "{team}: every key result has an owner. Thank you."
MORE_VACANT: Final = "{more}; they come up here once these are handed over."
NOBODY_CHOSEN: Final = "Who takes over?"
CANNOT_OWN: Final = "{name} has no active account here. Who else could take over?"
NO_REASON: Final = "Why does it change hands? A word or two are enough."
HANDED_OVER_ALREADY: Final = "{owner} owns that key result now, so nothing was changed."
DROPPED_SINCE: Final = "That key result has been dropped since, so nothing was changed."
HANDED_OVER: Final = (
    "{owner} owns it now, and is asked from the next check-in on, or in this one if it is open."
)
OUTSIDE: Final = "I am not in the channel of {team} any more, so I cannot post its digest there: "
HOW_BACK: Final = "Write /invite @Okra there, or give the team another channel with /okr setup {team}."
INSIDE_AGAIN: Final = "I am in the channel of {team} again. Thank you."
NOT_LEADING: Final = "{who} has left the channel of {team}, so {who} does not lead it any more."
NO_LEAD_LEFT: Final = "{who} has left the channel of {team} and was its only lead. Who leads it now?"
NO_LEAD_ACTIVE: Final = (
    "{who} has no active account any more and was the only lead of {team}. Who leads it now?"
)

# Admins
ADMINS: Final = "Who looks after Okra here"
SLACK_ADMIN: Final = "{who}: an admin of this workspace"
NAMED_ADMIN: Final = "{who}: named here"
NO_ADMINS: Final = "Nobody yet. Slack tells me who is an admin or owner of the workspace when I meet them."
NAME_HINT: Final = "Admins can change every team, have its file sent, and name others: /okr admins @person"
UNNAME: Final = "Take back"
NAMED_NOW: Final = "{who} is an admin now."
NAMED_BEFORE: Final = "{who} is an admin already, so nothing was changed."
UNNAMED_NOW: Final = "{who} is not an admin any more."
NOT_NAMED: Final = "{who} was not named by anybody, so nothing was changed."
CANNOT_BE_ADMIN: Final = "{who} is a guest or has no active account here, and cannot be an admin."
WHO_IS_ADMIN: Final = (
    "Whom do you mean? Write /okr admins and mention one person, such as /okr admins @Hannah"
)

# Home team
HOME_TEAM: Final = "Which of your teams comes first?"
HOME_TEAM_HINT: Final = "/okr team without a name shows it."
FIRST_JOINED: Final = "The first that I joined"


def changed_meanwhile(fields: Sequence[str]) -> str:
    """Said above the form, which holds what its author typed."""
    what = phrases.listed(list(dict.fromkeys(FIELD[one] for one in fields)))
    return (
        f"Somebody else has changed {what} since you opened this. Where you changed it as well, yours still "
        "stands below; what you left alone shows theirs. Look it over, then send it."
    )


def is_now(field: str, value: str) -> str:
    """ "Its name is now “Tea”." """
    return f"{phrases.capital(FIELD[field])}, as saved now: {value}."


def hour_of(moment: datetime) -> str:
    """ "Friday at 10:00": it is so every week."""
    return f"{phrases.DAYS[moment.weekday()]} at {phrases.clock(moment)}"


def zone_name(zone: str) -> str:
    """ "San Francisco" is Los Angeles to the tz database: its city is what people read."""
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")
