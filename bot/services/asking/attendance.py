"""Who has missed two rounds in a row, for their lead; and how somebody has answered, for themselves alone."""

from collections.abc import Sequence

from bot.okr.days.attendance import (
    LOOKED_BACK,
    Attendance,
    TeamRecord,
    TeamWeek,
    attendance,
    digests_in_a_row,
    is_told,
    team_record,
)
from bot.okr.model import OwedState, Person, Round, RoundState
from bot.services.sending import asks
from bot.storage import deliveries, owing, people, rounds
from bot.storage.engine import Connection

ROUNDS_MOST = 520
"""A run of digests is not followed further back than ten years."""


def of_person(connection: Connection, person: Person) -> Attendance:
    return attendance(owing.asked_of(connection, person.id))


def of_team(connection: Connection, team_id: int) -> TeamRecord | None:
    every = rounds.newest(connection, team_id, limit=ROUNDS_MOST)
    return team_record(_weeks(connection, [one for one in every if one.state is not RoundState.OPEN]))


def digests_running(connection: Connection, round_: Round) -> int:
    """The round's digest, which is out or would be, is the team's so many-th in a row."""
    every = rounds.newest(connection, round_.team_id, limit=ROUNDS_MOST)
    before = _weeks(connection, [one for one in every if one.date < round_.date])
    return digests_in_a_row([TeamWeek(round_.date, digested=True, owed={}), *before])


def _weeks(connection: Connection, every: Sequence[Round]) -> list[TeamWeek]:
    """What is owed is read of those only that are looked at by week."""
    sent = deliveries.sent_of(connection, [asks.digest_key(one.id) for one in every])
    owed = owing.states_of_people(connection, [one.id for one in every[:LOOKED_BACK]])
    return [
        TeamWeek(
            on=one.date,
            digested=one.state is RoundState.DIGESTED or asks.digest_key(one.id) in sent,
            owed=owed.get(one.id, {}),
        )
        for one in every
    ]


def to_tell(connection: Connection, closed: Round) -> list[Person]:
    """Those of whom the leads are told with this round, which is closed."""
    missing = {
        row.person_id for row in owing.in_round(connection, closed.id) if row.state is OwedState.MISSED
    }
    told = [
        person_id
        for person_id in sorted(missing)
        if is_told(owing.states_in_team(connection, person_id, closed))
    ]
    found = people.by_ids(connection, told)
    return [found[person_id] for person_id in told if found[person_id].active]
