"""What a proposal would make of a draft, in facts that can be told."""

from dataclasses import dataclass

from bot.okr.model import KeyResult, Objective, Proposal, ProposalKind
from bot.okr.writing.changed import Changed, Names, in_key_result, in_objective, measured
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft, marks, merged
from bot.services.drafting.draft_sets import Drafting
from bot.services.okrs import writing
from bot.services.people import shown_name
from bot.storage import people
from bot.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Wanted:
    title: str
    facts: tuple[str, ...] = ()
    """Of something new: how it is measured, whose it is."""
    changes: tuple[Changed, ...] = ()
    """From how it stands now."""
    changed_since: bool = False
    """Somebody has changed it after it was proposed."""


def wanted(connection: Connection, found: Drafting, proposal: Proposal) -> Wanted:
    draft = draft_of(proposal)
    if proposal.kind is not ProposalKind.CHANGE:
        return _new(connection, draft)
    pair = found.key_result(proposal.key_result_id)
    now = there(connection, found.objective(proposal.objective_id), pair[0] if pair else None)
    seen = proposal.fields["seen"]
    if isinstance(draft, KeyResultDraft) and isinstance(now, KeyResultDraft):
        result = merged(seen, now, draft)
        told = _People(connection, now, result.draft)
        changes = in_key_result(told.key_result(now), told.key_result(result.draft), told.names)
        return Wanted(now.title, (), changes, bool(result.changed))
    if isinstance(draft, ObjectiveDraft) and isinstance(now, ObjectiveDraft):
        aim = merged(seen, now, draft)
        told = _People(connection, now, aim.draft)
        changes = in_objective(told.objective(now), told.objective(aim.draft), told.names)
        return Wanted(now.title, (), changes, bool(aim.changed))
    return Wanted(draft.title)  # it was dropped


def draft_of(proposal: Proposal) -> ObjectiveDraft | KeyResultDraft:
    fields = proposal.fields["draft"]
    if "measure" in fields:
        return KeyResultDraft.from_fields(fields)
    return ObjectiveDraft.from_fields(fields)


def there(
    connection: Connection, objective: Objective | None, key_result: KeyResult | None
) -> ObjectiveDraft | KeyResultDraft | None:
    """What a proposal is about, as it stands."""
    if key_result is not None:
        return writing.kept_key_result(connection, key_result)
    return writing.kept_objective(connection, objective) if objective else None


def marks_of(draft: ObjectiveDraft | KeyResultDraft) -> dict[str, str]:
    if isinstance(draft, ObjectiveDraft):
        return marks(draft)
    return marks(draft)


def _new(connection: Connection, draft: ObjectiveDraft | KeyResultDraft) -> Wanted:
    told = _People(connection, draft)
    owner = told.names.people[told.ids[draft.owner or ""]]
    if isinstance(draft, KeyResultDraft):
        return Wanted(draft.title, (measured(draft.measure, draft.unit), owner))
    return Wanted(draft.title, (draft.kind.value, owner))


class _People:
    """Those whom drafts name by their Slack ids, known to us or not."""

    def __init__(self, connection: Connection, *drafts: ObjectiveDraft | KeyResultDraft) -> None:
        named = {one.owner or "" for one in drafts}
        for one in drafts:
            named |= one.readers if isinstance(one, ObjectiveDraft) else {one.delegate or ""}
        self.ids = {slack_id: number for number, slack_id in enumerate(sorted(named))}
        known = people.by_slack_ids(connection, named)
        self.names = Names(
            {number: shown_name(known[one]) if one in known else one for one, number in self.ids.items()}
        )

    def key_result(self, one: KeyResultDraft) -> KeyResult:
        return KeyResult(
            *(0, 0, one.title, self.ids[one.owner or ""], one.measure, one.unit),
            delegate_id=self.ids[one.delegate] if one.delegate else None,
            weight=one.weight,
            indicator=one.indicator,
            every=one.every,
        )

    def objective(self, one: ObjectiveDraft) -> Objective:
        return Objective(
            *(0, 0, 0, one.title, self.ids[one.owner or ""], one.kind),
            theme=one.theme,
            personal=one.personal,
            private=one.private,
            readers=frozenset(self.ids[each] for each in one.readers),
        )
