"""Steps and checkpoints as people write them, a line each: "Ship x2 by 2026-12-01", "2026-11-15: 55"."""

import re
from dataclasses import dataclass
from datetime import date

from bot.okr.measures import Checkpoint, Step
from bot.okr.numbers.values import write_plainly

_DUE = re.compile(r"(?:(.*?)\s+)?by\s+(\d{4}-\d\d-\d\d)", re.ASCII | re.DOTALL)
_WEIGHT = re.compile(
    r"(?:(.*\S)\s+)?[x×]\s?([+\-−–]?[0-9][0-9.,]*(?:e[+\-−]?[0-9]+)?)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step in the words in which it is written; its weight and its day where they stand there."""

    title: str
    weight: str | None = None
    due: str | None = None
    """Shaped like a day, which there may not be: 2026-02-31."""


def step_words(line: str) -> StepWords:
    """ "Ship", "Ship by 2026-12-01", "Ship x2 by 2026-12-01"."""
    title, weight, due = line.strip(), None, None
    if found := _DUE.fullmatch(title):
        title, due = (found[1] or "").rstrip(), found[2]
    if found := _WEIGHT.fullmatch(title):
        title, weight = found[1] or "", found[2]
    return StepWords(title, weight, due)


def checkpoint_words(line: str) -> tuple[str, str] | None:
    """The day and the value, as written; None where no colon parts them."""
    on, colon, value = line.partition(":")
    return (on.strip(), value.strip()) if colon else None


def step_line(step: Step) -> str:
    """The line that is read as that step again."""
    told = step.weight != 1 or step_words(step.title) != StepWords(step.title)
    weight = f" x{write_plainly(step.weight)}" if told else ""
    return f"{step.title}{weight}{f' by {step.due}' if step.due else ''}"


def checkpoint_line(one: Checkpoint) -> str:
    return f"{one.on}: {write_plainly(one.value)}"


def day_of(text: str) -> date | None:
    """A day written like 2026-12-01; None for anything else."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
