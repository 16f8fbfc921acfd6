"""What was changed in a team's OKRs after they had started, for whoever may see it."""

from dataclasses import dataclass

from bot.okr.model import Change
from bot.okr.rights import may_see
from bot.services import permissions
from bot.services.teams.named import UnknownTeam, called
from bot.storage import changes, okrs, teams
from bot.storage.engine import Database

REMEMBERED = 1000
"""So many are gone through, the newest first."""


@dataclass(frozen=True, slots=True)
class ChangesView:
    team_id: int
    team: str
    changes: tuple[Change, ...]
    """The newest first."""


def of_team(database: Database, reader: str, name: str, *, team_id: int | None = None) -> ChangesView:
    """A team's, by its id or name or, without one, the reader's first; raises UnknownTeam,
    GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        person = permissions.known_reader(connection, reader)
        known = teams.everything(connection)
        own = [team for team, _ in teams.teams_of(connection, person.id)][:1] or known
        meant = called(known, name) if name.strip() else own
        if team_id is not None:
            meant = [one for one in known if one.id == team_id]
        if len(meant) != 1:
            raise UnknownTeam(name.strip(), tuple(one.name for one in known))
        private = okrs.private_of_team(connection, meant[0].id)
        hidden = [one.id for one in private if not may_see(person, one)]
        listed = changes.newest_of_team(connection, meant[0].id, hidden, REMEMBERED)
        return ChangesView(meant[0].id, meant[0].name, tuple(one.change for one in listed))
