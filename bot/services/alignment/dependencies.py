"""What key results need of other teams': what is shown of it, to whom, and who is asked.

Whoever cannot be told what needs theirs (a guest, somebody who is gone) is not asked: their team's leads are.
A key result that is handed over takes what was asked of it along.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.okr.alignment.views import Need, Needed
from bot.okr.model import LARGEST_ID, CheckIn, Dependency, KeyResult, Objective, Person, Round
from bot.okr.rights import is_guest, may_see
from bot.okr.views import OkrView
from bot.services.asking import asked as asked_service
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import check_ins, needing, okrs, people, teams
from bot.storage.engine import Connection

NEWS_STAYS = timedelta(days=7)
"""So long before a prompt an answer may have come that it tells."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Both key results of a dependency, each with the whole of its objective."""

    needing: KeyResult
    needing_in: Objective
    on: KeyResult
    on_in: Objective


def needs(connection: Connection, reader: Person, key_results: Iterable[int]) -> dict[int, list[Need]]:
    """What these need, by their ids, of what the reader may see."""
    return _shown(connection, reader, needing.of_key_results(connection, key_results))


def beside(connection: Connection, view: OkrView, reader: Person | None) -> OkrView:
    """The same with what each of its key results needs, of what the reader may see."""
    ids = [one.standing.key_result.id for home in view.objectives for one in home.key_results]
    every = needs(connection, reader, ids) if reader else {}
    if not every:
        return view
    return replace(
        view,
        objectives=tuple(
            replace(
                home,
                key_results=tuple(
                    replace(one, needs=tuple(every.get(one.standing.key_result.id, ())))
                    for one in home.key_results
                ),
            )
            for home in view.objectives
        ),
    )


def needed(connection: Connection, person: Person) -> tuple[Needed, ...]:
    """What is asked of somebody and not answered yet."""
    waiting = [
        (one, ends)
        for one, ends in with_ends(connection, needing.waiting_for(connection, person.id))
        if person.id in {each.id for each in to_ask(connection, ends)}
    ]
    return tuple(shown_to_owner(connection, one, ends) for one, ends in waiting)


def answered(connection: Connection, person: Person, check_in: CheckIn) -> tuple[Need, ...]:
    """What was said lately of what they have asked for, or what key results of theirs need."""
    since = check_in.prompt_at - NEWS_STAYS
    lately = [
        one
        for one in needing.asked_for(connection, person.id)
        if one.answered_at is not None and one.answered_at >= since and one.answered_by_id != person.id
    ]
    return tuple(need for each in _shown(connection, person, lately).values() for need in each)


def ask_those_without_prompt(connection: Connection, due: Round) -> None:
    """A round's digest is due: whoever its team asked for something, and has no prompt to find it in, is
    told."""
    every = with_ends(connection, needing.asked_by_team(connection, due.team_id))
    asked = {each.id: each for _, ends in every for each in to_ask(connection, ends)}
    for person in asked.values():
        is_open = check_ins.open_of(connection, person.id)
        if not any(asked_service.prompted_at(connection, one) for one in is_open):
            asks.requests(connection, person, due.date, due.digest_at)


def known_by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[KeyResult, Objective]]:
    """Those that are not dropped, with the whole of their objectives; none for whatever may be forged."""
    below = okrs.key_results_by_ids(connection, {one for one in ids if 0 < one <= LARGEST_ID})
    homes = okrs.whole(connection, {one.objective_id for one in below.values()})
    return {
        one.id: (one, homes[one.objective_id])
        for one in below.values()
        if not one.dropped and one.objective_id in homes
    }


def with_ends(
    connection: Connection, every: Sequence[Dependency], *, dropped: bool = False
) -> list[tuple[Dependency, Ends]]:
    """Those of which both ends are there; with `dropped`, also where what is needed is no more."""
    ids = {one for each in every for one in (each.key_result_id, each.on_id)}
    known = known_by_ids(connection, ids)
    if dropped:
        known = _dropped(connection, {one.on_id for one in every} - known.keys()) | known
    return [
        (one, Ends(*known[one.key_result_id], *known[one.on_id]))
        for one in every
        if one.key_result_id in known and one.on_id in known
    ]


def _dropped(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[KeyResult, Objective]]:
    below = okrs.key_results_by_ids(connection, ids)
    homes = okrs.objectives_by_ids(connection, {one.objective_id for one in below.values()})
    return {one.id: (one, homes[one.objective_id]) for one in below.values()}


def to_ask(connection: Connection, ends: Ends) -> list[Person]:
    """Its owner or, where they cannot be told, those leads of its team who can."""
    owner = people.by_ids(connection, [ends.on.owner_id])[ends.on.owner_id]
    if _can_be_told(owner, ends):
        return [owner]
    leads = people.by_ids(connection, teams.leads_of(connection, ends.on_in.team_id))
    return [one for one in leads.values() if _can_be_told(one, ends)]


def _can_be_told(person: Person, ends: Ends) -> bool:
    """Guests see only what is theirs, and what needs it is not."""
    if is_guest(person):
        return False
    return may_see(person, ends.needing_in) and may_see(person, ends.on_in)


def _shown(connection: Connection, reader: Person, every: Sequence[Dependency]) -> dict[int, list[Need]]:
    both = with_ends(connection, every, dropped=True)
    named = teams.by_ids(connection, {ends.on_in.team_id for _, ends in both})
    shown: dict[int, list[Need]] = {}
    for one, ends in both:
        if may_see(reader, ends.needing_in) and may_see(reader, ends.on_in):
            gone = ends.on.dropped or ends.on_in.dropped
            team = named[ends.on_in.team_id].name
            need = Need(one.id, ends.needing.title, ends.on.title, team, one.state, gone)
            shown.setdefault(ends.needing.id, []).append(need)
    return shown


def shown_to_owner(connection: Connection, one: Dependency, ends: Ends) -> Needed:
    by = people.by_ids(connection, [one.asked_by_id])
    team = teams.by_id(connection, ends.needing_in.team_id)
    return Needed(one.id, shown_name(by[one.asked_by_id]), ends.needing.title, team.name, ends.on.title)
