"""Two gentle questions: is this the right work, and should the OKRs change?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.okr.measures import Keep, begins_at
from bot.okr.model import Action, ActionOutcome, KeyResult, Update

WEEKS_RUNNING = 3
"""So many check-ins in a row have to show it."""
RESTS = timedelta(weeks=4)
"""Nobody is asked the same question again before so long."""


class QuestionKind(StrEnum):
    RIGHT_WORK = "right work"
    """To the owner of a key result that does not move, though its actions get done."""
    OTHER_WORK = "other work"
    """To the lead of a team whose actions belong to no key result."""


@dataclass(frozen=True, slots=True)
class Question:
    kind: QuestionKind
    about: str
    """The key result's title, or the team's name."""


def may_be_asked(last_asked: date | None, on: date) -> bool:
    """Whether the question has rested; teams with other check-in days may ask about an earlier day later."""
    return last_asked is None or abs(on - last_asked) >= RESTS


def is_it_the_right_work(
    key_result: KeyResult, dates: Sequence[date], actions: Iterable[Action], updates: Iterable[Update]
) -> bool:
    """Whether in each of those check-ins an action of the key result was done, while its value stayed what it
    had been before them. A state that is kept should not move."""
    if isinstance(key_result.measure, Keep):
        return False
    done_on = {
        one.closed_on
        for one in actions
        if one.key_result_id == key_result.id and one.outcome is ActionOutcome.DONE
    }
    first, last = min(dates), max(dates)
    known = sorted((one for one in updates if one.date <= last), key=lambda one: (one.date, one.revision))
    before = next((one.value for one in reversed(known) if one.date < first), begins_at(key_result.measure))
    still = all(one.value == before for one in known if one.date >= first)
    return still and done_on.issuperset(dates)


def should_the_okrs_change(dates: Iterable[date], actions: Sequence[Action]) -> bool:
    """Whether most of what was set in each of those check-ins is tied to no key result."""
    return all(_mostly_untied([one for one in actions if one.set_on == on]) for on in dates)


def _mostly_untied(actions: Sequence[Action]) -> bool:
    return sum(one.key_result_id is None for one in actions) * 2 > len(actions)
