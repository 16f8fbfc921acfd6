"""Health: how a key result stands, derived from its updates, its pace and silence (METHOD.md)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.okr.model import KeyResult, ObjectiveKind, Update


class Health(StrEnum):
    CLOSED = "closed"
    AWAY = "away"
    NO_DATA = "no data"
    SILENT = "silent"
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


class Disagreement(StrEnum):
    """Where confidence and pace say different things."""

    CONFIDENT_BUT_BEHIND = "confident but behind"
    DOUBTFUL_BUT_AHEAD = "doubtful but ahead"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one key result stands at one moment. Figures are as shown: percent and pp, rounded half up."""

    key_result: KeyResult
    kind: ObjectiveKind
    update: Update | None
    confidence_before: int | None
    raw: int | None
    """Percent, unbounded; None without an update."""
    progress: int
    """Percent, 0-100; 0 without an update."""
    expected: int
    """Percent, 0-100."""
    gap: int
    """expected - progress, in pp; negative is ahead."""
    health: Health
    underlying: Health | None = None
    """What it was before somebody went away."""
    weeks_silent: int = 0
    disagreement: Disagreement | None = None
    forecast: float | None = None
    """The trend's value at the cycle's end, in the key result's unit; None where there is none."""
    trending_to_miss: bool = False
