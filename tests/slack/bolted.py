"""A Bolt app that is connected to the practice Slack by our own Socket Mode, and what can go wrong with that."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Self

import sqlalchemy as sa
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult

from bot.practice import Actor, PracticeSlack
from bot.slack.connection.socket import Socket
from bot.slack.connection.watchdog import Patience
from bot.slack.listeners.inbox import KeepEvents
from bot.storage import tables
from bot.storage.engine import Database

OPEN = "apps.connections.open"
LONG = 600.0
QUICK = Patience(first_pause=0.02, longest_pause=0.1, steady_after=0.0, grace=0.2)
WATCHFUL = replace(QUICK, silent_after=1.2, hello_within=0.4)


def acknowledge(ack: Ack) -> None:
    ack()


@dataclass
class Bot:
    """Its events go into an inbox, and /okr does what a test wants it to do."""

    slack: PracticeSlack
    database: Database
    socket: Socket
    hannah: Actor
    greetings: threading.Semaphore
    command: Callable[[Ack], object] = acknowledge

    def connect(self) -> "Future[None]":
        return self.socket.connect()

    def connected(self) -> Self:
        """Once it is told so once more."""
        assert self.greetings.acquire(timeout=10)
        return self

    def inbox(self) -> list[str]:
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(tables.inbox.c.payload).order_by(tables.inbox.c.ts))
            return [row.payload["text"] for row in rows]

    def hears(self, *texts: str) -> bool:
        """Whether these come to be in the inbox, and nothing else."""
        self.slack.wait_for(lambda: set(texts) <= set(self.inbox()))
        return self.slack.settle() and self.inbox() == list(texts)

    def askings(self) -> list[dict[str, Any]]:
        """How it asked to be connected."""
        return [one for one in self.slack.records if one.get("method") == OPEN]

    def close_in_time(self) -> None:
        """Long before what it might wait for would be over."""
        self.socket.close()
        for thread in [one for one in threading.enumerate() if one.name == "socket"]:
            thread.join(10)
            assert not thread.is_alive()


@contextmanager
def bolted(
    slack: PracticeSlack, database: Database, patience: Patience = QUICK, **options: Any
) -> Iterator[Bot]:
    """It is not connected yet, and closed in the end."""
    identity = AuthorizeResult(enterprise_id=None, team_id=slack.team_id, bot_user_id=slack.bot_user_id)
    app = App(authorize=lambda: identity, raise_error_for_unhandled_request=False)
    greetings = threading.Semaphore(0)
    settings: dict[str, Any] = {"app_token": slack.app_token, "threads": 2, "on_connected": greetings.release}
    socket = Socket(app, api_url=slack.url, patience=patience, **(settings | options))
    bot = Bot(slack, database, socket, slack.person(slack.add_person("Hannah")), greetings)

    def command(ack: Ack) -> None:
        bot.command(ack)

    app.middleware(KeepEvents(database, lambda: None, lambda: None))
    app.command("/okr")(command)
    try:
        yield bot
    finally:
        socket.close()


def refused(slack: PracticeSlack, seconds: float, error: str = "internal_error") -> None:
    slack.refuse_connections(seconds, error=error)
    slack.drop_connections()


def silent_all(slack: PracticeSlack, seconds: float) -> None:
    """Those that are there are gone, and new ones get no hello for so long."""
    slack.silence_connections(new_for=seconds)
    slack.drop_connections()


TROUBLE: dict[str, Callable[[PracticeSlack], object]] = {
    "refresh": lambda slack: slack.refresh_connections(),
    "warning": lambda slack: slack.refresh_connections(warning=True),
    "warning, closed later": lambda slack: slack.refresh_connections(warning=True, close_after=0.1),
    "cut": lambda slack: slack.drop_connections(),
    "silence": lambda slack: slack.silence_connections(),
    "silence of new ones": lambda slack: silent_all(slack, 0.8),
    "refused": lambda slack: refused(slack, 0.4),
    "refused as if for good": lambda slack: refused(slack, 0.4, "invalid_auth"),
    "away": lambda slack: slack.go_away(0.4),
}
"""What may be wrong for a moment."""
