"""Progress: how much of the way a key result has gone, and its rollups (docs/method.md).

Progress is a fraction (0.25 is a quarter of the way); only `percent` makes it a figure as shown. The sums are
done in exact fractions of the numbers as people write them, so that 55.7 of 50 to 70 is 28.5 %, not a hair
less, and no difference of two doubles can overflow.
"""

import math
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from bot.okr.model import KeyResult, Objective, Update

NOISE_DIGITS = 9
"""Decimals of a figure, beyond which a difference is floating-point noise: 28.4999999999 counts as 28.5."""


def exact(value: float) -> Fraction:
    """The shortest decimal that stands for `value`, as a fraction; ValueError if it is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    return Fraction(str(value))


def nearest(value: Fraction) -> float:
    """The double next to `value`; beyond their range the outermost finite one."""
    try:
        return float(value)
    except OverflowError:
        return sys.float_info.max if value > 0 else -sys.float_info.max


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves away from zero (2.5 is 3, −2.5 is −3), less floating-point noise."""
    magnitude = math.floor(round(abs(value), NOISE_DIGITS) + Fraction(1, 2))
    return magnitude if value >= 0 else -magnitude


def raw_progress(start: float, target: float, current: float) -> float:
    """(current − start) / (target − start), up or down: 0 at the start, 1 at the target, without bounds.

    ValueError where start equals target, and for numbers that are not finite.
    """
    way = exact(target) - exact(start)
    if not way:
        raise ValueError("start and target are the same: there is no way to go")
    return nearest((exact(current) - exact(start)) / way)


def clamped(raw: float) -> float:
    """Raw progress held between 0 and 1, as rollups take it."""
    return min(max(raw, 0.0), 1.0)


def percent(fraction: float) -> int:
    """A fraction as the whole percent that is shown: 0.285 is 29, −0.025 is −3 (halves away from zero).

    ValueError where the fraction is not finite.
    """
    return half_up(exact(fraction) * 100)


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean, summed exactly so that it lies within the range of its parts; None without any."""
    return float(statistics.mean(values)) if values else None


def objective_progress(key_results: Iterable[KeyResult], latest: Mapping[int, Update]) -> float | None:
    """The mean of the key results' clamped progress, 0 where `latest` (by key result's id) has no update.

    Dropped key results do not count; None where none is left ("no data").
    """
    return mean([_progress(kr, latest.get(kr.id)) for kr in key_results if not kr.dropped])


def team_progress(objectives: Iterable[Objective], latest: Mapping[int, Update]) -> float | None:
    """The mean of the undropped objectives that have key results; None without any."""
    each = [
        objective_progress(objective.key_results, latest) for objective in objectives if not objective.dropped
    ]
    return mean([progress for progress in each if progress is not None])


def _progress(kr: KeyResult, update: Update | None) -> float:
    return clamped(raw_progress(kr.start, kr.target, update.value)) if update else 0.0
