"""Dropping objectives and key results, and their order. As `services.okrs.writing`: in the caller's
transaction, rights asked again; may raise CannotWrite, NotAllowed and Refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.okr.model import KeyResult, Objective, Person
from bot.okr.rights import Operation, may_see
from bot.okr.writing.changed import DROPPED, Changed
from bot.services.okrs import changing, writable, writing
from bot.services.okrs import draft_checks as checks
from bot.services.okrs.changing import Author
from bot.services.okrs.draft_checks import Refused
from bot.services.okrs.writable import Found
from bot.services.permissions import require_in_key_result, require_in_objective, require_in_team
from bot.storage import okrs, removing, teams
from bot.storage.engine import Connection

Item = TypeVar("Item", Objective, KeyResult)


def drop_objective(
    connection: Connection, person: Person, objective_id: int, *, reason: str = "", now: datetime
) -> bool:
    """With its key results. Whether it is gone for good: one of a draft of which nothing is told."""
    found = writable.held(connection, writable.objective, person, objective_id, now)
    require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, found.objective)
    if wrong := [*checks.unreasoned(reason, asked=found.asks_reason)]:
        raise Refused(wrong, found.cycle)
    gone = changing.remove_objective(connection, found.objective, now, for_good=found.draft)
    if found.asks_reason:
        said = Changed(DROPPED, "", "")
        changing.record(connection, Author(person.id, now, reason), [said], objective_id)
    return gone


def drop_key_result(
    connection: Connection, person: Person, key_result_id: int, *, reason: str = "", now: datetime
) -> bool:
    """Whether it is gone for good: one of a draft of which nothing is told."""
    found = writable.held(connection, writable.key_result, person, key_result_id, now)
    known = found.one
    require_in_key_result(connection, person, Operation.CHANGE_KEY_RESULT, known, found.objective)
    if wrong := [*checks.unreasoned(reason, asked=found.asks_reason)]:
        raise Refused(wrong, found.cycle)
    gone = changing.remove_key_result(connection, known, now, for_good=found.draft)
    if found.asks_reason:
        said = Changed(DROPPED, "", "")
        changing.record(connection, Author(person.id, now, reason), [said], found.objective.id, known.id)
    return gone


def hand_over_key_result(
    connection: Connection,
    person: Person,
    key_result_id: int,
    owner: str,
    delegate: str | None,
    *,
    reason: str = "",
    now: datetime,
) -> KeyResult:
    """To somebody, and a delegate or none, by their Slack ids."""
    found = writable.held(connection, writable.key_result, person, key_result_id, now)
    draft = replace(writing.kept_key_result(connection, found.one), owner=owner, delegate=delegate)
    return writing.change_key_result(connection, person, key_result_id, draft, reason=reason, now=now)


def hand_over_objective(
    connection: Connection, person: Person, objective_id: int, owner: str, *, reason: str = "", now: datetime
) -> Objective:
    found = writable.held(connection, writable.objective, person, objective_id, now)
    draft = replace(writing.kept_objective(connection, found.objective), owner=owner)
    return writing.change_objective(connection, person, objective_id, draft, reason=reason, now=now)


def move_key_result(
    connection: Connection, person: Person, key_result_id: int, by: int, now: datetime
) -> Found:
    """Up (−1) or down (1) among those of its objective; at the end it stays where it is."""
    found = writable.held(connection, writable.key_result, person, key_result_id, now)
    require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, found.objective)
    for position, one in enumerate(_moved(found.objective.key_results, key_result_id, by)):
        if one.position != position:
            changing.save_key_result(connection, one, replace(one, position=position))
    return found


def move_objective(
    connection: Connection, person: Person, objective_id: int, by: int, now: datetime
) -> Found:
    """Up (−1) or down (1) among those of its team and cycle."""
    found = writable.held(connection, writable.objective, person, objective_id, now)
    require_in_team(connection, person, Operation.ADD_OBJECTIVE, found.team.id)
    every = okrs.of_team(connection, found.team.id, [found.cycle.id], drafts=True)
    for position, one in enumerate(_moved(every, objective_id, by)):
        if one.position != position:
            changing.save_objective(connection, one, replace(one, position=position))
    return found


@dataclass(frozen=True, slots=True)
class Consequences:
    """What dropping something would mean."""

    found: Found
    for_good: bool
    """It was never told of, and is deleted."""
    supporting: tuple[str, ...] = ()
    """Titles of objectives that support it, with their teams, as far as the reader may see them."""
    needing: tuple[str, ...] = ()
    """Those of other teams' key results that depend on it."""
    hidden: int = 0
    """So many more of both."""
    last: bool = False
    """The last key result of its objective."""


def consequences(connection: Connection, person: Person, found: Found) -> Consequences:
    """Of dropping the objective or, where there is one, its key result."""
    chosen = found.key_result
    ids = [chosen.id] if chosen else [one.id for one in found.objective.key_results]
    objective_id = None if chosen else found.objective.id
    for_good = found.draft and not removing.is_told_of(connection, objective_id, ids)
    up = removing.supporting(
        connection, objective_id=found.objective.id, key_result_id=chosen.id if chosen else None
    )
    needed_by = okrs.key_results_by_ids(connection, removing.needing(connection, ids)).values()
    need = [one for one in needed_by if not one.dropped and one.objective_id != found.objective.id]
    whole = okrs.whole(connection, {*up, *(one.objective_id for one in need)})
    seen = {each.id: each for each in whole.values() if may_see(person, each)}
    names = teams.by_ids(connection, {each.team_id for each in seen.values()})
    supporting = [f"{seen[n].title} ({names[seen[n].team_id].name})" for n in sorted(up & set(seen))]
    needing = [
        f"{one.title} ({names[seen[one.objective_id].team_id].name})"
        for one in need
        if one.objective_id in seen
    ]
    every = len(up & set(whole)) + len([one for one in need if one.objective_id in whole])
    return Consequences(
        found,
        for_good,
        tuple(supporting),
        tuple(needing),
        every - len(supporting) - len(needing),
        last=chosen is not None and len(found.objective.key_results) == 1,
    )


def _moved(items: Sequence[Item], item_id: int, by: int) -> list[Item]:
    """In their new order."""
    order = list(items)
    at = next((n for n, one in enumerate(order) if one.id == item_id), None)
    if at is not None and 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    return order
