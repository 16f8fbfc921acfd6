"""What a person is asked in a check-in, as they know it: numbered, with the last known figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.okr import unmoved
from bot.okr.blockers import not_told, still_in_the_way
from bot.okr.defaults import NEW_CONFIDENCE
from bot.okr.measures import begins_at
from bot.okr.measuring import next_measuring, value_is_due
from bot.okr.model import (
    RUNNING,
    Blocker,
    CheckIn,
    Commitment,
    KeyResult,
    Objective,
    Owed,
    OwedState,
    Person,
    Update,
)
from bot.okr.views import AskedKeyResult
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import (
    check_ins,
    clearings,
    commitments,
    deliveries,
    okr_cycles,
    okrs,
    owing,
    people,
    rounds,
    updates,
)
from bot.storage.engine import Connection


def is_open(connection: Connection, check_in: CheckIn) -> bool:
    """Whether it can still be answered: until the next round of every one of its teams has opened."""
    states = {one.state for one in rounds.of_check_in(connection, check_in.id)}
    return not states.isdisjoint(RUNNING)


def in_words(connection: Connection, person_id: int) -> CheckIn | None:
    """The check-in that a person's plain words answer: of those open, the one whose prompt was sent last,
    else the earliest. The newest date will not do: its prompt may not have been sent yet."""
    answerable = _answerable(connection, person_id)
    prompted = [(sent, one) for one in answerable if (sent := prompted_at(connection, one))]
    if prompted:
        return max(prompted, key=lambda found: (found[0], found[1].date))[1]
    return next(iter(answerable), None)


def longest_waiting(connection: Connection, person_id: int) -> CheckIn | None:
    """The check-in to remind a person of: of those prompted and not answered in full the earliest; else the
    one that their words answer."""
    for check_in in _answerable(connection, person_id):
        if prompted_at(connection, check_in) and waiting(load(connection, check_in)):
            return check_in
    return in_words(connection, person_id)


def prompted_at(connection: Connection, check_in: CheckIn) -> datetime | None:
    """When its prompt was sent; None: not (yet)."""
    return deliveries.sent_at(connection, asks.prompt_key(check_in.person_id, check_in.date))


def _answerable(connection: Connection, person_id: int) -> list[CheckIn]:
    return [one for one in check_ins.open_of(connection, person_id) if load(connection, one)]


def hold_asking(connection: Connection, key_result_id: int) -> list[CheckIn]:
    """The check-ins of running rounds that ask for a key result, held (check_ins.hold), the earliest
    first."""
    newest_first = owing.for_key_results(connection, [key_result_id], states=RUNNING)
    owed = newest_first[::-1]
    for row in owed:
        check_ins.hold(connection, row.check_in_id)
    held = (check_ins.find(connection, row.check_in_id) for row in owed)
    return [one for one in held if one is not None]


def load(connection: Connection, check_in: CheckIn) -> tuple[AskedKeyResult, ...]:
    """All of it, answered or not, as of its date: a closed check-in does not show what was said in the next
    one. What was dropped or handed over meanwhile is not asked any more."""
    owed = owing.in_check_in(connection, check_in.id)
    known = okrs.key_results_by_ids(connection, [row.key_result_id for row in owed])
    history = updates.of_key_results(connection, known, until=check_in.date)
    later = _next_values(connection, known.values(), history, check_in.date)
    said = clearings.of_key_results(connection, known)
    sure = commitments.of_key_results(connection, known)
    latest = {one: updates_of_one[-1] for one, updates_of_one in history.items() if updates_of_one}
    blockers = {one: still_in_the_way(latest.get(one), said[one], check_in.date) for one in known}
    # Whether whoever is to clear the way may see it, which depends on all of its objective.
    named = {one for one, blocker in blockers.items() if blocker and blocker.owner_id is not None}
    homes = okrs.whole(connection, {known[one].objective_id for one in named}) if named else {}
    persons = people.by_ids(
        connection,
        {
            *(one.owner_id for one in blockers.values() if one and one.owner_id is not None),
            *(one.by_id for one in latest.values() if one.by_id is not None),
            *(one.owner_id for one in known.values()),
        },
    )
    return tuple(
        _with_people(
            _asked(
                check_in,
                row,
                known[row.key_result_id],
                history[row.key_result_id],
                next_value=later.get(row.key_result_id),
                began_with=_began_with(known[row.key_result_id], sure.get(row.key_result_id)),
            ),
            blockers[row.key_result_id],
            _others(check_in, known[row.key_result_id], latest.get(row.key_result_id)),
            (known[row.key_result_id].owner_id, homes.get(known[row.key_result_id].objective_id)),
            persons,
        )
        for row in owed
        if _is_asked(known[row.key_result_id], check_in)
    )


def _next_values(
    connection: Connection,
    key_results: Iterable[KeyResult],
    history: Mapping[int, Sequence[Update]],
    on: date,
) -> dict[int, date]:
    """Of those whose value is not asked for on that day: when it is."""
    seldom = [one for one in key_results if one.every > 1]
    if not seldom:
        return {}
    objectives = okrs.objectives_by_ids(connection, {one.objective_id for one in seldom})
    cycles = {one.id: one for one in okr_cycles.everything(connection)}
    found = {}
    for one in seldom:
        cycle = cycles[objectives[one.objective_id].cycle_id]
        if not value_is_due(one, cycle, history[one.id], on):
            found[one.id] = next_measuring(one, cycle, on)
    return found


def _is_asked(key_result: KeyResult, check_in: CheckIn) -> bool:
    """Of its owner, or of a delegate in whose check-in it stands."""
    return not key_result.dropped and check_in.person_id in {key_result.owner_id, key_result.delegate_id}


def waiting(asked: Sequence[AskedKeyResult]) -> tuple[AskedKeyResult, ...]:
    return tuple(one for one in asked if not one.answered and not one.away)


def _asked(
    check_in: CheckIn,
    row: Owed,
    key_result: KeyResult,
    history: Sequence[Update],
    *,
    next_value: date | None,
    began_with: int,
) -> AskedKeyResult:
    latest = history[-1] if history else None
    earlier = [one for one in history if one.date < check_in.date]
    before = earlier[-1] if earlier else None
    said_now = latest is not None and latest.date == check_in.date
    return AskedKeyResult(
        key_result_id=key_result.id,
        number=row.number,
        title=key_result.title,
        unit=key_result.unit,
        measure=key_result.measure,
        value=latest.value if latest else begins_at(key_result.measure),
        confidence=latest.confidence if latest else began_with,
        answered=row.state is OwedState.ANSWERED,
        away=row.state is OwedState.AWAY,
        value_before=before.value if before else None,
        confidence_before=before.confidence if before else None,
        drove=latest.drove if latest and said_now else "",
        steps_done=latest.steps_done if latest else frozenset(),
        next_value=next_value,
        asks_what_moves_it=said_now
        and next_value is None
        and unmoved.asks(
            unmoved.check_ins(history, key_result.measure, began_with), latest.drove if latest else ""
        ),
    )


def _began_with(key_result: KeyResult, commitment: Commitment | None) -> int:
    """The confidence with which its owner committed to it."""
    mine = commitment is not None and commitment.person_id == key_result.owner_id
    return commitment.confidence if commitment and mine else NEW_CONFIDENCE


def _others(check_in: CheckIn, key_result: KeyResult, latest: Update | None) -> tuple[int | None, int | None]:
    """Whose it is, and who has answered it in this check-in, where that is not the check-in's person."""
    said_now = latest is not None and latest.date == check_in.date
    owner_id = key_result.owner_id
    by_id = latest.by_id if latest and said_now else None
    return (
        None if owner_id == check_in.person_id else owner_id,
        None if by_id == check_in.person_id else by_id,
    )


def _with_people(
    asked: AskedKeyResult,
    blocker: Blocker | None,
    others: tuple[int | None, int | None],
    whose: tuple[int, Objective | None],
    persons: Mapping[int, Person],
) -> AskedKeyResult:
    """With the names of those whom it concerns beside the check-in's person; `whose` it is, and the whole of
    its objective."""
    clears = persons[blocker.owner_id] if blocker and blocker.owner_id is not None else None
    owner, by = (shown_name(persons[one]) if one is not None else None for one in others)
    return replace(
        asked,
        blocker=blocker,
        blocker_slack_id=clears.slack_id if clears else None,
        blocker_whose=shown_name(clears) if clears else "",
        blocker_not_told=not_told(clears, *whose),
        for_whom=owner,
        answered_by=by,
    )
