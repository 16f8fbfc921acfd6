"""What somebody is to a thing, from the database only, and whether that is enough for what they want."""

from collections.abc import Iterable
from dataclasses import replace

from bot.okr.model import KeyResult, Objective, Person, Role
from bot.okr.rights import MAY, Operation, Part, may, may_see
from bot.services.people import shown_name
from bot.storage import okrs, people, teams
from bot.storage.engine import Connection

_OF_ROLE = {Role.LEAD: Part.LEAD, Role.MEMBER: Part.MEMBER, Role.OBSERVER: Part.OBSERVER}


class NotAllowed(Exception):  # noqa: N818 - it says what is so
    """Somebody may not do it; these people may (names, perhaps none)."""

    def __init__(self, operation: Operation, may_instead: tuple[str, ...] = ()) -> None:
        super().__init__(operation.value)
        self.operation = operation
        self.may_instead = may_instead


def in_workspace(person: Person) -> set[Part]:
    """Whoever Slack has told us nothing of may be a guest, too, and may do as little."""
    if not person.active:
        return set()
    parts = set() if person.guest or not person.name else {Part.EVERYONE}
    return parts | ({Part.ADMIN} if person.admin else set())


def in_team(connection: Connection, person: Person, team_id: int) -> set[Part]:
    if not person.active:
        return set()
    roles = {one.role for one in teams.memberships_of(connection, team_id) if one.person_id == person.id}
    return in_workspace(person) | {_OF_ROLE[one] for one in roles}


def in_objective(connection: Connection, person: Person, objective: Objective) -> set[Part]:
    parts = in_team(connection, person, objective.team_id)
    if person.active and person.id == objective.owner_id:
        parts.add(Part.OWNER)
    if person.active and person.id in objective.readers:
        parts.add(Part.READER)
    return parts


def in_key_result(
    connection: Connection, person: Person, key_result: KeyResult, objective: Objective, *, away: bool = False
) -> set[Part]:
    """`away`: whether its owner is, so that the delegate stands in."""
    parts = in_objective(connection, person, objective)
    if Part.OWNER in parts:
        parts = parts - {Part.OWNER} | {Part.OBJECTIVE_OWNER}
    if person.active and person.id == key_result.owner_id:
        parts.add(Part.OWNER)
    if person.active and away and person.id == key_result.delegate_id:
        parts.add(Part.STAND_IN)
    return parts


def visible(person: Person | None, objectives: Iterable[Objective]) -> list[Objective]:
    """Those that somebody may see; guests see no key results of others' in them, unless it is theirs."""
    return [_as_seen(person, one) for one in objectives if person and may_see(person, one)]


def _as_seen(person: Person, objective: Objective) -> Objective:
    if not person.guest or person.id == objective.owner_id:
        return objective
    own = (one for one in objective.key_results if person.id in {one.owner_id, one.delegate_id})
    return replace(objective, key_results=tuple(own))


def seen_of(connection: Connection, person: Person | None, parts: Iterable[Objective]) -> list[Objective]:
    """The same of objectives of which not all key results are given: who sees one is decided by all."""
    given = list(parts)
    seen = {one.id for one in visible(person, okrs.whole(connection, [one.id for one in given]).values())}
    return [one for one in given if one.id in seen]


def public(objectives: Iterable[Objective]) -> list[Objective]:
    """Those that may stand where everybody reads, such as a channel; rollups count only these."""
    return [one for one in objectives if not one.private]


def require_in_team(connection: Connection, person: Person, operation: Operation, team_id: int) -> None:
    """Raises NotAllowed."""
    if not may(operation, in_team(connection, person, team_id)):
        leads = teams.leads_of(connection, team_id) if Part.LEAD in MAY[operation] else ()
        raise NotAllowed(operation, _names(connection, leads))


def require_in_objective(
    connection: Connection, person: Person, operation: Operation, objective: Objective
) -> None:
    """Raises NotAllowed; of a private one it names nobody."""
    if not may(operation, in_objective(connection, person, objective), private=objective.private):
        raise NotAllowed(operation, _who_may(connection, objective, objective.owner_id))


def require_in_key_result(
    connection: Connection,
    person: Person,
    operation: Operation,
    key_result: KeyResult,
    objective: Objective,
) -> None:
    """Raises NotAllowed; of a private one it names nobody."""
    parts = in_key_result(connection, person, key_result, objective)
    if not may(operation, parts, private=objective.private):
        raise NotAllowed(operation, _who_may(connection, objective, key_result.owner_id))


def _who_may(connection: Connection, objective: Objective, owner_id: int) -> tuple[str, ...]:
    if objective.private:
        return ()
    return _names(connection, [owner_id, *teams.leads_of(connection, objective.team_id)])


def _names(connection: Connection, ids: Iterable[int]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(ids))
    known = people.by_ids(connection, wanted)
    return tuple(shown_name(known[one]) for one in wanted if one in known and known[one].active)
