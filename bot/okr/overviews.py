"""What is shown of several teams together: plain values in the reader's terms, as in `okr.views`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from itertools import pairwise

from bot.okr.health import Health, Standing
from bot.okr.model import BlockerKind, Team
from bot.okr.views import CycleView, ObjectiveView

AT_RISK = (Health.RED, Health.SILENT, Health.YELLOW)
"""The states of key results that are counted in a team's line, in this order."""


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team's own progress, which leaves out what is private."""

    team_id: int
    name: str
    depth: int
    """How many teams stand above it."""
    progress: int | None
    """Percent; None without data."""
    key_results: int
    states: tuple[tuple[Health, int], ...]
    """How many of its key results are at risk, by AT_RISK's states; those with none are left out."""


@dataclass(frozen=True, slots=True)
class TopTeam:
    name: str
    objectives: tuple[ObjectiveView, ...]


@dataclass(frozen=True, slots=True)
class CompanyView:
    cycle: CycleView | None
    tops: tuple[TopTeam, ...]
    """The company, or several teams that have others below them; empty where no team stands above another."""
    teams: tuple[TeamLine, ...]
    """All of them, each below the team above it."""


@dataclass(frozen=True, slots=True)
class RiskItem:
    standing: Standing
    owner: str
    team: str
    blocker_kind: BlockerKind | None = None
    blocker_owner: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class AtRiskView:
    team: str | None
    """None: of all teams."""
    cycle: CycleView | None
    items: tuple[RiskItem, ...]
    """The most pressing first."""
    looked_at: int
    """So many key results there are in all."""


@dataclass(frozen=True, slots=True)
class Waited:
    name: str
    until: datetime
    """When their answer is due, in the reader's zone."""


@dataclass(frozen=True, slots=True)
class TeamWaiting:
    team: str
    date: date
    answered: int
    """People, of `asked`; whoever is away is in neither."""
    asked: int
    waiting: tuple[Waited, ...]
    digested: bool
    """The digest was due; answers are late, and still welcome."""


@dataclass(frozen=True, slots=True)
class WaitingView:
    team: str | None
    rounds: tuple[TeamWaiting, ...]
    """Those that are running, the reader's own teams first."""
    on: date
    """Today, where the reader is."""


@dataclass(frozen=True, slots=True)
class PastKeyResult:
    standing: Standing
    """At the cycle's end."""
    owner: str
    dropped: bool


@dataclass(frozen=True, slots=True)
class PastObjective:
    title: str
    owner: str
    progress: int | None
    dropped: bool
    key_results: tuple[PastKeyResult, ...]


@dataclass(frozen=True, slots=True)
class PastView:
    heading: str
    """A person's or a team's name."""
    cycle: str | None
    """None: there is none before the present one."""
    ended: date | None
    progress: int | None
    objectives: tuple[PastObjective, ...]


class HitKind(IntEnum):
    """What was found, in the order in which equally good ones stand."""

    TEAM = 0
    PERSON = 1
    OBJECTIVE = 2
    KEY_RESULT = 3


@dataclass(frozen=True, slots=True)
class Hit:
    kind: HitKind
    title: str
    owner: str = ""
    team: str = ""
    cycle: str = ""
    """Of an objective or a key result."""
    past: bool = False
    """Its cycle is over."""


@dataclass(frozen=True, slots=True)
class SearchView:
    sought: str
    hits: tuple[Hit, ...]
    """The best first."""


def in_tree(teams: Sequence[Team]) -> list[tuple[Team, int]]:
    """Each below the team above it, with how many stand above; those side by side by name. A team whose
    parents go round in a circle stands as if it had none."""
    known = {one.id: one for one in teams}
    below: dict[int | None, list[Team]] = {}
    for one in sorted(teams, key=lambda team: (team.name.casefold(), team.id)):
        parent = one.parent_id if one.parent_id in known and not _is_round(one, known) else None
        below.setdefault(parent, []).append(one)
    found: list[tuple[Team, int]] = []

    def take(parent: int | None, depth: int) -> None:
        for one in below.get(parent, ()):
            found.append((one, depth))
            take(one.id, depth + 1)

    take(None, 0)
    return found


def tops(teams: Sequence[Team]) -> list[Team]:
    """The company, or whichever teams have others below them and none above; a single team is its own."""
    if len(teams) == 1:
        return list(teams)
    placed = in_tree(teams)
    return [one for (one, depth), (_, depth_after) in pairwise(placed) if depth == 0 and depth_after == 1]


def _is_round(team: Team, known: dict[int, Team]) -> bool:
    seen = {team.id}
    above = team.parent_id
    while above in known:
        if above in seen:
            return True
        seen.add(above)
        above = known[above].parent_id
    return False
