"""Teams: their channel, their people and when they check in."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import CheckInTimes, Meeting, Membership, OldDay, Role, Team
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


def hold(connection: Connection, *team_ids: int) -> None:
    """Until the transaction ends nobody else writes these teams' OKRs."""
    held = sa.select(teams.c.id).where(teams.c.id.in_(team_ids)).order_by(teams.c.id)
    connection.execute(held.with_for_update(key_share=True))


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
    """Of those who have not left."""
    statement = (
        sa.select(memberships)
        .where(memberships.c.team_id == team_id, memberships.c.left_at.is_(None))
        .order_by(memberships.c.person_id)
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
        .where(memberships.c.person_id == person_id, memberships.c.left_at.is_(None))
        .order_by(teams.c.id)
    )
    return [(_team(row), row.role) for row in connection.execute(statement)]


def set_role(connection: Connection, membership: Membership) -> None:
    if insert_unless_there(connection, memberships, **asdict(membership)) is None:
        same = (memberships.c.team_id == membership.team_id) & (
            memberships.c.person_id == membership.person_id
        )
        connection.execute(sa.update(memberships).where(same).values(role=membership.role, left_at=None))


def leave(connection: Connection, team_id: int, person_id: int, at: datetime) -> bool:
    """Whether they belonged to the team until now."""
    done = connection.execute(
        sa.update(memberships)
        .where(
            memberships.c.team_id == team_id,
            memberships.c.person_id == person_id,
            memberships.c.left_at.is_(None),
        )
        .values(left_at=at)
    )
    return done.rowcount == 1


def gone_from(connection: Connection, team_id: int) -> frozenset[int]:
    """The ids of those who have left the team: they are asked nothing for it, whatever they still own."""
    statement = sa.select(memberships.c.person_id).where(
        memberships.c.team_id == team_id, memberships.c.left_at.is_not(None)
    )
    return frozenset(connection.execute(statement).scalars())


def teams_left(connection: Connection, person_id: int) -> frozenset[int]:
    """The ids of the teams that a person has left."""
    statement = sa.select(memberships.c.team_id).where(
        memberships.c.person_id == person_id, memberships.c.left_at.is_not(None)
    )
    return frozenset(connection.execute(statement).scalars())


def in_channel(connection: Connection, channel: str) -> list[Team]:
    """Those that meet in it."""
    rows = connection.execute(sa.select(teams).where(teams.c.channel == channel).order_by(teams.c.id))
    return [_team(row) for row in rows]


# --- following what Slack says -------------------------------------------------------------------------


def reconciled(connection: Connection) -> dict[int, datetime | None]:
    """When Slack was last asked about each team's channel."""
    rows = connection.execute(sa.select(teams.c.id, teams.c.reconciled_at))
    return {row.id: row.reconciled_at for row in rows}


def reconcile(connection: Connection, team_id: int, *, seen: datetime | None, at: datetime | None) -> bool:
    """Whoever has seen the newest moment asks Slack; False if somebody else does, or has."""
    same = teams.c.reconciled_at.is_(None) if seen is None else teams.c.reconciled_at == seen
    done = connection.execute(sa.update(teams).where(teams.c.id == team_id, same).values(reconciled_at=at))
    return done.rowcount == 1


def look_again(connection: Connection, team_id: int) -> None:
    """Slack is asked about its channel at the next heartbeat."""
    connection.execute(sa.update(teams).where(teams.c.id == team_id).values(reconciled_at=None))


def set_outside(connection: Connection, team_id: int, since: datetime | None) -> bool:
    """The bot is not in the team's channel, or (None) it is. Whether that is news."""
    change = teams.c.outside_since.is_not(None) if since is None else teams.c.outside_since.is_(None)
    done = connection.execute(
        sa.update(teams).where(teams.c.id == team_id, change).values(outside_since=since)
    )
    return done.rowcount == 1


def outside_since(connection: Connection, team_id: int) -> datetime | None:
    moment: datetime | None = connection.execute(
        sa.select(teams.c.outside_since).where(teams.c.id == team_id)
    ).scalar()
    return moment


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
        None if row.old_day is None else OldDay(row.old_day, row.old_day_until),
        row.from_channel,
        row.set_up_by,
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
        "old_day": team.old_day.day if team.old_day else None,
        "old_day_until": team.old_day.until if team.old_day else None,
        "from_channel": team.from_channel,
        "set_up_by": team.set_up_by,
    }
