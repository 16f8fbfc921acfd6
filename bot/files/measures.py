"""What an OKR file says a key result is measured by: start and target, bounds to keep, or steps to be done.

Which of them its keys tell. Checkpoints and steps are lists; a table has one cell for each list, with its
items between semicolons: "2026-11-15: 55; 2026-12-01: 60", "Draft; Ship by 2026-12-01".
"""

from datetime import date

from bot.files.fields import FieldReader
from bot.files.listed import listed
from bot.files.marked import Fields, Marked, Text, shown
from bot.okr.measures import Checkpoint, Keep, Measure, Milestone, Move, Step, Unmeasurable, problems
from bot.okr.outline import OutlineCycle
from bot.okr.writing.drafts import CHECKPOINTS_MOST, LONGEST_STEP, STEPS_MOST
from bot.okr.writing.measure_lines import checkpoint_words, step_words

MOVE_KEYS = ("start", "target", "checkpoints")
KEEP_KEYS = ("at_least", "at_most")
MILESTONE_KEYS = ("milestone", "steps")
KEYS = (*MOVE_KEYS, *KEEP_KEYS, *MILESTONE_KEYS, "weight")
_WHERE = {
    Unmeasurable.NO_WAY: "target",
    Unmeasurable.BOUNDS_CROSS: "at_most",
    Unmeasurable.CHECKPOINT_ORDER: "checkpoints",
    Unmeasurable.CHECKPOINT_OUTSIDE: "checkpoints",
    Unmeasurable.WEIGHT: "steps",
    Unmeasurable.DUE_OUTSIDE: "steps",
}
_WRONG = {
    Unmeasurable.NO_WAY: "start and target are both {start}; a key result has to move. To keep a value where "
    "it is, write at_least or at_most instead",
    Unmeasurable.BOUNDS_CROSS: "at_least is above at_most; one of the two is wrong",
    Unmeasurable.CHECKPOINT_ORDER: "checkpoints stand in the order of their days, each day once",
    Unmeasurable.CHECKPOINT_OUTSIDE: "a checkpoint lies between the first and the last day of the cycle",
    Unmeasurable.WEIGHT: "the weight of a step is above 0",
    Unmeasurable.DUE_OUTSIDE: "a step is due within the cycle",
}


def read_measure(read: FieldReader, fields: Fields, unit: str, cycle: OutlineCycle | None) -> Measure:
    """A stand-in where it is wrong, which has been complained about then."""
    given = [
        keys for keys in (MOVE_KEYS, KEEP_KEYS, MILESTONE_KEYS) if any(read.gives(fields, k) for k in keys)
    ]
    if len(given) > 1:
        first, second = (next(key for key in keys if read.gives(fields, key)) for keys in given[:2])
        message = f"{first} and {second} do not go together: a key result is measured in one way"
        read.complain(fields.whole.at(second), message)
        return Milestone()
    if KEEP_KEYS in given:
        measure: Measure = Keep(read.number(fields, "at_least", unit), read.number(fields, "at_most", unit))
    elif MILESTONE_KEYS in given:
        measure = _milestone(read, fields)
    else:
        measure = _move(read, fields, unit)
    _complain(read, fields, measure, cycle)
    return measure


def read_weight(read: FieldReader, fields: Fields) -> float:
    weight = read.number(fields, "weight", "")
    if weight is not None and weight <= 0:
        read.complain(fields.whole.at("weight"), "the weight is above 0; drop what does not count at all")
        return 1.0
    return 1.0 if weight is None else weight


def _move(read: FieldReader, fields: Fields, unit: str) -> Move:
    start = read.number(fields, "start", unit, required=True)
    target = read.number(fields, "target", unit, required=True)
    found = [_checkpoint(read, one, unit) for one in listed(read, fields, "checkpoints", CHECKPOINTS_MOST)]
    # Where one of the two is missing, which is said, the other is none of the mistakes.
    other = 0.0 if (start or target) else 1.0
    return Move(
        other if start is None else start,
        other if target is None else target,
        tuple(one for one in found if one is not None),
    )


def _milestone(read: FieldReader, fields: Fields) -> Milestone:
    if read.gives(fields, "milestone") and not read.flag(fields, "milestone", default=True):
        message = "a milestone says so with true; leave the key out for anything else"
        read.complain(fields.whole.at("milestone"), message)
    steps: list[Step] = []
    for one in listed(read, fields, "steps", STEPS_MOST):
        step = _step(read, one, len(steps) + 1)
        if step is not None and step.title in {known.title for known in steps}:
            read.complain(one.place, f"“{shown(step.title)}” is a step already")
        elif step is not None:
            steps.append(step)
    return Milestone(tuple(steps))


def _checkpoint(read: FieldReader, item: Marked, unit: str) -> Checkpoint | None:
    """{on: 2026-11-15, value: 55}, or "2026-11-15: 55"."""
    if isinstance(item, Text):
        words = checkpoint_words(item.text)
        if words is None:
            read.complain(
                item.place, f"“{shown(item.text)}” is not a checkpoint; write it like 2026-11-15: 55"
            )
            return None
        day, value = words
        item = Fields(item.place, {"on": Text(item.place, day), "value": Text(item.place, value)})
    fields = read.as_fields(item)
    if fields is None:
        return None
    read.known(fields, ("on", "value"))
    on, value_by = read.date(fields, "on"), read.number(fields, "value", unit, required=True)
    return None if on is None or value_by is None else Checkpoint(on, value_by)


def _step(read: FieldReader, item: Marked, number: int) -> Step | None:
    """{title: Ship, weight: 2, due: 2026-12-01}, or "Ship", "Ship by 2026-12-01", "Ship x2 by 2026-12-01"."""
    if isinstance(item, Text):
        item = _step_in_words(item)
    fields = read.as_fields(item)
    if fields is None:
        return None
    read.known(fields, ("title", "weight", "due"))
    title = read.text(fields, "title", LONGEST_STEP, required=True)
    weight = read.number(fields, "weight", "")
    due = read.date(fields, "due") if read.gives(fields, "due") else None
    return None if title is None else Step(number, title, 1.0 if weight is None else weight, due)


def _step_in_words(item: Text) -> Fields:
    words = step_words(item.text)
    given = {"title": words.title, "weight": words.weight, "due": words.due}
    return Fields(item.place, {name: Text(item.place, one) for name, one in given.items() if one is not None})


def _complain(read: FieldReader, fields: Fields, measure: Measure, cycle: OutlineCycle | None) -> None:
    starts, ends = (cycle.starts, cycle.ends) if cycle else (date.min, date.max)
    start = fields.values.get("start")
    for problem in problems(measure, starts, ends):
        if problem in _WRONG:
            words = _WRONG[problem].format(start=shown(start.text) if isinstance(start, Text) else "")
            read.complain(fields.whole.at(_WHERE[problem]), words)
