"""A Slack status as data; what is made of it stands in `okr.days.leave`."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Status:
    """A person's status in Slack, with an end."""

    text: str
    emoji: str
    """By Slack's name, without colons."""
    until: datetime

    @property
    def mark(self) -> str:
        """Tells one status from another when its words are gone: 64 characters."""
        whole = f"{self.emoji}\n{self.text}\n{self.until.timestamp():.0f}"
        return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
