"""Setting up a team in Slack, and changing it: the form's contents in, the team out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.okr.model import LARGEST_ID, CheckInTimes, Person, Team
from bot.okr.rights import Operation, may
from bot.okr.rounds import with_times
from bot.services import permissions
from bot.services.people import LOOK_UP_SECONDS, Directory, DirectoryUnavailable, meet_named
from bot.services.permissions import NotAllowed
from bot.services.teams import team_asks, team_people, vacancies
from bot.services.teams.named import UnknownTeam, called
from bot.services.teams.team_fields import (
    NotPossible,
    Problem,
    TeamFields,
    Why,
    changed_since,
    check,
    fields_of,
    left_out,
    marks,
    of_parent,
    roles,
    times,
)
from bot.storage import people, teams, workspace
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class TeamFormView:
    team_id: int | None
    """None: a new team."""
    fields: TeamFields
    parent: str
    """The name of the team above; empty: none."""
    seen: dict[str, str]
    """How each field was when this was shown, by `marks`."""
    changed: tuple[str, ...] = ()
    """The names of fields that somebody else has changed meanwhile."""


class ChangedMeanwhile(Exception):  # noqa: N818 - it says what is so
    """Somebody else has changed the team since the form was opened; nothing of this one was kept."""

    def __init__(self, now: TeamFormView) -> None:
        super().__init__()
        self.now = now


def blank(database: Database, slack_id: str, channel: str) -> TeamFormView:
    """The form of a new team, for whoever leads it perhaps; raises NotAllowed."""
    with database.reading() as connection:
        person = _allowed(connection, slack_id, Operation.SET_UP_TEAM)
        zone = person.zone or workspace.zone(connection)
    day = CheckInTimes().day
    fields = TeamFields("", channel, (slack_id,), True, (), (), None, None, day, zone, None)
    return TeamFormView(None, fields, "", {})


def load(database: Database, slack_id: str, name: str) -> TeamFormView:
    """The form of the team of that name; raises UnknownTeam, NotAllowed."""
    with database.reading() as connection:
        every = teams.everything(connection)
        named = called(every, name)
        if len(named) != 1:
            raise UnknownTeam(name.strip(), tuple(one.name for one in every))
        return _to_change(connection, slack_id, named[0])


def load_by_id(database: Database, slack_id: str, team_id: int) -> TeamFormView:
    """Raises UnknownTeam, NotAllowed."""
    with database.reading() as connection:
        return _to_change(connection, slack_id, _team(connection, team_id))


def look_up(database: Database, directory: Directory, wanted: TeamFields) -> bool:
    """Asks Slack whether the bot is in the channel that a form names, and about the people in it, for as long
    as a form can wait. What cannot be found out of the channel is believed."""
    until = time.monotonic() + LOOK_UP_SECONDS
    try:
        found = directory.channel(wanted.channel) if wanted.channel else None
    except DirectoryUnavailable:
        return True
    meet_named(database, directory, (*wanted.leads, *wanted.members, *wanted.observers), until=until)
    return found is not None and found.has_bot


def set_up(database: Database, slack_id: str, wanted: TeamFields, *, in_channel: bool, now: datetime) -> int:
    """Makes the team, and gives its id; sent again, the same form makes none again. Raises NotAllowed,
    NotPossible."""
    with database.transaction() as connection:
        workspace.hold(connection)
        _allowed(connection, slack_id, Operation.SET_UP_TEAM)
        known = _known(connection, wanted)
        same = next((one for one in teams.everything(connection) if one.name == wanted.name), None)
        if same and same.set_up_by == slack_id and _is_as_wanted(connection, same, wanted, known):
            return same.id
        _check(connection, wanted, known, None, in_channel=in_channel)
        team = teams.add(
            connection,
            Team(
                0,
                wanted.name,
                wanted.channel,
                wanted.zone,
                times(CheckInTimes(), wanted),
                parent_id=wanted.parent_id,
                from_channel=wanted.from_channel,
                set_up_by=slack_id,
            ),
        )
        team_people.settle(connection, team, roles(wanted, known), now)
        team_asks.set_up(connection, team, now, left_out(wanted, known))
        return team.id


def change(
    database: Database,
    slack_id: str,
    wanted: TeamFields,
    *,
    team_id: int,
    seen: Mapping[str, str],
    in_channel: bool,
    now: datetime,
) -> None:
    """Makes the team what the form says; raises NotAllowed, NotPossible, UnknownTeam, ChangedMeanwhile."""
    with database.transaction() as connection:
        workspace.hold(connection)
        team = _team(connection, team_id)
        shown = _to_change(connection, slack_id, team)
        known = _known(connection, wanted)
        if _is_as_wanted(connection, team, wanted, known):
            return
        changed = changed_since(shown.fields, seen)
        if changed:
            raise ChangedMeanwhile(replace(shown, changed=changed))
        _check(connection, wanted, known, team, in_channel=in_channel)
        changed_team = replace(
            with_times(team, times(team.check_in, wanted), now),
            name=wanted.name,
            channel=wanted.channel,
            zone=wanted.zone,
            parent_id=wanted.parent_id,
            from_channel=wanted.from_channel,
        )
        teams.save(connection, changed_team)
        team_people.settle(connection, changed_team, roles(wanted, known), now)
        if wanted.from_channel:
            teams.look_again(connection, team.id)
        vacancies.tell(connection, changed_team, now)
        team_asks.redraw_set_up(connection, team)
        if team.started_at is None:
            team_asks.set_up(connection, changed_team, now, left_out(wanted, known))


def parents_like(database: Database, slack_id: str, words: str, team_id: int) -> list[Team]:
    """The teams in whose names the words stand and below which this one (0: a new one) may stand, those first
    that begin with them; raises NotAllowed."""
    sought = " ".join(words.split()).casefold()
    with database.reading() as connection:
        _allowed(connection, slack_id, Operation.SET_UP_TEAM)
        every = teams.everything(connection)
    team = next((one for one in every if one.id == team_id), None)
    found = [one for one in every if sought in one.name.casefold() and not of_parent(one.id, every, team)]
    return sorted(found, key=lambda one: not one.name.casefold().startswith(sought))


def _team(connection: Connection, team_id: int) -> Team:
    found = teams.by_ids(connection, [team_id] if 0 < team_id <= LARGEST_ID else []).get(team_id)
    if found is None:
        raise UnknownTeam("", tuple(one.name for one in teams.everything(connection)))
    return found


def _to_change(connection: Connection, slack_id: str, team: Team) -> TeamFormView:
    person = people.by_slack_id(connection, slack_id)
    if person is None:
        raise NotAllowed(Operation.CHANGE_TEAM)
    permissions.require_in_team(connection, person, Operation.CHANGE_TEAM, team.id)
    fields = fields_of(connection, team)
    parent = teams.by_id(connection, team.parent_id).name if team.parent_id else ""
    return TeamFormView(team.id, fields, parent, marks(fields))


def _allowed(connection: Connection, slack_id: str, operation: Operation) -> Person:
    person = people.by_slack_id(connection, slack_id)
    if person is None or not may(operation, permissions.in_workspace(person)):
        raise NotAllowed(operation)
    return person


def _known(connection: Connection, wanted: TeamFields) -> dict[str, Person]:
    """Everybody whom the form names."""
    named = dict.fromkeys((*wanted.leads, *wanted.members, *wanted.observers))
    return {one: people.ensure(connection, one) for one in named}


def _is_as_wanted(
    connection: Connection, team: Team, wanted: TeamFields, known: Mapping[str, Person]
) -> bool:
    """Whether there is nothing to change, such as when the same form comes again."""
    same = replace(wanted, leads=(), members=(), observers=())
    now = replace(fields_of(connection, team), leads=(), members=(), observers=())
    present = {one.person_id: one.role for one in teams.memberships_of(connection, team.id)}
    named = roles(wanted, known)
    others = present.keys() - named.keys()
    as_named = all(present.get(one) is role for one, role in named.items())
    strangers = [one for one in others if not (team.from_channel and present[one] == "member")]
    return same == now and as_named and not strangers


def _check(
    connection: Connection,
    wanted: TeamFields,
    known: Mapping[str, Person],
    team: Team | None,
    *,
    in_channel: bool,
) -> None:
    """Raises NotPossible."""
    problems: dict[str, Problem] = {}
    try:
        check(connection, wanted, known, team)
    except NotPossible as wrong:
        problems |= wrong.problems
    moved = team is None or team.channel != wanted.channel
    if wanted.channel and moved and not in_channel:
        problems["channel"] = Problem(Why.BOT_OUTSIDE)
    if problems:
        raise NotPossible(problems)
