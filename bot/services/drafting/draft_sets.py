"""A team's draft of a cycle: found for somebody who wants to see it, or do something with it.

It may be found by anybody in the workspace but guests, whether it has been shared or not; private objectives
only by those who may see them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.okr.days.zones import team_zone
from bot.okr.model import LARGEST_ID, Cycle, KeyResult, Objective, OkrSet, Person, Team
from bot.okr.rights import Operation, may
from bot.okr.writing.draft_views import Which
from bot.services import permissions
from bot.services.people import shown_name
from bot.services.teams.named import UnknownTeam, called
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database


class WhyNot(StrEnum):
    """Why nothing can be done with a draft."""

    NO_SUCH = "no such draft"
    """Given up meanwhile, or a forged button."""
    STARTED = "started"
    GONE = "gone"
    """What it is about was dropped meanwhile, or cannot be seen by whoever asks."""
    NOTHING_YOURS = "nothing yours"
    EMPTY = "empty"
    OVER = "over"
    """Its cycle is."""
    ELSEWHERE = "elsewhere"
    """Somebody owns something in another cycle of these days."""
    DECIDED = "decided"
    """Somebody has answered the proposal before."""
    CHANGED = "changed"
    """Since whoever decides looked at it."""
    CANNOT_BE = "cannot be"
    """What is proposed does not fit any more."""


class NoDraft(Exception):  # noqa: N818 - it says what is so
    """`about` names what the reason is about: a cycle, a person, a sentence."""

    def __init__(self, why: WhyNot, *, team: str = "", about: str = "", who: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.team = team
        self.about = about
        self.who = who


@dataclass(frozen=True, slots=True)
class Drafting:
    """A set that somebody looks at."""

    person: Person | None
    """None: everybody in the channel."""
    team: Team
    cycle: Cycle
    set: OkrSet
    objectives: Sequence[Objective]
    """Those that they may see, in order, with their key results."""

    @property
    def reader(self) -> Person:
        """Of one that was found for somebody."""
        if self.person is None:
            raise LookupError("it was not found for anybody")
        return self.person

    def objective(self, objective_id: int | None) -> Objective | None:
        return next((one for one in self.objectives if one.id == objective_id), None)

    def key_result(self, key_result_id: int | None) -> tuple[KeyResult, Objective] | None:
        found = ((one, each) for each in self.objectives for one in each.key_results)
        return next((pair for pair in found if pair[0].id == key_result_id), None)


def find(
    connection: Connection,
    slack_id: str,
    which: Which,
    *,
    hold: bool = False,
    guests: bool = False,
    started: bool = False,
) -> Drafting:
    """`hold`: until the commit nobody else changes what becomes of the set. With `guests`, they find what
    they own. With `started`, one that has started is found, too. Raises NoDraft, GuestsSeeOnlyTheirs."""
    person = permissions.known_reader(connection, slack_id, guests=guests)
    found = of_set(connection, which, lambda every: permissions.visible(person, every), hold=hold)
    if found.set.started_at is not None and not started:
        raise NoDraft(WhyNot.STARTED, team=found.team.name, about=found.cycle.name)
    return Drafting(person, found.team, found.cycle, found.set, found.objectives)


def of_set(
    connection: Connection,
    which: Which,
    seen: Callable[[Iterable[Objective]], Sequence[Objective]] = permissions.public,
    *,
    hold: bool = False,
) -> Drafting:
    """As everybody in the channel sees it, or with those objectives that are `seen`; raises NoDraft."""
    drafted = None
    if max(which) <= LARGEST_ID:
        drafted = okr_cycles.set_of(connection, *which, hold=hold)
    cycle = okr_cycles.by_id(connection, which.cycle_id) if drafted else None
    if drafted is None or cycle is None:
        raise NoDraft(WhyNot.NO_SUCH)
    every = okrs.of_team(connection, which.team_id, [which.cycle_id], drafts=True)
    return Drafting(None, teams.by_id(connection, which.team_id), cycle, drafted, seen(every))


@dataclass(frozen=True, slots=True)
class OfTeam:
    """A team's draft that somebody asked for."""

    team: Team
    which: Which | None
    """The draft whose cycle starts first, one that is over last; None where there is none."""
    may_begin: bool
    leads: tuple[str, ...]


def of_team(database: Database, slack_id: str, name: str, now: datetime) -> OfTeam:
    """By the team's name; without one that of the reader's which has a draft, else their first. Raises
    UnknownTeam, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        person = permissions.known_reader(connection, slack_id)
        team, drafts = _asked_for(connection, person, name)
        today = now.astimezone(team_zone(team)).date()
        drafts.sort(key=lambda one: one.ends < today)
        leads = people.by_ids(connection, teams.leads_of(connection, team.id))
        return OfTeam(
            team,
            Which(team.id, drafts[0].id) if drafts else None,
            may(Operation.ADD_OBJECTIVE, permissions.in_team(connection, person, team.id)),
            tuple(shown_name(one) for one in leads.values() if one.active),
        )


def _asked_for(connection: Connection, person: Person, name: str) -> tuple[Team, list[Cycle]]:
    every = teams.everything(connection)
    if name.strip():
        meant = called(every, name)
        if len(meant) != 1:
            raise UnknownTeam(name.strip(), tuple(one.name for one in every))
    else:
        meant = [one for one, _ in teams.teams_of(connection, person.id)]
        meant.sort(key=lambda one: one.id != person.home_team_id)
    drafts = {one.id: drafts_of(connection, one.id) for one in meant}
    first = next((one for one in meant if drafts[one.id]), meant[0] if meant else None)
    if first is None:
        raise UnknownTeam("", tuple(one.name for one in every))
    return first, drafts[first.id]


def drafts_of(connection: Connection, team_id: int) -> list[Cycle]:
    """The cycles of a team's drafts, the one that starts first first."""
    ids = {one.cycle_id for one in okr_cycles.drafts_of(connection, [team_id])}
    return [one for one in okr_cycles.everything(connection) if one.id in ids]
