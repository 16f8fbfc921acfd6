"""When a person is asked next."""

from datetime import date, datetime, timedelta

from bot.okr.model import Person, Team
from bot.okr.rounds import check_in_date, plan_round
from bot.storage import absences, okrs, rounds, teams
from bot.storage.engine import Connection

WEEKS_AHEAD = 2


def next_prompt(connection: Connection, person: Person, now: datetime) -> datetime | None:
    """The earliest prompt after `now` foreseen in this week and the next two; None if there is none."""
    away = absences.of_people(connection, [person.id])
    found = []
    for team in teams.everything(connection):
        asked_already = {one.date.isocalendar()[:2] for one in rounds.newest(connection, team.id)}
        for week in range(WEEKS_AHEAD + 1):
            on = check_in_date(team, (now + timedelta(weeks=week)).date())
            if on.isocalendar()[:2] in asked_already or not _owes(connection, team, person, on):
                continue
            found += [plan.prompt_at for plan in plan_round(team, on, [person], away).asked]
    return min((moment for moment in found if moment > now), default=None)


def _owes(connection: Connection, team: Team, person: Person, on: date) -> bool:
    if team.started_at is None:
        return False
    objectives = okrs.of_team(connection, team.id, okrs.running_cycles(connection, on))
    return any(one.owner_id == person.id for objective in objectives for one in objective.key_results)
