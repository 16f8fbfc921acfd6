"""The course of a key result over its cycle: what charts and sparklines draw (docs/method.md)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.okr import pace
from bot.okr.model import Cycle, KeyResult, Update
from bot.okr.numbers.figures import percent
from bot.okr.progress import raw


@dataclass(frozen=True, slots=True)
class Reading:
    """What an update said on its date."""

    on: date
    raw: int
    """Percent of the way, unbounded, as shown."""


@dataclass(frozen=True, slots=True)
class Course:
    """From the cycle's first day to its last, as known on the day `on`."""

    starts: date
    ends: date
    on: date
    readings: tuple[Reading, ...]
    """One a date, the oldest first; none later than `on`."""
    through: tuple[tuple[date, int], ...] = ()
    """Where its pace bends, the days in order: the percent expected by each."""

    def weeks(self, most: int) -> tuple[int | None, ...]:
        """The last reading of each of at most `most` weeks (of seven days, the last one ending on `on`), in
        percent, from the first week that has one; None for a week without."""
        by_week = {(self.on - one.on).days // 7: one.raw for one in self.readings}
        first = max((back for back in by_week if back < most), default=-1)
        return tuple(by_week.get(back) for back in range(first, -1, -1))


def course(
    cycle: Cycle, kr: KeyResult, updates: Iterable[Update], on: date, passed_by: Collection[date] = ()
) -> Course:
    """The key result's course from its updates up to a day; `passed_by` as `progress.raw` takes it."""
    history = pace.by_date(kr, updates, on)
    each = (
        (update.date, raw(kr, cycle, history[: number + 1], update.date, passed_by))
        for number, update in enumerate(history)
    )
    readings = tuple(Reading(day, percent(part)) for day, part in each if part is not None)
    through = tuple((day, percent(part)) for day, part in pace.points(kr.measure))
    return Course(cycle.starts, cycle.ends, on, readings, through)
