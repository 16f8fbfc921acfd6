"""Answering for somebody else: who may, and asking a delegate while the owner is away."""

from collections.abc import Iterable
from datetime import date

from bot.okr.model import CheckIn, KeyResult, Owed, OwedState, Person, RoundState
from bot.okr.rights import Operation, may
from bot.okr.rounds import covers
from bot.okr.views import AskedKeyResult
from bot.services import permissions
from bot.services.asking import asked as asked_service
from bot.services.okrs.handing_over import hours, move
from bot.services.people import shown_name
from bot.storage import absences, check_ins, okrs, owing, people, rounds, teams
from bot.storage.engine import Connection


def step_in(connection: Connection, check_in: CheckIn) -> None:
    """What passes the check-in's person by is asked of the delegates who are there themselves and whose own
    hour comes before the digest, in rounds whose digest is not due yet."""
    check_ins.hold_with_delegates(connection, check_in.person_id, on=check_in.date)
    owed = owing.in_check_in(connection, check_in.id)
    known = _key_results(connection, owed)
    undecided = {
        one.id: one for one in rounds.of_check_in(connection, check_in.id) if one.state is RoundState.OPEN
    }
    asking = teams.by_ids(connection, {one.team_id for one in undecided.values()})
    delegates = people.by_ids(connection, {one.delegate_id for one in known.values() if one.delegate_id})
    for row in owed:
        delegate_id = known[row.key_result_id].delegate_id
        if row.state is not OwedState.AWAY or row.round_id not in undecided or delegate_id is None:
            continue
        delegate, round_ = delegates[delegate_id], undecided[row.round_id]
        team = asking[round_.team_id]
        planned = hours(connection, team, round_, delegate) if delegate.active else None
        if planned and planned.prompt_at < round_.digest_at:
            move(connection, row, team, delegate)


def step_back(connection: Connection, person: Person, *, answering: date | None = None) -> None:
    """Somebody is back: what their delegates have answered is theirs to change, and what the delegates have
    not answered is asked of them again. It stays the delegates' where the digest has judged their silence,
    and where the owner could not be asked before the digest; not where the owner is `answering` that day's
    check-in right now."""
    if not owing.by_delegates(connection, person.id):
        return
    check_ins.hold_with_delegates(connection, person.id)
    owed = owing.by_delegates(connection, person.id)  # as it is now that nobody else changes it
    known = rounds.by_ids(connection, {row.round_id for row in owed})
    asking = teams.by_ids(connection, {one.team_id for one in known.values()})
    asked_again = {
        one.id
        for one in known.values()
        if one.date == answering
        or (one.state is RoundState.OPEN and hours(connection, asking[one.team_id], one, person))
    }
    for row in owed:
        if row.state is OwedState.ANSWERED or row.round_id in asked_again:
            move(connection, row, asking[known[row.round_id].team_id], person)


def has_stepped_in(connection: Connection, check_in: CheckIn) -> bool:
    """Whether all that a check-in asked is asked of delegates instead."""
    return not rounds.of_check_in(connection, check_in.id) and bool(
        answering_for(connection, check_in.person_id, check_in.date)
    )


def answering_for(connection: Connection, owner_id: int, on: date | None = None) -> tuple[str, ...]:
    """The names of the delegates who are asked, or have answered, in place of somebody: in one day's
    check-in, or in all that can still be answered."""
    found = dict.fromkeys(row.person_id for row in owing.by_delegates(connection, owner_id, on=on))
    known = people.by_ids(connection, found)
    return tuple(shown_name(known[one]) for one in found)


def is_entitled(connection: Connection, person: Person, check_in: CheckIn) -> bool:
    """Whether any of another's check-in is theirs to answer, be it still asked or not."""
    return bool(_theirs(connection, person, check_in))


def open_to(connection: Connection, person: Person, check_in: CheckIn) -> tuple[AskedKeyResult, ...]:
    """What somebody may answer of a check-in: all of their own; of another's, what the rights say."""
    asked = asked_service.load(connection, check_in)
    if person.id == check_in.person_id:
        return asked
    theirs = _theirs(connection, person, check_in)
    return tuple(one for one in asked if one.key_result_id in theirs)


def check_in_open_to(connection: Connection, person: Person, owner: Person) -> int | None:
    """The open check-in of `owner` in which `person` may answer something; None: there is none."""
    check_in = asked_service.longest_waiting(connection, owner.id)
    return check_in.id if check_in and open_to(connection, person, check_in) else None


def _key_results(connection: Connection, owed: Iterable[Owed]) -> dict[int, KeyResult]:
    return okrs.key_results_by_ids(connection, [row.key_result_id for row in owed])


def _theirs(connection: Connection, person: Person, check_in: CheckIn) -> frozenset[int]:
    """The key results of another's check-in that are somebody's to answer. Its person counts as away with
    what passes them by, and with all of it where they are away on its day."""
    if not person.active:
        return frozenset()
    owed = owing.in_check_in(connection, check_in.id)
    known = _key_results(connection, owed)
    objectives = okrs.objectives_by_ids(connection, {one.objective_id for one in known.values()})
    absent = any(covers(one, check_in.date) for one in absences.of_people(connection, [check_in.person_id]))
    parts, theirs = permissions.parts_of(connection, person), set()
    for row in owed:
        key_result = known[row.key_result_id]
        away = absent or row.state is OwedState.AWAY
        objective = objectives[key_result.objective_id]
        theirs_of_it = parts.in_key_result(key_result, objective, away=away)
        if may(Operation.CHECK_IN, theirs_of_it, private=objective.private):
            theirs.add(row.key_result_id)
    return frozenset(theirs)
