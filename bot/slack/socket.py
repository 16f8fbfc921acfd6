"""The Socket Mode connection: how events, taps and commands come in."""

import socket
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack.client import web_client
from bot.slack.outcomes import call


class Socket:
    """One connection, which slack_sdk makes anew when Slack refreshes it."""

    def __init__(self, app: App, app_token: str, api_url: str, *, threads: int) -> None:
        self._handler = SocketModeHandler(
            app,
            app_token,
            # Its own client asks for the connection's address: it must obey SLACK_API_URL, too.
            web_client=web_client(app_token, api_url),
            concurrency=threads,  # its default of 10 would cap Bolt's listeners
        )

    def connect(self) -> None:
        """Returns once events can come in; raises NotSent, Refused or Unsure if Slack does not let us."""
        call(self._handler.connect)

    def close(self) -> None:
        """Takes nothing more in."""
        client = self._handler.client
        client.auto_reconnect_enabled = False
        session = client.current_session
        if session is not None and session.sock is not None:
            # slack_sdk waits until its reader has waited long enough for another byte: three seconds.
            with suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)
        self._handler.close()  # type: ignore[no-untyped-call]  # Bolt leaves it unannotated
