"""Figures: numbers taken as people write them, without the noise of doubles, and as they are shown.

Sums are done in exact fractions of the shortest decimals that stand for the numbers, so that 55.7 of 50 to 70
is 28.5 %, not a hair less, and no difference of two doubles can overflow.
"""

import math
import statistics
import sys
from collections.abc import Sequence
from fractions import Fraction

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


def percent(fraction: float) -> int:
    """A fraction as the whole percent that is shown: 0.285 is 29, −0.025 is −3 (halves away from zero).

    ValueError where the fraction is not finite.
    """
    return half_up(exact(fraction) * 100)


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean, summed exactly so that it lies within the range of its parts; None without any."""
    return float(statistics.mean(values)) if values else None
