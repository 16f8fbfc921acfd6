"""What became of a call to Slack that did not answer "ok": not sent, refused for good, or unknown."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.services.messenger import NotSent, Refused, Unsure

PASSING = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"})
"""Errors that Slack gives instead of doing what was asked, and that pass."""
UNKNOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Errors behind which the message may have been posted all the same."""


def call(method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
    """Calls a Web API method; raises NotSent, Refused or Unsure."""
    try:
        return method(**arguments)
    except SlackApiError as error:
        raise _judged(error) from error
    except URLError as error:
        if isinstance(error.reason, ConnectionRefusedError) or "Name or service" in str(error.reason):
            raise NotSent(f"Slack cannot be reached: {error.reason}") from error
        raise Unsure(f"no answer: {error.reason}") from error
    except (OSError, HTTPException, SlackClientError, ValueError) as error:
        # A dropped connection, a timeout, half an answer, or one that is not JSON.
        raise Unsure(f"no answer: {type(error).__name__}: {error}") from error


def _judged(error: SlackApiError) -> Exception:
    response = error.response
    status = getattr(response, "status_code", 0)
    data = getattr(response, "data", None)
    code = data.get("error", "") if isinstance(data, dict) else ""
    if status == 429 or code in PASSING:
        wait = getattr(response, "headers", {}).get("Retry-After")
        return NotSent(code or "ratelimited", retry_after=float(wait) if wait else None)
    if status >= 500 or code in UNKNOWN or not code:
        return Unsure(code or f"HTTP status {status}")
    return Refused(_in_words(code, data if isinstance(data, dict) else {}))


def _in_words(code: str, data: dict[str, Any]) -> str:
    """The error with the details that Slack gives: the block it did not like, the scope that is missing."""
    details = list((data.get("response_metadata") or {}).get("messages") or ())
    if data.get("needed"):
        details.append(f"needed: {data['needed']}")
    return f"{code} ({'; '.join(map(str, details))})" if details else code
