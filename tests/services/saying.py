"""What people write to the bot in tests, and what became of it."""

from datetime import date, datetime, timedelta
from typing import Any

from bot.okr.model import Update
from bot.services.answering import words
from bot.services.asking import rounds
from bot.services.sending import asks
from bot.storage import inbox, kept_words
from bot.storage.engine import Database
from bot.storage.inbox import EDIT, MESSAGE, Arrival, InboxRow
from tests.services.teebee import FRIDAY, JACK, TeeBee, at, move_in


def opened(database: Database) -> TeeBee:
    teebee = move_in(database)
    rounds.step(database, at(10))
    return teebee


def ts(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"


def written(teebee: TeeBee, text: str, said_at: datetime, *, who: str = JACK, **payload: Any) -> InboxRow:
    """A message, or an edit of the message `edited`, in the worker's hands."""
    with teebee.database.transaction() as connection:
        kind = EDIT if payload else MESSAGE
        arrival = Arrival(f"Ev{who}{said_at}{text[:20]}", kind, who, ts(said_at), {"text": text, **payload})
        inbox.take_in(connection, arrival, said_at)
        row = inbox.claim(connection, real_now=said_at, lease_until=said_at + timedelta(minutes=1))
    assert row is not None
    return row


def say(
    teebee: TeeBee,
    text: str,
    *,
    who: str = JACK,
    said_at: datetime | None = None,
    now: datetime | None = None,
    **payload: Any,
) -> dict[str, Any]:
    """Writes a message, at eleven unless told otherwise, and takes it, at once or at `now`; gives what the
    receipt is about."""
    moment = said_at or at(11)
    row = written(teebee, text, moment, who=who, **payload)
    words.take(teebee.database, row, text, now or moment)
    with teebee.database.reading() as connection:
        assert inbox.failures(connection) == []
    return teebee.subjects(asks.RECEIPT)[-1]


def latest(teebee: TeeBee, on: date = FRIDAY) -> list[Update | None]:
    """The last revision of each of Jack's updates."""
    return [next(iter(reversed(teebee.said(one, on))), None) for one in teebee.of(teebee.jack)]


def values(teebee: TeeBee) -> list[float | None]:
    """What counts now of Jack's three key results."""
    return [one.value if one else None for one in latest(teebee)]


def kept(teebee: TeeBee) -> tuple[str, ...]:
    """What was kept of Jack's words for his present check-in."""
    with teebee.database.reading() as connection:
        return kept_words.of_check_in(connection, teebee.check_in_id(teebee.jack))
