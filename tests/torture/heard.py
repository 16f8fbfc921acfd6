"""Which row of the inbox holds what somebody typed."""

from collections.abc import Iterable

from tests.torture.deeds import Answer
from tests.torture.stored import Event


class Heard:
    """Finds rows by what they say: a message may have come in when its author had edited it already, and
    then it is the edit that counts."""

    def __init__(self, inbox: Iterable[Event]) -> None:
        self._said = {(row.kind, row.channel, row.edited or row.ts, row.text): row for row in inbox}

    def row(self, answer: Answer) -> Event | None:
        """None for what never came in, or not as it was said, and for what is no words."""
        return self._said.get((answer.kind, answer.channel, answer.ts, answer.text))
