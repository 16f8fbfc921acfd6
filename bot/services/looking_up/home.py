"""What the Home tab shows: what I owe, my OKRs, my teams', the company's top level, my settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.okr.model import Person, Role, Round, RoundState, Team
from bot.okr.overviews import CompanyView, TeamLine
from bot.okr.rights import is_guest
from bot.okr.rounds import check_in_date
from bot.okr.views import OkrView
from bot.services.asking.planner import Planner
from bot.services.away import settings
from bot.services.away.settings import SettingsView
from bot.services.looking_up import company, lookups
from bot.services.people import shown_name, zone_for
from bot.storage import okr_cycles, people, rounds, teams
from bot.storage.engine import Connection, Database

WEEKS_AHEAD = 2
TO_ASK_MOST = 5


@dataclass(frozen=True, slots=True)
class TeamCard:
    """One of the reader's teams."""

    line: TeamLine
    role: Role
    started: bool
    digest_at: datetime | None
    """When its next digest comes, in the reader's zone; None: none is foreseen."""
    draft: str = ""
    """To a lead: the name of the cycle whose OKRs are being drafted."""


@dataclass(frozen=True, slots=True)
class HomeView:
    mine: OkrView
    guest: bool = False
    """They see their own only; so does somebody whom Slack has told us nothing of."""
    teams: tuple[TeamCard, ...] = ()
    company: CompanyView | None = None
    settings: SettingsView | None = None
    """None of somebody who is asked nothing."""
    to_ask: tuple[str, ...] = ()
    """To somebody without a team: leads, who could add them."""

    @property
    def new(self) -> bool:
        return not self.guest and not self.teams and not self.mine.objectives


class Homes:
    """Loads Homes as of a moment; what many of them show is loaded once."""

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self._now = now
        self._whole: CompanyView | None = None

    def of(self, slack_id: str) -> HomeView:
        mine = lookups.of_person(self._database, slack_id, slack_id, self._now)
        with self._database.reading() as connection:
            person = people.by_slack_id(connection, slack_id)
            asks = settings.load(self._database, slack_id) if mine.objectives else None
            if person is None or is_guest(person):
                return HomeView(mine, guest=True, settings=asks)
            zone = zone_for(connection, person)
            whole = self._company(connection)
            cards = self._teams(connection, person, zone, {one.team_id: one for one in whole.teams})
            if any(one.role is not Role.OBSERVER for one in cards):
                asks = settings.load(self._database, slack_id)
            to_ask = () if cards or mine.objectives else _leads(connection)
            return HomeView(mine, False, cards, whole, asks, to_ask)

    def _company(self, connection: Connection) -> CompanyView:
        if self._whole is None:
            self._whole = company.of_all(connection, self._now)
        return self._whole

    def _teams(
        self, connection: Connection, person: Person, zone: ZoneInfo, lines: Mapping[int, TeamLine]
    ) -> tuple[TeamCard, ...]:
        mine = [(team, role) for team, role in teams.teams_of(connection, person.id) if team.id in lines]
        drafts = self._drafts(connection, {team.id for team, role in mine if role is Role.LEAD})
        return tuple(
            TeamCard(
                lines[team.id],
                role,
                team.started_at is not None,
                _next_digest(connection, team, zone, self._now),
                drafts.get(team.id, ""),
            )
            for team, role in mine
        )

    def _drafts(self, connection: Connection, led: set[int]) -> dict[int, str]:
        """By team, the name of the cycle that is being drafted."""
        found = {}
        for one in okr_cycles.drafts_of(connection, led):
            cycle = okr_cycles.by_id(connection, one.cycle_id)
            if cycle is not None and cycle.ends >= self._now.date():
                found[one.team_id] = cycle.name
        return found


def _next_digest(connection: Connection, team: Team, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Of the round that is open or, without one, the first that is foreseen in this week and the next two."""
    if team.started_at is None:
        return None
    known = rounds.newest(connection, team.id)
    open_now = next((one.digest_at for one in known if one.state is RoundState.OPEN), None)
    due = open_now or _foreseen(connection, team, known, now)
    return due.astimezone(zone) if due else None


def _foreseen(connection: Connection, team: Team, known: list[Round], now: datetime) -> datetime | None:
    planner = Planner(connection, team, okr_cycles.everything(connection))
    had = {one.date.isocalendar()[:2] for one in known}
    for week in range(WEEKS_AHEAD + 1):
        on = check_in_date(team, (now + timedelta(weeks=week)).date())
        plan = planner.plan(on) if on.isocalendar()[:2] not in had else None
        if plan is not None and plan.digest_at > now:
            return plan.digest_at
    return None


def _leads(connection: Connection) -> tuple[str, ...]:
    ids = [lead for team in teams.everything(connection) for lead in teams.leads_of(connection, team.id)]
    known = people.by_ids(connection, ids)
    return tuple(shown_name(known[one]) for one in dict.fromkeys(ids) if known[one].active)[:TO_ASK_MOST]
