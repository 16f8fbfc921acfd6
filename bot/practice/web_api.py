"""The Web API and the addresses of responses, uploads and files as HTTP has them.

Limits and trouble are in between.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from bot.practice import answers
from bot.practice.api.dispatch import perform
from bot.practice.errors import SlackError
from bot.practice.faults import Fault, Faults, hang_up, respond, too_many
from bot.practice.rates import Rates
from bot.practice.world import World

Json = dict[str, Any]
CONNECTING = "apps.connections.open"
RESPONSE_URL = "response_url"
UPLOAD_URL = "upload_url"
FILE_URL = "url_private"


@dataclass(frozen=True)
class _Done:
    """What came of a call; `words` are sent in place of the body if there are any."""

    body: Json
    status: int = 200
    words: str | None = None


class WebApi:
    """Takes calls. `faults`, if set, is asked about every one, `rates` refuses what Slack would refuse.

    `connecting_fault` is what becomes of apps.connections.open until `connecting_refused_until` (by the
    world's timer). While Slack is `away` every connection is cut.
    """

    def __init__(self, world: World) -> None:
        self.faults: Faults | None = None
        self.rates: Rates | None = None
        self.connecting_fault = Fault()
        self.connecting_refused_until = 0.0
        self.away = False
        self._world = world

    def add_routes(self, application: web.Application) -> None:
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_post("/response/{key}", self._answer)
        application.router.add_post("/upload/v1/{key}", self._upload)
        application.router.add_get("/files/{id}", self._file)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if self.away:
            return hang_up(request)
        name = request.match_info["method"]
        headers = {"x-oauth-scopes": ",".join(sorted(self._world.scopes))}
        try:
            arguments = await _arguments(request)
        except SlackError as error:
            return await respond(request, Fault(body=error.body()), headers)
        except ConnectionError:  # whoever asked is gone before it was done
            return hang_up(request)
        token = str(arguments.pop("token", None) or _bearer(request))

        def work() -> _Done:
            return _Done(perform(self._world, name, token, arguments))

        return await self._carry_out(request, name, arguments, work, headers)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self.away:
            return hang_up(request)
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return web.Response(status=400, text="invalid_payload")
        message: Json = body

        def work() -> _Done:
            try:
                answers.at_address(self._world, request.match_info["key"], message)
            except SlackError as error:
                return _Done(error.body(), 404 if error.code.endswith("_url") else 400)
            return _Done({"ok": True}, words="ok")

        return await self._carry_out(request, RESPONSE_URL, message, work, {})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        if self.away:
            return hang_up(request)
        try:
            content = await _content(request)
        except ConnectionError:
            return hang_up(request)

        def work() -> _Done:
            try:
                with self._world.changing() as world:
                    world.uploads.receive(request.match_info["key"], content)
            except SlackError as error:
                return _Done(error.body(), 404 if error.code.endswith("_url") else 400, error.code)
            return _Done({"ok": True}, words=f"OK - {len(content)}")

        return await self._carry_out(request, UPLOAD_URL, {"bytes": len(content)}, work, {})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file's content for the bot; Slack wants files:read for that."""
        if self.away:
            return hang_up(request)
        world, file_id = self._world, request.match_info["id"]
        record = world.recorder.begin("to_slack", {"file": file_id}, method=FILE_URL)
        with world.looking():
            file = world.workspace.file(file_id)
        known = _bearer(request) == world.identity.bot_token and not world.identity.revoked
        allowed = known and "files:read" in world.scopes
        if not allowed or file is None:
            world.recorder.finish(record, {"ok": False})
            return web.Response(status=404 if allowed else 403)
        world.recorder.finish(record, {"ok": True, "bytes": file.size})
        return web.Response(body=file.content, content_type=file.mimetype)

    async def _carry_out(
        self,
        request: web.Request,
        name: str,
        arguments: Json,
        work: Callable[[], _Done],
        headers: dict[str, str],
    ) -> web.StreamResponse:
        """Does the work or not, and answers or not, as the limits and the fault have it."""
        record = self._world.recorder.begin("to_slack", arguments, method=name)
        fault = self._fault(name, arguments)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        done = work() if fault.perform else _Done({"ok": False})
        if fault.delay_after:
            await asyncio.sleep(fault.delay_after)
        if fault.hang_up:
            self._world.recorder.finish(record, None, lost=done.body)
        else:
            shown = fault.body or done.body
            self._world.recorder.finish(record, {"text": shown} if isinstance(shown, str) else shown)
        if fault.body is None:
            fault = replace(fault, body=done.words or done.body, status=max(fault.status, done.status))
        return await respond(request, fault, headers)

    def _fault(self, method: str, arguments: Json) -> Fault:
        """What becomes of a call: first come Slack's limits, then trouble."""
        if method == CONNECTING and self._world.timer() < self.connecting_refused_until:
            return self.connecting_fault
        seconds = self.rates.refuse(method, self._place(arguments)) if self.rates else None
        if seconds is not None:
            return too_many(seconds)
        return (self.faults(method, arguments) if self.faults else None) or Fault()

    def _place(self, arguments: Json) -> str:
        """One name for a call's channel, however it is written: of direct messages the person's id."""
        named = str(arguments.get("channel") or "")
        with self._world.looking() as world:
            workspace = world.workspace
            channel = workspace.channels.get(named) or workspace.channel_named(named.removeprefix("#"))
        if channel is None:
            return named
        return channel.members[0] if channel.kind == "im" else channel.id


def _bearer(request: web.Request) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" else ""


async def _content(request: web.Request) -> bytes:
    """What was sent: the file of a multipart form, or else the bytes as they are.

    Whatever their content type says: urllib calls bytes a form.
    """
    if request.content_type != "multipart/form-data":
        return await request.read()
    parts = list((await request.post()).values())
    files = [part.file.read() for part in parts if isinstance(part, web.FileField)]
    return files[0] if files else b""


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
