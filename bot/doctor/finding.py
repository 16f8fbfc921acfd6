"""What doctor found out about one thing."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    """Okra works, but something stops or is not as it seems."""
    PROBLEM = "problem"
    """Okra cannot do its work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and how to mend it as another."""

    level: Level
    says: str
    fix: str = ""


def ok(says: str) -> Finding:
    return Finding(Level.OK, says)


def warning(says: str, fix: str) -> Finding:
    return Finding(Level.WARNING, says, fix)


def problem(says: str, fix: str) -> Finding:
    return Finding(Level.PROBLEM, says, fix)
