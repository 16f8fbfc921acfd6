"""The prompt and the reminder: what they show, from the freshest state."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.okr import actions as okr_actions
from bot.okr.model import Absence, CheckIn, OwedState, Person, Team
from bot.okr.views import AskedKeyResult, PromptView, Welcome
from bot.services.alignment import dependencies
from bot.services.answering import blockers, unchanged
from bot.services.answering.checkins import team_names
from bot.services.asking import asked as asked_service
from bot.services.asking import later, standing_in
from bot.services.away import absence, statuses
from bot.services.people import shown_name, zone_for
from bot.services.sending import asks
from bot.storage import (
    absences,
    actions,
    check_ins,
    deliveries,
    owing,
    people,
    questions,
    rounds,
    teams,
)
from bot.storage.engine import Connection, Database


def load(database: Database, check_in_id: int) -> PromptView:
    """Raises LookupError for a check-in that does not exist."""
    with database.reading() as connection:
        check_in = check_ins.find(connection, check_in_id)
        if check_in is None:
            raise LookupError(f"no check-in {check_in_id}")
        return _view(connection, check_in)


def _view(connection: Connection, check_in: CheckIn) -> PromptView:
    person = people.by_ids(connection, [check_in.person_id])[check_in.person_id]
    zone = zone_for(connection, person)
    asked = asked_service.load(connection, check_in)
    answered_at = _answered_at(connection, check_in, asked)
    offered = later.offered(connection, check_in, check_in.prompt_at)
    chosen = later.chosen(connection, check_in)
    away = _away(connection, check_in, zone)
    by_others = away is not None or not asked
    known = actions.known_on(connection, [person.id], check_in.date)
    return PromptView(
        check_in_id=check_in.id,
        teams=team_names(connection, check_in),
        date=check_in.date,
        asked=asked,
        answer_by=check_in.answer_by.astimezone(zone),
        welcome=_welcome(connection, check_in, person),
        answered_at=answered_at.astimezone(zone) if answered_at else None,
        open=bool(asked) and asked_service.is_open(connection, check_in),
        paused=absences.is_paused(connection, person.id),
        later=tuple((choice, at.astimezone(zone)) for choice, at in offered.items()),
        later_at=chosen.astimezone(zone) if chosen else None,
        away=away,
        stand_ins=standing_in.answering_for(connection, person.id, check_in.date) if by_others else (),
        by_tap=bool(unchanged.answered_by_tap(connection, check_in)),
        actions=okr_actions.set_on(known, check_in.date, asked),
        open_actions=okr_actions.open_actions(known, check_in.date, asked),
        to_clear=blockers.to_clear(connection, person, check_in.date),
        cleared=blockers.cleared(connection, [one.key_result_id for one in asked]),
        needed=dependencies.needed(connection, person),
        needs=dependencies.answered(connection, person, check_in),
        status=statuses.question(connection, check_in),
        questions=questions.of_person(
            connection, person.id, [one.id for one in rounds.of_check_in(connection, check_in.id)]
        ),
    )


def _answered_at(
    connection: Connection, check_in: CheckIn, asked: Sequence[AskedKeyResult]
) -> datetime | None:
    """When the last of what is asked was first answered; None while anything waits."""
    if asked_service.waiting(asked):
        return None
    wanted = {one.key_result_id for one in asked}
    owed = owing.in_check_in(connection, check_in.id)
    said_at = [row.answered_at for row in owed if row.key_result_id in wanted and row.answered_at]
    return max(said_at, default=None)


def _away(connection: Connection, check_in: CheckIn, zone: ZoneInfo) -> Absence | None:
    """Where nothing waits because the person said so: what they said."""
    states = {row.state for row in owing.in_check_in(connection, check_in.id)}
    if OwedState.AWAY not in states or OwedState.WAITING in states:
        return None
    until = max(one.digest_at for one in rounds.of_check_in(connection, check_in.id))
    days = (check_in.answer_by.astimezone(zone).date(), until.astimezone(zone).date())
    return absence.passing_by(absences.said(connection, check_in.person_id, since=days[0]), *days)


def _welcome(connection: Connection, check_in: CheckIn, person: Person) -> tuple[Welcome, ...]:
    """Only for the first prompt that a person ever gets, however often that one is drawn."""
    key = asks.prompt_key(person.id, check_in.date)
    if deliveries.was_sent(connection, asks.PROMPT, person.slack_id, but=key):
        return ()
    asking = rounds.of_check_in(connection, check_in.id)
    return tuple(_by_team(connection, teams.by_id(connection, one.team_id), person) for one in asking)


def _by_team(connection: Connection, team: Team, person: Person) -> Welcome:
    leads = teams.leads_of(connection, team.id)
    others = people.by_ids(connection, [lead for lead in leads if lead != person.id])
    enrolled_by = next(iter(others.values()), None)
    return Welcome(
        team=team.name,
        enrolled_by=shown_name(enrolled_by) if enrolled_by else None,
        channel=team.channel,
        check_in_day=team.check_in.day,
    )
