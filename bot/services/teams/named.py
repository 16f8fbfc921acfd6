"""Which team somebody means by its name."""

from collections.abc import Sequence

from bot.okr.model import Team
from bot.storage import people, teams
from bot.storage.engine import Connection


class UnknownTeam(Exception):  # noqa: N818 - it says what is so
    """No team of that name, or no name where there are several; these are the ones there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known


def called(known: Sequence[Team], name: str) -> list[Team]:
    """Those of that name or, without any, those whose names begin so."""
    wanted = name.strip().casefold()
    whole = [team for team in known if team.name.casefold() == wanted]
    return whole or [team for team in known if team.name.casefold().startswith(wanted)]


def team_called(connection: Connection, reader: str, name: str) -> Team:
    """By name or, without one, the reader's first; raises UnknownTeam."""
    known = teams.everything(connection)
    if name.strip():
        named = called(known, name)
    else:
        person = people.by_slack_id(connection, reader)
        named = [team for team, _ in teams.teams_of(connection, person.id)] if person else []
        home = person.home_team_id if person else None
        named = ([team for team in named if team.id == home] or named)[:1]
        named = named or known
    if len(named) != 1:
        raise UnknownTeam(name.strip(), tuple(team.name for team in known))
    return named[0]
