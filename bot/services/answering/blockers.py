"""Blockers travel: whoever is to clear one finds it in their prompt and in Home, and its owner hears of it.

Nobody gets more than two messages a round for it that they did not ask for (docs/method.md, "Blockers").
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from bot.okr.blockers import not_told, said_of, waits_for
from bot.okr.days.later import is_reminded
from bot.okr.model import (
    LARGEST_ID,
    Clearing,
    ClearingOutcome,
    KeyResult,
    OwedState,
    Person,
    Round,
    Update,
)
from bot.okr.rights import is_guest, may_see
from bot.okr.views import AskedKeyResult, Cleared, ClearedView, RequestsView, ToClear
from bot.services.alignment import dependencies
from bot.services.asking import asked as asked_service
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import (
    check_ins,
    clearings,
    deliveries,
    okr_cycles,
    okrs,
    owing,
    people,
    updates,
)
from bot.storage.engine import Connection, Database


class NotToClear(StrEnum):
    """Why somebody cannot say that a blocker is cleared, or not theirs."""

    NOT_YOURS = "not yours"
    """Nobody waits for them there (any more): it was answered, dropped, or somebody else is named."""
    SAID_BEFORE = "said before"


class CannotClear(Exception):  # noqa: N818 - it says what is so
    def __init__(self, why: NotToClear) -> None:
        super().__init__(why)
        self.why = why


def say(
    database: Database, slack_id: str, key_result_id: int, outcome: ClearingOutcome, now: datetime
) -> Cleared:
    """Takes what the person named says of the blocker that a key result has now; raises CannotClear."""
    with database.transaction() as connection:
        person = people.by_slack_id(connection, slack_id)
        key_result = _key_result(connection, key_result_id)
        if person is None or key_result is None or not _sees(connection, person, key_result):
            raise CannotClear(NotToClear.NOT_YOURS)
        held = asked_service.hold_asking(connection, key_result.id)
        update = _latest(connection, key_result.id)
        clearing = _clearing(update, person, outcome, now)
        if not clearings.record(connection, clearing, since=update.blocked_since if update else None):
            raise CannotClear(NotToClear.SAID_BEFORE)
        for check_in in held:
            asks.redraw(connection, check_in)
        asks.redraw_requests(connection, person, {clearing.date, now.date()})
        # While the owner is away it is their delegate who named somebody.
        asked = [one.person_id for one in held if one.date == clearing.date] or [key_result.owner_id]
        persons = people.by_ids(connection, [key_result.owner_id, *asked])
        owner = persons[key_result.owner_id]
        asks.cleared(connection, persons[asked[0]], clearing.date, now)
        return Cleared(key_result.title, shown_name(owner), outcome)


def naming(
    database: Database, asked: Sequence[AskedKeyResult], named: Mapping[int, str | None]
) -> tuple[AskedKeyResult, ...]:
    """As if these people (Slack ids), by key result, were to clear the way: whether they would hear of it.
    What is asked of key results without anybody named stays as it is."""
    with database.reading() as connection:
        persons = people.by_slack_ids(connection, {one for one in named.values() if one})
        known = okrs.key_results_by_ids(connection, named)
        homes = okrs.whole(connection, {one.objective_id for one in known.values()})
    return tuple(
        replace(
            one,
            blocker_whose=shown_name(who) if (who := persons.get(named[one.key_result_id] or "")) else "",
            blocker_not_told=not_told(
                who, known[one.key_result_id].owner_id, homes.get(known[one.key_result_id].objective_id)
            ),
        )
        if one.key_result_id in named
        else one
        for one in asked
    )


def to_clear(connection: Connection, person: Person, on: date) -> tuple[ToClear, ...]:
    """What waits for somebody on that day, in running cycles. Guests see only what is theirs, and nobody what
    is private to others."""
    if is_guest(person):
        return ()
    named = updates.naming(connection, person.id)
    running = {
        one: kr
        for one, kr in _running(connection, named, on).items()
        if not kr.dropped and _sees(connection, person, kr)
    }
    waiting = {
        one: update for one, named_by, update in _waiting(connection, running) if named_by == person.id
    }
    owners = people.by_ids(connection, [running[one].owner_id for one in waiting])
    return tuple(
        _to_clear(running[one], update, owners[running[one].owner_id]) for one, update in waiting.items()
    )


def cleared(connection: Connection, key_results: Sequence[int]) -> tuple[Cleared, ...]:
    """What was said of the blockers that these key results have now."""
    history = updates.of_key_results(connection, key_results)
    said = clearings.of_key_results(connection, key_results)
    found = [
        clearing for one in key_results if history[one] and (clearing := said_of(history[one][-1], said[one]))
    ]
    titles = okrs.key_results_by_ids(connection, key_results)
    names = people.by_ids(connection, [one.person_id for one in found])
    return tuple(
        Cleared(titles[one.key_result_id].title, shown_name(names[one.person_id]), one.outcome)
        for one in found
        if one.person_id != titles[one.key_result_id].owner_id
    )


def load_requests(database: Database, person_id: int, now: datetime) -> RequestsView:
    with database.reading() as connection:
        person = people.by_ids(connection, [person_id])[person_id]
        return RequestsView(to_clear(connection, person, now.date()), dependencies.needed(connection, person))


def load_cleared(database: Database, person_id: int, on: date) -> ClearedView:
    with database.reading() as connection:
        check_in = check_ins.of_person(connection, person_id, on)
        if check_in is None:
            return ClearedView((), None)
        asked = asked_service.load(connection, check_in)
        is_open = asked_service.is_open(connection, check_in)
        said = cleared(connection, [one.key_result_id for one in asked])
        person = people.by_ids(connection, [person_id])[person_id]
        needs = dependencies.answered(connection, person, check_in)
        return ClearedView(said, check_in.id if is_open else None, needs)


def ask_those_without_prompt(connection: Connection, due: Round) -> None:
    """A round's digest names who is to clear what: those who had no prompt to find it in are told."""
    owed = owing.in_round(connection, due.id)
    owned = okrs.key_results_by_ids(connection, [row.key_result_id for row in owed])
    asked = {one.id: one for one in owned.values() if not one.dropped}
    waiting = [(person, asked[one]) for one, person, _ in _waiting(connection, asked)]
    known = people.by_ids(connection, {person for person, _ in waiting})
    told = {person for person, one in waiting if _sees(connection, known[person], one)}
    for person in (known[one] for one in sorted(told)):
        if not person.guest and not _has_prompt(connection, person):
            asks.requests(connection, person, due.date, due.digest_at)


def is_news(connection: Connection, person_id: int, on: date) -> bool:
    """Whether an owner may be told now what became of their blockers: it is one message beside the prompt,
    and not where a reminder was that, or may still have to be. Their prompt shows it in any case."""
    check_in = check_ins.of_person(connection, person_id, on)
    person = people.by_ids(connection, [person_id])[person_id]
    if check_in is None or not person.active:
        return False
    if deliveries.sent_at(connection, asks.reminder_key(person_id, on)):
        return False
    owed = owing.in_check_in(connection, check_in.id)
    return not is_reminded(person, check_in) or all(row.state is not OwedState.WAITING for row in owed)


def _key_result(connection: Connection, key_result_id: int) -> KeyResult | None:
    """One that is not dropped; None for whatever a forged button may say."""
    if not 0 < key_result_id <= LARGEST_ID:
        return None
    found = okrs.key_results_by_ids(connection, [key_result_id]).get(key_result_id)
    return None if found is None or found.dropped else found


def _sees(connection: Connection, person: Person, key_result: KeyResult) -> bool:
    home = okrs.whole(connection, [key_result.objective_id]).get(key_result.objective_id)
    return home is not None and may_see(person, home)


def _clearing(update: Update | None, person: Person, outcome: ClearingOutcome, now: datetime) -> Clearing:
    if update is None or update.blocker is None or update.blocker.owner_id != person.id:
        raise CannotClear(NotToClear.NOT_YOURS)
    # By Slack's clock the update may have been made a moment from now.
    at = max(now, update.blocked_since or now)
    return Clearing(update.key_result_id, update.date, person.id, outcome, at)


def _waiting(
    connection: Connection, key_results: Mapping[int, KeyResult]
) -> Iterator[tuple[int, int, Update]]:
    """Those that wait for somebody else: the key result's id, the person's, and the update that says so."""
    history = updates.of_key_results(connection, key_results)
    said = clearings.of_key_results(connection, key_results)
    for key_result in key_results.values():
        latest = history[key_result.id][-1] if history[key_result.id] else None
        person_id = waits_for(latest, said[key_result.id], key_result.owner_id)
        if latest is not None and person_id is not None:
            yield key_result.id, person_id, latest


def _latest(connection: Connection, key_result_id: int) -> Update | None:
    history = updates.of_key_results(connection, [key_result_id])[key_result_id]
    return history[-1] if history else None


def _running(connection: Connection, ids: set[int], on: date) -> dict[int, KeyResult]:
    """Those of the key results whose objective stands in a cycle of that day."""
    known = okrs.key_results_by_ids(connection, ids)
    objectives = okrs.objectives_by_ids(connection, [one.objective_id for one in known.values()])
    cycles = okr_cycles.running(connection, on)
    return {
        one.id: one
        for one in known.values()
        if not (objective := objectives[one.objective_id]).dropped and objective.cycle_id in cycles
    }


def _to_clear(key_result: KeyResult, update: Update, owner: Person) -> ToClear:
    blocker = update.blocker
    return ToClear(
        key_result_id=key_result.id,
        title=key_result.title,
        owner=shown_name(owner),
        kind=blocker.kind if blocker else None,
        fix=blocker.fix if blocker else "",
    )


def _has_prompt(connection: Connection, person: Person) -> bool:
    asked = check_ins.open_of(connection, person.id)
    return any(asked_service.prompted_at(connection, one) for one in asked)
