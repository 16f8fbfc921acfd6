"""The company at a glance: its top level's objectives, and how each team is doing."""

from collections.abc import Sequence
from datetime import datetime

from bot.okr.health import Health
from bot.okr.model import Objective, Team
from bot.okr.overviews import AT_RISK, CompanyView, TeamLine, TopTeam, in_tree, tops
from bot.services import permissions
from bot.services.looking_up import all_teams
from bot.services.looking_up.lookups import objective_views, progress_shown
from bot.storage.engine import Connection, Database


def load(database: Database, reader: str, now: datetime) -> CompanyView:
    """For somebody in the workspace; raises GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        permissions.reader_of_all(connection, reader)
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
        teams=tuple(_team_line(one, depth, every) for one, depth in in_tree(every.teams)),
    )


def _its_own(every: all_teams.AllTeams, team: Team) -> list[Objective]:
    """Without what its people want for themselves, which is no aim of the company's."""
    return [one for one in every.of(team.id) if not one.personal]


def _team_line(team: Team, depth: int, every: all_teams.AllTeams) -> TeamLine:
    objectives, found = every.of(team.id), every.found
    begun = [each for each in objectives if every.has_begun(each)]
    states = [found[one.id].health for each in begun for one in each.key_results]
    count = sum(len(each.key_results) for each in objectives)
    return TeamLine(team.id, team.name, depth, progress_shown(objectives, found), count, _counted(states))


def _counted(states: Sequence[Health]) -> tuple[tuple[Health, int], ...]:
    return tuple((one, states.count(one)) for one in AT_RISK if one in states)
