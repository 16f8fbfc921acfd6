"""The digest: the agenda of the team's meeting, from what is known when it is due (METHOD.md)."""

from dataclasses import dataclass
from datetime import date

from bot.okr.health import Standing
from bot.okr.model import BlockerKind, Change

TALK_LIMIT = 5
"""So many items to talk about stand in the first message; the rest follow in its thread."""


@dataclass(frozen=True, slots=True)
class TalkItem:
    standing: Standing
    owner: str
    why: str = ""
    blocker_kind: BlockerKind | None = None
    blocker_owner: str | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class NextAction:
    text: str
    weeks: int
    """1 when it was set in this check-in; 2 in its second week, and so on."""


@dataclass(frozen=True, slots=True)
class PersonActions:
    person: str
    actions: tuple[NextAction, ...]


@dataclass(frozen=True, slots=True)
class OnTrack:
    standing: Standing
    owner: str


@dataclass(frozen=True, slots=True)
class Digest:
    team: str
    date: date
    week: int
    weeks: int
    answered: int
    """People who answered everything they owed, of `asked`; those away are in neither."""
    asked: int
    waiting_for: tuple[str, ...]
    away: tuple[str, ...]
    confidence: float | None
    """Mean over the key results with an update, one decimal; None without any."""
    confidence_before: float | None
    progress: int | None
    """Percent: mean of the objectives' progress."""
    pace: int
    """Expected progress, percent."""
    done: int
    carried: int
    talk: tuple[TalkItem, ...]
    """All of them, the most pressing first."""
    actions: tuple[PersonActions, ...]
    on_track: tuple[OnTrack, ...]
    changes: tuple[Change, ...] = ()
