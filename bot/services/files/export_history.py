"""What was said of key results over time, a row for each update that counts.

Weeks in which nobody answered, or somebody was away, are no rows: how often somebody missed is theirs to
know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr.measures import Milestone
from bot.okr.model import Cycle, KeyResult, Objective, Person, Team, Update
from bot.okr.rights import may_see
from bot.services.people import shown_name
from bot.services.teams.named import UnknownTeam
from bot.storage import okr_cycles, okrs, people, teams, updates
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class Said:
    """One update with what it is about."""

    team: Team
    cycle: Cycle
    objective: Objective
    key_result: KeyResult
    update: Update
    by: Person | None
    """None for a value that came with a file."""
    blocker_owner: Person | None

    @property
    def steps_done(self) -> tuple[str, ...]:
        """Of a milestone, their titles."""
        measure = self.key_result.measure
        steps = measure.steps if isinstance(measure, Milestone) else ()
        return tuple(one.title for one in steps if one.id in self.update.steps_done)

    @property
    def edited(self) -> bool:
        return self.update.revision > 1

    @property
    def dropped(self) -> bool:
        return self.objective.dropped or self.key_result.dropped

    @property
    def on(self) -> date:
        return self.update.date

    @property
    def at(self) -> datetime | None:
        return self.update.at


def export_history(database: Database, team: str | None = None) -> list[Said]:
    """Of all teams or the one of that name; raises UnknownTeam."""
    with database.reading() as connection:
        known = teams.everything(connection)
        named = [one for one in known if team is None or one.name == team]
        if team is not None and not named:
            raise UnknownTeam(team, tuple(one.name for one in known))
        return _history(connection, named, None)


def team_history(connection: Connection, team: Team, reader: Person) -> list[Said]:
    """What `reader` may see of it."""
    return _history(connection, [team], reader)


def shown(person: Person | None) -> str:
    return "" if person is None else shown_name(person)


def _history(connection: Connection, of: Iterable[Team], reader: Person | None) -> list[Said]:
    """By team, objective, key result and date; dropped ones, too. `reader` None: whoever runs Okra."""
    by_id = {one.id: one for one in of}
    cycles = {one.id: one for one in okr_cycles.everything(connection)}
    found = [one for one in okrs.with_dropped(connection, by_id) if reader is None or may_see(reader, one)]
    said = updates.of_key_results(connection, [each.id for one in found for each in one.key_results])
    everybody = {one.id: one for one in people.everyone(connection)}
    return [
        Said(
            by_id[one.team_id],
            cycles[one.cycle_id],
            one,
            each,
            update,
            everybody.get(update.by_id or 0),
            everybody.get((update.blocker and update.blocker.owner_id) or 0),
        )
        for one in sorted(found, key=lambda one: (by_id[one.team_id].name, cycles[one.cycle_id].starts))
        for each in one.key_results
        for update in said[each.id]
    ]
