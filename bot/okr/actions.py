"""Actions: what becomes of those of earlier weeks, when one is asked about, and what a new one is tied to."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.okr.defaults import CARRIES_ASKED
from bot.okr.model import Action, ActionOutcome
from bot.okr.views import AskedKeyResult, OpenAction

_TIED = re.compile(r"(?:kr|key\s?result|#)\s?(\d{1,4})\s{0,2}(?:[:–—]|-(?=\s))\s*(?=\S)", re.IGNORECASE)


class Closing(StrEnum):
    """What a person says of an action of an earlier week. One of which nothing is said is carried."""

    DONE = "done"
    DROPPED = "dropped"
    KEPT = "kept"
    """Carried on purpose: it is not asked about again for a while."""
    OPEN = "open"
    """Carried, as if nothing had been said: takes back what was."""


@dataclass(frozen=True, slots=True)
class NewAction:
    """What somebody means to do next week, for one key result or for none."""

    text: str
    key_result_id: int | None = None


def open_actions(
    known: Iterable[Action], on: date, asked: Iterable[AskedKeyResult] = ()
) -> tuple[OpenAction, ...]:
    """The actions of earlier weeks as a check-in of that date asks for them: numbered from 1, the oldest
    first; `known` are those that were open when it began, in that order."""
    numbers = {one.key_result_id: one.number for one in asked}
    earlier = [one for one in known if one.set_on < on]
    return tuple(
        OpenAction(
            id=one.id,
            text=one.text,
            weeks=max(1, (on - one.set_on).days // 7),
            number=number,
            closing=closing(one, on),
            keep_or_drop=keep_or_drop(one, on),
            key_result=numbers.get(one.key_result_id or 0),
        )
        for number, one in enumerate(earlier, start=1)
    )


def set_on(known: Iterable[Action], on: date, asked: Collection[AskedKeyResult]) -> tuple[str, ...]:
    """What was set in the check-in of that date, in the words that `tied` reads as the same."""
    return tuple(as_typed(one, asked) for one in known if one.set_on == on)


def closing(action: Action, on: date) -> str:
    """What its author has said of it in the check-in of that date."""
    if action.closed_on == on:
        return Closing.DONE if action.outcome is ActionOutcome.DONE else Closing.DROPPED
    return Closing.KEPT if action.kept_on == on else Closing.OPEN


def keep_or_drop(action: Action, on: date) -> bool:
    """Whether the check-in of that date asks so: every third time that it would be carried since it was set,
    or since its author last chose to keep it."""
    since = action.kept_on if action.kept_on and action.kept_on < on else action.set_on
    weeks = (on - since).days // 7
    return weeks > 0 and weeks % CARRIES_ASKED == 0


def tied(text: str, asked: Iterable[AskedKeyResult]) -> NewAction:
    """ "KR1: call five" is an action for that key result, if it is one that its author is asked for."""
    match = _TIED.match(text)
    by_number = {one.number: one.key_result_id for one in asked}
    if match is None or int(match[1]) not in by_number:
        return NewAction(text)
    return NewAction(text[match.end() :], by_number[int(match[1])])


def as_typed(action: Action, asked: Iterable[AskedKeyResult]) -> str:
    """The words that `tied` reads as this action."""
    number = next((one.number for one in asked if one.key_result_id == action.key_result_id), None)
    return action.text if number is None else f"KR{number}: {action.text}"
