"""What is shown of a draft: a team's objectives of a cycle before they start, and what people say of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from bot.okr.model import Cycle, KeyResult, Objective, Proposal, Team
from bot.okr.rights import Operation
from bot.okr.writing.changed import Changed
from bot.okr.writing.copying import Left


class Which(NamedTuple):
    """Whose draft of which cycle."""

    team_id: int
    cycle_id: int


class Committing(StrEnum):
    """How far a key result's owner has come."""

    NOT_YET = "not yet"
    COMMITTED = "committed"
    CHANGED = "changed"
    """They had, to something else or before it was theirs."""


@dataclass(frozen=True, slots=True)
class Said:
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A proposal that was accepted here."""

    by: str
    accepted_by: str


@dataclass(frozen=True, slots=True)
class DraftKeyResult:
    key_result: KeyResult
    owner: str
    owner_active: bool
    committing: Committing
    confidence: int | None
    """With which its owner committed, where that holds."""
    comments: tuple[Said, ...] = ()
    origins: tuple[Origin, ...] = ()
    mine: bool = False
    """Whether it is the reader's."""
    seen: str = ""
    """By which a form knows again what it is measured by."""


@dataclass(frozen=True, slots=True)
class DraftObjective:
    objective: Objective
    owner: str
    key_results: tuple[DraftKeyResult, ...]
    comments: tuple[Said, ...] = ()
    origins: tuple[Origin, ...] = ()
    supports: tuple[str, ...] = ()
    """Titles of objectives, as far as the reader may see them."""


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One that nobody has decided about, or what became of it."""

    proposal: Proposal
    by: str
    about: str
    """The title of the objective or key result that it is about; empty for a new objective."""
    answered_by: str = ""
    mine_to_decide: bool = False
    title: str = ""
    """Of what is proposed."""
    facts: tuple[str, ...] = ()
    """Of something new: how it is measured, whose it is."""
    changes: tuple[Changed, ...] = ()
    """From how it stands now."""
    changed_since: bool = False
    """Somebody has changed it after it was proposed."""


@dataclass(frozen=True, slots=True)
class Started:
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class DraftView:
    team: Team
    cycle: Cycle
    objectives: tuple[DraftObjective, ...]
    comments: tuple[Said, ...]
    """On all of it."""
    open: tuple[ProposalView, ...]
    declined: tuple[ProposalView, ...]
    may: frozenset[Operation] = frozenset()
    """What the reader may do with it."""
    shared_by: str = ""
    shared_at: datetime | None = None
    not_shared: str = ""
    """Why it could not be posted in the team's channel, as Slack says."""
    started: Started | None = None
    others: tuple[Cycle, ...] = ()
    """Cycles of the team's other drafts."""

    @property
    def key_results(self) -> tuple[DraftKeyResult, ...]:
        return tuple(one for objective in self.objectives for one in objective.key_results)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A copied key result that was reached."""

    title: str
    why: Left


@dataclass(frozen=True, slots=True)
class Copied:
    """What a draft began with."""

    cycle: str
    objectives: int
    key_results: int
    left: tuple[LeftOver, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The form for a new draft."""

    team: Team
    proposed: Cycle
    """Its id is 0 where nobody has made it yet."""
    cycles: tuple[Cycle, ...]
    """Those that there are to choose from."""
    last: Cycle | None
    """The one whose objectives can be copied."""


@dataclass(frozen=True, slots=True)
class CommitView:
    team: Team
    cycle: Cycle
    key_results: tuple[DraftKeyResult, ...]


@dataclass(frozen=True, slots=True)
class AsksView:
    """What a draft asks of one person."""

    team: Team
    cycle: Cycle
    shared_by: str
    """Empty: they did."""
    to_commit: tuple[DraftKeyResult, ...]
    to_decide: tuple[ProposalView, ...]
    started: Started | None


@dataclass(frozen=True, slots=True)
class OverdueView:
    """A draft whose cycle has begun."""

    team: Team
    cycle: Cycle
    started: Started | None


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """What became of somebody's proposal."""

    team: Team
    cycle: Cycle
    proposal: ProposalView


@dataclass(frozen=True, slots=True)
class StartView:
    """What is missing before a cycle starts: advice."""

    team: Team
    cycle: Cycle
    key_results: int
    not_committed: tuple[str, ...]
    """Owners' names."""
    without_owner: tuple[str, ...]
    """Titles of key results whose owner has no active account."""
    empty: tuple[str, ...]
    """Titles of objectives without key results."""
    open: int
    """Proposals that nobody has decided about."""
    sandbagging: tuple[str, ...]
    """Titles of key results whose owners are all but certain."""
    asks_nobody: bool
    """The team's check-ins have not been started."""
    begun: bool
    """The cycle's first day has come."""
    questions: tuple[str, ...]
    """The coach's, about all of it."""
