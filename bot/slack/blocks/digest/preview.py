"""The digest as a lead sees it beforehand: what they can add to it, and what it looks like now."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    DividerBlock,
    Option,
)

from bot.okr.model import Team
from bot.services.digest.early import Preview
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import Button, buttons, message
from bot.slack.blocks.digest.messages import digest
from bot.slack.blocks.fields import input_block, modal, text_field
from bot.slack.blocks.words import question_line
from bot.slack.message import Message
from bot.slack.richtext import Line, Run, line, name, paragraph, plain

NOTE_MOST: Final = 1000
TEAMS_MOST: Final = 20
"""A message's row of buttons takes 25."""


def preview(view: Preview) -> dict[str, Any]:
    """The modal; its submit keeps the note and the setting."""
    blocks = [
        paragraph([_about(view), *(question_line(one) for one in view.questions)]),
        _note(view),
        _pings(view),
        *(() if view.out else (_post_now(view),)),
        dict(DividerBlock().to_dict()),
        *digest(view.digest).blocks,
    ]
    return modal(
        texts.PREVIEW_TITLE,
        blocks,
        close=texts.CLOSE,
        submit=texts.SAVE,
        callback_id=ids.PREVIEW_FORM,
        private_metadata=str(view.round_id),
    )


def which_team(led: Sequence[Team], asked_for: str) -> Message:
    """To somebody who leads several, or none of the name that they asked for."""
    row = buttons(
        *(
            Button(name(team.name, 60), ids.field(ids.PREVIEW, team.id), str(team.id))
            for team in led[:TEAMS_MOST]
        )
    )
    said = texts.NOT_LED.format(name=name(asked_for, 60)) if asked_for else texts.WHICH_DIGEST
    return message([[line(said)], row])


def _about(view: Preview) -> Line:
    said = texts.ONLY_YOU_OUT if view.out else texts.ONLY_YOU
    before, after = said.format(channel="\0", when=phrases.day_and_clock(view.due_at)).split("\0")
    return line(before, Run(channel=view.channel), after)


def _note(view: Preview) -> dict[str, Any]:
    field = ids.field(ids.NOTE, view.round_id)
    element = text_field(field, view.wishes.note, multiline=True, most=NOTE_MOST)
    return input_block(field, texts.A_NOTE, element, optional=True, hint=texts.A_NOTE_HINT)


def _pings(view: Preview) -> dict[str, Any]:
    field = ids.field(ids.PINGS, view.round_id)
    option = Option(text=plain(texts.PING_THEM, 75), value=ids.PINGS)
    element = CheckboxesElement(
        action_id=field, options=[option], initial_options=[option] if view.wishes.pings else None
    )
    return input_block(field, texts.PINGS, element, optional=True, hint=texts.PINGS_HINT)


def _post_now(view: Preview) -> dict[str, Any]:
    waiting = len(view.digest.waiting_for)
    button = ButtonElement(
        text=plain(texts.POST_NOW, 75),
        action_id=ids.POST_NOW,
        value=str(view.round_id),
        confirm=ConfirmObject(
            title=plain(texts.POST_NOW_TITLE, 100),
            text=plain(texts.post_now(waiting), 300),
            confirm=plain(texts.POST_IT, 30),
            deny=plain(texts.CANCEL, 30),
        ),
    )
    return dict(ActionsBlock(block_id=ids.POST_NOW, elements=[button]).to_dict())
