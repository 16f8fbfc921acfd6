"""Where the key results of all teams stand: each team's on its own day, which is not the same everywhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr.health import Standing
from bot.okr.model import Cycle, Objective, Team
from bot.okr.overviews import in_tree
from bot.okr.views import CycleView, cycle_view
from bot.okr.zones import team_zone
from bot.services.looking_up import cycles_shown, standings
from bot.storage import okrs, teams
from bot.storage.engine import Connection

Choice = Callable[[Iterable[Objective]], Sequence[Objective]]


@dataclass(frozen=True, slots=True)
class AllTeams:
    teams: tuple[Team, ...]
    today: dict[int, date]
    """By team's id."""
    cycles: dict[int, Cycle]
    """Those that run for some team or, where none does, begin next; by id."""
    objectives: tuple[Objective, ...]
    """Of the cycles that run for their team, or that begin next."""
    found: dict[int, Standing]
    """By key result's id."""

    def of(self, team_id: int) -> list[Objective]:
        return [one for one in self.objectives if one.team_id == team_id]

    @property
    def cycle(self) -> CycleView | None:
        """The one that began last, where the top team is."""
        newest = max(self.cycles.values(), key=lambda one: (one.starts, one.id), default=None)
        if newest is None:
            return None
        on = self.today[in_tree(self.teams)[0][0].id]
        return cycle_view(newest, on)


def load(connection: Connection, now: datetime, choose: Choice) -> AllTeams:
    """`choose` gives those of all objectives that are shown."""
    every = teams.everything(connection)
    today = {one.id: now.astimezone(team_zone(one)).date() for one in every}
    days = set(today.values())

    def choose_of(ids: Iterable[int]) -> list[Objective]:
        return list(choose(okrs.of_cycles(connection, ids)))

    cycles, objectives = cycles_shown.load(connection, days, choose_of)
    if any(_runs(one, on) for one in cycles.values() for on in days):
        objectives = [one for one in objectives if _runs(cycles[one.cycle_id], today[one.team_id])]
    found: dict[int, Standing] = {}
    for on in days:
        theirs = [one for one in objectives if today[one.team_id] == on]
        found |= standings.of(connection, theirs, cycles, on)
    return AllTeams(tuple(every), today, cycles, tuple(objectives), found)


def _runs(cycle: Cycle, on: date) -> bool:
    return cycle.starts <= on <= cycle.ends
