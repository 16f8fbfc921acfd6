"""The tree of objectives, from the company's by its teams' to people's own, as somebody may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr.alignment import support as alignment
from bot.okr.alignment.views import (
    Need,
    SupportersView,
    SupporterView,
    TreeObjective,
    TreePerson,
    TreeTeam,
    TreeView,
)
from bot.okr.health import Health, Standing
from bot.okr.model import LARGEST_ID, Objective, Person, Team
from bot.okr.numbers.figures import percent
from bot.okr.progress import objective_progress, weighted_mean
from bot.services import permissions
from bot.services.alignment import dependencies
from bot.services.looking_up import cycles_shown, standings
from bot.services.people import shown_name, zone_for
from bot.services.teams.named import team_called
from bot.storage import okrs, people, teams
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class _Seen:
    """What somebody may see of what runs on a day or, where nothing does, begins next."""

    on: date
    begins: date | None
    teams: Sequence[Team]
    objectives: Sequence[Objective]
    standings: Mapping[int, Standing]
    """By key result's id."""
    progress: Mapping[int, float | None]
    """By objective's id."""
    names: Mapping[int, str]
    """Of owners, by id."""
    needs: Mapping[int, Sequence[Need]]
    """By the id of the key result that needs something."""
    titles: Mapping[int, str]
    """By id, of all objectives that may be seen and are there, drafts and other cycles' too."""

    def numbered(self, branches: Sequence[alignment.Branch]) -> list[Objective]:
        return [
            one
            for branch in branches
            for one in (*branch.objectives, *(own for _, each in branch.people for own in each))
        ]


def load(database: Database, reader: str, name: str, now: datetime) -> TreeView:
    """The whole tree or, with a team's name, its part from that team on; raises UnknownTeam,
    GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        person = permissions.reader_of_all(connection, reader)
        team = team_called(connection, reader, name) if name.strip() else None
        return _view(_seen(connection, person, now), team)


def of_team(database: Database, reader: str, team_id: int, now: datetime) -> TreeView:
    """The same of a team by its id, the whole of none; raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        return of_reader(connection, permissions.reader_of_all(connection, reader), team_id, now)


def of_reader(connection: Connection, reader: Person, team_id: int, now: datetime) -> TreeView:
    seen = _seen(connection, reader, now)
    return _view(seen, next((one for one in seen.teams if one.id == team_id), None))


def supporters(database: Database, reader: str, objective_id: int, now: datetime) -> SupportersView | None:
    """Who supports an objective; None where it is not there, or not for them to see. Raises
    GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        person = permissions.reader_of_all(connection, reader)
        seen = _seen(connection, person, now)
        known = {one.id: one for one in seen.objectives}
        if objective_id not in known or objective_id > LARGEST_ID:
            return None
        below = alignment.supporters(seen.objectives).get(objective_id, [])
        named = {one.id: one.name for one in seen.teams}
        titles = {one.id: one.title for one in known[objective_id].key_results}
        parts = permissions.parts_of(connection, person)
        return SupportersView(
            known[objective_id].title,
            _shown(seen.progress[objective_id]),
            tuple(
                SupporterView(
                    one.title,
                    named[one.team_id],
                    seen.names[one.owner_id],
                    _shown(seen.progress[one.id]),
                    _health(seen, one),
                    titles.get(one.parent.key_result_id or 0, "") if one.parent else "",
                )
                for one in below
            ),
            _shown(alignment.supporters_progress(below, seen.progress)),
            align=objective_id if parts.may_change(known[objective_id]) else None,
        )


def _seen(connection: Connection, reader: Person, now: datetime) -> _Seen:
    on = now.astimezone(zone_for(connection, reader)).date()
    cycles, objectives = cycles_shown.on_day(
        connection, on, lambda ids: permissions.visible(reader, okrs.of_cycles(connection, ids))
    )
    stands = standings.of(connection, objectives, cycles, on)
    parts = {one: each.part for one, each in stands.items()}
    supported = {above for one in objectives for above in alignment.supported(one)}
    elsewhere = permissions.visible(reader, okrs.whole(connection, supported).values())
    owners = people.by_ids(connection, {one.owner_id for one in objectives})
    return _Seen(
        on=on,
        begins=min((one.starts for one in cycles.values() if one.starts > on), default=None),
        teams=teams.everything(connection),
        objectives=objectives,
        standings=stands,
        progress={one.id: objective_progress(one.key_results, parts) for one in objectives},
        names={one.id: shown_name(one) for one in owners.values()},
        needs=dependencies.needs(connection, reader, parts),
        titles={one.id: one.title for one in (*objectives, *elsewhere)},
    )


def _view(seen: _Seen, team: Team | None) -> TreeView:
    branches = alignment.tree(seen.teams, seen.objectives)
    shown = alignment.below(team, branches) if team else branches
    numbers = {one.id: number for number, one in enumerate(seen.numbered(shown), start=1)}
    supporters = alignment.supporters(seen.objectives)
    return TreeView(
        teams=tuple(
            TreeTeam(
                id=one.team.id,
                name=one.team.name,
                depth=one.depth - shown[0].depth,
                progress=_of_team(seen, one),
                objectives=tuple(_objective(seen, of, numbers, supporters) for of in one.objectives),
                people=tuple(
                    TreePerson(
                        seen.names[person], tuple(_objective(seen, of, numbers, supporters) for of in own)
                    )
                    for person, own in one.people
                ),
            )
            for one in shown
        ),
        on=seen.on,
        team_id=team.id if team else None,
        begins=seen.begins,
    )


def _of_team(seen: _Seen, branch: alignment.Branch) -> int | None:
    """What is private counts for nobody, so that everybody reads the same."""
    return _shown(alignment.supporters_progress(seen.numbered([branch]), seen.progress))


def _objective(
    seen: _Seen,
    one: Objective,
    numbers: Mapping[int, int],
    supporters: Mapping[int, Sequence[Objective]],
) -> TreeObjective:
    below = supporters.get(one.id, ())
    expected = weighted_mean((kr.weight, seen.standings[kr.id].expected / 100) for kr in one.key_results)
    return TreeObjective(
        id=one.id,
        number=numbers[one.id],
        title=one.title,
        owner=seen.names[one.owner_id],
        progress=_shown(seen.progress[one.id]),
        expected=percent(expected or 0.0),
        health=_health(seen, one),
        island=alignment.is_island(one, seen.titles.keys(), seen.teams),
        private=one.private,
        supports=alignment.supported_titles(one, seen.titles),
        supporters=len(below),
        supporters_progress=_shown(alignment.supporters_progress(below, seen.progress)),
        needs=tuple(need for kr in one.key_results for need in seen.needs.get(kr.id, ())),
    )


def _health(seen: _Seen, one: Objective) -> Health | None:
    return alignment.worst(seen.standings[kr.id].health for kr in one.key_results)


def _shown(progress: float | None) -> int | None:
    return None if progress is None else percent(progress)
