"""Who moves the workspace's time on: whoever serves the practice Slack, for people who look at its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Move:
    """One way to move time on, as a button shows it."""

    name: str
    label: str
    hint: str = ""


class Clockwork(Protocol):
    """Moves time on, and lets everything begin anew."""

    @property
    def moves(self) -> Sequence[Move]: ...

    @property
    def at_work(self) -> str:
        """What goes on by itself just now, as a sentence for people; empty while time stands still."""
        ...

    def move(self, name: str) -> str:
        """Begins a move, or ends what goes on by itself; says in a sentence what came of it. Returns once
        it is done, but for what plays on by itself. Raises LookupError for what cannot be done now."""
        ...

    def reset(self) -> None:
        """Begins to set everything back to how it was at the start; the server goes away for a moment and
        comes back at the same address. Raises LookupError where that cannot be done now."""
        ...
