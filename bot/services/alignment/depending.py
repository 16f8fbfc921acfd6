"""A key result depends on another team's: its owner is asked, in their prompt, and the asker hears."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.okr.alignment.support import way_back
from bot.okr.alignment.views import Need, Needed
from bot.okr.finding.choosing import found
from bot.okr.model import (
    LARGEST_ID,
    Dependency,
    DependencyState,
    KeyResult,
    Objective,
    Person,
)
from bot.okr.rights import Operation, may_see
from bot.services import permissions
from bot.services.alignment import dependencies
from bot.services.people import shown_name, zone_for
from bot.services.sending import asks
from bot.storage import check_ins, needing, okr_cycles, okrs, people, teams, workspace
from bot.storage.engine import Connection, Database

OFFERED_MOST = 100
"""Slack takes no more options."""


class WhyNot(StrEnum):
    """Why a key result cannot need another one, or somebody cannot answer."""

    NO_SUCH = "no such key result"
    """Dropped meanwhile, not to be seen, or a forged value."""
    GONE = "gone"
    """What it should need has been dropped meanwhile."""
    SAME_TEAM = "same team"
    """It is this team's own, or not for everybody's eyes."""
    LOOP = "loop"
    ASKED_BEFORE = "asked before"
    NOBODY_TO_ASK = "nobody to ask"
    """Its owner and its team's leads are guests, gone, or may not see what needs it."""
    SAID_BEFORE = "said before"
    NOT_YOURS = "not yours"
    """It was withdrawn, dropped or handed over, or a forged button."""


class CannotDepend(Exception):  # noqa: N818 - it says what is so
    """`way` are the titles of what would lead round, where the person may see all of them."""

    def __init__(self, why: WhyNot, way: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.way = way


@dataclass(frozen=True, slots=True)
class Choice:
    """A key result, as it is offered."""

    id: int
    title: str
    team: str
    owner: str


@dataclass(frozen=True, slots=True)
class NeedsView:
    """What somebody's key results need, and what is asked of them."""

    needs: tuple[Need, ...]
    needed: tuple[Needed, ...]
    theirs: tuple[Choice, ...]
    """The key results for which they may ask for something, those that fit their words best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and of whom."""

    on: str
    of: tuple[str, ...]


def mine(database: Database, slack_id: str, words: str, now: datetime) -> NeedsView:
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return NeedsView((), (), ())
        theirs = _theirs(connection, person, now)
        every = dependencies.needs(connection, person, [one.id for one in theirs])
        return NeedsView(
            tuple(need for each in every.values() for need in each),
            dependencies.needed(connection, person),
            tuple(found(words, [(one, one.title) for one in theirs])),
        )


def key_result(database: Database, slack_id: str, key_result_id: int) -> Choice:
    """The one for which something is to be asked; raises CannotDepend, NotAllowed."""
    with database.reading() as connection:
        _, one, objective = _changing(connection, slack_id, key_result_id)
        return _choices(connection, [(one, objective)])[0]


def offered(database: Database, slack_id: str, key_result_id: int, words: str) -> list[Choice]:
    """Other teams' key results that it may need, the best first; raises CannotDepend, NotAllowed."""
    with database.reading() as connection:
        person, _, objective = _changing(connection, slack_id, key_result_id)
        choices = _choices(connection, _open_to(connection, person, objective))
        return found(words, [(one, f"{one.title} {one.team}") for one in choices], OFFERED_MOST)


def ask(database: Database, slack_id: str, key_result_id: int, on_id: int, now: datetime) -> Asked:
    """Asks the owner of the key result `on_id`; raises CannotDepend, NotAllowed."""
    with database.transaction() as connection:
        workspace.hold(connection)  # each of two requests may be no loop, and both together be one
        person, one, objective = _changing(connection, slack_id, key_result_id)
        on = {kr.id: (kr, home) for kr, home in _open_to(connection, person, objective)}
        if on_id not in on:
            raise CannotDepend(_why_not_open(connection, on_id))
        ends = dependencies.Ends(one, objective, *on[on_id])
        _refuse_loop(connection, person, ends)
        asked = dependencies.to_ask(connection, ends)
        if not asked:
            raise CannotDepend(WhyNot.NOBODY_TO_ASK)
        if not needing.ask(connection, one.id, on_id, person.id, now):
            raise CannotDepend(WhyNot.ASKED_BEFORE)
        for each in asked:
            asks.redraw_requests(connection, each, {now.date()})
        return Asked(ends.on.title, tuple(shown_name(each) for each in asked))


def answer(
    database: Database, slack_id: str, dependency_id: int, state: DependencyState, now: datetime
) -> Needed:
    """Confirms or declines what is asked of the person; raises CannotDepend, NotAllowed."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        known, ends = _dependency(connection, dependency_id)
        if person is None or not may_see(person, ends.needing_in):
            raise CannotDepend(WhyNot.NOT_YOURS)
        permissions.require_in_key_result(
            connection, person, Operation.CONFIRM_DEPENDENCY, ends.on, ends.on_in
        )
        if not needing.answer(connection, known.id, state, person.id, now):
            raise CannotDepend(WhyNot.SAID_BEFORE)
        for each in dependencies.to_ask(connection, ends):
            asks.redraw_requests(connection, each, {known.asked_at.date(), now.date()})
        _tell(connection, {known.asked_by_id, ends.needing.owner_id} - {person.id}, now)
        return dependencies.shown_to_owner(connection, known, ends)


def withdraw(database: Database, slack_id: str, dependency_id: int, now: datetime) -> None:
    """It is not needed any more, confirmed or not; raises CannotDepend, NotAllowed."""
    with database.transaction() as connection:
        known, ends = _dependency(connection, dependency_id, dropped=True)
        _changing(connection, slack_id, ends.needing.id)
        needing.withdraw(connection, known.id)
        for each in dependencies.to_ask(connection, ends):
            asks.redraw_requests(connection, each, {known.asked_at.date(), now.date()})


def _theirs(connection: Connection, person: Person, now: datetime) -> list[Choice]:
    on = now.astimezone(zone_for(connection, person)).date()
    cycles = [one.id for one in okr_cycles.everything(connection) if one.ends >= on]
    every = permissions.visible(person, okrs.of_cycles(connection, cycles, drafts=True))
    parts = permissions.parts_of(connection, person)
    changing = [
        (one, home) for home in every for one in home.key_results if parts.may_change_key_result(one, home)
    ]
    return _choices(connection, changing)


def _choices(connection: Connection, each: Sequence[tuple[KeyResult, Objective]]) -> list[Choice]:
    named = {one.id: one.name for one in teams.everything(connection)}
    owners = people.by_ids(connection, {one.owner_id for one, _ in each})
    return [
        Choice(one.id, one.title, named[home.team_id], shown_name(owners[one.owner_id])) for one, home in each
    ]


def _changing(
    connection: Connection, slack_id: str, key_result_id: int
) -> tuple[Person, KeyResult, Objective]:
    person = people.by_slack_id(connection, slack_id)
    one = dependencies.known_by_ids(connection, [key_result_id]).get(key_result_id)
    if person is None or one is None or not may_see(person, one[1]):
        raise CannotDepend(WhyNot.NO_SUCH)
    permissions.require_in_key_result(connection, person, Operation.CHANGE_KEY_RESULT, *one)
    return person, *one


def _open_to(
    connection: Connection, person: Person, objective: Objective
) -> list[tuple[KeyResult, Objective]]:
    """Other teams' key results in cycles that the objective's own has days in common with. What everybody
    sees needs nothing that is private: it would show it."""
    beside = okr_cycles.beside(connection, objective.cycle_id)
    every = permissions.visible(person, okrs.of_cycles(connection, beside, drafts=True))
    return [
        (one, home)
        for home in every
        if home.team_id != objective.team_id and (objective.private or not home.private)
        for one in home.key_results
    ]


def _why_not_open(connection: Connection, on_id: int) -> WhyNot:
    below = okrs.key_results_by_ids(connection, [on_id]) if 0 < on_id <= LARGEST_ID else {}
    if on_id not in below:
        return WhyNot.NO_SUCH
    return WhyNot.GONE if below[on_id].dropped else WhyNot.SAME_TEAM


def _refuse_loop(connection: Connection, person: Person, ends: dependencies.Ends) -> None:
    ways: dict[int, set[int]] = {}
    for one in needing.everything(connection):
        if one.state is not DependencyState.DECLINED:
            ways.setdefault(one.key_result_id, set()).add(one.on_id)
    way = way_back(ends.needing.id, [ends.on.id], ways)
    if way:
        known = dependencies.known_by_ids(connection, way)
        seen = [known[one][0].title for one in way if one in known and may_see(person, known[one][1])]
        raise CannotDepend(WhyNot.LOOP, tuple(seen) if len(seen) == len(way) else ())


def _dependency(
    connection: Connection, dependency_id: int, *, dropped: bool = False
) -> tuple[Dependency, dependencies.Ends]:
    """`dropped`: also where what is needed is no more."""
    known = needing.by_id(connection, dependency_id) if 0 < dependency_id <= LARGEST_ID else None
    if known is None:
        raise CannotDepend(WhyNot.NOT_YOURS)
    both = next(iter(dependencies.with_ends(connection, [known], dropped=dropped)), None)
    if both is None:
        raise CannotDepend(WhyNot.NOT_YOURS)
    return both


def _tell(connection: Connection, ids: Iterable[int], now: datetime) -> None:
    """In the prompts that are out and, where it is news beside them, in one message a check-in."""
    for person in people.by_ids(connection, ids).values():
        asks.redraw_requests(connection, person, ())
        for one in check_ins.open_of(connection, person.id):
            asks.cleared(connection, person, one.date, now)
