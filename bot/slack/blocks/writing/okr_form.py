"""What the forms for objectives and key results have in common: choices, remarks beside fields, and how a
form is drawn anew from itself alone, whoever's it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from slack_sdk.models.blocks import (
    InputInteractiveElement,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.okr.writing.drafts import LONGEST_REASON
from bot.slack import ids, texts
from bot.slack.blocks.fields import input_block, modal, text_field
from bot.slack.reading.okr_fields import MINE, THEIRS, Metadata
from bot.slack.richtext import bold, line, name, note, paragraph, plain
from bot.slack.texts import writing

OPTIONS_MOST: Final = 100
TITLE_MOST: Final = 150
_SENT_BACK: Final = ("type", "title", "submit", "close", "private_metadata", "callback_id")

View = dict[str, Any]
Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else has changed while the form was open."""

    field: str
    """Its name in the draft, and in words."""
    label: str
    theirs: str
    mine: str = ""
    """Empty where one has not touched it: theirs stands there, and there is nothing to decide."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the fields."""

    title: str
    """24 characters."""
    callback_id: str
    metadata: Metadata = field(default_factory=Metadata)
    submit: str = texts.SAVE
    about: str = ""
    """A sentence above the fields."""
    asks_reason: bool = False
    reason: str = ""
    clashes: Sequence[Clash] = ()

    def at(self, what: str) -> str:
        return ids.field(what, self.metadata.generation)


def framed(frame: Frame, blocks: Iterable[Block]) -> View:
    above = [paragraph([line(note(frame.about, 1000))])] if frame.about else []
    return modal(
        frame.title,
        [*above, *_clashes(frame), *blocks, *([reason(frame)] if frame.asks_reason else [])],
        submit=frame.submit,
        callback_id=frame.callback_id,
        private_metadata=frame.metadata.written(),
    )


def reason(frame: Frame) -> Block:
    block_id = frame.at(ids.OKR_REASON)
    entry = text_field(block_id, frame.reason, multiline=True, most=LONGEST_REASON)
    return input_block(block_id, writing.WHY, entry, hint=writing.WHY_HINT)


def entry(
    frame: Frame,
    what: str,
    label: str,
    text: str,
    *,
    optional: bool = True,
    multiline: bool = False,
    tells: bool = False,
    hint: str | None = None,
) -> Block:
    """A text field. None of them limits what is typed, so that nothing is lost before it was said why."""
    block_id = frame.at(what)
    element = text_field(block_id, text, multiline=multiline, tells=tells)
    return input_block(block_id, label, element, optional=optional, dispatch=tells, hint=hint)


def choice(
    frame: Frame,
    what: str,
    label: str,
    options: Mapping[str, str],
    chosen: str | None,
    *,
    optional: bool = False,
    tells: bool = False,
    hint: str | None = None,
) -> Block:
    """One of several, by their values."""
    block_id = frame.at(what)
    offered = {
        value: Option(text=plain(words, 75), value=value)
        for value, words in list(options.items())[:OPTIONS_MOST]
    }
    element = StaticSelectElement(
        action_id=block_id,
        placeholder=plain(texts.CHOOSE, 150),
        options=list(offered.values()),
        initial_option=offered.get(chosen or ""),
    )
    return input_block(block_id, label, element, optional=optional, dispatch=tells, hint=hint)


def someone(frame: Frame, what: str, label: str, slack_id: str | None, *, optional: bool = False) -> Block:
    block_id = frame.at(what)
    element = UserSelectElement(
        action_id=block_id, placeholder=plain(texts.CHOOSE_PERSON, 150), initial_user=slack_id
    )
    return input_block(block_id, label, element, optional=optional)


def field_of(
    frame: Frame, what: str, label: str, element: InputInteractiveElement, *, tells: bool = False
) -> Block:
    return input_block(frame.at(what), label, element, optional=True, dispatch=tells)


def advised(blocks: Iterable[Block], advice: Mapping[str, str], generation: int) -> list[Block]:
    """With what the coach remarks below a field, in the place of the field's own hint."""
    said = {ids.field(what, generation): words for what, words in advice.items()}
    return [
        block | {"hint": plain(said[block["block_id"]], 2000).to_dict()}
        if block.get("block_id") in said
        else block
        for block in blocks
    ]


def sent_back(view: Mapping[str, Any], blocks: Sequence[Block], metadata: Metadata) -> View:
    """A view that Slack has handed us, with other blocks, as it may be handed back."""
    kept = {key: view[key] for key in _SENT_BACK if view.get(key)}
    return kept | {"blocks": list(blocks), "private_metadata": metadata.written()}


def _clashes(frame: Frame) -> Iterable[Block]:
    """What somebody else has changed meanwhile, and whose is to count where both have changed it."""
    if not frame.clashes:
        return
    lines = [line(bold(writing.CHANGED_MEANWHILE))]
    lines += [line(f"{one.label}: {name(one.theirs, TITLE_MOST)}") for one in frame.clashes if not one.mine]
    yield paragraph(lines)
    for one in frame.clashes:
        if one.mine:
            block_id = ids.clash_field(one.field, frame.metadata.generation)
            theirs = Option(text=plain(writing.THEIRS.format(words=one.theirs), 75), value=THEIRS)
            mine = Option(text=plain(writing.MINE.format(words=one.mine), 75), value=MINE)
            element = RadioButtonsElement(action_id=block_id, options=[theirs, mine], initial_option=theirs)
            yield input_block(block_id, one.label, element)
