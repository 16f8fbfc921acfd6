"""What the coach says beside the fields of a form that is being filled in, and below what is written."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.okr.quality.coach import About, DraftKeyResult, DraftObjective, Remark, of_key_result, of_objective
from bot.slack import ids
from bot.slack.reading import fields
from bot.slack.reading.okr_fields import kind_of, measured_so_far, read_metadata, title_so_far
from bot.slack.texts import writing

_BESIDE: Final = {
    About.TITLE: ids.OKR_TITLE,
    About.MEASURE: ids.OKR_MEASURE,
    About.OWNER: ids.OKR_OWNER,
}
"""What is said of anything else has no field here."""


def of_objectives_form(view: Mapping[str, Any]) -> dict[str, str]:
    """By the field's name; of its title only: its key results come later."""
    remarks = of_objective(DraftObjective(title_so_far(view), supports=True))
    return _beside(one for one in remarks if one.about is About.TITLE)


def of_key_results_form(view: Mapping[str, Any]) -> dict[str, str]:
    """By the field's name. Nothing is asked about a form in which nothing stands yet."""
    title, measure, unit = measured_so_far(view)
    if not title:
        return {}
    number = read_metadata(view).generation
    owner = fields.person(view, ids.field(ids.OKR_OWNER, number))
    ends = (fields.text(view, ids.field(one, number)) for one in (ids.OKR_START, ids.OKR_TARGET))
    open_yet = kind_of(view) == "move" and not all(ends)
    remarks = of_key_result(DraftKeyResult(title, measure, unit, owner=owner or ""))
    # What stands there and cannot be read is said when it is sent.
    return _beside(one for one in remarks if open_yet or one.about is not About.MEASURE)


def words(remark: Remark) -> str:
    return writing.COACH.format(question=remark.question, rule=remark.rule.value)


def _beside(remarks: Iterable[Remark]) -> dict[str, str]:
    said: dict[str, list[str]] = {}
    for one in remarks:
        if one.about in _BESIDE:
            said.setdefault(_BESIDE[one.about], []).append(words(one))
    return {field: " ".join(each) for field, each in said.items()}
