"""`okra run`: listens over Socket Mode until it is told to stop, and then stops within ten seconds."""

import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from types import FrameType

import structlog
from slack_bolt.authorization import AuthorizeResult

from bot import pulse
from bot.app import Clock, Okra, open_for, utc_now
from bot.config import RunSettings
from bot.scheduler import Heartbeat
from bot.services.messenger import NotSent, Unsure
from bot.services.pacing import Limits
from bot.slack.socket import Socket
from bot.storage.running import the_only_one

STOP_WITHIN = 8.0
"""Seconds for what is in flight; whoever runs us kills us after ten."""
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0

log = structlog.get_logger(__name__)


class Running:
    """The bot at work: the socket, the heartbeat and the workers."""

    def __init__(self, okra: Okra, settings: RunSettings, *, heartbeat: bool = True) -> None:
        self._okra = okra
        self._settings = settings
        self._heartbeat = Heartbeat(self._beat, settings.okra_heartbeat_seconds) if heartbeat else None
        self._socket: Socket | None = None

    def start(self, identity: AuthorizeResult) -> None:
        """Connects; returns once events can come in. Raises NotSent, Refused or Unsure if Slack does not
        let us; `stop` is due then, too."""
        settings = self._settings
        self._socket = Socket(
            self._okra.bolt(identity),
            settings.slack_app_token,
            settings.slack_api_url,
            threads=settings.okra_listener_threads,
        )
        for worker in self._okra.workers:
            worker.start()
        self._socket.connect()
        self._okra.catch_up()
        if self._heartbeat:
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
        identity = _identity(okra, stopping.wait)
        if identity is not None:
            _work(Running(okra, settings), identity, stopping)


def _work(running: Running, identity: AuthorizeResult, stopping: threading.Event) -> None:
    try:
        running.start(identity)
        log.info("okra is running", workspace=identity.team, bot=identity.bot_user_id)
        stopping.wait()
        log.info("okra is stopping")
    finally:
        running.stop()


def _identity(okra: Okra, wait: Callable[[float], bool]) -> AuthorizeResult | None:
    """Asks Slack who we are until it answers; None if we are told to stop before."""
    pause = FIRST_WAIT
    while True:
        try:
            return okra.identify()
        except (NotSent, Unsure) as problem:
            log.warning("Slack does not answer yet", error=str(problem), again_in=pause)
        if wait(pause):
            return None
        pause = min(2 * pause, LONGEST_WAIT)
