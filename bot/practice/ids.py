"""Opaque ids and timestamps: the same in every run that does the same things."""

import base64
import hashlib
import itertools
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ID_LENGTH = 10
DIGEST_BYTES = 15  # enough for 24 letters, the longest that is asked for


class Ids:
    """Makes ids like Slack's: a letter for the kind, then capitals and digits."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def new(self, prefix: str, length: int = ID_LENGTH) -> str:
        digest = hashlib.sha256(f"{prefix}{next(self._numbers)}".encode()).digest()[:DIGEST_BYTES]
        return prefix + base64.b32encode(digest).decode()[:length]

    def number(self) -> int:
        return next(self._numbers)

    def uuid(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, str(self.number())))


class Stamps:
    """Timestamps ("seconds.micros") that never repeat and always grow, even if the clock stands still."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        micros = (self._clock() - EPOCH) // timedelta(microseconds=1)
        self._last = max(micros, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


def stamp_time(ts: str) -> datetime:
    """When a timestamp was given out."""
    seconds, _, micros = ts.partition(".")
    return EPOCH + timedelta(seconds=int(seconds), microseconds=int(micros))
