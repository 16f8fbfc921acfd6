"""Moving deliveries between their states. Who moves a row where:

state     what happens                                 next state
--------  -------------------------------------------  ---------------------------------------------
pending   a sender claims it                           sending, with a lease
          its person wants quiet then                  pending, for later, or dropped (`storage.quiet`)
          it is no longer wanted (asked at the claim)  dropped; `deliveries.move` asks for it again
sending   Slack has posted it                          sent
          it was certainly not posted                  pending, for another attempt after a while
          Slack refuses it for good                    failed
          no answer came, or the lease ran out         unknown
unknown   it is found in the history                   sent
          it is not in the history                     pending
          the history cannot be read                   unknown, unreadable: a person is asked
failed,   a person says: post it again                 pending
unknown   a person says: it is there                   sent, though nobody knows where it stands
and un-   a person says: leave it                      dropped
readable
sent      what it shows has changed                    sent, stale: it is drawn anew, again if need be

An update or a look into the history that is under way is a row with a lease in its old state; when the lease
runs out, somebody else takes it up. What comes of a taking that is not the last one any more is ignored:
whoever was too slow must not undo what was done since. Only that it was posted counts, however late it is
heard.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage import quiet
from bot.storage.deliveries import Delivery, first_change, one
from bot.storage.tables import TO_BE_REDRAWN, deliveries

_parent = deliveries.alias("parent")
_other = deliveries.alias("other")

HAS_RESTED = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when a message is out of date that has waited for its turn before."""

# --- what there is to do ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clocks:
    """What is due is decided by `now`; what may be taken up already, by real time."""

    now: datetime
    real: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """Which sorts of work are there."""

    reply: bool
    """Posting what somebody waits for."""
    post: bool
    redraw: bool
    settle: bool
    look: bool
    """Looking up who wants quiet, before posting."""
    expired: bool


def work(
    connection: Connection, clocks: Clocks, *, waited_for: bool, rest: timedelta, settle_after: timedelta
) -> Work:
    """What could be taken up now; for those who only serve people who wait, nothing else."""
    reply = _there_is(connection, _due(clocks, waited_for=True))
    redraw = _there_is(connection, _outdated(clocks, rest, waited_for=True))
    if waited_for:
        return Work(reply, post=False, redraw=redraw, settle=False, look=False, expired=False)
    return Work(
        reply,
        post=_there_is(connection, _due(clocks, waited_for=False)),
        redraw=redraw or _there_is(connection, _outdated(clocks, rest, waited_for=False)),
        settle=_there_is(connection, _unsettled(clocks, settle_after)),
        look=_there_is(connection, quiet.unlooked(clocks.now, clocks.real)),
        expired=_there_is(connection, _expired(clocks.real)),
    )


def claim(
    connection: Connection,
    clocks: Clocks,
    *,
    lease: timedelta,
    waited_for: bool,
    one_channel: timedelta = timedelta(0),
) -> Delivery | None:
    """Takes the message that is due first and not waiting for another attempt; it is now `sending`.

    Between two messages to the same channel lies at least `one_channel`. It is drawn after the claim is
    committed, from a state that is no longer stale.
    """
    just_now = (
        sa.select(_other.c.id)
        .where(_other.c.address == deliveries.c.address, _other.c.tried_at > clocks.real - one_channel)
        .exists()
    )
    statement = (
        sa.select(deliveries.c.id)
        .where(_due(clocks, waited_for=waited_for), ~just_now)
        .order_by(deliveries.c.due_at, deliveries.c.id)
    )
    return _take(
        connection,
        statement,
        state="sending",
        stale_since=None,
        tried_at=clocks.real,
        lease_until=clocks.real + lease,
    )


def claim_stale(
    connection: Connection, clocks: Clocks, *, lease: timedelta, rest: timedelta, waited_for: bool = False
) -> Delivery | None:
    """Takes a sent message that has to be drawn anew, those first that somebody waits for (`waited_for`:
    only those). The others rest for a while after the first change, so that one update shows all that came
    meanwhile.

    What becomes stale meanwhile is taken again, and so is what somebody who is gone was drawing: an update
    may be repeated.
    """
    for urgent in (True,) if waited_for else (True, False):
        statement = (
            sa.select(deliveries.c.id)
            .where(_outdated(clocks, rest, waited_for=urgent))
            .order_by(deliveries.c.stale_since, deliveries.c.id)
        )
        taken = _take(connection, statement, stale_since=None, lease_until=clocks.real + lease)
        if taken is not None:
            return taken
    return None


def claim_unknown(
    connection: Connection, clocks: Clocks, *, lease: timedelta, settle_after: timedelta
) -> Delivery | None:
    """Takes a message of which nobody knows whether it was posted, once what was under way has arrived."""
    statement = (
        sa.select(deliveries.c.id)
        .where(_unsettled(clocks, settle_after))
        .order_by(deliveries.c.due_at, deliveries.c.id)
    )
    return _take(connection, statement, lease_until=clocks.real + lease)


def expire(connection: Connection, *, real_now: datetime) -> int:
    """What was being sent by somebody who is gone may or may not have been posted; how many there were."""
    changed = connection.execute(
        sa.update(deliveries)
        .where(_expired(real_now))
        .values(state="unknown", error="the process that was sending it is gone")
    )
    return changed.rowcount


# --- what came of it -------------------------------------------------------------------------------------


def mark_sent(
    connection: Connection, delivery_id: int, *, channel: str, ts: str | None, at: datetime
) -> None:
    """It stands there (`ts` None: Slack does not say where). That is so however late it is heard; of two
    places the one known first counts."""
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery_id, (deliveries.c.state != "sent") | deliveries.c.ts.is_(None))
        .values(
            state="sent", channel=channel, ts=ts, sent_at=at, lease_until=None, **_NOTHING_WRONG, **_AT_REST
        )
    )


def settle_found(
    connection: Connection, delivery: Delivery, *, channel: str, ts: str, at: datetime, redraw: bool = True
) -> None:
    """It was posted after all. It is drawn anew, if it can be: only then is it known what has to follow."""
    mark_sent(connection, delivery.id, channel=channel, ts=ts, at=at)
    if not redraw:
        return
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery.id)
        .values(stale_since=first_change(connection))
    )


def settle_absent(connection: Connection, delivery: Delivery) -> None:
    """It was not posted: it may be sent again."""
    _came_of(connection, delivery, state="pending", error=None, next_attempt_at=None, unreadable=False)


def look_again(
    connection: Connection, delivery: Delivery, *, at: datetime, error: str, unreadable: bool = False
) -> None:
    """Whether it was posted could not be found out; another look is taken after `at` (real time)."""
    _came_of(connection, delivery, next_attempt_at=at, error=error, unreadable=unreadable)


def drop(connection: Connection, delivery: Delivery) -> None:
    """It is no longer wanted. Nothing was said, so the channel is free for the next one."""
    _came_of(connection, delivery, state="dropped", tried_at=None)


def fail(connection: Connection, delivery: Delivery, error: str) -> None:
    """It cannot be sent, ever."""
    _came_of(connection, delivery, state="failed", error=error)


def mark_unknown(connection: Connection, delivery: Delivery, error: str) -> None:
    """Perhaps it was posted: it must not be sent again unseen."""
    _came_of(connection, delivery, state="unknown", error=error)


def retry(connection: Connection, delivery: Delivery, *, at: datetime, error: str) -> None:
    """It was certainly not sent; another attempt is made after `at` (real time)."""
    _came_of(connection, delivery, state="pending", next_attempt_at=at, error=error)


def mark_updated(connection: Connection, delivery: Delivery) -> None:
    _came_of(connection, delivery, **_NOTHING_WRONG, **_AT_REST)


def retry_update(connection: Connection, delivery: Delivery, *, at: datetime, error: str) -> None:
    """Another attempt to update it is made after `at` (real time); it has rested, and keeps its turn."""
    _came_of(connection, delivery, stale_since=HAS_RESTED, next_attempt_at=at, error=error)


def give_up_update(connection: Connection, delivery: Delivery, error: str) -> None:
    """The message cannot be changed any more (deleted, say); what stands there stands, until something
    else changes that it shows."""
    _came_of(connection, delivery, **{**_NOTHING_WRONG, "error": error}, **_AT_REST)


# --- what a person decides -------------------------------------------------------------------------------


def post_again(connection: Connection, delivery_id: int) -> bool:
    """False if there is nothing to decide any more: it was sent or settled meanwhile."""
    return _decide(connection, delivery_id, state="pending", **_NOTHING_WRONG)


def it_is_there(connection: Connection, delivery_id: int, *, at: datetime) -> bool:
    """Nobody knows under which ts, so it cannot be kept up to date. False as with `post_again`."""
    return _decide(connection, delivery_id, state="sent", sent_at=at, **_NOTHING_WRONG, **_AT_REST)


def leave(connection: Connection, delivery_id: int) -> bool:
    """It is not said. False as with `post_again`."""
    return _decide(connection, delivery_id, state="dropped", **_NOTHING_WRONG)


_NOTHING_WRONG: dict[str, Any] = {"error": None, "next_attempt_at": None, "unreadable": False}
_AT_REST: dict[str, Any] = {
    "attempts": 0,
    # It may have changed again while it was drawn.
    "waited_for": deliveries.c.waited_for & deliveries.c.stale_since.is_not(None),
}


def _due(clocks: Clocks, *, waited_for: bool) -> sa.ColumnElement[bool]:
    of_parent = sa.select(_parent.c.state).where(_parent.c.id == deliveries.c.parent_id).scalar_subquery()
    return sa.and_(
        deliveries.c.state == "pending",
        deliveries.c.waited_for == waited_for,
        deliveries.c.due_at <= clocks.now,
        ~deliveries.c.look_first,
        _is_past(deliveries.c.next_attempt_at, clocks.real),
        deliveries.c.parent_id.is_(None) | (of_parent == "sent"),
    )


def _outdated(clocks: Clocks, rest: timedelta, *, waited_for: bool) -> sa.ColumnElement[bool]:
    """Sent, known where, and showing an old state; or being drawn by somebody who is gone."""
    rested = deliveries.c.stale_since.is_(None) | (deliveries.c.stale_since <= clocks.real - rest)
    return sa.and_(
        deliveries.c.state == "sent",
        sa.text(TO_BE_REDRAWN),
        deliveries.c.waited_for if waited_for else ~deliveries.c.waited_for & rested,
        deliveries.c.ts.is_not(None),
        _is_past(deliveries.c.lease_until, clocks.real),
        _is_past(deliveries.c.next_attempt_at, clocks.real),
    )


def _unsettled(clocks: Clocks, settle_after: timedelta) -> sa.ColumnElement[bool]:
    return sa.and_(
        deliveries.c.state == "unknown",
        _is_past(deliveries.c.tried_at, clocks.real - settle_after),
        _is_past(deliveries.c.lease_until, clocks.real),
        _is_past(deliveries.c.next_attempt_at, clocks.real),
    )


def _expired(real_now: datetime) -> sa.ColumnElement[bool]:
    return (deliveries.c.state == "sending") & (deliveries.c.lease_until < real_now)


def _is_past(moment: sa.Column[Any], real_now: datetime) -> sa.ColumnElement[bool]:
    return moment.is_(None) | (moment <= real_now)


def _there_is(connection: Connection, condition: sa.ColumnElement[bool]) -> bool:
    return connection.execute(sa.select(deliveries.c.id).where(condition).limit(1)).first() is not None


def _take(connection: Connection, statement: sa.Select[Any], **values: Any) -> Delivery | None:
    """Takes the first one that nobody else is just taking."""
    lock = statement.limit(1).with_for_update(skip_locked=True, of=deliveries)
    delivery_id = connection.execute(lock).scalar()
    if delivery_id is None:
        return None
    connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(attempts=deliveries.c.attempts + 1, **values)
    )
    return one(connection, delivery_id)


def _came_of(connection: Connection, taken: Delivery, **values: Any) -> None:
    """Unless it was taken again since, or stands there after all. Whoever was sending knows better than
    that it is unknown."""
    states = {taken.state, "unknown"} if taken.state == "sending" else {taken.state}
    mine = sa.and_(
        deliveries.c.id == taken.id,
        deliveries.c.lease_until == taken.lease_until,
        deliveries.c.state.in_(states),
    )
    connection.execute(sa.update(deliveries).where(mine).values(lease_until=None, **values))


def _decide(connection: Connection, delivery_id: int, **values: Any) -> bool:
    open_ = (deliveries.c.state == "failed") | ((deliveries.c.state == "unknown") & deliveries.c.unreadable)
    changed = connection.execute(
        sa.update(deliveries).where(deliveries.c.id == delivery_id, open_).values(lease_until=None, **values)
    )
    return changed.rowcount == 1
