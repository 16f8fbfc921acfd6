"""Later: a person has the reminder of a check-in come at another time, once, or as usual after all."""

from datetime import date, datetime

from bot.okr.days.later import Later, choices
from bot.okr.model import CheckIn
from bot.okr.rounds import covers
from bot.services.answering.checkins import open_check_in
from bot.services.away import public_holidays
from bot.services.people import zone_for
from bot.services.sending import asks
from bot.services.sending.wanted import due_at
from bot.storage import absences, check_ins, deliveries, people
from bot.storage.engine import Connection, Database

_STILL_TO_COME = ("pending", "dropped")
"""The states of a reminder that can be moved: one of somebody who wants none is dropped at its hour."""


def offered(connection: Connection, check_in: CheckIn, now: datetime) -> dict[Later, datetime]:
    """When they may be reminded instead; nothing where they have chosen, were reminded or owe nothing."""
    due = due_at(connection, check_in)
    if due is None or check_in.later_at is not None or not _is_to_come(connection, check_in):
        return {}
    person = people.by_ids(connection, [check_in.person_id])[check_in.person_id]
    away = absences.of_people(connection, [person.id])

    def works_on(day: date) -> bool:
        free = [*away, *public_holidays.before(day, [person])]
        return day.weekday() in person.working_days and not any(covers(one, day) for one in free)

    return choices(now, zone_for(connection, person), due, works_on)


def chosen(connection: Connection, check_in: CheckIn) -> datetime | None:
    """When the reminder that they have put off comes; None where there is none to come (any more)."""
    known = deliveries.by_key(connection, asks.reminder_key(check_in.person_id, check_in.date))
    return check_in.later_at if known is not None and known.state == "pending" else None


def put_off(database: Database, slack_id: str, check_in_id: int, choice: Later, now: datetime) -> bool:
    """The reminder comes then; False where that makes no sense (any more). Raises CannotAnswer."""
    with database.transaction() as connection:
        check_in = open_check_in(connection, slack_id, check_in_id, hold=True).check_in
        until = offered(connection, check_in, now).get(choice)
        if until is None:
            return False
        check_ins.put_off(connection, check_in.id, until)
        deliveries.move(connection, asks.reminder_key(check_in.person_id, check_in.date), until)
        asks.redraw(connection, check_in, waited_for=True)
        return True


def as_usual(database: Database, slack_id: str, check_in_id: int, now: datetime) -> bool:
    """The reminder comes at its hour, or, where that has passed, not at all; False where it has come, or was
    not put off. Raises CannotAnswer."""
    with database.transaction() as connection:
        check_in = open_check_in(connection, slack_id, check_in_id, hold=True).check_in
        if check_in.later_at is None or not _is_to_come(connection, check_in):
            return False
        key = asks.reminder_key(check_in.person_id, check_in.date)
        check_ins.put_off(connection, check_in.id, None)
        if check_in.remind_at > now:
            deliveries.move(connection, key, check_in.remind_at, look_first=True)
        else:
            deliveries.withdraw(connection, key)
        asks.redraw(connection, check_in, waited_for=True)
        return True


def _is_to_come(connection: Connection, check_in: CheckIn) -> bool:
    known = deliveries.by_key(connection, asks.reminder_key(check_in.person_id, check_in.date))
    return known is not None and known.state in _STILL_TO_COME
