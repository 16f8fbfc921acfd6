"""What meetings decided about key results; what is an action also stands among its person's actions."""

from dataclasses import asdict
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Decision, DecisionKind
from bot.storage.engine import insert_unless_there
from bot.storage.tables import actions, decisions

AFTER_THE_OTHERS = 1000
"""The position of decided actions, behind those that their person has set."""


def of_round(connection: Connection, round_id: int) -> list[Decision]:
    """In the order in which they were taken."""
    statement = sa.select(decisions).where(decisions.c.round_id == round_id).order_by(decisions.c.id)
    return [Decision(*row) for row in connection.execute(statement)]


def by_id(connection: Connection, decision_id: int) -> Decision | None:
    row = connection.execute(sa.select(decisions).where(decisions.c.id == decision_id)).first()
    return None if row is None else Decision(*row)


def the_same(connection: Connection, decision: Decision) -> int | None:
    """The id of one that says the same of the same."""
    named = ("round_id", "key_result_id", "kind", "person_id", "text")
    same = [decisions.c[one] == getattr(decision, one) for one in named]
    found: int | None = connection.execute(sa.select(decisions.c.id).where(*same)).scalar()
    return found


def add(connection: Connection, decision: Decision, on: date) -> int | None:
    """Writes a new one, its action included, of the check-in of that day; the id is given by the database.
    None if the same was decided before."""
    values = asdict(decision)
    del values["id"]
    decision_id = insert_unless_there(connection, decisions, **values)
    if decision_id is not None:
        _set_action(connection, decision, decision_id, on)
    return decision_id


def save(connection: Connection, decision: Decision, on: date) -> None:
    """Says it in these words from now on; an action that stays one keeps its row."""
    connection.execute(sa.update(decisions).where(decisions.c.id == decision.id).values(**asdict(decision)))
    if decision.kind is not DecisionKind.ACTION:
        _remove_action(connection, decision.id)
        return
    kept = connection.execute(
        sa.update(actions)
        .where(actions.c.decision_id == decision.id)
        .values(person_id=decision.person_id, text=decision.text)
    )
    if not kept.rowcount:
        _set_action(connection, decision, decision.id, on)


def remove(connection: Connection, decision_id: int) -> None:
    _remove_action(connection, decision_id)
    connection.execute(sa.delete(decisions).where(decisions.c.id == decision_id))


def _set_action(connection: Connection, decision: Decision, decision_id: int, on: date) -> None:
    if decision.kind is DecisionKind.ACTION:
        connection.execute(
            sa.insert(actions).values(
                person_id=decision.person_id,
                text=decision.text,
                key_result_id=decision.key_result_id,
                set_on=on,
                position=AFTER_THE_OTHERS,
                decision_id=decision_id,
            )
        )


def _remove_action(connection: Connection, decision_id: int) -> None:
    connection.execute(sa.delete(actions).where(actions.c.decision_id == decision_id))
