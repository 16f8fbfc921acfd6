"""Do not disturb: whether a message waits for the end of somebody's quiet hours."""

from dataclasses import dataclass
from datetime import datetime

from bot.okr.days.later import LEAST_LEFT


@dataclass(frozen=True, slots=True)
class Quiet:
    """When somebody does not want to be disturbed next, or is not just now."""

    starts: datetime
    ends: datetime
    """Not included."""

    def covers(self, moment: datetime) -> bool:
        return self.starts <= moment < self.ends

    def leaves_time(self, due: datetime) -> bool:
        """Whether there is time left to answer in once it is over."""
        return self.ends <= due - LEAST_LEFT
