"""What should worry somebody: red, fallen, silent and yellow, of all teams or of one, the worst first."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.okr.blockers import still_in_the_way
from bot.okr.digest.urgency import pressing
from bot.okr.health import Standing
from bot.okr.model import Blocker, Clearing, Objective
from bot.okr.overviews import AtRiskView, RiskItem
from bot.services import permissions
from bot.services.looking_up import all_teams
from bot.services.people import shown_name
from bot.services.teams.named import team_called
from bot.storage import clearings, people, teams
from bot.storage.engine import Connection, Database


def load(database: Database, reader: str, team: str, now: datetime, *, shared: bool = False) -> AtRiskView:
    """Of the team of that name or, without one, of all. What is `shared` leaves out what is private. Raises
    GuestsSeeOnlyTheirs, UnknownTeam."""
    with database.reading() as connection:
        person = permissions.reader_of_all(connection, reader)
        of_one = team_called(connection, reader, team) if team.strip() else None

        def choose(every: Iterable[Objective]) -> list[Objective]:
            seen = permissions.public(every) if shared else permissions.visible(person, every)
            return [one for one in seen if of_one is None or one.team_id == of_one.id]

        found = all_teams.load(connection, now, choose)
        begun = [one for one in found.objectives if found.has_begun(one)]
        looked_at = [found.found[kr.id] for one in begun for kr in one.key_results]
        return AtRiskView(
            team=of_one.name if of_one else None,
            cycle=found.cycle,
            items=_items(connection, begun, pressing(looked_at)),
            looked_at=len(looked_at),
        )


def _items(
    connection: Connection, objectives: Iterable[Objective], pressing: Sequence[Standing]
) -> tuple[RiskItem, ...]:
    of_team = {one.id: each.team_id for each in objectives for one in each.key_results}
    known = teams.by_ids(connection, of_team.values())
    said = clearings.of_key_results(connection, [one.key_result.id for one in pressing])
    blockers = {one.key_result.id: _in_the_way(one, said[one.key_result.id]) for one in pressing}
    named = people.by_ids(
        connection,
        {
            *(one.key_result.owner_id for one in pressing),
            *(one.owner_id for one in blockers.values() if one.owner_id is not None),
        },
    )
    return tuple(
        RiskItem(
            one,
            shown_name(named[one.key_result.owner_id]),
            known[of_team[one.key_result.id]].name,
            blocker.kind,
            shown_name(named[blocker.owner_id]) if blocker.owner_id is not None else "",
            blocker.fix,
        )
        for one in pressing
        for blocker in [blockers[one.key_result.id]]
    )


def _in_the_way(standing: Standing, said: Iterable[Clearing]) -> Blocker:
    """What still is: not what was cleared."""
    return still_in_the_way(standing.update, said, date.max) or Blocker()
