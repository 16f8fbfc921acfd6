"""What somebody may see when they look things up: everybody's, but for what is private, and guests."""

from collections.abc import Iterable
from dataclasses import replace

from bot.okr.model import Objective, Person
from bot.services import permissions
from bot.services.looking_up.lookups import GuestsSeeOnlyTheirs
from bot.storage import people
from bot.storage.engine import Connection


def is_guest(person: Person | None) -> bool:
    """Whoever Slack has told us nothing of may be one, too, and sees as little."""
    return person is None or person.guest or not person.name


def reader_of_all(connection: Connection, slack_id: str) -> Person:
    """Raises GuestsSeeOnlyTheirs."""
    reader = people.by_slack_id(connection, slack_id)
    if reader is None or is_guest(reader):
        raise GuestsSeeOnlyTheirs
    return reader


def seen(reader: Person | None, objectives: Iterable[Objective]) -> list[Objective]:
    """Those that they may see, given with all key results; a guest sees only their own of these."""
    visible = permissions.visible(reader, objectives)
    if reader is None or not is_guest(reader):
        return visible
    return [one if one.owner_id == reader.id else _own_part(one, reader) for one in visible]


def _own_part(objective: Objective, guest: Person) -> Objective:
    own = (one for one in objective.key_results if guest.id in {one.owner_id, one.delegate_id})
    return replace(objective, key_results=tuple(own))
