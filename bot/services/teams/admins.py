"""Who looks after Okra here: Slack's own admins and owners, and whom they name."""

from dataclasses import dataclass

from bot.okr.model import LARGEST_ID, Person
from bot.okr.rights import Operation, may
from bot.services import permissions
from bot.services.people import shown_name
from bot.services.permissions import NotAllowed
from bot.storage import people
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class AdminsView:
    slack: tuple[str, ...]
    """Names; nobody here can take that from them."""
    named: tuple[tuple[int, str], ...]
    """Ids and names of those whom others have named, and who are not Slack's own."""
    may_name: bool
    """Whether the reader is one of them."""


class CannotBeAdmin(Exception):  # noqa: N818 - it says what is so
    """A guest, or somebody without an active account; by that name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def load(database: Database, slack_id: str) -> AdminsView:
    """Raises NotAllowed for guests."""
    with database.reading() as connection:
        reader = people.by_slack_id(connection, slack_id)
        if reader is None or not may(Operation.SEE, permissions.in_workspace(reader)):
            raise NotAllowed(Operation.SEE)
        own, named = people.slack_admins(connection), people.named_admins(connection)
        known = [one for one in people.everyone(connection) if one.active]
        return AdminsView(
            tuple(shown_name(one) for one in known if one.id in own),
            tuple((one.id, shown_name(one)) for one in known if one.id in named and one.id not in own),
            may(Operation.NAME_ADMIN, permissions.in_workspace(reader)),
        )


def name(database: Database, slack_id: str, whom: str) -> tuple[str, bool]:
    """Their name, and whether they were no admin before; raises NotAllowed, CannotBeAdmin."""
    with database.transaction() as connection:
        _require(connection, slack_id)
        person = people.ensure(connection, whom)
        if not person.active or person.guest:
            raise CannotBeAdmin(shown_name(person))
        people.name_admin(connection, person.id, named=True)
        return shown_name(person), not person.admin


def take_back(database: Database, slack_id: str, person_id: int) -> tuple[str, bool]:
    """Their name, and whether they had been named; raises NotAllowed. Slack's own stay admins."""
    with database.transaction() as connection:
        by = _require(connection, slack_id)
        wanted = [person_id] if 0 < person_id <= LARGEST_ID else []
        person = people.by_ids(connection, wanted).get(person_id, by)
        was = person_id in people.named_admins(connection)
        if was:
            people.name_admin(connection, person_id, named=False)
        return shown_name(person), was


def _require(connection: Connection, slack_id: str) -> Person:
    person = people.by_slack_id(connection, slack_id)
    if person is None or not may(Operation.NAME_ADMIN, permissions.in_workspace(person)):
        others = [one for one in people.everyone(connection) if one.admin and one.active]
        raise NotAllowed(Operation.NAME_ADMIN, tuple(shown_name(one) for one in others[:3]))
    return person
