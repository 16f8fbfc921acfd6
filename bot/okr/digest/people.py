"""Whom a digest speaks of, and what they set out to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.okr.model import Action, ActionOutcome, KeyResult, Owed, OwedState


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
    done: tuple[str, ...] = ()
    """Closed in this check-in, as are those dropped."""
    dropped: tuple[str, ...] = ()
    pinged: str = ""
    """Their Slack id, where the team wants its digest to ping those with an action."""


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


def stood_in_for(owed: Iterable[Owed], key_results: Iterable[KeyResult]) -> set[int]:
    """The owners who are asked nothing themselves, for their delegates are: away, too, though they owe
    nothing."""
    asked = {row.key_result_id: row.person_id for row in owed}
    by_delegates = {
        one.owner_id for one in key_results if one.delegate_id and asked.get(one.id) == one.delegate_id
    }
    return by_delegates - set(asked.values())


def is_open(action: Action, on: date) -> bool:
    """Whether it was set by that day and still open after that day's check-in."""
    is_closed = action.outcome is not None and (action.closed_on is None or action.closed_on <= on)
    return action.set_on <= on and not is_closed


def closed(actions: Iterable[Action], on: date, outcome: ActionOutcome) -> list[Action]:
    """Those that came to it in that day's check-in."""
    return [one for one in actions if one.outcome is outcome and one.closed_on == on]


def by_person(
    actions: Sequence[Action], on: date, names: Mapping[int, str], order: Iterable[int]
) -> dict[int, PersonActions]:
    """By person id, in that order; whoever has no action, and had none, is left out."""
    oldest_first = sorted(actions, key=lambda action: (action.set_on, action.id))
    every = {person: _of(person, oldest_first, on, names) for person in order}
    return {person: one for person, one in every.items() if one.actions or one.done or one.dropped}


def _of(person: int, actions: Iterable[Action], on: date, names: Mapping[int, str]) -> PersonActions:
    theirs = [one for one in actions if one.person_id == person]
    done, dropped = (closed(theirs, on, outcome) for outcome in (ActionOutcome.DONE, ActionOutcome.DROPPED))
    return PersonActions(
        names[person],
        tuple(NextAction(one.text, 1 + (on - one.set_on).days // 7) for one in theirs if is_open(one, on)),
        tuple(one.text for one in done),
        tuple(one.text for one in dropped),
    )
