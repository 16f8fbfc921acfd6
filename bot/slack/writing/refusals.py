"""What a form gets that could not be kept: sentences beside its fields."""

from collections.abc import Mapping
from typing import Any, Final

import structlog

from bot.services.okrs.draft_checks import Problem, Refused
from bot.services.okrs.writable import CannotWrite
from bot.services.permissions import NotAllowed
from bot.slack import ids, phrases, texts
from bot.slack.blocks.check_in.form import filled_anew, notice_view
from bot.slack.blocks.words import person
from bot.slack.blocks.writing.okr_form import Frame, reason, sent_back
from bot.slack.reading import fields
from bot.slack.reading.okr_fields import read_metadata, where
from bot.slack.richtext import line, note, paragraph
from bot.slack.texts import rights, writing
from bot.storage.engine import StorageUnavailable

_FIELDS: Final = {
    "title": ids.OKR_TITLE,
    "owner": ids.OKR_OWNER,
    "delegate": ids.OKR_DELEGATE,
    "kind": ids.OKR_MEASURE,
    "measure": ids.OKR_TARGET,
    "reason": ids.OKR_REASON,
}

log = structlog.get_logger(__name__)


def answer(
    view: Mapping[str, Any], problem: Refused | CannotWrite | NotAllowed | StorageUnavailable
) -> dict[str, Any]:
    """What the form is acknowledged with. One that asks for no reason, where one is needed by now, is drawn
    anew with the question."""
    said = beside(problem) if isinstance(problem, Refused) else {}
    metadata = read_metadata(view)
    inputs = [one["block_id"] for one in view.get("blocks") or () if one.get("type") == "input"]
    why = ids.field(ids.OKR_REASON, metadata.generation)
    if ids.OKR_REASON in said and why not in inputs:
        blocks = [
            paragraph([line(note(said[ids.OKR_REASON]))]),
            *(one for one in view.get("blocks") or ()),
            reason(Frame("", "", metadata)),
        ]
        anew = filled_anew(sent_back(view, blocks, metadata), _entered(view))
        return {"response_action": "update", "view": anew}
    errors = {ids.field(what, metadata.generation): words for what, words in said.items()}
    here = {block_id: words for block_id, words in errors.items() if block_id in inputs}
    elsewhere = [words for block_id, words in errors.items() if block_id not in inputs]
    if not isinstance(problem, Refused):
        elsewhere = [sentence(problem)]
    if elsewhere and inputs:
        here.setdefault(inputs[0], " ".join(elsewhere))
    if here:
        return {"response_action": "errors", "errors": here}
    return {"response_action": "update", "view": notice_view(writing.OBJECTIVE, " ".join(elsewhere))}


def _entered(view: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the form's fields hold, by block_id."""
    values = (view.get("state") or {}).get("values") or {}
    return {field: {"held": held[field]} for field, held in values.items() if field in held}


def sentence(problem: CannotWrite | NotAllowed | StorageUnavailable) -> str:
    if isinstance(problem, StorageUnavailable):
        log.warning("OKRs could not be written", error=str(problem))
        return texts.STORAGE_AWAY
    if isinstance(problem, NotAllowed):
        return rights.not_allowed(problem.operation, problem.may_instead)
    return writing.CANNOT_WRITE[problem.why]


def reason_of(view: Mapping[str, Any]) -> str:
    return fields.text(view, ids.field(ids.OKR_REASON, read_metadata(view).generation))


def beside(problem: Refused) -> dict[str, str]:
    """By the field's name, without its generation."""
    days = phrases.days(problem.cycle.starts, problem.cycle.ends)
    said: dict[str, str] = {}
    for one in problem.problems:
        said.setdefault(_field(one, problem), _words(one, days))
    return said


def _field(one: Problem, problem: Refused) -> str:
    if one.unmeasurable is not None and problem.measure is not None:
        return where(one.unmeasurable, problem.measure)
    return _FIELDS[one.field]


def _words(one: Problem, days: str) -> str:
    if one.unmeasurable is not None:
        return writing.UNMEASURABLE[one.unmeasurable].format(days=days)
    return writing.PROBLEMS[one.why].format(who=person(one.about))
