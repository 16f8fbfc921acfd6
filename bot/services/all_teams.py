"""Where the key results of all teams stand: each team's on its own day, which is not the same everywhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr import pace
from bot.okr.figures import percent
from bot.okr.health import Standing
from bot.okr.model import Cycle, Objective, Team
from bot.okr.overviews import CycleNow, in_tree
from bot.okr.weeks import week_of
from bot.okr.zones import team_zone
from bot.services import standings
from bot.storage import okr_cycles, okrs, teams
from bot.storage.engine import Connection

Choice = Callable[[Iterable[Objective]], Sequence[Objective]]


@dataclass(frozen=True, slots=True)
class AllTeams:
    teams: tuple[Team, ...]
    today: dict[int, date]
    """By team's id."""
    cycles: dict[int, Cycle]
    """Those that run for some team, by id."""
    objectives: tuple[Objective, ...]
    """Of the cycles that run for their team."""
    found: dict[int, Standing]
    """By key result's id."""

    def of(self, team_id: int) -> list[Objective]:
        return [one for one in self.objectives if one.team_id == team_id]

    @property
    def cycle(self) -> CycleNow | None:
        """The running cycle that began last, where the top team is."""
        newest = max(self.cycles.values(), key=lambda one: (one.starts, one.id), default=None)
        if newest is None:
            return None
        on = self.today[in_tree(self.teams)[0][0].id]
        return CycleNow(newest.name, *week_of(newest, on), percent(pace.expected(newest, on)))


def load(connection: Connection, now: datetime, choose: Choice) -> AllTeams:
    """`choose` gives those of all objectives that are shown."""
    every = teams.everything(connection)
    today = {one.id: now.astimezone(team_zone(one)).date() for one in every}
    known = okr_cycles.everything(connection)
    running = {one.id: one for one in known if any(_runs(one, on) for on in today.values())}
    shown = [
        one
        for one in choose(okrs.of_cycles(connection, running))
        if _runs(running[one.cycle_id], today[one.team_id])
    ]
    found: dict[int, Standing] = {}
    for on in set(today.values()):
        theirs = [one for one in shown if today[one.team_id] == on]
        found |= standings.of(connection, theirs, running, on)
    return AllTeams(tuple(every), today, running, tuple(shown), found)


def _runs(cycle: Cycle, on: date) -> bool:
    return cycle.starts <= on <= cycle.ends
