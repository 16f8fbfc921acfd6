"""Deliveries: what must be said, each once. `storage.sending` moves them between their states."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.storage.engine import insert_unless_there, real_now
from bot.storage.tables import Moment, deliveries

_parent = deliveries.alias("parent")
_IS_A_PAGE = deliveries.c.kind == _parent.c.kind
"""What stands in a message's thread may go on with it, or be something else, which nobody changes."""


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
    tried_at: datetime | None
    """When the last request to post it began (real time)."""
    lease_until: datetime | None
    """While somebody is at work on it; tells one taking from another."""
    channel: str | None
    ts: str | None
    thread_ts: str | None
    """The parent message's ts, where this one belongs in its thread."""
    unreadable: bool
    """Nobody knows whether it was posted, and the history that would tell cannot be read."""
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
    waited_for: bool = False,
    look_first: bool = False,
) -> int | None:
    """Writes that something must be said from `due_at` on; None if it had been asked for before.

    What is `waited_for` answers somebody who looks at their screen, and goes before all that does not. With
    `look_first` it is looked up first whether the person wants to be disturbed then (`storage.quiet`).
    """
    return insert_unless_there(
        connection,
        deliveries,
        key=key,
        kind=kind,
        subject=subject,
        address=address,
        due_at=due_at,
        parent_id=parent_id,
        waited_for=waited_for,
        look_first=look_first,
        state="pending",
        nonce=uuid4().hex,
    )


def mark_stale(connection: Connection, keys: Iterable[str], *, waited_for: bool = False) -> None:
    """What the messages of these keys, and their further pages, show has changed, by this transaction.

    Marking a pending one, too, keeps it from being claimed, and drawn from the old state, before the commit.
    """
    keys = set(keys)
    named = sa.select(deliveries.c.id).where(deliveries.c.key.in_(keys))
    in_their_threads = (
        sa.select(deliveries.c.id)
        .join(_parent, _parent.c.id == deliveries.c.parent_id)
        .where(_parent.c.key.in_(keys), _IS_A_PAGE)
    )
    # Found first, and updated by their ids: where an UPDATE has waited for somebody else's, PostgreSQL looks
    # at the row's conditions once more, and with a subquery among them it may pass the row over.
    found = connection.execute(sa.union_all(named, in_their_threads)).scalars().all()
    if not found:
        return
    # One that is pending goes when it is due: marking a prompt must not make it overtake the others.
    begun = deliveries.c.state != "pending"
    connection.execute(
        sa.update(deliveries)
        .where(
            deliveries.c.id.in_(found),
            deliveries.c.state.in_(["pending", "sending", "unknown", "sent"]),
        )
        .values(
            stale_since=first_change(connection),
            waited_for=deliveries.c.waited_for | (begun & sa.literal(waited_for)),
        )
    )


def first_change(connection: Connection) -> sa.ColumnElement[datetime]:
    """When the first change came that is not drawn yet: just now, if there was none before."""
    return sa.func.coalesce(deliveries.c.stale_since, sa.literal(real_now(connection), Moment()))


def move(
    connection: Connection,
    key: str,
    due_at: datetime,
    *,
    though_failed: bool = False,
    look_first: bool = False,
) -> None:
    """Makes a message that was not sent yet due at another time; one that was dropped is asked for again, and
    on demand one that failed. `look_first` as for `ask`."""
    states = ["pending", "dropped", *(["failed"] if though_failed else [])]
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.key == key, deliveries.c.state.in_(states))
        .values(state="pending", due_at=due_at, look_first=look_first)
    )


def withdraw(connection: Connection, key: str) -> None:
    """A message that was not sent yet is not wanted any more."""
    pending = (deliveries.c.key == key) & (deliveries.c.state == "pending")
    connection.execute(sa.update(deliveries).where(pending).values(state="dropped"))


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


def sent_of(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of these keys whose messages stand there."""
    sent = sa.select(deliveries.c.key).where(deliveries.c.key.in_(set(keys)), deliveries.c.state == "sent")
    return set(connection.execute(sent).scalars())


def channel_of(connection: Connection, address: str) -> str | None:
    """The channel in which messages to this address were posted: of a person's, their direct messages."""
    posted = sa.select(deliveries.c.channel).where(
        deliveries.c.address == address, deliveries.c.channel.is_not(None)
    )
    channel: str | None = connection.execute(posted.limit(1)).scalar()
    return channel


def posted_to(connection: Connection, addresses: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Where messages to each of the addresses stand, and the ts of the first of them."""
    statement = (
        sa.select(deliveries.c.address, sa.func.max(deliveries.c.channel), sa.func.min(deliveries.c.ts))
        .where(deliveries.c.address.in_(set(addresses)), deliveries.c.ts.is_not(None))
        .group_by(deliveries.c.address)
    )
    return {address: (channel, ts) for address, channel, ts in connection.execute(statement)}


def by_key(connection: Connection, key: str) -> Delivery | None:
    return _first(connection, deliveries.c.key == key)


def by_id(connection: Connection, delivery_id: int) -> Delivery | None:
    return _first(connection, deliveries.c.id == delivery_id)


def by_ids(connection: Connection, ids: Iterable[int]) -> list[Delivery]:
    return _all(connection, deliveries.c.id.in_(set(ids)))


def to(
    connection: Connection, address: str, kind: str, *, check_in: int | None = None, wording_of: str = ""
) -> list[Delivery]:
    """All of that kind that were ever asked for to that address, of which the subject says so."""
    theirs = (deliveries.c.address == address) & (deliveries.c.kind == kind)
    if check_in is not None:
        theirs &= deliveries.c.subject["check_in"].as_integer() == check_in
    if wording_of:
        theirs &= deliveries.c.subject["wording_of"].as_string() == wording_of
    return _all(connection, theirs)


def about_draft(
    connection: Connection, kinds: Collection[str], team_id: int, cycle_id: int
) -> list[Delivery]:
    """All of those kinds that were ever asked for and are about a team's draft."""
    about = deliveries.c.subject["team"].as_integer() == team_id
    about &= deliveries.c.subject["cycle"].as_integer() == cycle_id
    return _all(connection, deliveries.c.kind.in_(kinds) & about)


def subject_of(connection: Connection, key: str) -> dict[str, Any]:
    """Of a delivery that there is."""
    found = connection.execute(sa.select(deliveries.c.subject).where(deliveries.c.key == key)).scalar_one()
    return dict(found)


def change_subject(connection: Connection, key: str, subject: dict[str, Any]) -> None:
    connection.execute(sa.update(deliveries).where(deliveries.c.key == key).values(subject=subject))


def in_states(connection: Connection, states: Iterable[str]) -> list[Delivery]:
    return _all(connection, deliveries.c.state.in_(set(states)))


def not_redrawn(connection: Connection) -> list[Delivery]:
    """Those that were sent and show an old state, because changing them failed."""
    return _all(connection, (deliveries.c.state == "sent") & deliveries.c.error.is_not(None))


def in_trouble(connection: Connection, *, keys: Iterable[str] | None = None) -> list[Delivery]:
    """Those that somebody has to decide about: they failed, or nobody can find out whether they are there.

    With `keys`, those of these keys only, and their further pages.
    """
    trouble = (deliveries.c.state == "failed") | ((deliveries.c.state == "unknown") & deliveries.c.unreadable)
    if keys is None:
        return _all(connection, trouble)
    wanted = set(keys)
    return _all(
        connection, trouble & (deliveries.c.key.in_(wanted) | (_parent.c.key.in_(wanted) & _IS_A_PAGE))
    )


def one(connection: Connection, delivery_id: int) -> Delivery:
    """The one with that id, which there is."""
    return _delivery(connection.execute(_SELECT.where(deliveries.c.id == delivery_id)).one())


_SELECT = sa.select(deliveries, _parent.c.ts.label("thread_ts")).outerjoin(
    _parent, _parent.c.id == deliveries.c.parent_id
)


def _first(connection: Connection, condition: sa.ColumnElement[bool]) -> Delivery | None:
    row = connection.execute(_SELECT.where(condition)).first()
    return None if row is None else _delivery(row)


def _all(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Delivery]:
    rows = connection.execute(_SELECT.where(condition).order_by(deliveries.c.id))
    return [_delivery(row) for row in rows]


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
        tried_at=row.tried_at,
        lease_until=row.lease_until,
        channel=row.channel,
        ts=row.ts,
        thread_ts=row.thread_ts,
        unreadable=row.unreadable,
        error=row.error,
    )
