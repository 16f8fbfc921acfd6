"""A field of a draft in words, to be told beside somebody else's."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.okr.numbers.values import format_exactly
from bot.okr.writing.changed import every, whole
from bot.okr.writing.drafts import KeyResultDraft, Merged, ObjectiveDraft
from bot.slack.blocks.writing.okr_form import Clash
from bot.slack.texts import writing

NOTHING = "–"


def clashes(
    found: Merged[Any], theirs: ObjectiveDraft | KeyResultDraft, names: Mapping[str, str]
) -> tuple[Clash, ...]:
    """What somebody else has changed, and where one has changed it oneself, too; `names` of people by their
    Slack ids."""
    return tuple(
        Clash(
            field,
            writing.FIELD_LABELS[field],
            field_words(field, theirs, names),
            field_words(field, found.draft, names) if field in found.clashes else "",
        )
        for field in found.changed
    )


def people_in(*drafts: ObjectiveDraft | KeyResultDraft) -> set[str]:
    found = set[str | None]()
    for one in drafts:
        found.add(one.owner)
        found |= {one.delegate} if isinstance(one, KeyResultDraft) else one.readers
    return {one for one in found if one}


def field_words(field: str, draft: ObjectiveDraft | KeyResultDraft, names: Mapping[str, str]) -> str:
    if field == "measure" and isinstance(draft, KeyResultDraft):
        return whole(draft.measure, draft.unit)
    held = getattr(draft, field)
    said: dict[str, Callable[[], str]] = {
        "weight": lambda: format_exactly(held),
        "every": lambda: every(held),
        "personal": lambda: writing.OWN if held else writing.TEAMS,
        "private": lambda: writing.IS_PRIVATE if held else writing.EVERYBODY,
        "readers": lambda: ", ".join(sorted(names.get(one, one) for one in held)),
        "owner": lambda: names.get(held, held or ""),
        "delegate": lambda: names.get(held, held or ""),
    }
    words = said[field]() if field in said else str(held or "")
    return words or NOTHING
