"""The company at a glance: its top level's objectives, and how each team is doing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.okr.health import Health, Standing
from bot.okr.model import Cycle, Objective, Team
from bot.okr.overviews import AT_RISK, CompanyView, TeamLine, TopTeam, in_tree, tops
from bot.services import permissions, seeing, standings
from bot.services.lookups import objective_views, progress_shown
from bot.services.people import zone_for
from bot.storage import okr_cycles, okrs, teams
from bot.storage.engine import Connection, Database


def load(database: Database, reader: str, now: datetime) -> CompanyView:
    """For somebody in the workspace; raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        person = seeing.reader_of_all(connection, reader)
        return of_all(connection, now.astimezone(zone_for(connection, person)).date())


def of_all(connection: Connection, on: date) -> CompanyView:
    """What everybody may see of it: nothing private."""
    cycles = okr_cycles.running(connection, on)
    every = teams.everything(connection)
    objectives = permissions.public(okrs.of_cycles(connection, cycles))
    by_team = {one.id: [each for each in objectives if each.team_id == one.id] for one in every}
    found = standings.of(connection, objectives, cycles, on)
    return CompanyView(
        cycle=seeing.cycle_now(cycles, on),
        tops=tuple(_top(connection, one, by_team[one.id], cycles, on) for one in tops(every)),
        teams=tuple(team_line(one, depth, by_team[one.id], found) for one, depth in in_tree(every)),
    )


def team_line(
    team: Team, depth: int, objectives: Sequence[Objective], found: Mapping[int, Standing]
) -> TeamLine:
    """`found` are the standings of its objectives' key results, by id."""
    states = [found[one.id].health for each in objectives for one in each.key_results]
    return TeamLine(
        team.id, team.name, depth, progress_shown(objectives, found), len(states), _counted(states)
    )


def _counted(states: Sequence[Health]) -> tuple[tuple[Health, int], ...]:
    return tuple((one, states.count(one)) for one in AT_RISK if one in states)


def _top(
    connection: Connection,
    team: Team,
    objectives: Sequence[Objective],
    cycles: dict[int, Cycle],
    on: date,
) -> TopTeam:
    return TopTeam(team.name, objective_views(connection, objectives, cycles, on))
