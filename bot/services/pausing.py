"""Pause and resume: a person says that they are not to be asked, or asked again."""

from datetime import datetime

from bot.okr.model import OwedState, Person, RoundState
from bot.services import asked as asked_service
from bot.services import asks
from bot.services.people import zone_for
from bot.storage import absences, people, rounds
from bot.storage.engine import Connection, Database


def pause(database: Database, slack_id: str, now: datetime) -> None:
    """From today on nothing is asked of them, and what waits for an answer is not counted."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        absences.pause(connection, person.id, now.astimezone(zone_for(connection, person)).date())
        _turn(connection, person, of=OwedState.WAITING, to=OwedState.AWAY)


def resume(database: Database, slack_id: str, now: datetime) -> None:
    """They are asked again from the next round on, and may answer the present one."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        absences.resume(connection, person.id, now.astimezone(zone_for(connection, person)).date())
        _turn(connection, person, of=OwedState.AWAY, to=OwedState.WAITING)


def _turn(connection: Connection, person: Person, *, of: OwedState, to: OwedState) -> None:
    check_in = rounds.newest_check_in(connection, person.id)
    if check_in is None or not asked_service.is_open(connection, check_in):
        return
    # Silence is judged at the digest: what it has counted is not undone by pausing a week later.
    if any(one.state is RoundState.OPEN for one in rounds.of_check_in(connection, check_in.id)):
        rounds.turn_owed(connection, check_in.id, of=of, to=to)
    asks.redraw(connection, check_in)
