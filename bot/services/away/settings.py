"""A person's own week: on which days they work, when they want to be asked, and whose holidays they have."""

from dataclasses import dataclass, replace
from datetime import time

from bot.okr.days.attendance import Attendance
from bot.okr.model import MONDAY_TO_FRIDAY, CheckInTimes, Person
from bot.okr.rounds import latest_prompt
from bot.services.asking import attendance
from bot.services.away import public_holidays
from bot.services.away.public_holidays import UnknownRegion
from bot.storage import people, teams
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class Week:
    working_days: frozenset[int] = MONDAY_TO_FRIDAY
    own_prompt: time | None = None
    muted: bool = False
    region: str = ""
    """As typed, or as it is kept; empty: none."""
    home_team: int | None = None
    """The id of the team that they chose to come first."""


@dataclass(frozen=True, slots=True)
class SettingsView:
    week: Week
    team_prompt: time
    """When they are asked without an hour of their own."""
    latest: time
    """The latest hour that they may choose."""
    attendance: Attendance
    """Nobody else sees it."""
    teams: tuple[tuple[int, str], ...] = ()
    """Ids and names of those that they belong to, the first joined first."""


class NotPossible(Exception):  # noqa: N818 - it says what is so
    """What cannot be saved, each with what is wrong, and nothing is."""

    def __init__(
        self, *, no_days: bool, too_late: time | None, region: tuple[str, UnknownRegion] | None
    ) -> None:
        super().__init__()
        self.no_days = no_days
        self.too_late = too_late
        """The latest hour, where theirs is later."""
        self.region = region
        """What they typed, and what is known of it."""


def load(database: Database, slack_id: str) -> SettingsView:
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        return _view(connection, person)


def save(database: Database, slack_id: str, week: Week) -> None:
    """Raises NotPossible."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        latest = _view(connection, person).latest
        region, unknown = None, None
        try:
            region = public_holidays.region(week.region) if week.region else None
        except UnknownRegion as problem:
            unknown = (week.region, problem)
        too_late = latest if week.own_prompt and week.own_prompt > latest else None
        if unknown or too_late or not week.working_days:
            raise NotPossible(no_days=not week.working_days, too_late=too_late, region=unknown)
        people.save_week(
            connection,
            replace(
                person,
                working_days=week.working_days,
                own_prompt=week.own_prompt,
                muted=week.muted,
                region=region,
            ),
        )
        mine = {team.id for team, _ in teams.teams_of(connection, person.id)}
        people.choose_home(connection, person.id, week.home_team if week.home_team in mine else None)


def _week(person: Person | None) -> Week:
    if person is None:
        return Week()
    return Week(
        person.working_days, person.own_prompt, person.muted, person.region or "", person.home_team_id
    )


def _view(connection: Connection, person: Person | None) -> SettingsView:
    mine = teams.teams_of(connection, person.id) if person else []
    known = attendance.of_person(connection, person) if person else Attendance()
    hours = [team.check_in for team, _ in mine] or [CheckInTimes()]
    return SettingsView(
        _week(person),
        hours[0].prompt,
        min(latest_prompt(one) for one in hours),
        known,
        tuple((team.id, team.name) for team, _ in mine),
    )
