"""The bots: started, killed and started again, as whoever looks after them would do.

They are forked from a process that has read the program already, so that a bot's life is not spent on imports.
"""

import multiprocessing
import random
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Self

from tests.torture.bot import Birth, Without, main

REST_SECONDS = 1.0
"""So long at most a dead bot stays dead."""
LOOK_SECONDS = 0.05
STOP_SECONDS = 12.0
"""A bot that is told to stop does so within ten."""


@dataclass
class _Place:
    """One replica's, whichever process holds it now."""

    birth: Birth
    process: ForkServerProcess | None = None
    again_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Replicas:
    """So many bots, from entering to leaving. `killed` and `ended` count the deaths, by us and of their own."""

    def __init__(
        self,
        number: int,
        environment: Mapping[str, str],
        clock: Path,
        folder: Path,
        *,
        seed: int,
        without: Without = "",
    ) -> None:
        self.killed = 0
        self.ended = 0
        self._random = random.Random(seed)  # noqa: S311 - chance, not secrets
        self._nursery = multiprocessing.get_context("forkserver")
        self._nursery.set_forkserver_preload(["tests.torture.bot"])
        self._places = [
            _Place(
                Birth(
                    {**environment, "OKRA_DATA_DIR": str(folder / f"data-{one}")},
                    clock,
                    folder / f"bot-{one}.log",
                    without,
                )
            )
            for one in range(number)
        ]
        self._problem: BaseException | None = None
        self._over = threading.Event()
        self._nurse = threading.Thread(target=self._look_after, name="nurse", daemon=True)

    def __enter__(self) -> Self:
        self._nurse.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._nurse.join()
        for place in self._places:
            if place.process:
                place.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for place in self._places:
            if place.process:
                place.process.join(max(0.1, deadline - time.monotonic()))
                place.process.kill()
                place.process.join()

    def kill_one(self) -> bool:
        """Kills any that lives, just started or not; False if none does. Raises what keeps them from living."""
        if self._problem:
            raise self._problem
        for place in self._random.sample(self._places, len(self._places)):
            with place.lock:
                if place.process is not None and place.process.is_alive():
                    place.process.kill()
                    place.process.join()
                    self._bury(place)
                    self.killed += 1
                    return True
        return False

    def pids(self) -> list[int]:
        """Of those that live."""
        processes = [place.process for place in self._places]
        return [one.pid for one in processes if one is not None and one.pid is not None and one.is_alive()]

    def _look_after(self) -> None:
        try:
            while not self._over.wait(LOOK_SECONDS):
                for place in self._places:
                    with place.lock:
                        self._look_at(place)
        except BaseException as problem:  # noqa: BLE001 - whoever kills next is told
            self._problem = problem

    def _look_at(self, place: _Place) -> None:
        if place.process is not None and not place.process.is_alive():
            self.ended += 1
            self._bury(place)
        if place.process is None and time.monotonic() >= place.again_at:
            born = self._nursery.Process(target=main, args=[place.birth], daemon=True)
            born.start()
            place.process = born

    def _bury(self, place: _Place) -> None:
        place.process = None
        place.again_at = time.monotonic() + self._random.uniform(0, REST_SECONDS)
