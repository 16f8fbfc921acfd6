"""files.*: the bot uploads in three steps; the second is an HTTP POST to the address that the first gives."""

from dataclasses import replace
from typing import Any

from bot.practice import events
from bot.practice.api.call import Call, Method
from bot.practice.api.chat import read_blocks, read_text, writable
from bot.practice.errors import SlackError, invalid_arguments
from bot.practice.model import Channel, File, Message
from bot.practice.objects import file_object
from bot.practice.uploads import TEXT, types_of

Json = dict[str, Any]
LONGEST_ALT = 1000
LARGEST_SNIPPET = 1024 * 1024
MOST_CHANNELS = 100


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: an address for one file, and the file's id."""
    world = call.world
    size = call.number("length", 0)
    if size < 0:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    if size == 0:
        raise SlackError("missing_argument")
    if len(call.text("alt_txt")) > LONGEST_ALT:
        raise SlackError("alt_txt_too_large")
    if call.text("snippet_type") and size > LARGEST_SNIPPET:
        raise SlackError("snippet_too_large")
    name = call.text("filename")
    mimetype, filetype = TEXT if call.text("snippet_type") else types_of(name)
    file = File(
        id=world.ids.new("F"),
        name=name,
        title=name,
        user=world.identity.bot_user_id,
        mimetype=mimetype,
        filetype=filetype,
        size=size,
        created=world.seconds(),
        alt_txt=call.text("alt_txt"),
    )
    return {"upload_url": world.address_of_upload(world.uploads.new(file)), "file_id": file.id}


def _sent(call: Call) -> list[File]:
    """The files named by `files`, with the titles given there."""
    named = call.structure("files", "invalid_arguments")
    if not isinstance(named, list) or not named:
        raise invalid_arguments("must provide an array of files [json-pointer:/files]")
    if not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in named):
        raise invalid_arguments("each file must have an id [json-pointer:/files]")
    if len({one["id"] for one in named}) < len(named):
        raise invalid_arguments("each file may be named once [json-pointer:/files]")
    files = [(call.world.uploads.sent(one["id"]), str(one.get("title") or "")) for one in named]
    return [replace(file, title=title or file.title) for file, title in files]


def _member(call: Call, channel: Channel | None, unknown: str) -> Channel:
    """The channel, if the bot is in it and may post there: chat:write.public is not for files."""
    if channel is None:
        raise SlackError(unknown)
    if call.world.identity.bot_user_id not in writable(call.world, channel).members:
        raise SlackError("not_in_channel")
    return channel


def _destinations(call: Call) -> list[Channel]:
    """Where the files are shared, perhaps nowhere: `channel_id`, and `channels` by their ids or people's."""
    workspace = call.world.workspace
    found: dict[str, Channel] = {}
    if call.text("channel_id"):
        only = _member(call, workspace.channels.get(call.text("channel_id")), "channel_not_found")
        found[only.id] = only
    given = call.arguments.get("channels") or ""
    named = [str(one).strip() for one in (given if isinstance(given, list) else str(given).split(","))]
    for name in filter(None, named):
        person = workspace.people.get(name)
        known = person is not None and not person.deleted and not person.is_bot
        channel = call.world.open_dm(name) if known else workspace.channels.get(name)
        found[name] = _member(call, channel, "invalid_channel")
    if len(found) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    return list({channel.id: channel for channel in found.values()}.values())


def _thread(call: Call, channels: list[Channel]) -> str | None:
    """The message to answer. Of a reply Slack says never to name it; here that is an error, to be found."""
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return None
    if len(channels) != 1:
        raise invalid_arguments("must provide exactly one channel [json-pointer:/thread_ts]")
    if call.world.workspace.root_of(channels[0].id, thread_ts) != thread_ts:
        raise invalid_arguments("must be a message that is no reply [json-pointer:/thread_ts]")
    return thread_ts


def _words(call: Call) -> tuple[str, tuple[Json, ...]]:
    """The message's text and blocks; blocks are not even looked at where there is an initial comment."""
    comment = read_text(call, "initial_comment", otherwise=True)
    if comment:
        return comment, ()
    blocks = read_blocks(call) or ()
    if any(block["type"] == "markdown" for block in blocks):  # slackapi/python-slack-sdk#1756
        raise SlackError("internal_error")
    return "", blocks


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: the files are there, and stand in a message of each channel named.

    As in Slack the answer does not tell that message's timestamp, and the message takes no metadata.
    """
    world = call.world
    files = _sent(call)
    channels = _destinations(call)
    thread_ts = _thread(call, channels)
    text, blocks = _words(call)
    world.uploads.complete(files)
    for file in files:
        world.workspace.files[file.id] = file
    for channel in channels:
        message = Message(
            channel=channel.id,
            ts=world.stamps.next(),
            user=world.identity.bot_user_id,
            text=text,
            blocks=blocks,
            thread_ts=thread_ts,
            from_bot=True,
            files=tuple(files),
        )
        world.workspace.put_message(message)
        events.message_posted(world, message)
    return {"files": [file_object(world, file) for file in files]}


WRITE = ("files:write",)
METHODS = (
    Method("files.getUploadURLExternal", get_upload_url, WRITE, ("filename", "length")),
    Method("files.completeUploadExternal", complete_upload, WRITE, ("files",)),
)
