"""The heartbeat's work on rounds: open, skip, digest, close. `okr.rounds` decides, storage remembers.

Each team's step is one transaction, in which everything that must be said is written, too; another
process that takes the same step at the same time finds it done.
"""

from collections.abc import Sequence
from datetime import date, datetime
from operator import itemgetter

import structlog

from bot.okr.days.zones import zone_of
from bot.okr.model import (
    RUNNING,
    CheckIn,
    KeyResult,
    Owed,
    OwedState,
    Person,
    Round,
    RoundState,
    Team,
    Update,
)
from bot.okr.rounds import PersonPlan, RoundPlan, Steps, counts_already, next_steps
from bot.services.asking import attendance, questions, standing_in
from bot.services.asking.planner import Planner
from bot.services.digest import digesting
from bot.services.sending import asks
from bot.storage import check_ins, okr_cycles, owing, people, rounds, teams, updates
from bot.storage.engine import Connection, Database

log = structlog.get_logger(__name__)


def step(database: Database, now: datetime) -> list[str]:
    """Takes every team's steps that are due at `now`; says what it did, a line each."""
    done: list[str] = []
    for team in _due(database, now):
        try:
            with database.transaction() as connection:
                said = _step(connection, team.id, now)
        except Exception:  # one team's trouble must not keep the others from their Friday
            log.exception("round step failed", team=team.id)
            continue
        for line in said:
            log.info("round step", team=team.id, did=line)
        done += said
    return done


def _due(database: Database, now: datetime) -> list[Team]:
    """Those with something to do. Nearly always it is none, so they are found without the write lock.

    Rounds open in the order of their hours, however late we are: somebody in two teams knows their key
    results by the same numbers every week.
    """
    due: list[tuple[datetime, Team]] = []
    with database.reading() as connection:
        cycles = okr_cycles.everything(connection)
        for team in teams.everything(connection):
            try:
                steps = _steps(connection, Planner(connection, team, cycles), now)
                if steps.any:
                    due.append((steps.opens.opens_at if steps.opens else now, team))
            except Exception:  # as below
                log.exception("round step failed", team=team.id)
    return [team for _, team in sorted(due, key=itemgetter(0))]


def _steps(connection: Connection, planner: Planner, now: datetime) -> Steps:
    return next_steps(planner.team, rounds.newest(connection, planner.team.id), planner.plan, now)


def _step(connection: Connection, team_id: int, now: datetime) -> list[str]:
    team = teams.by_id(connection, team_id)
    planner = Planner(connection, team, okr_cycles.everything(connection))
    steps = _steps(connection, planner, now)
    done = []
    for closing in steps.closes:
        if rounds.move(connection, closing.id, RoundState.CLOSED, of=RUNNING):
            owing.miss_waiting(connection, closing.id)
            asks.redraw_closed(connection, closing)
            asks.missed(connection, closing, attendance.to_tell(connection, closing), now)
            done.append(f"{team.name}: closed the round of {closing.date}")
    for on in steps.skipped:
        _skip(connection, planner, on)
        done.append(f"{team.name}: skipped the round of {on}")
    if steps.opens and _open(connection, planner, steps.opens, now):
        done.append(f"{team.name}: opened the round of {steps.opens.date}")
    done += [
        f"{team.name}: digest of {due.date} is due"
        for due in steps.digests
        if digesting.digest(connection, due, team, now, due_at=due.digest_at)
    ]
    return done


def _skip(connection: Connection, planner: Planner, on: date) -> None:
    plan = planner.plan(on)
    if plan is not None:
        rounds.add(
            connection,
            planner.team.id,
            on,
            RoundState.SKIPPED,
            opens_at=plan.opens_at,
            digest_at=plan.digest_at,
        )


def _open(connection: Connection, planner: Planner, plan: RoundPlan, now: datetime) -> bool:
    """Writes the round, what it asks of whom, and the prompts; False if another process was first."""
    opened = rounds.add(
        connection,
        planner.team.id,
        plan.date,
        RoundState.OPEN,
        opens_at=plan.opens_at,
        digest_at=plan.digest_at,
    )
    if opened is None:
        return False
    asked = planner.asked(plan.date)
    found = people.by_ids(connection, asked)
    plans = {one.person_id: one for one in plan.asked}
    passed_by: list[CheckIn] = []
    for person_id in [*plans, *plan.away]:
        # Whoever is away gets a check-in, too, but no prompt: they may come back, or answer all the same.
        hours = plans.get(person_id) or PersonPlan(person_id, plan.opens_at, plan.opens_at, plan.digest_at)
        check_in = check_ins.add(
            connection,
            CheckIn(0, person_id, plan.date, hours.prompt_at, hours.remind_at, hours.answer_by),
        )
        away = person_id not in plans or _gone_since(planner, found[person_id], hours, now)
        waiting = _owe(connection, opened, check_in, asked[person_id], away=away)
        if waiting:
            asks.prompt(connection, check_in, found[person_id])
            asks.redraw(connection, check_in)
        if away:
            passed_by.append(check_in)
    for check_in in passed_by:
        standing_in.step_in(connection, check_in)
    questions.ask(connection, opened)
    return True


def _gone_since(planner: Planner, person: Person, hours: PersonPlan, now: datetime) -> bool:
    """Away today, and the day before on which they could have been asked is over: they said so too late."""
    today = now.astimezone(zone_of(person, planner.team)).date()
    return hours.answer_by <= now and planner.is_absent(person.id, today)


def _owe(
    connection: Connection,
    round_: Round,
    check_in: CheckIn,
    key_results: Sequence[KeyResult],
    *,
    away: bool,
) -> bool:
    """Fixes what the round asks of one person; whether anything waits for an answer."""
    already = max((row.number for row in owing.in_check_in(connection, check_in.id)), default=0)
    known = updates.of_key_results(connection, [one.id for one in key_results])
    states = []
    for number, key_result in enumerate(key_results, start=already + 1):
        said_at = _said_shortly_before(known[key_result.id], check_in)
        state = OwedState.ANSWERED if said_at else OwedState.AWAY if away else OwedState.WAITING
        states.append(state)
        owing.add(
            connection,
            Owed(round_.id, key_result.id, check_in.person_id, check_in.id, number, state, said_at, said_at),
        )
    return OwedState.WAITING in states


def _said_shortly_before(history: Sequence[Update], check_in: CheckIn) -> datetime | None:
    """When somebody (not a file) updated the key result within the days that count for this check-in."""
    if not history or history[-1].by_id is None or history[-1].at is None:
        return None
    return history[-1].at if counts_already(history[-1].at, prompt_at=check_in.prompt_at) else None
