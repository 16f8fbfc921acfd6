"""The HTTP side: Web API, response addresses and Socket Mode on one loopback port, in a thread of its own."""

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.practice import answers
from bot.practice.api.dispatch import perform
from bot.practice.control import Control
from bot.practice.errors import SlackError
from bot.practice.socket_mode import SocketMode
from bot.practice.world import World

Json = dict[str, Any]
LARGEST_BODY = 4 * 1024 * 1024
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Fault:
    """What happens to a call instead of, or on top of, being answered.

    It waits `delay` seconds; `perform` says whether it is carried out all the same; `body`, `status` and
    `headers` replace the answer unless `body` is None.
    """

    delay: float = 0.0
    perform: bool = True
    body: Json | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Faults = Callable[[str, Json], Fault | None]


class Server:
    """Runs the practice Slack between `start` and `stop`. `faults`, if set, is asked about every call."""

    def __init__(self, world: World, ack_seconds: float, redelivery: Sequence[float]) -> None:
        self.faults: Faults | None = None
        self._world = world
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="practice-slack", daemon=True)
        self.sockets = SocketMode(world, self._loop, ack_seconds, redelivery)
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)

    def start(self) -> None:
        self._thread.start()
        self.run(self._listen())

    def stop(self) -> None:
        self.run(self.sockets.stop())
        self.run(self._runner.cleanup())
        self.run(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._world.outbox = None

    def run(self, work: Any) -> Any:
        """Does it on the server's loop and waits for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _listen(self) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self._world.address = f"http://{LOOPBACK}:{port}"
        self._world.outbox = self.sockets

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_post("/response/{key}", self._answer)
        application.router.add_get("/link/", self.sockets.connect)
        Control(self._world).add_routes(application)
        return application

    async def _call(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        try:
            arguments = await _arguments(request)
        except SlackError as error:
            return self._respond(error.body(), Fault())
        token = arguments.pop("token", None) or _bearer(request)
        record = self._world.recorder.begin("to_slack", arguments, method=name)
        fault = (self.faults(name, arguments) if self.faults else None) or Fault()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        body = perform(self._world, name, str(token), arguments) if fault.perform else {"ok": False}
        shown = body if fault.body is None else fault.body
        self._world.recorder.finish(record, shown)
        return self._respond(shown, fault)

    def _respond(self, body: Json, fault: Fault) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self._world.scopes)), **fault.headers}
        return web.json_response(body, status=fault.status, headers=headers)

    async def _answer(self, request: web.Request) -> web.Response:
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return web.Response(status=400, text="invalid_payload")
        record = self._world.recorder.begin("to_slack", body, method="response_url")
        try:
            answers.at_address(self._world, request.match_info["key"], body)
        except SlackError as error:
            self._world.recorder.finish(record, error.body())
            spent = error.code.endswith("_url")
            return web.json_response(error.body(), status=404 if spent else 400)
        self._world.recorder.finish(record, {"ok": True})
        return web.Response(text="ok")


def _bearer(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" else ""


async def _arguments(request: web.Request) -> Json:
    """A call's arguments, from the query and from a form or JSON body."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        return arguments | body
    return arguments | dict(await request.post())
