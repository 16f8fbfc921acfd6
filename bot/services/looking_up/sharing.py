"""An answer that only its reader sees is shared with a channel: a message, drawn afresh when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from hashlib import sha256

from bot.okr.rights import is_guest
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import deliveries, people
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database

CHANNELS = frozenset({"C", "G"})
"""How the ids of channels begin: in direct messages nobody else reads."""


class Outcome(Enum):
    COMING = auto()
    THERE = auto()
    """It was shared before, by the same button."""
    NOWHERE = auto()
    """It was not asked in a channel."""
    GUEST = auto()


@dataclass(frozen=True, slots=True)
class Sharer:
    slack_id: str
    name: str


@dataclass(frozen=True, slots=True)
class NotShared:
    channel: str
    error: str
    """As Slack says."""


@dataclass(frozen=True, slots=True)
class Wish:
    channel: str
    """Where it was asked."""
    words: str
    """What was typed behind /okr."""
    reply_ts: str
    """Of the reply with the button."""


def share(database: Database, slack_id: str, wish: Wish, now: datetime) -> Outcome:
    """Asks for what `/okr words` shows to be said in that channel, once for the reply with the button, again
    where it could not be said; raises StorageUnavailable."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or not person.active or is_guest(person):
            return Outcome.GUEST
        if wish.channel[:1] not in CHANNELS:
            return Outcome.NOWHERE
        what = sha256(wish.words.encode()).hexdigest()[:12]
        key = asks.shared_key(person.id, wish.channel, f"{wish.reply_ts}-{what}")
        deliveries.ask(
            connection,
            key=key,
            kind=asks.SHARED,
            subject={"person": person.id, "words": wish.words, "page": 0},
            address=wish.channel,
            due_at=now,
            waited_for=True,
        )
        deliveries.move(connection, key, now, though_failed=True)
        return Outcome.COMING if deliveries.sent_at(connection, key) is None else Outcome.THERE


def tell_refused(connection: Connection, refused: Delivery, now: datetime) -> None:
    """Whoever wanted to share something is told why that did not work; nothing is done for other messages."""
    if refused.kind != asks.SHARED:
        return
    person_id = refused.subject["person"]
    key = f"{asks.NOT_SHARED}:{refused.id}"
    asked = deliveries.ask(
        connection,
        key=key,
        kind=asks.NOT_SHARED,
        subject={"delivery": refused.id},
        address=people.by_ids(connection, [person_id])[person_id].slack_id,
        due_at=now,
        waited_for=True,
    )
    if asked is None:
        deliveries.move(connection, key, now)
        deliveries.mark_stale(connection, [key])


def is_wanted(connection: Connection, delivery: Delivery) -> bool:
    """Asked again when it is sent: they may share; or what could not be shared was not shared since."""
    if delivery.kind == asks.NOT_SHARED:
        refused = deliveries.by_id(connection, delivery.subject["delivery"])
        return refused is not None and refused.state == "failed"
    person_id = delivery.subject["person"]
    person = people.by_ids(connection, [person_id])[person_id]
    return person.active and not is_guest(person)


def sharer(database: Database, person_id: int) -> Sharer:
    with database.reading() as connection:
        person = people.by_ids(connection, [person_id])[person_id]
        return Sharer(person.slack_id, shown_name(person))


def load_refused(database: Database, delivery_id: int) -> NotShared:
    """What could not be shared; raises LookupError where there is no such thing."""
    with database.reading() as connection:
        refused = deliveries.by_id(connection, delivery_id)
    if refused is None:
        raise LookupError(f"there is no message {delivery_id}")
    return NotShared(refused.address, refused.error or "")
