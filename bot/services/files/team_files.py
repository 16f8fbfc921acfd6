"""A team's file and its history, sent to a lead or an admin who asks for them."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.okr.days.zones import team_zone
from bot.okr.model import Person, Role, Team
from bot.okr.outline import Outline
from bot.okr.rights import Operation, may
from bot.services.files.export_history import Said, team_history
from bot.services.files.exporting import team_outline
from bot.services.permissions import in_team, require_in_team
from bot.services.sending import asks
from bot.services.teams.named import UnknownTeam, called
from bot.storage import people, teams
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class TeamFiles:
    """What is to be written into them: what their reader may see."""

    team: str
    on: date
    outline: Outline
    history: tuple[Said, ...]


def ask(database: Database, slack_id: str, name: str, now: datetime) -> str:
    """Somebody wants them, of the team of that name or of the one that they lead; the team's name. Asked
    again within the minute it is the same asking. Raises UnknownTeam, NotAllowed, StorageUnavailable."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        team = _team(connection, person, name)
        require_in_team(connection, person, Operation.EXPORT_TEAM, team.id)
        asks.team_files(connection, person, team, now)
        return team.name


def may_have(connection: Connection, person_id: int, team_id: int) -> bool:
    person = people.by_ids(connection, [person_id])[person_id]
    return may(Operation.EXPORT_TEAM, in_team(connection, person, team_id))


def load(database: Database, person_id: int, team_id: int, now: datetime) -> TeamFiles:
    """Raises LookupError where the person may not have them any more."""
    with database.reading() as connection:
        if not may_have(connection, person_id, team_id):
            raise LookupError("they lead the team no longer")
        team = teams.by_id(connection, team_id)
        reader = people.by_ids(connection, [person_id])[person_id]
        on = now.astimezone(team_zone(team)).date()
        return TeamFiles(
            team.name,
            on,
            team_outline(connection, team, on, reader),
            tuple(team_history(connection, team, reader)),
        )


def _team(connection: Connection, person: Person, name: str) -> Team:
    led = [team for team, role in teams.teams_of(connection, person.id) if role is Role.LEAD]
    known = teams.everything(connection)
    found = called(known, name) if name.strip() else led
    if len(found) != 1:
        raise UnknownTeam(name.strip(), tuple(one.name for one in led or known))
    return found[0]
