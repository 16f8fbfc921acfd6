"""Whom a digest speaks of, and what they set out to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.okr.model import Action, ActionOutcome, Owed, OwedState


@dataclass(frozen=True, slots=True)
class NextAction:
    text: str
    weeks: int
    """1 when it was set in this check-in; 2 in its second week, and so on."""


@dataclass(frozen=True, slots=True)
class PersonActions:
    person: str
    actions: tuple[NextAction, ...]
    """Next week's, the oldest first; those with more than one week have been carried."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Person ids by how they stand in the round; whoever is away for all they owe is not asked."""

    answered: tuple[int, ...]
    waiting: tuple[int, ...]
    away: tuple[int, ...]

    @staticmethod
    def of(owed: Iterable[Owed], order: Iterable[int]) -> "Asked":
        states: dict[int, set[OwedState]] = {}
        for row in owed:
            states.setdefault(row.person_id, set()).add(row.state)
        people = [person for person in order if person in states]
        away = tuple(person for person in people if states[person] == {OwedState.AWAY})
        waiting = tuple(person for person in people if states[person] & {OwedState.WAITING, OwedState.MISSED})
        answered = tuple(person for person in people if person not in {*away, *waiting})
        return Asked(answered, waiting, away)


def is_open(action: Action, on: date) -> bool:
    """Whether it was set by that day and still open after that day's check-in."""
    closed = action.outcome is not None and (action.closed_on is None or action.closed_on <= on)
    return action.set_on <= on and not closed


def is_done(action: Action, on: date) -> bool:
    """In that day's check-in."""
    return action.outcome is ActionOutcome.DONE and action.closed_on == on


def by_person(
    actions: Sequence[Action], on: date, order: Iterable[int], names: Mapping[int, str]
) -> tuple[PersonActions, ...]:
    """Next week's, in that order of person ids; whoever has none is left out."""
    every: dict[int, list[NextAction]] = {}
    for action in sorted(actions, key=lambda action: (action.set_on, action.id)):
        if is_open(action, on):
            weeks = 1 + (on - action.set_on).days // 7
            every.setdefault(action.person_id, []).append(NextAction(action.text, weeks))
    return tuple(PersonActions(names[person], tuple(every[person])) for person in order if person in every)
