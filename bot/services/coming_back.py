"""Coming back: somebody for whom delegates answer is here after all, and answers for themselves."""

from datetime import datetime

from bot.okr.model import Person
from bot.services import absence, standing_in
from bot.services import asked as asked_service
from bot.services.people import zone_for
from bot.storage import absences, check_ins, owing, people, rounds
from bot.storage.engine import Connection, Database


def come_back(database: Database, slack_id: str, now: datetime) -> int | None:
    """From today on they are here; what their delegates were asked, and what they have answered, is theirs.

    Gives the check-in that waits for them, or that they may change; None where nobody answers for them.
    """
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or not owing.by_delegates(connection, person.id):
            return None
        _end_days_away(connection, person, now)
        absence.follow(connection, person, now)
        check_in = asked_service.longest_waiting(connection, person.id)
        return None if check_in is None else check_in.id


def notice(connection: Connection, person: Person, now: datetime) -> None:
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
    dates = {rounds.by_id(connection, row.round_id).date for row in asked}
    own = [one for on in dates if (one := check_ins.of_person(connection, person.id, on))]
    until = max([today, *(one.answer_by.astimezone(zone).date() for one in own)])
    for given in absences.said(connection, person.id, since=today):
        if given.starts <= until:
            absences.cancel(connection, given, today)
    absences.resume(connection, person.id, today)
