"""Keeps us connected: a connection that is closed, cut, silent or about to be refreshed is replaced."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.slack.connection.link import Link, NoConnection

PASSING = (NotSent, Unsure, NoConnection)
"""Ways in which connecting fails that may be over the next time."""

Json = dict[str, Any]
Say = Callable[[Json], None]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Patience:
    """How long the watchdog waits, in seconds."""

    silent_after: float = 30.0
    """Without a sign of life a connection is dead."""
    hello_within: float = 10.0
    """From knocking to Slack's hello."""
    first_pause: float = 1.0
    longest_pause: float = 60.0
    """Between attempts; apps.connections.open is allowed about once a minute."""
    steady_after: float = 10.0
    """A connection that lasted as long is replaced at once, one that did not after a pause."""
    grace: float = 10.0
    """What was sent on a connection before its successor was there comes in and is answered for as long."""


PATIENCE = Patience()


class Watchdog:
    """Everything here runs on one event loop.

    `dial` opens a connection. `take` is given each frame, but for those that announce the end, and what to
    answer it with; `greeted` is called after each hello. Neither may block.
    """

    def __init__(
        self,
        dial: Callable[[], Awaitable[Link]],
        take: Callable[[Json, Say], None],
        greeted: Callable[[], None],
        patience: Patience,
    ) -> None:
        self._dial = dial
        self._take = take
        self._greeted = greeted
        self._patience = patience
        self._links: list[Link] = []  # the newest last
        self._tasks: set[asyncio.Task[None]] = set()
        self._was_connected = False

    async def watch(self) -> None:
        """Goes on until it is cancelled. Raises Refused if Slack refuses us before it ever let us in."""
        pauses = pauses_between(self._patience)
        while True:
            link = await self._connect(pauses)
            self._begin(link)
            await link.left.wait()
            log.info("the connection has to be replaced", reason=link.reason, lasted=round(link.age))
            if link.age >= self._patience.steady_after:
                pauses = pauses_between(self._patience)

    async def close(self) -> None:
        """Takes leave of every connection. Answers given before are on their way before the goodbye is."""
        await asyncio.gather(*(link.close() for link in self._links))

    async def _connect(self, pauses: Iterator[float]) -> Link:
        """Tries until it is connected."""
        pause = next(pauses)
        while True:
            await asyncio.sleep(pause)
            problem: Exception | None = None
            try:
                return await self._dial()
            except PASSING as passing:
                problem = passing
            except Refused as refused:
                if not self._was_connected:
                    raise
                problem = refused  # somebody may give us back what we need
            except Exception:  # an end of the watchdog would be silence for ever
                log.exception("connecting failed")
            asked_to_wait = problem.retry_after if isinstance(problem, NotSent) else None
            pause = max(next(pauses), asked_to_wait or 0.0)
            error = str(problem) if problem else None
            log.warning("Slack does not let us connect", error=error, again_in=round(pause, 1))

    def _begin(self, link: Link) -> None:
        """From now on this is the connection; what is left of those before has a little time."""
        self._was_connected = True
        log.info("connected to Slack", connections=link.connections)
        for old in self._links:
            self._do(self._retire(old))
        self._links.append(link)
        self._do(self._listen(link))
        self._greeted()

    async def _listen(self, link: Link) -> None:
        say = partial(self._say, link)
        try:
            async for frame in link.frames():
                if frame.get("type") == "disconnect":
                    link.leave(str(frame.get("reason")))
                else:
                    self._take(frame, say)
        finally:
            self._links.remove(link)
            link.leave("failed")
            await link.close()

    async def _retire(self, link: Link) -> None:
        await asyncio.sleep(self._patience.grace)
        await link.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)  # asyncio itself does not hold on to it
        task.add_done_callback(self._tasks.discard)

    def _say(self, link: Link, answer: Json) -> None:
        self._do(self._send(link, answer))

    async def _send(self, link: Link, answer: Json) -> None:
        """On the connection that it is an answer to or, if that is no more, on the newest."""
        for one in (link, *reversed(self._links)):
            with suppress(ConnectionError):
                await one.send(answer)
                return
        log.warning("nothing is left to answer on", envelope=answer.get("envelope_id"))


def pauses_between(patience: Patience) -> Iterator[float]:
    """Before each attempt: at once, then after a growing pause, which is not the same for everybody who lost
    Slack in the same moment."""
    yield 0.0
    pause = patience.first_pause
    while True:
        yield pause * (0.75 + secrets.randbelow(1000) / 2000)
        pause = min(2 * pause, patience.longest_pause)
