"""What has changed in an objective or a key result, field by field, as people read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.okr.measures import Checkpoint, Keep, Measure, Milestone, Move, Step
from bot.okr.model import KeyResult, Objective
from bot.okr.numbers.values import format_change, format_exactly, format_value

ADDED = "added"
DROPPED = "dropped"
"""Of all of it, in the place of a field."""
NONE = "none"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Changed:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Names:
    """How people and objectives are called, by their ids; what is not to be named is missing."""

    people: Mapping[int, str] = field(default_factory=dict)
    objectives: Mapping[int, str] = field(default_factory=dict)
    key_results: Mapping[int, str] = field(default_factory=dict)


def in_objective(before: Objective, after: Objective, names: Names) -> tuple[Changed, ...]:
    """Not of its key results, and not of its place among others."""
    told = (_told(one, names) for one in (before, after))
    return _differing(*told)


def in_key_result(before: KeyResult, after: KeyResult, names: Names) -> tuple[Changed, ...]:
    """Not of its place among others."""
    told = (_told_key_result(one, names) for one in (before, after))
    return (*_differing(*told), *in_measure(before, after))


def in_measure(before: KeyResult, after: KeyResult) -> tuple[Changed, ...]:
    """Of the unit, the weight and what it is measured by."""
    told = ({"unit": one.unit or NONE, "weight": format_exactly(one.weight)} for one in (before, after))
    return (*_differing(*told), *_of_measures(before.measure, after.measure, before.unit, after.unit))


def measured(measure: Measure, unit: str) -> str:
    """ "70 → 75 %", "at least 99 %", "3 steps"."""
    match measure:
        case Move(start, target):
            return moves(start, target, unit)
        case Keep():
            return _bounds(measure, unit)
        case Milestone(()):
            return "done or not"
        case Milestone(steps):
            return f"{len(steps)} step{'' if len(steps) == 1 else 's'}"


def whole(measure: Measure, unit: str) -> str:
    """All that it says."""
    match measure:
        case Milestone(steps) if steps:
            return "; ".join(_step(one) for one in steps)
        case Move() if measure.checkpoints:
            return f"{measured(measure, unit)}, {_checkpoints(measure.checkpoints, unit)}"
        case _:
            return measured(measure, unit)


def moves(before: float, after: float, unit: str) -> str:
    """ "70 → 75 %"; with every digit where the two would look the same."""
    if format_value(before, unit) == format_value(after, unit):
        return f"{format_exactly(before, unit)} → {format_exactly(after, unit)}"
    return format_change(before, after, unit)


def every(weeks: int) -> str:
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def _told(one: Objective, names: Names) -> dict[str, str]:
    parent = one.parent
    supports = NONE
    if parent is not None:
        if parent.key_result_id is None:
            supports = names.objectives.get(parent.objective_id, "")
        else:
            supports = names.key_results.get(parent.key_result_id, "")
    return {
        "title": one.title,
        "kind": one.kind.value,
        "owner": names.people.get(one.owner_id, ""),
        "theme": one.theme or NONE,
        "whose": "their own" if one.personal else "the team’s",
        "seen by": _seen_by(one, names),
        "supports": supports,
        "serves": ", ".join(sorted(names.objectives.get(n, "") for n in one.serves)) or NONE,
    }


def _seen_by(one: Objective, names: Names) -> str:
    if not one.private:
        return "everybody"
    return ", ".join(["its owners", *sorted(names.people.get(n, "") for n in one.readers)])


def _told_key_result(one: KeyResult, names: Names) -> dict[str, str]:
    return {
        "title": one.title,
        "owner": names.people.get(one.owner_id, ""),
        "delegate": NOBODY if one.delegate_id is None else names.people.get(one.delegate_id, ""),
        "indicator": one.indicator.value if one.indicator else NONE,
        "measured": every(one.every),
    }


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Changed, ...]:
    return tuple(Changed(name, was, after[name]) for name, was in before.items() if was != after[name])


def _of_measures(before: Measure, after: Measure, was: str, unit: str) -> Iterator[Changed]:
    """`was` is the unit before."""
    match before, after:
        case Move() as one, Move() as other:
            for name, first, second in (
                ("start", one.start, other.start),
                ("target", one.target, other.target),
            ):
                if first != second:
                    yield Changed(name, format_exactly(first, was), format_exactly(second, unit))
            if one.checkpoints != other.checkpoints:
                yield Changed(
                    "checkpoints", _checkpoints(one.checkpoints, was), _checkpoints(other.checkpoints, unit)
                )
        case Keep(), Keep() if before != after:
            yield Changed("bounds", whole(before, was), whole(after, unit))
        case Milestone(), Milestone() if before != after:
            yield Changed("steps", whole(before, was), whole(after, unit))
        case _ if before != after:
            yield Changed("measure", whole(before, was), whole(after, unit))


def _step(step: Step) -> str:
    weight = f" ({format_exactly(step.weight)})" if step.weight != 1 else ""
    return f"{step.title}{weight}{f' by {step.due}' if step.due else ''}"


def _checkpoints(passed: tuple[Checkpoint, ...], unit: str) -> str:
    return ", ".join(f"{format_exactly(one.value, unit)} by {one.on}" for one in passed) or NONE


def _bounds(keep: Keep, unit: str) -> str:
    low, high = (None if one is None else format_exactly(one, unit) for one in (keep.low, keep.high))
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return f"{low} to {high}"
