"""Pause and resume: a person says that they are not to be asked, or asked again."""

from datetime import datetime

from bot.okr.model import CheckIn, OwedState
from bot.services import asks, standing_in
from bot.services.people import zone_for
from bot.storage import absences, deliveries, people, rounds
from bot.storage.engine import Connection, Database

_ASKED = ("pending", "sending", "sent", "unknown")
"""The states of a prompt that came, may have come, or is still to come."""


def pause(database: Database, slack_id: str, now: datetime) -> None:
    """From today on nothing is asked of them, and what waits for an answer is not counted."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        absences.pause(connection, person.id, now.astimezone(zone_for(connection, person)).date())
        for check_in in rounds.open_check_ins(connection, person.id):
            _turn(connection, check_in, of=OwedState.WAITING, to=OwedState.AWAY)
            standing_in.step_in(connection, check_in)


def resume(database: Database, slack_id: str, now: datetime) -> None:
    """They are asked again from the next round on, and may answer the present one; that one waits for them
    again only where they are asked in it, for else they would be silent without having been asked."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        on = now.astimezone(zone_for(connection, person)).date()
        absences.resume(connection, person.id, on)
        standing_in.step_back(connection, person, on)
        for check_in in rounds.open_check_ins(connection, person.id):
            back = OwedState.WAITING if _is_asked(connection, check_in) else OwedState.AWAY
            _turn(connection, check_in, of=OwedState.AWAY, to=back)


def _turn(connection: Connection, check_in: CheckIn, *, of: OwedState, to: OwedState) -> None:
    rounds.hold_check_in(connection, check_in.id)
    rounds.turn_owed(connection, check_in.id, of=of, to=to)
    asks.redraw(connection, check_in, waited_for=True)


def _is_asked(connection: Connection, check_in: CheckIn) -> bool:
    prompt = deliveries.by_key(connection, asks.prompt_key(check_in.person_id, check_in.date))
    return prompt is not None and prompt.state in _ASKED
