"""Acting for people over HTTP, under /practice/: the same as `people`, for scripts and other processes."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.practice.model import Message
from bot.practice.outcome import Outcome
from bot.practice.people import Actor
from bot.practice.world import World

Json = dict[str, Any]

# what a person can do: POST /practice/people/{id}/{action} with the method's arguments as a JSON object
ACTIONS: dict[str, Callable[..., Any]] = {
    "say": Actor.say,
    "edit": Actor.edit,
    "delete": Actor.delete,
    "command": Actor.command,
    "tap": Actor.tap,
    "fill": Actor.fill,
    "choose": Actor.choose,
    "submit": Actor.submit,
    "close": Actor.close,
    "open_home": Actor.open_home,
    "change": Actor.change,
}
# what a person can see: GET /practice/people/{id}/{sight}?channel=…
SIGHTS: dict[str, Callable[..., Any]] = {
    "messages": Actor.messages,
    "screen": Actor.screen,
    "view": Actor.view,
    "view_screen": Actor.view_screen,
    "view_errors": Actor.view_errors,
    "home": Actor.home,
    "home_screen": Actor.home_screen,
}


def plain(value: Any) -> Any:
    """The value as JSON can say it."""
    if isinstance(value, Message | Outcome):
        return asdict(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


class Control:
    """The routes under /practice/. Answers are {"result": …} or, with status 400, {"error": "…"}."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_routes(self, application: web.Application) -> None:
        router = application.router
        router.add_get("/practice/people", self._people)
        router.add_get("/practice/channels", self._channels)
        router.add_get("/practice/records", self._records)
        router.add_get("/practice/settled", self._settled)
        router.add_get("/practice/people/{id}/{sight}", self._see)
        router.add_post("/practice/people/{id}/{action}", self._act)

    async def _people(self, request: web.Request) -> web.Response:
        self._guard(request)
        with self._world.changing() as world:
            return web.json_response({"result": [asdict(p) for p in world.workspace.people.values()]})

    async def _channels(self, request: web.Request) -> web.Response:
        self._guard(request)
        with self._world.changing() as world:
            return web.json_response({"result": [asdict(c) for c in world.workspace.channels.values()]})

    async def _records(self, request: web.Request) -> web.Response:
        self._guard(request)
        return web.json_response({"result": self._world.recorder.records})

    async def _settled(self, request: web.Request) -> web.Response:
        """Waits (`timeout` seconds at most) until the bot has had every envelope; tells whether it has."""
        self._guard(request)
        timeout = float(request.query.get("timeout", "10"))
        settled = await asyncio.to_thread(self._world.settle, timeout)
        return web.json_response({"result": settled})

    async def _see(self, request: web.Request) -> web.Response:
        self._guard(request)
        return await self._do(request, SIGHTS.get(request.match_info["sight"]), dict(request.query))

    async def _act(self, request: web.Request) -> web.Response:
        self._guard(request)
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="send JSON")
        arguments = await request.json()
        return await self._do(request, ACTIONS.get(request.match_info["action"]), arguments)

    async def _do(
        self, request: web.Request, what: Callable[..., Any] | None, arguments: Json
    ) -> web.Response:
        """Runs it beside the event loop, because it waits for the bot."""
        user = request.match_info["id"]
        if what is None or user not in self._world.workspace.people:
            raise web.HTTPNotFound(text="no such person or action")
        if "width" in arguments:
            arguments["width"] = int(arguments["width"])
        try:
            result = await asyncio.to_thread(what, Actor(self._world, user), **arguments)
        except (LookupError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"result": plain(result)})

    def _guard(self, request: web.Request) -> None:
        """Refuses other sites' pages: by their origin, and by a name that is not this address."""
        origin = request.headers.get("Origin")
        if request.host != urlsplit(self._world.address).netloc or origin not in (None, self._world.address):
            raise web.HTTPForbidden(text="only from this address")
