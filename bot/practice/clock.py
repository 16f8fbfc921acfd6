"""The workspace's time where it is not simply the present."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SettableClock:
    """Goes on from where it was last set, at the pace of `timer` (seconds that only grow)."""

    def __init__(self, now: datetime | None = None, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self.set(now or datetime.now(UTC))

    def __call__(self) -> datetime:
        return self._at + timedelta(seconds=self._timer() - self._since)

    def set(self, now: datetime) -> None:
        """It is now this time; ValueError if that has no time zone."""
        if now.tzinfo is None:
            raise ValueError("A time needs a time zone")
        self._at, self._since = now.astimezone(UTC), self._timer()
