"""`okra run`: listens over Socket Mode until it is told to stop, and then stops within ten seconds."""

import signal
import threading
import time
from collections.abc import Callable
from concurrent import futures
from concurrent.futures import Future
from contextlib import closing
from types import FrameType
from typing import TypeVar

import structlog
from slack_bolt.authorization import AuthorizeResult

from bot import pulse
from bot.app import Clock, Okra, open_for, utc_now
from bot.config import RunSettings
from bot.scheduler import Heartbeat
from bot.services.sending.messenger import NotSent, Unsure
from bot.services.sending.pacing import Limits
from bot.slack.connection.socket import Socket
from bot.slack.listeners.pool import ListenerPool
from bot.storage.running import the_only_one

STOP_WITHIN = 8.0
"""Seconds for what is in flight; whoever runs us kills us after ten."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
LOOK_EVERY = 0.1
"""Seconds between looks at whether we are told to stop, while Slack has not answered."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class Running:
    """The bot at work: the socket, the heartbeat and the workers."""

    def __init__(self, okra: Okra, settings: RunSettings, *, heartbeat: bool = True) -> None:
        self._okra = okra
        self._settings = settings
        self._heartbeat = Heartbeat(self._beat, settings.okra_heartbeat_seconds) if heartbeat else None
        self._socket: Socket | None = None
        self._was_connected = False

    def start(self, identity: AuthorizeResult, told_to_stop: threading.Event | None = None) -> None:
        """Connects; returns once events can come in, or we are told to stop. Raises Refused if Slack does not
        let us; `stop` is due then, too."""
        settings = self._settings
        self._socket = Socket(
            self._okra.bolt(identity),
            settings.slack_app_token,
            settings.slack_api_url,
            threads=settings.okra_listener_threads,
            timeout=settings.okra_slack_timeout_seconds,
            on_connected=self._connected,
        )
        for worker in self._okra.workers:
            worker.start()
        told_to_stop = told_to_stop or threading.Event()
        _outcome(self._socket.connect(), told_to_stop)
        self._okra.catch_up()
        if self._heartbeat and not told_to_stop.is_set():
            self._heartbeat.start()

    def stop(self) -> None:
        """Takes no more work and finishes what is in flight."""
        deadline = time.monotonic() + STOP_WITHIN
        self._okra.take_up_no_more()
        if self._socket:
            self._socket.close()
        busy = [worker for worker in self._okra.workers if not worker.stop(_left(deadline))]
        if self._heartbeat and not self._heartbeat.stop(_left(deadline)):
            log.warning("the heartbeat was still busy at the end")
        if busy:
            log.warning("workers were still busy at the end", workers=len(busy))
        self._okra.close(_left(deadline))

    def _connected(self) -> None:
        """The first time, `start` sees to it itself that this comes before the first heartbeat."""
        if self._was_connected:
            self._okra.catch_up()
        self._was_connected = True

    def _beat(self) -> None:
        self._okra.beat()
        try:
            pulse.leave(self._settings.okra_data_dir)
        except OSError as error:  # `okra healthy` will say so; the work goes on
            log.warning("the heartbeat cannot be written down", error=str(error))


def _left(deadline: float) -> float:
    return max(0.1, deadline - time.monotonic())


def run(settings: RunSettings, clock: Clock = utc_now, limits: Limits | None = None) -> None:
    """Runs until SIGTERM or SIGINT. Raises what is wrong with the database, AlreadyRunning, OtherWorkspace,
    and Refused where Slack does not take a token."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    # A second run on the same file is refused before it brings the database up to date under the first.
    with closing(open_for(settings)) as database, the_only_one(database):
        okra = Okra(settings, clock, database=database, limits=limits)
        identity = _identity(okra, stopping)
        if identity is not None:
            _work(Running(okra, settings), identity, stopping)


def _work(running: Running, identity: AuthorizeResult, stopping: threading.Event) -> None:
    try:
        running.start(identity, stopping)
        if not stopping.is_set():
            log.info("okra is running", workspace=identity.team, bot=identity.bot_user_id)
        stopping.wait()
        log.info("okra is stopping")
    finally:
        running.stop()


def _identity(okra: Okra, told_to_stop: threading.Event) -> AuthorizeResult | None:
    """Asks Slack who we are until it answers; None if we are told to stop before."""
    pause = FIRST_WAIT
    while True:
        try:
            return _outcome(_asked(okra.identify), told_to_stop)
        except (NotSent, Unsure) as problem:
            log.warning("Slack does not answer yet", error=str(problem), again_in=pause)
        if told_to_stop.wait(pause):
            return None
        pause = min(2 * pause, LONGEST_WAIT)


def _asked(question: Callable[[], T]) -> "Future[T]":
    """In a thread of its own, which does not keep the process from ending."""
    asker = ListenerPool(1, "asker")
    answer = asker.submit(question)
    asker.shutdown(wait=False)
    return answer


def _outcome(future: "Future[T]", told_to_stop: threading.Event) -> T | None:
    """What it comes to; None if we are told to stop before: a stop does not wait for Slack."""
    while not told_to_stop.is_set():
        if future in futures.wait([future], timeout=LOOK_EVERY).done:
            return future.result()
    return None
