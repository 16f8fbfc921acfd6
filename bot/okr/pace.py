"""Pace: where a key result should be by a day, how far it is from there, where it leads (docs/method.md)."""

import statistics
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations, pairwise

from bot.okr.defaults import (
    ASPIRATIONAL_SUCCESS,
    COMMITTED_SUCCESS,
    FORECAST_FROM,
    FORECAST_LEAST,
    FORECAST_MOST,
)
from bot.okr.measures import Measure, Milestone, Move, Step
from bot.okr.model import Cycle, KeyResult, ObjectiveKind, Update
from bot.okr.numbers.figures import exact, nearest, percent
from bot.okr.progress import milestone_progress, move_progress


def success(kind: ObjectiveKind) -> float:
    """The part of the way that counts as success."""
    return ASPIRATIONAL_SUCCESS if kind is ObjectiveKind.ASPIRATIONAL else COMMITTED_SUCCESS


def expected(cycle: Cycle, on: date, through: Sequence[tuple[date, float]] = ()) -> float:
    """Expected progress: 0 on the cycle's first day and before, 1 on its last and after, straight by days;
    or straight from one point to the next of `through` (a day within the cycle, the progress expected by it).

    A cycle of one day expects all of it on that day.
    """
    if on >= cycle.ends:
        return 1.0
    if on <= cycle.starts:
        return 0.0
    points = [(cycle.starts, 0.0), *through, (cycle.ends, 1.0)]
    (day, at), (next_day, next_at) = next((a, b) for a, b in pairwise(points) if on < b[0])
    part = Fraction((on - day).days, (next_day - day).days)
    return nearest(exact(at) + part * (exact(next_at) - exact(at)))


def points(measure: Measure) -> tuple[tuple[date, float], ...]:
    """What `expected` goes through: a way's checkpoints; the days by which a milestone's steps are due, where
    all of them have one."""
    match measure:
        case Move(start, target, checkpoints):
            return tuple((one.on, move_progress(start, target, one.value)) for one in checkpoints)
        case Milestone(steps) if steps and all(one.due for one in steps):
            days = sorted({one.due for one in steps if one.due is not None})
            return tuple((day, milestone_progress(measure, _due_by(steps, day))) for day in days)
        case _:
            return ()


def _due_by(steps: Sequence[Step], day: date) -> set[int]:
    return {one.id for one in steps if one.due is not None and one.due <= day}


def gap(expected: float, progress: float) -> int:
    """expected − progress in pp, of the figures as shown, so that readers can check it; negative is ahead."""
    return percent(expected) - percent(progress)


def by_date(kr: KeyResult, updates: Iterable[Update], until: date) -> list[Update]:
    """The key result's updates up to a day: the latest revision of each date, the oldest date first."""
    latest: dict[date, Update] = {}
    for update in sorted(updates, key=lambda update: update.revision):
        if update.key_result_id == kr.id and update.date <= until:
            latest[update.date] = update
    return [latest[day] for day in sorted(latest)]


def forecast(cycle: Cycle, kr: KeyResult, updates: Sequence[Update], on: date) -> float | None:
    """Where the trend leads by the cycle's last day, as a value in the key result's unit.

    A robust straight line through the last six updates: its slope is the median of the slopes between all
    pairs (Theil 1950, "A rank-invariant method of linear and polynomial regression analysis"; Sen 1968,
    "Estimates of the regression coefficient based on Kendall's tau"), its height the median of what is left,
    so that one stray value does not bend it. None with fewer than three updates, in the first quarter of
    the cycle, and once the cycle is over, when there is nothing left to foresee; nor for what does not go
    straight: key results with checkpoints, and those that are no way to go; nor for what is not measured each
    week, whose updates between say the same again.
    """
    if not isinstance(kr.measure, Move) or kr.measure.checkpoints or kr.every > 1:
        return None
    recent = by_date(kr, updates, on)[-FORECAST_MOST:]
    if len(recent) < FORECAST_LEAST or expected(cycle, on) < FORECAST_FROM or on > cycle.ends:
        return None
    points = [((update.date - cycle.ends).days, exact(update.value)) for update in recent]
    slope = statistics.median((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))
    # Days count back from the cycle's end, so that the line's height at 0 is the forecast.
    return nearest(statistics.median(y - slope * x for x, y in points))


def misses(way: Move, kind: ObjectiveKind, forecast_value: float) -> bool:
    """Whether the forecast falls short of success, compared in whole percent of the way."""
    return percent(move_progress(way.start, way.target, forecast_value)) < percent(success(kind))
