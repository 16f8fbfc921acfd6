"""What the bot says back to a command or a tap: in its acknowledgement or at the response address."""

from dataclasses import replace
from typing import Any

from bot.practice import events
from bot.practice.api.call import Call
from bot.practice.api.chat import read_blocks, read_text
from bot.practice.errors import SlackError
from bot.practice.model import Message
from bot.practice.triggers import AnswerAddress
from bot.practice.world import World

Json = dict[str, Any]


def at_address(world: World, key: str, body: Json) -> None:
    """Takes what was sent to a response address; SlackError if it is spent, or the message is no good."""
    with world.changing():
        place(world, world.answers.use(key), body)


def place(world: World, address: AnswerAddress, body: Json) -> None:
    """Shows the answer: in place of the message that was tapped, to everybody, or to the one person."""
    if body.get("delete_original"):
        _delete(world, address)
        return
    call = Call(world, body)
    blocks = read_blocks(call) or ()
    text = read_text(call, otherwise=bool(blocks))
    if body.get("replace_original"):
        _replace(world, address, text, blocks)
        return
    message = Message(
        channel=address.channel,
        ts=world.stamps.next(),
        user=world.identity.bot_user_id,
        text=text,
        blocks=blocks,
        thread_ts=call.text("thread_ts") or None,
        from_bot=True,
        only_for=None if body.get("response_type") == "in_channel" else address.user,
    )
    world.workspace.put_message(message)
    if message.only_for is None:
        events.message_posted(world, message)


def _original(world: World, address: AnswerAddress) -> Message:
    message = world.workspace.message(address.channel, address.message_ts or "")
    if message is None:
        raise SlackError("message_not_found")
    return message


def _delete(world: World, address: AnswerAddress) -> None:
    message = _original(world, address)
    del world.workspace.messages[message.channel][message.ts]
    if message.only_for is None:
        events.message_deleted(world, message)


def _replace(world: World, address: AnswerAddress, text: str, blocks: tuple[Json, ...]) -> None:
    before = _original(world, address)
    after = replace(
        before,
        text=text,
        blocks=blocks,
        edited_ts=world.stamps.next(),
        edited_by=world.identity.bot_user_id,
    )
    world.workspace.put_message(after)
    if after.only_for is None:
        events.message_changed(world, before, after)
