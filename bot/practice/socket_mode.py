"""Socket Mode: WebSockets to the bot, payloads over any of them, acknowledgements, redelivery."""

import asyncio
import itertools
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.practice.connection import Connection
from bot.practice.faults import hang_up
from bot.practice.trouble import SocketTrouble
from bot.practice.world import Envelope, World

Json = dict[str, Any]
MOST_CONNECTIONS = 10
CLOSE_SECONDS = 1.0
CUT_SECONDS = 0.001  # time enough for a frame to go out, or not
CONNECTION_SECONDS = 18_000  # what hello announces; nothing here ends a connection by itself


@dataclass(frozen=True)
class _Delivery:
    """One attempt to get an envelope acknowledged. If it is not `heard`, the acknowledgement is lost."""

    envelope: Envelope
    record: int
    deadline: asyncio.TimerHandle
    heard: bool


class SocketMode:
    """Delivers envelopes. Everything but `send` and `open_ticket` runs on the server's own event loop.

    A payload goes to any one connection. An event not acknowledged within `ack_seconds`, or with nobody
    connected, is delivered again after each of the delays in `redelivery` (seconds); commands and
    interactions are not. A late acknowledgement counts for nothing.

    `trouble`, if set, has its say in all this. While Slack is `away`, nobody can connect.
    """

    def __init__(
        self,
        world: World,
        loop: asyncio.AbstractEventLoop,
        ack_seconds: float,
        redelivery: Sequence[float],
        heartbeat: float,
    ) -> None:
        self.trouble: SocketTrouble | None = None
        self.away = False
        self._world = world
        self._loop = loop
        self._ack_seconds = ack_seconds
        self._redelivery = tuple(redelivery)
        self._heartbeat = heartbeat
        self._silent_until = 0.0
        self._closing: set[asyncio.Task[None]] = set()
        self._connections: list[Connection] = []
        self._turn = itertools.count()
        self._waiting: dict[str, _Delivery] = {}
        self._timers: dict[Envelope, asyncio.TimerHandle] = {}

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
        self._loop.call_soon_threadsafe(self._begin, envelope)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket's whole life: ticket, hello, acknowledgements."""
        if self.away:
            return hang_up(request)
        ticket = request.query.get("ticket", "")
        with self._world.changing() as world:
            if ticket not in world.tickets:
                raise web.HTTPForbidden(text="unknown ticket")
            world.tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=CLOSE_SECONDS)
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_str(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close()
            return socket
        connection = Connection(socket, request.transport, self._heartbeat)
        connection.silent = self._loop.time() < self._silent_until
        serving = self._loop.create_task(connection.serve())
        self._greet(connection)
        try:
            async for message in socket:
                text = await connection.hear(message)
                if text is not None:
                    self._heard(text)
        finally:
            serving.cancel()
            with self._world.changing():
                self._connections.remove(connection)
        return socket

    def _greet(self, connection: Connection) -> None:
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
            connection.put(hello)

    def _begin(self, envelope: Envelope) -> None:
        """The first delivery, or whatever trouble makes of it; nobody waits for an event that is late."""
        first, *more = (0.0,)
        if self.trouble and envelope.type == "events_api":
            first, *more = self.trouble.event_delays()
        if first:
            envelope.tried.set()
            self._later(first, envelope)
        else:
            self._attempt(envelope)
        for delay in more:
            again = Envelope(envelope.type, envelope.payload, answerable=False)
            with self._world.changing() as world:
                world.in_flight.add(again)
            self._later(delay, again)

    def _attempt(self, envelope: Envelope) -> None:
        with self._world.changing() as world:
            self._timers.pop(envelope, None)
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
            happens = self.trouble.delivery() if self.trouble else None
            heard = happens != "unheard"
            self._waiting[envelope_id] = _Delivery(envelope, record, deadline, heard)
            connection.put(frame | more)
            if happens == "cut":
                self._loop.call_later(CUT_SECONDS, connection.abort)

    def _heard(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        envelope_id = answer.get("envelope_id", "")
        delivery = self._waiting.get(envelope_id)
        if delivery is None or not delivery.heard:  # Slack has given up on this one, or the answer got lost
            return
        del self._waiting[envelope_id]
        delivery.deadline.cancel()
        with self._world.changing() as world:
            payload = answer.get("payload")
            world.recorder.finish(delivery.record, payload, acked=True)
            delivery.envelope.acked = True
            delivery.envelope.answer = payload
            delivery.envelope.tried.set()
            world.in_flight.discard(delivery.envelope)

    def _late(self, envelope_id: str) -> None:
        delivery = self._waiting.pop(envelope_id)
        with self._world.changing() as world:
            world.recorder.finish(delivery.record, None, acked=False)
            self._missed(delivery.envelope)

    def _missed(self, envelope: Envelope) -> None:
        """Plans the next delivery of an event; anything else has had its one chance."""
        envelope.tried.set()
        self._world.in_flight.discard(envelope)
        if envelope.type != "events_api" or envelope.attempt >= len(self._redelivery):
            return
        delay = self._redelivery[envelope.attempt]
        envelope.attempt += 1
        envelope.reason = "connection_failed" if envelope.unreachable else "timeout"
        if delay <= 0:
            self._world.in_flight.add(envelope)
        self._later(delay, envelope)

    def _later(self, delay: float, envelope: Envelope) -> None:
        self._timers[envelope] = self._loop.call_later(delay, self._attempt, envelope)

    async def disconnect(self, reason: str, *, close: bool, close_after: float | None = None) -> None:
        """Tells every connection to go ("warning", "refresh_requested"), and closes it if asked to.

        With `close_after` those that are still there so many seconds later are told once more and closed.
        """
        asked = list(self._connections)
        for connection in asked:
            await connection.disconnect(reason, close=close)
        if close_after is not None:
            closing = self._loop.create_task(self._close_later(asked, close_after))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    async def _close_later(self, asked: list[Connection], seconds: float) -> None:
        await asyncio.sleep(seconds)
        for connection in asked:
            await connection.disconnect("refresh_requested", close=True)

    async def drop(self, most: int | None = None) -> int:
        """Cuts every connection, or the `most` oldest, without a word; gives how many."""
        dropped = self._connections[:most]
        for connection in dropped:
            connection.abort()
        return len(dropped)

    async def silence(self, new_for: float) -> None:
        """From now on no connection here says or hears anything, nor one opened within `new_for` seconds."""
        self._silent_until = self._loop.time() + new_for
        for connection in self._connections:
            connection.silent = True

    async def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        for closing in self._closing:
            closing.cancel()
        with self._world.changing() as world:
            for delivery in self._waiting.values():
                delivery.deadline.cancel()
                delivery.envelope.tried.set()  # nobody need wait any longer
            self._waiting.clear()
            world.in_flight.clear()
        for connection in list(self._connections):
            await connection.socket.close()
