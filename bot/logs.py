"""The log: structured lines on stderr, for people or as JSON, in which no secret can appear.

Only the command line sets it up. What libraries say comes through the same lines, from warnings on.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
SHORTEST_SECRET = 6
"""A shorter "secret" would blot out ordinary words."""

_SECRETS = (
    re.compile(r"\b(?:xox[a-z]|xapp|xwfp)[-.][\w.%-]+"),  # Slack's tokens
    re.compile(r"(?<=://)([^\s:/@\"'\\]*):[^\s/@\"'\\]+(?=@)"),  # user:password@ in an address
    re.compile(r"(?<=hooks\.slack\.com/)[\w/%-]+"),  # a response_url answers for the bot
    re.compile(r"(?<=[?&]ticket=)[^&\s\"'\\]+"),  # lets one in to a Socket Mode connection
    re.compile(r"DETAIL: .*?(?=\\n|\n|\"\}|$)"),  # PostgreSQL shows the failing row: what people typed
)


class Redaction:
    """The last step of a line: hides whatever looks like a secret, and the secrets that are known."""

    def __init__(self, secrets: Iterable[str | None]) -> None:
        known = {one for one in secrets if one and len(one) >= SHORTEST_SECRET}
        spellings = known | {json.dumps(one)[1:-1] for one in known}
        self._known = sorted(spellings, key=len, reverse=True)

    def __call__(self, _logger: WrappedLogger, _method: str, line: str) -> str:
        return self.hide(line)

    def hide(self, text: str) -> str:
        for secret in self._known:
            text = text.replace(secret, HIDDEN)
        for pattern in _SECRETS:
            text = pattern.sub(HIDDEN, text)
        return text


class _Stderr(logging.Handler):
    """Writes to whatever stderr is when a line comes."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            print(self.format(record), file=sys.stderr, flush=True)
        except Exception:  # noqa: BLE001 - logging must never stop what it tells of
            self.handleError(record)


def set_up(log_format: str = "text", *, secrets: Iterable[str | None] = ()) -> None:
    """Sends all that is logged to stderr; `log_format` is "text" or "json"."""
    redaction = Redaction(secrets)
    handler = _Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_common(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendered(log_format, sys.stderr),
                redaction,  # type: ignore[list-item] - it takes the finished line, which structlog's types leave out
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(logging.INFO)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _common() -> Sequence[Processor]:
    return (
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_nothing,
    )


def _rendered(log_format: str, stream: TextIO) -> Sequence[Processor]:
    # Tracebacks are plain ones: prettier ones would show local variables, which hold what people typed.
    if log_format == "json":
        return (
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False),
        )
    plain = structlog.dev.plain_traceback
    return (structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain),)


def _without_nothing(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A field that is None says nothing."""
    return {name: value for name, value in event.items() if value is not None}
