"""What key results need of other teams', and what is needed of the reader."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import ExternalDataSelectElement, Option

from bot.okr.alignment.views import Need, Needed
from bot.okr.model import DependencyState
from bot.services.alignment.depending import Asked, Choice, NeedsView
from bot.slack import ids, phrases
from bot.slack.blocks.alignment.tree import need_state
from bot.slack.blocks.compose import Button, Menu, Part, buttons, message
from bot.slack.blocks.fields import OPTION_MOST, input_block, modal
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name, paragraph, plain
from bot.slack.texts import alignment as texts

MESSAGE_MOST: Final = 4
LISTED_MOST: Final = 12
"""So many stand in a prompt, and in `/okr needs`."""
OPTIONS_MOST: Final = 100
TITLE_MOST: Final = 80


def needed(every: Sequence[Needed], most: int = MESSAGE_MOST) -> list[Part]:
    """What is asked of the reader, each with its buttons."""
    parts: list[Part] = []
    for one in every[:most]:
        parts += [[line(bold(_needs_yours(one)))], _row(one)]
    left = len(every) - most
    if left > 0:
        parts.append([line(texts.MORE_COUNT_ON_YOU.format(more=phrases.more(left)))])
    return parts


def answered(every: Sequence[Need]) -> list[Part]:
    """What was said of what the reader's need."""
    lines = [_said(one) for one in every if one.state in texts.SAID_OF_NEED]
    return [lines[:MESSAGE_MOST]] if lines else []


def overview(view: NeedsView, words: str) -> Message:
    """`/okr needs`: what is asked of one, what one's own need, and for which to ask."""
    parts: list[Part] = [*needed(view.needed, LISTED_MOST)]
    if view.needs:
        parts.append(texts.WHAT_IT_NEEDS)
    for one in view.needs[:LISTED_MOST]:
        parts += [[_need(one)], _withdraw(one)]
    left = len(view.needs) - LISTED_MOST
    if left > 0:
        parts.append([line(phrases.more(left))])
    return message([*parts, *_chooser(view, words)])


def _chooser(view: NeedsView, words: str) -> list[Part]:
    if not view.theirs:
        none = texts.NO_SUCH_KEY_RESULT.format(words=name(words, TITLE_MOST)) if words else ""
        return [[line(none or texts.NOTHING_TO_NEED_FOR)]]
    options = tuple((f"{name(one.title, 50)} · {name(one.team, 20)}", str(one.id)) for one in view.theirs)
    menu = Menu(texts.NEEDS, ids.NEEDS, options[:OPTIONS_MOST])
    return [[line(texts.WHICH_KEY_RESULT)], buttons(menu, block_id=ids.NEEDS)]


def needs_form(one: Choice) -> dict[str, Any]:
    field = ids.field(ids.NEEDED_ON, one.id)
    element = ExternalDataSelectElement(
        action_id=field, placeholder=plain(texts.TYPE_WORDS, 150), min_query_length=0
    )
    return modal(
        texts.NEEDS_TITLE,
        [
            paragraph([line(bold(name(one.title, 300)), f", {name(one.team, 80)}")]),
            input_block(field, texts.NEEDS_WHAT, element, hint=texts.NEEDS_HINT),
        ],
        submit=texts.ASK_THEM,
        callback_id=ids.NEEDS_FORM,
        private_metadata=str(one.id),
    )


def option(one: Choice) -> Option:
    below = f"{name(one.team, 40)}, {name(one.owner, 30)}"
    return Option(
        text=plain(name(one.title), OPTION_MOST), value=str(one.id), description=plain(below, OPTION_MOST)
    )


def asked(one: Asked) -> str:
    who = phrases.either([person(each) for each in one.of])
    return texts.ASKED.format(who=who, on=name(one.on, TITLE_MOST))


def thanks(one: Needed, state: DependencyState) -> str:
    """To whoever has just answered."""
    sentence = texts.CONFIRMED_NOW if state is DependencyState.CONFIRMED else texts.DECLINED_NOW
    return sentence.format(by=person(one.by), key_result=name(one.key_result, TITLE_MOST))


def _needs_yours(one: Needed) -> str:
    return texts.NEEDS_YOURS.format(
        by=person(one.by),
        key_result=name(one.key_result, TITLE_MOST),
        team=name(one.team, 40),
        on=name(one.on, TITLE_MOST),
    )


def _row(one: Needed) -> dict[str, Any]:
    return buttons(
        Button(texts.CONFIRM, ids.CONFIRM_NEED, str(one.id)),
        Button(texts.NOT_SO, ids.DECLINE_NEED, str(one.id)),
        block_id=ids.field(ids.NEEDED, one.id),
    )


def _withdraw(one: Need) -> dict[str, Any]:
    return buttons(
        Button(texts.WITHDRAW, ids.WITHDRAW_NEED, str(one.id)), block_id=ids.field(ids.WITHDRAW_NEED, one.id)
    )


def _need(one: Need) -> Line:
    return line(
        texts.NEED_LINE.format(
            key_result=name(one.key_result, TITLE_MOST),
            on=name(one.on, TITLE_MOST),
            team=name(one.team, 40),
            state=need_state(one),
        )
    )


def _said(one: Need) -> Line:
    sentence = texts.SAID_OF_NEED[one.state]
    return line(
        sentence.format(
            key_result=name(one.key_result, TITLE_MOST),
            on=name(one.on, TITLE_MOST),
            team=name(one.team, 40),
        )
    )
