"""Answering for somebody else: who may, and asking a delegate while the owner is away."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from bot.okr.model import CheckIn, KeyResult, Owed, OwedState, Person, RoundState
from bot.okr.rights import may_check_in
from bot.okr.rounds import covers
from bot.okr.views import AskedKeyResult
from bot.services import asked as asked_service
from bot.services.handing_over import hand_over, hours, move
from bot.storage import absences, okrs, people, rounds, teams
from bot.storage.engine import Connection


def step_in(connection: Connection, check_in: CheckIn) -> None:
    """What passes the check-in's person by is asked of the delegates who are there themselves, in rounds
    whose digest is not due yet."""
    owed = rounds.owed_in_check_in(connection, check_in.id)
    known = _key_results(connection, owed)
    undecided = {
        one.id: one for one in rounds.of_check_in(connection, check_in.id) if one.state is RoundState.OPEN
    }
    for row in owed:
        delegate_id = known[row.key_result_id].delegate_id
        if row.state is not OwedState.AWAY or row.round_id not in undecided or delegate_id is None:
            continue
        delegate = people.by_ids(connection, [delegate_id])[delegate_id]
        round_ = undecided[row.round_id]
        team = teams.by_id(connection, round_.team_id)
        if delegate.active and hours(connection, team, round_, delegate):
            move(connection, row, team, delegate)


def step_back(connection: Connection, person: Person, on: date) -> None:
    """Somebody is back: what their delegates have not answered is asked of them again."""
    cycles = okrs.running_cycles(connection, on)
    for objective in okrs.of_owner(connection, person.id, cycles):
        for key_result in objective.key_results:
            if key_result.owner_id == person.id and key_result.delegate_id is not None:
                hand_over(connection, key_result)


def is_entitled(connection: Connection, person: Person, check_in: CheckIn) -> bool:
    """Whether any of another's check-in is theirs to answer, be it still asked or not."""
    return person.active and any(
        person.id in leads or (owner_away and person.id == key_result.delegate_id)
        for key_result, leads, owner_away in _who_may(connection, check_in)
    )


def open_to(connection: Connection, person: Person, check_in: CheckIn) -> tuple[AskedKeyResult, ...]:
    """What somebody may answer of a check-in: all of their own; of another's, what the rights say."""
    asked = asked_service.load(connection, check_in)
    if person.id == check_in.person_id:
        return asked
    if not person.active:
        return ()
    theirs = {
        key_result.id
        for key_result, leads, owner_away in _who_may(connection, check_in)
        if may_check_in(
            person.id,
            owner_id=key_result.owner_id,
            delegate_id=key_result.delegate_id,
            leads=leads,
            owner_away=owner_away,
        )
    }
    return tuple(one for one in asked if one.key_result_id in theirs)


def check_in_open_to(connection: Connection, person: Person, owner: Person) -> int | None:
    """The open check-in of `owner` in which `person` may answer something; None: there is none."""
    check_in = asked_service.longest_waiting(connection, owner.id)
    return check_in.id if check_in and open_to(connection, person, check_in) else None


def _key_results(connection: Connection, owed: Iterable[Owed]) -> dict[int, KeyResult]:
    return okrs.key_results_by_ids(connection, [row.key_result_id for row in owed])


def _who_may(connection: Connection, check_in: CheckIn) -> Iterator[tuple[KeyResult, Collection[int], bool]]:
    """What the rights go by: each key result, the leads of the team that asks for it, and whether the
    check-in's person is passed by with it, or away on its day."""
    owed = rounds.owed_in_check_in(connection, check_in.id)
    known = _key_results(connection, owed)
    leads = {
        one.id: teams.leads_of(connection, one.team_id) for one in rounds.of_check_in(connection, check_in.id)
    }
    absent = any(covers(one, check_in.date) for one in absences.of_people(connection, [check_in.person_id]))
    for row in owed:
        yield known[row.key_result_id], leads[row.round_id], absent or row.state is OwedState.AWAY
