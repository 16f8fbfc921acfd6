"""apps.*: opening a Socket Mode connection."""

from typing import Any

from bot.practice.api.call import Call, Method

Json = dict[str, Any]


def connections_open(call: Call) -> Json:
    return {"url": call.world.running().open_ticket()}


METHODS = (Method("apps.connections.open", connections_open, caller="app"),)
