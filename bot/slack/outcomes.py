"""What became of a call to Slack that did not answer "ok": not sent, refused for good, or unknown."""

import errno
import re
import socket
import ssl
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.services.sending.messenger import NotSent, Refused, Unsure

PASSING = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"})
"""Errors that Slack gives instead of doing what was asked, and that pass."""
OUR_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required"}
)
"""Errors about the bot's token, not about what was asked."""
MAY_NOT = OUR_TOKEN | {
    "missing_scope",
    "not_allowed_token_type",
    "no_permission",
    "access_denied",
    "team_access_not_granted",
    "ekm_access_denied",
    "enterprise_is_restricted",
}
"""Errors that every call of the kind would get, whomever it is about, until somebody has mended it."""
TOKEN_WAIT_SECONDS = 60.0
UNKNOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Errors behind which the message may have been posted all the same."""
NEVER_ARRIVED = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
NO_WAY_THERE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH})
"""Failures that come before anything is sent."""
CODE = re.compile(r"[a-z][a-z0-9_]*")
"""What Slack's error codes look like."""
LONGEST_WAIT_SECONDS = 86_400


def call(method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
    """Calls a Web API method; raises NotSent, Refused or Unsure."""
    try:
        return method(**arguments)
    except SlackApiError as error:
        raise _judged(error) from error
    except URLError as error:
        if isinstance(error.reason, NEVER_ARRIVED) or getattr(error.reason, "errno", None) in NO_WAY_THERE:
            raise NotSent(f"Slack cannot be reached: {error.reason}") from error
        raise Unsure(f"no answer: {error.reason}") from error
    except (OSError, HTTPException, SlackClientError, ValueError) as error:
        # A dropped connection, a timeout, half an answer, or one that is not JSON.
        raise Unsure(f"no answer: {type(error).__name__}: {error}") from error


def say(method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
    """`call` for what is said of our own accord. A token that Slack does not take is no fault of the message,
    which waits, as all others do, until somebody has mended it; doctor says so."""
    try:
        return call(method, **arguments)
    except Refused as refusal:
        if str(refusal).partition(" ")[0] in OUR_TOKEN:
            raise NotSent(str(refusal), retry_after=TOKEN_WAIT_SECONDS) from refusal
        raise


def _judged(error: SlackApiError) -> Exception:
    """slack_sdk gives an answer that is not JSON as an error code in many words: that one is no code."""
    response: SlackResponse = error.response
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error") or "")
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or code in PASSING:
        return NotSent(code if CODE.fullmatch(code) else "ratelimited", retry_after=_retry_after(response))
    if (
        response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        or code in UNKNOWN
        or not CODE.fullmatch(code)
    ):
        return Unsure(code if CODE.fullmatch(code) else f"HTTP status {response.status_code}")
    return Refused(_in_words(code, data))


def _retry_after(response: SlackResponse) -> float | None:
    """The seconds that Slack asks us to wait, if it says so in a way that can be read."""
    headers = {str(name).casefold(): value for name, value in response.headers.items()}
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < LONGEST_WAIT_SECONDS else None


def _in_words(code: str, data: dict[str, Any]) -> str:
    """The error with the details that Slack gives: the block it did not like, the scope that is missing."""
    details = list((data.get("response_metadata") or {}).get("messages") or ())
    if data.get("needed"):
        details.append(f"needed: {data['needed']}")
    return f"{code} ({'; '.join(map(str, details))})" if details else code
