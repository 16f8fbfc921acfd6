"""Actions: what people set themselves for next week, and what became of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.actions import Closing, NewAction
from bot.okr.model import LARGEST_ID, Action, ActionOutcome
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


def set_by(connection: Connection, person_id: int, *, since: date) -> list[Action]:
    """What the person set themselves after that day, or closed after it, the newest first."""
    statement = (
        sa.select(actions)
        .where(
            actions.c.person_id == person_id,
            (actions.c.set_on > since) | actions.c.closed_on.is_(None) | (actions.c.closed_on > since),
        )
        .order_by(actions.c.set_on.desc(), actions.c.position, actions.c.id)
    )
    return [_action(row) for row in connection.execute(statement)]


def replace_set(connection: Connection, person_id: int, on: date, wanted: Iterable[NewAction]) -> None:
    """Makes these the actions that the person set in that check-in; those that stay keep their rows, and so
    does what a meeting decided."""
    known = _set_in(connection, person_id, on)
    wanted = list(dict.fromkeys(wanted))
    gone = [row_id for action, row_id in known.items() if action not in wanted]
    connection.execute(sa.delete(actions).where(actions.c.id.in_(gone)))
    for position, action in enumerate(wanted):
        if action in known:
            connection.execute(
                sa.update(actions).where(actions.c.id == known[action]).values(position=position)
            )
        else:
            connection.execute(
                sa.insert(actions).values(
                    person_id=person_id,
                    text=action.text,
                    key_result_id=action.key_result_id,
                    set_on=on,
                    position=position,
                )
            )


def set_in(connection: Connection, person_id: int, on: date) -> list[NewAction]:
    """What the person set in that check-in themselves, in its order."""
    return list(_set_in(connection, person_id, on))


def _set_in(connection: Connection, person_id: int, on: date) -> dict[NewAction, int]:
    """With their ids; without what a meeting decided."""
    mine = (actions.c.person_id == person_id) & (actions.c.set_on == on) & actions.c.decision_id.is_(None)
    rows = connection.execute(sa.select(actions).where(mine).order_by(actions.c.position, actions.c.id))
    return {NewAction(row.text, row.key_result_id): row.id for row in rows}


def close(connection: Connection, person_id: int, on: date, closings: Mapping[int, Closing]) -> None:
    """Says by id what becomes of the person's earlier actions in that check-in; what was closed before it
    stays so."""
    theirs = (actions.c.person_id == person_id) & (actions.c.set_on < on)
    open_then = theirs & (actions.c.closed_on.is_(None) | (actions.c.closed_on == on))
    for closing in Closing:
        ids = [one for one, said in closings.items() if said is closing and one <= LARGEST_ID]
        if ids:
            connection.execute(
                sa.update(actions).where(open_then, actions.c.id.in_(ids)).values(_said(closing, on))
            )


def _said(closing: Closing, on: date) -> dict[str, Any]:
    closed = closing in {Closing.DONE, Closing.DROPPED}
    before = sa.case((actions.c.kept_on == on, None), else_=actions.c.kept_on)
    return {
        "outcome": ActionOutcome(closing.value) if closed else None,
        "closed_on": on if closed else None,
        "kept_on": on if closing is Closing.KEPT else before,
    }


def _action(row: Row[Any]) -> Action:
    return Action(
        id=row.id,
        person_id=row.person_id,
        text=row.text,
        set_on=row.set_on,
        key_result_id=row.key_result_id,
        outcome=row.outcome,
        closed_on=row.closed_on,
        kept_on=row.kept_on,
        decision_id=row.decision_id,
    )
