"""auth.* and api.*: who is calling."""

from typing import Any

from bot.practice.api.call import Call, Method
from bot.practice.errors import SlackError

Json = dict[str, Any]


def auth_test(call: Call) -> Json:
    identity = call.world.identity
    return {
        "url": f"{call.world.address}/",
        "team": call.world.workspace.team_name,
        "user": call.world.workspace.people[identity.bot_user_id].handle,
        "team_id": identity.team_id,
        "user_id": identity.bot_user_id,
        "bot_id": identity.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> Json:
    if "error" in call:
        raise SlackError(call.text("error"), args=dict(call.arguments))
    return {"args": dict(call.arguments)}


METHODS = (Method("auth.test", auth_test), Method("api.test", api_test, caller="anyone"))
