"""Updates in words that parse back to them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.okr.measures import Milestone, step_ids
from bot.okr.numbers.values import format_exactly, write_plainly
from bot.okr.replies.blocker import written
from bot.okr.replies.doubts import Meaning
from bot.okr.replies.message import Reply, parse_reply
from bot.okr.replies.update import ReplyUpdate
from bot.okr.views import AskedKeyResult


def as_typed(meaning: Meaning, asked: Sequence[AskedKeyResult], names: Collection[str] = ()) -> str:
    """What its author would have typed to mean just that."""
    return meaning.words or "\n".join(echo(update, asked, names) for update in meaning.updates)


def echo(update: ReplyUpdate, asked: Sequence[AskedKeyResult], names: Collection[str] = ()) -> str:
    """One update in words that parse back to it: "KR1 62 % confidence 7, two chains signed".

    A note that would be taken for something else is put in quotation marks, its line ends become blanks.
    Raises ValueError where no words say it: a note that cannot be seen.
    """
    unit = next((kr.unit for kr in asked if kr.number == update.number), "")
    note = f", {update.drove}" if update.drove else ""
    same_line = f", note “{update.drove}”" if update.drove else ""
    value = "" if update.value is None else format_exactly(update.value, unit)
    plainly = "" if update.value is None else write_plainly(update.value)
    if update.steps is not None:
        value = plainly = _steps(update.steps, update.number, asked)
    numbers = dict.fromkeys((value, f"{plainly} {unit}".strip(), plainly))
    blocked = written(update.blocker) if update.blocker else ""
    after = (f", {blocked}", f"\nKR{update.number} {blocked}") if blocked else ("",)
    notes = dict.fromkeys((note, same_line))
    for text in (_said(update, number) + one + end for number in numbers for one in notes for end in after):
        if parse_reply(text, asked, (), names) == Reply((update,)):
            return text
    one_line = " ".join(update.drove.split())
    if one_line == update.drove:
        raise ValueError(f"no words say {update}")
    return echo(replace(update, drove=one_line), asked, names)


def _steps(done: Collection[int], number: int, asked: Sequence[AskedKeyResult]) -> str:
    """ "steps 1, 3", "done" where these are all."""
    measure = next((kr.measure for kr in asked if kr.number == number), None)
    if not isinstance(measure, Milestone) or done == step_ids(measure):
        return "done"
    named = [f"{place}" for place, step in enumerate(measure.steps, start=1) if step.id in done]
    return f"steps {', '.join(named) or 'none'}"


def _said(update: ReplyUpdate, value: str) -> str:
    parts = [f"KR{update.number}"]
    if update.unchanged:
        parts.append("unchanged")
    if update.value is not None:
        parts += ["at"] if update.value < 0 and update.steps is None else []
        parts.append(value)
    if update.confidence is not None:
        parts.append(f"confidence {update.confidence}")
    return " ".join(parts)
