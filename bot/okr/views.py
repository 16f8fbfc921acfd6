"""What is shown: the views that services load and that blocks (and later charts) draw.

Everything in them is a plain value in the reader's terms: names, not ids, where only reading is meant;
moments in the zone of the person who reads.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.okr import pace
from bot.okr.alignment.views import Need, Needed
from bot.okr.blockers import NotTold
from bot.okr.days.attendance import TeamRecord
from bot.okr.days.later import Later
from bot.okr.days.weeks import week_of
from bot.okr.health import Standing
from bot.okr.measures import Keep, Measure, Move
from bot.okr.model import Absence, Blocker, BlockerKind, ClearingOutcome, Cycle, ObjectiveKind
from bot.okr.numbers.figures import percent
from bot.okr.questions import Question
from bot.okr.replies.doubt_views import DoubtView


@dataclass(frozen=True, slots=True)
class AskedKeyResult:
    """One key result as its owner is asked for it; `value` and `confidence` are the last known ones."""

    key_result_id: int
    number: int
    title: str
    unit: str
    measure: Measure
    value: float | None
    """None where nothing is known yet, as of a state to keep."""
    confidence: int
    answered: bool = False
    """Whether this check-in already has an update for it (then value and confidence are that update's)."""
    away: bool = False
    """It passes the person by: nobody waits for it, though they may answer it."""
    value_before: float | None = None
    """As of the check-in before; None: never updated before."""
    confidence_before: int | None = None
    drove: str = ""
    blocker: Blocker | None = None
    blocker_slack_id: str | None = None
    blocker_whose: str = ""
    """The name of whoever is to clear it; empty where nobody was named."""
    blocker_not_told: NotTold | None = None
    """Why they hear nothing of it."""
    asks_what_moves_it: bool = False
    """It has been answered as unchanged so often that its owner is asked what would move it."""
    for_whom: str | None = None
    """Its owner, where somebody else is asked for them."""
    steps_done: frozenset[int] = frozenset()
    """Of a milestone, as last known."""
    next_value: date | None = None
    """Where only its confidence is asked for this time: when its value is, next."""
    answered_by: str | None = None
    """Who has answered it in this check-in, where that is somebody else."""

    def figures(self) -> tuple[float, ...]:
        """Those that its reader knows: the last value, and where it comes from or what it aims at."""
        known: tuple[float | None, ...] = ()
        match self.measure:
            case Move(start, target):
                known = (start, target)
            case Keep(low, high):
                known = (low, high)
        return tuple(one for one in (self.value, *known) if one is not None)


@dataclass(frozen=True, slots=True)
class ToClear:
    """A key result that waits for the reader: they are named in its blocker."""

    key_result_id: int
    title: str
    owner: str
    kind: BlockerKind | None
    fix: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """What somebody said of the blocker in a key result of the reader's."""

    title: str
    by: str
    outcome: ClearingOutcome


@dataclass(frozen=True, slots=True)
class RequestsView:
    """To somebody who is asked nothing, but waited for."""

    to_clear: tuple[ToClear, ...]
    needed: tuple[Needed, ...] = ()


@dataclass(frozen=True, slots=True)
class ClearedView:
    """To an owner: what became of the blockers that they named in a check-in, and of what they need."""

    cleared: tuple[Cleared, ...]
    check_in_id: int | None
    """None once the check-in is closed."""
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a person's very first prompt adds for each team: who enrolled them and where answers are seen."""

    team: str
    enrolled_by: str | None
    """A lead's name; None when the reader is the only lead."""
    channel: str
    """Slack's channel id, for a link."""
    check_in_day: int


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action from an earlier check-in, open when this one began."""

    id: int
    text: str
    weeks: int
    """1 in the week after it was set."""
    number: int = 0
    """By which its author names it in words, from 1."""
    closing: str = "open"
    """What has been said of it in this check-in, an `actions.Closing`."""
    keep_or_drop: bool = False
    """Whether its author is asked to decide."""
    key_result: int | None = None
    """The number of the key result it is for, where that is asked for."""


@dataclass(frozen=True, slots=True)
class StatusQuestion:
    """The reader's Slack status looks like leave: are they away?"""

    id: int
    words: str
    """As they stand beside their name."""
    last_day: date


@dataclass(frozen=True, slots=True)
class PromptView:
    check_in_id: int
    teams: tuple[str, ...]
    date: date
    asked: tuple[AskedKeyResult, ...]
    answer_by: datetime
    """In the reader's zone."""
    welcome: tuple[Welcome, ...] = ()
    """Only in the first prompt that a person ever gets."""
    answered_at: datetime | None = None
    """In the reader's zone; None while anything is waiting."""
    open: bool = True
    """False once the next round has opened or nothing of it is wanted any more: no buttons."""
    paused: bool = False
    away: Absence | None = None
    """The person's days away that this check-in passes by; None where it waits for an answer."""
    by_tap: bool = False
    """Whether [All unchanged] answered it, or a part, and can be taken back."""
    stand_ins: tuple[str, ...] = ()
    """Who is asked in the person's place, while they are away; the others' key results are not in `asked`."""
    later: tuple[tuple[Later, datetime], ...] = ()
    """When they may be reminded instead of as usual, in the reader's zone."""
    later_at: datetime | None = None
    """When they want to be reminded, in the reader's zone; None: as usual."""
    actions: tuple[str, ...] = ()
    """What the person has set for next week in this check-in."""
    open_actions: tuple[OpenAction, ...] = ()
    to_clear: tuple[ToClear, ...] = ()
    cleared: tuple[Cleared, ...] = ()
    needed: tuple[Needed, ...] = ()
    needs: tuple[Need, ...] = ()
    """What was said lately of what the reader needs."""
    questions: tuple[Question, ...] = ()
    """To think about; nothing is owed to them."""
    status: StatusQuestion | None = None


@dataclass(frozen=True, slots=True)
class FormView:
    check_in_id: int
    teams: tuple[str, ...]
    date: date
    asked: tuple[AskedKeyResult, ...]
    open_actions: tuple[OpenAction, ...] = ()
    next_actions: tuple[str, ...] = ()
    kept_words: tuple[str, ...] = ()
    """What the person wrote that was not understood, shown so that it can be used."""
    for_whom: str | None = None
    """Whose check-in it is, where somebody else answers: then it has nothing of theirs but key results."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    number: int
    title: str
    unit: str
    measure: Measure
    value: float
    confidence: int
    value_before: float | None
    confidence_before: int | None
    drove: str = ""
    blocker: Blocker | None = None
    blocker_whose: str = ""
    """The name of whoever is to clear it; empty where nobody was named."""
    blocker_not_told: NotTold | None = None
    for_whom: str | None = None
    asks_what_moves_it: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The reply to a plain message or a tap: what was understood, and what was not."""

    check_in_id: int | None
    """None when nothing is asked of the person now."""
    lines: tuple[ReceiptLine, ...]
    closed: tuple[OpenAction, ...] = ()
    """Actions of earlier weeks of which something was said."""
    actions: tuple[str, ...] = ()
    says_actions: bool = False
    """The person has said which there are, perhaps none."""
    thanks: tuple[str, ...] = ()
    """Of the thank-yous that this answer brought, the words."""
    not_understood: tuple[str, ...] = ()
    """The person's own words, kept for them."""
    withdrawn: bool = False
    """Some of them were asked about, and stand in their message no more."""
    problems: tuple[str, ...] = ()
    """Sentences about what cannot be taken, such as "KR1: 11 is not a confidence; it goes from 0 to 10"."""
    doubts: tuple[DoubtView, ...] = ()
    waiting: tuple[AskedKeyResult, ...] = ()
    """What is still to be answered."""
    late: bool = False
    unchanged: bool = False
    """It came from one tap on "All unchanged"."""
    nothing_asked: bool = False
    help: bool = False
    """The person asked what they can do here."""
    next_prompt: datetime | None = None
    """When the person is asked next, in their zone, where nothing is asked now and it is known."""
    stand_ins: tuple[str, ...] = ()
    """Who is asked in their place, where nothing is asked of them."""
    for_whom: str | None = None
    """Whose check-in it was, where the reader answered for somebody else."""


@dataclass(frozen=True, slots=True)
class KeyResultView:
    standing: Standing
    owner: str
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectiveView:
    title: str
    kind: ObjectiveKind
    owner: str
    progress: int | None
    """Percent; None without key results."""
    key_results: tuple[KeyResultView, ...]


@dataclass(frozen=True, slots=True)
class CycleView:
    """A cycle on a day."""

    name: str
    week: int
    weeks: int
    pace: int
    """Expected progress, percent."""
    begins: date | None = None
    """Its first day, where that is still to come."""


def cycle_view(cycle: Cycle, on: date) -> CycleView:
    begins = cycle.starts if cycle.starts > on else None
    return CycleView(cycle.name, *week_of(cycle, on), percent(pace.expected(cycle, on)), begins)


@dataclass(frozen=True, slots=True)
class OkrView:
    """One person's or one team's OKRs in one cycle, as `/okr` and Home show them."""

    heading: str
    """A person's or a team's name."""
    own: bool
    """Whether the reader looks at their own."""
    cycle: CycleView | None
    objectives: tuple[ObjectiveView, ...]
    waiting: tuple[AskedKeyResult, ...] = ()
    """What the reader still owes; only for their own."""
    check_in_id: int | None = None
    answer_by: datetime | None = None
    """None, too, once that is over: late answers are welcome."""
    next_prompt: datetime | None = None
    paused: bool = False
    away: Absence | None = None
    """The reader's days away, on one of which it is today."""
    stand_ins: tuple[str, ...] = ()
    """Who answers for the reader in a check-in that can still be answered."""
    record: TeamRecord | None = None
    """A team's, never a person's."""
    to_clear: tuple[ToClear, ...] = ()
    """These, what is needed of them, and what was cleared, only for their own."""
    needed: tuple[Needed, ...] = ()
    cleared: tuple[Cleared, ...] = ()
    open_to_reader: int | None = None
    """The check-in of somebody else in which the reader may answer for them."""
