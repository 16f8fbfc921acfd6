"""Days away: a person says when they are not there, looks at what is coming, and takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr.days.away import Days, checked, read_days
from bot.okr.model import LARGEST_ID, Absence, CheckIn, OwedState, Person
from bot.okr.rounds import covers
from bot.services.asking import standing_in
from bot.services.people import zone_for
from bot.services.sending import asks
from bot.storage import absences, check_ins, deliveries, owing, people, teams
from bot.storage.engine import Connection, Database

_ASKED = ("pending", "sending", "sent", "unknown")
"""The states of a prompt that came, may have come, or is still to come."""


@dataclass(frozen=True, slots=True)
class AwayView:
    """A person's days away, as they look at them."""

    today: date
    coming: tuple[Absence, ...]
    """What they gave and what is not over, the earliest first."""
    paused: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """Days away that are written down now, or, where `unclear` has several, that somebody has to choose."""

    today: date
    absence: Absence | None
    unclear: tuple[Days, ...] = ()


def say(database: Database, slack_id: str, text: str, now: datetime) -> Noted:
    """Takes a person's words for their days away; raises NotDays."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        today = _today(connection, person, now)
        readings = read_days(text, today)
        if len(readings) > 1:
            return Noted(today, None, readings)
        return Noted(today, note(connection, person, readings[0], now))


def add(database: Database, slack_id: str, starts: date, ends: date, now: datetime) -> Noted:
    """Writes down that the person is away on these days, the last included; raises NotDays."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        today = _today(connection, person, now)
        return Noted(today, note(connection, person, checked(starts, ends, today), now))


@dataclass(frozen=True, slots=True)
class Cancelled:
    today: date
    absence: Absence
    """As it was."""
    still: Absence | None
    """Other days on some of which they are away all the same."""


def cancel(database: Database, slack_id: str, absence_id: int, now: datetime) -> Cancelled | None:
    """From today on they are there after all; None where they gave no such days or the days are over."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or absence_id > LARGEST_ID:
            return None
        today = _today(connection, person, now)
        given = absences.said(connection, person.id, since=today)
        absence = next((one for one in given if one.id == absence_id), None)
        if absence is None:
            return None
        absences.cancel(connection, absence, today)
        follow(connection, person, now)
        others = [one for one in given if one.id != absence_id]
        still = passing_by(others, max(absence.starts, today), absence.ends or absence.starts)
        return Cancelled(today, absence, still)


def coming(database: Database, slack_id: str, now: datetime) -> AwayView:
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            return AwayView(now.date(), (), paused=False)
        today = _today(connection, person, now)
        given = absences.said(connection, person.id, since=today)
        return AwayView(today, tuple(given), absences.is_paused(connection, person.id))


def today_of(database: Database, slack_id: str, now: datetime) -> date:
    """The day it is where the person is."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        return now.date() if person is None else _today(connection, person, now)


def follow(connection: Connection, person: Person, now: datetime) -> None:
    """What waits in the person's open check-ins is passed by where they are away on the day of the answer
    (or today, once that is over), and waits again where they are not. Whom nobody asked is not waited for:
    they would be silent without having been asked. While they are away their delegates are asked."""
    check_ins.hold_with_delegates(connection, person.id)
    zone = zone_for(connection, person)
    today = now.astimezone(zone).date()
    given = absences.of_people(connection, [person.id])
    if not any(covers(one, today) for one in given):
        standing_in.step_back(connection, person)
    gone = teams.teams_left(connection, person.id)
    for check_in in check_ins.open_of(connection, person.id):
        day = max(check_in.answer_by.astimezone(zone).date(), today)
        if any(covers(one, day) for one in given):
            _turn(connection, check_in, of=OwedState.WAITING, to=OwedState.AWAY)
            standing_in.step_in(connection, check_in)
        else:
            back = OwedState.WAITING if _is_asked(connection, check_in) else OwedState.AWAY
            _turn(connection, check_in, of=OwedState.AWAY, to=back, not_in=gone)


def passing_by(given: Iterable[Absence], first: date, last: date) -> Absence | None:
    """The days away, of those with an end, that reach into these days; of several the last to end."""
    found = [one for one in given if one.ends and one.starts <= last and first <= one.ends]
    return max(found, key=lambda one: one.ends or one.starts, default=None)


def note(connection: Connection, person: Person, days: Days, now: datetime) -> Absence:
    """Writes down that the person is away on these days."""
    absence_id = absences.add(connection, person.id, days)
    follow(connection, person, now)
    return next(one for one in absences.of_people(connection, [person.id]) if one.id == absence_id)


def _today(connection: Connection, person: Person, now: datetime) -> date:
    return now.astimezone(zone_for(connection, person)).date()


def _turn(
    connection: Connection, check_in: CheckIn, *, of: OwedState, to: OwedState, not_in: Iterable[int] = ()
) -> None:
    """Not in the rounds of teams that the person has left: they are asked nothing for those."""
    check_ins.hold(connection, check_in.id)
    owing.turn(connection, check_in.id, of=of, to=to, not_in=not_in)
    asks.redraw(connection, check_in, waited_for=True)


def _is_asked(connection: Connection, check_in: CheckIn) -> bool:
    prompt = deliveries.by_key(connection, asks.prompt_key(check_in.person_id, check_in.date))
    return prompt is not None and prompt.state in _ASKED
