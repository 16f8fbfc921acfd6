"""Handing a key result over: what its round still asks of the old owner is asked of the new one."""

from bot.okr.model import RUNNING, CheckIn, KeyResult, Owed, OwedState, Person, Round, Team
from bot.okr.rounds import PersonPlan, plan_round
from bot.services.away import public_holidays
from bot.services.sending import asks
from bot.storage import absences, check_ins, okrs, owing, people, rounds, teams
from bot.storage.engine import Connection


def hand_over(connection: Connection, key_result: KeyResult) -> None:
    """Moves the unanswered row of each running round into the check-in of `key_result`'s present owner."""
    objective = okrs.objectives_by_ids(connection, [key_result.objective_id])[key_result.objective_id]
    team = teams.by_id(connection, objective.team_id)
    owner = people.by_ids(connection, [key_result.owner_id])[key_result.owner_id]
    for row in reversed(
        owing.for_key_results(connection, [key_result.id], states=RUNNING)
    ):  # the earliest check-in is held first
        if row.state in (OwedState.WAITING, OwedState.AWAY) and row.person_id != owner.id:
            move(connection, row, team, owner)


def move(connection: Connection, row: Owed, team: Team, owner: Person) -> None:
    """What was asked by that row is asked of `owner` (or a delegate) from now on, and what was answered is
    theirs to change; nothing where the row has changed since it was read."""
    round_ = rounds.by_id(connection, row.round_id)
    check_ins.hold(connection, row.check_in_id)
    if row not in owing.in_check_in(connection, row.check_in_id):
        return
    when = hours(connection, team, round_, owner)
    planned = when or PersonPlan(owner.id, round_.opens_at, round_.opens_at, round_.digest_at)
    check_in = check_ins.add(
        connection,
        CheckIn(0, owner.id, round_.date, planned.prompt_at, planned.remind_at, planned.answer_by),
    )
    numbers = [one.number for one in owing.in_check_in(connection, check_in.id)]
    state = OwedState.WAITING if when else OwedState.AWAY
    if row.state is OwedState.ANSWERED:
        state = row.state
    owing.hand_over(connection, row, check_in, number=max(numbers, default=0) + 1, state=state)
    before = check_ins.find(connection, row.check_in_id)
    if before is not None:
        asks.redraw(connection, before)
    if state is OwedState.WAITING:
        asks.prompt(connection, check_in, owner)
    if state is not OwedState.AWAY:
        asks.redraw(connection, check_in)


def hours(connection: Connection, team: Team, round_: Round, owner: Person) -> PersonPlan | None:
    """When the new owner is asked; None while they are away or pause, and on a public holiday of theirs."""
    known = [*absences.of_people(connection, [owner.id]), *public_holidays.before(round_.date, [owner])]
    return next(iter(plan_round(team, round_.date, [owner], known).asked), None)
