"""The digest: the agenda of the team's meeting, from what is known when it is due (docs/method.md)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.okr import pace
from bot.okr.blockers import said_of
from bot.okr.days.weeks import week_of
from bot.okr.days.zones import team_zone
from bot.okr.digest.facts import DigestFacts as DigestFacts
from bot.okr.digest.facts import Thanks as Thanks
from bot.okr.digest.facts import key_results_of, mean_confidence, progress_before
from bot.okr.digest.people import Asked, PersonActions, by_person, closed, is_open, stood_in_for
from bot.okr.digest.people import NextAction as NextAction
from bot.okr.digest.since import Since, edited, moved
from bot.okr.digest.urgency import group, pressing
from bot.okr.health import Health, Standing, standing
from bot.okr.model import (
    ActionOutcome,
    BlockerKind,
    Change,
    ClearingOutcome,
    OwedState,
)
from bot.okr.numbers.figures import percent
from bot.okr.progress import team_progress


@dataclass(frozen=True, slots=True)
class Decided:
    """What a meeting agreed, and whose it is."""

    text: str
    person: str


@dataclass(frozen=True, slots=True)
class TalkItem:
    standing: Standing
    owner: str
    why: str = ""
    blocker_kind: BlockerKind | None = None
    blocker_owner: str | None = None
    fix: str = ""
    by: str | None = None
    """Who answered in this check-in, where that was not the owner."""
    cleared: ClearingOutcome | None = None
    """What the one who is to clear it said of it."""
    decided: tuple[Decided, ...] = ()
    edited: bool = False
    """Its answer was changed after the digest was posted."""


@dataclass(frozen=True, slots=True)
class OwnedStanding:
    """What a digest says of a key result that it does not ask the team to talk about."""

    standing: Standing
    owner: str
    by: str | None = None
    """As of a TalkItem."""
    decided: tuple[Decided, ...] = ()
    """The meeting spoke of it, though it may be on track by now."""
    edited: bool = False


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
    """Last week's actions, as far as they are closed, and as far as they are not."""
    talk: tuple[TalkItem, ...]
    """All of them, the most pressing first."""
    actions: tuple[PersonActions, ...]
    on_track: tuple[OwnedStanding, ...]
    """The green ones; nothing else is on track."""
    not_judged: tuple[OwnedStanding, ...] = ()
    """Those whose owner is away, and those too new to have an update."""
    changes: tuple[Change, ...] = ()
    decide_in: int | None = None
    """The round in which decisions can be taken now; None: its digest is not out, or the next has opened."""
    dropped: int = 0
    progress_before: int | None = None
    """Percent, before this round's answers."""
    note: str = ""
    note_by: str = ""
    """A lead's words at its top, and their name."""
    since: Since | None = None
    thanks: tuple[Thanks, ...] = ()
    in_a_row: int = 1
    """It is the team's so many-th, week after week."""


def build(facts: DigestFacts) -> Digest:
    """The digest of a round; raises KeyError for a person without a name, or an objective's cycle.

    Where cycles overlap, each key result is measured by its own; the week and the pace are the newest's.
    """
    cycle = max(facts.cycles.values(), key=lambda one: (one.starts, one.id))
    standings = _standings(facts)
    talk = pressing(standings)
    rest = [s for s in standings if group(s) is None]
    week, weeks = week_of(cycle, facts.on)
    order = _people_in_order(facts)
    people = Asked.of(facts.owed, order)
    stood_in = stood_in_for(facts.owed, [kr for _, kr in key_results_of(facts)])
    confidence, confidence_before = mean_confidence(facts)
    progress = team_progress(facts.objectives, {s.key_result.id: s.part for s in standings})
    return Digest(
        team=facts.team.name,
        date=facts.on,
        week=week,
        weeks=weeks,
        answered=len(people.answered),
        asked=len(people.answered) + len(people.waiting),
        waiting_for=tuple(facts.names[person] for person in people.waiting),
        away=tuple(facts.names[person] for person in order if person in {*people.away, *stood_in}),
        confidence=confidence,
        confidence_before=confidence_before,
        progress=None if progress is None else percent(progress),
        pace=percent(pace.expected(cycle, facts.on)),
        done=len(closed(facts.actions, facts.on, ActionOutcome.DONE)),
        carried=sum(is_open(action, facts.on) and action.set_on < facts.on for action in facts.actions),
        talk=tuple(_talk_item(s, facts) for s in talk),
        actions=_actions(facts, order),
        on_track=_listed(rest, facts, green=True),
        not_judged=_listed(rest, facts, green=False),
        changes=tuple(facts.changes),
        decide_in=facts.decide_in,
        dropped=len(closed(facts.actions, facts.on, ActionOutcome.DROPPED)),
        progress_before=progress_before(facts),
        note=facts.note.text if facts.note else "",
        note_by=facts.names[facts.note.by_id] if facts.note else "",
        since=_since(facts, people, standings),
        thanks=tuple(facts.thanks),
        in_a_row=facts.in_a_row,
    )


def _actions(facts: DigestFacts, order: Iterable[int]) -> tuple[PersonActions, ...]:
    every = by_person(facts.actions, facts.on, facts.names, order)
    return tuple(
        replace(one, pinged=facts.slack_ids.get(person, "") if one.actions else "")
        for person, one in every.items()
    )


def _since(facts: DigestFacts, people: Asked, standings: Iterable[Standing]) -> Since | None:
    """None where nothing has changed, or nothing is known of what was shown."""
    if facts.before is None:
        return None
    at_last = {
        row.person_id for row in facts.owed if row.answered_at and row.answered_at > facts.before.at
    }  # not what had been answered for somebody who is back since
    answered = [one for one in people.answered if one in at_last and one not in facts.before.answered]
    standings = list(standings)
    latest = {one.key_result.id: one.update for one in standings if one.update}
    changed = moved(facts.before, [one.key_result for one in standings], latest)
    if not answered and not changed:
        return None
    at = facts.before.at.astimezone(team_zone(facts.team))
    return Since(at, tuple(facts.names[one] for one in answered), changed)


def _people_in_order(facts: DigestFacts) -> list[int]:
    """Everybody concerned: by the first key result they own or owe, then those who only have actions."""
    owing: dict[int, list[int]] = {}
    for row in facts.owed:
        owing.setdefault(row.key_result_id, []).append(row.person_id)
    order: dict[int, None] = {}
    for _, kr in key_results_of(facts):
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
            passed_by=facts.passed_by.get(kr.id, ()),
        )
        for objective, kr in key_results_of(facts)
    ]


def _listed(standings: Iterable[Standing], facts: DigestFacts, *, green: bool) -> tuple[OwnedStanding, ...]:
    """Those that are green, or those that are not."""
    return tuple(
        OwnedStanding(
            s,
            facts.names[s.key_result.owner_id],
            by=_by(s, facts),
            decided=_decided(s, facts),
            edited=edited(facts.before, s.update),
        )
        for s in standings
        if (s.health is Health.GREEN) is green
    )


def _by(standing: Standing, facts: DigestFacts) -> str | None:
    update = standing.update
    if update is None or update.date != facts.on or update.by_id in {None, standing.key_result.owner_id}:
        return None
    return facts.names.get(update.by_id or 0)


def _talk_item(standing: Standing, facts: DigestFacts) -> TalkItem:
    update, names = standing.update, facts.names
    blocker = update.blocker if update else None
    clearing = said_of(update, facts.clearings.get(standing.key_result.id, ()))
    return TalkItem(
        standing=standing,
        owner=names[standing.key_result.owner_id],
        why=update.drove if update else "",
        blocker_kind=blocker.kind if blocker else None,
        blocker_owner=names[blocker.owner_id] if blocker and blocker.owner_id is not None else None,
        fix=blocker.fix if blocker else "",
        by=_by(standing, facts),
        cleared=clearing.outcome if clearing else None,
        decided=_decided(standing, facts),
        edited=edited(facts.before, update),
    )


def _decided(standing: Standing, facts: DigestFacts) -> tuple[Decided, ...]:
    of_this = (one for one in facts.decisions if one.key_result_id == standing.key_result.id)
    return tuple(Decided(one.text, facts.names[one.person_id]) for one in of_this)
