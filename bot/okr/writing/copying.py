"""A key result of a cycle that ends, as it begins in the draft of the next one."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.okr.measures import Keep, Milestone, Move
from bot.okr.model import KeyResult, Update
from bot.okr.progress import move_progress


class Left(StrEnum):
    """What its owner has to make up their mind about: it was copied as it was."""

    REACHED = "reached"
    """Its target: it wants another one."""
    DONE = "done"
    """All steps of it."""


@dataclass(frozen=True, slots=True)
class Copy:
    key_result: KeyResult
    left: Left | None = None


def copied(key_result: KeyResult, last: Update | None) -> Copy:
    """It starts from where it stood last and keeps its target; where that was reached, from where it started
    before. Days of the old cycle (checkpoints, due steps) and steps that are done stay behind. Of bounds to
    keep nothing changes."""
    match key_result.measure:
        case Move() as way:
            return _moved(key_result, way, last)
        case Milestone() as milestone:
            return _undone(key_result, milestone, last)
        case Keep():
            return Copy(key_result)


def _moved(key_result: KeyResult, way: Move, last: Update | None) -> Copy:
    reached = last is not None and move_progress(way.start, way.target, last.value) >= 1.0
    start = way.start if last is None or reached else last.value
    return Copy(
        replace(key_result, measure=Move(start, way.target)),
        Left.REACHED if reached else None,
    )


def _undone(key_result: KeyResult, milestone: Milestone, last: Update | None) -> Copy:
    done = last.steps_done if last else frozenset()
    open_steps = tuple(replace(one, due=None) for one in milestone.steps if one.id not in done)
    finished = bool(done) and not open_steps
    steps = tuple(replace(one, due=None) for one in milestone.steps) if finished else open_steps
    return Copy(replace(key_result, measure=Milestone(steps)), Left.DONE if finished else None)
