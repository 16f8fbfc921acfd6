"""What people did, and whether they saw it taken: what a test compares with what the bot kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
DeedKind = Literal["message", "edit", "deletion", "command", "tap", "form", "reaction"]


@dataclass(frozen=True)
class Deed:
    """One thing that a person did; times are the workspace's, in ISO format.

    `taken_at` is when the person saw it taken: a message once typed, a form once the bot answered it
    without errors, a tap or command once acknowledged. None means not yet, or never: `error` says why.
    `what` is {channel, ts, text, thread_ts} of a message (and `files`, the names, if it has any),
    {channel, ts, name, stands} of a reaction, {channel, name, text} of a command,
    {callback_id, private_metadata, values, shown} of a form, and the action and where it was of a tap.
    """

    number: int
    person: str
    kind: DeedKind
    at: str
    what: Json
    taken_at: str | None = None
    error: str | None = None


class Deeds:
    """A list of deeds in the order they began. Whoever adds to it holds the world's lock."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._deeds: list[Deed] = []

    def begin(self, person: str, kind: DeedKind, what: Json) -> int:
        """Starts one; `end` takes the number that comes back."""
        number = len(self._deeds)
        self._deeds.append(Deed(number, person, kind, self._clock().isoformat(), what))
        return number

    def end(self, number: int, error: str | None = None) -> None:
        """It was taken, or failed with this error."""
        taken_at = None if error else self._clock().isoformat()
        self._deeds[number] = replace(self._deeds[number], taken_at=taken_at, error=error)

    def done(self, person: str, kind: DeedKind, what: Json) -> None:
        """One that is taken at once."""
        self.end(self.begin(person, kind, what))

    def since(self, number: int) -> list[Deed]:
        return self._deeds[number:]
