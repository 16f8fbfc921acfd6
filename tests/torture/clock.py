"""The time that the bots and Slack share: real time and an offset, which only the torture changes."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.practice.remote import RemoteSlack

CLOSE_ENOUGH = 0.05
"""Seconds that telling Slack the time may take: so much later its clock may go than the bots'."""
TRIES = 20


class SharedClock:
    """What time it is for everybody who knows the file in which the offset stands, in seconds."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))


class Clock(SharedClock):
    """The same, for the one who moves it on."""

    def __init__(self, file: Path, slack: RemoteSlack, start: datetime) -> None:
        super().__init__(file)
        self._slack = slack
        self._set(start)

    def go_to(self, moment: datetime) -> None:
        """Never back: what was said stays said. Goes on from there at the pace of real time."""
        if moment > self():
            self._set(moment)

    def _set(self, moment: datetime) -> None:
        """Slack first, so that nothing is said before the time at which it was due."""
        offset = (moment - datetime.now(UTC)).total_seconds()
        for _ in range(TRIES):
            asked = time.monotonic()
            self._slack.set_clock((datetime.now(UTC) + timedelta(seconds=offset)).isoformat())
            if time.monotonic() - asked < CLOSE_ENOUGH:
                break
        new = self._file.with_suffix(".new")
        new.write_text(repr(offset))
        os.replace(new, self._file)  # noqa: PTH105 - Path.replace is the same in more words
