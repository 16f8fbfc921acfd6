"""An OKR file as data: what the file says and where it says it, before people and channels are looked up.

Places take no part in comparisons, so two outlines are equal when they say the same.
"""

from dataclasses import dataclass, field
from datetime import date

from bot.okr.measures import Indicator, Measure
from bot.okr.model import CheckInTimes, ObjectiveKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: a line (of text) or row (of a table), counted from 1, and a path."""

    line: int | None = None
    path: str = ""
    """Such as "teams › TeeBee › channel", or "column target" in a table."""
    counts: str = "line"
    """What `line` counts: "line" or "row"."""
    inside: tuple[tuple[str, "Place"], ...] = field(default=(), repr=False, compare=False)
    """The places of the fields that the file gives, by name."""

    def at(self, name: str) -> "Place":
        """The place of the field `name`, or this place where the file does not give it."""
        return dict(self.inside).get(name, self)

    def gives(self, name: str) -> bool:
        """Whether the file says anything there of `name`, be it nothing."""
        return name in dict(self.inside)

    @property
    def short(self) -> str:
        """ "line 12", or the path where no line is known."""
        return self.path if self.line is None else f"{self.counts} {self.line}"

    def __str__(self) -> str:
        return ", ".join(filter(None, ("" if self.line is None else self.short, self.path)))


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Trouble:
    """One mistake in a file, as a sentence with its place."""

    place: Place
    message: str

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where}: {self.message}" if where else self.message


@dataclass(frozen=True, slots=True)
class OutlinePerson:
    """Somebody whom the file names; `email`, `slack` (an id) or both are given."""

    key: str
    """What the rest of the file calls the person."""
    email: str | None = None
    slack: str | None = None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """An objective or key result that another one names, by its id or by titles; empty: not said."""

    objective: str = ""
    key_result: str = ""
    team: str = ""
    """Empty: wherever in the cycle there is just one of that title, the own team's before all others."""
    cycle: str = ""
    """Empty: that of the objective which names it."""
    id: int | None = None
    """The objective's or, where it is a key result that is needed, the key result's."""
    place: Place = field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        """ "TeeBee › Prove our tea", or "id 12"."""
        names = (self.team, "" if self.id is None else f"id {self.id}", self.objective, self.key_result)
        return " › ".join(filter(None, names))


@dataclass(frozen=True, slots=True)
class OutlineKeyResult:
    title: str
    owner: str
    """A person's key."""
    measure: Measure
    unit: str = ""
    current: float | None = None
    """Seeds a first update; None where the file does not say."""
    id: int | None = None
    delegate: str | None = None
    """A person's key: asked while the owner is away."""
    weight: float = 1.0
    indicator: Indicator | None = None
    every: int = 1
    """Its value is asked for every so many weeks."""
    depends_on: tuple[Reference, ...] = ()
    """Key results that it needs."""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OutlineObjective:
    title: str
    owner: str
    """A person's key."""
    kind: ObjectiveKind = ObjectiveKind.ASPIRATIONAL
    key_results: tuple[OutlineKeyResult, ...] = ()
    id: int | None = None
    cycle: str = ""
    """One of the file's cycles; empty: its `cycle`."""
    theme: str = ""
    personal: bool = False
    private: bool = False
    readers: tuple[str, ...] = ()
    """Keys of people who may read it although it is private."""
    supports: Reference | None = None
    """Its parent."""
    serves: tuple[Reference, ...] = ()
    """Other teams' objectives that it supports, too."""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OutlineTeam:
    """A team; leads, members and observers are keys of people, each person once."""

    name: str
    channel: str
    """ "#okrs" or Slack's channel id."""
    leads: tuple[str, ...]
    members: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    zone: str | None = None
    """IANA name; None means the workspace's."""
    check_in: CheckInTimes = field(default_factory=CheckInTimes)
    start: bool = True
    """Whether importing the file starts the team's check-ins."""
    objectives: tuple[OutlineObjective, ...] = ()
    parent: str = ""
    """The name of the team above it."""
    drafts: tuple[str, ...] = ()
    """Names of the cycles in which its objectives are a draft."""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OutlineCycle:
    name: str
    starts: date
    ends: date
    """The last day, included."""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a file says; what it does not name stays as it is. A cycle is there if any objective is."""

    zone: str | None = None
    """The workspace's time zone, an IANA name; None where the file does not say."""
    cycle: OutlineCycle | None = None
    people: tuple[OutlinePerson, ...] = ()
    teams: tuple[OutlineTeam, ...] = ()
    cycles: tuple[OutlineCycle, ...] = ()
    """Further ones, which an objective names where it belongs to one of them."""

    @property
    def all_cycles(self) -> tuple[OutlineCycle, ...]:
        return self.cycles if self.cycle is None else (self.cycle, *self.cycles)

    def cycle_of(self, objective: OutlineObjective) -> str:
        """The name of its cycle."""
        return objective.cycle or (self.cycle.name if self.cycle else "")
