"""A team's check-ins begin when a lead says so; until then nobody is asked. And how its week looks."""

from dataclasses import dataclass
from datetime import datetime

from bot.okr.days.timetable import Timetable, timetable
from bot.okr.model import LARGEST_ID, Membership, Person, Role, Team
from bot.okr.rights import Operation
from bot.services import permissions
from bot.services.people import shown_name
from bot.services.permissions import NotAllowed
from bot.services.teams import team_asks
from bot.storage import okr_cycles, okrs, people, teams, workspace
from bot.storage.engine import Connection, Database

NAMED = (Role.LEAD, Role.MEMBER)
"""Who may own a key result; observers owe nothing."""


@dataclass(frozen=True, slots=True)
class WeekView:
    """A team's week, and whether it has begun."""

    team_id: int
    team: str
    channel: str
    names: dict[int, str]
    """Of everybody in the timetable."""
    timetable: Timetable
    before_meeting: bool
    """The digest comes an hour before a meeting."""
    started: bool
    still_looking: bool
    """Slack has not told yet who is in the channel."""
    left_out: tuple[str, ...]
    may_start: bool
    """Whoever reads it leads the team."""
    has_okrs: bool
    observers: tuple[str, ...]
    set_up_by: str
    """Their name; empty where it came with a file."""


def start(database: Database, slack_id: str, team_id: int, now: datetime) -> bool:
    """From now on the team's people are asked, and its channel hears of it; False if they were already.
    Raises NotAllowed."""
    with database.transaction() as connection:
        workspace.hold(connection)
        person = people.by_slack_id(connection, slack_id)
        team = teams.by_ids(connection, [team_id] if 0 < team_id <= LARGEST_ID else []).get(team_id)
        if person is None or team is None:
            raise NotAllowed(Operation.START_CHECK_INS)
        permissions.require_in_team(connection, person, Operation.START_CHECK_INS, team.id)
        if team.started_at is not None:
            return False
        teams.start(connection, team.id, now)
        team_asks.started(connection, team, person, now)
        team_asks.redraw_set_up(connection, team)
        return True


def load(
    database: Database, team_id: int, slack_id: str, now: datetime, left_out: tuple[int, ...] = ()
) -> WeekView:
    """For whoever has that Slack id."""
    with database.reading() as connection:
        team = teams.by_id(connection, team_id)
        roles = teams.memberships_of(connection, team.id)
        known = people.by_ids(connection, [*(one.person_id for one in roles), *left_out])
        asked = [known[one.person_id] for one in roles if one.role in NAMED and known[one.person_id].active]
        reader = people.by_slack_id(connection, slack_id)
        by = people.by_slack_id(connection, team.set_up_by) if team.set_up_by else None
        return WeekView(
            team.id,
            team.name,
            team.channel,
            {one.id: shown_name(one) for one in asked},
            timetable(team, asked, now),
            team.check_in.meeting is not None,
            team.started_at is not None,
            team.from_channel and teams.reconciled(connection)[team.id] is None,
            tuple(shown_name(known[one]) for one in left_out),
            _leads(roles, reader),
            _has_okrs(connection, team),
            tuple(shown_name(known[one.person_id]) for one in roles if one.role is Role.OBSERVER),
            shown_name(by) if by else "",
        )


def load_started(database: Database, team_id: int, by_id: int, now: datetime) -> tuple[WeekView, str]:
    """For the team's channel, and who has started it."""
    view = load(database, team_id, "", now)
    with database.reading() as connection:
        return view, shown_name(people.by_ids(connection, [by_id])[by_id])


def _leads(roles: list[Membership], reader: Person | None) -> bool:
    return any(reader is not None and one.person_id == reader.id and one.role is Role.LEAD for one in roles)


def _has_okrs(connection: Connection, team: Team) -> bool:
    cycles = [one.id for one in okr_cycles.everything(connection)]
    return any(one.key_results for one in okrs.of_team(connection, team.id, cycles))
