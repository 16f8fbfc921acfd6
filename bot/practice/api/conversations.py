"""conversations.* but for their messages: finding, opening, and who is in them."""

from typing import Any

from bot.practice.api.call import Call, Method, missing_scope
from bot.practice.api.paging import limit_of, page
from bot.practice.errors import SlackError
from bot.practice.model import Channel
from bot.practice.objects import channel_object

Json = dict[str, Any]
READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im"}
MOST_CHANNELS = 1000


def visible(call: Call, channel_id: str) -> Channel:
    """The channel, if the bot may know of it: public ones, and the others that it is in."""
    channel = call.world.workspace.channels.get(channel_id)
    bot = call.world.identity.bot_user_id
    if channel is None or (channel.kind != "public" and bot not in channel.members):
        raise SlackError("channel_not_found")
    return channel


def _types(call: Call) -> set[str]:
    wanted = [name.strip() for name in call.text("types", "public_channel").split(",")]
    if any(name not in TYPES and name != "mpim" for name in wanted):
        raise SlackError("invalid_types")
    kinds = {TYPES[name] for name in wanted if name in TYPES}
    lacking = [READ_SCOPES[kind] for kind in sorted(kinds) if READ_SCOPES[kind] not in call.world.scopes]
    if lacking:
        raise missing_scope(call.world, *lacking)
    return kinds


def _listed(call: Call, member: str | None) -> Json:
    kinds = _types(call)
    bot = call.world.identity.bot_user_id
    channels = [
        channel
        for channel in call.world.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or bot in channel.members)
        and (member is None or member in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    found, cursor = page(call, channels, limit_of(call, 100, MOST_CHANNELS))
    shown = [channel_object(call.world, channel) for channel in found]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def list_channels(call: Call) -> Json:
    return _listed(call, None)


def of_member(call: Call) -> Json:
    """users.conversations: the channels that somebody (the bot, if nobody is named) is in."""
    return _listed(call, call.text("user") or call.world.identity.bot_user_id)


def info(call: Call) -> Json:
    channel = visible(call, call.text("channel"))
    call.require(READ_SCOPES[channel.kind])
    return {"channel": channel_object(call.world, channel)}


def members(call: Call) -> Json:
    channel = visible(call, call.text("channel"))
    call.require(READ_SCOPES[channel.kind])
    found, cursor = page(call, channel.members, limit_of(call, 100, MOST_CHANNELS))
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def open_channel(call: Call) -> Json:
    """conversations.open for one person, or for a known direct message channel."""
    world = call.world
    if "channel" in call:
        channel = visible(call, call.text("channel"))
        return {"no_op": True, "already_open": True, "channel": {"id": channel.id}}
    users = [user for user in call.text("users").split(",") if user]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:  # group messages are not part of this workspace
        raise SlackError("method_not_supported_for_channel_type")
    person = world.workspace.people.get(users[0])
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    already = world.workspace.dm_of(person.id) is not None
    channel = world.open_dm(person.id)
    shown = channel_object(world, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if already else {})}


METHODS = (
    Method("conversations.list", list_channels),
    Method("conversations.info", info, needs=("channel",)),
    Method("conversations.members", members, needs=("channel",)),
    Method("conversations.open", open_channel, scopes=("im:write",)),
)
