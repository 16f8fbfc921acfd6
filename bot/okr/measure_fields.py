"""What a key result is measured by, as plain values: columns of a row, or JSON."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from bot.okr.measures import Checkpoint, Keep, Measure, MeasureKind, Milestone, Move, Step


def to_fields(measure: Measure) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(("start", "target", "low", "high", "checkpoints", "steps"))
    match measure:
        case Move(start, target, checkpoints):
            passed = [[one.on.isoformat(), one.value] for one in checkpoints]
            return nothing | {
                "kind": MeasureKind.MOVE,
                "start": start,
                "target": target,
                "checkpoints": passed or None,
            }
        case Keep(low, high):
            return nothing | {"kind": MeasureKind.KEEP, "low": low, "high": high}
        case Milestone(steps):
            to_do = [[one.id, one.title, one.weight, one.due and one.due.isoformat()] for one in steps]
            return nothing | {"kind": MeasureKind.MILESTONE, "steps": to_do or None}


def aim(measure: Measure, unit: str) -> str:
    """All of it in one text, by which it is known again."""
    return json.dumps(to_fields(measure) | {"unit": unit}, sort_keys=True)


def short(aim_text: str) -> str:
    """By which a form knows it again: eight characters."""
    return sha256(aim_text.encode()).hexdigest()[:8]


def from_fields(fields: Mapping[str, Any]) -> Measure:
    """What `to_fields` gave; other keys are not looked at."""
    match fields["kind"]:
        case MeasureKind.MOVE:
            passed = tuple(
                Checkpoint(date.fromisoformat(on), value) for on, value in fields["checkpoints"] or ()
            )
            return Move(fields["start"], fields["target"], passed)
        case MeasureKind.KEEP:
            return Keep(fields["low"], fields["high"])
        case _:
            return Milestone(tuple(_step(*one) for one in fields["steps"] or ()))


def _step(number: int, title: str, weight: float, due: str | None) -> Step:
    return Step(number, title, weight, date.fromisoformat(due) if due else None)
