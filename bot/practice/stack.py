"""The forms a person has open, one upon the other, and their Home."""

import json
from typing import Any

from bot.practice.errors import SlackError, invalid_arguments, refused
from bot.practice.forms import Current, starting_values, with_ids
from bot.practice.limits import check_view
from bot.practice.model import OpenView
from bot.practice.world import World

Json = dict[str, Any]
HIGHEST_STACK = 3
MOST_BYTES = 250_000


def checked(world: World, view: Any, *kinds: str) -> Json:
    """The view with all its ids; SlackError if it breaks one of Slack's limits or is not of these kinds."""
    if not isinstance(view, dict):
        raise invalid_arguments("must provide an object [json-pointer:/view]")
    if len(json.dumps(view)) > MOST_BYTES:
        raise SlackError("view_too_large")
    problems = check_view(view)
    if problems:
        raise refused("invalid_arguments", problems)
    if view["type"] not in kinds:
        raise invalid_arguments(f"must be one of: {', '.join(kinds)} [json-pointer:/view/type]")
    return view | {"blocks": list(with_ids(view["blocks"], world.ids))}


def new_hash(world: World) -> str:
    return f"{world.seconds()}.{world.ids.new('', 8).lower()}"


def with_external_id(world: World, external_id: str) -> OpenView | None:
    views = world.workspace.open_views()
    return next((view for view in views if view.source.get("external_id") == external_id), None)


def _current(world: World, channel: str) -> Current | None:
    """Of direct messages, which have no name to be picked by, None."""
    found = world.workspace.channels.get(channel)
    return Current(found.id, found.kind) if found and found.kind != "im" else None


def _new(world: World, user: str, source: Json, below: OpenView | None, channel: str = "") -> OpenView:
    external_id = source.get("external_id")
    if external_id and with_external_id(world, external_id):
        raise SlackError("duplicate_external_id")
    view_id = world.ids.new("V")
    channel = below.channel if below else channel
    return OpenView(
        id=view_id,
        user=user,
        source=source,
        hash=new_hash(world),
        root=below.root if below else view_id,
        previous=below.id if below else None,
        values=starting_values(source["blocks"], current=_current(world, channel)),
        channel=channel,
    )


def open_view(world: World, user: str, source: Json, channel: str = "") -> OpenView:
    """A first form, opened from that channel; what was open before is gone."""
    view = _new(world, user, source, None, channel)
    world.workspace.stacks[user] = [view]
    return view


def push(world: World, user: str, source: Json) -> OpenView:
    """A form on top of those that are open, three at most."""
    views = world.workspace.stacks.get(user)
    if not views:
        raise SlackError("not_found")
    if len(views) >= HIGHEST_STACK:
        raise SlackError("push_limit_reached")
    view = _new(world, user, source, views[-1])
    views.append(view)
    return view


def replace_source(world: World, view: OpenView, source: Json) -> None:
    """Shows something else in the same form; what the person entered stays where the ids stay."""
    same_name = with_external_id(world, source["external_id"]) if source.get("external_id") else None
    if same_name not in (None, view):
        raise SlackError("duplicate_external_id")
    view.values = starting_values(source["blocks"], view.values, _current(world, view.channel))
    view.source = source
    view.hash = new_hash(world)
    view.errors = {}


def publish(world: World, user: str, source: Json) -> OpenView:
    """The person's Home, new or changed."""
    home = world.workspace.homes.get(user)
    if home is None:
        home = world.workspace.homes[user] = _new(world, user, source, None)
    else:
        replace_source(world, home, source)
    return home


def close_top(world: World, user: str) -> None:
    views = world.workspace.stacks[user]
    views.pop()
    if not views:
        del world.workspace.stacks[user]


def close_all(world: World, user: str) -> None:
    world.workspace.stacks.pop(user, None)
