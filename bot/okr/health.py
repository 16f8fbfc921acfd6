"""Health: how a key result stands, derived from its updates, its pace and silence (docs/method.md)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.okr import pace
from bot.okr.course import Course, course
from bot.okr.defaults import (
    BEHIND,
    CONFIDENCE_FALL,
    FAR_BEHIND,
    HIGH_CONFIDENCE,
    MEDIUM_CONFIDENCE,
    OUTSIDE_RUNNING,
)
from bot.okr.measures import Keep, Move
from bot.okr.measuring import speaks_of
from bot.okr.model import Cycle, KeyResult, ObjectiveKind, Update
from bot.okr.numbers.figures import percent
from bot.okr.progress import clamped
from bot.okr.progress import raw as progress_of


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
    part: float | None
    """Raw progress as a fraction, not rounded: what rollups take; None without an update."""
    progress: int
    """Percent, 0-100; 0 without an update."""
    expected: int
    """Percent, 0-100."""
    gap: int
    """expected - progress, in pp; negative is ahead."""
    health: Health
    course: Course
    underlying: Health | None = None
    """What it was before somebody went away."""
    weeks_silent: int = 0
    disagreement: Disagreement | None = None
    forecast: float | None = None
    """The trend's value at the cycle's end, in the key result's unit; None where there is none."""
    trending_to_miss: bool = False
    outside: bool = False
    """Of a state to keep: whether it is out of its bounds now."""


def standing(
    kr: KeyResult,
    kind: ObjectiveKind,
    cycle: Cycle,
    updates: Sequence[Update],
    on: date,
    *,
    rounds_without: int = 0,
    away: bool = False,
    closed: bool = False,
    passed_by: Collection[date] = (),
) -> Standing:
    """Where a key result stands on a day, from its updates up to that day.

    `rounds_without`: how many of its latest digested rounds in a row came without its update; 0 when the
    latest had one or there was none yet. Rounds that passed the owner by (away, skipped) are not counted;
    `passed_by` has their dates.
    """
    history = pace.by_date(kr, updates, on)
    update = history[-1] if history else None
    raw = progress_of(kr, cycle, history, on, passed_by)
    progress = clamped(raw or 0.0)
    expected = pace.expected(cycle, speaks_of(kr, cycle, history, on), pace.points(kr.measure))
    full_gap = pace.gap(expected, progress)
    outside = _outside(kr, history)
    confidence_before = history[-2].confidence if len(history) > 1 else None
    derived = _derived(
        kind,
        update,
        held_gap=pace.gap(pace.success(kind) * expected, progress),
        fell=_fell(update, confidence_before),
        rounds_without=rounds_without,
        outside=outside,
    )
    forecast = pace.forecast(cycle, kr, updates, on)
    return Standing(
        key_result=kr,
        kind=kind,
        update=update,
        confidence_before=confidence_before,
        raw=None if raw is None else percent(raw),
        part=raw,
        progress=percent(progress),
        expected=percent(expected),
        gap=full_gap,
        health=Health.CLOSED if closed else Health.AWAY if away else derived,
        course=course(cycle, kr, updates, on, passed_by),
        underlying=derived if away and not closed else None,
        weeks_silent=rounds_without,
        disagreement=_disagreement(update, full_gap),
        forecast=forecast,
        trending_to_miss=_trends_to_miss(kr, kind, forecast),
        outside=outside > 0,
    )


def confidence_fell(standing: Standing) -> bool:
    """Whether confidence is so much lower than at the update before that the team should talk about it."""
    return _fell(standing.update, standing.confidence_before)


def _trends_to_miss(kr: KeyResult, kind: ObjectiveKind, forecast: float | None) -> bool:
    return forecast is not None and isinstance(kr.measure, Move) and pace.misses(kr.measure, kind, forecast)


def _outside(kr: KeyResult, history: Sequence[Update]) -> int:
    """Of a state to keep: how many of its last updates running are out of its bounds."""
    if not isinstance(kr.measure, Keep):
        return 0
    running = 0
    while running < len(history) and not kr.measure.holds(history[-1 - running].value):
        running += 1
    return running


def _derived(
    kind: ObjectiveKind,
    update: Update | None,
    *,
    held_gap: int,
    fell: bool,
    rounds_without: int,
    outside: int,
) -> Health:
    """Health apart from closed and away; the first match wins. `outside` as `_outside` counts it."""
    if rounds_without:
        return Health.SILENT
    if update is None:
        return Health.NO_DATA
    if update.confidence < MEDIUM_CONFIDENCE or held_gap >= FAR_BEHIND or outside >= OUTSIDE_RUNNING:
        return Health.RED
    doubtful = kind is ObjectiveKind.COMMITTED and update.confidence < HIGH_CONFIDENCE
    if held_gap >= BEHIND or doubtful or fell or outside:
        return Health.YELLOW
    return Health.GREEN


def _fell(update: Update | None, before: int | None) -> bool:
    return update is not None and before is not None and before - update.confidence >= CONFIDENCE_FALL


def _disagreement(update: Update | None, full_gap: int) -> Disagreement | None:
    if update is None:
        return None
    if update.confidence >= HIGH_CONFIDENCE and full_gap >= FAR_BEHIND:
        return Disagreement.CONFIDENT_BUT_BEHIND
    if update.confidence < MEDIUM_CONFIDENCE and full_gap <= 0:
        return Disagreement.DOUBTFUL_BUT_AHEAD
    return None
