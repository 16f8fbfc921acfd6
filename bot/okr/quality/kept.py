"""Kept OKRs as the coach looks at them."""

from collections.abc import Iterable

from bot.okr.model import KeyResult, Objective
from bot.okr.quality.coach import DraftKeyResult, DraftObjective


def draft_of(objective: Objective, *, anything_above: bool) -> DraftObjective:
    return DraftObjective(
        objective.title,
        tuple(draft_key_result(one) for one in objective.key_results),
        objective.parent is not None,
        anything_above or objective.personal,
        objective.private,
    )


def drafts_of(objectives: Iterable[Objective], *, anything_above: bool) -> list[DraftObjective]:
    return [draft_of(one, anything_above=anything_above) for one in objectives]


def draft_key_result(key_result: KeyResult) -> DraftKeyResult:
    """It has an owner, whoever that is."""
    owner = str(key_result.owner_id)
    return DraftKeyResult(key_result.title, key_result.measure, key_result.unit, key_result.indicator, owner)
