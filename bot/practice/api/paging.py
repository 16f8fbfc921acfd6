"""Pages with a cursor, as Slack cuts them."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.practice.api.call import Call
from bot.practice.errors import SlackError

T = TypeVar("T")
MARK = "next:"


def encode(place: str) -> str:
    return base64.b64encode(f"{MARK}{place}".encode()).decode()


def decode(cursor: str) -> str:
    """What `encode` was given; SlackError `invalid_cursor` for anything else."""
    try:
        place = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if not place.startswith(MARK):
        raise SlackError("invalid_cursor")
    return place.removeprefix(MARK)


def limit_of(call: Call, default: int, most: int) -> int:
    """How many to give; SlackError `invalid_limit` outside 1 … `most`. A limit of 0 means the default."""
    limit = call.number("limit", default) or default
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    return limit


def page(call: Call, items: Sequence[T], limit: int) -> tuple[list[T], str]:
    """The items the cursor points at, and the cursor of the next ones ("" at the end)."""
    start = 0
    if call.text("cursor"):
        place = decode(call.text("cursor"))
        if not place.isdecimal() or int(place) > len(items):
            raise SlackError("invalid_cursor")
        start = int(place)
    end = start + limit
    return list(items[start:end]), encode(str(end)) if end < len(items) else ""
