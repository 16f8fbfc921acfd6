"""Key results whose owners are gone: their team's leads are told, once, and hand them over."""

from dataclasses import dataclass
from datetime import datetime

from bot.okr.days.zones import team_zone
from bot.okr.model import LARGEST_ID, KeyResult, Objective, Person, Team
from bot.okr.rights import Operation, may_see
from bot.services import permissions
from bot.services.drafting import draft_asks
from bot.services.okrs import arranging
from bot.services.okrs.okr_sets import asks_for_reason
from bot.services.people import shown_name
from bot.services.teams import team_asks
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database


@dataclass(frozen=True, slots=True)
class Vacancy:
    key_result_id: int
    title: str
    owner: str
    owner_id: int
    left: bool
    """They have left the team; otherwise they have no active account any more."""


@dataclass(frozen=True, slots=True)
class VacanciesView:
    team: str
    vacancies: tuple[Vacancy, ...]


@dataclass(frozen=True, slots=True)
class HandOverView:
    """What the form for one of them shows."""

    vacancy: Vacancy
    takes_reason: bool


class AlreadyHandedOver(Exception):  # noqa: N818 - it says what is so
    """It has an active owner, by that name; empty: it is not there any more."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


class CannotOwn(Exception):  # noqa: N818 - it says what is so
    """That person has no active account here; empty: nobody was chosen."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoReason(Exception):  # noqa: N818 - it says what is so
    """Changing a cycle that has started takes one."""


def of_team(connection: Connection, team: Team, now: datetime) -> list[tuple[Vacancy, Objective]]:
    """In cycles that are not over, drafts too, each with its objective."""
    today = now.astimezone(team_zone(team)).date()
    cycles = [one.id for one in okr_cycles.everything(connection) if one.ends >= today]
    objectives = okrs.of_team(connection, team.id, cycles, drafts=True)
    owners = people.by_ids(connection, {one.owner_id for each in objectives for one in each.key_results})
    gone = teams.gone_from(connection, team.id)
    return [
        (_vacancy(one, owners[one.owner_id]), objective)
        for objective in objectives
        for one in objective.key_results
        if not owners[one.owner_id].active or one.owner_id in gone
    ]


def tell(connection: Connection, team: Team, now: datetime) -> None:
    """Each lead hears of each vacancy once: in one message a week, which is brought up to date."""
    found = of_team(connection, team, now)
    leads = people.by_ids(connection, teams.leads_of(connection, team.id)).values()
    for lead in leads:
        theirs = [(one.key_result_id, one.owner_id) for one, about in found if may_see(lead, about)]
        if lead.active:
            team_asks.vacant(connection, team, lead, theirs, now)


def load(database: Database, team_id: int, slack_id: str, now: datetime) -> VacanciesView:
    with database.reading() as connection:
        return _view(connection, teams.by_id(connection, team_id), slack_id, now)


def is_any(connection: Connection, team_id: int, slack_id: str, now: datetime) -> bool:
    return bool(_view(connection, teams.by_id(connection, team_id), slack_id, now).vacancies)


def open_form(database: Database, slack_id: str, key_result_id: int, now: datetime) -> HandOverView:
    """Raises NotAllowed, AlreadyHandedOver."""
    with database.reading() as connection:
        key_result, objective, _ = _vacant(connection, slack_id, key_result_id)
        owner = people.by_ids(connection, [key_result.owner_id])[key_result.owner_id]
        return HandOverView(_vacancy(key_result, owner), _takes_reason(connection, objective, now))


def hand_over(
    database: Database,
    slack_id: str,
    key_result_id: int,
    *,
    to: str | None,
    reason: str,
    now: datetime,
) -> str:
    """Gives it another owner, who is asked what is still unanswered; says who that is. Raises NotAllowed,
    AlreadyHandedOver, CannotOwn, NoReason and, where its cycle is over by now, CannotWrite."""
    with database.transaction() as connection:
        teams.hold(connection, _vacant(connection, slack_id, key_result_id)[1].team_id)
        key_result, objective, by = _vacant(connection, slack_id, key_result_id)
        if to is None:
            raise CannotOwn("")
        owner = people.ensure(connection, to)
        if not owner.active:
            raise CannotOwn(shown_name(owner))
        if _takes_reason(connection, objective, now) and not reason:
            raise NoReason
        delegate = people.by_ids(connection, {key_result.delegate_id or 0} - {owner.id}).get(
            key_result.delegate_id or 0
        )
        arranging.hand_over_key_result(
            connection,
            by,
            key_result_id,
            owner.slack_id,
            delegate.slack_id if delegate else None,
            reason=reason,
            now=now,
        )
        draft_asks.written(connection, objective.id, now, owners={owner.id} - {by.id})
        return shown_name(owner)


def _vacant(connection: Connection, slack_id: str, key_result_id: int) -> tuple[KeyResult, Objective, Person]:
    """What nobody owns any more, for somebody who may hand it over; raises NotAllowed, AlreadyHandedOver."""
    by = people.by_slack_id(connection, slack_id)
    wanted = [key_result_id] if 0 < key_result_id <= LARGEST_ID else []
    key_result = okrs.key_results_by_ids(connection, wanted).get(key_result_id)
    if by is None or key_result is None:
        raise permissions.NotAllowed(Operation.CHANGE_KEY_RESULT)
    objective = okrs.objectives_by_ids(connection, [key_result.objective_id])[key_result.objective_id]
    permissions.require_in_key_result(connection, by, Operation.CHANGE_KEY_RESULT, key_result, objective)
    owner = people.by_ids(connection, [key_result.owner_id])[key_result.owner_id]
    if key_result.dropped:
        raise AlreadyHandedOver("")
    if owner.active and owner.id not in teams.gone_from(connection, objective.team_id):
        raise AlreadyHandedOver(shown_name(owner))
    return key_result, objective, by


def _takes_reason(connection: Connection, objective: Objective, now: datetime) -> bool:
    cycle = okr_cycles.by_id(connection, objective.cycle_id)
    team = teams.by_id(connection, objective.team_id)
    today = now.astimezone(team_zone(team)).date()
    return cycle is not None and asks_for_reason(connection, team.id, cycle, today)


def _view(connection: Connection, team: Team, slack_id: str, now: datetime) -> VacanciesView:
    reader = people.by_slack_id(connection, slack_id)
    found = of_team(connection, team, now)
    return VacanciesView(team.name, tuple(one for one, about in found if may_see(reader, about)))


def _vacancy(key_result: KeyResult, owner: Person) -> Vacancy:
    return Vacancy(key_result.id, key_result.title, shown_name(owner), owner.id, left=owner.active)
