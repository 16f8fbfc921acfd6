"""Who is in which channel: people and the bot come and go."""

from dataclasses import replace

from bot.practice import events
from bot.practice.model import Channel, Message
from bot.practice.world import Envelope, World


def join(world: World, channel: Channel, user: str, inviter: str | None = None) -> Envelope | None:
    """They are in it from now on, the channel and the bot hear of it; LookupError if that cannot be."""
    person = world.workspace.people.get(user)
    if person is None or person.deleted:
        raise LookupError(f"There is nobody with the id {user}")
    if channel.archived:
        raise LookupError(f"#{channel.name} is archived")
    if user in channel.members:
        raise LookupError(f"{person.name} is in #{channel.name} already")
    after = _with(world, channel, (*channel.members, user))
    _note(world, after, user, "channel_join", "joined")
    return events.joined(world, after, user, inviter)


def leave(world: World, channel: Channel, user: str, actor: str) -> Envelope | None:
    """They are not in it any more, because `actor` (perhaps they themselves) wanted it; LookupError if
    they are not in it."""
    if user not in channel.members:
        raise LookupError(f"Nobody with the id {user} is in #{channel.name}")
    _note(world, channel, user, "channel_leave", "left")
    after = _with(world, channel, tuple(one for one in channel.members if one != user))
    if user == world.identity.bot_user_id:
        return events.bot_left(world, after, actor)
    return events.left(world, after, user)


def vanish(world: World, user: str) -> None:
    """Takes somebody who is deactivated out of every channel, without a word, as Slack does."""
    for channel in list(world.workspace.channels.values()):
        if channel.kind != "im" and user in channel.members:
            _with(world, channel, tuple(one for one in channel.members if one != user))


def _with(world: World, channel: Channel, members: tuple[str, ...]) -> Channel:
    after = world.workspace.channels[channel.id] = replace(channel, members=members)
    return after


def _note(world: World, channel: Channel, user: str, subtype: str, did: str) -> None:
    """What stands in the channel about it."""
    message = Message(
        channel=channel.id,
        ts=world.stamps.next(),
        user=user,
        text=f"<@{user}> has {did} the channel",
        subtype=subtype,
    )
    world.workspace.put_message(message)
    events.message_posted(world, message)
