"""Short ways to say what tests of the method need: TeeBee's fourth quarter, a key result, its updates."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Update

HANNAH, JACK, JIM = 1, 2, 3
QUARTER = Cycle(1, "2026 Q4", date(2026, 10, 1), date(2026, 12, 31))
FRIDAY = date(2026, 11, 20)
"""In week 8 of 13; pace is 50 of 91 days, 55 %."""


def key_result(
    start: float, target: float, *, kr_id: int = 1, owner: int = HANNAH, position: int = 0
) -> KeyResult:
    return KeyResult(kr_id, 1, f"KR {kr_id}", owner, Move(start, target), position=position)


def update(value: float, confidence: int = 5, *, on: date = FRIDAY, kr_id: int = 1) -> Update:
    return Update(kr_id, on, value, confidence)


def weekly(values: Iterable[float], *, last: date = FRIDAY, kr_id: int = 1) -> list[Update]:
    """One update a week, the last of them on `last`."""
    values = list(values)
    first = last - timedelta(weeks=len(values) - 1)
    return [update(value, on=first + timedelta(weeks=week), kr_id=kr_id) for week, value in enumerate(values)]
