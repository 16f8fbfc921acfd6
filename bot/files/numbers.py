"""How numbers are written so that the same one is read again, to the last digit."""

import math

_LARGEST_WHOLE = 1e15
"""Whole numbers are written without a point up to here, where floats still hold each of them."""


def written(value: float) -> int | float:
    """In Python's shortest way that reads back the same; whole numbers without a point."""
    whole = float(value).is_integer() and abs(value) <= _LARGEST_WHOLE
    return int(value) if whole and not _is_minus_zero(value) else value


def _is_minus_zero(value: float) -> bool:
    return value == 0 and math.copysign(1, value) < 0
