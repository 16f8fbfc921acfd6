"""Coming back: somebody for whom delegates answer is here after all, and answers for themselves."""

from dataclasses import dataclass
from datetime import datetime

from bot.okr.model import OwedState, Person
from bot.services.asking import asked as asked_service
from bot.services.asking import standing_in
from bot.services.away import absence
from bot.services.people import zone_for
from bot.storage import absences, check_ins, okrs, owing, people, rounds
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class Back:
    """What somebody finds who is back: their days away are over."""

    check_in_id: int | None
    """The check-in that waits for them, be it a delegate's, or that they may change; None: there is none."""


def come_back(database: Database, slack_id: str, now: datetime) -> Back | None:
    """From today on they are here, and what their delegates were asked is theirs (`standing_in.step_back`).
    None where nobody answers for them: then nothing is changed."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or not owing.by_delegates(connection, person.id):
            return None
        _end_days_away(connection, person, now)
        absence.follow(connection, person, now)
        return Back(_to_answer(connection, person))


def heard_from(connection: Connection, person: Person, now: datetime) -> None:
    """They write to us, and are not away by what they have said: their days away are over."""
    today = now.astimezone(zone_for(connection, person)).date()
    if not absences.is_paused(connection, person.id) and not any(
        one.starts <= today for one in absences.said(connection, person.id, since=today)
    ):
        standing_in.step_back(connection, person)


def _end_days_away(connection: Connection, person: Person, now: datetime) -> None:
    """Those that pass them by today, or on the day of a check-in that is asked of delegates already."""
    zone = zone_for(connection, person)
    today = now.astimezone(zone).date()
    asked = owing.by_delegates(connection, person.id)
    dates = {one.date for one in rounds.by_ids(connection, {row.round_id for row in asked}).values()}
    own = check_ins.on_dates(connection, person.id, dates)
    until = max([today, *(one.answer_by.astimezone(zone).date() for one in own)])
    for given in absences.said(connection, person.id, since=today):
        if given.starts <= until:
            absences.cancel(connection, given, today)
    absences.resume(connection, person.id, today)


def _to_answer(connection: Connection, person: Person) -> int | None:
    """Their own check-in where it waits, else a delegate's where theirs does, else what they may change."""
    mine = asked_service.longest_waiting(connection, person.id)
    if mine is not None and asked_service.waiting(asked_service.load(connection, mine)):
        return mine.id
    kept = [row for row in owing.by_delegates(connection, person.id) if row.state is not OwedState.ANSWERED]
    known = okrs.key_results_by_ids(connection, [row.key_result_id for row in kept])
    theirs = [row.check_in_id for row in kept if not known[row.key_result_id].dropped]
    return next(iter(theirs), None if mine is None else mine.id)
