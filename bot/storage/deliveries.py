"""Deliveries: what must be said, each once. Who moves a row between its states:

ask ──> pending ──claim──> sending ──> sent ──mark_stale──> sent, stale ──claim_stale──> sent
           ^  ^              │ │ │ └──> failed   (for good; a lead and doctor see it)
           │  └─move─ dropped <┘ │ └──> unknown  (perhaps it went out; also when a lease runs out)
           └────── retry ────────┘

An update that is under way is a `sent` row with a lease; when the lease runs out, it is claimed again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.storage.engine import insert_unless_there
from bot.storage.tables import TO_BE_REDRAWN, deliveries

_parent = deliveries.alias("parent")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to be sent or kept up to date. It says what to say, not how: it is drawn when sent."""

    id: int
    key: str
    kind: str
    subject: dict[str, Any]
    due_at: datetime
    parent_id: int | None
    address: str
    """A person's id (U...), for a direct message, or a channel's."""
    state: str
    attempts: int
    nonce: str
    """A random id that goes into the message's metadata, to recognise it by."""
    channel: str | None
    ts: str | None
    thread_ts: str | None
    """The parent message's ts, where this one belongs in its thread."""
    error: str | None


def ask(
    connection: Connection,
    *,
    key: str,
    kind: str,
    subject: dict[str, Any],
    address: str,
    due_at: datetime,
    parent_id: int | None = None,
) -> int | None:
    """Writes that something must be said from `due_at` on; None if it had been asked for before."""
    return insert_unless_there(
        connection,
        deliveries,
        key=key,
        kind=kind,
        subject=subject,
        address=address,
        due_at=due_at,
        parent_id=parent_id,
        state="pending",
        nonce=uuid4().hex,
    )


def claim(
    connection: Connection, *, now: datetime, real_now: datetime, lease_until: datetime
) -> Delivery | None:
    """Takes the next message that is due and not waiting for another attempt; it is now `sending`.

    It is drawn after the claim is committed, from a state that is no longer stale.
    """
    statement = (
        sa.select(deliveries.c.id)
        .outerjoin(_parent, _parent.c.id == deliveries.c.parent_id)
        .where(
            deliveries.c.state == "pending",
            deliveries.c.due_at <= now,
            _is_past(deliveries.c.next_attempt_at, real_now),
            deliveries.c.parent_id.is_(None) | (_parent.c.state == "sent"),
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    return _take(
        connection,
        statement,
        state="sending",
        stale=False,
        lease_until=lease_until,
    )


def claim_stale(connection: Connection, *, real_now: datetime, lease_until: datetime) -> Delivery | None:
    """Takes a sent message that has to be drawn anew. What becomes stale meanwhile is taken again, and so
    is what somebody who is gone was drawing: an update may be repeated."""
    statement = (
        sa.select(deliveries.c.id)
        .where(
            deliveries.c.state == "sent",
            sa.text(TO_BE_REDRAWN),
            _is_past(deliveries.c.lease_until, real_now),
            _is_past(deliveries.c.next_attempt_at, real_now),
        )
        .order_by(deliveries.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return _take(connection, statement, stale=False, lease_until=lease_until)


def mark_sent(connection: Connection, delivery_id: int, *, channel: str, ts: str, at: datetime) -> None:
    _set(
        connection,
        delivery_id,
        state="sent",
        channel=channel,
        ts=ts,
        sent_at=at,
        lease_until=None,
        next_attempt_at=None,
        attempts=0,
        error=None,
    )


def mark_updated(connection: Connection, delivery_id: int) -> None:
    _set(connection, delivery_id, lease_until=None, next_attempt_at=None, attempts=0, error=None)


def drop(connection: Connection, delivery_id: int) -> None:
    """It is no longer wanted."""
    _set(connection, delivery_id, state="dropped", lease_until=None)


def fail(connection: Connection, delivery_id: int, error: str) -> None:
    """It cannot be sent, ever."""
    _not_sent(connection, delivery_id, state="failed", error=error)


def mark_unknown(connection: Connection, delivery_id: int, error: str) -> None:
    """Perhaps it was posted: it must not be sent again unseen."""
    _not_sent(connection, delivery_id, state="unknown", error=error)


def retry(connection: Connection, delivery_id: int, *, at: datetime, error: str) -> None:
    """It was certainly not sent; another attempt is made after `at` (real time)."""
    _not_sent(connection, delivery_id, state="pending", next_attempt_at=at, error=error)


def retry_update(connection: Connection, delivery_id: int, *, at: datetime, error: str) -> None:
    """Another attempt to update it is made after `at` (real time)."""
    _set(connection, delivery_id, stale=True, lease_until=None, next_attempt_at=at, error=error)


def give_up_update(connection: Connection, delivery_id: int, error: str) -> None:
    """The message cannot be changed any more (deleted, say); what stands there stands, until something
    else changes that it shows."""
    _set(connection, delivery_id, lease_until=None, next_attempt_at=None, attempts=0, error=error)


def expire(connection: Connection, *, real_now: datetime) -> int:
    """What was being sent by somebody who is gone may or may not have been posted; how many there were."""
    changed = connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.state == "sending", deliveries.c.lease_until < real_now)
        .values(state="unknown", lease_until=None, error="the process that was sending it is gone")
    )
    return changed.rowcount


def mark_stale(connection: Connection, keys: Iterable[str]) -> None:
    """What the messages of these keys, and those in their threads, show has changed, by this transaction.

    Marking a pending one, too, keeps it from being claimed, and drawn from the old state, before the commit.
    """
    named = sa.select(deliveries.c.id).where(deliveries.c.key.in_(set(keys)))
    in_their_threads = sa.select(deliveries.c.id).where(deliveries.c.parent_id.in_(named))
    connection.execute(
        sa.update(deliveries)
        .where(
            deliveries.c.id.in_(sa.union_all(named, in_their_threads)),
            deliveries.c.state.in_(["pending", "sending", "unknown", "sent"]),
        )
        .values(stale=True)
    )


def move(connection: Connection, key: str, due_at: datetime) -> None:
    """Makes a message that was not sent yet due at another time; one that was dropped is asked for again."""
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.key == key, deliveries.c.state.in_(["pending", "dropped"]))
        .values(state="pending", due_at=due_at)
    )


def was_sent(connection: Connection, kind: str, address: str, *, but: str) -> bool:
    """Whether a message of this kind has gone out to this address, apart from that one."""
    sent = sa.select(deliveries.c.id).where(
        deliveries.c.address == address,
        deliveries.c.kind == kind,
        deliveries.c.key != but,
        deliveries.c.state == "sent",
    )
    return connection.execute(sent.limit(1)).first() is not None


def sent_at(connection: Connection, key: str) -> datetime | None:
    sent = sa.select(deliveries.c.sent_at).where(deliveries.c.key == key, deliveries.c.state == "sent")
    moment: datetime | None = connection.execute(sent).scalar()
    return moment


def by_key(connection: Connection, key: str) -> Delivery | None:
    row = connection.execute(_SELECT.where(deliveries.c.key == key)).first()
    return None if row is None else _delivery(row)


def in_states(connection: Connection, states: Iterable[str]) -> list[Delivery]:
    statement = _SELECT.where(deliveries.c.state.in_(set(states))).order_by(deliveries.c.id)
    return [_delivery(row) for row in connection.execute(statement)]


def not_redrawn(connection: Connection) -> list[Delivery]:
    """Those that were sent and show an old state, because changing them failed."""
    statement = _SELECT.where(deliveries.c.state == "sent", deliveries.c.error.is_not(None))
    return [_delivery(row) for row in connection.execute(statement.order_by(deliveries.c.id))]


_SELECT = sa.select(deliveries, _parent.c.ts.label("thread_ts")).outerjoin(
    _parent, _parent.c.id == deliveries.c.parent_id
)


def _is_past(moment: sa.Column[Any], real_now: datetime) -> sa.ColumnElement[bool]:
    return moment.is_(None) | (moment <= real_now)


def _take(connection: Connection, statement: sa.Select[int], **values: Any) -> Delivery | None:
    delivery_id = connection.execute(statement).scalar()
    if delivery_id is None:
        return None
    _set(connection, delivery_id, attempts=deliveries.c.attempts + 1, **values)
    return _delivery(connection.execute(_SELECT.where(deliveries.c.id == delivery_id)).one())


def _set(connection: Connection, delivery_id: int, **values: Any) -> None:
    connection.execute(sa.update(deliveries).where(deliveries.c.id == delivery_id).values(**values))


def _not_sent(connection: Connection, delivery_id: int, **values: Any) -> None:
    """Only for what is being sent, or counts as unknown because it took so long: `sent` is final."""
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.state.in_(["sending", "unknown"]))
        .values(lease_until=None, **values)
    )


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        key=row.key,
        kind=row.kind,
        subject=row.subject,
        due_at=row.due_at,
        parent_id=row.parent_id,
        address=row.address,
        state=row.state,
        attempts=row.attempts,
        nonce=row.nonce,
        channel=row.channel,
        ts=row.ts,
        thread_ts=row.thread_ts,
        error=row.error,
    )
