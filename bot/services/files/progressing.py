"""How far long work has come, told to whoever watches it."""

from collections.abc import Callable
from enum import StrEnum

Progress = Callable[["Stage", int, int], None]
"""Told how many of how many of a stage are done."""


class Stage(StrEnum):
    ASKING = "asking Slack"
    COMPARING = "comparing"
    WRITING = "writing"


def unwatched(stage: Stage, done: int, of: int) -> None:
    """Nobody watches."""
