"""What somebody may write on: objectives and key results found for them, and the places for new ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.okr.days.zones import team_zone
from bot.okr.model import LARGEST_ID, Cycle, KeyResult, Objective, Person, Role, Team
from bot.okr.rights import Operation, may, may_see
from bot.okr.writing.cycles import overlap
from bot.services import permissions
from bot.services.okrs.okr_sets import asks_for_reason, is_draft, taken
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection


class WhyNot(StrEnum):
    """Why nothing can be written there."""

    GONE = "gone"
    """Dropped or deleted meanwhile, nothing that the person may see, or a forged id."""
    OVER = "over"
    """Its cycle has ended."""
    NO_TEAM = "no team"
    """The person is in none that they could write for."""
    NO_CYCLE = "no cycle"
    """None is running or to come."""


class CannotWrite(Exception):  # noqa: N818 - it says what is so
    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Found:
    """An objective, perhaps one of its key results, and where it stands."""

    objective: Objective
    """With its key results."""
    team: Team
    cycle: Cycle
    draft: bool
    """Its set has not started."""
    asks_reason: bool
    key_result: KeyResult | None = None

    @property
    def one(self) -> KeyResult:
        """Of a key result that was found."""
        if self.key_result is None:
            raise LookupError("an objective was found, none of its key results")
        return self.key_result


@dataclass(frozen=True, slots=True)
class Place:
    """A team and a cycle for which somebody may write an objective."""

    team: Team
    cycle: Cycle
    asks_reason: bool
    for_team: bool
    """Otherwise only one of their own."""


def person_of(connection: Connection, slack_id: str) -> Person:
    """Whoever we know; raises NotAllowed for others."""
    person = people.by_slack_id(connection, slack_id)
    if person is None or not person.active:
        raise permissions.NotAllowed(Operation.ADD_PERSONAL_OBJECTIVE)
    return person


def objective(connection: Connection, person: Person, objective_id: int, now: datetime) -> Found:
    """One that the person sees and that can still be changed; raises CannotWrite. Whether they may change it
    is asked elsewhere."""
    found = okrs.whole(connection, [min(objective_id, LARGEST_ID)]).get(objective_id)
    if found is None or not may_see(person, found):
        raise CannotWrite(WhyNot.GONE)
    return _found(connection, found, now)


def key_result(connection: Connection, person: Person, key_result_id: int, now: datetime) -> Found:
    """As `objective`, of one of its key results."""
    row = okrs.key_results_by_ids(connection, [min(key_result_id, LARGEST_ID)]).get(key_result_id)
    if row is None:
        raise CannotWrite(WhyNot.GONE)
    found = objective(connection, person, row.objective_id, now)
    for one in found.objective.key_results:
        if one.id == key_result_id:
            return Found(found.objective, found.team, found.cycle, found.draft, found.asks_reason, one)
    raise CannotWrite(WhyNot.GONE)


def held(
    connection: Connection,
    find: Callable[[Connection, Person, int, datetime], Found],
    person: Person,
    number: int,
    now: datetime,
) -> Found:
    """As `find` gives it, and as it stays until the transaction ends: nobody else writes the team's OKRs."""
    teams.hold(connection, find(connection, person, number, now).team.id)
    return find(connection, person, number, now)


def places(connection: Connection, person: Person, now: datetime) -> list[Place]:
    """Where the person may write an objective, the running cycle first; raises CannotWrite."""
    parts = permissions.parts_of(connection, person)
    mine = [
        (team, role)
        for team, role in teams.teams_of(connection, person.id)
        if may(Operation.ADD_PERSONAL_OBJECTIVE, parts.in_team(team.id))
    ]
    if not mine:
        raise CannotWrite(WhyNot.NO_TEAM)
    cycles = okr_cycles.everything(connection)
    found = [
        Place(team, cycle, reason_in(connection, team, cycle, now), role is Role.LEAD)
        for team, role in mine
        for cycle in _open_to(connection, team, cycles)
        if cycle.ends >= today(team, now)
    ]
    if not found:
        raise CannotWrite(WhyNot.NO_CYCLE)
    return sorted(found, key=lambda one: (one.cycle.starts > today(one.team, now), one.team.id))


def place(connection: Connection, person: Person, wanted: tuple[int, int], now: datetime) -> Place:
    """By the ids of a team and a cycle; raises CannotWrite."""
    for one in places(connection, person, now):
        if (one.team.id, one.cycle.id) == wanted:
            return one
    raise CannotWrite(WhyNot.GONE)


def _open_to(connection: Connection, team: Team, cycles: Iterable[Cycle]) -> list[Cycle]:
    """The cycles of a team never overlap."""
    own = taken(connection, team.id)
    return [
        one
        for one in cycles
        if any(other.id == one.id for other in own) or not any(overlap(one, other) for other in own)
    ]


def all_of(connection: Connection, person: Person, now: datetime) -> list[Objective]:
    """Every objective that can be changed and that the person sees: first those in which they own something,
    then those of their teams, the cycle that began last first."""
    cycles = [one.id for one in okr_cycles.everything(connection) if one.ends >= now.date()]
    own = okrs.of_owner(connection, person.id, cycles, drafts=True)
    ids = [one.id for one in own]
    for team, _ in teams.teams_of(connection, person.id):
        ids += [one.id for one in okrs.of_team(connection, team.id, cycles, drafts=True)]
    whole = okrs.whole(connection, ids)
    return permissions.visible(person, (whole[one] for one in dict.fromkeys(ids)))


def reason_in(connection: Connection, team: Team, cycle: Cycle, now: datetime) -> bool:
    """Whether writing there takes a reason. What is the first of a set begins as a draft."""
    if begins_draft(connection, team.id, cycle.id):
        return False
    return asks_for_reason(connection, team.id, cycle, today(team, now))


def begins_draft(connection: Connection, team_id: int, cycle_id: int) -> bool:
    """Whether the team has neither objectives nor a draft in that cycle yet, or has given its draft up."""
    return not okr_cycles.is_used(connection, cycle_id, team_id)


def today(team: Team, now: datetime) -> date:
    return now.astimezone(team_zone(team)).date()


def themes(known: Iterable[Objective]) -> Sequence[str]:
    return sorted({one.theme for one in known if one.theme}, key=str.casefold)


def _found(connection: Connection, one: Objective, now: datetime) -> Found:
    team = teams.by_id(connection, one.team_id)
    cycle = okr_cycles.by_id(connection, one.cycle_id)
    if cycle is None or cycle.ends < today(team, now):
        raise CannotWrite(WhyNot.OVER)
    draft = is_draft(connection, team.id, cycle.id)
    return Found(one, team, cycle, draft, asks_for_reason(connection, team.id, cycle, today(team, now)))
