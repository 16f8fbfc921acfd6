"""Who has missed two rounds in a row, for their lead; and how somebody has answered, for themselves alone."""

from bot.okr.attendance import Attendance, TeamRecord, attendance, is_told, team_record
from bot.okr.model import OwedState, Person, Round
from bot.storage import people, rounds
from bot.storage.engine import Connection

ROUNDS_MOST = 60
"""A run of digests is not followed further back than a year and some."""


def of_person(connection: Connection, person: Person) -> Attendance:
    return attendance(rounds.asked_of(connection, person.id))


def of_team(connection: Connection, team_id: int) -> TeamRecord | None:
    known = rounds.newest(connection, team_id, limit=ROUNDS_MOST)
    owed = rounds.states_of_people(connection, [one.id for one in known])
    return team_record([(one.state, owed.get(one.id, {})) for one in known])


def to_tell(connection: Connection, closed: Round) -> list[Person]:
    """Those of whom the leads are told with this round, which is closed."""
    missing = {
        row.person_id for row in rounds.owed_in_round(connection, closed.id) if row.state is OwedState.MISSED
    }
    told = [
        person_id
        for person_id in sorted(missing)
        if is_told(rounds.states_in_team(connection, person_id, closed))
    ]
    found = people.by_ids(connection, told)
    return [found[person_id] for person_id in told if found[person_id].active]
