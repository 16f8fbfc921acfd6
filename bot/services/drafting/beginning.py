"""A lead begins a draft of their team's next cycle, empty or with a copy of the last one's, or gives it up.

Cycles belong to the workspace: several teams may draft in the same one. A team's own cycles never overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.okr.days.zones import team_zone
from bot.okr.model import LARGEST_ID, Cycle, Objective, Person, Team
from bot.okr.rights import Operation
from bot.okr.writing import cycles
from bot.okr.writing.copying import copied
from bot.okr.writing.cycles import NoCycle, Odd, overlap
from bot.okr.writing.draft_views import Beginning, Copied, LeftOver, Which
from bot.services import permissions
from bot.services.drafting import draft_sets
from bot.services.okrs import changing, okr_sets
from bot.services.sending import asks
from bot.storage import okr_cycles, okrs, people, teams, updates
from bot.storage.engine import Connection, Database


class WhyNotBegun(StrEnum):
    NO_SUCH_TEAM = "no such team"
    NO_SUCH_CYCLE = "no such cycle"
    NAME_TAKEN = "name taken"
    """By a cycle with other days that somebody uses."""
    OVERLAPS = "overlaps"
    """The team has OKRs, or a draft, in a cycle that shares days with it."""
    STARTED = "started"
    """The team has objectives in that very cycle, which are no draft."""


class CannotBegin(Exception):  # noqa: N818 - it says what is so
    def __init__(self, why: WhyNotBegun, team: str = "", other: Cycle | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.team = team
        self.other = other


class NotACycle(Exception):  # noqa: N818 - it says what is so
    """What was entered cannot be one; or it can, and `odd` is to be confirmed."""

    def __init__(self, problems: Sequence[NoCycle] = (), odd: Sequence[Odd] = ()) -> None:
        super().__init__(problems or odd)
        self.problems = tuple(problems)
        self.odd = tuple(odd)


@dataclass(frozen=True, slots=True)
class Begun:
    cycle_id: int
    new: bool
    """False: it had been begun before, and stays as it is."""
    copied: Copied | None = None


def form(database: Database, slack_id: str, team_id: int, now: datetime) -> Beginning:
    """Raises CannotBegin, NotAllowed."""
    with database.reading() as connection:
        _, team = _lead(connection, slack_id, team_id)
        today = now.astimezone(team_zone(team)).date()
        taken = okr_sets.taken(connection, team.id)
        proposed = cycles.proposed(today, taken)
        open_ones = [
            one
            for one in okr_cycles.everything(connection)
            if one.ends >= today
            and okr_cycles.is_used(connection, one.id)
            and not any(overlap(one, other) for other in taken)
        ]
        same = next((one for one in open_ones if one.name == proposed.name), proposed)
        return Beginning(team, same, tuple(open_ones), _last(connection, team.id, today))


def begin(
    database: Database,
    slack_id: str,
    team_id: int,
    wanted: int | Cycle,
    now: datetime,
    *,
    copies: bool = False,
    meant: bool = False,
) -> Begun:
    """In a cycle by its id, or in a new one. `copies`: with what the lead may see of the team's last cycle;
    `meant`: what is odd about a new cycle has been confirmed. Doing it twice does it once. Raises
    CannotBegin, NotACycle, NotAllowed."""
    with database.transaction() as connection:
        person, team = _lead(connection, slack_id, team_id)
        teams.hold(connection, team.id)
        today = now.astimezone(team_zone(team)).date()
        cycle = _cycle(connection, team, wanted, today, meant=meant)
        if okr_sets.is_draft(connection, team.id, cycle.id):
            return Begun(cycle.id, new=False)
        if okrs.of_team(connection, team.id, [cycle.id], drafts=True):
            raise CannotBegin(WhyNotBegun.STARTED, team.name, cycle)
        _refuse_overlap(connection, team, cycle)
        last = _last(connection, team.id, cycle.starts) if copies else None
        new = okr_cycles.begin_draft(connection, team.id, cycle.id)
        return Begun(cycle.id, new, _copy(connection, person, last, cycle, team) if last and new else None)


def give_up(database: Database, slack_id: str, which: Which, now: datetime) -> None:
    """All its objectives are dropped, and kept with what was said of them. Raises NoDraft, NotAllowed,
    GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        found = draft_sets.find(connection, slack_id, which, hold=True)
        permissions.require_in_team(connection, found.reader, Operation.ADD_OBJECTIVE, which.team_id)
        for one in okrs.of_team(connection, which.team_id, [which.cycle_id], drafts=True):
            changing.remove_objective(connection, one, now, for_good=False)
        okr_cycles.give_up(connection, found.set)
        asks.redraw_draft(connection, *which, settled=True)


def _lead(connection: Connection, slack_id: str, team_id: int) -> tuple[Person, Team]:
    team = teams.by_ids(connection, [team_id]).get(team_id) if team_id <= LARGEST_ID else None
    if team is None:
        raise CannotBegin(WhyNotBegun.NO_SUCH_TEAM)
    stranger = Person(0, slack_id, "", None, active=False)
    person = people.by_slack_id(connection, slack_id) or stranger
    permissions.require_in_team(connection, person, Operation.ADD_OBJECTIVE, team.id)
    return person, team


def _cycle(connection: Connection, team: Team, wanted: int | Cycle, today: date, *, meant: bool) -> Cycle:
    """The one that is meant, made where it is new."""
    if isinstance(wanted, int):
        known = okr_cycles.by_id(connection, wanted) if wanted <= LARGEST_ID else None
        if known is None:
            raise CannotBegin(WhyNotBegun.NO_SUCH_CYCLE)
        if known.ends < today:
            raise NotACycle([NoCycle.OVER])
        return known
    problems = cycles.problems(wanted, today)
    if problems:
        raise NotACycle(problems)
    known = okr_cycles.called(connection, wanted.name)
    if known is not None and (known.starts, known.ends) == (wanted.starts, wanted.ends):
        return known
    if known is not None and okr_cycles.is_used(connection, known.id):
        raise CannotBegin(WhyNotBegun.NAME_TAKEN, other=known)
    if not meant and (strange := cycles.odd(wanted, today)):
        raise NotACycle(odd=strange)
    _refuse_overlap(connection, team, wanted)
    if known is None:
        return okr_cycles.ensure(connection, wanted)
    changed = replace(wanted, id=known.id)
    okr_cycles.save(connection, changed)
    return changed


def _refuse_overlap(connection: Connection, team: Team, cycle: Cycle) -> None:
    for other in okr_sets.taken(connection, team.id):
        if other.id != cycle.id and overlap(cycle, other):
            raise CannotBegin(WhyNotBegun.OVERLAPS, team.name, other)


def _last(connection: Connection, team_id: int, before: date) -> Cycle | None:
    """The newest in which the team has objectives that are no draft, and that began before that day."""
    every = [one for one in okr_cycles.of_team(connection, team_id) if one.starts < before]
    started = {one.cycle_id for one in okrs.of_team(connection, team_id, [one.id for one in every])}
    return next((one for one in every if one.id in started), None)


def _copy(connection: Connection, person: Person, last: Cycle, cycle: Cycle, team: Team) -> Copied:
    """Without what aligned it: that belongs to the old cycle. What is private stays so, with its readers."""
    seen = permissions.visible(person, okrs.of_team(connection, team.id, [last.id]))
    history = updates.of_key_results(connection, [one.id for each in seen for one in each.key_results])
    left: list[LeftOver] = []
    for objective in seen:
        blank = replace(objective, cycle_id=cycle.id, parent=None, serves=frozenset(), key_results=())
        written: Objective = okrs.add_objective(connection, blank)
        for key_result in objective.key_results:
            said = history[key_result.id]
            copy = copied(key_result, said[-1] if said else None)
            okrs.add_key_result(connection, replace(copy.key_result, objective_id=written.id))
            left += [LeftOver(key_result.title, copy.left)] if copy.left else []
    return Copied(last.name, len(seen), sum(len(one.key_results) for one in seen), tuple(left))
