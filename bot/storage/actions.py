"""Actions: what people set themselves for next week, and what became of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import Action, ActionOutcome
from bot.storage.tables import actions


def known_on(connection: Connection, people: Iterable[int], on: date) -> list[Action]:
    """What those people had set by that check-in and had not closed before it, the oldest first."""
    statement = (
        sa.select(actions)
        .where(
            actions.c.person_id.in_(set(people)),
            actions.c.set_on <= on,
            actions.c.closed_on.is_(None) | (actions.c.closed_on >= on),
        )
        .order_by(actions.c.set_on, actions.c.person_id, actions.c.position, actions.c.id)
    )
    return [_action(row) for row in connection.execute(statement)]


def replace_set(connection: Connection, person_id: int, on: date, texts: Iterable[str]) -> None:
    """Makes these the actions that the person set in that check-in; those that stay keep their rows, and so
    does what a meeting decided."""
    mine = (actions.c.person_id == person_id) & (actions.c.set_on == on) & actions.c.decision_id.is_(None)
    known = {row.text: row.id for row in connection.execute(sa.select(actions).where(mine))}
    wanted = list(dict.fromkeys(texts))
    gone = [row_id for text, row_id in known.items() if text not in wanted]
    connection.execute(sa.delete(actions).where(actions.c.id.in_(gone)))
    for position, text in enumerate(wanted):
        if text in known:
            connection.execute(
                sa.update(actions).where(actions.c.id == known[text]).values(position=position)
            )
        else:
            connection.execute(
                sa.insert(actions).values(person_id=person_id, text=text, set_on=on, position=position)
            )


def close(connection: Connection, person_id: int, on: date, done: Iterable[int]) -> None:
    """Says which of the person's earlier actions are done in that check-in; the others are open again."""
    earlier = (actions.c.person_id == person_id) & (actions.c.set_on < on)
    connection.execute(
        sa.update(actions).where(earlier, actions.c.closed_on == on).values(outcome=None, closed_on=None)
    )
    connection.execute(
        sa.update(actions)
        .where(earlier, actions.c.closed_on.is_(None), actions.c.id.in_(set(done)))
        .values(outcome=ActionOutcome.DONE, closed_on=on)
    )


def _action(row: Row[Any]) -> Action:
    return Action(
        row.id,
        row.person_id,
        row.text,
        row.set_on,
        row.key_result_id,
        row.outcome,
        row.closed_on,
        row.decision_id,
    )
