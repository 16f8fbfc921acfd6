"""What each failure of Slack means: not sent, refused for good, or perhaps sent. Over real HTTP."""

import errno
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.error import URLError

import pytest

from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.slack.client import web_client
from bot.slack.outcomes import call

HALF = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"ok": tr'


@contextmanager
def answering(raw: bytes) -> Iterator[str]:
    """A server on loopback that answers every request with these bytes and hangs up; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.wfile.write(raw)
            self.close_connection = True

        def log_message(self, *_arguments: Any) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def http(status: int, body: object, **headers: str) -> bytes:
    """An answer as bytes; `body` is text, or what becomes JSON."""
    content = (body if isinstance(body, str) else json.dumps(body)).encode()
    kind = "text/html" if isinstance(body, str) else "application/json"
    lines = [f"HTTP/1.1 {status} So", f"Content-Type: {kind}", f"Content-Length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


def error(code: str, **more: object) -> dict[str, object]:
    return {"ok": False, "error": code, **more}


def outcome(raw: bytes) -> Exception | None:
    with answering(raw) as address:
        try:
            call(web_client("xoxb-1", address).chat_postMessage, channel="C1", text="x")
        except (NotSent, Refused, Unsure) as problem:
            return problem
    return None


def test_what_slack_has_taken_is_given_back() -> None:
    with answering(http(200, {"ok": True, "ts": "1.1"})) as address:
        assert (
            call(web_client("xoxb-1", address.rstrip("/")).chat_postMessage, channel="C1", text="x")["ts"]
            == "1.1"
        )


@pytest.mark.parametrize(
    ("raw", "kind", "said"),
    [
        (http(200, error("channel_not_found")), Refused, "channel_not_found"),
        (http(200, error("invalid_auth")), Refused, "invalid_auth"),
        (http(403, error("not_allowed_token_type")), Refused, "not_allowed_token_type"),
        (
            http(200, error("invalid_blocks", response_metadata={"messages": ["block 3", "block 4"]})),
            Refused,
            "invalid_blocks (block 3; block 4)",
        ),
        (http(200, error("missing_scope", needed="im:write")), Refused, "missing_scope (needed: im:write)"),
        (http(200, error("invalid_blocks", response_metadata=None)), Refused, "invalid_blocks"),
        (http(429, error("ratelimited"), Retry_After="7"), NotSent, "ratelimited"),
        (http(429, "slow down", retry_after="7"), NotSent, "ratelimited"),
        (http(200, error("ratelimited")), NotSent, "ratelimited"),
        (http(200, error("message_limit_exceeded")), NotSent, "message_limit_exceeded"),
        (http(200, error("internal_error")), Unsure, "internal_error"),
        (http(200, error("fatal_error")), Unsure, "fatal_error"),
        (http(500, error("something_else")), Unsure, "something_else"),
        (http(503, "<html>Sorry</html>"), Unsure, "HTTP status 503"),
        (http(200, "<html>Log in to this network</html>"), Unsure, "HTTP status 200"),
        (http(200, {"ok": False}), Unsure, "HTTP status 200"),
        (http(200, {}), Unsure, "HTTP status 200"),
        (http(200, ""), Unsure, "HTTP status 200"),
        (b"", Unsure, "no answer"),
        (HALF, Unsure, "no answer"),
        (b"nonsense\r\n\r\n", Unsure, "no answer"),
    ],
)
def test_a_failure_is_told_by_what_slack_answers(raw: bytes, kind: type[Exception], said: str) -> None:
    problem = outcome(raw)
    assert type(problem) is kind
    assert str(problem).startswith(said)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"retry_after": "0.5"}, 0.5),
        ({}, None),
        ({"Retry_After": "Fri, 20 Nov 2026 10:00:00 GMT"}, None),
        ({"Retry_After": "nan"}, None),
        ({"Retry_After": "-1"}, None),
        ({"Retry_After": "1e9"}, None),
    ],
)
def test_slack_says_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    problem = outcome(http(429, error("ratelimited"), **headers))
    assert isinstance(problem, NotSent)
    assert problem.retry_after == seconds


def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and not listening
        port = taken.getsockname()[1]
        with pytest.raises(NotSent, match="cannot be reached"):
            call(web_client("xoxb-1", f"http://127.0.0.1:{port}/api/").auth_test)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, "nodename nor servname provided"), NotSent),
        (ssl.SSLCertVerificationError("self-signed certificate"), NotSent),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), NotSent),
        (OSError(errno.EHOSTUNREACH, "No route to host"), NotSent),
        (TimeoutError("timed out"), Unsure),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), Unsure),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), Unsure),
        ("no host given", Unsure),
    ],
)
def test_what_fails_before_anything_is_sent_was_not_sent(
    reason: Exception | str, kind: type[Exception]
) -> None:
    def failing(**_arguments: object) -> Any:
        raise URLError(reason)  # as urllib gives what happens before the answer

    with pytest.raises(kind):
        call(failing)


def test_an_answer_that_does_not_come_may_mean_that_it_was_posted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = web_client("xoxb-1", f"http://127.0.0.1:{silent.getsockname()[1]}/api/")
        client.timeout = 1
        with pytest.raises(Unsure, match="timed out"):
            call(client.auth_test)
