"""What a reply says about one key result, put together from all of its items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.okr.numbers.values import format_exactly
from bot.okr.replies import problems as reply_problems
from bot.okr.replies.blocker import ReplyBlocker
from bot.okr.replies.item import Facts
from bot.okr.views import AskedKeyResult


@dataclass(frozen=True, slots=True)
class ReplyUpdate:
    """What was said about one key result; None for what was not said, which stays as it was.

    `drove` is the note exactly as typed; notes from several lines are put together with "; ".
    """

    number: int
    value: float | None = None
    confidence: int | None = None
    drove: str = ""
    unchanged: bool = False
    blocker: ReplyBlocker | None = None
    steps: frozenset[int] | None = None
    """Of a milestone, all that are done, by their ids; `value` says the same in percent."""


def merged(said: Sequence[Facts], kr: AskedKeyResult) -> ReplyUpdate:
    """The items about one key result put together."""
    value, steps = next(
        ((facts.value, facts.steps) for facts in said if facts.value is not None), (None, None)
    )
    confidence = next((facts.confidence for facts in said if facts.confidence is not None), None)
    unchanged = any(facts.unchanged for facts in said)
    if unchanged and confidence is not None:
        value = kr.value
    drove = "; ".join(facts.drove for facts in said if facts.drove)
    blocker = next((facts.blocker for facts in said if facts.blocker is not None), None)
    return ReplyUpdate(kr.number, value, confidence, drove, unchanged and value is None, blocker, steps)


def contradiction(said: Sequence[Facts], kr: AskedKeyResult) -> str:
    """A sentence naming two things that cannot both be so, or ""."""
    told = [format_exactly(facts.value, kr.unit) for facts in said if facts.value is not None]
    confidences = [f"confidence {facts.confidence}" for facts in said if facts.confidence is not None]
    if any(facts.unchanged for facts in said) and told and told[0] != _shown(kr):
        told.append("“same”")
    for different in (list(dict.fromkeys(told)), list(dict.fromkeys(confidences))):
        if len(different) > 1:
            return reply_problems.contradiction(kr.number, different[0], different[1])
    return ""


def _shown(kr: AskedKeyResult) -> str:
    return "" if kr.value is None else format_exactly(kr.value, kr.unit)


def choices(said: Sequence[Facts], kr: AskedKeyResult) -> tuple[ReplyUpdate, ...]:
    """What items that contradict each other may mean together: each value with each confidence."""
    update = merged(said, kr)
    values: list[float | None] = [*dict.fromkeys(facts.value for facts in said if facts.value is not None)]
    if any(facts.unchanged for facts in said) and kr.value not in values:
        values.append(kr.value)
    confidences = dict.fromkeys(facts.confidence for facts in said if facts.confidence is not None)
    steps: dict[float | None, frozenset[int] | None] = {
        facts.value: facts.steps for facts in said if facts.value is not None
    }
    return tuple(
        replace(
            update, value=value, confidence=confidence, unchanged=False, steps=steps.get(value, update.steps)
        )
        for value in values or [update.value]
        for confidence in confidences or [update.confidence]
    )
