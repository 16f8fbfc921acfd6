"""Who has missed two rounds in a row, for their lead; and how somebody has answered, for themselves alone."""

from bot.okr.attendance import Attendance, attendance, is_told
from bot.okr.model import OwedState, Person, Round
from bot.storage import people, rounds
from bot.storage.engine import Connection


def of_person(connection: Connection, person: Person) -> Attendance:
    return attendance(rounds.asked_of(connection, person.id))


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
