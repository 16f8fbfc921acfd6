"""One WebSocket of Socket Mode, from Slack's hello to its end. Nothing here tells the address: it holds a
ticket that lets one in."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from functools import partial
from typing import Any

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientWebSocketResponse,
    ClientWSTimeout,
    ServerTimeoutError,
    WSMessage,
    WSMsgType,
    WSServerHandshakeError,
)
from aiohttp.abc import AbstractResolver, ResolveResult

CLOSE_WITHIN = 0.5
"""Seconds for Slack to say goodbye, too."""

Json = dict[str, Any]


class NoConnection(Exception):  # noqa: N818 - it says how it went
    """Slack could not be reached there, or did not say hello."""


class Link:
    """A connection on which Slack has said hello. Once it is `left`, another has to take its place; it may
    go on for a while."""

    def __init__(self, websocket: ClientWebSocketResponse, hello: Json) -> None:
        self.connections = hello.get("num_connections")
        """How many the app has, as Slack counts them."""
        self.left = asyncio.Event()
        self.reason = ""
        self._websocket = websocket
        self._since = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since the hello."""
        return time.monotonic() - self._since

    def leave(self, reason: str) -> None:
        """The first reason counts."""
        self.reason = self.reason or reason
        self.left.set()

    async def frames(self) -> AsyncIterator[Json]:
        """What Slack sends, until the connection is closed, cut, or silent for too long."""
        async for message in self._websocket:
            if (frame := _frame(message)) is not None:
                yield frame
        silent = isinstance(self._websocket.exception(), ServerTimeoutError)
        self.leave("silent" if silent else "closed")

    async def send(self, frame: Json) -> None:
        """Raises ConnectionError if it is closed."""
        await self._websocket.send_json(frame)

    async def close(self) -> None:
        """Waits a moment for Slack to agree."""
        try:
            async with asyncio.timeout(2 * CLOSE_WITHIN):
                await self._websocket.close()
        except TimeoutError:  # not even our goodbye could be sent
            pass


async def open_link(
    session: ClientSession, address: str, *, hello_within: float, silent_after: float, proxy: str | None
) -> Link:
    """Raises NoConnection. Later on, a connection on which nothing comes is asked for a sign of life, and is
    over when there was nothing at all for `silent_after` seconds."""
    try:
        async with asyncio.timeout(hello_within):
            websocket = await session.ws_connect(
                address,
                heartbeat=silent_after * 2 / 3,  # aiohttp waits for its answer half as long again
                timeout=ClientWSTimeout(ws_close=CLOSE_WITHIN),
                proxy=proxy,
            )
            return await _greeted(websocket)
    except TimeoutError:
        raise NoConnection(f"no hello within {hello_within:g} s") from None
    except (ClientError, OSError, ValueError) as error:
        raise NoConnection(_in_words(error)) from None


async def _greeted(websocket: ClientWebSocketResponse) -> Link:
    link = None
    try:
        frame = _frame(await websocket.receive()) or {}
        if frame.get("type") != "hello":
            raise NoConnection(f"no hello, but {frame.get('reason') or frame.get('type') or 'the end'}")
        link = Link(websocket, frame)
    finally:
        if link is None:
            await websocket.close()
    return link


def _frame(message: WSMessage) -> Json | None:
    """What it says; None for anything but an object in JSON."""
    try:
        frame = json.loads(message.data) if message.type is WSMsgType.TEXT else None
    except ValueError:
        return None
    return frame if isinstance(frame, dict) else None


def _in_words(error: Exception) -> str:
    """What many of these errors say themselves has the address in it."""
    if isinstance(error, WSServerHandshakeError):
        return f"the handshake was answered with status {error.status}"
    reason = error.os_error if isinstance(error, ClientConnectorError) else error
    return ": ".join(filter(None, [type(reason).__name__, getattr(reason, "strerror", None)]))


class Resolver(AbstractResolver):
    """Looks names up in `threads`: those of aiohttp's own would keep the process from ending for as long as a
    name server does not answer."""

    def __init__(self, threads: Executor) -> None:
        self._threads = threads

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        look_up = partial(socket.getaddrinfo, host, port, family=family, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        """The threads are not ours."""
