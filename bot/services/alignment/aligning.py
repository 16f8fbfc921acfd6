"""Aligning: what an objective supports one level up, and which other teams' it serves, too.

Only what somebody may see is offered to them, and named. What they may not see stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.okr.alignment.support import level_above, may_serve, may_support, supported_by, way_back
from bot.okr.finding.choosing import found
from bot.okr.model import LARGEST_ID, Objective, Person, Supported
from bot.okr.rights import Operation, may_see
from bot.okr.writing.changed import in_objective
from bot.services import permissions
from bot.services.drafting import draft_asks
from bot.services.okrs import changing
from bot.services.okrs.changing import Author
from bot.services.okrs.okr_sets import asks_for_reason
from bot.services.people import zone_for
from bot.storage import okr_cycles, okrs, people, teams, workspace
from bot.storage.engine import Connection, Database

OFFERED_MOST = 100
"""Slack takes no more options."""


class WhyNot(StrEnum):
    """Why an objective cannot be aligned so."""

    NO_SUCH = "no such objective"
    """Dropped meanwhile, not to be seen, or a forged value."""
    GONE = "gone"
    """What it should support has been dropped meanwhile."""
    NOT_ABOVE = "not above"
    """What it should support does not stand one level up, or is not another team's."""
    LOOP = "loop"
    NO_REASON = "no reason"
    CHANGED_MEANWHILE = "changed meanwhile"


class CannotAlign(Exception):  # noqa: N818 - it says what is so
    """`way` are the titles of what would lead round, where the person may see all of them."""

    def __init__(self, why: WhyNot, way: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.way = way


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be supported, as it is offered."""

    of: Supported
    title: str
    team: str
    objective: str = ""
    """The title of its objective, where it is a key result."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """What an objective supports, as a form has it."""

    parent: Supported | None = None
    serves: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AlignView:
    objective_id: int
    title: str
    team: str
    parent: Choice | None
    serves: tuple[Choice, ...]
    asks_reason: bool
    at_the_top: bool
    """Nothing stands above it."""
    gone: tuple[str, ...] = ()
    """Titles of what it supported and what has been dropped since."""


@dataclass(frozen=True, slots=True)
class Mine:
    """An objective that somebody may align."""

    id: int
    title: str
    team: str


def mine(database: Database, slack_id: str, words: str, now: datetime) -> list[Mine]:
    """The objectives of cycles not over yet that are theirs to change; the best for the words come first."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return []
        named = {one.id: one.name for one in teams.everything(connection)}
        known = _known(connection, now.astimezone(zone_for(connection, person)).date())
        parts = permissions.parts_of(connection, person)
        theirs = [one for one in known.values() if parts.may_change(one)]
        listed = [(Mine(one.id, one.title, named[one.team_id]), one.title) for one in theirs]
        return found(words, listed)


def load(database: Database, slack_id: str, objective_id: int, now: datetime) -> AlignView:
    """Raises CannotAlign, NotAllowed."""
    with database.reading() as connection:
        person, objective = _theirs(connection, slack_id, objective_id)
        seen = _seen(connection, person, objective)
        every = teams.everything(connection)
        named = {one.id: one.name for one in every}
        present = _present(objective, seen)
        cycle = okr_cycles.by_id(connection, objective.cycle_id)
        on = now.astimezone(zone_for(connection, person)).date()
        return AlignView(
            objective_id=objective.id,
            title=objective.title,
            team=named[objective.team_id],
            parent=_choice(present.parent, seen, named) if present.parent else None,
            serves=tuple(_choice(Supported(one), seen, named) for one in sorted(present.serves)),
            asks_reason=cycle is not None and asks_for_reason(connection, objective.team_id, cycle, on),
            at_the_top=not level_above(objective, every),
            gone=_gone(connection, person, objective),
        )


def offered(
    database: Database, slack_id: str, objective_id: int, words: str, *, served: bool = False
) -> list[Choice]:
    """What can be chosen as its parent, or to be `served`, the best first; raises CannotAlign, NotAllowed."""
    with database.reading() as connection:
        person, objective = _theirs(connection, slack_id, objective_id)
        every = teams.everything(connection)
        named = {one.id: one.name for one in every}
        beside = _beside(connection, objective)
        seen = {one.id: one for one in permissions.visible(person, beside.values())}
        if served:
            each = [Supported(one) for one in may_serve(objective, seen.values())]
        else:
            above = [seen[one] for one in may_support(objective, seen.values(), every)]
            each = [
                one
                for home in above
                for one in (Supported(home.id), *(Supported(home.id, kr.id) for kr in home.key_results))
            ]
        choices = [_choice(one, seen, named) for one in each]
        return found(words, [(one, f"{one.title} {one.team}") for one in choices], OFFERED_MOST)


def save(
    database: Database,
    slack_id: str,
    objective_id: int,
    wanted: Aligned,
    *,
    began: Aligned,
    reason: str,
    now: datetime,
) -> Objective:
    """`began` is how the form was filled in first. Raises CannotAlign, NotAllowed."""
    with database.transaction() as connection:
        workspace.hold(connection)  # each of two changes may be no loop, and both together be one
        teams.hold(connection, _theirs(connection, slack_id, objective_id)[1].team_id)
        person, objective = _theirs(connection, slack_id, objective_id)
        seen = _seen(connection, person, objective)
        present = _present(objective, seen)
        if wanted == present:
            return objective
        if began != present:
            raise CannotAlign(WhyNot.CHANGED_MEANWHILE)
        _check(connection, person, objective, wanted, present)
        on = now.astimezone(zone_for(connection, person)).date()
        cycle = okr_cycles.by_id(connection, objective.cycle_id)
        recorded = cycle is not None and asks_for_reason(connection, objective.team_id, cycle, on)
        if recorded and not reason:
            raise CannotAlign(WhyNot.NO_REASON)
        hidden = _hidden(objective, present)
        saved = replace(
            objective, parent=wanted.parent or hidden.parent, serves=wanted.serves | hidden.serves
        )
        changing.save_objective(connection, objective, saved)
        draft_asks.written(connection, saved.id, now)
        if recorded:
            said = in_objective(objective, saved, changing.names_in(connection, objective, saved))
            changing.record(connection, Author(person.id, now, reason), said, saved.id)
        return saved


def _known(connection: Connection, on: date) -> dict[int, Objective]:
    """Drafts, too, of all cycles that are not over."""
    cycles = [one.id for one in okr_cycles.everything(connection) if one.ends >= on]
    return {one.id: one for one in okrs.of_cycles(connection, cycles, drafts=True)}


def _beside(connection: Connection, objective: Objective) -> dict[int, Objective]:
    """All of cycles that its own has days in common with."""
    beside = okr_cycles.beside(connection, objective.cycle_id)
    return {one.id: one for one in okrs.of_cycles(connection, beside, drafts=True)}


def _theirs(connection: Connection, slack_id: str, objective_id: int) -> tuple[Person, Objective]:
    person = people.by_slack_id(connection, slack_id)
    known = okrs.whole(connection, [objective_id]) if 0 < objective_id <= LARGEST_ID else {}
    if person is None or objective_id not in known or not may_see(person, known[objective_id]):
        raise CannotAlign(WhyNot.NO_SUCH)
    objective = known[objective_id]
    permissions.require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, objective)
    return person, objective


def _seen(connection: Connection, person: Person, objective: Objective) -> dict[int, Objective]:
    """Of what it supports and what is left, what the person may see."""
    up = [objective.parent.objective_id] if objective.parent else []
    known = okrs.whole(connection, [*up, *objective.serves])
    return {one.id: one for one in permissions.visible(person, known.values())}


def _present(objective: Objective, seen: Mapping[int, Objective]) -> Aligned:
    up = objective.parent
    there = up is not None and _is_there(up, seen)
    return Aligned(up if there else None, objective.serves & seen.keys())


def _is_there(one: Supported, known: Mapping[int, Objective]) -> bool:
    home = known.get(one.objective_id)
    if home is None:
        return False
    return one.key_result_id is None or one.key_result_id in {kr.id for kr in home.key_results}


def _hidden(objective: Objective, present: Aligned) -> Aligned:
    """What its author does not see: the form says nothing of it, so it stays."""
    return Aligned(objective.parent if present.parent is None else None, objective.serves - present.serves)


def _gone(connection: Connection, person: Person, objective: Objective) -> tuple[str, ...]:
    """Titles of what was dropped; of what is private to others nothing is said."""
    up = objective.parent
    ids = {*objective.serves, *([up.objective_id] if up else [])}
    known = okrs.objectives_by_ids(connection, ids)
    titles = {one: known[one].title for one in ids if known[one].dropped and may_see(person, known[one])}
    if up and up.key_result_id and up.objective_id not in titles and may_see(person, known[up.objective_id]):
        below = okrs.key_results_by_ids(connection, [up.key_result_id])[up.key_result_id]
        if below.dropped:
            titles[up.objective_id] = below.title
    return tuple(titles.values())


def _choice(one: Supported, known: Mapping[int, Objective], named: Mapping[int, str]) -> Choice:
    home = known[one.objective_id]
    if one.key_result_id is None:
        return Choice(one, home.title, named[home.team_id])
    (key_result,) = (kr for kr in home.key_results if kr.id == one.key_result_id)
    return Choice(one, key_result.title, named[home.team_id], home.title)


def _check(
    connection: Connection, person: Person, objective: Objective, wanted: Aligned, present: Aligned
) -> None:
    """Whether what is new may be chosen, and leads back to where it starts from; raises CannotAlign."""
    beside = _beside(connection, objective)
    seen = {one.id: one for one in permissions.visible(person, beside.values())}
    new_parent = wanted.parent if wanted.parent != present.parent else None
    new_serves = wanted.serves - present.serves
    asked_for = {*new_serves, *([new_parent.objective_id] if new_parent else [])}
    if (new_parent and not _is_there(new_parent, seen)) or not asked_for <= seen.keys():
        raise CannotAlign(WhyNot.GONE)
    above = may_support(objective, seen.values(), teams.everything(connection))
    if (new_parent and new_parent.objective_id not in above) or not new_serves <= set(
        may_serve(objective, seen.values())
    ):
        raise CannotAlign(WhyNot.NOT_ABOVE)
    way = way_back(objective.id, sorted(asked_for), supported_by(beside.values()))
    if way:
        titles = tuple(beside[one].title for one in way) if seen.keys() >= set(way) else ()
        raise CannotAlign(WhyNot.LOOP, titles)
