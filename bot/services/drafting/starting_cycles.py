"""A lead shares a draft with the team, and starts the cycle: from its first day on, check-ins ask for it.

What is missing is shown before, as advice; only an empty set, a cycle that is over, and somebody's OKRs in
another cycle of the same days keep it from starting.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.okr.days.zones import team_zone
from bot.okr.defaults import DRAFT_CONFIDENCE_MOST
from bot.okr.quality.coach import of_set
from bot.okr.quality.kept import drafts_of
from bot.okr.rights import Operation
from bot.okr.writing.cycles import overlap
from bot.okr.writing.draft_views import Committing, Started, StartView, Which
from bot.services import permissions
from bot.services.drafting import draft_asks, draft_sets, draft_shown
from bot.services.drafting.draft_sets import Drafting, NoDraft, WhyNot
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class Start:
    started: Started
    new: bool
    """False: somebody had started it before."""


def share(database: Database, slack_id: str, which: Which, now: datetime) -> bool:
    """The other owners are asked whether they commit, and deciders about what was proposed so far.
    False if it is in the channel already; raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        found = draft_sets.find(connection, slack_id, which, hold=True)
        permissions.require_in_team(connection, found.reader, Operation.SHARE_DRAFT, which.team_id)
        okr_cycles.share(connection, found.set, now)
        new = draft_asks.share(connection, found, found.reader, now)
        every = okrs.of_team(connection, which.team_id, [which.cycle_id], drafts=True)
        asked = {one.owner_id for each in every for one in each.key_results}
        asked |= draft_asks.undecided(connection, which)
        draft_asks.changed(connection, *which, now, owners=asked - {found.reader.id})
        return new


def load(database: Database, slack_id: str, which: Which, now: datetime) -> StartView:
    """What is missing before it starts; raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.reading() as connection:
        found = _startable(connection, slack_id, which, now)
        view = draft_shown.view(connection, found)
        today = now.astimezone(team_zone(found.team)).date()
        key_results = view.key_results
        waiting = [one for one in key_results if one.committing is not Committing.COMMITTED]
        return StartView(
            found.team,
            found.cycle,
            len(key_results),
            tuple(dict.fromkeys(one.owner for one in waiting if one.owner_active)),
            tuple(one.key_result.title for one in key_results if not one.owner_active),
            tuple(one.objective.title for one in view.objectives if not one.key_results),
            len(view.open),
            tuple(
                one.key_result.title for one in key_results if (one.confidence or 0) > DRAFT_CONFIDENCE_MOST
            ),
            found.team.started_at is None,
            found.cycle.starts <= today,
            _questions(connection, found),
        )


def start(database: Database, slack_id: str, which: Which, now: datetime) -> Start:
    """Starting it twice starts it once; raises NoDraft, NotAllowed, GuestsSeeOnlyTheirs."""
    with database.transaction() as connection:
        try:
            found = _startable(connection, slack_id, which, now, hold=True)
        except NoDraft as problem:
            if problem.why is not WhyNot.STARTED:
                raise
            found = draft_sets.find(connection, slack_id, which, started=True)
            permissions.require_in_team(connection, found.reader, Operation.START_CYCLE, which.team_id)
            return _started(connection, found, new=False)
        okr_cycles.start(connection, found.set, found.reader.id, now)
        asks.redraw_draft(connection, *which, settled=True)
        return _started(connection, draft_sets.find(connection, slack_id, which, started=True), new=True)


def _started(connection: Connection, found: Drafting, *, new: bool) -> Start:
    started = draft_shown.view(connection, found).started
    if started is None:
        raise LookupError("it was not started")
    return Start(started, new)


def _startable(
    connection: Connection,
    slack_id: str,
    which: Which,
    now: datetime,
    *,
    hold: bool = False,
) -> Drafting:
    found = draft_sets.find(connection, slack_id, which, hold=hold)
    permissions.require_in_team(connection, found.reader, Operation.START_CYCLE, which.team_id)
    names = {"team": found.team.name, "about": found.cycle.name}
    every = okrs.of_team(connection, which.team_id, [which.cycle_id], drafts=True)
    owners = {one.owner_id for each in every for one in each.key_results}
    if not owners:
        raise NoDraft(WhyNot.EMPTY, **names)
    if found.cycle.ends < now.astimezone(team_zone(found.team)).date():
        raise NoDraft(WhyNot.OVER, **names)
    _refuse_elsewhere(connection, found, owners | {one.owner_id for one in every})
    return found


def _questions(connection: Connection, found: Drafting) -> tuple[str, ...]:
    """The coach's, about all of what the lead sees."""
    above_others = any(one.parent_id == found.team.id for one in teams.everything(connection))
    of_company = found.team.parent_id is None and above_others
    drafts = drafts_of(found.objectives, anything_above=not of_company)
    return tuple(one.question for one in of_set(drafts, of_company=of_company))


def _refuse_elsewhere(connection: Connection, found: Drafting, owners: set[int]) -> None:
    """Cycles may overlap, but not for one owner."""
    others = {
        one.id: one
        for one in okr_cycles.everything(connection)
        if one.id != found.cycle.id and overlap(one, found.cycle)
    }
    for owner in sorted(owners) if others else ():
        for objective in okrs.of_owner(connection, owner, others):
            other = others[objective.cycle_id]
            who = shown_name(people.by_ids(connection, [owner])[owner])
            raise NoDraft(WhyNot.ELSEWHERE, team=found.team.name, about=other.name, who=who)
