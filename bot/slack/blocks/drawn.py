"""Small drawings between words, for the eye only: a screen reader is told the same in the words beside them.

Heights and bars are from Unicode's block elements, which one font draws at one width.
"""

from collections.abc import Sequence
from typing import Final

from bot.okr.course import Course
from bot.okr.defaults import SPARKLINE_WEEKS
from bot.slack.richtext import Run

HEIGHTS: Final = "▁▂▃▄▅▆▇█"
NOT_YET: Final = "░"
"""What a bar has not filled."""
GAP: Final = "∙"
"""A week without an update, or in which nobody was asked: small, so that it is no peak."""
BAR_LENGTH: Final = 10
READINGS_LEAST: Final = 2


def bar(percent: int) -> Run:
    """ " ████░░░░░░" for 38; all of it only from 100 on, and something as soon as there is anything."""
    full = 0 if percent <= 0 else BAR_LENGTH if percent >= 100 else _between(percent)
    return Run(f" {HEIGHTS[-1] * full}{NOT_YET * (BAR_LENGTH - full)}", drawn=True)


def sparkline(course: Course) -> Run:
    """ " ▁▂∙▄▆": the last weeks' progress from 0 to 100 %; empty where fewer than two are known."""
    return weeks(course.weeks(SPARKLINE_WEEKS))


def weeks(percents: Sequence[int | None]) -> Run:
    """The same of a figure a week, the oldest first; None is a gap."""
    if sum(percent is not None for percent in percents) < READINGS_LEAST:
        return Run()
    return Run(f" {''.join(GAP if one is None else _height(one) for one in percents)}", drawn=True)


def _between(percent: int) -> int:
    """Tenths, at least one and at most nine."""
    return min(max(round(percent * BAR_LENGTH / 100), 1), BAR_LENGTH - 1)


def _height(percent: int) -> str:
    return HEIGHTS[min(max(percent, 0), 99) * len(HEIGHTS) // 100]
