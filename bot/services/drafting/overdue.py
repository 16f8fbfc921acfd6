"""Drafts whose cycle has begun and that nobody has started: nobody is asked for what stands in them, so the
team's leads hear of it on each check-in day, between the team's hours of prompt and answer."""

from datetime import datetime

import structlog

from bot.okr.days.zones import team_zone
from bot.okr.model import Cycle, Person, Team
from bot.okr.rights import is_guest
from bot.okr.rounds import check_in_date
from bot.okr.writing.draft_views import OverdueView, Which
from bot.services.drafting import draft_sets, draft_shown
from bot.services.drafting.draft_sets import Drafting, NoDraft
from bot.services.sending import asks
from bot.storage import deliveries, okr_cycles, people, teams
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database

log = structlog.get_logger(__name__)


def remind(database: Database, now: datetime) -> list[str]:
    """Asks for the messages that are due; says what it did, a line each. Nearly always it is nothing, which
    is found out without the write lock."""
    done: list[str] = []
    for which in _due(database, now):
        try:
            with database.transaction() as connection:
                told = _tell(connection, which, now)
        except Exception:  # one draft's trouble must not keep the others, and all that comes after, waiting
            log.exception("draft's leads not reminded", team=which.team_id, cycle=which.cycle_id)
            continue
        for line in told:
            log.info("draft overdue", team=which.team_id, cycle=which.cycle_id, did=line)
        done += told
    return done


def is_wanted(connection: Connection, delivery: Delivery, now: datetime) -> bool:
    """It may have been started or given up meanwhile, the lead may lead no longer, the hours may be over."""
    try:
        found = draft_sets.of_set(connection, _which(delivery), list)
    except NoDraft:
        return False
    return delivery.key in _by_key(connection, found, now)


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


def _due(database: Database, now: datetime) -> list[Which]:
    """The drafts of which somebody is to hear now."""
    due: list[Which] = []
    with database.reading() as connection:
        known = {one.id: one for one in teams.everything(connection)}
        cycles = {one.id: one for one in okr_cycles.everything(connection)}
        for one in okr_cycles.drafts_of(connection, known):
            which = Which(one.team_id, one.cycle_id)
            try:
                if not _is_time(known[one.team_id], cycles[one.cycle_id], now):
                    continue
                if _untold(connection, draft_sets.of_set(connection, which, list), now):
                    due.append(which)
            except Exception:  # as above
                log.exception("draft's leads not reminded", team=which.team_id, cycle=which.cycle_id)
    return sorted(due)


def _tell(connection: Connection, which: Which, now: datetime) -> list[str]:
    """Whoever starts or gives up the draft does so before or after this."""
    try:
        found = draft_sets.of_set(connection, which, list, hold=True)
    except NoDraft:
        return []
    told = []
    for key, lead in _untold(connection, found, now).items():
        asked = deliveries.ask(
            connection,
            key=key,
            kind=asks.DRAFT_OVERDUE,
            subject={"team": found.team.id, "cycle": found.cycle.id},
            address=lead.slack_id,
            due_at=now,
        )
        if asked is not None:
            told.append(f"{found.team.name}: {lead.name} hears that {found.cycle.name} has not been started")
    return told


def _untold(connection: Connection, found: Drafting, now: datetime) -> dict[str, Person]:
    asked = _by_key(connection, found, now)
    return {key: lead for key, lead in asked.items() if deliveries.by_key(connection, key) is None}


def _by_key(connection: Connection, found: Drafting, now: datetime) -> dict[str, Person]:
    """The leads who can start it, by the keys of what they are to hear today; none while it is not time, or
    where there is nothing to start."""
    nothing = not any(each.key_results for each in found.objectives)
    if nothing or found.set.started_at is not None or not _is_time(found.team, found.cycle, now):
        return {}
    leads = people.by_ids(connection, sorted(teams.leads_of(connection, found.team.id))).values()
    able = [one for one in leads if one.active and not is_guest(one)]
    return {asks.overdue_key(found.team, found.cycle, one, now): one for one in able}


def _is_time(team: Team, cycle: Cycle, now: datetime) -> bool:
    there = now.astimezone(team_zone(team))
    today = there.date()
    return (
        team.started_at is not None
        and cycle.starts <= today <= cycle.ends
        and today == check_in_date(team, today)
        and team.check_in.prompt <= there.time() < team.check_in.answer_by
    )
