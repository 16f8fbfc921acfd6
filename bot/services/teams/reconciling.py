"""Once a day, and after a start: what Slack says of the teams' channels and of everybody we know, so that
what no event told is followed, too. Replicas share the work by claims, at Slack's pace."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.okr.days.zones import team_zone
from bot.okr.model import Team
from bot.services.away import statuses
from bot.services.people import Directory, DirectoryUnavailable
from bot.services.sending import pacing
from bot.services.sending.pacing import Call, Limits
from bot.services.teams import following, team_asks, vacancies
from bot.storage import people, teams
from bot.storage.engine import Database, real_now

AT_ONCE = 20
"""So many people are looked up at most at one heartbeat."""
A_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Work:
    database: Database
    directory: Directory
    limits: Limits
    now: datetime


def reconcile(
    database: Database, directory: Directory, limits: Limits, now: datetime, since: datetime | None = None
) -> list[str]:
    """Once a day, and again where the last time was before `since` (our start): asks Slack who is in the
    teams' channels and what has become of everybody we know, as far as its pace allows; what is left comes
    with the next heartbeats. Replicas share the work: each team and person is claimed. Says what changed."""
    done = []
    work = _Work(database, directory, limits, now)
    for team, seen in _due(database, now, since):
        try:
            if not _may(database, limits, Call.MEMBERS):
                break
            said = _team(work, team, seen)
        except DirectoryUnavailable as problem:
            log.warning("a channel's people cannot be looked up", team=team.id, error=str(problem))
            _rest(database, Call.MEMBERS, problem)
            break
        done += said
    return done + _people(work, since)


def _due(database: Database, now: datetime, since: datetime | None) -> list[tuple[Team, datetime | None]]:
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


def _team(work: _Work, team: Team, seen: datetime | None) -> list[str]:
    """Raises DirectoryUnavailable; then the team is nobody's, and waits for the next heartbeat."""
    with work.database.transaction() as connection:
        if not teams.reconcile(connection, team.id, seen=seen, at=work.now):
            return []  # somebody else does it
        if seen is None and not team.from_channel:
            return []  # it came with a file just now: nothing is known that could have changed
    try:
        inside = following.has_bot(work.directory, team.channel)
        found = work.directory.members(team.channel) if inside and team.from_channel else None
        everybody = found is None or _meet(work, found)
    except DirectoryUnavailable as problem:
        if not problem.refused:  # what Slack refuses it refuses all day
            with work.database.transaction() as connection:
                teams.reconcile(connection, team.id, seen=work.now, at=seen)
        raise
    with work.database.transaction() as connection:
        team = teams.by_id(connection, team.id)
        if not inside:
            following.is_outside(connection, team, work.now)
        else:
            following.is_inside(connection, team)
        said = following.follow(connection, team, found, work.now) if found is not None else []
        if not everybody:  # some are not looked up yet
            teams.reconcile(connection, team.id, seen=work.now, at=seen)
        vacancies.tell(connection, team, work.now)
        if said or (found is not None and seen is None):
            team_asks.redraw_set_up(connection, team)
        return said


def _meet(work: _Work, found: Collection[str]) -> bool:
    """Looks up those whom we do not know; whether that was all of them."""
    with work.database.reading() as connection:
        known = people.by_slack_ids(connection, found)
    unknown = [one for one in found if one not in known or not known[one].name]
    for slack_id in unknown[:AT_ONCE]:
        if not _may(work.database, work.limits, Call.STATUS):
            return False
        profile = work.directory.profile(slack_id)
        if profile is not None:
            with work.database.transaction() as connection:
                people.learn(connection, profile)
    return len(unknown) <= AT_ONCE


def _people(work: _Work, since: datetime | None) -> list[str]:
    """Events may have been missed: what Slack says of everybody whom we know."""
    before = max(filter(None, [work.now - A_DAY, since]))
    with work.database.reading() as connection:
        due = people.to_look_at(connection, before, most=AT_ONCE)
        new = people.is_anybody_new(connection)
    if new:  # what we know of them we have just learnt
        with work.database.transaction() as connection:
            people.look_at_new(connection, work.now)
    for slack_id, seen in due:
        if not _may(work.database, work.limits, Call.STATUS):
            break
        with work.database.transaction() as connection:
            claimed = people.look_at(connection, slack_id, seen=seen, at=work.now)
        if not claimed:
            continue
        try:
            profile = work.directory.profile(slack_id)
        except DirectoryUnavailable as problem:
            log.warning("people cannot be looked up", slack_id=slack_id, error=str(problem))
            _rest(work.database, Call.STATUS, problem)
            break
        if profile is not None:
            statuses.learn(work.database, profile, work.now)
            following.changed(work.database, slack_id, work.now)
    return []


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
