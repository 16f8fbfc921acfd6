"""The words of the method as data: frozen, plain, without behaviour beyond what a name promises.

Times of day are naive `time`s in somebody's own zone; moments are aware datetimes; days of the week count
from Monday = 0; values and targets are finite floats in the key result's own unit; confidence is 0-10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bot.okr.days.status import Status
from bot.okr.defaults import NEW_CONFIDENCE as NEW_CONFIDENCE
from bot.okr.measures import Indicator, Measure

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONDAY_TO_FRIDAY = frozenset({MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY})

LARGEST_ID = 2**31 - 1
"""PostgreSQL refuses to look for a larger one, and a forged form or a file may name any."""


class Role(StrEnum):
    LEAD = "lead"
    MEMBER = "member"
    OBSERVER = "observer"
    """Reads everything, owes nothing."""


class ObjectiveKind(StrEnum):
    COMMITTED = "committed"
    """1.0 is expected."""
    ASPIRATIONAL = "aspirational"
    """0.7 is good."""


class BlockerKind(StrEnum):
    RESOURCE = "resource"
    DEPENDENCY = "dependency"
    CLARITY = "clarity"
    PRIORITY = "priority conflict"
    EXTERNAL = "external"


class ClearingOutcome(StrEnum):
    """What somebody said of a blocker that is theirs to clear."""

    CLEARED = "cleared"
    NOT_MINE = "not mine"


class RoundState(StrEnum):
    OPEN = "open"
    """People are being asked; the digest is not due yet."""
    DIGESTED = "digested"
    """The digest has been decided; answers are late but still welcome."""
    CLOSED = "closed"
    """The team's next round has opened; what was unanswered is missed."""
    SKIPPED = "skipped"
    """Nobody was asked, because the bot was down."""


RUNNING = (RoundState.OPEN, RoundState.DIGESTED)
"""The states of rounds in which answers are still welcome."""


class OwedState(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    AWAY = "away"
    MISSED = "missed"


class DecisionKind(StrEnum):
    """What a meeting agreed on."""

    FIX = "fix"
    ACTION = "action"
    """It joins its person's actions for next week."""


class ActionOutcome(StrEnum):
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    slack_id: str
    name: str
    zone: str | None
    """IANA name as Slack gave it; None or unknown means the team's."""
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    active: bool = True
    """False for deactivated accounts and bots: they are asked nothing."""
    guest: bool = False
    """Guests and people of other organisations see only what they own."""
    own_prompt: time | None = None
    """When they want to be asked, on their own clock; None: at the team's hour."""
    muted: bool = False
    """They want no reminders, but for those that they ask for."""
    region: str | None = None
    """Whose public holidays are theirs: "DE", "DE-BY"; None: nobody's."""
    admin: bool = False
    """An admin or owner in Slack, or named by one of them."""
    home_team_id: int | None = None
    """The one that they chose; None: the first that they joined."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of a person."""

    slack_id: str
    name: str
    email: str | None = None
    zone: str | None = None
    active: bool = True
    guest: bool = False
    admin: bool = False
    """An admin or owner of the workspace."""
    status: Status | None = None
    """Only one that expires and looks like leave: no other is any business of ours."""


@dataclass(frozen=True, slots=True)
class Meeting:
    day: int
    at: time


@dataclass(frozen=True, slots=True)
class CheckInTimes:
    """When a team is asked. `digest` (a fixed hour) and `meeting` exclude each other; without either the
    digest waits for everybody's own `answer_by`."""

    day: int = FRIDAY
    prompt: time = time(10, 0)
    remind: time = time(15, 0)
    answer_by: time = time(16, 30)
    digest: time | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class OldDay:
    """A check-in day that a team had before it took another one."""

    day: int
    until: date
    """The Monday of the first week of the new one."""


@dataclass(frozen=True, slots=True)
class Team:
    id: int
    name: str
    channel: str
    """Slack's channel id."""
    zone: str
    check_in: CheckInTimes = CheckInTimes()
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    started_at: datetime | None = None
    """Since when its check-ins run; None: nobody is asked."""
    digest_pings: bool = False
    """Whether its digest pings those who have an action."""
    parent_id: int | None = None
    """The team above it; None for the company, the tree's root, and for a team that nobody has placed."""
    old_day: OldDay | None = None
    from_channel: bool = False
    """Its members are whoever is in its channel; otherwise people by name."""
    set_up_by: str | None = None
    """The Slack id of whoever set it up there; None where it came with a file."""


@dataclass(frozen=True, slots=True)
class Membership:
    team_id: int
    person_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Cycle:
    id: int
    name: str
    starts: date
    ends: date
    """The last day, included."""


@dataclass(frozen=True, slots=True)
class KeyResult:
    id: int
    objective_id: int
    title: str
    owner_id: int
    measure: Measure
    unit: str = ""
    position: int = 0
    dropped: bool = False
    delegate_id: int | None = None
    """Asked while the owner is away."""
    weight: float = 1.0
    """In its objective's progress; above 0."""
    indicator: Indicator | None = None
    every: int = 1
    """Its value is asked for every so many weeks, its confidence each week."""


@dataclass(frozen=True, slots=True)
class Objective:
    id: int
    team_id: int
    cycle_id: int
    title: str
    owner_id: int
    kind: ObjectiveKind = ObjectiveKind.ASPIRATIONAL
    position: int = 0
    dropped: bool = False
    key_results: tuple[KeyResult, ...] = ()
    theme: str = ""
    """Such as "business" or "team building"; empty: none."""
    personal: bool = False
    """An aim of its owner's, not of the whole team's; the team's round asks for it."""
    private: bool = False
    """Only its owner, those who own its key results, and its `readers` see it; rollups leave it out."""
    readers: frozenset[int] = frozenset()
    parent: "Supported | None" = None
    """What it supports one level up."""
    serves: frozenset[int] = frozenset()
    """Other teams' objectives that it supports, too, by their ids."""


@dataclass(frozen=True, slots=True)
class Supported:
    """What an objective supports: another one or, with `key_result_id`, one of its key results."""

    objective_id: int
    key_result_id: int | None = None


class DependencyState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A key result needs another team's; its owner has confirmed that, or not yet."""

    id: int
    key_result_id: int
    on_id: int
    """The key result that is needed."""
    state: DependencyState
    asked_by_id: int
    asked_at: datetime
    answered_by_id: int | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OkrSet:
    """A team's objectives of one cycle. Nothing in it is asked for before it has started."""

    team_id: int
    cycle_id: int
    shared_at: datetime | None = None
    """When it was first shown in the team's channel as a draft."""
    started_at: datetime | None = None
    started_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """An owner's word, before the cycle starts, that they commit to a key result."""

    key_result_id: int
    person_id: int
    confidence: int
    at: datetime
    aim: str = ""
    """What it was measured by then, as `measure_fields.aim` writes it: whoever commits to one thing has not
    committed to another."""


class ProposalKind(StrEnum):
    COMMENT = "comment"
    OBJECTIVE = "objective"
    KEY_RESULT = "key result"
    CHANGE = "change"


class ProposalOutcome(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody says of a draft, or wants in it; kept with its outcome and who decided."""

    id: int
    team_id: int
    cycle_id: int
    kind: ProposalKind
    by_id: int
    at: datetime
    text: str = ""
    """The comment, or why."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """What is proposed, as its form gave it."""
    objective_id: int | None = None
    """What it is about; None for a new objective."""
    key_result_id: int | None = None
    outcome: ProposalOutcome | None = None
    """None while nobody has decided."""
    answer: str = ""
    answered_by_id: int | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blocker:
    """What is in the way of a key result, whose it is to clear, and the fix; each part may be unsaid."""

    kind: BlockerKind | None = None
    owner_id: int | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """How one key result stood at one check-in date. A later revision replaces an earlier one."""

    key_result_id: int
    date: date
    value: float
    confidence: int
    drove: str = ""
    blocker: Blocker | None = None
    by_id: int | None = None
    """Who said it; None for a value that came with an imported file."""
    at: datetime | None = None
    revision: int = 1
    steps_done: frozenset[int] = frozenset()
    """Of a milestone, by their ids; `value` is the percent of its weight that they are."""
    withdrawn: bool = False
    """Taken back by its author: kept, but as if it had not been said."""
    blocked_since: datetime | None = field(default=None, compare=False)
    """When the blocker was first said so on this date; revisions that left it as it was do not count."""


@dataclass(frozen=True, slots=True)
class Clearing:
    """What the person named in a blocker said of it: of the one that stood at that moment."""

    key_result_id: int
    date: date
    """Of the update that names them."""
    person_id: int
    outcome: ClearingOutcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Action:
    id: int
    person_id: int
    text: str
    set_on: date
    """The check-in date at which it was set, for the week after."""
    key_result_id: int | None = None
    outcome: ActionOutcome | None = None
    """None while it is open; an open action of an earlier check-in has been carried."""
    closed_on: date | None = None
    kept_on: date | None = None
    """The check-in date at which its author last chose to keep it."""
    decision_id: int | None = None
    """The decision of a meeting that it came of; whoever's it is cannot unset it by checking in again."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a team's meeting agreed about one key result."""

    id: int
    round_id: int
    key_result_id: int
    kind: DecisionKind
    text: str
    person_id: int
    """Whose it is."""
    by_id: int
    """Who wrote it down."""
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadsNote:
    """What a lead wants said at the top of a digest."""

    text: str
    by_id: int


@dataclass(frozen=True, slots=True)
class Round:
    """One team's check-in of one ISO week, named by its check-in day."""

    id: int
    team_id: int
    date: date
    state: RoundState
    opens_at: datetime
    digest_at: datetime


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What one person is asked for one date, across all their teams."""

    id: int
    person_id: int
    date: date
    prompt_at: datetime
    remind_at: datetime
    answer_by: datetime
    """The person's own 16:30."""
    actions_at: datetime | None = None
    """When the person said which actions count."""
    later_at: datetime | None = None
    """When they want to be reminded instead of at `remind_at`."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One key result asked of one person in one round, fixed when the round opens."""

    round_id: int
    key_result_id: int
    person_id: int
    check_in_id: int
    number: int
    """What the person sees as "KR1"."""
    state: OwedState = OwedState.WAITING
    answered_at: datetime | None = None
    """When it was answered first."""
    said_at: datetime | None = None
    """When the answer that counts now was said."""
    by_tap: bool = False
    """Whether that answer was a tap on [All unchanged]."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a person is not asked; `ends` None means until they say so."""

    id: int
    person_id: int
    starts: date
    ends: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change made to a started cycle's objective or key result."""

    at: datetime
    by_name: str
    subject: str
    field: str
    before: str
    after: str
    reason: str
