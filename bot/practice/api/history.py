"""conversations.history and conversations.replies: reading messages back."""

import re
from typing import Any

from bot.practice.api.call import Call, Method
from bot.practice.api.conversations import visible
from bot.practice.api.paging import decode, encode, limit_of
from bot.practice.errors import SlackError
from bot.practice.model import Channel, Message
from bot.practice.objects import message_object

Json = dict[str, Any]
HISTORY_SCOPES = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
MOST_MESSAGES = 999
STAMP = re.compile(r"\d+(\.\d+)?")


def _readable(call: Call) -> Channel:
    channel = visible(call, call.text("channel"))
    call.require(HISTORY_SCOPES[channel.kind])
    if call.world.identity.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def order(ts: str) -> tuple[int, int]:
    """A timestamp as something to compare; "12.5" is half a second past 12, as in Slack."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds), int(fraction.ljust(6, "0")[:6] or 0)


def _bound(call: Call, name: str) -> tuple[int, int] | None:
    value = call.text(name)
    if name == "latest" and value == "now":
        return None
    if not value:
        return None
    if not STAMP.fullmatch(value):
        raise SlackError(f"invalid_ts_{name}")
    return order(value)


def _within(call: Call, messages: list[Message]) -> list[Message]:
    """Those between `oldest` and `latest`; the bounds themselves only if `inclusive`."""
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    both = call.flag("inclusive")

    def fits(message: Message) -> bool:
        at = order(message.ts)
        after = oldest is None or at > oldest or (both and at == oldest)
        before = latest is None or at < latest or (both and at == latest)
        return after and before

    return [message for message in messages if fits(message)]


def _cut(call: Call, messages: list[Message], limit: int) -> tuple[list[Message], Json]:
    """One page of messages in the order given; the cursor names the first message of the next page."""
    start = 0
    if call.text("cursor"):
        wanted = decode(call.text("cursor"))
        start = next((i for i, message in enumerate(messages) if message.ts == wanted), len(messages))
    found, rest = messages[start : start + limit], messages[start + limit :]
    if not rest:
        return found, {"has_more": False}
    return found, {"has_more": True, "response_metadata": {"next_cursor": encode(rest[0].ts)}}


def _shown(call: Call, messages: list[Message]) -> list[Json]:
    metadata = call.flag("include_all_metadata")
    return [message_object(call.world, message, with_metadata=metadata) for message in messages]


def history(call: Call) -> Json:
    """What stands in the channel, newest first, without replies and ephemeral messages."""
    channel = _readable(call)
    everything = call.world.workspace.in_channel(channel.id)
    top = [message for message in everything if message.only_for is None and not message.is_reply]
    found, more = _cut(call, _within(call, top)[::-1], limit_of(call, 100, MOST_MESSAGES))
    return {"messages": _shown(call, found), "pin_count": 0, **more}


def replies(call: Call) -> Json:
    """A thread, oldest first; the message it hangs on begins the first page, whatever the bounds.

    Asked with the ts of a reply, Slack gives that reply alone (slackapi/bolt-python#783).
    """
    channel = _readable(call)
    named = call.world.workspace.message(channel.id, call.text("ts"))
    if named is None or named.only_for is not None:
        raise SlackError("thread_not_found")
    thread = _within(call, call.world.workspace.thread(channel.id, named.ts))
    found, more = _cut(call, thread, limit_of(call, MOST_MESSAGES, MOST_MESSAGES + 1))
    head = [] if call.text("cursor") else [named]
    return {"messages": _shown(call, head + found), **more}


METHODS = (
    Method("conversations.history", history, needs=("channel",)),
    Method("conversations.replies", replies, needs=("channel", "ts")),
)
