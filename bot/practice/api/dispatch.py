"""From a call's name, token and arguments to Slack's answer."""

from collections.abc import Mapping
from typing import Any

from bot.practice.api import apps, auth, chat, conversations, dnd, files, history, reactions, users, views
from bot.practice.api.call import Call, Method, missing_scope
from bot.practice.errors import SlackError, invalid_arguments
from bot.practice.world import World

Json = dict[str, Any]
FAMILIES = (apps, auth, chat, conversations, dnd, files, history, reactions, users, views)
TABLE: Mapping[str, Method] = {method.name: method for family in FAMILIES for method in family.METHODS}
ALL_SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "users:read",
    "users:read.email",
)


def perform(world: World, name: str, token: str, arguments: Json) -> Json:
    """The answer's body, {"ok": …}. Changes the world if the call is accepted."""
    with world.changing():
        try:
            return {"ok": True, **_run(world, name, token, arguments)}
        except SlackError as error:
            return error.body()


def _run(world: World, name: str, token: str, arguments: Json) -> Json:
    method = TABLE.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if method.caller != "anyone":
        _authorize(world, method, token)
    lacking = [scope for scope in method.scopes if scope not in world.scopes]
    if lacking:
        raise missing_scope(world, *lacking)
    unnamed = [need for need in method.needs if arguments.get(need) in (None, "")]
    if unnamed:
        raise invalid_arguments(*(f"missing required field: {need}" for need in unnamed))
    return method.run(Call(world, arguments))


def _authorize(world: World, method: Method, token: str) -> None:
    identity = world.identity
    if not token:
        raise SlackError("not_authed")
    if token not in (identity.bot_token, identity.app_token):
        raise SlackError("invalid_auth")
    if identity.revoked:
        raise SlackError("account_inactive")
    wanted = identity.app_token if method.caller == "app" else identity.bot_token
    if token != wanted:
        raise SlackError("not_allowed_token_type")
