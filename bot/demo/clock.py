"""The demo's time: it stands still until the story moves it on."""

import threading
from datetime import datetime


class DemoClock:
    """Call it for the present moment, aware. It never goes back: what was said stays said."""

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._now = _aware(start)

    def __call__(self) -> datetime:
        with self._lock:
            return self._now

    def set(self, moment: datetime) -> None:
        """Raises ValueError for a moment that has passed already."""
        with self._lock:
            if _aware(moment) < self._now:
                raise ValueError(f"{moment} has passed: it is {self._now}")
            self._now = moment


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no time zone")
    return moment
