"""What a file says of how a key result is measured, compared with what is kept."""

from bot.okr.measures import Move
from bot.okr.model import KeyResult
from bot.okr.outline import Place
from bot.okr.writing.changed import Changed, in_measure, moves
from bot.services.files.import_plan import FieldChange


def measure_changes(place: Place, known: KeyResult, wanted: KeyResult) -> list[FieldChange]:
    """Of the unit, the weight and what it is measured by."""
    return [
        FieldChange(one.field, one.before, one.after, place.at(one.field), _words(one, known, wanted))
        for one in in_measure(known, wanted)
    ]


def change(name: str, before: str, after: str, place: Place) -> FieldChange:
    return FieldChange(name, before, after, place.at(name), f"{name} {before} → {after}")


def _words(one: Changed, known: KeyResult, wanted: KeyResult) -> str:
    """ "target 70 → 75 %": the unit of a figure only once."""
    before, after = known.measure, wanted.measure
    if isinstance(before, Move) and isinstance(after, Move):
        ends = {"start": (before.start, after.start), "target": (before.target, after.target)}
        if one.field in ends:
            return f"{one.field} {moves(*ends[one.field], wanted.unit)}"
    return f"{one.field} {one.before} → {one.after}"
