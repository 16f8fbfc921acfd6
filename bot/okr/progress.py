"""Progress: how much of the way a key result has gone, by its kind, and its rollups (docs/method.md).

Progress is a fraction (0.25 is a quarter of the way); only `figures.percent` makes it a figure as shown.
*Raw* progress is unbounded; rollups take it clamped to 0–1, so that one overshoot cannot hide another's miss.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from bot.okr.days.weeks import week_of
from bot.okr.measures import Keep, Milestone, Move
from bot.okr.model import Cycle, KeyResult, Objective, Update
from bot.okr.numbers.figures import exact, mean, nearest


def move_progress(start: float, target: float, current: float) -> float:
    """(current − start) / (target − start), up or down: 0 at the start, 1 at the target, without bounds.

    ValueError where start equals target, and for numbers that are not finite.
    """
    way = exact(target) - exact(start)
    if not way:
        raise ValueError("start and target are the same: there is no way to go")
    return nearest((exact(current) - exact(start)) / way)


def keep_progress(
    keep: Keep, cycle: Cycle, updates: Sequence[Update], on: date, passed_by: Collection[date] = ()
) -> float | None:
    """Weeks held ÷ weeks of the cycle, up to a day; None without a reading.

    `updates` are those of `pace.by_date`: a week's last reading is its state. A week that passed the owner by
    (away, or the bot was down; `passed_by` has the dates of such rounds) takes the next reading's state; a
    week without an answer is not held.
    """
    readings = {week_of(cycle, one.date)[0]: one.value for one in updates if one.date <= on}
    passed = {week_of(cycle, one)[0] for one in passed_by}
    this_week, weeks = week_of(cycle, on)
    held = waiting = 0
    for week in range(1, this_week + 1):
        if week in readings:
            held += waiting + 1 if keep.holds(readings[week]) else 0
            waiting = 0
        elif week in passed:
            waiting += 1
    return held / weeks if readings else None


def milestone_progress(milestone: Milestone, done: Collection[int]) -> float:
    """The weight of the steps done (by their ids) ÷ the weight of all; without steps: whether anything is."""
    if not milestone.steps:
        return 1.0 if done else 0.0
    weights = {one.id: exact(one.weight) for one in milestone.steps}
    return nearest(
        sum((weight for one, weight in weights.items() if one in done), Fraction()) / sum(weights.values())
    )


def milestone_value(milestone: Milestone, done: Collection[int]) -> float:
    """The value of an update that says so: the percent of its weight."""
    return 100 * milestone_progress(milestone, done)


def clamped(raw: float) -> float:
    """Raw progress held between 0 and 1, as rollups take it."""
    return min(max(raw, 0.0), 1.0)


def weighted_mean(parts: Iterable[tuple[float, float]]) -> float | None:
    """Σ weight × value ÷ Σ weight of (weight, value); None without any weight. It lies between its parts."""
    exactly = [(exact(weight), exact(value)) for weight, value in parts]
    weight = sum((one for one, _ in exactly), Fraction())
    if not weight:
        return None
    return nearest(sum((one * value for one, value in exactly), Fraction()) / weight)


def raw(
    kr: KeyResult, cycle: Cycle, history: Sequence[Update], on: date, passed_by: Collection[date] = ()
) -> float | None:
    """Raw progress on a day, whatever its kind; None without an update ("no data").

    `history` is that of `pace.by_date`; `passed_by` as `keep_progress` takes it.
    """
    if not history:
        return None
    match kr.measure:
        case Move(start, target):
            return move_progress(start, target, history[-1].value)
        case Keep():
            return keep_progress(kr.measure, cycle, history, on, passed_by)
        case Milestone():
            return history[-1].value / 100


def objective_progress(key_results: Iterable[KeyResult], raws: Mapping[int, float | None]) -> float | None:
    """The weighted mean of the key results' clamped progress, 0 where `raws` (by their id) has none.

    Dropped key results do not count; None where none is left ("no data").
    """
    return weighted_mean((kr.weight, clamped(raws.get(kr.id) or 0.0)) for kr in key_results if not kr.dropped)


def team_progress(objectives: Iterable[Objective], raws: Mapping[int, float | None]) -> float | None:
    """The mean of the undropped objectives that have key results; None without any."""
    each = [
        objective_progress(objective.key_results, raws) for objective in objectives if not objective.dropped
    ]
    return mean([progress for progress in each if progress is not None])
