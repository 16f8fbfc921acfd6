"""People, channels, messages and views in the form in which Slack shows them to an app."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.practice.model import Channel, File, Message, OpenView, Person
from bot.practice.world import World

Json = dict[str, Any]


def _zone(person: Person, at: datetime) -> Json:
    try:
        local = at.astimezone(ZoneInfo(person.tz))
    except (ValueError, KeyError):  # not a zone at all: Slack passes on whatever it has
        return {"tz": person.tz, "tz_label": person.tz, "tz_offset": 0}
    offset = local.utcoffset()
    seconds = int(offset.total_seconds()) if offset is not None else 0
    return {"tz": person.tz, "tz_label": local.tzname() or person.tz, "tz_offset": seconds}


def user_object(world: World, person: Person, *, with_email: bool) -> Json:
    """A user as users.info gives it; a deleted one has no time zone."""
    team = world.identity.team_id
    profile: Json = {
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "status_text": person.status_text,
        "status_emoji": person.status_emoji,
        "status_expiration": person.status_expiration,
        "team": team,
    }
    if with_email and person.email:
        profile["email"] = person.email
    if person.id == world.identity.bot_user_id:
        profile |= {"api_app_id": world.identity.app_id, "bot_id": world.identity.bot_id}
    user: Json = {
        "id": person.id,
        "team_id": team,
        "name": person.handle,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.is_stranger:
        user["is_stranger"] = True
    if person.deleted:
        return user
    return user | {
        "real_name": person.name,
        **_zone(person, world.clock()),
        "is_admin": person.is_admin or person.is_owner,  # an owner may do all that an admin may
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
    }


def channel_object(world: World, channel: Channel) -> Json:
    bot = world.identity.bot_user_id
    common: Json = {"id": channel.id, "created": channel.created, "is_archived": channel.archived}
    if channel.kind == "im":
        other = next((member for member in channel.members if member != bot), bot)
        return common | {"is_im": True, "user": other, "is_org_shared": False, "is_user_deleted": False}
    return common | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_general": False,
        "is_shared": False,
        "is_member": bot in channel.members,
        "num_members": len(channel.members),
        "context_team_id": world.identity.team_id,
    }


def message_object(world: World, message: Message, *, with_metadata: bool = False) -> Json:
    """A message as history, events and payloads carry it, with its thread's summary if it has one."""
    identity = world.identity
    shown: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": identity.team_id,
    }
    if message.subtype:
        shown["subtype"] = message.subtype
    if message.blocks:
        shown["blocks"] = list(message.blocks)
    if message.from_bot:
        shown |= {"bot_id": identity.bot_id, "app_id": identity.app_id}
        shown["bot_profile"] = {
            "id": identity.bot_id,
            "app_id": identity.app_id,
            "user_id": identity.bot_user_id,
            "name": identity.bot_name,
            "deleted": False,
            "team_id": identity.team_id,
        }
    if message.client_msg_id:
        shown["client_msg_id"] = message.client_msg_id
    if message.edited_ts:
        shown["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
    if message.metadata and with_metadata:
        shown["metadata"] = message.metadata
    if message.files:
        shown |= {"files": [file_object(world, file) for file in message.files]}
        shown |= {"upload": False, "display_as_bot": False}
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)}
            for name, users in message.reactions.items()
        ]
    return shown | _thread_summary(world, message)


def _thread_summary(world: World, message: Message) -> Json:
    if message.is_reply:
        parent = world.workspace.message(message.channel, message.thread_ts or "")
        more = {"parent_user_id": parent.user} if parent else {}
        return {"thread_ts": message.thread_ts, **more}
    replies = world.workspace.thread(message.channel, message.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "reply_users": people,
        "latest_reply": replies[-1].ts,
    }


def file_object(world: World, file: File) -> Json:
    """A file as messages and files.completeUploadExternal show it; only pictures have an alt text."""
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "pretty_type": file.filetype.upper(),
        "user": file.user,
        "user_team": world.identity.team_id,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": world.address_of_file(file.id),
        "url_private_download": world.address_of_file(file.id),
    }
    return shown | ({"alt_txt": file.alt_txt} if file.alt_txt else {})


def view_object(world: World, view: OpenView) -> Json:
    """A view as the bot gets it back: what it sent, and the ids, state and hash that Slack adds."""
    source = view.source
    return {
        "id": view.id,
        "team_id": world.identity.team_id,
        "type": source["type"],
        "blocks": source["blocks"],
        "private_metadata": source.get("private_metadata") or "",
        "callback_id": source.get("callback_id") or "",
        "state": {"values": view.values},
        "hash": view.hash,
        "title": source.get("title")
        or {"type": "plain_text", "text": world.identity.bot_name, "emoji": True},
        "clear_on_close": bool(source.get("clear_on_close")),
        "notify_on_close": bool(source.get("notify_on_close")),
        "close": source.get("close"),
        "submit": source.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": world.identity.app_id,
        "external_id": source.get("external_id") or "",
        "app_installed_team_id": world.identity.team_id,
        "bot_id": world.identity.bot_id,
    }
