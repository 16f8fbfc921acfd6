"""The company at a glance: its top level's objectives, and how each team is doing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.okr.health import Health, Standing
from bot.okr.model import Objective, Team
from bot.okr.overviews import AT_RISK, CompanyView, TeamLine, TopTeam, in_tree, tops
from bot.services import permissions
from bot.services.looking_up import all_teams, seeing
from bot.services.looking_up.lookups import objective_views, progress_shown
from bot.storage.engine import Connection, Database


def load(database: Database, reader: str, now: datetime) -> CompanyView:
    """For somebody in the workspace; raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        seeing.reader_of_all(connection, reader)
        return of_all(connection, now)


def of_all(connection: Connection, now: datetime) -> CompanyView:
    """What everybody may see of it: nothing private."""
    every = all_teams.load(connection, now, permissions.public)
    return CompanyView(
        cycle=every.cycle,
        tops=tuple(
            TopTeam(
                one.name,
                objective_views(connection, _its_own(every, one), every.found),
            )
            for one in tops(every.teams)
        ),
        teams=tuple(
            team_line(one, depth, every.of(one.id), every.found) for one, depth in in_tree(every.teams)
        ),
    )


def _its_own(every: all_teams.AllTeams, team: Team) -> list[Objective]:
    """Without what its people want for themselves, which is no aim of the company's."""
    return [one for one in every.of(team.id) if not one.personal]


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
