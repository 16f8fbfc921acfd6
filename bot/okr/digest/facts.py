"""What a digest is built from, and the figures of the week before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from bot.okr import pace
from bot.okr.digest.since import Snapshot
from bot.okr.model import (
    Action,
    Change,
    Clearing,
    Cycle,
    Decision,
    KeyResult,
    LeadsNote,
    Objective,
    Owed,
    OwedState,
    Team,
    Update,
)
from bot.okr.numbers.figures import half_up, percent
from bot.okr.progress import raw, team_progress


@dataclass(frozen=True, slots=True)
class Thanks:
    """What somebody thanks a colleague for; `to` is empty where they named nobody."""

    by: str
    to: str
    words: str


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a digest is built from, as a service loads it: one team's round, as of the round's date."""

    team: Team
    cycles: Mapping[int, Cycle]
    """Those that the objectives belong to, by id; at least one."""
    on: date
    """The round's date; later updates and actions are left out."""
    objectives: Sequence[Objective]
    """The team's in these cycles that everybody may see, each with its key results."""
    updates: Mapping[int, Sequence[Update]]
    """All updates, by key result's id, in any order; those without any may be absent."""
    names: Mapping[int, str]
    """By person's id: everybody who owns, owes, has an action or is to clear a blocker."""
    owed: Sequence[Owed] = ()
    """The round's, in any order, of these objectives."""
    rounds_without: Mapping[int, int] = field(default_factory=dict)
    """By key result's id, as `health.standing` takes it; 0 where absent."""
    passed_by: Mapping[int, Collection[date]] = field(default_factory=dict)
    """By key result's id, the dates of rounds that passed its owner by; none where absent."""
    actions: Sequence[Action] = ()
    """Those of the team's people, in any order, with those closed in this check-in."""
    changes: Sequence[Change] = ()
    clearings: Mapping[int, Sequence[Clearing]] = field(default_factory=dict)
    """By key result's id; those without any may be absent."""
    decisions: Sequence[Decision] = ()
    """Of this round, in the order in which they were taken."""
    decide_in: int | None = None
    """As in the digest."""
    note: LeadsNote | None = None
    before: Snapshot | None = None
    """What the digest showed when it was decided; None: it was not, or that is not known."""
    slack_ids: Mapping[int, str] = field(default_factory=dict)
    """By person's id: of those whom the digest may ping."""
    thanks: Sequence[Thanks] = ()
    in_a_row: int = 1
    """As in the digest."""


def key_results_of(facts: DigestFacts) -> list[tuple[Objective, KeyResult]]:
    """What counts, in the order in which people know it."""
    return [
        (objective, kr)
        for objective in sorted(facts.objectives, key=lambda objective: (objective.position, objective.id))
        for kr in sorted(objective.key_results, key=lambda kr: (kr.position, kr.id))
        if not objective.dropped and not kr.dropped
    ]


def mean_confidence(facts: DigestFacts) -> tuple[float | None, float | None]:
    """Mean confidence now and before this round's answers, over the same key results."""
    now = [history[-1].confidence for history in _histories(facts).values()]
    before = [one[-1].confidence for one in _before(facts).values()]
    return _one_decimal(now), _one_decimal(before)


def progress_before(facts: DigestFacts) -> int | None:
    before = _before(facts)
    parts = {
        kr.id: raw(
            kr,
            facts.cycles[objective.cycle_id],
            before.get(kr.id, ()),
            facts.on,
            facts.passed_by.get(kr.id, ()),
        )
        for objective, kr in key_results_of(facts)
    }
    progress = team_progress(facts.objectives, parts) if before else None
    return None if progress is None else percent(progress)


def _before(facts: DigestFacts) -> dict[int, Sequence[Update]]:
    """By key result, its updates before this round's answers; those without any are left out."""
    answered = {row.key_result_id for row in facts.owed if row.state is OwedState.ANSWERED}
    found: dict[int, Sequence[Update]] = {}
    for key_result, history in _histories(facts).items():
        # An update made in the days before may have counted for this round: it is this round's answer then.
        fresh = key_result in answered or history[-1].date == facts.on
        earlier = history[:-1] if fresh else history
        if earlier:
            found[key_result] = earlier
    return found


def _histories(facts: DigestFacts) -> dict[int, Sequence[Update]]:
    """By key result, its updates up to the round; those without any are left out."""
    every = (
        (kr, pace.by_date(kr, facts.updates.get(kr.id, ()), facts.on)) for _, kr in key_results_of(facts)
    )
    return {kr.id: history for kr, history in every if history}


def _one_decimal(values: Sequence[int]) -> float | None:
    return half_up(Fraction(10 * sum(values), len(values))) / 10 if values else None
