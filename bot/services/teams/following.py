"""Following who is in a team's channel and who is still there, as Slack tells it.

A team whose members come from its channel follows it; who was chosen by name stays. Leads stay as long as
nobody else leads; observers stay observers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.okr.model import Person, Role, Team
from bot.okr.rights import is_guest
from bot.services.people import Directory, shown_name
from bot.services.teams import team_asks, team_people, vacancies
from bot.storage import people, teams
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class LeadLeft:
    """What is told of somebody who led a team."""

    team_id: int
    team: str
    who: str
    alone: bool
    """Nobody else leads it."""
    active: bool


def load_lead_left(database: Database, team_id: int, person_id: int, *, alone: bool) -> LeadLeft:
    with database.reading() as connection:
        team = teams.by_id(connection, team_id)
        person = people.by_ids(connection, [person_id])[person_id]
        return LeadLeft(team.id, team.name, shown_name(person), alone, person.active)


@dataclass(frozen=True, slots=True)
class Outside:
    team: str
    channel: str
    still: bool


def load_outside(database: Database, team_id: int) -> Outside:
    with database.reading() as connection:
        team = teams.by_id(connection, team_id)
        return Outside(team.name, team.channel, teams.outside_since(connection, team_id) is not None)


def joined(database: Database, directory: Directory, slack_id: str, channel: str, now: datetime) -> None:
    """Somebody has come into a channel; raises DirectoryUnavailable. It may be the bot itself."""
    with database.reading() as connection:
        meeting = teams.in_channel(connection, channel)
        known = people.by_slack_id(connection, slack_id)
    if not meeting:
        return
    profile = None if known and known.name and known.active else directory.profile(slack_id)
    back = bool(profile and not profile.active) and has_bot(directory, channel)
    with database.transaction() as connection:
        person = people.learn(connection, profile) if profile else known
        for team in meeting:
            if back:
                is_inside(connection, team)
            if person is not None:
                _comes(connection, team, person, now)


def left(database: Database, slack_id: str, channel: str, now: datetime) -> None:
    """Somebody has gone from a channel, or was removed."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        for team in teams.in_channel(connection, channel) if person else ():
            if person is not None and team.from_channel:
                _goes(connection, team, person, now)


def bot_left(database: Database, channel: str, now: datetime) -> None:
    """The bot was removed from a channel: it cannot post there any more."""
    with database.transaction() as connection:
        for team in teams.in_channel(connection, channel):
            is_outside(connection, team, now)


def follow(connection: Connection, team: Team, found: Collection[str], now: datetime) -> list[str]:
    """Who is in the channel belongs to the team; who is not, and no lead or observer, does not."""
    present = {one.person_id: one.role for one in teams.memberships_of(connection, team.id)}
    known = people.by_slack_ids(connection, found)
    new = [one for one in known.values() if one.id not in present and _comes(connection, team, one, now)]
    gone = people.by_ids(connection, [one for one, role in present.items() if role is Role.MEMBER])
    left = [
        one
        for one in gone.values()
        if one.slack_id not in found and team_people.leave(connection, team, one, now)
    ]
    joins = [f"{team.name}: {one.name} has joined" for one in new]
    return [*joins, *(f"{team.name}: {one.name} has left" for one in left)]


def _comes(connection: Connection, team: Team, person: Person, now: datetime) -> bool:
    """Bots, guests and deactivated people do not belong to a team because they are in its channel."""
    already = {one.person_id for one in teams.memberships_of(connection, team.id)}
    if not team.from_channel or not person.active or is_guest(person) or person.id in already:
        return False
    team_people.join(connection, team, person, Role.MEMBER, now)
    team_asks.redraw_vacant(connection, team)
    team_asks.redraw_set_up(connection, team)
    return True


def _goes(connection: Connection, team: Team, person: Person, now: datetime) -> None:
    role = {one.person_id: one.role for one in teams.memberships_of(connection, team.id)}.get(person.id)
    if role is Role.MEMBER:
        team_people.leave(connection, team, person, now)
    elif role is Role.LEAD:
        others = _active(connection, [one for one in teams.leads_of(connection, team.id) if one != person.id])
        if others:
            team_people.leave(connection, team, person, now)
        told = others or _in_charge(connection, team, person)
        team_asks.lead_left(connection, team, person, told, now, alone=not others, on=now.date())
    vacancies.tell(connection, team, now)
    team_asks.redraw_set_up(connection, team)


def _in_charge(connection: Connection, team: Team, gone: Person) -> list[Person]:
    """Where nobody else leads: whoever set the team up or, if that is the same person, the admins."""
    by = people.by_slack_id(connection, team.set_up_by) if team.set_up_by else None
    if by is not None and by.active and by.id != gone.id:
        return [by]
    return [one for one in people.everyone(connection) if one.admin and one.active and one.id != gone.id]


def _active(connection: Connection, ids: Iterable[int]) -> list[Person]:
    return [one for one in people.by_ids(connection, ids).values() if one.active]


def is_outside(connection: Connection, team: Team, now: datetime) -> None:
    if teams.set_outside(connection, team.id, now):
        team_asks.outside(connection, team, now)


def is_inside(connection: Connection, team: Team) -> None:
    if teams.set_outside(connection, team.id, None):
        team_asks.redraw_outside(connection, team)


def has_bot(directory: Directory, channel: str) -> bool:
    found = directory.channel(channel)
    return found is not None and found.has_bot


def changed(database: Database, slack_id: str, now: datetime) -> None:
    """Slack has said something of somebody: where they are gone, the leads of what they own are told."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None or person.active:
            return
    with database.transaction() as connection:
        for team in teams.everything(connection):
            vacancies.tell(connection, team, now)
            leads = teams.leads_of(connection, team.id)
            if person.id in leads and not _active(connection, leads):
                charged = _in_charge(connection, team, person)
                team_asks.lead_left(connection, team, person, charged, now, alone=True)
