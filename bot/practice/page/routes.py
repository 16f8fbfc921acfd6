"""Serving the page: documents, the live connection that brings them up to date, pictures and the clock."""

import asyncio
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from aiohttp import WSCloseCode, web

from bot.practice.clockwork import Clockwork
from bot.practice.guard import refuse_all_but_json, refuse_others
from bot.practice.page import drawing
from bot.practice.page.calls import Crossing, crossings
from bot.practice.page.scene import MESSAGES, At, Scene, Seen, everybody, gather
from bot.practice.world import World

LOOK_SECONDS: Final = 0.1
"""So often it is looked whether anything has changed."""
HEARTBEAT_SECONDS: Final = 20.0
HEADERS: Final = {
    # Nothing from elsewhere is loaded or run, whatever people type, and no other site may frame this one.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Page:
    """The routes of the page. `born` tells one run of the workspace from another at the same address."""

    def __init__(self, world: World, clockwork: Clockwork | None) -> None:
        self._world = world
        self._clockwork = clockwork
        self._seen = Seen()
        self._open: set[web.WebSocketResponse] = set()
        self._born = secrets.token_hex(8)

    def add_routes(self, application: web.Application) -> None:
        router = application.router
        router.add_get("/", self._start)
        router.add_get("/as/{user}/{place}", self._document)
        router.add_get("/as/{user}/{place}/live", self._live)
        router.add_get("/static/{name}", self._static)
        router.add_get("/picture/{id}", self._picture)
        router.add_get("/file/{id}", self._file)
        router.add_post("/clock/{name}", self._move)
        router.add_post("/reset", self._reset)
        application.on_shutdown.append(self._close)

    async def _start(self, request: web.Request) -> web.Response:
        """To the messages of whoever is chosen, or of the first person there is."""
        refuse_others(self._world, request)
        people = [one.id for one in everybody(self._world)]
        if not people:
            return web.Response(text="Nobody is here yet.", headers=HEADERS)
        user = request.query.get("as", "")
        raise web.HTTPSeeOther(f"/as/{user if user in people else people[0]}/{MESSAGES}")

    async def _document(self, request: web.Request) -> web.Response:
        refuse_others(self._world, request)
        try:
            html = await asyncio.to_thread(lambda: drawing.document(self._scene(_at(request))))
        except LookupError as problem:
            raise web.HTTPNotFound(text=str(problem.args[0])) from None
        return web.Response(text=html, content_type="text/html", headers=HEADERS)

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        """Sends {"born": …} once, and then {region: html} for what has changed on that screen."""
        refuse_others(self._world, request)
        connection = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await connection.prepare(request)
        self._open.add(connection)
        listening = asyncio.create_task(_until_closed(connection))
        try:
            await connection.send_json({"born": self._born})
            await self._tell(connection, _at(request))
        except (ConnectionError, LookupError):  # it went away, or the place did
            await connection.close()
        finally:
            listening.cancel()
            self._open.discard(connection)
        return connection

    async def _tell(self, connection: web.WebSocketResponse, at: At) -> None:
        sent: Mapping[str, str] = {}
        looked: tuple[object, ...] = ()
        while not connection.closed:
            now = self._state(at)
            if now != looked:
                looked = now
                drawn = await asyncio.to_thread(lambda: drawing.regions(self._scene(at)))
                changed = {name: html for name, html in drawn.items() if html != sent.get(name)}
                if changed:
                    await connection.send_str(json.dumps({"regions": changed}))
                sent = drawn
            await asyncio.sleep(LOOK_SECONDS)

    def _state(self, at: At) -> tuple[object, ...]:
        """Grows or changes with whatever the screen may show."""
        steps = self._world.recorder.steps if at.calls else 0
        working = self._clockwork.at_work if self._clockwork else ""
        return (self._world.version, self._world.clock(), steps, working)

    def _scene(self, at: At) -> Scene:
        return gather(self._world, at, self._seen, self._clockwork, self._crossings(at))

    def _crossings(self, at: At) -> Sequence[Crossing]:
        if not at.calls:
            return ()
        if at.calls == "all":
            return crossings(self._world.recorder, None)
        with self._world.looking() as world:
            direct = world.workspace.dms.get(at.user, "")
        place = {at.place} if at.place in world.workspace.channels else {at.user, direct}
        return crossings(self._world.recorder, frozenset(place))

    async def _static(self, request: web.Request) -> web.Response:
        refuse_others(self._world, request)
        name = request.match_info["name"]
        if name not in drawing.STATIC:
            raise web.HTTPNotFound
        return web.Response(
            body=drawing.static(name), content_type=drawing.STATIC[name], charset="utf-8", headers=HEADERS
        )

    async def _picture(self, request: web.Request) -> web.Response:
        refuse_others(self._world, request)
        with self._world.looking() as world:
            file = world.workspace.file(request.match_info["id"])
        if file is None or not file.mimetype.startswith("image/"):
            raise web.HTTPNotFound(text="There is no such picture.")
        return web.Response(body=file.content, content_type=file.mimetype, headers=HEADERS)

    async def _file(self, request: web.Request) -> web.Response:
        """To be kept, never to be shown here: people may upload what they like."""
        refuse_others(self._world, request)
        with self._world.looking() as world:
            file = world.workspace.file(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound(text="There is no such file.")
        kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
        return web.Response(body=file.content, content_type=file.mimetype, headers=HEADERS | kept)

    async def _move(self, request: web.Request) -> web.Response:
        clockwork = self._posted(request)
        return await _outcome(lambda: clockwork.move(request.match_info["name"]))

    async def _reset(self, request: web.Request) -> web.Response:
        return await _outcome(self._posted(request).reset)

    def _posted(self, request: web.Request) -> Clockwork:
        refuse_all_but_json(self._world, request)
        if self._clockwork is None:
            raise web.HTTPNotFound(text="Nobody moves the clock here.")
        return self._clockwork

    async def _close(self, _application: web.Application) -> None:
        for connection in list(self._open):
            await connection.close(code=WSCloseCode.GOING_AWAY)


async def _until_closed(connection: web.WebSocketResponse) -> None:
    """Reads, so that a close is noticed; what comes is nothing to us."""
    async for _ in connection:
        pass


async def _outcome(work: Any) -> web.Response:
    """{"result": …} or {"error": …}, beside the event loop because it may take a while."""
    try:
        return web.json_response({"result": await asyncio.to_thread(work)})
    except LookupError as problem:
        return web.json_response({"error": str(problem.args[0])}, status=400)


def _at(request: web.Request) -> At:
    thread, calls = request.query.get("thread"), request.query.get("calls", "")
    return At(
        user=request.match_info["user"],
        place=request.match_info["place"],
        thread=thread or None,
        calls=calls if calls in ("here", "all") else "",
    )
