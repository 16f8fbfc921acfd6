"""Teams: their channel, their people and when they check in."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import CheckInTimes, Meeting, Membership, Role, Team
from bot.storage.engine import insert_unless_there, inserted_id
from bot.storage.tables import memberships, teams
from bot.storage.workspace import THE_WORKSPACE


def everything(connection: Connection) -> list[Team]:
    return [_team(row) for row in connection.execute(sa.select(teams).order_by(teams.c.name))]


def by_id(connection: Connection, team_id: int) -> Team:
    return _team(connection.execute(sa.select(teams).where(teams.c.id == team_id)).one())


def by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, Team]:
    rows = connection.execute(sa.select(teams).where(teams.c.id.in_(set(ids))))
    return {row.id: _team(row) for row in rows}


def add(connection: Connection, team: Team) -> Team:
    """Writes a new team; its id is given by the database."""
    team_id = inserted_id(connection, teams, workspace_id=THE_WORKSPACE, **_columns(team))
    return by_id(connection, team_id)


def hold(connection: Connection, team_id: int) -> None:
    """Until the transaction ends nobody else writes the team's OKRs."""
    connection.execute(sa.select(teams.c.id).where(teams.c.id == team_id).with_for_update(key_share=True))


def save(connection: Connection, team: Team) -> None:
    connection.execute(sa.update(teams).where(teams.c.id == team.id).values(**_columns(team)))


def start(connection: Connection, team_id: int, at: datetime) -> None:
    """From now on its people are asked."""
    connection.execute(
        sa.update(teams).where(teams.c.id == team_id, teams.c.started_at.is_(None)).values(started_at=at)
    )


def set_pings(connection: Connection, team_id: int, *, wanted: bool) -> None:
    """Whether its digest pings those who have an action. No file says so: saving a team leaves it alone."""
    connection.execute(sa.update(teams).where(teams.c.id == team_id).values(digest_pings=wanted))


def memberships_of(connection: Connection, team_id: int) -> list[Membership]:
    statement = (
        sa.select(memberships).where(memberships.c.team_id == team_id).order_by(memberships.c.person_id)
    )
    return [Membership(row.team_id, row.person_id, row.role) for row in connection.execute(statement)]


def leads_of(connection: Connection, team_id: int) -> list[int]:
    """Their people's ids."""
    return [one.person_id for one in memberships_of(connection, team_id) if one.role is Role.LEAD]


def teams_of(connection: Connection, person_id: int) -> list[tuple[Team, Role]]:
    """The teams that a person belongs to, in whatever role, the first one joined first."""
    statement = (
        sa.select(teams, memberships.c.role)
        .join(memberships)
        .where(memberships.c.person_id == person_id)
        .order_by(teams.c.id)
    )
    return [(_team(row), row.role) for row in connection.execute(statement)]


def set_role(connection: Connection, membership: Membership) -> None:
    if insert_unless_there(connection, memberships, **asdict(membership)) is None:
        same = (memberships.c.team_id == membership.team_id) & (
            memberships.c.person_id == membership.person_id
        )
        connection.execute(sa.update(memberships).where(same).values(role=membership.role))


def _team(row: Row[Any]) -> Team:
    meeting = None if row.meeting_day is None else Meeting(row.meeting_day, row.meeting_at)
    times = CheckInTimes(row.check_in_day, row.prompt, row.remind, row.answer_by, row.digest, meeting)
    return Team(
        row.id,
        row.name,
        row.channel,
        row.zone,
        times,
        row.working_days,
        row.started_at,
        row.digest_pings,
        row.parent_id,
    )


def _columns(team: Team) -> dict[str, Any]:
    times = team.check_in
    return {
        "name": team.name,
        "channel": team.channel,
        "zone": team.zone,
        "working_days": team.working_days,
        "check_in_day": times.day,
        "prompt": times.prompt,
        "remind": times.remind,
        "answer_by": times.answer_by,
        "digest": times.digest,
        "meeting_day": times.meeting.day if times.meeting else None,
        "meeting_at": times.meeting.at if times.meeting else None,
        "started_at": team.started_at,
        "parent_id": team.parent_id,
    }
