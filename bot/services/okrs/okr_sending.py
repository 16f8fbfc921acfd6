"""What comes of sending a form for OKRs: one transaction each, by whoever sent it (a Slack id).

Objectives and key results are meant by their ids, 0 being a new one; each gives the id of the objective that
is to be shown then, 0 for none. May raise CannotWrite, NotAllowed, Refused, Meanwhile, StorageUnavailable.
"""

from datetime import datetime

from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft
from bot.services.drafting import draft_asks
from bot.services.okrs import arranging, writable, writing
from bot.services.okrs.writing import Seen
from bot.storage.engine import Database


def send_objective(
    database: Database,
    who: str,
    objective_id: int,
    place: tuple[int, int],
    draft: ObjectiveDraft,
    *,
    reason: str,
    now: datetime,
    seen: Seen,
) -> int:
    """`place`: where a new one goes, a team's and a cycle's id."""
    with database.transaction() as connection:
        person = writable.person_of(connection, who)
        if not objective_id:
            objective_id = writing.add_objective(connection, person, place, draft, reason=reason, now=now).id
        else:
            writing.change_objective(
                connection, person, objective_id, draft, reason=reason, now=now, seen=seen
            )
        draft_asks.written(connection, objective_id, now)
        return objective_id


def send_key_result(
    database: Database,
    who: str,
    objective_id: int,
    key_result_id: int,
    draft: KeyResultDraft,
    *,
    reason: str,
    now: datetime,
    seen: Seen,
) -> int:
    with database.transaction() as connection:
        person = writable.person_of(connection, who)
        if not key_result_id:
            one = writing.add_key_result(connection, person, objective_id, draft, reason=reason, now=now)
        else:
            one = writing.change_key_result(
                connection, person, key_result_id, draft, reason=reason, now=now, seen=seen
            )
        draft_asks.written(connection, one.objective_id, now, owners={one.owner_id} - {person.id})
        return one.objective_id


def drop(
    database: Database, who: str, objective_id: int, key_result_id: int, *, reason: str, now: datetime
) -> int:
    with database.transaction() as connection:
        person = writable.person_of(connection, who)
        if not key_result_id:
            draft_asks.written(connection, objective_id, now)  # before it may be gone for good
            arranging.drop_objective(connection, person, objective_id, reason=reason, now=now)
            return 0
        home = writable.key_result(connection, person, key_result_id, now).objective.id
        arranging.drop_key_result(connection, person, key_result_id, reason=reason, now=now)
        draft_asks.written(connection, home, now)
        return home


def hand_over(
    database: Database,
    who: str,
    objective_id: int,
    key_result_id: int,
    *,
    owner: str,
    delegate: str | None,
    reason: str,
    now: datetime,
) -> int:
    """An objective has no delegate."""
    with database.transaction() as connection:
        person = writable.person_of(connection, who)
        if key_result_id:
            one = arranging.hand_over_key_result(
                connection, person, key_result_id, owner, delegate, reason=reason, now=now
            )
            draft_asks.written(connection, one.objective_id, now, owners={one.owner_id} - {person.id})
            return one.objective_id
        arranging.hand_over_objective(connection, person, objective_id, owner, reason=reason, now=now)
        draft_asks.written(connection, objective_id, now)
        return objective_id


def move(database: Database, who: str, what: tuple[str, int], by: int, now: datetime) -> int:
    """An objective ("o", its id) or a key result ("k", its id), up (−1) or down (1)."""
    kind, number = what
    with database.transaction() as connection:
        person = writable.person_of(connection, who)
        place = arranging.move_key_result if kind == "k" else arranging.move_objective
        home = place(connection, person, number, by, now).objective.id
        draft_asks.written(connection, home, now)
        return home
