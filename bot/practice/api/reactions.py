"""reactions.*: the bot puts emoji on messages and takes them away."""

from typing import Any

from bot.practice import reactions
from bot.practice.api.call import Call, Method
from bot.practice.api.conversations import visible
from bot.practice.api.history import STAMP
from bot.practice.errors import SlackError
from bot.practice.model import Message

Json = dict[str, Any]


def _item(call: Call) -> Message:
    if not call.text("channel") or not call.text("timestamp"):
        raise SlackError("no_item_specified")
    if not STAMP.fullmatch(call.text("timestamp")):
        raise SlackError("bad_timestamp")
    channel = visible(call, call.text("channel"))
    message = call.world.workspace.message(channel.id, call.text("timestamp"))
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    if channel.archived:
        raise SlackError("is_archived")
    return message


def add(call: Call) -> Json:
    reactions.add(call.world, _item(call), call.world.identity.bot_user_id, call.text("name"))
    return {}


def remove(call: Call) -> Json:
    reactions.remove(call.world, _item(call), call.world.identity.bot_user_id, call.text("name"))
    return {}


WRITE = ("reactions:write",)
METHODS = (
    Method("reactions.add", add, WRITE, ("name",)),
    Method("reactions.remove", remove, WRITE, ("name",)),
)
