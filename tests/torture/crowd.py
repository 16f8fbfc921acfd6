"""Lets many people act at once: each is a generator that yields how many seconds they pause."""

import heapq
import itertools
import threading
import time
from collections.abc import Iterator

WORKERS = 24
"""So many act at the same moment; the others pause."""

Acting = Iterator[float]


class Crowd:
    """People act from `add` until they have done, whoever they are. Close it in the end."""

    def __init__(self, workers: int = WORKERS) -> None:
        self.problem: BaseException | None = None
        self._waiting: list[tuple[float, int, Acting]] = []
        self._number = itertools.count()
        self._acting = 0
        self._closed = False
        self._changed = threading.Condition()
        self._threads = [
            threading.Thread(target=self._work, name=f"crowd-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def add(self, acting: Acting, *, after: float = 0.0) -> None:
        """They begin after so many seconds."""
        with self._changed:
            self._wait_with(acting, after)
            self._changed.notify()

    def wait(self, timeout: float) -> bool:
        """Until everybody has done; False if that takes longer. Raises what went wrong with the acting."""
        with self._changed:
            done = self._changed.wait_for(self._is_idle, timeout)
        if self.problem:
            raise self.problem
        return done

    def close(self) -> None:
        """Whoever is in the middle of something leaves it."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _is_idle(self) -> bool:
        return self.problem is not None or not (self._waiting or self._acting)

    def _wait_with(self, acting: Acting, seconds: float) -> None:
        heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._number), acting))

    def _work(self) -> None:
        while (acting := self._next()) is not None:
            try:
                pause = next(acting, None)
            except BaseException as problem:  # noqa: BLE001 - whoever waits is told
                self.problem, pause = problem, None
            with self._changed:
                self._acting -= 1
                if pause is not None:
                    self._wait_with(acting, pause)
                self._changed.notify_all()

    def _next(self) -> Acting | None:
        """Whose pause is over, waiting for it; None once the crowd is closed."""
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                if self._waiting and self._waiting[0][0] <= now:
                    self._acting += 1
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(self._waiting[0][0] - now if self._waiting else None)
        return None
