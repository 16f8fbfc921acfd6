"""chat.*: the bot posts, changes and deletes messages."""

import json
from dataclasses import replace
from typing import Any

from bot.practice import events
from bot.practice.api.call import Call, Method
from bot.practice.errors import SlackError, refused
from bot.practice.forms import with_ids
from bot.practice.limits import check_blocks
from bot.practice.model import Channel, Message
from bot.practice.objects import message_object
from bot.practice.world import World

Json = dict[str, Any]
LONGEST_TEXT = 4000  # chat.postMessage would split a longer text into several messages: not wanted here
MOST_METADATA = 8000


def read_blocks(call: Call) -> tuple[Json, ...] | None:
    """The blocks with their ids, or None if the call names none; SlackError `invalid_blocks` and the like."""
    blocks = call.structure("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = check_blocks(blocks, "message")
    if problems:
        raise refused("invalid_blocks", problems)
    return with_ids(blocks, call.world.ids)


def read_text(call: Call, name: str = "text", *, otherwise: bool) -> str:
    """The text, which is the argument called `name`.

    SlackError `no_text` if it is empty and nothing else (`otherwise`) says anything.
    """
    text = call.text(name)
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if not text.strip() and not otherwise:
        raise SlackError("no_text")
    return text


def _metadata(call: Call) -> Json | None:
    """{"event_type": …, "event_payload": {flat}} or None; an empty object takes it away."""
    metadata = call.structure("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None if metadata is None else {}
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackError("invalid_metadata_format")
    if any(isinstance(value, dict | list) for value in metadata["event_payload"].values()):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > MOST_METADATA:
        raise SlackError("metadata_too_large")
    return dict(metadata)


def _destination(call: Call) -> Channel:
    """Where a message goes: a channel's id or #name, a direct message's id, or a person's id."""
    world, named = call.world, call.text("channel")
    channel = world.workspace.channels.get(named) or world.workspace.channel_named(named.removeprefix("#"))
    person = world.workspace.people.get(named)
    if channel is None and person and not person.deleted and not person.is_bot:
        channel = world.open_dm(person.id)
    if channel is None:
        raise SlackError("channel_not_found")
    return writable(world, channel)


def writable(world: World, channel: Channel) -> Channel:
    """The channel, if the bot may post there."""
    inside = world.identity.bot_user_id in channel.members
    if channel.kind != "public" and not inside:
        raise SlackError("channel_not_found")
    if channel.kind == "im" and any(world.workspace.people[user].deleted for user in channel.members):
        raise SlackError("channel_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    if not inside and "chat:write.public" not in world.scopes:
        raise SlackError("not_in_channel")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    """The thread to answer in: that of the message named, which may be a reply itself."""
    if not call.text("thread_ts"):
        return None
    root = call.world.workspace.root_of(channel.id, call.text("thread_ts"))
    if root is None:
        raise SlackError("cannot_reply_to_message")
    return root


def post_message(call: Call) -> Json:
    world = call.world
    channel = _destination(call)
    blocks = read_blocks(call)
    text = read_text(call, otherwise=bool(blocks))
    message = Message(
        channel=channel.id,
        ts=world.stamps.next(),
        user=world.identity.bot_user_id,
        text=text,
        blocks=blocks or (),
        thread_ts=_thread(call, channel),
        from_bot=True,
        metadata=_metadata(call) or None,
    )
    world.workspace.put_message(message)
    events.message_posted(world, message)
    shown = message_object(world, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def _own(call: Call, forbidden: str) -> Message:
    """The message named by `channel` and `ts`, if the bot wrote it."""
    channel = call.world.workspace.channels.get(call.text("channel"))
    if channel is None or (
        channel.kind != "public" and call.world.identity.bot_user_id not in channel.members
    ):
        raise SlackError("channel_not_found")
    message = call.world.workspace.message(channel.id, call.text("ts"))
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    if not message.from_bot:
        raise SlackError(forbidden)
    if channel.archived:
        raise SlackError("is_inactive")
    return message


def update(call: Call) -> Json:
    """chat.update: blocks and metadata that are not named stay, an empty list or object takes them away."""
    world = call.world
    before = _own(call, "cant_update_message")
    blocks = read_blocks(call)
    kept = before.blocks if blocks is None else blocks
    text = read_text(call, otherwise=bool(blocks))
    metadata = _metadata(call)
    after = replace(
        before,
        text=text,
        blocks=kept,
        metadata=before.metadata if metadata is None else (metadata or None),
        edited_ts=world.stamps.next(),
        edited_by=world.identity.bot_user_id,
    )
    world.workspace.put_message(after)
    events.message_changed(world, before, after)
    shown = message_object(world, after, with_metadata=True)
    return {"channel": after.channel, "ts": after.ts, "text": text, "message": shown}


def delete(call: Call) -> Json:
    message = _own(call, "cant_delete_message")
    del call.world.workspace.messages[message.channel][message.ts]
    events.message_deleted(call.world, message)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    world = call.world
    channel = _destination(call)
    user = call.text("user")
    if user not in channel.members or user not in world.workspace.people:
        raise SlackError("user_not_in_channel")
    blocks = read_blocks(call)
    text = read_text(call, otherwise=bool(blocks))
    thread_ts = _thread(call, channel)
    message = Message(
        channel=channel.id,
        ts=world.stamps.next(),
        user=world.identity.bot_user_id,
        text=text,
        blocks=blocks or (),
        thread_ts=thread_ts,
        from_bot=True,
        only_for=user,
    )
    world.workspace.put_message(message)
    return {"message_ts": message.ts}


WRITE = ("chat:write",)
METHODS = (
    Method("chat.postMessage", post_message, WRITE, ("channel",)),
    Method("chat.update", update, WRITE, ("channel", "ts")),
    Method("chat.delete", delete, WRITE, ("channel", "ts")),
    Method("chat.postEphemeral", post_ephemeral, WRITE, ("channel", "user")),
)
