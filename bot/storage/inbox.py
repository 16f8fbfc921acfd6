"""The inbox: what Slack told us, written before it is acknowledged and handled afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.engine import insert_unless_there
from bot.storage.tables import inbox

MESSAGE = "message"
"""The kind whose rows are unique by (channel, ts), too, and by client_msg_id, as those of edits are."""
EDIT = "edit"
DELETION = "deletion"
_ANSWERS = (MESSAGE, EDIT, DELETION)
"""The kinds whose order matters: what somebody says later counts."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One event as it came."""

    event_id: str
    kind: str
    slack_id: str
    """Whose it is: one person's messages and edits are handled one after the other, in the order of `ts`."""
    ts: str
    payload: dict[str, Any]
    channel: str | None = None
    client_msg_id: str | None = None
    """Slack's id of a message, also in another event about it; for an edit one of ours for just that one."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    id: int
    kind: str
    slack_id: str
    channel: str | None
    ts: str
    payload: dict[str, Any]
    attempts: int


def stamp(moment: datetime) -> str:
    """A moment as Slack writes it in `ts`."""
    return f"{moment.timestamp():.6f}"


def moment_of(ts: str) -> datetime:
    """When Slack heard it."""
    return datetime.fromtimestamp(float(ts), UTC)


def take_in(connection: Connection, arrival: Arrival, at: datetime, *, handled: bool = False) -> bool:
    """Keeps an event unless it, or the same message under another event, is there already; one that is
    `handled` is kept to be recognised when it comes again."""
    row_id = insert_unless_there(
        connection,
        inbox,
        event_id=arrival.event_id,
        kind=arrival.kind,
        slack_id=arrival.slack_id,
        channel=arrival.channel,
        ts=arrival.ts,
        client_msg_id=arrival.client_msg_id,
        payload=arrival.payload,
        received_at=at,
        state="handled" if handled else "waiting",
        handled_at=at if handled else None,
    )
    return row_id is not None


def last_heard(connection: Connection, channels: Iterable[str]) -> dict[str, str]:
    """The ts of the last message that came from each of the channels, where there was any."""
    wanted = (inbox.c.kind == MESSAGE) & inbox.c.channel.in_(set(channels))
    statement = (
        sa.select(inbox.c.channel, sa.func.max(inbox.c.ts).label("ts"))
        .where(wanted)
        .group_by(inbox.c.channel)
    )
    return {row.channel: row.ts for row in connection.execute(statement)}


def claim(connection: Connection, *, real_now: datetime, lease_until: datetime) -> InboxRow | None:
    """Takes the oldest event whose person has no earlier message unhandled, and none in somebody's hands;
    it is now `working`. What is no message or edit of one keeps nobody waiting."""
    other = inbox.alias("other")
    earlier = (other.c.ts < inbox.c.ts) | ((other.c.ts == inbox.c.ts) & (other.c.id < inbox.c.id))
    in_hand = (other.c.state == "working") & (other.c.lease_until >= real_now)
    blocked = (
        sa.select(other.c.id)
        .where(
            other.c.slack_id == inbox.c.slack_id,
            other.c.id != inbox.c.id,
            other.c.kind.in_(_ANSWERS),
            in_hand | (earlier & other.c.state.in_(["waiting", "working"])),
        )
        .exists()
    )
    free = (inbox.c.state == "waiting") | ((inbox.c.state == "working") & (inbox.c.lease_until < real_now))
    ripe = inbox.c.next_attempt_at.is_(None) | (inbox.c.next_attempt_at <= real_now)
    row = connection.execute(
        sa.select(inbox)
        .where(free, ripe, ~blocked)
        .order_by(inbox.c.ts, inbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    attempts = row.attempts + 1
    _set(connection, row.id, state="working", lease_until=lease_until, attempts=attempts)
    return InboxRow(row.id, row.kind, row.slack_id, row.channel, row.ts, row.payload, attempts)


def mark_handled(connection: Connection, row: InboxRow, at: datetime) -> bool:
    """False if it is handled already, or in other hands by now: whatever else is done for it must not be.

    What Slack said of a person has been taken over, and is of no use in the inbox any more.
    """
    over = {} if row.kind in {MESSAGE, EDIT} else {"payload": sa.null()}
    return _give_back(connection, row, state="handled", handled_at=at, error=None, **over)


def retry(connection: Connection, row: InboxRow, *, at: datetime, error: str, counts: bool = True) -> None:
    """Another attempt is made after `at` (real time); one that does not count was the world's fault."""
    attempts = row.attempts if counts else row.attempts - 1
    _give_back(connection, row, state="waiting", next_attempt_at=at, error=error, attempts=attempts)


def set_aside(connection: Connection, row: InboxRow, error: str) -> None:
    """It could not be handled, however often it was tried: doctor shows it."""
    _give_back(connection, row, state="failed", error=error)


def failures(connection: Connection) -> list[tuple[int, str, str]]:
    """Those set aside: id, kind, error."""
    statement = sa.select(inbox.c.id, inbox.c.kind, inbox.c.error).where(inbox.c.state == "failed")
    return [(row.id, row.kind, row.error) for row in connection.execute(statement.order_by(inbox.c.id))]


def forget_payloads(connection: Connection, *, handled_before: datetime) -> None:
    """What was handled long ago needs no words of anybody any more."""
    # Only what was handled has a moment; asking for the state, too, could keep the index from being used.
    connection.execute(
        sa.update(inbox)
        .where(inbox.c.handled_at < handled_before, inbox.c.payload.is_not(sa.null()))
        .values(payload=sa.null())
    )


def _give_back(connection: Connection, row: InboxRow, **values: Any) -> bool:
    """Unless it is handled all the same, or in other hands by now: every claim counts an attempt."""
    mine = (inbox.c.id == row.id) & (inbox.c.state == "working") & (inbox.c.attempts == row.attempts)
    return connection.execute(sa.update(inbox).where(mine).values(lease_until=None, **values)).rowcount == 1


def _set(connection: Connection, row_id: int, **values: Any) -> None:
    connection.execute(sa.update(inbox).where(inbox.c.id == row_id).values(**values))
