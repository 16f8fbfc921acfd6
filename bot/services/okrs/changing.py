"""The one place where objectives and key results are written, whoever says so: a form, or a file.

What it means for the week that is running is done here, too: what was asked of one person is asked of
another, and messages that show what has changed are drawn anew. All in the caller's transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.okr.model import KeyResult, Membership, Objective, Role
from bot.okr.writing.changed import Names
from bot.services.asking import standing_in
from bot.services.asking.asked import hold_asking
from bot.services.okrs.handing_over import hand_over
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.services.teams import team_asks
from bot.storage import changes, check_ins, okr_cycles, okrs, owing, people, removing, teams, updates
from bot.storage.engine import Connection


class Said(Protocol):
    """A change to one field, as people read it."""

    @property
    def field(self) -> str: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, when and why."""

    by_id: int | None
    """None: whoever runs the bot, by a file."""
    at: datetime
    reason: str = ""


def record(
    connection: Connection,
    author: Author,
    said: Iterable[Said],
    objective_id: int,
    key_result_id: int | None = None,
) -> None:
    """Keeps what has changed in a set that has started, a row a field."""
    for one in said:
        changes.add(
            connection,
            changes.NewChange(
                at=author.at,
                by_id=author.by_id,
                objective_id=objective_id,
                key_result_id=key_result_id,
                field=one.field,
                before=one.before,
                after=one.after,
                reason=author.reason,
            ),
        )


def save_objective(connection: Connection, before: Objective | None, wanted: Objective) -> Objective:
    """Writes it without its key results; with `before` in the place of that one."""
    if before is None:
        return okrs.add_objective(connection, wanted)
    if wanted != before:
        okrs.save_objective(connection, wanted)
        for one in before.key_results:
            redraw(connection, one.id)
        if (wanted.title, wanted.private) != (before.title, before.private):
            _redraw_drafts(connection, wanted, hidden=wanted.private)
        if _seen_by(wanted) != _seen_by(before):
            _leads_see(connection, wanted.id)
    return wanted


def save_key_result(connection: Connection, before: KeyResult | None, wanted: KeyResult) -> KeyResult:
    """Writes it; with `before` in the place of that one, whose round goes on with the new owner."""
    if before is None:
        return okrs.add_key_result(connection, wanted)
    if wanted == before:
        return wanted
    okrs.save_key_result(connection, wanted)
    if (wanted.owner_id, wanted.delegate_id) != (before.owner_id, before.delegate_id):
        hand_over(connection, wanted)
        for check_in in check_ins.open_of(connection, wanted.owner_id):
            standing_in.step_in(connection, check_in)
    if (wanted.owner_id, wanted.title) != (before.owner_id, before.title):
        _leads_see(connection, wanted.objective_id)
    redraw(connection, wanted.id)
    return wanted


def redraw(connection: Connection, key_result_id: int) -> None:
    """Messages of running rounds that show it are out of date, those of who is to clear its way, too."""
    latest = updates.of_key_results(connection, [key_result_id])[key_result_id][-1:]
    named = {one.blocker.owner_id for one in latest if one.blocker and one.blocker.owner_id is not None}
    for check_in in hold_asking(connection, key_result_id):
        asks.redraw(connection, check_in, also=named)


def remove_objective(connection: Connection, objective: Objective, at: datetime, *, for_good: bool) -> bool:
    """With all its key results. Whether it is gone for good: what is told of anywhere is only dropped."""
    for one in objective.key_results:
        _ask_no_more(connection, one.id)
    _leads_see(connection, objective.id)
    _redraw_drafts(connection, objective, hidden=False)
    ids = [one.id for one in objective.key_results]
    gone = for_good and not removing.is_told_of(connection, objective.id, ids)
    if gone:
        removing.delete_objective(connection, objective.id)
    else:
        okrs.drop_objective(connection, objective.id, at)
    return gone


def remove_key_result(connection: Connection, key_result: KeyResult, at: datetime, *, for_good: bool) -> bool:
    """Whether it is gone for good: what is told of anywhere is only dropped."""
    _ask_no_more(connection, key_result.id)
    _leads_see(connection, key_result.objective_id)
    gone = for_good and not removing.is_told_of(connection, None, [key_result.id])
    if gone:
        removing.delete_key_results(connection, [key_result.id])
    else:
        okrs.drop_key_result(connection, key_result.id, at)
    return gone


def join(connection: Connection, team_id: int, person_id: int) -> None:
    """Whoever owns a key result belongs to the team; what they are there already stays."""
    if all(one.person_id != person_id for one in teams.memberships_of(connection, team_id)):
        teams.set_role(connection, Membership(team_id, person_id, Role.MEMBER))


def names_in(connection: Connection, *concerned: Objective | KeyResult) -> Names:
    """How people and objectives are called that these name. Whoever sees one of these reads its changes, so
    what is private has no name there."""
    persons, aims, results = set[int](), set[int](), set[int]()
    for one in concerned:
        persons.add(one.owner_id)
        if isinstance(one, KeyResult):
            persons |= {one.delegate_id} if one.delegate_id is not None else set()
            continue
        persons |= one.readers
        aims |= one.serves
        if one.parent is not None:
            aims.add(one.parent.objective_id)
            results |= {one.parent.key_result_id} if one.parent.key_result_id is not None else set()
    shown = {one.id: one for one in okrs.objectives_by_ids(connection, aims).values() if not one.private}
    below = okrs.key_results_by_ids(connection, results).values()
    return Names(
        {one.id: shown_name(one) for one in people.by_ids(connection, persons).values()},
        {one.id: one.title for one in shown.values()},
        {one.id: one.title for one in below if one.objective_id in shown},
    )


def _redraw_drafts(connection: Connection, objective: Objective, *, hidden: bool) -> None:
    """Drafts in which it stands, or that say that they support it, are out of date. What has started stays in
    the channel as it was agreed, but for what is `hidden` from now on."""
    below = okrs.objectives_by_ids(connection, removing.supporting(connection, objective_id=objective.id))
    for which in {(one.team_id, one.cycle_id) for one in (objective, *below.values())}:
        drafted = okr_cycles.set_of(connection, *which)
        if drafted is not None and (hidden or drafted.started_at is None):
            asks.redraw_draft(connection, *which)


def _seen_by(objective: Objective) -> tuple[object, ...]:
    return objective.private, objective.owner_id, objective.readers


def _leads_see(connection: Connection, objective_id: int) -> None:
    """What the team's leads were told of its key results without an owner is out of date."""
    home = okrs.objectives_by_ids(connection, [objective_id])[objective_id]
    team_asks.redraw_vacant(connection, teams.by_id(connection, home.team_id))


def _ask_no_more(connection: Connection, key_result_id: int) -> None:
    redraw(connection, key_result_id)
    owing.forget_unanswered(connection, key_result_id)
