"""users.*: the people of the workspace."""

from typing import Any

from bot.practice.api.call import Call, Method
from bot.practice.api.conversations import of_member
from bot.practice.api.paging import limit_of, page
from bot.practice.errors import SlackError
from bot.practice.model import Person
from bot.practice.objects import user_object

Json = dict[str, Any]
MOST_USERS = 1000


def _shown(call: Call, person: Person) -> Json:
    return user_object(call.world, person, with_email="users:read.email" in call.world.scopes)


def info(call: Call) -> Json:
    person = call.world.workspace.people.get(call.text("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": _shown(call, person)}


def list_people(call: Call) -> Json:
    """users.list; without a limit it gives everybody at once."""
    people = list(call.world.workspace.people.values())
    limit = limit_of(call, max(len(people), 1), max(len(people), MOST_USERS))
    found, cursor = page(call, people, limit)
    members = [_shown(call, person) for person in found]
    return {
        "members": members,
        "cache_ts": call.world.seconds(),
        "response_metadata": {"next_cursor": cursor},
    }


def lookup_by_email(call: Call) -> Json:
    wanted = call.text("email").lower()
    for person in call.world.workspace.people.values():
        if person.email and person.email.lower() == wanted and not person.deleted:
            return {"user": _shown(call, person)}
    raise SlackError("users_not_found")


METHODS = (
    Method("users.info", info, scopes=("users:read",), needs=("user",)),
    Method("users.list", list_people, scopes=("users:read",)),
    Method("users.lookupByEmail", lookup_by_email, scopes=("users:read.email",), needs=("email",)),
    Method("users.conversations", of_member),
)
