"""A bare Socket Mode client, for what Bolt would hide."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.practice import PracticeSlack

Json = dict[str, Any]
PATIENCE_SECONDS = 10.0


class Listener:
    """A bare Socket Mode client that acknowledges what it is told to, and connects anew when it is cut off."""

    def __init__(self, slack: PracticeSlack, *, acks: bool) -> None:
        self.acks = acks
        self.heard: list[SocketModeRequest] = []
        self.hellos: list[Json] = []
        self._app_token = slack.app_token
        self._web = WebClient(base_url=slack.url)
        self._ending = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._thread.start()

    def _run(self) -> None:
        self._loop.run_until_complete(self._listen())
        self._loop.close()

    async def _listen(self) -> None:
        async with aiohttp.ClientSession() as session:
            while not self._ending:
                with suppress(OSError, SlackApiError, aiohttp.ClientError):
                    await self._connect(session)
                await asyncio.sleep(0.05)

    async def _connect(self, session: aiohttp.ClientSession) -> None:
        opened = await asyncio.to_thread(self._web.apps_connections_open, app_token=self._app_token)
        async with session.ws_connect(opened["url"]) as socket:
            self._socket = socket
            async for message in socket:
                if message.json().get("type") == "disconnect":
                    return
                await self._take(message.json())

    async def _take(self, message: Json) -> None:
        if message.get("type") == "hello":
            self.hellos.append(message)
            return
        request = SocketModeRequest.from_dict(message)
        if request is None:
            return
        self.heard.append(request)
        if self.acks:
            await self._ack(request)

    async def _ack(self, request: SocketModeRequest) -> None:
        if self._socket is not None:
            await self._socket.send_json({"envelope_id": request.envelope_id})

    def ack_late(self, request: SocketModeRequest) -> None:
        asyncio.run_coroutine_threadsafe(self._ack(request), self._loop).result(PATIENCE_SECONDS)

    def close(self) -> None:
        self._ending = True
        if self._socket is not None and not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._socket.close(), self._loop).result(PATIENCE_SECONDS)
        self._thread.join(PATIENCE_SECONDS)


@contextmanager
def listening(slack: PracticeSlack, *, acks: bool = True) -> Iterator[Listener]:
    before = slack.connections
    listener = Listener(slack, acks=acks)
    try:
        assert slack.wait_for(lambda: slack.connections == before + 1)
        yield listener
    finally:
        listener.close()
