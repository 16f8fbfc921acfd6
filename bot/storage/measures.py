"""What a key result is measured by, as columns of its row."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy.engine import Row

from bot.okr.measures import Checkpoint, Keep, Measure, MeasureKind, Milestone, Move, Step


def columns(measure: Measure) -> dict[str, Any]:
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
    return json.dumps(columns(measure) | {"unit": unit}, sort_keys=True)


def short(aim_text: str) -> str:
    """By which a form knows it again: eight characters."""
    return sha256(aim_text.encode()).hexdigest()[:8]


def read(row: Row[Any]) -> Measure:
    match row.kind:
        case MeasureKind.MOVE:
            passed = tuple(Checkpoint(date.fromisoformat(on), value) for on, value in row.checkpoints or ())
            return Move(row.start, row.target, passed)
        case MeasureKind.KEEP:
            return Keep(row.low, row.high)
        case _:
            return Milestone(tuple(_step(*one) for one in row.steps or ()))


def _step(number: int, title: str, weight: float, due: str | None) -> Step:
    return Step(number, title, weight, date.fromisoformat(due) if due else None)
