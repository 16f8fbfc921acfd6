"""Socket Mode: WebSockets to the bot, payloads over any of them, acknowledgements, redelivery."""

import asyncio
import itertools
import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from bot.practice.world import Envelope, World

Json = dict[str, Any]
MOST_CONNECTIONS = 10
HEARTBEAT_SECONDS = 20.0
CLOSE_SECONDS = 1.0
CONNECTION_SECONDS = 18_000  # what hello announces; nothing here ends a connection by itself


class _Connection:
    """One WebSocket and the frames waiting to go out on it."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self.socket = socket
        self.transport = transport
        self.frames: asyncio.Queue[Json] = asyncio.Queue()

    async def write(self) -> None:
        with suppress(ConnectionError):  # the bot is gone: what was not sent will count as unacknowledged
            while True:
                await self.socket.send_str(json.dumps(await self.frames.get()))


class _Delivery:
    """One attempt to get an envelope acknowledged."""

    def __init__(self, envelope: Envelope, record: int, deadline: asyncio.TimerHandle) -> None:
        self.envelope = envelope
        self.record = record
        self.deadline = deadline


class SocketMode:
    """Delivers envelopes. Everything but `send` and `open_ticket` runs on the server's own event loop.

    A payload goes to any one connection. An event not acknowledged within `ack_seconds`, or with nobody
    connected, is delivered again after each of the delays in `redelivery` (seconds); commands and
    interactions are not. A late acknowledgement counts for nothing.
    """

    def __init__(
        self, world: World, loop: asyncio.AbstractEventLoop, ack_seconds: float, redelivery: Sequence[float]
    ) -> None:
        self._world = world
        self._loop = loop
        self._ack_seconds = ack_seconds
        self._redelivery = tuple(redelivery)
        self._connections: list[_Connection] = []
        self._turn = itertools.count()
        self._waiting: dict[str, _Delivery] = {}
        self._timers: set[asyncio.TimerHandle] = set()

    @property
    def connections(self) -> int:
        return len(self._connections)

    def open_ticket(self) -> str:
        """The address of one connection to come, good once."""
        ticket = secrets.token_hex(16)
        with self._world.changing() as world:
            world.tickets.add(ticket)
            port = world.address.rsplit(":", 1)[1]
            return f"ws://127.0.0.1:{port}/link/?ticket={ticket}&app_id={world.identity.app_id}"

    def send(self, envelope: Envelope) -> None:
        self._loop.call_soon_threadsafe(self._attempt, envelope)

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """The WebSocket's whole life: ticket, hello, acknowledgements."""
        ticket = request.query.get("ticket", "")
        with self._world.changing() as world:
            if ticket not in world.tickets:
                raise web.HTTPForbidden(text="unknown ticket")
            world.tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, timeout=CLOSE_SECONDS)
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_str(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close()
            return socket
        connection = _Connection(socket, request.transport)
        writer = self._loop.create_task(connection.write())
        self._greet(connection)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._heard(message.data)
        finally:
            writer.cancel()
            with self._world.changing():
                self._connections.remove(connection)
        return socket

    def _greet(self, connection: _Connection) -> None:
        with self._world.changing() as world:
            self._connections.append(connection)
            hello = {
                "type": "hello",
                "num_connections": len(self._connections),
                "debug_info": {
                    "host": "practice",
                    "build_number": 1,
                    "approximate_connection_time": CONNECTION_SECONDS,
                },
                "connection_info": {"app_id": world.identity.app_id},
            }
            connection.frames.put_nowait(hello)

    def _attempt(self, envelope: Envelope) -> None:
        with self._world.changing() as world:
            world.in_flight.add(envelope)
            envelope.unreachable = not self._connections
            if envelope.unreachable:
                self._missed(envelope)
                return
            connection = self._connections[next(self._turn) % len(self._connections)]
            envelope_id = world.ids.uuid()
            frame: Json = {
                "envelope_id": envelope_id,
                "type": envelope.type,
                "payload": envelope.payload,
                "accepts_response_payload": envelope.answerable,
            }
            more: Json = {}
            if envelope.type == "events_api":
                more = {"retry_attempt": envelope.attempt, "retry_reason": envelope.reason}
            record = world.recorder.begin("to_bot", envelope.payload, type=envelope.type, **more)
            deadline = self._loop.call_later(self._ack_seconds, self._late, envelope_id)
            self._waiting[envelope_id] = _Delivery(envelope, record, deadline)
            connection.frames.put_nowait(frame | more)

    def _heard(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        delivery = self._waiting.pop(answer.get("envelope_id", ""), None)
        if delivery is None:  # too late: Slack has given up on this one
            return
        delivery.deadline.cancel()
        with self._world.changing() as world:
            payload = answer.get("payload")
            world.recorder.finish(delivery.record, payload, acked=True)
            delivery.envelope.acked = delivery.envelope.tried = True
            delivery.envelope.answer = payload
            world.in_flight.discard(delivery.envelope)

    def _late(self, envelope_id: str) -> None:
        delivery = self._waiting.pop(envelope_id)
        with self._world.changing() as world:
            world.recorder.finish(delivery.record, None, acked=False)
            self._missed(delivery.envelope)

    def _missed(self, envelope: Envelope) -> None:
        """Plans the next delivery of an event; anything else has had its one chance."""
        envelope.tried = True
        self._world.in_flight.discard(envelope)
        if envelope.type != "events_api" or envelope.attempt >= len(self._redelivery):
            return
        delay = self._redelivery[envelope.attempt]
        envelope.attempt += 1
        envelope.reason = "connection_failed" if envelope.unreachable else "timeout"
        if delay <= 0:
            self._world.in_flight.add(envelope)
        self._timers = {timer for timer in self._timers if timer.when() > self._loop.time()}
        self._timers.add(self._loop.call_later(delay, self._attempt, envelope))

    async def disconnect(self, reason: str, *, close: bool) -> None:
        """Tells every connection to go ("warning", "refresh_requested"), and closes it if asked to."""
        for connection in list(self._connections):
            frame = {"type": "disconnect", "reason": reason, "debug_info": {"host": "practice"}}
            await connection.socket.send_str(json.dumps(frame))
            if close:
                await connection.socket.close()

    async def drop(self) -> None:
        """Cuts every connection without a word."""
        for connection in self._connections:
            if connection.transport:
                connection.transport.abort()

    async def stop(self) -> None:
        for timer in self._timers:
            timer.cancel()
        with self._world.changing() as world:
            for delivery in self._waiting.values():
                delivery.deadline.cancel()
                delivery.envelope.tried = True  # nobody need wait any longer
            self._waiting.clear()
            world.in_flight.clear()
        for connection in list(self._connections):
            await connection.socket.close()
