"""Who belongs to a team: joining it, leaving it, and what becomes then of what is being asked."""

from collections.abc import Mapping
from datetime import datetime

from bot.okr.model import Membership, OwedState, Person, Role, Team
from bot.services.asking import standing_in
from bot.services.away import absence
from bot.services.sending import asks
from bot.storage import check_ins, owing, people, teams
from bot.storage.engine import Connection


def join(connection: Connection, team: Team, person: Person, role: Role, now: datetime) -> None:
    """In that role from now on; whoever had left is asked again what still waits for them."""
    back = team.id in teams.teams_left(connection, person.id)
    teams.set_role(connection, Membership(team.id, person.id, role))
    if back:
        absence.follow(connection, person, now)


def leave(connection: Connection, team: Team, person: Person, now: datetime) -> bool:
    """Nothing is asked of them for this team any more, nor waited for; their delegates are asked. Whether
    they belonged to it until now."""
    if not teams.leave(connection, team.id, person.id, now):
        return False
    check_ins.hold_with_delegates(connection, person.id)
    for check_in in check_ins.open_of(connection, person.id):
        owing.turn(connection, check_in.id, of=OwedState.WAITING, to=OwedState.AWAY, in_team=team.id)
        asks.redraw(connection, check_in)
        standing_in.step_in(connection, check_in)
    return True


def settle(connection: Connection, team: Team, wanted: Mapping[int, Role], now: datetime) -> None:
    """Brings the team's people to the `wanted` roles, by person id. Who belongs to a team from its channel
    and is named no more stays as a member: whether they are in the channel, Slack knows."""
    present = {one.person_id: one.role for one in teams.memberships_of(connection, team.id)}
    known = people.by_ids(connection, {*present, *wanted})
    for person_id, role in wanted.items():
        if present.get(person_id) is not role:
            join(connection, team, known[person_id], role, now)
    for person_id in present.keys() - wanted.keys():
        if not team.from_channel:
            leave(connection, team, known[person_id], now)
        elif present[person_id] is not Role.MEMBER:
            join(connection, team, known[person_id], Role.MEMBER, now)
