"""Pause and resume: a person says that they are not to be asked, or asked again."""

from datetime import datetime

from bot.services.asking.upcoming import next_prompt
from bot.services.away import absence
from bot.services.people import zone_for
from bot.storage import absences, people
from bot.storage.engine import Database


def pause(database: Database, slack_id: str, now: datetime) -> None:
    """From today on nothing is asked of them, and what waits for an answer is not counted."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        absences.pause(connection, person.id, now.astimezone(zone_for(connection, person)).date())
        absence.follow(connection, person, now)


def resume(database: Database, slack_id: str, now: datetime) -> datetime | None:
    """They are asked again from the next round on, and may answer the present one; that one waits for them
    again only where they are asked in it. Gives when they are asked next, by their own clock, if that is
    foreseen."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        zone = zone_for(connection, person)
        absences.resume(connection, person.id, now.astimezone(zone).date())
        absence.follow(connection, person, now)
        coming = next_prompt(connection, person, now)
        return coming.astimezone(zone) if coming else None
