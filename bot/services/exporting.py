"""Exporting: what is kept, as the outline of an OKR file that changes nothing when it is imported again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.okr.model import Cycle, KeyResult, Membership, Objective, Person, Role, Team
from bot.okr.outline import (
    Outline,
    OutlineCycle,
    OutlineKeyResult,
    OutlineObjective,
    OutlinePerson,
    OutlineTeam,
)
from bot.storage import okr_cycles, okrs, people, teams, workspace
from bot.storage.engine import Connection, Database

LONGEST_KEY = 60


def export_outline(database: Database, *, on: date | None = None) -> Outline:
    """Every team, with its objectives of the cycle that `on` falls in; without a day, or where it falls in
    none, of the latest cycle. Ids are included, values are not: they are in the updates."""
    with database.reading() as connection:
        cycle = _cycle(connection, on)
        zone = workspace.zone(connection)
        kept = [_keep(connection, team, cycle) for team in teams.everything(connection)]
        named = _named(connection, kept)
        emails = people.emails(connection)
    keys = _keys(named)
    return Outline(
        zone=zone,
        cycle=None if cycle is None else OutlineCycle(cycle.name, cycle.starts, cycle.ends),
        people=tuple(OutlinePerson(keys[one.id], emails.get(one.id), one.slack_id) for one in named),
        teams=tuple(_team(one, keys, zone) for one in kept),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A team with all that is exported of it."""

    team: Team
    members: Sequence[Membership]
    objectives: Sequence[Objective]

    @property
    def owners(self) -> set[int]:
        return {
            owner
            for objective in self.objectives
            for owner in (objective.owner_id, *(one.owner_id for one in objective.key_results))
        }

    @property
    def named(self) -> set[int]:
        delegates = (one.delegate_id for each in self.objectives for one in each.key_results)
        return self.owners | {one for one in delegates if one is not None}


def _cycle(connection: Connection, on: date | None) -> Cycle | None:
    running = () if on is None else okr_cycles.running(connection, on).values()
    return next(iter([*running, *reversed(okr_cycles.everything(connection))]), None)


def _keep(connection: Connection, team: Team, cycle: Cycle | None) -> _Kept:
    """People who left Slack are left out, unless they lead or own something: a file cannot name them."""
    objectives = [] if cycle is None else okrs.of_team(connection, team.id, [cycle.id])
    kept = _Kept(team, teams.memberships_of(connection, team.id), objectives)
    known = people.by_ids(connection, [one.person_id for one in kept.members])
    needed = [
        one
        for one in kept.members
        if known[one.person_id].active or one.role is Role.LEAD or one.person_id in kept.owners
    ]
    return _Kept(team, needed, objectives)


def _named(connection: Connection, kept: Sequence[_Kept]) -> list[Person]:
    ids = {one.person_id for each in kept for one in each.members}
    found = people.by_ids(connection, ids.union(*(each.named for each in kept)))
    return [found[person_id] for person_id in sorted(found)]


def _keys(named: Sequence[Person]) -> dict[int, str]:
    """What the file calls people, by id: their names in small letters, numbered where two are the same."""
    keys: dict[int, str] = {}
    for person in named:
        name = re.sub(r"\W+", "-", person.name.casefold()).strip("-")[:LONGEST_KEY] or person.slack_id.lower()
        key, number = name, 1
        while key in keys.values():
            number += 1
            key = f"{name}-{number}"
        keys[person.id] = key
    return keys


def _team(kept: _Kept, keys: dict[int, str], zone: str) -> OutlineTeam:
    team = kept.team

    def named(role: Role) -> tuple[str, ...]:
        return tuple(keys[one.person_id] for one in kept.members if one.role is role)

    return OutlineTeam(
        name=team.name,
        channel=team.channel,
        leads=named(Role.LEAD),
        members=named(Role.MEMBER),
        observers=named(Role.OBSERVER),
        zone=None if team.zone == zone else team.zone,
        check_in=team.check_in,
        start=team.started_at is not None,
        objectives=tuple(_objective(one, keys) for one in kept.objectives),
    )


def _objective(objective: Objective, keys: dict[int, str]) -> OutlineObjective:
    return OutlineObjective(
        objective.title,
        keys[objective.owner_id],
        objective.kind,
        tuple(_key_result(one, keys) for one in objective.key_results),
        objective.id,
    )


def _key_result(one: KeyResult, keys: dict[int, str]) -> OutlineKeyResult:
    delegate = None if one.delegate_id is None else keys[one.delegate_id]
    return OutlineKeyResult(
        one.title,
        keys[one.owner_id],
        one.measure,
        one.unit,
        id=one.id,
        delegate=delegate,
        weight=one.weight,
    )
