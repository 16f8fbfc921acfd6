"""The forms in which an objective or a key result is dropped, or handed over."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.okr.model import KeyResult
from bot.services.okrs.arranging import Consequences
from bot.slack import ids, phrases
from bot.slack.blocks.fields import modal
from bot.slack.blocks.writing.okr_form import Frame, framed, reason, someone
from bot.slack.reading.okr_fields import Metadata
from bot.slack.richtext import Line, bold, line, name, note, paragraph
from bot.slack.texts import writing

LISTED_MOST: Final = 8
TITLE_MOST: Final = 100


def drop_form(view: Consequences) -> dict[str, Any]:
    """It says what it would mean, and asks why where the cycle has started."""
    title, button = writing.DROP_TITLE, writing.DROP_IT
    if view.for_good:
        title, button = writing.DELETE_TITLE, writing.DELETE_IT
    metadata = _metadata(view)
    blocks = [paragraph(list(_told(view)))]
    if view.found.asks_reason:
        blocks.append(reason(Frame("", "", metadata)))
    return modal(title, blocks, submit=button, callback_id=ids.DROP_FORM, private_metadata=metadata.written())


def hand_over_form(view: Consequences, owner: str, delegate: str | None) -> dict[str, Any]:
    """`owner` and `delegate` now, by their Slack ids."""
    frame = Frame(
        writing.HAND_OVER_TITLE,
        ids.HAND_OVER_FORM,
        _metadata(view),
        submit=writing.HAND_IT_OVER,
        asks_reason=view.found.asks_reason,
    )
    lines = [line(bold(name(_title(view), TITLE_MOST)))]
    fields = [someone(frame, ids.OKR_OWNER, writing.NEW_OWNER, owner)]
    if view.found.key_result is not None:
        lines.append(line(writing.ASKED_FROM_NOW_ON))
        fields.append(someone(frame, ids.OKR_DELEGATE, writing.DELEGATE, delegate, optional=True))
    return framed(frame, [paragraph(lines), *fields])


def _told(view: Consequences) -> Iterator[Line]:
    yield line(bold(name(_title(view), 300)))
    if view.found.key_result is None and view.found.objective.key_results:
        count = phrases.count(len(view.found.objective.key_results), "key result")
        yield line(writing.WITH_KEY_RESULTS.format(key_results=count))
    yield line(writing.DELETED_IS_GONE if view.for_good else writing.DROPPED_IS_KEPT)
    if view.last:
        yield line(writing.LAST_ONE)
    if view.supporting:
        yield line(note(writing.SUPPORTED_BY.format(titles=_titles(view.supporting))))
    if view.needing:
        yield line(note(writing.NEEDED_BY.format(titles=_titles(view.needing))))
    if view.hidden:
        more = phrases.count(view.hidden, "more")  # "2 more"
        yield line(writing.HIDDEN_COUNT_ON_IT.format(more=more))


def _titles(titles: Sequence[str]) -> str:
    return phrases.listed([f"“{name(one, TITLE_MOST)}”" for one in titles], LISTED_MOST)


def _title(view: Consequences) -> str:
    one: KeyResult | None = view.found.key_result
    return one.title if one else view.found.objective.title


def _metadata(view: Consequences) -> Metadata:
    one = view.found.key_result
    return Metadata(objective_id=view.found.objective.id, key_result_id=one.id if one else 0)
