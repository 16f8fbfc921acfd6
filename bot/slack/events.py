"""Events as Slack sends them: which of them concern us, and what the inbox keeps of each."""

from typing import Any

from bot.slack.people import needed_of
from bot.storage.inbox import EDIT, MESSAGE, Arrival

HOME = "home"
PERSON = "person"


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
    return None


def _message(body: dict[str, Any], event: dict[str, Any]) -> Arrival | None:
    if event.get("subtype") == "message_changed":
        return _edit(body, event)
    if event.get("bot_id") or not event.get("user") or event.get("subtype") not in {None, "file_share"}:
        return None
    return Arrival(
        event_id=str(body["event_id"]),
        kind=MESSAGE,
        slack_id=str(event["user"]),
        ts=str(event["ts"]),
        payload={"text": event.get("text") or ""},
        channel=str(event["channel"]),
        client_msg_id=event.get("client_msg_id"),
    )


def _edit(body: dict[str, Any], event: dict[str, Any]) -> Arrival | None:
    """A person's own edit; Slack also calls it a change when it adds a link's preview."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("bot_id") or not message.get("user") or message.get("text") == before.get("text"):
        return None
    payload = {"text": message.get("text") or "", "edited": str(message.get("ts") or "")}
    return _arrival(body, EDIT, str(message["user"]), payload)


def _arrival(body: dict[str, Any], kind: str, slack_id: str, payload: dict[str, Any]) -> Arrival:
    event = body["event"]
    return Arrival(
        event_id=str(body["event_id"]),
        kind=kind,
        slack_id=slack_id,
        ts=str(event.get("event_ts") or event.get("ts") or body.get("event_time") or ""),
        payload=payload,
        channel=event.get("channel"),
    )
