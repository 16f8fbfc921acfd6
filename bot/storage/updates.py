"""Updates: every revision is kept, the last one counts. Where that one was withdrawn nothing was said."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import Blocker, Update
from bot.storage.tables import key_results, updates


def of_key_results(
    connection: Connection, ids: Iterable[int], *, until: date | None = None
) -> dict[int, tuple[Update, ...]]:
    """The last revision of each date (with `until`, up to that day), the oldest date first, for each of the
    key results."""
    wanted = set(ids)
    found: dict[int, dict[date, Update]] = {one: {} for one in wanted}
    before: Update | None = None
    statement = (
        sa.select(updates)
        .where(updates.c.key_result_id.in_(wanted))
        .order_by(updates.c.key_result_id, updates.c.date, updates.c.revision)
    )
    if until is not None:
        statement = statement.where(updates.c.date <= until)
    for row in connection.execute(statement):
        update = before = _update(row, before)
        if not update.withdrawn:
            found[row.key_result_id][row.date] = update
        else:
            found[row.key_result_id].pop(row.date, None)
    return {one: tuple(by_date.values()) for one, by_date in found.items()}


def naming(connection: Connection, person_id: int) -> set[int]:
    """Key results of which some update, not always the newest, says that it is that person's to clear."""
    statement = sa.select(updates.c.key_result_id).where(updates.c.blocker_owner_id == person_id)
    return set(connection.execute(statement.distinct()).scalars())


def revisions(connection: Connection, key_result_id: int, on: date) -> list[Update]:
    statement = (
        sa.select(updates)
        .where(updates.c.key_result_id == key_result_id, updates.c.date == on)
        .order_by(updates.c.revision)
    )
    found: list[Update] = []
    for row in connection.execute(statement):
        found.append(_update(row, found[-1] if found else None))
    return found


def record(connection: Connection, update: Update) -> bool:
    """Adds a revision unless the last one says the same already; whether it added one."""
    # Held until the commit: whoever else updates it at the same time writes the next revision.
    connection.execute(
        sa.select(key_results.c.id)
        .where(key_results.c.id == update.key_result_id)
        .with_for_update(key_share=True)
    )
    known = revisions(connection, update.key_result_id, update.date)
    if known and _says(known[-1]) == _says(update):
        return False
    blocker = update.blocker or Blocker()
    connection.execute(
        sa.insert(updates).values(
            key_result_id=update.key_result_id,
            date=update.date,
            revision=len(known) + 1,
            value=update.value,
            steps_done=sorted(update.steps_done) or None,
            confidence=update.confidence,
            drove=update.drove,
            blocker_kind=blocker.kind,
            blocker_owner_id=blocker.owner_id,
            blocker_fix=blocker.fix,
            by_id=update.by_id,
            at=update.at,
        )
    )
    return True


def withdraw(connection: Connection, key_result_ids: Iterable[int], on: date, at: datetime) -> None:
    """What was said of them on that date does not count any more; a later revision may."""
    mine = updates.c.key_result_id.in_(set(key_result_ids)) & (updates.c.date == on)
    connection.execute(
        sa.update(updates).where(mine, updates.c.withdrawn_at.is_(None)).values(withdrawn_at=at)
    )


def _says(update: Update) -> Update:
    """The update without who said it when."""
    return replace(update, by_id=None, at=None, revision=0)


def ticked(connection: Connection) -> dict[int, frozenset[int]]:
    """By milestone, the ids of the steps that any update of it has called done."""
    statement = sa.select(updates.c.key_result_id, updates.c.steps_done).where(
        updates.c.steps_done.is_not(None)
    )
    found: dict[int, set[int]] = {}
    for key_result, done in connection.execute(statement):
        found.setdefault(key_result, set()).update(done)
    return {key_result: frozenset(done) for key_result, done in found.items()}


def _update(row: Row[Any], before: Update | None) -> Update:
    """`before` is the revision before it, or what comes before its first."""
    said = Blocker(row.blocker_kind, row.blocker_owner_id, row.blocker_fix)
    blocker = None if said == Blocker() else said
    same = before and (before.key_result_id, before.date, before.blocker) == (
        row.key_result_id,
        row.date,
        blocker,
    )
    return Update(
        key_result_id=row.key_result_id,
        date=row.date,
        value=row.value,
        confidence=row.confidence,
        drove=row.drove,
        blocker=blocker,
        by_id=row.by_id,
        at=row.at,
        revision=row.revision,
        steps_done=frozenset(row.steps_done or ()),
        withdrawn=row.withdrawn_at is not None,
        blocked_since=before.blocked_since if before and same else row.at,
    )
