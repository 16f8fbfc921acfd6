"""The log: structured lines on stderr, for people or as JSON, in which no secret can appear.

Only the command line sets it up. What libraries say comes through the same lines, from warnings on.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

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
)
_ROW = re.compile(r"(?<=\nDETAIL:)[\s\S]*?(?=\n\[SQL: |\n\nThe above exception|\Z)")
"""Where PostgreSQL's errors show the row that failed, and with it what people typed."""


class Redaction:
    """The last step of a line: hides whatever looks like a secret, and the secrets that are known."""

    def __init__(self, secrets: Iterable[str | None]) -> None:
        known = {one for one in secrets if one and len(one) >= SHORTEST_SECRET}
        spellings = known | {spelt[1:-1] for one in known for spelt in (json.dumps(one), repr(one))}
        self._known = sorted(spellings, key=len, reverse=True)

    def __call__(self, _logger: WrappedLogger, _method: str, line: Any) -> str:
        """As a processor after the one that renders; `line` is the finished line."""
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
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except Exception:  # noqa: BLE001 - logging must never stop what it tells of
            self.handleError(record)


def set_up(log_format: str = "text", *, secrets: Iterable[str | None] = (), quiet: bool = False) -> None:
    """Sends all that is logged to stderr: as "text" or "json"; `quiet` leaves out what is as usual."""
    redaction = Redaction(secrets)
    handler = _Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_common(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Plain tracebacks: prettier ones would show local variables, which hold what people typed.
                structlog.processors.format_exc_info,
                _without_rows,
                _renderer(log_format, sys.stderr),
                redaction,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    # Each failed call is raised, too, and told where it is known what it means.
    logging.getLogger("slack_sdk.web").setLevel(logging.CRITICAL)
    logging.getLogger("slack_bolt.App").addFilter(_is_news)
    logging.getLogger("bot").setLevel(logging.WARNING if quiet else logging.INFO)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_common(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt warns at every start that it leaves SLACK_BOT_TOKEN alone: as it should, our client has it."""
    return "`token` will be unused" not in record.getMessage()


def _common() -> Sequence[Processor]:
    return (
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_nothing,
    )


def _renderer(log_format: str, stream: TextIO) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)
    plain = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)


def _without_rows(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {
        name: _ROW.sub(f" {HIDDEN}", value) if isinstance(value, str) else value
        for name, value in event.items()
    }


def _without_nothing(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A field that is None says nothing."""
    return {name: value for name, value in event.items() if value is not None}
