"""The HTTP side: Web API, response addresses and Socket Mode on one loopback port, in a thread of its own.

The control interface has a port of its own besides, where it can be reached while Slack is away.
"""

import asyncio
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import web

from bot.practice import answers
from bot.practice.api.dispatch import perform
from bot.practice.control import Control
from bot.practice.errors import SlackError
from bot.practice.faults import Fault, Faults, hang_up, respond, too_many
from bot.practice.rates import Rates
from bot.practice.socket_mode import SocketMode
from bot.practice.world import World

Json = dict[str, Any]
LARGEST_BODY = 4 * 1024 * 1024
LOOPBACK = "127.0.0.1"
RESPONSE_URL = "response_url"
MOST_AT_ONCE = 64  # people who act over the control interface and wait for the bot


class Server:
    """Runs the practice Slack between `start` and `stop`. `faults`, if set, is asked about every call.

    `rates`, if set, refuses what Slack would refuse. `controls` are more things to do over the control
    interface. `opening_fault` is what becomes of apps.connections.open until `opening_refused_until`
    (by the world's timer).
    """

    def __init__(
        self,
        world: World,
        sockets: Callable[[asyncio.AbstractEventLoop], SocketMode],
        controls: Mapping[str, Callable[..., Any]],
    ) -> None:
        self.faults: Faults | None = None
        self.rates: Rates | None = None
        self.opening_fault = Fault()
        self.opening_refused_until = 0.0
        self._world = world
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(MOST_AT_ONCE, "practice-people"))
        self._thread = threading.Thread(target=self._loop.run_forever, name="practice-slack", daemon=True)
        self.sockets = sockets(self._loop)
        self._runner = web.AppRunner(self._application(controls), access_log=None, shutdown_timeout=1.0)
        self._door: web.TCPSite | None = None
        self._return: asyncio.TimerHandle | None = None
        self._returning: asyncio.Task[None] | None = None

    def start(self, port: int) -> None:
        self._thread.start()
        self.run(self._listen(port))

    def stop(self) -> None:
        self.run(self.sockets.stop())
        self.run(self._stay())
        self.run(self._runner.cleanup())
        self.run(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._world.outbox = None

    def run(self, work: Any) -> Any:
        """Does it on the server's loop and waits for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def go_away(self, seconds: float | None) -> None:
        """Nobody gets through any more, for so many seconds or until `come_back`."""
        await self._stay()
        self.sockets.away = True
        if self._door:
            await self._door.stop()
            self._door = None
        await self.sockets.drop()
        if seconds is not None:
            self._return = self._loop.call_later(seconds, self._come_back_soon)

    async def come_back(self) -> None:
        await self._stay()
        await self._open_door(int(self._world.address.rsplit(":", 1)[1]))

    async def _stay(self) -> None:
        """Forgets about coming back."""
        if self._return:
            self._return.cancel()
            self._return = None

    def _come_back_soon(self) -> None:
        self._returning = self._loop.create_task(self.come_back())

    async def _open_door(self, port: int) -> None:
        if self._door is None:
            self._door = web.TCPSite(self._runner, LOOPBACK, port)
            await self._door.start()
        self.sockets.away = False

    async def _listen(self, port: int) -> None:
        await self._runner.setup()
        await self._open_door(port)
        await web.TCPSite(self._runner, LOOPBACK, 0).start()
        slack, control = (f"http://{LOOPBACK}:{address[1]}" for address in self._runner.addresses)
        self._world.address, self._world.control_address = slack, control
        self._world.outbox = self.sockets

    def _application(self, controls: Mapping[str, Callable[..., Any]]) -> web.Application:
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_post("/response/{key}", self._answer)
        application.router.add_get("/link/", self.sockets.connect)
        Control(self._world, controls).add_routes(application)
        return application

    def _fault(self, method: str, arguments: Json) -> Fault:
        """What becomes of a call: first come Slack's limits, then trouble."""
        if method == "apps.connections.open" and self._world.timer() < self.opening_refused_until:
            return self.opening_fault
        seconds = self.rates.refuse(method, self._place(arguments)) if self.rates else None
        if seconds is not None:
            return too_many(seconds)
        return (self.faults(method, arguments) if self.faults else None) or Fault()

    def _place(self, arguments: Json) -> str:
        """One name for the channel of a call, however it is written: of direct messages it is the person's."""
        named = str(arguments.get("channel") or "")
        workspace = self._world.workspace
        channel = workspace.channels.get(named) or workspace.channel_named(named.removeprefix("#"))
        if channel is None:
            return named
        return channel.members[0] if channel.kind == "im" else channel.id

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if self.sockets.away:
            return hang_up(request)
        name = request.match_info["method"]
        headers = {"x-oauth-scopes": ",".join(sorted(self._world.scopes))}
        try:
            arguments = await _arguments(request)
        except SlackError as error:
            return await respond(request, error.body(), Fault(), headers)
        token = arguments.pop("token", None) or _bearer(request)

        def work() -> tuple[Json, int]:
            return perform(self._world, name, str(token), arguments), 200

        return await self._troubled(request, name, arguments, work, headers)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self.sockets.away:
            return hang_up(request)
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return web.Response(status=400, text="invalid_payload")
        message: Json = body

        def work() -> tuple[Json, int]:
            try:
                answers.at_address(self._world, request.match_info["key"], message)
            except SlackError as error:
                return error.body(), 404 if error.code.endswith("_url") else 400
            return {"ok": True}, 200

        return await self._troubled(request, RESPONSE_URL, message, work, {})

    async def _troubled(
        self,
        request: web.Request,
        name: str,
        arguments: Json,
        work: Callable[[], tuple[Json, int]],
        headers: dict[str, str],
    ) -> web.StreamResponse:
        """Does the work (an answer and a status) or not, and answers or not, as the fault has it."""
        record = self._world.recorder.begin("to_slack", arguments, method=name)
        fault = self._fault(name, arguments)
        await asyncio.sleep(fault.delay)
        done, status = work() if fault.perform else ({"ok": False}, 200)
        shown: Json | str = done if fault.body is None else fault.body
        await asyncio.sleep(fault.delay_after)
        if fault.hang_up:
            self._world.recorder.finish(record, None, lost=done)
        else:
            self._world.recorder.finish(record, shown)
        if fault.body is None and not fault.hang_up:
            fault = replace(fault, status=status if fault.status == 200 else fault.status)
        return await respond(request, shown, fault, headers)


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
