"""A form and its fields: one element each, whose action_id equals the block_id."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import InputBlock, InputInteractiveElement, PlainTextInputElement
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.views import View

from bot.slack import texts
from bot.slack.richtext import plain

INPUT_MOST: Final = 3000
OPTION_MOST: Final = 75


def modal(
    title: str,
    blocks: Sequence[dict[str, Any]],
    *,
    close: str = texts.CANCEL,
    submit: str | None = None,
    callback_id: str | None = None,
    private_metadata: str | None = None,
) -> dict[str, Any]:
    """Without `submit` it only says something."""
    view = View(
        type="modal",
        title=plain(title, 24),
        blocks=list(blocks),
        close=plain(close, 24),
        submit=plain(submit, 24) if submit else None,
        callback_id=callback_id,
        private_metadata=private_metadata,
    )
    return dict(view.to_dict())


def text_field(
    action_id: str,
    initial: str,
    *,
    multiline: bool = False,
    tells: bool = False,
    most: int = INPUT_MOST,
) -> PlainTextInputElement:
    """`tells`: the bot hears of each character."""
    dispatch = DispatchActionConfig(trigger_actions_on=["on_character_entered"]) if tells else None
    return PlainTextInputElement(
        action_id=action_id,
        initial_value=initial[:most] or None,
        multiline=multiline,
        max_length=most,
        dispatch_action_config=dispatch,
    )


def input_block(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    optional: bool = False,
    dispatch: bool = False,
    hint: str | None = None,
) -> dict[str, Any]:
    block = InputBlock(
        block_id=block_id,
        label=plain(label, 2000),
        element=element,
        optional=optional,
        dispatch_action=dispatch or None,
        hint=plain(hint, 2000) if hint else None,
    )
    return dict(block.to_dict())
