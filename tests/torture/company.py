"""Who there is: teams with a channel each, their owners, and two or three key results an owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.okr.measures import Move
from bot.okr.model import (
    CheckInTimes,
    Cycle,
    KeyResult,
    Membership,
    Objective,
    ObjectiveKind,
    Person,
    Profile,
    Role,
    Team,
)
from bot.practice.remote import RemoteSlack
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database

ZONE_NAME = "Asia/Shanghai"
ZONE = ZoneInfo(ZONE_NAME)
FIRST_FRIDAY = date(2026, 11, 20)
STARTED_AT = datetime(2026, 11, 16, tzinfo=UTC)
CYCLE = Cycle(0, "The long one", date(2026, 10, 1), date(2028, 12, 31))
PROMPT, REMIND, DIGEST = time(10), time(15), time(16, 30)
TEAM_SIZE = 20
TARGET = 1_000_000.0
"""Far above any value that is ever said: nothing here is about reaching it."""


@dataclass(frozen=True)
class Owner:
    """`key_results` are their ids in the order of their numbers, KR1 first."""

    slack_id: str
    name: str
    key_results: tuple[int, ...]


@dataclass(frozen=True)
class OwnersTeam:
    name: str
    channel: str
    owners: tuple[Owner, ...]


@dataclass(frozen=True)
class Company:
    teams: tuple[OwnersTeam, ...]

    @property
    def owners(self) -> list[Owner]:
        return [owner for team in self.teams for owner in team.owners]


def friday(number: int) -> date:
    """The number counts from 0."""
    return FIRST_FRIDAY + timedelta(weeks=number)


def at(on: date, hour: time) -> datetime:
    return datetime.combine(on, hour, ZONE)


def move_in(slack: RemoteSlack, database: Database, owners: int) -> Company:
    """Makes the accounts and channels in Slack, and writes the OKRs as an import would."""
    names = [f"Owner {number:03}" for number in range(1, owners + 1)]
    ids = slack.add_people({"name": name, "tz": ZONE_NAME} for name in names)
    everybody = list(zip(ids, names, strict=True))
    with database.transaction() as connection:
        cycle = okr_cycles.add(connection, CYCLE)
        found = []
        for number, first in enumerate(range(0, owners, TEAM_SIZE), start=1):
            members = everybody[first : first + TEAM_SIZE]
            channel = slack.add_channel(f"team-{number}", members=[slack_id for slack_id, _ in members])
            found.append(_team(connection, f"Team {number}", channel, cycle, members))
    return Company(tuple(found))


def _team(
    connection: Connection, name: str, channel: str, cycle: Cycle, members: Sequence[tuple[str, str]]
) -> OwnersTeam:
    times = CheckInTimes(prompt=PROMPT, remind=REMIND, answer_by=DIGEST, digest=DIGEST)
    team = teams.add(connection, Team(0, name, channel, ZONE_NAME, times, started_at=STARTED_AT))
    persons = [people.learn(connection, Profile(slack_id, who, zone=ZONE_NAME)) for slack_id, who in members]
    for person in persons:
        role = Role.LEAD if person is persons[0] else Role.MEMBER
        teams.set_role(connection, Membership(team.id, person.id, role))
    objectives = [
        okrs.add_objective(connection, Objective(0, team.id, cycle.id, title, persons[0].id, kind, position))
        for position, (title, kind) in enumerate(
            [("Sell more tea", ObjectiveKind.COMMITTED), ("Sell it online", ObjectiveKind.ASPIRATIONAL)]
        )
    ]
    owners = [_owner(connection, objectives, person, number) for number, person in enumerate(persons)]
    return OwnersTeam(name, channel, tuple(owners))


def _owner(connection: Connection, objectives: Sequence[Objective], person: Person, number: int) -> Owner:
    """One key result of the first objective and one or two of the second: that is how they are numbered."""
    first, second = objectives
    places = [first, second, second][: 2 + number % 2]
    key_results = tuple(
        okrs.add_key_result(
            connection,
            KeyResult(
                0,
                objective.id,
                f"{person.name} KR{place}",
                person.id,
                Move(0, TARGET),
                position=3 * number + place,
            ),
        ).id
        for place, objective in enumerate(places, start=1)
    )
    return Owner(person.slack_id, person.name, key_results)
