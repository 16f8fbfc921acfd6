"""Where the key results of all teams stand: each team's on its own day, which is not the same everywhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr.days.zones import team_zone
from bot.okr.health import Standing
from bot.okr.model import Cycle, Objective, Team
from bot.okr.overviews import in_tree
from bot.okr.views import CycleView, cycle_view
from bot.services.looking_up import cycles_shown, standings
from bot.storage import okrs, teams
from bot.storage.engine import Connection

Choice = Callable[[Iterable[Objective]], Sequence[Objective]]


@dataclass(frozen=True, slots=True)
class AllTeams:
    teams: tuple[Team, ...]
    today: dict[int, date]
    """By team's id."""
    shown: dict[date, dict[int, Cycle]]
    """The cycles that are shown on each of these days, by id (`cycles_shown`)."""
    objectives: tuple[Objective, ...]
    """Of the cycles that are shown for their team."""
    found: dict[int, Standing]
    """By key result's id."""

    def of(self, team_id: int) -> list[Objective]:
        return [one for one in self.objectives if one.team_id == team_id]

    def has_begun(self, one: Objective) -> bool:
        """Whether its cycle has, where its team is: before that nothing is at risk."""
        on = self.today[one.team_id]
        return self.shown[on][one.cycle_id].starts <= on

    @property
    def cycle(self) -> CycleView | None:
        """The newest of those that are shown where the top team is."""
        if not self.teams:
            return None
        on = self.today[in_tree(self.teams)[0][0].id]
        newest = max(self.shown[on].values(), key=lambda one: (one.starts, one.id), default=None)
        return cycle_view(newest, on) if newest else None


def load(connection: Connection, now: datetime, choose: Choice) -> AllTeams:
    """`choose` gives those of all objectives that are shown."""
    every = teams.everything(connection)
    today = {one.id: now.astimezone(team_zone(one)).date() for one in every}
    days = set(today.values())

    def choose_of(ids: Iterable[int]) -> list[Objective]:
        return list(choose(okrs.of_cycles(connection, ids)))

    shown, chosen = cycles_shown.on_days(connection, days, choose_of)
    objectives = [one for one in chosen if one.cycle_id in shown[today[one.team_id]]]
    found: dict[int, Standing] = {}
    for on in days:
        theirs = [one for one in objectives if today[one.team_id] == on]
        found |= standings.of(connection, theirs, shown[on], on)
    return AllTeams(tuple(every), today, shown, tuple(objectives), found)
