"""Uploading files in Slack's three steps: ask for an address, send the bytes there, say where to show it.

Nothing is seen of them before the last step, so that the others may be repeated, whatever became of them.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from slack_sdk import WebClient

from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.slack.outcomes import say

MAY_PASS: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True)
class File:
    """`name` tells it from all others: its message carries no metadata."""

    name: str
    title: str
    content: bytes = field(repr=False)
    alt: str = ""
    """What a picture shows."""


def picture_name(nonce: str) -> str:
    return f"okra-progress-{nonce}.png"


def upload(
    client: WebClient,
    files: Sequence[File],
    blocks: Sequence[dict[str, Any]],
    *,
    channel: str,
    thread_ts: str | None,
    begin_by: float,
) -> None:
    """Shows the files with words above them in the channel's thread, in one message. Raises NotSent or
    Refused, and Unsure of the last step only, which does not begin after `begin_by` (`time.monotonic`)."""
    there = [{"id": _send(client, file), "title": file.title} for file in files]
    if time.monotonic() > begin_by:
        raise NotSent("uploading it took too long")
    say(
        client.files_completeUploadExternal,
        files=there,
        channel_id=channel,
        thread_ts=thread_ts,
        blocks=json.dumps(list(blocks)),
    )


def _send(client: WebClient, file: File) -> str:
    """The bytes are with Slack, for nobody to see yet; the file's id."""
    about = {"alt_txt": file.alt} if file.alt else {}
    try:
        place = say(client.files_getUploadURLExternal, filename=file.name, length=len(file.content), **about)
    except Unsure as unsure:
        raise NotSent(str(unsure)) from unsure
    _post(client, str(place["upload_url"]), file.content)
    return str(place["file_id"])


def _post(client: WebClient, url: str, content: bytes) -> None:
    request = Request(url, content, {"Content-Type": "application/octet-stream"}, method="POST")  # noqa: S310 - Slack's
    try:
        with _opener(client).open(request, timeout=client.timeout) as answer:
            answer.read()
    except HTTPError as error:
        with error:  # it holds the connection
            raise _judged(error) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise NotSent(f"no answer to the upload: {type(error).__name__}: {reason}") from error


def _judged(error: HTTPError) -> NotSent | Refused:
    """The address is fresh and the length right: what is refused would be refused again."""
    said = f"the upload got HTTP status {error.code}"
    passing = error.code in MAY_PASS or error.code >= HTTPStatus.INTERNAL_SERVER_ERROR
    return NotSent(said) if passing else Refused(said)


def _opener(client: WebClient) -> OpenerDirector:
    """With the client's own proxy, else the environment's, and its own way of checking certificates."""
    proxy = [ProxyHandler({"http": client.proxy, "https": client.proxy})] if client.proxy else []
    return build_opener(*proxy, HTTPSHandler(context=client.ssl))
