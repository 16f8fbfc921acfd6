"""What somebody is to a thing, from the database only, and whether that is enough for what they want."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.okr.model import KeyResult, Objective, Person, Role
from bot.okr.rights import MAY, Operation, Part, is_guest, may, may_see
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


class GuestsSeeOnlyTheirs(Exception):  # noqa: N818 - it says what is so
    """A guest or somebody of another organisation asked for OKRs that are not theirs."""


def reader_of_all(connection: Connection, slack_id: str) -> Person:
    """Somebody who may look at everybody's; raises GuestsSeeOnlyTheirs."""
    reader = people.by_slack_id(connection, slack_id)
    if reader is None or is_guest(reader):
        raise GuestsSeeOnlyTheirs
    return reader


def known_reader(connection: Connection, slack_id: str, *, guests: bool = False) -> Person:
    """Somebody of whom Slack has told us, with an account; with `guests`, one of them, too. Raises
    GuestsSeeOnlyTheirs."""
    person = people.by_slack_id(connection, slack_id)
    if person is None or not person.active or not person.name or (person.guest and not guests):
        raise GuestsSeeOnlyTheirs
    return person


def in_workspace(person: Person) -> set[Part]:
    if not person.active:
        return set()
    parts = set() if is_guest(person) else {Part.EVERYONE}
    return parts | ({Part.ADMIN} if person.admin else set())


@dataclass(frozen=True, slots=True)
class Parts:
    """What one person is to everything there is, looked up once however long the list is."""

    person: Person
    roles: Mapping[int, Role]
    """By the ids of their teams."""

    def in_team(self, team_id: int) -> set[Part]:
        if not self.person.active:
            return set()
        role = self.roles.get(team_id)
        return in_workspace(self.person) | ({_OF_ROLE[role]} if role else set())

    def in_objective(self, objective: Objective) -> set[Part]:
        parts = self.in_team(objective.team_id)
        if self.person.active and self.person.id == objective.owner_id:
            parts.add(Part.OWNER)
        if self.person.active and self.person.id in objective.readers:
            parts.add(Part.READER)
        return parts

    def in_key_result(self, key_result: KeyResult, objective: Objective, *, away: bool = False) -> set[Part]:
        """`away`: whether its owner is, so that the delegate stands in."""
        parts = self.in_objective(objective)
        if Part.OWNER in parts:
            parts = parts - {Part.OWNER} | {Part.OBJECTIVE_OWNER}
        if self.person.active and self.person.id == key_result.owner_id:
            parts.add(Part.OWNER)
        if self.person.active and away and self.person.id == key_result.delegate_id:
            parts.add(Part.STAND_IN)
        return parts

    def may_change(self, one: Objective) -> bool:
        return may(Operation.CHANGE_OBJECTIVE, self.in_objective(one), private=one.private)

    def may_change_key_result(self, one: KeyResult, of: Objective) -> bool:
        return may(Operation.CHANGE_KEY_RESULT, self.in_key_result(one, of), private=of.private)


def parts_of(connection: Connection, person: Person) -> Parts:
    return Parts(person, {team.id: role for team, role in teams.teams_of(connection, person.id)})


def in_team(connection: Connection, person: Person, team_id: int) -> set[Part]:
    return parts_of(connection, person).in_team(team_id)


def visible(person: Person | None, objectives: Iterable[Objective]) -> list[Objective]:
    """Those that somebody may see; guests see no key results of others' in them, unless it is theirs."""
    return [_as_seen(person, one) for one in objectives if person and may_see(person, one)]


def _as_seen(person: Person, objective: Objective) -> Objective:
    if not is_guest(person) or person.id == objective.owner_id:
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
    if not may(operation, parts_of(connection, person).in_objective(objective), private=objective.private):
        raise NotAllowed(operation, _who_may(connection, operation, objective, objective.owner_id))


def require_in_key_result(
    connection: Connection,
    person: Person,
    operation: Operation,
    key_result: KeyResult,
    objective: Objective,
) -> None:
    """Raises NotAllowed; of a private one it names nobody."""
    parts = parts_of(connection, person).in_key_result(key_result, objective)
    if not may(operation, parts, private=objective.private):
        raise NotAllowed(operation, _who_may(connection, operation, objective, key_result.owner_id))


def _who_may(
    connection: Connection, operation: Operation, objective: Objective, owner_id: int
) -> tuple[str, ...]:
    if objective.private:
        return ()
    leads = teams.leads_of(connection, objective.team_id) if Part.LEAD in MAY[operation] else ()
    return _names(connection, [owner_id, *leads])


def _names(connection: Connection, ids: Iterable[int]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(ids))
    known = people.by_ids(connection, wanted)
    return tuple(shown_name(known[one]) for one in wanted if one in known and known[one].active)
