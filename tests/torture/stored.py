"""What is in the database in the end: all that the comparison looks at."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.storage import tables
from bot.storage.engine import Connection, Database

Place = tuple[str, date]
"""A person's Slack id and the date of a check-in."""


@dataclass(frozen=True)
class Owed:
    person: str
    on: date
    round_id: int
    key_result: int
    number: int
    state: str


@dataclass(frozen=True)
class Round:
    id: int
    channel: str
    on: date
    state: str


@dataclass(frozen=True)
class Event:
    """A row of the inbox. `edited` is the ts of the message that an edit changed."""

    id: int
    kind: str
    channel: str | None
    ts: str
    state: str
    text: str
    edited: str


@dataclass(frozen=True)
class Message:
    """A row of the deliveries. `place` is whose prompt or reminder it is, and for which date."""

    key: str
    kind: str
    state: str
    nonce: str
    channel: str | None
    ts: str | None
    place: Place | None = None
    round_id: int | None = None
    page: int | None = None
    error: str | None = None


@dataclass(frozen=True)
class Stored:
    """`revisions` are the values by key result and date, `actions` the texts by person and date, both in
    their order; `kept` is what each person wrote that was not taken."""

    owed: list[Owed] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    revisions: dict[tuple[int, date], list[float]] = field(default_factory=dict)
    actions: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=dict)
    inbox: list[Event] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)


def load(database: Database) -> Stored:
    with database.reading() as connection:
        return Stored(
            owed=_owed(connection),
            rounds=_rounds(connection),
            revisions=_revisions(connection),
            actions=_actions(connection),
            kept=_kept(connection),
            inbox=_inbox(connection),
            messages=_messages(connection),
        )


def _owed(connection: Connection) -> list[Owed]:
    owed, people, check_ins = tables.owed, tables.people, tables.check_ins
    rows = connection.execute(
        sa.select(
            people.c.slack_id,
            check_ins.c.date,
            owed.c.round_id,
            owed.c.key_result_id,
            owed.c.number,
            owed.c.state,
        )
        .join(people, people.c.id == owed.c.person_id)
        .join(check_ins, check_ins.c.id == owed.c.check_in_id)
    )
    return [Owed(*row) for row in rows]


def _rounds(connection: Connection) -> list[Round]:
    rounds, teams = tables.rounds, tables.teams
    rows = connection.execute(
        sa.select(rounds.c.id, teams.c.channel, rounds.c.date, rounds.c.state).join(
            teams, teams.c.id == rounds.c.team_id
        )
    )
    return [Round(*row) for row in rows]


def _revisions(connection: Connection) -> dict[tuple[int, date], list[float]]:
    updates = tables.updates
    found: dict[tuple[int, date], list[float]] = defaultdict(list)
    for row in connection.execute(sa.select(updates).order_by(updates.c.revision)):
        found[row.key_result_id, row.date].append(row.value)
    return dict(found)


def _actions(connection: Connection) -> dict[Place, tuple[str, ...]]:
    actions, people = tables.actions, tables.people
    found: dict[Place, tuple[str, ...]] = {}
    for row in connection.execute(
        sa.select(people.c.slack_id, actions.c.set_on, actions.c.text)
        .join(people, people.c.id == actions.c.person_id)
        .order_by(actions.c.position)
    ):
        place = row.slack_id, row.set_on
        found[place] = (*found.get(place, ()), row.text)
    return found


def _kept(connection: Connection) -> dict[str, list[str]]:
    kept, people = tables.kept_words, tables.people
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        sa.select(people.c.slack_id, kept.c.text).join(people, people.c.id == kept.c.person_id)
    ):
        found[row.slack_id].append(row.text)
    return dict(found)


def _inbox(connection: Connection) -> list[Event]:
    rows = connection.execute(sa.select(tables.inbox))
    return [_event(row, row.payload or {}) for row in rows]


def _event(row: sa.Row[Any], payload: dict[str, Any]) -> Event:
    text, edited = str(payload.get("text", "")), str(payload.get("edited", ""))
    return Event(row.id, row.kind, row.channel, row.ts, row.state, text, edited)


def _messages(connection: Connection) -> list[Message]:
    check_ins, people = tables.check_ins, tables.people
    places = {
        row.id: (row.slack_id, row.date)
        for row in connection.execute(
            sa.select(check_ins.c.id, people.c.slack_id, check_ins.c.date).join(
                people, people.c.id == check_ins.c.person_id
            )
        )
    }
    return [_message(row, places) for row in connection.execute(sa.select(tables.deliveries))]


def _message(row: sa.Row[Any], places: dict[int, Place]) -> Message:
    asks = row.kind in ("prompt", "reminder")
    return Message(
        key=row.key,
        kind=row.kind,
        state=row.state,
        nonce=row.nonce,
        channel=row.channel,
        ts=row.ts,
        place=places.get(row.subject["check_in"]) if asks else None,
        round_id=row.subject.get("round"),
        page=row.subject.get("page"),
        error=row.error,
    )
