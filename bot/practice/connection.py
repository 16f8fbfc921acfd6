"""One WebSocket of Socket Mode: what goes out on it, and whether anybody is there."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

Json = dict[str, Any]


class Connection:
    """A WebSocket and the frames waiting to go out on it. A silent one says nothing and hears nothing."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, heartbeat: float
    ) -> None:
        self.socket = socket
        self.silent = False
        self._transport = transport
        self._heartbeat = heartbeat
        self._frames: asyncio.Queue[Json] = asyncio.Queue()
        self._heard = True

    def put(self, frame: Json) -> None:
        self._frames.put_nowait(frame)

    async def serve(self) -> None:
        """Writes and pings until it is cancelled or the bot is gone: what was not sent is unacknowledged."""
        pinging = asyncio.create_task(self._ping())
        try:
            with suppress(ConnectionError):
                await self._write()
        finally:
            pinging.cancel()

    async def hear(self, message: WSMessage) -> str | None:
        """The text of a frame; None if it has none or goes unheard. Answers pings."""
        if self.silent:
            return None
        self._heard = True
        if message.type is WSMsgType.PING:
            with suppress(ConnectionError):
                await self.socket.pong(message.data)
        return str(message.data) if message.type is WSMsgType.TEXT else None

    async def disconnect(self, reason: str, *, close: bool) -> None:
        """Tells the bot to go, and closes the connection if asked to."""
        if self.silent:
            return
        frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}}
        with suppress(ConnectionError):
            await self.socket.send_str(json.dumps(frame))
            if close:
                await self.socket.close()

    def abort(self) -> None:
        """Cuts it without a word."""
        if self._transport:
            self._transport.abort()

    async def _write(self) -> None:
        while True:
            frame = await self._frames.get()
            if not self.silent:
                await self.socket.send_str(json.dumps(frame))

    async def _ping(self) -> None:
        """Pings the bot, and cuts the connection if nothing came since the last time."""
        while True:
            await asyncio.sleep(self._heartbeat)
            if self.silent:
                continue
            if not self._heard:
                self.abort()
            self._heard = False
            with suppress(ConnectionError):
                await self.socket.ping()
