"""The fields of a form: one element each, whose action_id equals the block_id."""

from typing import Any, Final

from slack_sdk.models.blocks import InputBlock, InputInteractiveElement, PlainTextInputElement
from slack_sdk.models.blocks.basic_components import DispatchActionConfig

from bot.slack.richtext import plain

INPUT_MOST: Final = 3000
OPTION_MOST: Final = 75


def text_field(
    action_id: str, initial: str, *, multiline: bool = False, tells: bool = False
) -> PlainTextInputElement:
    """`tells`: the bot hears of each character."""
    dispatch = DispatchActionConfig(trigger_actions_on=["on_character_entered"]) if tells else None
    return PlainTextInputElement(
        action_id=action_id,
        initial_value=initial[:INPUT_MOST] or None,
        multiline=multiline,
        max_length=INPUT_MOST,
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
