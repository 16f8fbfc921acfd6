"""Exporting: what is kept, as the outline of an OKR file that changes nothing when it is imported again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.okr.model import Cycle, Membership, Objective, Person, Role, Team
from bot.okr.outline import Outline, OutlineCycle, OutlinePerson, OutlineTeam
from bot.services.files.export_objectives import Naming, outline_objective
from bot.services.permissions import visible
from bot.storage import okr_cycles, okrs, people, teams, workspace
from bot.storage.engine import Connection, Database

LONGEST_KEY = 60


class UnknownCycle(Exception):  # noqa: N818 - it says what is so
    """There is no cycle of that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = ", ".join(known) or "none yet"
        super().__init__(f"There is no cycle “{name}”. There are: {there}.")


def export_outline(
    database: Database, *, on: date | None = None, cycle: str | None = None, everything: bool = False
) -> Outline:
    """Every team with its objectives of the cycle of that name; with `everything` of all cycles; else of
    those that `on` falls in or, without a day or where it falls in none, of the latest.

    Ids are included, values are not: they are in the updates. Raises UnknownCycle.
    """
    with database.reading() as connection:
        cycles = _cycles(connection, on, cycle, everything=everything)
        return _outline(connection, teams.everything(connection), cycles, reader=None)


def team_outline(connection: Connection, team: Team, on: date, reader: Person) -> Outline:
    """A team with its objectives of the cycles that run, or else of the latest, and its drafts: what `reader`
    may see of them, without anybody's e-mail address."""
    cycles = _cycles(connection, on, None, everything=False)
    drafted = {one.cycle_id for one in okr_cycles.drafts_of(connection, [team.id])}
    known = {one.id for one in cycles}
    cycles += [one for one in okr_cycles.everything(connection) if one.id in drafted and one.id not in known]
    return _outline(connection, [team], cycles, reader)


def _cycles(connection: Connection, on: date | None, name: str | None, *, everything: bool) -> list[Cycle]:
    """The one that began last comes first."""
    known = list(reversed(okr_cycles.everything(connection)))
    if everything:
        return known
    if name is not None:
        named = [one for one in known if one.name == name]
        if not named:
            raise UnknownCycle(name, [one.name for one in known])
        return named
    running = [] if on is None else list(okr_cycles.running(connection, on).values())
    return running or known[:1]


def _outline(
    connection: Connection, exported: Sequence[Team], cycles: Sequence[Cycle], reader: Person | None
) -> Outline:
    """`reader` None: whoever runs Okra, and may read everything."""
    zone = workspace.zone(connection)
    kept = [_keep(connection, team, cycles, reader) for team in exported]
    named = _named(connection, kept)
    keys = _keys(named)
    emails = people.emails(connection) if reader is None else {}
    naming = Naming.of(connection, keys, reader)
    said = [OutlineCycle(one.name, one.starts, one.ends) for one in cycles]
    main = said[0] if said else None
    return Outline(
        zone=zone if reader is None else None,
        cycle=main,
        people=tuple(OutlinePerson(keys[one.id], emails.get(one.id), one.slack_id) for one in named),
        teams=tuple(_team(one, naming, zone if reader is None else None, main) for one in kept),
        cycles=tuple(said[1:]),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A team with all that is exported of it."""

    team: Team
    members: Sequence[Membership]
    objectives: Sequence[Objective]
    drafts: Sequence[str]

    @property
    def owners(self) -> set[int]:
        return {
            owner
            for objective in self.objectives
            for owner in (objective.owner_id, *(one.owner_id for one in objective.key_results))
        }

    @property
    def named(self) -> set[int]:
        delegates = {one.delegate_id for each in self.objectives for one in each.key_results}
        readers = {reader for each in self.objectives if each.private for reader in each.readers}
        return self.owners | readers | {one for one in delegates if one is not None}


def _keep(connection: Connection, team: Team, cycles: Sequence[Cycle], reader: Person | None) -> _Kept:
    """People who left Slack are left out, unless they lead or own something: a file cannot name them."""
    found = okrs.of_team(connection, team.id, [one.id for one in cycles], drafts=True)
    objectives = _in_order(found if reader is None else visible(reader, found), cycles)
    drafted = {one.cycle_id for one in okr_cycles.drafts_of(connection, [team.id])}
    drafts = [one.name for one in cycles if one.id in drafted]
    kept = _Kept(team, teams.memberships_of(connection, team.id), objectives, drafts)
    known = people.by_ids(connection, [one.person_id for one in kept.members])
    needed = [
        one
        for one in kept.members
        if known[one.person_id].active or one.role is Role.LEAD or one.person_id in kept.owners
    ]
    return _Kept(team, needed, objectives, drafts)


def _in_order(objectives: Iterable[Objective], cycles: Sequence[Cycle]) -> list[Objective]:
    order = {one.id: place for place, one in enumerate(cycles)}
    return sorted(objectives, key=lambda one: order[one.cycle_id])


def _named(connection: Connection, kept: Sequence[_Kept]) -> list[Person]:
    ids = {one.person_id for each in kept for one in each.members}
    found = people.by_ids(connection, ids.union(*(each.named for each in kept)))
    return [found[person_id] for person_id in sorted(found)]


def _keys(named: Sequence[Person]) -> dict[int, str]:
    """What the file calls people, by id: their names in small letters, numbered where two are the same."""
    keys: dict[int, str] = {}
    taken: set[str] = set()
    for person in named:
        name = re.sub(r"\W+", "-", person.name.casefold()).strip("-")[:LONGEST_KEY] or person.slack_id.lower()
        key, number = name, 1
        while key in taken:
            number += 1
            key = f"{name}-{number}"
        keys[person.id] = key
        taken.add(key)
    return keys


def _team(kept: _Kept, naming: Naming, zone: str | None, cycle: OutlineCycle | None) -> OutlineTeam:
    team = kept.team
    main = cycle.name if cycle else ""

    def named(role: Role) -> tuple[str, ...]:
        return tuple(naming.people[one.person_id] for one in kept.members if one.role is role)

    return OutlineTeam(
        name=team.name,
        channel=team.channel,
        leads=named(Role.LEAD),
        members=named(Role.MEMBER),
        observers=named(Role.OBSERVER),
        zone=None if team.zone == zone else team.zone,
        check_in=team.check_in,
        start=team.started_at is not None,
        objectives=tuple(outline_objective(one, naming, main) for one in kept.objectives),
        parent=naming.teams.get(team.parent_id or 0, ""),
        drafts=tuple(kept.drafts),
    )
