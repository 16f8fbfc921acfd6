"""The weeks of a cycle."""

from datetime import date

from bot.okr.model import Cycle


def week_of(cycle: Cycle, on: date) -> tuple[int, int]:
    """(this week, weeks in all), both from 1: the cycle's days by sevens, the weeks in all rounded half up.

    Days before the cycle belong to its first week; days after it, and a few left over, to its last.
    """
    days = (cycle.ends - cycle.starts).days + 1
    weeks = max((2 * days + 7) // 14, 1)
    week = (on - cycle.starts).days // 7 + 1
    return min(max(week, 1), weeks), weeks
