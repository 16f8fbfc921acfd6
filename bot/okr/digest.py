"""The digest: the agenda of the team's meeting, from what is known when it is due (docs/method.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from bot.okr import pace
from bot.okr.health import Health, Standing, confidence_fell, standing
from bot.okr.model import (
    Action,
    ActionOutcome,
    BlockerKind,
    Change,
    Cycle,
    KeyResult,
    Objective,
    Owed,
    OwedState,
    Team,
    Update,
)
from bot.okr.progress import half_up, percent, team_progress


@dataclass(frozen=True, slots=True)
class TalkItem:
    standing: Standing
    owner: str
    why: str = ""
    blocker_kind: BlockerKind | None = None
    blocker_owner: str | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class NextAction:
    text: str
    weeks: int
    """1 when it was set in this check-in; 2 in its second week, and so on."""


@dataclass(frozen=True, slots=True)
class PersonActions:
    person: str
    actions: tuple[NextAction, ...]


@dataclass(frozen=True, slots=True)
class OwnedStanding:
    """What a digest says of a key result that it does not ask the team to talk about."""

    standing: Standing
    owner: str


@dataclass(frozen=True, slots=True)
class Digest:
    team: str
    date: date
    week: int
    weeks: int
    answered: int
    """People who answered everything they owed, of `asked`; those away are in neither."""
    asked: int
    waiting_for: tuple[str, ...]
    away: tuple[str, ...]
    confidence: float | None
    """Mean over the key results with an update, one decimal; None without any."""
    confidence_before: float | None
    progress: int | None
    """Percent: mean of the objectives' progress."""
    pace: int
    """Expected progress, percent."""
    done: int
    carried: int
    talk: tuple[TalkItem, ...]
    """All of them, the most pressing first."""
    actions: tuple[PersonActions, ...]
    on_track: tuple[OwnedStanding, ...]
    """The green ones; nothing else is on track."""
    not_judged: tuple[OwnedStanding, ...] = ()
    """Those whose owner is away, and those too new to have an update."""
    changes: tuple[Change, ...] = ()
    dropped: int = 0
    """Of last week's actions, as done and carried."""


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What a digest is built from, as a service loads it: one team's round, as of the round's date."""

    team: Team
    cycles: Mapping[int, Cycle]
    """Those that the objectives belong to, by id; at least one."""
    on: date
    """The round's date; later updates and actions are left out."""
    objectives: Sequence[Objective]
    """The team's in these cycles, each with its key results."""
    updates: Mapping[int, Sequence[Update]]
    """All updates, by key result's id, in any order; those without any may be absent."""
    names: Mapping[int, str]
    """By person's id: everybody who owns, owes, has an action or is to clear a blocker."""
    owed: Sequence[Owed] = ()
    """The round's, in any order."""
    rounds_without: Mapping[int, int] = field(default_factory=dict)
    """By key result's id, as `health.standing` takes it; 0 where absent."""
    actions: Sequence[Action] = ()
    """Those of the team's people, in any order, with those closed in this check-in."""
    changes: Sequence[Change] = ()


def build(facts: DigestFacts) -> Digest:
    """The digest of a round; raises KeyError for a person without a name, or an objective's cycle.

    Where cycles overlap, each key result is measured by its own; the week and the pace are the newest's.
    """
    cycle = max(facts.cycles.values(), key=lambda one: (one.starts, one.id))
    standings = _standings(facts)
    talk = sorted((s for s in standings if _group(s) is not None), key=_urgency)
    rest = [s for s in standings if _group(s) is None]
    week, weeks = pace.week_of(cycle, facts.on)
    people = _People.of(facts.owed, _people_in_order(facts))
    confidence, confidence_before = _confidence(facts)
    progress = team_progress(facts.objectives, {s.key_result.id: s.update for s in standings if s.update})
    return Digest(
        team=facts.team.name,
        date=facts.on,
        week=week,
        weeks=weeks,
        answered=len(people.answered),
        asked=len(people.answered) + len(people.waiting),
        waiting_for=tuple(facts.names[person] for person in people.waiting),
        away=tuple(facts.names[person] for person in people.away),
        confidence=confidence,
        confidence_before=confidence_before,
        progress=None if progress is None else percent(progress),
        pace=percent(pace.expected(cycle, facts.on)),
        done=sum(_closed(action, facts.on, ActionOutcome.DONE) for action in facts.actions),
        carried=sum(_open(action, facts.on) and action.set_on < facts.on for action in facts.actions),
        talk=tuple(_talk_item(s, facts.names) for s in talk),
        actions=_actions(facts),
        on_track=_listed(rest, facts.names, green=True),
        not_judged=_listed(rest, facts.names, green=False),
        changes=tuple(facts.changes),
        dropped=sum(_closed(action, facts.on, ActionOutcome.DROPPED) for action in facts.actions),
    )


@dataclass(frozen=True, slots=True)
class _People:
    """Person ids by how they stand in the round; whoever is away for all they owe is not asked."""

    answered: tuple[int, ...]
    waiting: tuple[int, ...]
    away: tuple[int, ...]

    @staticmethod
    def of(owed: Iterable[Owed], order: Iterable[int]) -> "_People":
        states: dict[int, set[OwedState]] = {}
        for row in owed:
            states.setdefault(row.person_id, set()).add(row.state)
        people = [person for person in order if person in states]
        away = tuple(person for person in people if states[person] == {OwedState.AWAY})
        waiting = tuple(person for person in people if states[person] & {OwedState.WAITING, OwedState.MISSED})
        answered = tuple(person for person in people if person not in {*away, *waiting})
        return _People(answered, waiting, away)


def _key_results(facts: DigestFacts) -> list[tuple[Objective, KeyResult]]:
    """What counts, in the order in which people know it."""
    return [
        (objective, kr)
        for objective in sorted(facts.objectives, key=lambda objective: (objective.position, objective.id))
        for kr in sorted(objective.key_results, key=lambda kr: (kr.position, kr.id))
        if not objective.dropped and not kr.dropped
    ]


def _people_in_order(facts: DigestFacts) -> list[int]:
    """Everybody concerned: by the first key result they own or owe, then those who only have actions."""
    owing: dict[int, list[int]] = {}
    for row in facts.owed:
        owing.setdefault(row.key_result_id, []).append(row.person_id)
    order: dict[int, None] = {}
    for _, kr in _key_results(facts):
        order.update(dict.fromkeys([kr.owner_id, *owing.get(kr.id, ())]))
    # Somebody asked for a key result that has been dropped since, and authors of free actions.
    rest = {row.person_id for row in facts.owed} | {action.person_id for action in facts.actions}
    return [*order, *sorted(rest - order.keys())]


def _standings(facts: DigestFacts) -> list[Standing]:
    away = {row.key_result_id for row in facts.owed if row.state is OwedState.AWAY}
    return [
        standing(
            kr,
            objective.kind,
            facts.cycles[objective.cycle_id],
            facts.updates.get(kr.id, ()),
            facts.on,
            rounds_without=facts.rounds_without.get(kr.id, 0),
            away=kr.id in away,
        )
        for objective, kr in _key_results(facts)
    ]


def _group(standing: Standing) -> int | None:
    """Which group of things to talk about a key result falls in, the most pressing 0; None: in none."""
    if standing.health in {Health.CLOSED, Health.AWAY, Health.NO_DATA}:
        return None
    fits = (
        standing.health is Health.RED,
        confidence_fell(standing),
        standing.disagreement is not None,
        standing.health is Health.SILENT,
        standing.health is Health.YELLOW,
    )
    return fits.index(True) if any(fits) else None


def _urgency(standing: Standing) -> tuple[int, int]:
    group = _group(standing)
    return (-1 if group is None else group, -standing.gap)


def _listed(
    standings: Iterable[Standing], names: Mapping[int, str], *, green: bool
) -> tuple[OwnedStanding, ...]:
    """Those that are green, or those that are not."""
    return tuple(
        OwnedStanding(s, names[s.key_result.owner_id])
        for s in standings
        if (s.health is Health.GREEN) is green
    )


def _talk_item(standing: Standing, names: Mapping[int, str]) -> TalkItem:
    update = standing.update
    blocker = update.blocker if update else None
    return TalkItem(
        standing=standing,
        owner=names[standing.key_result.owner_id],
        why=update.drove if update else "",
        blocker_kind=blocker.kind if blocker else None,
        blocker_owner=names[blocker.owner_id] if blocker and blocker.owner_id is not None else None,
        fix=blocker.fix if blocker else "",
    )


def _confidence(facts: DigestFacts) -> tuple[float | None, float | None]:
    """Mean confidence now and before this round's answers, over the same key results."""
    answered = {row.key_result_id for row in facts.owed if row.state is OwedState.ANSWERED}
    now, before = [], []
    for _, kr in _key_results(facts):
        history = pace.by_date(kr, facts.updates.get(kr.id, ()), facts.on)
        if not history:
            continue
        now.append(history[-1].confidence)
        # An update made in the days before may have counted for this round: it is this round's answer then.
        fresh = kr.id in answered or history[-1].date == facts.on
        earlier = history[:-1] if fresh else history
        if earlier:
            before.append(earlier[-1].confidence)
    return _one_decimal(now), _one_decimal(before)


def _one_decimal(values: Sequence[int]) -> float | None:
    return half_up(Fraction(10 * sum(values), len(values))) / 10 if values else None


def _open(action: Action, on: date) -> bool:
    """Whether it was set by that day and still open after that day's check-in."""
    closed = action.outcome is not None and (action.closed_on is None or action.closed_on <= on)
    return action.set_on <= on and not closed


def _closed(action: Action, on: date, outcome: ActionOutcome) -> bool:
    return action.outcome is outcome and action.closed_on == on


def _actions(facts: DigestFacts) -> tuple[PersonActions, ...]:
    """Next week's, the oldest first."""
    by_person: dict[int, list[NextAction]] = {}
    for action in sorted(facts.actions, key=lambda action: (action.set_on, action.id)):
        if _open(action, facts.on):
            weeks = 1 + (facts.on - action.set_on).days // 7
            by_person.setdefault(action.person_id, []).append(NextAction(action.text, weeks))
    return tuple(
        PersonActions(facts.names[person], tuple(by_person[person]))
        for person in _people_in_order(facts)
        if person in by_person
    )
