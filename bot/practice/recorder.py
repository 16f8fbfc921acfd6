"""Keeps everything that crosses between the bot and Slack, tokens left out."""

import json
import re
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TextIO

Json = dict[str, Any]
HIDDEN = "[redacted]"
SECRET_KEYS = {"token", "app_token"}
SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=ticket=)[\w-]+|(?<=/response/)[\w-]+|(?<=/upload/v1/)[\w-]+"
)


def redact(value: Any) -> Any:
    """The same value with every token, ticket, response address and upload address blanked."""
    if isinstance(value, dict):
        return {key: HIDDEN if key in SECRET_KEYS else redact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [redact(item) for item in value]
    if isinstance(value, str):
        return SECRETS.sub(HIDDEN, value)
    return value


class Recorder:
    """A list of records in the order things began, and the same as a file of JSON lines if asked for.

    A record is {at, direction, method or type, payload, response}; direction is "to_slack" or "to_bot".
    A line is written once its response is known and every earlier line has been written. Of a call whose
    answer got lost, `lost` is that answer. Of what was sent to an upload address only the length is kept.
    In memory only the newest are kept if `keep` says how many.
    """

    def __init__(
        self, clock: Callable[[], datetime], path: Path | None = None, *, keep: int | None = None
    ) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._records: dict[int, Json] = {}
        self._begun = 0
        self._keep = keep
        self._open: set[int] = set()
        self._written = 0
        self._file: TextIO | None = path.open("w", encoding="utf-8") if path else None

    @property
    def records(self) -> list[Json]:
        with self._lock:
            return list(self._records.values())

    def newest(self, most: int) -> list[tuple[int, Json]]:
        """At most so many of the newest records, the oldest first, each with its number."""
        with self._lock:
            first = max(self._begun - min(most, len(self._records)), 0)
            return [(number, self._records[number]) for number in range(first, self._begun)]

    @property
    def steps(self) -> int:
        """How often something has begun or ended: it grows with all that is worth another look."""
        with self._lock:
            return 2 * self._begun - len(self._open)

    def since(self, number: int) -> tuple[list[Json], int]:
        """The records from that number on, as far as they are kept, and the number to ask with next time.

        Open records and what follows them come next time.
        """
        with self._lock:
            end = min(self._open, default=self._begun)
            wanted = range(max(number, self._begun - len(self._records)), end)
            return [self._records[each] for each in wanted], max(number, end)

    def begin(self, direction: Literal["to_slack", "to_bot"], payload: Json, **more: Any) -> int:
        """Starts a record; `finish` takes the number that comes back."""
        with self._lock:
            record = {"at": self._clock().isoformat(), "direction": direction, **more}
            number = self._begun
            self._begun += 1
            self._records[number] = record | {"payload": redact(payload), "response": None}
            self._open.add(number)
            return number

    def finish(self, number: int, response: Json | None, **more: Any) -> None:
        with self._lock:
            self._records[number] = self._records[number] | {"response": redact(response), **more}
            self._open.discard(number)
            self._write()
            self._forget()

    def close(self) -> None:
        """Writes what is still open, without a response, and closes the file."""
        with self._lock:
            self._open.clear()
            self._write()
            if self._file:
                self._file.close()
                self._file = None

    def _write(self) -> None:
        """Moves on to the first open record, writing what it passes if there is a file."""
        while self._written < self._begun and self._written not in self._open:
            if self._file:
                self._file.write(json.dumps(self._records[self._written], ensure_ascii=False) + "\n")
            self._written += 1
        if self._file:
            self._file.flush()

    def _forget(self) -> None:
        """Lets go of the oldest that are written, in order, so that the numbers stay without gaps."""
        if self._keep is None:
            return
        for number in range(self._begun - len(self._records), min(self._written, self._begun - self._keep)):
            del self._records[number]
