"""People: who they are to Slack, where they live, when they work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Person, Profile
from bot.storage.engine import insert_unless_there
from bot.storage.tables import people
from bot.storage.workspace import THE_WORKSPACE

_COLUMNS: tuple[sa.ColumnElement[Any], ...] = (
    people.c.id,
    people.c.slack_id,
    people.c.name,
    people.c.zone,
    people.c.working_days,
    people.c.active,
    people.c.guest,
    people.c.own_prompt,
    people.c.muted,
    people.c.region,
    sa.or_(people.c.admin, people.c.named_admin),
    people.c.home_team_id,
)


def ensure(connection: Connection, slack_id: str) -> Person:
    """The person of that Slack id; a new one has no name until Slack has told it (see `learn`)."""
    insert_unless_there(connection, people, workspace_id=THE_WORKSPACE, slack_id=slack_id, name="")
    return Person(*connection.execute(sa.select(*_COLUMNS).where(people.c.slack_id == slack_id)).one())


def learn(connection: Connection, profile: Profile) -> Person:
    """Takes over what Slack says of a person, new or known."""
    person = ensure(connection, profile.slack_id)
    connection.execute(
        sa.update(people)
        .where(people.c.id == person.id)
        .values(
            name=profile.name,
            email=profile.email or people.c.email,  # Slack may hide what it told before
            zone=profile.zone,
            active=profile.active,
            guest=profile.guest,
            admin=profile.admin,
        )
    )
    return by_ids(connection, [person.id])[person.id]


def save_week(connection: Connection, person: Person) -> None:
    """When the person works and wants to be asked, as they say."""
    connection.execute(
        sa.update(people)
        .where(people.c.id == person.id)
        .values(
            working_days=person.working_days,
            own_prompt=person.own_prompt,
            muted=person.muted,
            region=person.region,
        )
    )


def by_slack_id(connection: Connection, slack_id: str) -> Person | None:
    row = connection.execute(sa.select(*_COLUMNS).where(people.c.slack_id == slack_id)).first()
    return None if row is None else Person(*row)


def by_slack_ids(connection: Connection, slack_ids: Iterable[str]) -> dict[str, Person]:
    rows = connection.execute(sa.select(*_COLUMNS).where(people.c.slack_id.in_(set(slack_ids))))
    return {row.slack_id: Person(*row) for row in rows}


def by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, Person]:
    rows = connection.execute(sa.select(*_COLUMNS).where(people.c.id.in_(set(ids))))
    return {row.id: Person(*row) for row in rows}


def everyone(connection: Connection) -> list[Person]:
    return [Person(*row) for row in connection.execute(sa.select(*_COLUMNS).order_by(people.c.id))]


def emails(connection: Connection) -> dict[int, str]:
    """Those that Slack has told, by person id."""
    rows = connection.execute(sa.select(people.c.id, people.c.email).where(people.c.email.is_not(None)))
    return {row.id: row.email for row in rows}


def to_look_at(connection: Connection, before: datetime, *, most: int) -> list[tuple[str, datetime]]:
    """Whom Slack was last asked about before that moment, and when; those first who have waited longest."""
    statement = (
        sa.select(people.c.slack_id, people.c.seen_at)
        .where(people.c.seen_at < before, people.c.name != "")
        .order_by(people.c.seen_at, people.c.id)
        .limit(most)
    )
    return [(row.slack_id, row.seen_at) for row in connection.execute(statement)]


def look_at(connection: Connection, slack_id: str, *, seen: datetime, at: datetime) -> bool:
    """Slack is asked about them now; False if somebody else does it."""
    done = connection.execute(
        sa.update(people).where(people.c.slack_id == slack_id, people.c.seen_at == seen).values(seen_at=at)
    )
    return done.rowcount == 1


def is_anybody_new(connection: Connection) -> bool:
    """Whether there is somebody whom the daily look has not counted yet."""
    return (
        connection.execute(sa.select(people.c.id).where(people.c.seen_at.is_(None)).limit(1)).first()
        is not None
    )


def look_at_new(connection: Connection, at: datetime) -> None:
    connection.execute(sa.update(people).where(people.c.seen_at.is_(None)).values(seen_at=at))


def name_admin(connection: Connection, person_id: int, *, named: bool) -> None:
    """Beside those who are Slack's own."""
    connection.execute(sa.update(people).where(people.c.id == person_id).values(named_admin=named))


def named_admins(connection: Connection) -> frozenset[int]:
    """The ids of those whom others have named."""
    return frozenset(connection.execute(sa.select(people.c.id).where(people.c.named_admin)).scalars())


def slack_admins(connection: Connection) -> frozenset[int]:
    """The ids of those of whom Slack says so."""
    return frozenset(connection.execute(sa.select(people.c.id).where(people.c.admin)).scalars())


def choose_home(connection: Connection, person_id: int, team_id: int | None) -> None:
    """Which of their teams comes first; None: the first that they joined."""
    connection.execute(sa.update(people).where(people.c.id == person_id).values(home_team_id=team_id))


def unnamed(connection: Connection) -> list[str]:
    """Slack ids of people whom Slack has not been asked about yet."""
    return list(connection.execute(sa.select(people.c.slack_id).where(people.c.name == "")).scalars())
