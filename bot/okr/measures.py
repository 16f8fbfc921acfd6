"""What a key result is measured by: a way to go, a state to keep, or steps to be done (docs/method.md).

Values are finite floats in the key result's unit; of a milestone, the percent of its weight that is done.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class MeasureKind(StrEnum):
    MOVE = "move"
    KEEP = "keep"
    MILESTONE = "milestone"


class Indicator(StrEnum):
    """What a key result tells of: what came of the work, seen late, or the way there, seen early."""

    RESULT = "result"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a key result is expected to be by a day of its cycle."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Move:
    """From `start` to `target`, up or down."""

    start: float
    target: float
    checkpoints: tuple[Checkpoint, ...] = ()
    """In the order of their days, which lie between the cycle's first and last."""


@dataclass(frozen=True, slots=True)
class Keep:
    """At least `low`, at most `high`, or within both, the bounds included; one of them at least."""

    low: float | None = None
    high: float | None = None

    def holds(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Step:
    id: int
    """Unique within its milestone."""
    title: str
    weight: float = 1.0
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """Done or not; with `steps`, by the weight of those that are done. Without any, the whole of it is the
    step `WHOLE`."""

    steps: tuple[Step, ...] = ()


WHOLE = 0
"""The id of the only step of a milestone without steps."""

Measure = Move | Keep | Milestone


def begins_at(measure: Measure) -> float | None:
    """The value before anybody has said one; None where there is none: what is to be kept is not known."""
    match measure:
        case Move(start):
            return start
        case Milestone():
            return 0.0
        case _:
            return None


def step_ids(milestone: Milestone) -> frozenset[int]:
    return frozenset(one.id for one in milestone.steps) or frozenset({WHOLE})


class Unmeasurable(StrEnum):
    """Why progress cannot be told by a measure."""

    NO_WAY = "start and target are the same"
    """A keep kind is meant, perhaps."""
    NO_BOUND = "neither a low nor a high bound"
    BOUNDS_CROSS = "the low bound is above the high one"
    NOT_FINITE = "not a finite number"
    WEIGHT = "a weight is not above zero"
    CHECKPOINT_ORDER = "checkpoints are out of order"
    CHECKPOINT_OUTSIDE = "a checkpoint lies outside the cycle"
    DUE_OUTSIDE = "a step is due outside the cycle"


def problems(measure: Measure, starts: date, ends: date) -> tuple[Unmeasurable, ...]:
    """All that is wrong with it in a cycle of those days, each once; nothing where it can be measured by."""
    match measure:
        case Move():
            found = _of_move(measure, starts, ends)
        case Keep():
            found = _of_keep(measure)
        case Milestone():
            found = _of_milestone(measure, starts, ends)
    return tuple(dict.fromkeys(found))


def _of_move(move: Move, starts: date, ends: date) -> Iterable[Unmeasurable]:
    if not _finite(move.start, move.target, *(one.value for one in move.checkpoints)):
        yield Unmeasurable.NOT_FINITE
    elif move.start == move.target:
        yield Unmeasurable.NO_WAY
    days = [one.on for one in move.checkpoints]
    if days != sorted(set(days)):
        yield Unmeasurable.CHECKPOINT_ORDER
    if not all(starts < on < ends for on in days):
        yield Unmeasurable.CHECKPOINT_OUTSIDE


def _of_keep(keep: Keep) -> Iterable[Unmeasurable]:
    bounds = [one for one in (keep.low, keep.high) if one is not None]
    if not bounds:
        yield Unmeasurable.NO_BOUND
    elif not _finite(*bounds):
        yield Unmeasurable.NOT_FINITE
    elif bounds != sorted(bounds):
        yield Unmeasurable.BOUNDS_CROSS


def _of_milestone(milestone: Milestone, starts: date, ends: date) -> Iterable[Unmeasurable]:
    for step in milestone.steps:
        if not _finite(step.weight):
            yield Unmeasurable.NOT_FINITE
        elif step.weight <= 0:
            yield Unmeasurable.WEIGHT
        if step.due is not None and not starts <= step.due <= ends:
            yield Unmeasurable.DUE_OUTSIDE


def _finite(*values: float) -> bool:
    return all(math.isfinite(one) for one in values)
