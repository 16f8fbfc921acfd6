"""Socket Mode: how events, taps and commands come in and are answered.

The WebSocket is ours, what is made of it is Bolt's. slack_sdk's own client for Socket Mode stays deaf in too
many kinds of trouble (docs/architecture.md says which).
"""

import asyncio
import json
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import ClientSession, TCPConnector
from slack_bolt import App, BoltRequest, BoltResponse

from bot.slack.client import TIMEOUT_SECONDS, web_client
from bot.slack.connection.link import Link, Resolver, open_link
from bot.slack.connection.watchdog import PATIENCE, Patience, Say, Watchdog
from bot.slack.listeners.pool import ListenerPool
from bot.slack.outcomes import call

FINISH_WITHIN = 3.0
"""Seconds for what is being handled: later Slack does not hear the answer anyway."""
END_WITHIN = 2.0
"""Seconds for taking leave of Slack."""
ASKERS = 2
"""Threads that wait for Slack or a name server, so that nothing else has to."""

Json = dict[str, Any]
log = structlog.get_logger(__name__)


def nothing() -> None:
    """Nobody wants to know."""


class Socket:
    """Keeps us connected from `connect` to `close`.

    `threads` handle what comes in. `on_connected` is called, in a thread of its own, after Slack's hello on
    each new connection: what happened since the last one may have been missed.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        api_url: str,
        *,
        threads: int,
        timeout: int = TIMEOUT_SECONDS,
        on_connected: Callable[[], None] = nothing,
        patience: Patience = PATIENCE,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._web = web_client(app_token, api_url, timeout=timeout)
        self._on_connected = on_connected
        self._patience = patience
        self._handlers = ListenerPool(threads, "socket-handler")
        self._askers = ListenerPool(ASKERS, "socket-asker")
        self._teller = ListenerPool(1, "socket-teller")
        self._connected: Future[None] = Future()
        self._ending, self._answered = asyncio.Event(), asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def connect(self) -> "Future[None]":
        """Begins to connect, and goes on until it has: the result is there once events can come in. It is
        Refused if Slack refuses us, and cancelled if we are closed before."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(self._loop,), name="socket", daemon=True)
        self._thread.start()
        return self._connected

    def close(self, within: float = FINISH_WITHIN) -> None:
        """Takes nothing more in. What is being handled has so many seconds, and is answered."""
        self._soon(self._ending.set)
        if not self._handlers.stop(within):
            log.warning("not all that came in was answered in the end")
        self._soon(self._answered.set)
        if self._thread:
            self._thread.join(END_WITHIN)
        for pool in (self._askers, self._teller):
            pool.stop(0)

    def _soon(self, step: Callable[[], None]) -> None:
        """On the connection's loop, unless that has come to its end."""
        if self._loop:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(step)

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._live())

    async def _live(self) -> None:
        """All that happens on the loop: stays connected until the end, and then until all is answered."""
        async with ClientSession(connector=TCPConnector(resolver=Resolver(self._askers))) as session:
            watchdog = Watchdog(partial(self._dial, session), self._take, self._greeted, self._patience)
            watching = asyncio.create_task(watchdog.watch())
            watching.add_done_callback(self._gave_up)
            await self._ending.wait()
            watching.cancel()
            self._connected.cancel()
            await self._answered.wait()
            await watchdog.close()

    async def _dial(self, session: ClientSession) -> Link:
        """Raises NotSent, Refused, Unsure or NoConnection."""
        ask = partial(call, self._web.apps_connections_open, app_token=self._app_token)
        answer = await asyncio.get_running_loop().run_in_executor(self._askers, ask)
        return await open_link(
            session,
            str(answer["url"]),
            hello_within=self._patience.hello_within,
            silent_after=self._patience.silent_after,
            proxy=self._web.proxy,
        )

    def _gave_up(self, watching: "asyncio.Task[None]") -> None:
        """The watchdog does so only before we were ever connected, and when it is told to."""
        if not watching.cancelled() and (error := watching.exception()) and not self._connected.done():
            self._connected.set_exception(error)

    def _greeted(self) -> None:
        if not self._connected.done():
            self._connected.set_result(None)
        with suppress(RuntimeError):  # we are about to end
            self._teller.submit(self._tell)

    def _tell(self) -> None:
        try:
            self._on_connected()
        except Exception:  # what others make of it is not our trouble
            log.exception("nobody could be told that we are connected")

    def _take(self, frame: Json, say: Say) -> None:
        if self._ending.is_set():  # Slack sends an event again
            return
        if "envelope_id" not in frame or not isinstance(frame.get("payload"), dict):
            log.warning("not understood", type=str(frame.get("type")))
            return
        with suppress(RuntimeError):  # the end began in this very moment
            self._handlers.submit(self._handle, frame, say)

    def _handle(self, envelope: Json, say: Say) -> None:
        """Whatever is not acknowledged here is an error to the person, or an event that comes again."""
        which = {"type": envelope.get("type"), "envelope": envelope["envelope_id"]}
        try:
            response = self._app.dispatch(BoltRequest(mode="socket_mode", body=envelope["payload"]))
            answer = {"envelope_id": envelope["envelope_id"], **_payload(response)}
        except Exception:
            log.exception("handling failed", **which)
            return
        if response.status == HTTPStatus.OK:
            self._soon(partial(say, answer))
        else:
            log.warning("not acknowledged", status=response.status, **which)


def _payload(response: BoltResponse) -> Json:
    """What goes with an acknowledgement: the words that answer a command, a form's errors, another form."""
    if not response.body:
        return {}
    is_json = response.first_headers()["content-type"].startswith("application/json")
    return {"payload": json.loads(response.body) if is_json else {"text": response.body}}
