"""Which row of the inbox holds what somebody typed."""

from collections.abc import Iterable

from tests.torture.deeds import Answer
from tests.torture.stored import Event


class Heard:
    """Finds rows; an edit may have come in as its message, which then had the new words already."""

    def __init__(self, inbox: Iterable[Event]) -> None:
        rows = list(inbox)
        self._messages = {(row.channel, row.ts): row for row in rows if row.kind == "message"}
        self._edits = {(row.edited, row.text): row for row in rows if row.kind == "edit"}

    def row(self, answer: Answer) -> Event | None:
        """None for what never came in, and for what is no words."""
        message = self._messages.get((answer.channel, answer.ts))
        if answer.kind == "edit":
            caught_up = message if message is not None and message.text == answer.text else None
            return caught_up or self._edits.get((answer.ts, answer.text))
        return message if answer.kind == "message" else None
