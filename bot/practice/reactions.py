"""Emoji that people and the bot put on messages."""

import re
from dataclasses import replace

from bot.practice import events
from bot.practice.errors import SlackError
from bot.practice.model import Message
from bot.practice.world import Envelope, World

NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def reacted(message: Message, user: str, name: str) -> bool:
    """Whether this person put this emoji on the message; SlackError `invalid_name` if it cannot be one."""
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return user in message.reactions.get(name, ())


def add(world: World, message: Message, user: str, name: str) -> Envelope | None:
    """Puts it there and tells the bot; SlackError `already_reacted` or `invalid_name`."""
    if reacted(message, user, name):
        raise SlackError("already_reacted")
    users = (*message.reactions.get(name, ()), user)
    world.workspace.put_message(replace(message, reactions={**message.reactions, name: users}))
    return events.reacted(world, "reaction_added", message, user, name)


def remove(world: World, message: Message, user: str, name: str) -> Envelope | None:
    """Takes it away and tells the bot; SlackError `no_reaction` or `invalid_name`."""
    if not reacted(message, user, name):
        raise SlackError("no_reaction")
    users = tuple(one for one in message.reactions[name] if one != user)
    left = {each: held for each, held in {**message.reactions, name: users}.items() if held}
    world.workspace.put_message(replace(message, reactions=left))
    return events.reacted(world, "reaction_removed", message, user, name)
