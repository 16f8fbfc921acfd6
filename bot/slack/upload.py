"""Uploading a picture in Slack's three steps: ask for an address, send the bytes there, say where to show it.

Nothing is seen of it before the last step, so that the others may be repeated, whatever became of them.
"""

import json
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from slack_sdk import WebClient

from bot.services.messenger import NotSent, Refused, Unsure
from bot.slack.outcomes import say

MAY_PASS: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` is the file's, and tells it from all others; `blocks` are the words above it."""

    name: str
    title: str
    alt: str
    blocks: list[dict[str, Any]]
    png: bytes = field(repr=False)


def file_name(nonce: str) -> str:
    """The name by which a picture is found again: its message carries no metadata."""
    return f"okra-progress-{nonce}.png"


def upload(
    client: WebClient, picture: Picture, *, channel: str, thread_ts: str | None, begin_by: float
) -> None:
    """Shows the picture in the channel's thread. Raises NotSent or Refused, and Unsure of the last step only,
    which does not begin after `begin_by` (`time.monotonic`)."""
    file_id = _send(client, picture)
    if time.monotonic() > begin_by:
        raise NotSent("uploading it took too long")
    say(
        client.files_completeUploadExternal,
        files=[{"id": file_id, "title": picture.title}],
        channel_id=channel,
        thread_ts=thread_ts,
        blocks=json.dumps(picture.blocks),
    )


def _send(client: WebClient, picture: Picture) -> str:
    """The bytes are with Slack, for nobody to see yet; the file's id."""
    try:
        place = say(
            client.files_getUploadURLExternal,
            filename=picture.name,
            length=len(picture.png),
            alt_txt=picture.alt,
        )
    except Unsure as unsure:
        raise NotSent(str(unsure)) from unsure
    _post(client, str(place["upload_url"]), picture.png)
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
