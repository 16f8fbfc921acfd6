"""Writing objectives and key results, from drafts that people fill in or that were proposed and accepted.

Rights are asked here again, whatever the form said. Everything is one transaction of the caller's, in which
nobody else writes the team's OKRs: of what is refused nothing is written. Each function may raise
CannotWrite, NotAllowed, Refused and, with `seen`, Meanwhile.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.okr.model import KeyResult, Objective, Person
from bot.okr.rights import Operation
from bot.okr.writing.changed import ADDED, Changed, in_key_result, in_objective, measured
from bot.okr.writing.drafts import (
    Draft,
    KeyResultDraft,
    Merged,
    ObjectiveDraft,
    key_result_draft,
    merged,
    numbered,
    objective_draft,
    with_theirs,
)
from bot.services.okrs import changing, writable
from bot.services.okrs import draft_checks as checks
from bot.services.okrs.changing import Author
from bot.services.okrs.draft_checks import Refused
from bot.services.permissions import require_in_key_result, require_in_objective, require_in_team
from bot.storage import okr_cycles, okrs, people, teams, updates
from bot.storage.engine import Connection


class Meanwhile(Exception):  # noqa: N818 - it says what is so
    """Somebody else has changed it since the form was opened; nothing was written."""

    def __init__(self, found: Merged[Any], theirs: ObjectiveDraft | KeyResultDraft) -> None:
        super().__init__(", ".join(found.changed))
        self.merged = found
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form showed when it was opened, and what its author has decided since."""

    marks: Mapping[str, str]
    theirs: Collection[str] = ()
    """The fields in which somebody else's change is to count."""


def add_objective(
    connection: Connection,
    person: Person,
    place: tuple[int, int],
    draft: ObjectiveDraft,
    *,
    reason: str = "",
    now: datetime,
) -> Objective:
    """A new one, the last of its set; `place` are the ids of a team and a cycle. The first one of a set
    begins a draft, of which nobody is asked until a lead starts it."""
    teams.hold(connection, writable.place(connection, person, place, now).team.id)
    found = writable.place(connection, person, place, now)
    if writable.begins_draft(connection, found.team.id, found.cycle.id):
        okr_cycles.begin_draft(connection, found.team.id, found.cycle.id)
    asks_reason = writable.reason_in(connection, found.team, found.cycle, now)
    others = okrs.of_team(connection, found.team.id, [found.cycle.id], drafts=True)
    draft = replace(draft, owner=draft.owner or person.slack_id)
    _require_kind(connection, person, found.team.id, draft)
    wrong = [
        *checks.of_titles(draft.title, others),
        *checks.inactive(connection, "owner", draft.owner),
        *checks.own(connection, person, found.team.id, draft),
        *checks.unreasoned(reason, asked=asks_reason),
    ]
    if wrong:
        raise Refused(wrong, found.cycle)
    new = Objective(0, *place, draft.title, 0, position=_after(others))
    written = changing.save_objective(connection, None, _objective(connection, new, draft))
    if asks_reason:
        said = Changed(ADDED, "", f"{written.kind}, {checks.name_of(connection, written.owner_id)}")
        changing.record(connection, Author(person.id, now, reason), [said], written.id)
    return written


def change_objective(
    connection: Connection,
    person: Person,
    objective_id: int,
    draft: ObjectiveDraft,
    *,
    reason: str = "",
    now: datetime,
    seen: Seen | None = None,
) -> Objective:
    """What it supports stays as it is."""
    found = writable.held(connection, writable.objective, person, objective_id, now)
    before = found.objective
    require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, before)
    now_there = kept_objective(connection, before)
    draft = _agreed(replace(draft, owner=draft.owner or now_there.owner), now_there, seen)
    others = okrs.of_team(connection, before.team_id, [before.cycle_id], drafts=True)
    if draft.personal != before.personal:
        _require_kind(connection, person, before.team_id, draft)
    wrong = [
        *(checks.of_titles(draft.title, others, before.id) if draft.title != before.title else ()),
        *(checks.inactive(connection, "owner", draft.owner) if draft.owner != now_there.owner else ()),
        *checks.unreasoned(reason, asked=found.asks_reason and draft != now_there),
    ]
    if wrong:
        raise Refused(wrong, found.cycle)
    after = _objective(connection, before, draft)
    changing.save_objective(connection, before, after)
    if found.asks_reason:
        said = in_objective(before, after, changing.names_in(connection, before, after))
        changing.record(connection, Author(person.id, now, reason), said, after.id)
    return after


def add_key_result(
    connection: Connection,
    person: Person,
    objective_id: int,
    draft: KeyResultDraft,
    *,
    reason: str = "",
    now: datetime,
) -> KeyResult:
    """A new one, the last of its objective; it is asked for from the team's next round on."""
    found = writable.held(connection, writable.objective, person, objective_id, now)
    objective = found.objective
    require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, objective)
    draft = replace(draft, owner=draft.owner or person.slack_id)
    wrong = [
        *checks.of_titles(draft.title, objective.key_results),
        *checks.of_people(connection, draft, None),
        *checks.of_measure(draft.measure, found.cycle),
        *checks.unreasoned(reason, asked=found.asks_reason),
    ]
    if wrong:
        raise Refused(wrong, found.cycle, draft.measure)
    new = KeyResult(0, objective.id, "", 0, draft.measure, position=_after(objective.key_results))
    written = changing.save_key_result(connection, None, _key_result(connection, new, draft))
    changing.join(connection, objective.team_id, written.owner_id)
    if found.asks_reason:
        facts = f"{measured(written.measure, written.unit)}, {checks.name_of(connection, written.owner_id)}"
        said = Changed(ADDED, "", facts)
        changing.record(connection, Author(person.id, now, reason), [said], objective.id, written.id)
    return written


def change_key_result(
    connection: Connection,
    person: Person,
    key_result_id: int,
    draft: KeyResultDraft,
    *,
    reason: str = "",
    now: datetime,
    seen: Seen | None = None,
) -> KeyResult:
    """Handing it over is changing its owner: what its round still asks is asked of the new one."""
    found = writable.held(connection, writable.key_result, person, key_result_id, now)
    before = found.one
    require_in_key_result(connection, person, Operation.CHANGE_KEY_RESULT, before, found.objective)
    now_there = kept_key_result(connection, before)
    draft = _agreed(replace(draft, owner=draft.owner or now_there.owner), now_there, seen)
    history = updates.of_key_results(connection, [before.id])[before.id]
    others = found.objective.key_results
    measure_changes = draft.measure != now_there.measure
    wrong = [
        *(checks.of_titles(draft.title, others, before.id) if draft.title != before.title else ()),
        *checks.of_people(connection, draft, now_there),
        *(checks.of_measure(draft.measure, found.cycle) if measure_changes else ()),
        *(checks.of_kind(before.measure, draft.measure, history) if measure_changes else ()),
        *checks.unreasoned(reason, asked=found.asks_reason and draft != now_there),
    ]
    if wrong:
        raise Refused(wrong, found.cycle, draft.measure)
    used = {step for one in history for step in one.steps_done}
    after = _key_result(connection, before, draft, used)
    changing.save_key_result(connection, before, after)
    if after.owner_id != before.owner_id:
        changing.join(connection, found.team.id, after.owner_id)
    if found.asks_reason:
        said = in_key_result(before, after, changing.names_in(connection, before, after))
        changing.record(connection, Author(person.id, now, reason), said, found.objective.id, after.id)
    return after


def kept_objective(connection: Connection, one: Objective) -> ObjectiveDraft:
    """As it stands now."""
    return objective_draft(one, _slack_ids(connection, one.owner_id, *one.readers))


def kept_key_result(connection: Connection, one: KeyResult) -> KeyResultDraft:
    """As it stands now."""
    return key_result_draft(one, _slack_ids(connection, one.owner_id, one.delegate_id))


def _agreed(mine: Draft, theirs: Draft, seen: Seen | None) -> Draft:
    """What is to be written; raises Meanwhile where somebody else has changed anything since."""
    if seen is None:
        return mine
    mine = with_theirs(mine, theirs, theirs.to_fields().keys() & set(seen.theirs))
    found = merged(seen.marks, theirs, mine)
    if found.changed:
        raise Meanwhile(found, theirs)
    return mine


def _require_kind(connection: Connection, person: Person, team_id: int, draft: ObjectiveDraft) -> None:
    operation = Operation.ADD_PERSONAL_OBJECTIVE if draft.personal else Operation.ADD_OBJECTIVE
    require_in_team(connection, person, operation, team_id)


def _objective(connection: Connection, known: Objective, draft: ObjectiveDraft) -> Objective:
    readers = draft.readers if draft.private else frozenset()
    return replace(
        known,
        title=draft.title,
        owner_id=_id(connection, draft.owner),
        kind=draft.kind,
        theme=draft.theme,
        personal=draft.personal,
        private=draft.private,
        readers=frozenset(_id(connection, one) for one in readers),
    )


def _key_result(
    connection: Connection, known: KeyResult, draft: KeyResultDraft, used: Collection[int] = ()
) -> KeyResult:
    return replace(
        known,
        title=draft.title,
        owner_id=_id(connection, draft.owner),
        delegate_id=_id(connection, draft.delegate) if draft.delegate else None,
        measure=numbered(draft.measure, known.measure, used),
        unit=draft.unit,
        weight=draft.weight,
        indicator=draft.indicator,
        every=draft.every,
    )


def _id(connection: Connection, slack_id: str | None) -> int:
    return people.ensure(connection, slack_id or "").id


def _slack_ids(connection: Connection, *ids: int | None) -> dict[int, str]:
    known = people.by_ids(connection, (one for one in ids if one is not None))
    return {one.id: one.slack_id for one in known.values()}


def _after(others: Iterable[Objective] | Iterable[KeyResult]) -> int:
    return max((one.position + 1 for one in others), default=0)
