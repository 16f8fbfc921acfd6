"""Threads for what may take longer than a stop: answering taps and commands, waiting for Slack."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Job = tuple[Future[Any], Callable[[], Any]]


class ListenerPool(Executor):
    """So many threads, which begin with the first job.

    Unlike those of a ThreadPoolExecutor they do not keep the process from ending: a listener that waits for
    an answer of Slack's would hold up a stop for longer than whoever stops us waits.
    """

    def __init__(self, threads: int, name: str = "listener") -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]
        self._lock = threading.Lock()
        self._begun = self._ended = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Raises RuntimeError once it is shut down."""
        future: Future[T] = Future()
        with self._lock:
            if self._ended:
                raise RuntimeError("no more listeners are run")
            if not self._begun:
                self._begun = True
                for thread in self._threads:
                    thread.start()
            self._jobs.put((future, lambda: fn(*args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - Executor's
        """As any executor: without a limit. See `stop`."""
        self._end(cancel=cancel_futures)
        if wait:
            self._join(None)

    def stop(self, timeout: float) -> bool:
        """Begins no further job; False if those under way did not end within `timeout` seconds."""
        self._end(cancel=True)
        return self._join(timeout)

    def _end(self, *, cancel: bool) -> None:
        with self._lock:
            if cancel:
                self._cancel_waiting()
            self._ended = True
            for _ in self._threads:
                self._jobs.put(None)

    def _cancel_waiting(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return
            if job is not None:
                job[0].cancel()

    def _join(self, timeout: float | None) -> bool:
        deadline = None if timeout is None else time.monotonic() + timeout
        for thread in self._threads if self._begun else ():
            thread.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, call = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001 - whoever holds the future is told
                future.set_exception(error)
