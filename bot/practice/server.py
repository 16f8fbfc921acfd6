"""The HTTP side: Web API, response addresses and Socket Mode on one loopback port, in a thread of its own.

The page and the control interface have a port of their own besides, where they can be reached while Slack is
away.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import web

from bot.practice.clockwork import Clockwork
from bot.practice.control import Control
from bot.practice.page.routes import Page
from bot.practice.socket_mode import SocketMode
from bot.practice.web_api import WebApi
from bot.practice.world import World

LARGEST_BODY = 4 * 1024 * 1024
LOOPBACK = "127.0.0.1"
KEEP_ALIVE_SECONDS = 3600.0  # so that a client may think for a while
MOST_AT_ONCE = 64  # people who act over the control interface and wait for the bot


class Server:
    """Runs the practice Slack between `start` and `stop`.

    `sockets` makes its Socket Mode; `controls` are things to do over the control interface, by name;
    `clockwork` lets people who look at the page move time.
    """

    def __init__(
        self,
        world: World,
        sockets: Callable[[asyncio.AbstractEventLoop], SocketMode],
        controls: Mapping[str, Callable[..., Any]],
        clockwork: Clockwork | None,
    ) -> None:
        self._world = world
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(MOST_AT_ONCE, "practice-people"))
        self._thread = threading.Thread(target=self._loop.run_forever, name="practice-slack", daemon=True)
        self.api = WebApi(world)
        self.sockets = sockets(self._loop)
        self._runner = web.AppRunner(
            self._application(controls, Page(world, clockwork)),
            access_log=None,
            shutdown_timeout=1.0,
            keepalive_timeout=KEEP_ALIVE_SECONDS,
        )
        self._door: web.TCPSite | None = None
        self._place: socket.socket | None = None
        self._return: asyncio.TimerHandle | None = None
        self._returning: asyncio.Task[None] | None = None

    def start(self, port: int, page_port: int = 0) -> None:
        self._thread.start()
        self.run(self._listen(port, page_port))

    def stop(self) -> None:
        self.run(self.sockets.stop())
        self.run(self._stay())
        self.run(self._runner.cleanup())
        if self._place:
            self._place.close()
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
        self.sockets.away = self.api.away = True
        if self._door:
            await self._door.stop()
            self._door = None
            self._place = _placeholder(self._port())
        await self.sockets.drop()
        if seconds is not None:
            self._return = self._loop.call_later(seconds, self._come_back_soon)

    async def come_back(self) -> None:
        await self._stay()
        await self._open_door(self._port())

    def _port(self) -> int:
        return int(self._world.address.rsplit(":", 1)[1])

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
        if self._place:
            self._place.close()
            self._place = None
        self.sockets.away = self.api.away = False

    async def _listen(self, port: int, page_port: int) -> None:
        await self._runner.setup()
        await self._open_door(port)
        await web.TCPSite(self._runner, LOOPBACK, page_port).start()
        slack, control = (f"http://{LOOPBACK}:{address[1]}" for address in self._runner.addresses)
        self._world.address, self._world.control_address = slack, control
        self._world.outbox = self.sockets

    def _application(self, controls: Mapping[str, Callable[..., Any]], page: Page) -> web.Application:
        application = web.Application(client_max_size=LARGEST_BODY)
        self.api.add_routes(application)
        application.router.add_get("/link/", self.sockets.connect)
        Control(self._world, controls).add_routes(application)
        page.add_routes(application)
        return application


def _placeholder(port: int) -> socket.socket:
    """Keeps a port for us that nobody is to get through to: connections to it are refused."""
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind((LOOPBACK, port))
    return place
