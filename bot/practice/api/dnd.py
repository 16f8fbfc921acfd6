"""dnd.*: when people do not want to be disturbed.

A snooze has no fields of its own here: only whoever snoozes sees those.
"""

from typing import Any

from bot.practice import quiet
from bot.practice.api.call import Call, Method
from bot.practice.errors import SlackError
from bot.practice.model import Person

Json = dict[str, Any]
MOST_USERS = 50


def _told(call: Call, person: Person) -> Json:
    starts, ends = quiet.window(person, call.world.clock())
    enabled = (starts, ends) != quiet.NEVER
    return {"dnd_enabled": enabled, "next_dnd_start_ts": starts, "next_dnd_end_ts": ends}


def info(call: Call) -> Json:
    named = call.text("user", call.world.identity.bot_user_id)
    person = call.world.workspace.people.get(named)
    if person is None:
        raise SlackError("user_not_found")
    return _told(call, person)


def team_info(call: Call) -> Json:
    """Whoever is not known is left out, as are those beyond the fiftieth."""
    named = [one for one in call.text("users").split(",") if one][:MOST_USERS]
    if not named:
        raise SlackError("no_users_provided")
    people = call.world.workspace.people
    return {"users": {one: _told(call, people[one]) for one in named if one in people}}


SCOPES = ("dnd:read",)
METHODS = (
    Method("dnd.info", info, scopes=SCOPES),
    Method("dnd.teamInfo", team_info, scopes=SCOPES, needs=("users",)),
)
