"""What is shown of alignment: the tree, who supports an objective, what a key result needs."""

from dataclasses import dataclass
from datetime import date

from bot.okr.health import Health
from bot.okr.model import DependencyState


@dataclass(frozen=True, slots=True)
class Need:
    """Another team's key result that one counts on."""

    id: int
    """The dependency's."""
    key_result: str
    """The title of the one that needs it."""
    on: str
    """The title of what it needs."""
    team: str
    """Whose that is."""
    state: DependencyState
    dropped: bool = False
    """What it needs is no more."""


@dataclass(frozen=True, slots=True)
class Needed:
    """To whoever can confirm it: another team counts on a key result of theirs."""

    id: int
    """The dependency's."""
    by: str
    """Who asked."""
    key_result: str
    """Of another team, named next."""
    team: str
    on: str
    """The reader's."""


@dataclass(frozen=True, slots=True)
class TreeObjective:
    id: int
    number: int
    """From 1 down the tree, by which the picture names it."""
    title: str
    owner: str
    progress: int | None
    """Percent; None without key results."""
    expected: int
    """Percent."""
    health: Health | None
    """The worst of its key results that can be judged; None without any."""
    island: bool = False
    private: bool = False
    supports: tuple[str, ...] = ()
    """Titles: its parent's first, then of what it serves."""
    supporters: int = 0
    supporters_progress: int | None = None
    """Percent: their mean, beside its own."""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class TreePerson:
    name: str
    objectives: tuple[TreeObjective, ...]


@dataclass(frozen=True, slots=True)
class TreeTeam:
    id: int
    name: str
    depth: int
    """0 at the top."""
    progress: int | None
    """Percent: the mean of its objectives' that everybody sees; None without any."""
    objectives: tuple[TreeObjective, ...]
    people: tuple[TreePerson, ...] = ()

    def every(self) -> tuple[TreeObjective, ...]:
        return (*self.objectives, *(one for person in self.people for one in person.objectives))


@dataclass(frozen=True, slots=True)
class TreeView:
    teams: tuple[TreeTeam, ...]
    on: date
    team_id: int | None = None
    """Of one team and those below it; None: of all."""
    begins: date | None = None
    """The first day of what is shown, where nothing runs and that is still to come."""

    def every(self) -> tuple[TreeObjective, ...]:
        return tuple(one for team in self.teams for one in team.every())


@dataclass(frozen=True, slots=True)
class SupporterView:
    title: str
    team: str
    owner: str
    progress: int | None
    """Percent."""
    health: Health | None
    through: str = ""
    """The title of the key result that it supports, where it is one."""


@dataclass(frozen=True, slots=True)
class SupportersView:
    title: str
    progress: int | None
    """Its own, percent."""
    supporters: tuple[SupporterView, ...]
    supporters_progress: int | None
    align: int | None = None
    """Its id, where the reader may say what it supports itself."""
