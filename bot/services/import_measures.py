"""What a file says of how a key result is measured, compared with what is kept."""

from dataclasses import replace
from datetime import date

from bot.okr.measures import Keep, Measure, Milestone, Move, Step
from bot.okr.model import KeyResult
from bot.okr.outline import Place
from bot.okr.values import format_change, format_exactly, format_value
from bot.services.import_plan import FieldChange


def numbered(measure: Measure, known: Measure | None) -> Measure:
    """A milestone's steps with their ids: those of the known ones of the same title, new ones for others."""
    if not isinstance(measure, Milestone):
        return measure
    before = known.steps if isinstance(known, Milestone) else ()
    ids = {one.title: one.id for one in before}
    after = max(ids.values(), default=0)
    steps: list[Step] = []
    for step in measure.steps:
        if step.title in ids:
            steps.append(replace(step, id=ids[step.title]))
        else:
            after += 1
            steps.append(replace(step, id=after))
    return Milestone(tuple(steps))


def measured(measure: Measure, unit: str) -> str:
    """ "70 → 75 %", "at least 99 %", "3 steps"."""
    match measure:
        case Move(start, target):
            return _moves(start, target, unit)
        case Keep():
            return _bounds(measure, unit)
        case Milestone(()):
            return "done or not"
        case Milestone(steps):
            return f"{len(steps)} step{'' if len(steps) == 1 else 's'}"


def measure_changes(place: Place, known: KeyResult, wanted: KeyResult) -> list[FieldChange]:
    """Of the unit, the weight and what it is measured by."""
    changes = []
    if known.unit != wanted.unit:
        changes.append(change("unit", known.unit or "none", wanted.unit or "none", place))
    if known.weight != wanted.weight:
        was, is_now = format_exactly(known.weight), format_exactly(wanted.weight)
        changes.append(change("weight", was, is_now, place))
    match known.measure, wanted.measure:
        case Move() as before, Move() as after:
            changes += _way(place, before, after, known.unit, wanted.unit)
        case before, after if before != after:
            was, is_now = _whole(before, known.unit), _whole(after, wanted.unit)
            changes.append(change("measure", was, is_now, place))
    return changes


def change(name: str, before: str, after: str, place: Place) -> FieldChange:
    return FieldChange(name, before, after, place.at(name), f"{name} {before} → {after}")


def _way(place: Place, before: Move, after: Move, unit_before: str, unit: str) -> list[FieldChange]:
    changes = []
    for name, one, other in (
        ("start", before.start, after.start),
        ("target", before.target, after.target),
    ):
        if one != other:
            was, is_now = format_exactly(one, unit_before), format_exactly(other, unit)
            changes.append(
                FieldChange(name, was, is_now, place.at(name), f"{name} {_moves(one, other, unit)}")
            )
    if before.checkpoints != after.checkpoints:
        was, is_now = (_checkpoints(one, unit) for one in (before, after))
        changes.append(change("checkpoints", was, is_now, place))
    return changes


def _whole(measure: Measure, unit: str) -> str:
    """All that it says."""
    match measure:
        case Milestone(steps) if steps:
            return "; ".join(_step(one) for one in steps)
        case Move() if measure.checkpoints:
            return f"{measured(measure, unit)}, {_checkpoints(measure, unit)}"
        case _:
            return measured(measure, unit)


def _step(step: Step) -> str:
    weight = f" ({format_exactly(step.weight)})" if step.weight != 1 else ""
    return f"{step.title}{weight}{f' by {_day(step.due)}' if step.due else ''}"


def _checkpoints(way: Move, unit: str) -> str:
    each = (f"{format_exactly(one.value, unit)} by {_day(one.on)}" for one in way.checkpoints)
    return ", ".join(each) or "none"


def _bounds(keep: Keep, unit: str) -> str:
    low, high = (None if one is None else format_exactly(one, unit) for one in (keep.low, keep.high))
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return f"{low} to {high}"


def _day(day: date) -> str:
    return day.isoformat()


def _moves(before: float, after: float, unit: str) -> str:
    """ "70 → 75 %"; with every digit where the two would look the same."""
    if format_value(before, unit) == format_value(after, unit):
        return f"{format_exactly(before, unit)} → {format_exactly(after, unit)}"
    return format_change(before, after, unit)
