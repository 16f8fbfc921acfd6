"""When a person is asked next."""

from datetime import date, datetime, timedelta

from bot.okr.model import Cycle, Objective, Person
from bot.okr.rounds import check_in_date, plan_round
from bot.services.away import public_holidays
from bot.storage import absences, okr_cycles, okrs, rounds, teams
from bot.storage.engine import Connection

WEEKS_AHEAD = 2


def next_prompt(connection: Connection, person: Person, now: datetime) -> datetime | None:
    """The earliest prompt after `now` foreseen in this week and the next two; None if there is none."""
    cycles = _cycles_ahead(connection, now.date())
    owning = _owning(connection, person, cycles)
    if not owning:
        return None
    away = absences.of_people(connection, [person.id])
    found = []
    for team in teams.everything(connection):
        if team.id not in owning or team.started_at is None:
            continue
        asked_already = {one.date.isocalendar()[:2] for one in rounds.newest(connection, team.id)}
        for week in range(WEEKS_AHEAD + 1):
            on = check_in_date(team, (now + timedelta(weeks=week)).date())
            runs = any(
                cycles[one.cycle_id].starts <= on <= cycles[one.cycle_id].ends for one in owning[team.id]
            )
            if runs and on.isocalendar()[:2] not in asked_already:
                days_off = [*away, *public_holidays.before(on, [person])]
                found += [plan.prompt_at for plan in plan_round(team, on, [person], days_off).asked]
    return min((moment for moment in found if moment > now), default=None)


def _cycles_ahead(connection: Connection, today: date) -> dict[int, Cycle]:
    """Those that a check-in day of the weeks looked at can fall in."""
    first, last = today - timedelta(weeks=1), today + timedelta(weeks=WEEKS_AHEAD + 1)
    return {
        one.id: one for one in okr_cycles.everything(connection) if one.starts <= last and first <= one.ends
    }


def _owning(connection: Connection, person: Person, cycles: dict[int, Cycle]) -> dict[int, list[Objective]]:
    """The objectives in which the person owns a key result, by team."""
    owning: dict[int, list[Objective]] = {}
    for objective in okrs.of_owner(connection, person.id, cycles) if cycles else ():
        if any(one.owner_id == person.id for one in objective.key_results):
            owning.setdefault(objective.team_id, []).append(objective)
    return owning
