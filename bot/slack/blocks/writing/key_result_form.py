"""The form in which a key result is written, or a change to one: its fields follow how it is measured."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.okr.measures import Keep, Milestone, Move
from bot.okr.numbers.values import write_plainly
from bot.okr.writing.drafts import KeyResultDraft
from bot.okr.writing.measure_lines import checkpoint_line, step_line
from bot.slack import ids
from bot.slack.blocks.writing.okr_form import (
    Block,
    Frame,
    View,
    advised,
    choice,
    entry,
    framed,
    sent_back,
    someone,
)
from bot.slack.reading import fields
from bot.slack.reading.okr_fields import kind_of, read_metadata
from bot.slack.texts import writing

_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "move": (ids.OKR_START, ids.OKR_TARGET, ids.OKR_UNIT, ids.OKR_CHECKPOINTS),
    "at_least": (ids.OKR_LOW, ids.OKR_UNIT),
    "at_most": (ids.OKR_HIGH, ids.OKR_UNIT),
    "within": (ids.OKR_LOW, ids.OKR_HIGH, ids.OKR_UNIT),
    "milestone": (ids.OKR_STEPS,),
}
_LABELS: Final[Mapping[str, str]] = {
    ids.OKR_START: writing.START,
    ids.OKR_TARGET: writing.TARGET,
    ids.OKR_UNIT: writing.UNIT,
    ids.OKR_CHECKPOINTS: writing.CHECKPOINTS,
    ids.OKR_LOW: writing.LOW,
    ids.OKR_HIGH: writing.HIGH,
    ids.OKR_STEPS: writing.STEPS,
}
_HINTS: Final[Mapping[str, str]] = {
    ids.OKR_UNIT: writing.UNIT_HINT,
    ids.OKR_CHECKPOINTS: writing.CHECKPOINTS_HINT,
    ids.OKR_STEPS: writing.STEPS_HINT,
}
_LISTS: Final = frozenset({ids.OKR_CHECKPOINTS, ids.OKR_STEPS})
_TELLING: Final = frozenset({ids.OKR_START, ids.OKR_TARGET, ids.OKR_UNIT, ids.OKR_LOW, ids.OKR_HIGH})
"""What the coach looks at."""


def key_result_form(
    draft: KeyResultDraft | None,
    frame: Frame,
    *,
    owner: str | None = None,
    advice: Mapping[str, str] | None = None,
) -> View:
    """Without a draft a new one, `owner` chosen (a Slack id)."""
    entered = _entered(draft)
    kind = _kind(draft)
    shown = draft or KeyResultDraft("", Milestone(), owner)
    blocks = [
        entry(frame, ids.OKR_TITLE, writing.KEY_RESULT_TITLE, shown.title, optional=False, tells=True),
        choice(frame, ids.OKR_MEASURE, writing.MEASURE, writing.MEASURES, kind, tells=True),
        *(_measured(frame, what, entered.get(what, "")) for what in _FIELDS[kind]),
        someone(frame, ids.OKR_OWNER, writing.OWNER, shown.owner),
        someone(frame, ids.OKR_DELEGATE, writing.DELEGATE, shown.delegate, optional=True),
        choice(
            frame,
            ids.OKR_INDICATOR,
            writing.INDICATOR,
            {one.value: words for one, words in writing.INDICATORS.items()},
            shown.indicator.value if shown.indicator else None,
            optional=True,
        ),
        choice(
            frame,
            ids.OKR_EVERY,
            writing.EVERY,
            {str(weeks): words for weeks, words in writing.EVERY_OPTIONS.items()},
            str(shown.every),
        ),
        entry(frame, ids.OKR_WEIGHT, writing.WEIGHT, write_plainly(shown.weight), hint=writing.WEIGHT_HINT),
    ]
    return framed(frame, advised(blocks, advice or {}, frame.metadata.generation))


def redrawn(view: Mapping[str, Any], advice: Mapping[str, str]) -> View:
    """The form with the fields of how it is measured now. Slack keeps what was typed in those that stay, and
    what was typed in those that go is kept in the form until they come back."""
    metadata = read_metadata(view)
    frame = Frame("", "", metadata)
    measured = {frame.at(what): what for what in _LABELS}
    known = {one["block_id"]: one for one in view.get("blocks") or () if one.get("block_id") in measured}
    kept = dict(metadata.kept) | {measured[one]: fields.text(view, one) for one in known}
    wanted = _FIELDS[kind_of(view)]
    blocks: list[Block] = []
    for block in view.get("blocks") or ():
        if block.get("block_id") not in measured:
            blocks.append(_own_hint(block, frame))
        if block.get("block_id") == frame.at(ids.OKR_MEASURE):
            blocks += [
                _own_hint(known[frame.at(what)], frame)
                if frame.at(what) in known
                else _measured(frame, what, kept.get(what, ""))
                for what in wanted
            ]
    gone = {what: text for what, text in kept.items() if what not in wanted and text}
    metadata = replace(metadata, kept=gone)
    return sent_back(view, advised(blocks, advice, metadata.generation), metadata)


def _measured(frame: Frame, what: str, text: str) -> Block:
    return entry(
        frame,
        what,
        _LABELS[what],
        text,
        optional=what in _LISTS or what == ids.OKR_UNIT,
        multiline=what in _LISTS,
        tells=what in _TELLING,
        hint=_HINTS.get(what),
    )


def _own_hint(block: Block, frame: Frame) -> Block:
    """Without what the coach said of what stood there before."""
    own = {frame.at(what): hint for what, hint in (*_HINTS.items(), (ids.OKR_WEIGHT, writing.WEIGHT_HINT))}
    own[frame.at(ids.OKR_REASON)] = writing.WHY_HINT
    bare = {key: held for key, held in block.items() if key != "hint"}
    hint = own.get(str(block.get("block_id")))
    return bare | {"hint": {"type": "plain_text", "text": hint, "emoji": False}} if hint else bare


def _kind(draft: KeyResultDraft | None) -> str:
    match draft.measure if draft else None:
        case Keep(_, None):
            return "at_least"
        case Keep(None, _):
            return "at_most"
        case Keep():
            return "within"
        case Milestone():
            return "milestone"
        case _:
            return "move"


def _entered(draft: KeyResultDraft | None) -> dict[str, str]:
    """What stands in the fields of how it is measured, every digit, so that it is read as the same again."""
    if draft is None:
        return {}
    said = {ids.OKR_UNIT: draft.unit}
    match draft.measure:
        case Move(start, target, checkpoints):
            said |= {ids.OKR_START: write_plainly(start), ids.OKR_TARGET: write_plainly(target)}
            said[ids.OKR_CHECKPOINTS] = "\n".join(map(checkpoint_line, checkpoints))
        case Keep(low, high):
            ends = {ids.OKR_LOW: low, ids.OKR_HIGH: high}
            said |= {what: write_plainly(end) for what, end in ends.items() if end is not None}
        case Milestone(steps):
            said[ids.OKR_STEPS] = "\n".join(map(step_line, steps))
    return said
