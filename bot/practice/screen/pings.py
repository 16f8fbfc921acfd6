"""Whom a message would ping: every live mention Slack would make of it."""

import re
from collections.abc import Iterator
from typing import Any, Final

_LIVE: Final = re.compile(
    r"<(?P<sequence>@[A-Z0-9]+|!(?:here|channel|everyone|group)|!subteam\^[A-Z0-9]+)(?:\|[^<>]*)?>"
    r"|(?<![\w@])(?P<plain>@(?:here|channel|everyone))(?!\w)"
)


def pings(blocks: list[dict[str, Any]] | None, text: str) -> list[str]:
    """Every live ping in order, repeated as often as it stands there, without labels.

    `<@U1>`, `<!here>`, `<!subteam^S1>`, and plain "@here" where Slack itself makes it live: in the top-level
    text and in mrkdwn that is not `verbatim`. Nothing in plain_text and in the text elements of rich text.
    """
    found = list(_in_text(text, verbatim=False))
    for block in blocks or []:
        found += _in_object(block)
    return found


def _in_text(text: str, *, verbatim: bool) -> Iterator[str]:
    for match in _LIVE.finditer(text):
        if match["sequence"]:
            yield f"<{match['sequence']}>"
        elif not verbatim:
            yield match["plain"]


def _in_object(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _in_object(item)
    if not isinstance(value, dict):
        return
    match value:
        case {"type": "mrkdwn", "text": str(text)}:
            yield from _in_text(text, verbatim=value.get("verbatim") is True)
        case {"type": "markdown", "text": str(text)}:
            yield from _in_text(text, verbatim=False)
        case {"type": "user", "user_id": user}:
            yield f"<@{user}>"
        case {"type": "broadcast", "range": reach}:
            yield f"<!{reach}>"
        case {"type": "usergroup", "usergroup_id": group}:
            yield f"<!subteam^{group}>"
        case _:
            for held in value.values():
                yield from _in_object(held)
