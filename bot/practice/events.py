"""Events as the Events API sends them."""

from typing import Any

from bot.practice.model import Channel, Message, Person
from bot.practice.objects import message_object, user_object
from bot.practice.world import Envelope, World

Json = dict[str, Any]
VERIFICATION_TOKEN = "practice"  # noqa: S105  # Slack still sends this long-deprecated field


def _event_type(event: Json) -> str:
    """The name under which an app subscribes: message events by the kind of channel."""
    kinds = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}
    return kinds[event["channel_type"]] if event["type"] == "message" else str(event["type"])


# what the app must be allowed to hear an event
EVENT_SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "user_change": "users:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_join": "users:read",
}
READS = {"public": "channels:read", "private": "groups:read"}


def emit(world: World, event: Json, scope: str | None = None) -> Envelope | None:
    """Sends an event if the app subscribes to it and has the scope for it; None if not."""
    name = _event_type(event)
    scope = scope or EVENT_SCOPES.get(name)
    if name not in world.events or (scope is not None and scope not in world.scopes):
        return None
    identity = world.identity
    payload: Json = {
        "token": VERIFICATION_TOKEN,
        "team_id": identity.team_id,
        "context_team_id": identity.team_id,
        "context_enterprise_id": None,
        "api_app_id": identity.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.ids.new("Ev"),
        "event_time": world.seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": identity.team_id,
                "user_id": identity.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{world.ids.uuid()}",
    }
    return world.send(Envelope("events_api", payload, answerable=False))


def _hears(world: World, channel_id: str) -> bool:
    return world.identity.bot_user_id in world.workspace.channels[channel_id].members


def _tell(world: World, channel_id: str, event: Json) -> Envelope | None:
    """Sends what happened in a channel, if the bot is in it."""
    if not _hears(world, channel_id):
        return None
    channel = world.workspace.channels[channel_id]
    kinds = {"im": "im", "public": "channel", "private": "group"}
    return emit(world, event | {"channel": channel.id, "channel_type": kinds[channel.kind]})


def message_posted(world: World, message: Message) -> Envelope | None:
    """A new message; the bot hears its own too, as it does in Slack.

    One with files has a subtype, and no team (slackapi/slack-api-specs#62).
    """
    event = message_object(world, message) | {"event_ts": message.ts}
    if message.files:
        del event["team"]
        event["subtype"] = "file_share"
    return _tell(world, message.channel, event)


def message_changed(world: World, before: Message, after: Message) -> Envelope | None:
    stamp = world.stamps.next()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": message_object(world, after),
        "previous_message": message_object(world, before),
        "hidden": True,
        "ts": stamp,
        "event_ts": stamp,
    }
    return _tell(world, after.channel, event)


def message_deleted(world: World, before: Message) -> Envelope | None:
    stamp = world.stamps.next()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": message_object(world, before),
        "deleted_ts": before.ts,
        "hidden": True,
        "ts": stamp,
        "event_ts": stamp,
    }
    return _tell(world, before.channel, event)


def reacted(world: World, kind: str, message: Message, user: str, name: str) -> Envelope | None:
    """An event of the kind "reaction_added" or "reaction_removed", if the bot is in the message's channel."""
    if not _hears(world, message.channel):
        return None
    event = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
        "event_ts": world.stamps.next(),
    }
    return emit(world, event)


def user_changed(world: World, person: Person) -> Envelope | None:
    user = user_object(world, person, with_email="users:read.email" in world.scopes)
    return emit(
        world,
        {
            "type": "user_change",
            "user": user,
            "cache_ts": world.seconds(),
            "event_ts": world.stamps.next(),
        },
    )


def welcomed(world: World, person: Person) -> Envelope | None:
    user = user_object(world, person, with_email="users:read.email" in world.scopes)
    return emit(world, {"type": "team_join", "user": user, "event_ts": world.stamps.next()})


def joined(world: World, channel: Channel, user: str, inviter: str | None) -> Envelope | None:
    """Somebody has come into a channel, perhaps the bot; without an inviter they came by themselves."""
    if not _hears(world, channel.id):
        return None
    event = _moved(world, "member_joined_channel", channel) | {"user": user}
    return emit(world, event | ({"inviter": inviter} if inviter else {}), READS[channel.kind])


def left(world: World, channel: Channel, user: str) -> Envelope | None:
    """Somebody else has gone, or was removed."""
    if not _hears(world, channel.id):
        return None
    return emit(world, _moved(world, "member_left_channel", channel) | {"user": user}, READS[channel.kind])


def bot_left(world: World, channel: Channel, actor: str) -> Envelope | None:
    """`actor` has removed the bot. Of itself it hears by another event (slackapi/bolt-js#1847)."""
    kind = {"public": "channel_left", "private": "group_left"}[channel.kind]
    event = {"type": kind, "channel": channel.id, "actor_id": actor, "event_ts": world.stamps.next()}
    return emit(world, event, READS[channel.kind])


def _moved(world: World, kind: str, channel: Channel) -> Json:
    return {
        "type": kind,
        "channel": channel.id,
        "channel_type": {"public": "C", "private": "G"}[channel.kind],
        "team": world.identity.team_id,
        "event_ts": world.stamps.next(),
    }


def home_opened(world: World, user: str, channel: Channel, view: Json | None) -> Envelope | None:
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": "home",
        "event_ts": world.stamps.next(),
    }
    return emit(world, event | ({"view": view} if view else {}))
