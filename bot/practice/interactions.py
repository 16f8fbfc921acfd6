"""Slash commands and taps as Slack sends them."""

from copy import deepcopy
from typing import Any

from bot.practice.events import VERIFICATION_TOKEN
from bot.practice.forms import HOLDS, Control, controls, starting_values, state_of
from bot.practice.model import Message, OpenView, Person
from bot.practice.objects import message_object, view_object
from bot.practice.world import Envelope, World

Json = dict[str, Any]


def _domain(world: World) -> str:
    return world.workspace.team_name.lower().replace(" ", "-")


def _common(world: World, user: Person) -> Json:
    team_id = world.identity.team_id
    return {
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": team_id},
        "api_app_id": world.identity.app_id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": team_id, "domain": _domain(world)},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(world: World, user: Person, name: str, text: str, channel_id: str) -> Envelope:
    """A slash command; `text` has its mentions escaped already."""
    channel = world.workspace.channels[channel_id]
    names = {"im": "directmessage", "private": "privategroup", "public": channel.name}
    payload: Json = {
        "token": VERIFICATION_TOKEN,
        "team_id": world.identity.team_id,
        "team_domain": _domain(world),
        "channel_id": channel_id,
        "channel_name": names[channel.kind],
        "user_id": user.id,
        "user_name": user.handle,
        "command": name,
        "text": text,
        "api_app_id": world.identity.app_id,
        "is_enterprise_install": "false",
        "response_url": world.address_of_answer(world.answers.new(user.id, channel_id)),
        "trigger_id": world.triggers.new(user.id, channel=channel_id),
    }
    return Envelope("slash_commands", payload, answerable=True)


def action(world: World, control: Control, value: Any) -> Json:
    """What was done to one control: what it holds, or the option or value that was tapped."""
    element = control.element
    done: Json = {
        "type": control.type,
        "action_id": control.action_id,
        "block_id": control.block_id,
        "action_ts": world.stamps.next(),
    }
    if control.type in HOLDS:
        done[HOLDS[control.type][0]] = value
    elif control.type == "overflow":
        done["selected_option"] = value
    else:
        done["text"] = element.get("text")
        done |= {key: element[key] for key in ("value", "url", "style") if key in element}
    if "placeholder" in element:
        done["placeholder"] = element["placeholder"]
    return done


def tap_in_message(world: World, user: Person, message: Message, control: Control, value: Any) -> Envelope:
    """block_actions from a message; an ephemeral one does not carry the message itself."""
    channel = world.workspace.channels[message.channel]
    ephemeral = message.only_for is not None
    key = world.answers.new(user.id, channel.id, message.ts)
    values = starting_values(message.blocks)
    if control.type in HOLDS:
        values[control.block_id][control.action_id] = state_of(control.element, value)
    payload = _common(world, user) | {
        "type": "block_actions",
        "container": _message_container(message),
        "trigger_id": world.triggers.new(user.id, channel=channel.id),
        "channel": _channel_named(world, channel.id),
        "state": {"values": values},
        "response_url": world.address_of_answer(key),
        "actions": [action(world, control, value)],
    }
    if not ephemeral:
        payload["message"] = message_object(world, message)
    return Envelope("interactive", payload, answerable=True)


def _message_container(message: Message) -> Json:
    return {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
        **({"thread_ts": message.thread_ts} if message.is_reply else {}),
    }


def _channel_named(world: World, channel_id: str) -> Json:
    channel = world.workspace.channels[channel_id]
    names = {"im": "directmessage", "private": "privategroup"}
    return {"id": channel.id, "name": names.get(channel.kind, channel.name)}


def tap_in_view(world: World, user: Person, view: OpenView, control: Control, value: Any) -> Envelope:
    modal = view.source["type"] == "modal"
    payload = _common(world, user) | {
        "type": "block_actions",
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": world.triggers.new(user.id, in_view=modal),
        "view": view_object(world, view),
        "actions": [action(world, control, value)],
    }
    return Envelope("interactive", payload, answerable=True)


def suggestion(
    world: World, user: Person, place: Message | OpenView, control: Control, typed: str
) -> Envelope:
    """block_suggestion: what the bot has to offer for these words; it opens no form."""
    payload = _common(world, user) | {
        "type": "block_suggestion",
        "action_id": control.action_id,
        "block_id": control.block_id,
        "value": typed,
    }
    if isinstance(place, OpenView):
        payload["container"] = {"type": "view", "view_id": place.id}
        payload["view"] = view_object(world, place)
    else:
        payload["container"] = _message_container(place)
        payload["channel"] = _channel_named(world, place.channel)
        if place.only_for is None:
            payload["message"] = message_object(world, place)
    return Envelope("interactive", payload, answerable=True)


def submission(world: World, user: Person, view: OpenView) -> Envelope:
    payload = _common(world, user) | {
        "type": "view_submission",
        "trigger_id": world.triggers.new(user.id, in_view=True),
        "view": view_object(world, view),
        "response_urls": [],
    }
    return Envelope("interactive", payload, answerable=True)


def filled_in(submission: Envelope) -> Json:
    """What a submission says: which form, what is in it, and what its fields had started with."""
    view = submission.payload["view"]
    return {
        "callback_id": view["callback_id"],
        "private_metadata": view["private_metadata"],
        "values": deepcopy(view["state"]["values"]),
        "shown": starting_values(view["blocks"]),
    }


def tapped(tap: Envelope) -> Json:
    """What a tap says: the action, and the message or form it was in."""
    container = tap.payload["container"]
    place = {key: container[key] for key in ("channel_id", "message_ts", "view_id") if key in container}
    return place | {"action": tap.payload["actions"][0]}


def closing(world: World, user: Person, view: OpenView, *, everything: bool) -> Envelope:
    payload = _common(world, user) | {
        "type": "view_closed",
        "view": view_object(world, view),
        "is_cleared": everything,
    }
    return Envelope("interactive", payload, answerable=True)


def find_control(
    blocks: list[Json], *, label: str | None, action_id: str | None, block_id: str | None
) -> Control:
    """The first control with that label, action id and block id, as far as they are given; or LookupError."""
    for control in controls(blocks):
        if block_id is not None and control.block_id != block_id:
            continue
        if action_id is not None and control.action_id != action_id:
            continue
        if label is not None and control.label != label:
            continue
        return control
    raise LookupError(f"There is nothing to tap called {label or action_id or block_id!r}")
