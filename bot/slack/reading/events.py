"""Events as Slack sends them: which of them concern us, and what the inbox keeps of each."""

from collections.abc import Iterator
from typing import Any

from bot.slack.people import needed_of
from bot.storage.inbox import DELETION, EDIT, MESSAGE, Arrival

SAID = frozenset({None, "file_share", "me_message", "thread_broadcast"})
"""Subtypes of what a person has said; all others are notices of Slack's."""
HOME = "home"
PERSON = "person"
JOINED = "joined"
LEFT = "left"
"""Somebody, or the bot, has come into a channel; somebody has gone from one."""
BOT_LEFT = "bot_left"
MOVES = {
    "member_joined_channel": JOINED,
    "member_left_channel": LEFT,
    "channel_left": BOT_LEFT,
    "group_left": BOT_LEFT,
}


def read_event(body: dict[str, Any]) -> Arrival | None:
    """What the inbox keeps of an event; None for those that are nothing to us (bots, channels, subtypes)."""
    event = body.get("event") or {}
    match event.get("type"):
        case "message" if event.get("channel_type") == "im":
            return _message(body, event)
        case "app_home_opened" if event.get("tab") == "home":
            return _arrival(body, HOME, str(event["user"]), {})
        case "user_change":
            user = event["user"]
            return _arrival(body, PERSON, str(user["id"]), {"user": needed_of(user)})
        case "member_joined_channel" | "member_left_channel" | "channel_left" | "group_left" as moved:
            return _arrival(body, MOVES[moved], str(event.get("user") or event.get("actor_id") or ""), {})
    return None


def said_before(channel: str, message: dict[str, Any]) -> Iterator[Arrival]:
    """A message as a direct channel's history has it, and its edit if it was edited: the same rows as the
    events make that told of them, or should have."""
    ts = str(message.get("ts") or "")
    said = _said(f"read:{channel}:{ts}", channel, message)
    if said is None:
        return
    yield said
    edited_ts = str((message.get("edited") or {}).get("ts") or "")
    if edited_ts:
        yield _edited(f"read:{channel}:{ts}:{edited_ts}", channel, message, at=edited_ts)


def _message(body: dict[str, Any], event: dict[str, Any]) -> Arrival | None:
    if event.get("subtype") == "message_changed":
        return _edit(body, event)
    if event.get("subtype") == "message_deleted":
        return _deletion(body, event)
    return _said(str(body["event_id"]), str(event["channel"]), event)


def _said(event_id: str, channel: str, message: dict[str, Any]) -> Arrival | None:
    """None for what bots say, and what nobody said."""
    by_nobody = message.get("bot_id") or not message.get("user")
    if by_nobody or message.get("subtype") not in SAID:
        return None
    return Arrival(
        event_id=event_id,
        kind=MESSAGE,
        slack_id=str(message["user"]),
        ts=str(message["ts"]),
        payload={"text": message.get("text") or "", **({"files": True} if message.get("files") else {})},
        channel=channel,
        client_msg_id=message.get("client_msg_id"),
    )


def _edit(body: dict[str, Any], event: dict[str, Any]) -> Arrival | None:
    """A person's own edit; Slack also calls it a change when it adds a link's preview."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("bot_id") or not message.get("user") or message.get("text") == before.get("text"):
        return None
    return _edited(str(body["event_id"]), str(event["channel"]), message, at=_stamp(body))


def _edited(event_id: str, channel: str, message: dict[str, Any], *, at: str) -> Arrival:
    """An edit is told from others of the same message by the moment that Slack has written into it."""
    edited_ts = str((message.get("edited") or {}).get("ts") or at)
    return Arrival(
        event_id=event_id,
        kind=EDIT,
        slack_id=str(message["user"]),
        ts=at,
        payload={"text": message.get("text") or "", "edited": str(message.get("ts") or "")},
        channel=channel,
        client_msg_id=f"{channel}/{message.get('ts')}/{edited_ts}",
    )


def _deletion(body: dict[str, Any], event: dict[str, Any]) -> Arrival | None:
    """A person's own message that is gone."""
    before = event.get("previous_message") or {}
    if before.get("bot_id") or not before.get("user"):
        return None
    return Arrival(
        event_id=str(body["event_id"]),
        kind=DELETION,
        slack_id=str(before["user"]),
        ts=_stamp(body),
        payload={"deleted": str(before.get("ts") or "")},
        channel=str(event["channel"]),
        client_msg_id=f"{event['channel']}/{before.get('ts')}/deleted",
    )


def _arrival(body: dict[str, Any], kind: str, slack_id: str, payload: dict[str, Any]) -> Arrival:
    return Arrival(
        event_id=str(body["event_id"]),
        kind=kind,
        slack_id=slack_id,
        ts=_stamp(body),
        payload=payload,
        channel=body["event"].get("channel"),
    )


def _stamp(body: dict[str, Any]) -> str:
    event = body["event"]
    return str(event.get("event_ts") or event.get("ts") or body.get("event_time") or "")
