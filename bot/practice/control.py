"""Acting for people over HTTP, under /practice/: the same as `people`, for scripts and other processes.

`remote` is a client of all this.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from aiohttp import web

from bot.practice.guard import refuse_all_but_json, refuse_others
from bot.practice.people import Actor
from bot.practice.world import World

Json = dict[str, Any]

# what a person can do: POST /practice/people/{id}/{action} with the method's arguments as a JSON object
ACTIONS: dict[str, Callable[..., Any]] = {
    "say": Actor.say,
    "edit": Actor.edit,
    "delete": Actor.delete,
    "react": Actor.react,
    "read_file": Actor.read_file,
    "command": Actor.command,
    "tap": Actor.tap,
    "await_view": Actor.await_view,
    "fill": Actor.fill,
    "choose": Actor.choose,
    "suggest": Actor.suggest,
    "submit": Actor.submit,
    "close": Actor.close,
    "open_home": Actor.open_home,
    "change": Actor.change,
    "set_status": Actor.set_status,
    "quiet_hours": Actor.quiet_hours,
    "snooze": Actor.snooze,
    "join": Actor.join,
    "leave": Actor.leave,
    "invite": Actor.invite,
    "remove": Actor.remove,
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
    """The value as JSON can say it: bytes, as of a file's content, are left out."""
    if is_dataclass(value):
        held = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: plain(each) for name, each in held.items() if not isinstance(each, bytes)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


class Control:
    """The routes under /practice/. Answers are {"result": …} or, with status 400, {"error": "…"}."""

    def __init__(self, world: World, controls: Mapping[str, Callable[..., Any]]) -> None:
        self._world = world
        self._controls = controls

    def add_routes(self, application: web.Application) -> None:
        router = application.router
        router.add_get("/practice/people", self._people)
        router.add_get("/practice/channels", self._channels)
        router.add_get("/practice/records", self._records)
        router.add_get("/practice/settled", self._settled)
        router.add_post("/practice/slack/{name}", self._control)
        router.add_post("/practice/acts", self._acts)
        router.add_get("/practice/people/{id}/{sight}", self._see)
        router.add_post("/practice/people/{id}/{action}", self._act)

    async def _people(self, request: web.Request) -> web.Response:
        refuse_others(self._world, request)
        with self._world.looking() as world:
            return web.json_response({"result": plain(list(world.workspace.people.values()))})

    async def _channels(self, request: web.Request) -> web.Response:
        refuse_others(self._world, request)
        with self._world.looking() as world:
            return web.json_response({"result": plain(list(world.workspace.channels.values()))})

    async def _records(self, request: web.Request) -> web.Response:
        """All that is kept, or with `since` what has ended since; `next` is what to ask with next time."""
        refuse_others(self._world, request)
        if "since" not in request.query:
            return web.json_response({"result": self._world.recorder.records})
        records, following = self._world.recorder.since(int(request.query["since"]))
        return web.json_response({"result": records, "next": following})

    async def _settled(self, request: web.Request) -> web.Response:
        """Waits (`timeout` seconds at most) until the bot has had every envelope; tells whether it has."""
        refuse_others(self._world, request)
        timeout = float(request.query.get("timeout", "10"))
        settled = await asyncio.to_thread(self._world.settle, timeout)
        return web.json_response({"result": settled})

    async def _see(self, request: web.Request) -> web.Response:
        refuse_others(self._world, request)
        return await self._do(request, SIGHTS.get(request.match_info["sight"]), dict(request.query))

    async def _act(self, request: web.Request) -> web.Response:
        arguments = await self._posted(request)
        return await self._do(request, ACTIONS.get(request.match_info["action"]), arguments)

    async def _acts(self, request: web.Request) -> web.Response:
        """Takes a list of {person, action, arguments}, gives a list of answers.

        What one person does is done in order, while all the others do theirs.
        """
        acts = await self._posted(request)
        answers: list[Json] = [{} for _ in acts]

        async def one_person(numbers: list[int]) -> None:
            for number in numbers:
                answers[number] = await self._one(acts[number])

        by_person: dict[str, list[int]] = {}
        for number, act in enumerate(acts):
            by_person.setdefault(act["person"], []).append(number)
        await asyncio.gather(*(one_person(numbers) for numbers in by_person.values()))
        return web.json_response({"result": answers})

    async def _one(self, act: Json) -> Json:
        if act["action"] not in ACTIONS or act["person"] not in self._world.workspace.people:
            return {"error": "no such person or action"}
        actor = Actor(self._world, act["person"])
        return await self._outcome(ACTIONS[act["action"]], actor, **act.get("arguments", {}))

    async def _control(self, request: web.Request) -> web.Response:
        arguments = await self._posted(request)
        control = self._controls.get(request.match_info["name"])
        if control is None:
            raise web.HTTPNotFound(text="no such control")
        return self._answered(await self._outcome(control, **arguments))

    async def _posted(self, request: web.Request) -> Any:
        refuse_all_but_json(self._world, request)
        return await request.json()

    async def _do(
        self, request: web.Request, what: Callable[..., Any] | None, arguments: Json
    ) -> web.Response:
        user = request.match_info["id"]
        if what is None or user not in self._world.workspace.people:
            raise web.HTTPNotFound(text="no such person or action")
        if "width" in arguments:
            arguments["width"] = int(arguments["width"])
        return self._answered(await self._outcome(what, Actor(self._world, user), **arguments))

    @staticmethod
    async def _outcome(what: Callable[..., Any], *who: Actor, **arguments: Any) -> Json:
        """{"result": …} or {"error": "…"}. Runs it beside the event loop, because it waits for the bot."""
        try:
            return {"result": await asyncio.to_thread(lambda: plain(what(*who, **arguments)))}
        except (LookupError, TypeError, ValueError) as error:
            return {"error": str(error)}

    @staticmethod
    def _answered(outcome: Json) -> web.Response:
        return web.json_response(outcome, status=400 if "error" in outcome else 200)
