"""The heartbeat, and workers that do their job whenever they are woken.

APScheduler only beats; what is due is read from our own tables (see `bot.services.asking.rounds`).
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

log = structlog.get_logger(__name__)


class Worker:
    """A thread that does its job each time it is woken; waking it while it works makes it go once more."""

    def __init__(self, name: str, job: Callable[[], object]) -> None:
        self._job = job
        self._woken = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def stop(self, timeout: float | None = None) -> bool:
        """Lets the job that is under way come to its end; False if it did not within `timeout` seconds."""
        self._stopping = True
        self._woken.set()
        if self._thread.ident is not None:  # else it was never started
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while True:
            self._woken.wait()
            self._woken.clear()
            if self._stopping:
                return
            try:
                self._job()
            except Exception:  # the next waking tries again; a dead worker would be silence
                log.exception("worker failed", worker=self._thread.name)


class Heartbeat:
    """Calls `beat` at the start and every so many seconds, one at a time; a late beat is still made."""

    def __init__(self, beat: Callable[[], object], seconds: float) -> None:
        # The beating itself is a worker's job: however long one beat takes, stopping need not wait for it.
        self._worker = Worker("heartbeat", beat)
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._worker.wake,
            "interval",
            seconds=seconds,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._worker.start()
        self._scheduler.start()

    def stop(self, timeout: float | None = None) -> bool:
        """Lets a beat that is under way come to its end; False if it did not within `timeout` seconds."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        return self._worker.stop(timeout)
