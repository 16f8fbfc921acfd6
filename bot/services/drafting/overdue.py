"""Drafts whose cycle has begun and that nobody has started: nobody is asked for what stands in them, so the
team's leads hear of it on each check-in day, while the team would be asked."""

from datetime import datetime

import structlog

from bot.okr.days.zones import team_zone
from bot.okr.model import Cycle, OkrSet, Person, Team
from bot.okr.rights import Operation, may
from bot.okr.rounds import check_in_date
from bot.okr.writing.draft_views import OverdueView, Which
from bot.services import permissions
from bot.services.drafting import draft_sets, draft_shown
from bot.services.drafting.draft_sets import NoDraft
from bot.services.sending import asks
from bot.storage import deliveries, okr_cycles, okrs, people, teams
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database

log = structlog.get_logger(__name__)


def remind(database: Database, now: datetime) -> list[str]:
    """Asks for the messages that are due; says what it did, a line each. Nearly always it is nothing, which
    is found out without the write lock."""
    with database.reading() as connection:
        if not _due(connection, now):
            return []
    with database.transaction() as connection:
        done = []
        for team, cycle, lead in _due(connection, now):
            asks.draft_overdue(connection, team, cycle, lead, now)
            done.append(f"{team.name}: {cycle.name} has not been started")
            log.info("draft overdue", team=team.id, cycle=cycle.id, lead=lead.id)
        return done


def is_wanted(connection: Connection, delivery: Delivery, now: datetime) -> bool:
    """It may have been started or given up meanwhile, the lead may lead no longer, the hours may be over."""
    try:
        found = draft_sets.of_set(connection, _which(delivery))
    except NoDraft:
        return False
    person = people.by_slack_id(connection, delivery.address)
    leads = person and may(Operation.START_CYCLE, permissions.in_team(connection, person, found.team.id))
    return bool(leads) and _is_overdue(connection, found.set, found.team, found.cycle, now)


def load(database: Database, delivery: Delivery) -> OverdueView | None:
    """How it stands now; None: it was given up."""
    with database.reading() as connection:
        try:
            found = draft_sets.of_set(connection, _which(delivery))
        except NoDraft:
            return None
        return OverdueView(found.team, found.cycle, draft_shown.view(connection, found).started)


def _which(delivery: Delivery) -> Which:
    return Which(delivery.subject["team"], delivery.subject["cycle"])


def _due(connection: Connection, now: datetime) -> list[tuple[Team, Cycle, Person]]:
    """Which leads are to hear now of which draft, and have not been told today."""
    drafts = okr_cycles.drafts_of(connection, [one.id for one in teams.everything(connection)])
    return [
        (team, cycle, lead)
        for one in drafts
        for team in [teams.by_id(connection, one.team_id)]
        for cycle in [okr_cycles.by_id(connection, one.cycle_id)]
        if cycle is not None and _is_overdue(connection, one, team, cycle, now)
        for lead in people.by_ids(connection, teams.leads_of(connection, team.id)).values()
        if lead.active and deliveries.by_key(connection, asks.overdue_key(team, cycle, lead, now)) is None
    ]


def _is_overdue(connection: Connection, one: OkrSet, team: Team, cycle: Cycle, now: datetime) -> bool:
    if one.started_at is not None or team.started_at is None:
        return False
    there = now.astimezone(team_zone(team))
    today = there.date()
    if not cycle.starts <= today <= cycle.ends or today != check_in_date(team, today):
        return False
    if not team.check_in.prompt <= there.time() < team.check_in.answer_by:
        return False
    every = okrs.of_team(connection, one.team_id, [one.cycle_id], drafts=True)
    return any(each.key_results for each in every)
