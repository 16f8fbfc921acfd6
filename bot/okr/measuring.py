"""When a key result's value is asked for: each week, or every so many (docs/method.md)."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.okr.days.weeks import week_of
from bot.okr.measures import begins_at
from bot.okr.model import Cycle, KeyResult, Update


def value_is_due(key_result: KeyResult, cycle: Cycle, history: Sequence[Update], on: date) -> bool:
    """Whether its value is asked for on a day, and not its confidence alone: in each of its weeks (every
    n-th of the cycle, and the last), and after one until somebody has answered. `history` are its updates,
    of which those of the day itself do not count: an answer can be changed."""
    if key_result.every == 1:
        return True
    last_due = _last_due(key_result, cycle, on)
    answered = [week_of(cycle, one.date)[0] for one in history if one.date < on]
    if not last_due:
        return not answered and begins_at(key_result.measure) is None
    return max(answered, default=0) < last_due


def next_measuring(key_result: KeyResult, cycle: Cycle, on: date) -> date:
    """The same day of the next of its weeks after that day's."""
    week, weeks = week_of(cycle, on)
    due = min(weeks, (week // key_result.every + 1) * key_result.every)
    return on + timedelta(weeks=max(due - week, 0))


def speaks_of(key_result: KeyResult, cycle: Cycle, history: Sequence[Update], on: date) -> date:
    """The day as of which its value speaks, up to a day, and to which its pace is held: that day itself or,
    of one measured every so many weeks, the day when it was measured last. `history` as `pace.by_date`
    gives it."""
    if key_result.every == 1:
        return on
    last_due = _last_due(key_result, cycle, on)
    if not last_due:
        return cycle.starts
    return next((one.date for one in history if week_of(cycle, one.date)[0] >= last_due), on)


def _last_due(key_result: KeyResult, cycle: Cycle, on: date) -> int:
    """The last of its weeks up to that day's; 0 before the first."""
    week, weeks = week_of(cycle, on)
    return week if week == weeks else week - week % key_result.every
