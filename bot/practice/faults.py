"""What may happen to a call of the Web API other than being answered."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web

Json = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What happens to a call instead of, or on top of, being answered.

    It waits `delay` seconds; `perform` says whether it is carried out all the same; then it waits
    `delay_after` seconds. `body` (text if it is no JSON), `status` and `headers` replace the answer unless
    `body` is None. `hang_up` closes the connection "before_answer" or "in_body", after half of it.
    """

    delay: float = 0.0
    perform: bool = True
    body: Json | str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_after: float = 0.0
    hang_up: Literal["", "before_answer", "in_body"] = ""


Faults = Callable[[str, Json], Fault | None]


def too_many(seconds: int) -> Fault:
    """Slack's refusal of a call above its rate."""
    return Fault(
        perform=False,
        body={"ok": False, "error": "ratelimited"},
        status=429,
        headers={"Retry-After": str(seconds)},
    )


def hang_up(request: web.Request) -> web.Response:
    """Cuts the connection; what it gives back goes nowhere."""
    if request.transport:
        request.transport.abort()
    return web.Response()


async def respond(request: web.Request, fault: Fault, headers: dict[str, str]) -> web.StreamResponse:
    """Answers with the fault's body, or hangs up as it has it."""
    if fault.hang_up == "before_answer":
        return hang_up(request)
    body, headers = fault.body, headers | fault.headers
    text, kind = (body, "text/html") if isinstance(body, str) else (json.dumps(body), "application/json")
    if fault.hang_up == "in_body":
        return await _half(request, text.encode(), headers | {"Content-Type": kind})
    return web.Response(text=text, status=fault.status, headers=headers, content_type=kind)


async def _half(request: web.Request, words: bytes, headers: dict[str, str]) -> web.StreamResponse:
    """Promises the whole body, sends half of it and closes the connection."""
    response = web.StreamResponse(headers=headers | {"Content-Length": str(len(words))})
    await response.prepare(request)
    await response.write(words[: len(words) // 2])
    if request.transport:
        request.transport.close()
    return response
