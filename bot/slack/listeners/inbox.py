"""Before an event is acknowledged it is written to the inbox; nothing may stand before this.

It is Bolt's first global middleware. It answers every event itself, which acks it; if writing fails it
raises, nothing is acked, and Slack sends the event again.
"""

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltResponse

from bot.services.inbox import take_in
from bot.slack.reading.events import read_event
from bot.storage.engine import Database


class KeepEvents:
    def __init__(self, database: Database, wake: Callable[[], None], missed: Callable[[], None]) -> None:
        """`missed` is told of an event that could not be written: Slack sends it again, but not for ever."""
        self._database = database
        self._wake = wake
        self._missed = missed

    def __call__(self, body: dict[str, Any], next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt gives arguments by name
        if body.get("type") != "event_callback":
            return next()
        arrival = read_event(body)
        if arrival is not None:
            try:
                take_in(self._database, arrival)
            except Exception:
                self._missed()
                raise
            self._wake()
        return BoltResponse(status=200, body="")
