"""What belongs to one round's digest: its lead's note, and what it showed when it was decided."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.digest.since import Shown, Snapshot
from bot.okr.model import LeadsNote
from bot.storage.engine import insert_unless_there
from bot.storage.tables import digests


def note_of(connection: Connection, round_id: int) -> LeadsNote | None:
    row = _row(connection, round_id)
    return LeadsNote(row.note, row.note_by_id) if row is not None and row.note else None


def set_note(connection: Connection, round_id: int, note: LeadsNote | None) -> None:
    """None takes it away."""
    _write(
        connection,
        round_id,
        note=note.text if note else None,
        note_by_id=note.by_id if note else None,
    )


def snapshot_of(connection: Connection, round_id: int) -> Snapshot | None:
    """None: the digest has not been decided, or an older version did not keep what it showed."""
    row = _row(connection, round_id)
    if row is None or row.digested_at is None:
        return None
    return Snapshot(row.digested_at, *_read(row.shown))


def keep(connection: Connection, round_id: int, snapshot: Snapshot) -> None:
    shown = [
        [one.key_result_id, one.date.isoformat(), one.revision, one.value, one.confidence, one.answered]
        for one in snapshot.shown
    ]
    written = {"shown": shown, "answered": list(snapshot.answered)}
    _write(connection, round_id, digested_at=snapshot.at, shown=written)


def _read(held: dict[str, Any]) -> tuple[tuple[Shown, ...], tuple[int, ...]]:
    shown = (Shown(row[0], date.fromisoformat(row[1]), *row[2:]) for row in held["shown"])
    return tuple(shown), tuple(held["answered"])


def _row(connection: Connection, round_id: int) -> sa.Row[Any] | None:
    return connection.execute(sa.select(digests).where(digests.c.round_id == round_id)).first()


def _write(
    connection: Connection, round_id: int, **values: datetime | str | int | dict[str, Any] | None
) -> None:
    insert_unless_there(connection, digests, round_id=round_id)
    connection.execute(sa.update(digests).where(digests.c.round_id == round_id).values(**values))
