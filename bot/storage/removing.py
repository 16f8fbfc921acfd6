"""What refers to objectives and key results, and deleting those that nothing refers to."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import (
    actions,
    changes,
    clearings,
    commitments,
    decisions,
    dependencies,
    key_results,
    objective_readers,
    objectives,
    owed,
    proposals,
    questions,
    supports,
    updates,
)

_TELL_OF_KEY_RESULTS = (updates, owed, clearings, decisions, questions, actions, changes, proposals)


def supporting(
    connection: Connection, *, objective_id: int | None = None, key_result_id: int | None = None
) -> set[int]:
    """The objectives, dropped ones too, that support this one, or this key result of one."""
    meant = supports.c.supported_id == objective_id
    if key_result_id is not None:
        meant = supports.c.key_result_id == key_result_id
    return set(connection.execute(sa.select(supports.c.objective_id).where(meant)).scalars())


def needing(connection: Connection, ids: Iterable[int]) -> set[int]:
    """The key results, dropped ones too, that depend on one of these."""
    statement = sa.select(dependencies.c.key_result_id).where(dependencies.c.on_id.in_(set(ids)))
    return set(connection.execute(statement).scalars())


def is_told_of(connection: Connection, objective_id: int | None, ids: Collection[int]) -> bool:
    """Whether anything is kept that tells of the objective or of one of these key results, so that they
    cannot simply be gone: an update, a proposal, a change, what supports them or depends on them."""
    held = [sa.exists().where(table.c.key_result_id.in_(ids)) for table in _TELL_OF_KEY_RESULTS]
    held += [
        sa.exists().where(dependencies.c.on_id.in_(ids)),
        sa.exists().where(supports.c.key_result_id.in_(ids)),
    ]
    if objective_id is not None:
        held += [sa.exists().where(table.c.objective_id == objective_id) for table in (changes, proposals)]
        held.append(sa.exists().where(supports.c.supported_id == objective_id))
    return bool(connection.execute(sa.select(sa.or_(*held))).scalar())


def delete_key_results(connection: Connection, ids: Collection[int]) -> None:
    """For good; nothing tells of them."""
    for table in (commitments, dependencies):
        connection.execute(sa.delete(table).where(table.c.key_result_id.in_(ids)))
    connection.execute(sa.delete(key_results).where(key_results.c.id.in_(ids)))


def delete_objective(connection: Connection, objective_id: int) -> None:
    """For good, with all its key results; nothing tells of them."""
    mine = sa.select(key_results.c.id).where(key_results.c.objective_id == objective_id)
    delete_key_results(connection, list(connection.execute(mine).scalars()))
    for table in (objective_readers, supports):
        connection.execute(sa.delete(table).where(table.c.objective_id == objective_id))
    connection.execute(sa.delete(objectives).where(objectives.c.id == objective_id))
