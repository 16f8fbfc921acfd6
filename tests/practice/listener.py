"""A bare Socket Mode client, for what Bolt would hide."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.practice import PracticeSlack


class Listener:
    """A bare Socket Mode client that acknowledges what it is told to."""

    def __init__(self, slack: PracticeSlack, *, acks: bool) -> None:
        self._slack = slack
        self.acks = acks
        self.heard: list[SocketModeRequest] = []
        self.hellos: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._client = SocketModeClient(slack.app_token, web_client=WebClient(base_url=slack.url))
        self._client.socket_mode_request_listeners.append(self._on_request)
        self._client.message_listeners.append(self._on_message)
        self._client.connect()

    def _on_request(self, client: Any, request: SocketModeRequest) -> None:
        with self._lock:
            self.heard.append(request)
        if self.acks:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    def _on_message(self, _client: Any, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") == "hello":
            self.hellos.append(message)

    def ack_late(self, request: SocketModeRequest) -> None:
        self._client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    def close(self) -> None:
        self._client.auto_reconnect_enabled = False
        self._slack.drop_connections()  # its receiving thread would sit out its timeout otherwise
        self._client.close()


@contextmanager
def listening(slack: PracticeSlack, *, acks: bool = True) -> Iterator[Listener]:
    before = slack.connections
    listener = Listener(slack, acks=acks)
    try:
        assert slack.wait_for(lambda: slack.connections == before + 1)
        yield listener
    finally:
        listener.close()
