"""views.*: forms and Homes."""

from typing import Any

from bot.practice import stack
from bot.practice.api.call import Call, Method
from bot.practice.errors import SlackError, invalid_arguments
from bot.practice.model import OpenView
from bot.practice.objects import view_object

Json = dict[str, Any]


def _view(call: Call, *kinds: str) -> Json:
    return stack.checked(call.world, call.structure("view", "invalid_arguments"), *kinds)


def _shown(call: Call, view: OpenView) -> Json:
    return {"view": view_object(call.world, view)}


def open_view(call: Call) -> Json:
    view = _view(call, "modal")
    trigger = call.world.triggers.check(call.text("trigger_id"))
    opened = stack.open_view(call.world, trigger.user, view, trigger.channel)
    trigger.used = True
    return _shown(call, opened)


def push(call: Call) -> Json:
    view = _view(call, "modal")
    trigger = call.world.triggers.check(call.text("trigger_id"))
    if not trigger.in_view:
        raise SlackError("not_found")
    pushed = stack.push(call.world, trigger.user, view)
    trigger.used = True
    return _shown(call, pushed)


def update(call: Call) -> Json:
    source = _view(call, "modal", "home")
    view = _named(call)
    if view is None or view.source["type"] != source["type"]:
        raise SlackError("not_found")
    if "hash" in call and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")
    stack.replace_source(call.world, view, source)
    return _shown(call, view)


def _named(call: Call) -> OpenView | None:
    if "view_id" in call:
        return call.world.workspace.view(call.text("view_id"))
    if "external_id" not in call:
        raise invalid_arguments("missing required field: view_id")
    return stack.with_external_id(call.world, call.text("external_id"))


def publish(call: Call) -> Json:
    source = _view(call, "home")
    user = call.world.workspace.people.get(call.text("user_id"))
    if user is None:
        raise invalid_arguments("user_not_found [json-pointer:/user_id]")
    home = call.world.workspace.homes.get(user.id)
    if "hash" in call and (home is None or call.text("hash") != home.hash):
        raise SlackError("hash_conflict")
    return _shown(call, stack.publish(call.world, user.id, source))


METHODS = (
    Method("views.open", open_view, needs=("trigger_id", "view")),
    Method("views.push", push, needs=("trigger_id", "view")),
    Method("views.update", update, needs=("view",)),
    Method("views.publish", publish, needs=("user_id", "view")),
)
