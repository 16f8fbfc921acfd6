"""Direct messages to be read back in tests, and whoever reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from bot.services.answering.catching_up import CatchingUp, Missed
from bot.services.sending import asks
from bot.services.sending.pacing import UNPACED, Limits
from bot.storage import inbox
from bot.storage.engine import Database
from bot.storage.inbox import EDIT, MESSAGE, Arrival
from bot.storage.tables import inbox as table
from tests.services.saying import opened, ts
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at

JACKS, HANNAHS = "D0JACK0001", "D0HANNAH01"


def said(minute: int, words: str = "", *, who: str = JACK, event: str = "read") -> Arrival:
    """A message of a minute after eleven, read from the history, or as an `event` of its own told of it."""
    channel, stamp = f"D{who[1:]}", ts(at(11, minute))
    name = f"{who}/{minute}"
    return Arrival(f"{event}:{name}", MESSAGE, who, stamp, {"text": words}, channel, client_msg_id=name)


def edited(minute: int, of: int, words: str = "", *, event: str = "read") -> Arrival:
    """An edit of what Jack said."""
    original, stamp = ts(at(11, of)), ts(at(11, minute))
    payload = {"text": words, "edited": original}
    name = f"{JACKS}/{original}/{stamp}"
    return Arrival(f"{event}:{name}", EDIT, JACK, stamp, payload, JACKS, client_msg_id=name)


@dataclass
class History:
    """What stands in the channels; it fails as told."""

    standing: list[Arrival] = field(default_factory=list)
    trouble: list[Exception | None] = field(default_factory=list)
    """For one reading after the other."""
    read: list[Missed] = field(default_factory=list)

    def said(self, missed: Missed) -> Iterator[Arrival]:
        if self.trouble and (problem := self.trouble.pop(0)):
            raise problem
        self.read.append(missed)
        for one in self.standing:
            if one.slack_id == missed.slack_id and float(one.ts) >= float(missed.since):
                yield one


@dataclass
class Woken:
    times: int = 0

    def __call__(self) -> None:
        self.times += 1


def catching_up(
    database: Database, history: History, woken: Woken | None = None, limits: Limits = UNPACED
) -> CatchingUp:
    """One that is wanted."""
    made = CatchingUp(database, history, woken or Woken(), limits)
    made.want()
    return made


def kept(database: Database) -> list[tuple[str, str]]:
    """Words and state of all that is in the inbox, in order."""
    with database.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.ts, table.c.id))
        return [(row.payload["text"], row.state) for row in rows]


def hear(database: Database, *arrivals: Arrival) -> None:
    with database.transaction() as connection:
        for one in arrivals:
            assert inbox.take_in(connection, one, at(12))


def prompted(teebee: TeeBee, *, who: str = JACK, on: date = FRIDAY, hour: int = 10, minute: int = 1) -> str:
    """The person's prompt went out; its ts."""
    person = teebee.jack if who == JACK else teebee.hannah
    moment = at(hour, minute, day=on)
    teebee.sent(asks.prompt_key(person.id, on), moment, ts=ts(moment), channel=f"D{who[1:]}")
    return ts(moment)


def everybody_prompted(database: Database) -> History:
    """Jack and Hannah have said something that nobody heard."""
    teebee = opened(database)
    for who in (HANNAH, JACK):
        prompted(teebee, who=who)
    return History([said(1, "Jack"), said(2, "Hannah", who=HANNAH)])
