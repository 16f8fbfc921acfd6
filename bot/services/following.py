"""Following who is in a team's channel and who is still there, as Slack tells it: at once, and once a day.

Whose members come from its channel follows it; who was chosen by name stays. Leads stay as long as nobody else
leads; observers stay observers.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import structlog

from bot.okr.model import Person, Role, Team
from bot.okr.zones import team_zone
from bot.services import asks, pacing, statuses, team_people, vacancies
from bot.services.pacing import Call, Limits
from bot.services.people import Directory, DirectoryUnavailable
from bot.storage import people, teams
from bot.storage.engine import Connection, Database, real_now

AT_ONCE = 20
"""So many people are looked up at most at one heartbeat."""
A_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


def joined(
    database: Database, directory: Directory, slack_id: str, channel: str, now: datetime
) -> None:
    """Somebody has come into a channel; raises DirectoryUnavailable. It may be the bot itself."""
    with database.reading() as connection:
        meeting = teams.in_channel(connection, channel)
        known = people.by_slack_id(connection, slack_id)
    if not meeting:
        return
    profile = None if known and known.name and known.active else directory.profile(slack_id)
    back = bool(profile and not profile.active) and _has_bot(directory, channel)
    with database.transaction() as connection:
        person = people.learn(connection, profile) if profile else known
        for team in meeting:
            if back:
                _is_inside(connection, team)
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
            _is_outside(connection, team, now)


def reconcile(
    database: Database, directory: Directory, limits: Limits, now: datetime, since: datetime | None = None
) -> list[str]:
    """Once a day, and again where the last time was before `since` (our start): asks Slack who is in the
    teams' channels and what has become of everybody we know, as far as its pace allows; what is left comes
    with the next heartbeats. Replicas share the work: each team and person is claimed. Says what changed."""
    done = []
    for team, seen in _due(database, now, since):
        try:
            if not _may(database, limits, Call.MEMBERS):
                break
            said = _team(database, directory, limits, team, seen, now)
        except DirectoryUnavailable as problem:
            log.warning("a channel's people cannot be looked up", team=team.id, error=str(problem))
            _rest(database, Call.MEMBERS, problem)
            break
        done += said
    return done + _people(database, directory, limits, now, since)


def _due(
    database: Database, now: datetime, since: datetime | None
) -> list[tuple[Team, datetime | None]]:
    with database.reading() as connection:
        asked = teams.reconciled(connection)
        every = teams.everything(connection)
    return [(one, asked[one.id]) for one in every if _is_due(one, asked[one.id], now, since)]


def _is_due(team: Team, asked: datetime | None, now: datetime, since: datetime | None) -> bool:
    if asked is None:
        return True
    if since is not None and asked < since:
        return True
    zone = team_zone(team)
    return asked.astimezone(zone).date() < now.astimezone(zone).date()


def _team(
    database: Database,
    directory: Directory,
    limits: Limits,
    team: Team,
    seen: datetime | None,
    now: datetime,
) -> list[str]:
    """Raises DirectoryUnavailable; then the team is nobody's, and waits for the next heartbeat."""
    with database.transaction() as connection:
        if not teams.reconcile(connection, team.id, seen=seen, at=now):
            return []  # somebody else does it
        if seen is None and not team.from_channel:
            return []  # it came with a file just now: nothing is known that could have changed
    try:
        inside = _has_bot(directory, team.channel)
        found = directory.members(team.channel) if inside and team.from_channel else None
        everybody = found is None or _meet(database, directory, limits, found)
    except DirectoryUnavailable as problem:
        if not problem.refused:  # what Slack refuses it refuses all day
            with database.transaction() as connection:
                teams.reconcile(connection, team.id, seen=now, at=seen)
        raise
    with database.transaction() as connection:
        team = teams.by_id(connection, team.id)
        if not inside:
            _is_outside(connection, team, now)
        else:
            _is_inside(connection, team)
        said = _follow(connection, team, found, now) if found is not None else []
        if not everybody:  # some are not looked up yet
            teams.reconcile(connection, team.id, seen=now, at=seen)
        vacancies.tell(connection, team, now)
        if found is not None:
            asks.redraw_set_up(connection, team)
        return said


def _follow(connection: Connection, team: Team, found: Collection[str], now: datetime) -> list[str]:
    """Who is in the channel belongs to the team; who is not, and no lead or observer, does not."""
    done = []
    present = {one.person_id: one.role for one in teams.memberships_of(connection, team.id)}
    known = people.by_slack_ids(connection, found)
    for person in known.values():
        if person.id not in present and _comes(connection, team, person, now):
            done.append(f"{team.name}: {person.name} has joined")
    gone = people.by_ids(connection, [one for one, role in present.items() if role is Role.MEMBER])
    for person in gone.values():
        if person.slack_id not in found and team_people.leave(connection, team, person, now):
            done.append(f"{team.name}: {person.name} has left")
    return done


def _comes(connection: Connection, team: Team, person: Person, now: datetime) -> bool:
    """Bots, guests and deactivated people do not belong to a team because they are in its channel."""
    already = {one.person_id for one in teams.memberships_of(connection, team.id)}
    if not team.from_channel or not person.active or person.guest or not person.name or person.id in already:
        return False
    team_people.join(connection, team, person, Role.MEMBER, now)
    vacancies.tell(connection, team, now)
    asks.redraw_set_up(connection, team)
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
        asks.lead_left(connection, team, person, told, now, alone=not others, on=now.date())
    vacancies.tell(connection, team, now)
    asks.redraw_set_up(connection, team)


def _in_charge(connection: Connection, team: Team, gone: Person) -> list[Person]:
    """Where nobody else leads: whoever set the team up or, if that is the same person, the admins."""
    by = people.by_slack_id(connection, team.set_up_by) if team.set_up_by else None
    if by is not None and by.active and by.id != gone.id:
        return [by]
    return [one for one in people.everyone(connection) if one.admin and one.active and one.id != gone.id]


def _active(connection: Connection, ids: Iterable[int]) -> list[Person]:
    return [one for one in people.by_ids(connection, ids).values() if one.active]


def _is_outside(connection: Connection, team: Team, now: datetime) -> None:
    if teams.set_outside(connection, team.id, now):
        asks.outside(connection, team, now)


def _is_inside(connection: Connection, team: Team) -> None:
    if teams.set_outside(connection, team.id, None):
        asks.redraw_outside(connection, team)


def _has_bot(directory: Directory, channel: str) -> bool:
    found = directory.channel(channel)
    return found is not None and found.has_bot


def _meet(
    database: Database, directory: Directory, limits: Limits, found: Collection[str]
) -> bool:
    """Looks up those whom we do not know; whether that was all of them."""
    with database.reading() as connection:
        known = people.by_slack_ids(connection, found)
    unknown = [one for one in found if one not in known or not known[one].name]
    for slack_id in unknown[:AT_ONCE]:
        if not _may(database, limits, Call.STATUS):
            return False
        profile = directory.profile(slack_id)
        if profile is not None:
            with database.transaction() as connection:
                people.learn(connection, profile)
    return len(unknown) <= AT_ONCE


# --- everybody, once a day -----------------------------------------------------------------------------


def _people(
    database: Database, directory: Directory, limits: Limits, now: datetime, since: datetime | None
) -> list[str]:
    """Events may have been missed: what Slack says of everybody whom we know."""
    before = max(filter(None, [now - A_DAY, since]))
    with database.reading() as connection:
        due = people.to_look_at(connection, before, most=AT_ONCE)
        new = people.is_anybody_new(connection)
    if new:  # what we know of them we have just learnt
        with database.transaction() as connection:
            people.look_at_new(connection, now)
    for slack_id, seen in due:
        if not _may(database, limits, Call.STATUS):
            break
        with database.transaction() as connection:
            claimed = people.look_at(connection, slack_id, seen=seen, at=now)
        if not claimed:
            continue
        try:
            profile = directory.profile(slack_id)
        except DirectoryUnavailable as problem:
            log.warning("people cannot be looked up", slack_id=slack_id, error=str(problem))
            _rest(database, Call.STATUS, problem)
            break
        if profile is not None:
            statuses.learn(database, profile, now)
            changed(database, slack_id, now)
    return []


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
                asks.lead_left(connection, team, person, charged, now, alone=True)


def _may(database: Database, limits: Limits, call: Call) -> bool:
    with database.transaction() as connection:
        clock = real_now(connection)
        if pacing.wait(connection, limits, call, real_now=clock):
            return False
        pacing.spend(connection, limits, call, real_now=clock)
        return True


def _rest(database: Database, call: Call, problem: DirectoryUnavailable) -> None:
    with database.transaction() as connection:
        until = real_now(connection) + pacing.resting(problem.retry_after)
        pacing.block(connection, call, until=until)
