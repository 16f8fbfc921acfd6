"""A bot in a process of its own: the real one, by the clock that all share; or one without a promise.

What is switched off is meant to be noticed: "reconciliation" posts again whatever may have been posted, and
"inbox" acknowledges events at once and keeps them in memory for a while.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

import sqlalchemy as sa
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot import logs, running
from bot.app import Okra, open_for
from bot.config import RunSettings, load
from bot.problems import EXPECTED, in_words
from bot.services.inbox import take_in
from bot.services.sending.pacing import UNPACED
from bot.slack.reading.events import read_event
from bot.storage.engine import StorageUnavailable, open_database
from bot.storage.inbox import Arrival
from bot.storage.running import the_only_one
from bot.storage.tables import deliveries
from tests.torture.clock import SharedClock

Without = Literal["", "reconciliation", "inbox"]
IN_MEMORY_SECONDS = 2.0
IMPATIENT_SECONDS = 0.1


@dataclass(frozen=True)
class Birth:
    """What a bot is born with."""

    environment: Mapping[str, str]
    clock: Path
    log: Path
    without: Without = ""


def main(birth: Birth) -> None:
    """Runs the bot until SIGTERM; never longer than the process that wanted it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with birth.log.open("a") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    os.environ.update(birth.environment)
    try:
        settings = load(RunSettings, env_file=None)
        logs.set_up(secrets=settings.secrets)
        _live(settings, SharedClock(birth.clock), birth.without)
    except EXPECTED as problem:
        sys.exit("\n".join(in_words(problem)))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _live(settings: RunSettings, clock: SharedClock, without: Without) -> None:
    if without == "inbox":
        _run_without_inbox(settings, clock)
        return
    if without == "reconciliation":
        threading.Thread(target=_send_again, args=[settings], daemon=True).start()
    running.run(settings, clock, UNPACED)


def _send_again(settings: RunSettings) -> None:
    """What may have been posted is treated as if it certainly was not."""
    with closing(open_database(settings.database)) as database:
        while True:
            time.sleep(IMPATIENT_SECONDS)
            with suppress(StorageUnavailable, sa.exc.SQLAlchemyError), database.transaction() as doing:
                doing.execute(
                    sa.update(deliveries).where(deliveries.c.state == "unknown").values(state="pending")
                )


class AcksFirst(App):
    """Stands before the app, and acknowledges every event before anything is written down."""

    def __init__(self, behind: App, keep: Callable[[Arrival], None]) -> None:
        super().__init__(client=behind.client, authorize=_nobody)
        self._behind = behind
        self._keep = keep

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        if req.body.get("type") != "event_callback":
            return self._behind.dispatch(req)
        arrival = read_event(dict(req.body))
        if arrival is not None:
            self._keep(arrival)
        return BoltResponse(status=200, body="")


def _nobody() -> AuthorizeResult:
    """The app behind knows who we are."""
    raise NotImplementedError


class WithoutInbox(Okra):
    """Keeps events in memory for a while, and forgets those that cannot be written then."""

    def bolt(self, identity: AuthorizeResult) -> App:
        kept: SimpleQueue[tuple[float, Arrival]] = SimpleQueue()
        threading.Thread(target=self._write, args=[kept], daemon=True).start()
        return AcksFirst(super().bolt(identity), lambda one: kept.put((time.monotonic(), one)))

    def catch_up(self) -> None:
        """Nor does it read what it missed."""

    def _write(self, kept: SimpleQueue[tuple[float, Arrival]]) -> None:
        while True:
            since, arrival = kept.get()
            time.sleep(max(0.0, since + IN_MEMORY_SECONDS - time.monotonic()))
            with suppress(StorageUnavailable):
                take_in(self.database, arrival)
                self.inbox_thread.wake()


def _run_without_inbox(settings: RunSettings, clock: SharedClock) -> None:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    with closing(open_for(settings)) as database, the_only_one(database):
        okra = WithoutInbox(settings, clock, database=database, limits=UNPACED)
        at_work = running.Running(okra, settings)
        try:
            at_work.start(okra.identify())
            stopping.wait()
        finally:
            at_work.stop()
