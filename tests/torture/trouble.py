"""When what goes wrong: kills, Slack's troubles and the database's, each at moments of its own."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Self

from bot.practice.remote import RemoteSlack
from tests.torture.databases import Store
from tests.torture.replicas import Replicas

KILL_EVERY = 1.2
WEATHER_EVERY = 3.0
REFUSALS_EVERY = 10.0
"""Seconds from one to the next, on average."""
REBORN_SECONDS = 2.0
"""So long at most there is nobody to kill."""
KILLING_SECONDS = 12.0
"""Few kills are spread over so long: most of a Friday."""
SLOW_SECONDS = 3.0
"""Longer than the bots wait for an answer, and clearly shorter than three times that."""
LATE_SECONDS = 1.5
CALLS = {
    "lost_answer": 0.015,
    "half_answer": 0.005,
    "cut_off": 0.01,
    "slow_answer": 0.003,
    "slow_start": 0.003,
    "500_before": 0.005,
    "500_after": 0.005,
    "503_before": 0.005,
    "503_after": 0.005,
    "rate_limited": 0.01,
    "internal_error": 0.005,
    "fatal_error": 0.005,
}
"""What befalls so many of the bots' calls."""
LOST_ANSWERS = {"lost_answer": 0.3}
"""For those who should notice: nearly every third message is posted, and nobody is told."""
DELIVERIES = {"twice": 0.05, "late": 0.08, "unheard": 0.03, "cut": 0.01}
"""What befalls so many of the events, taps and forms that Slack delivers."""
WEATHER = {"drop": 5, "drop one": 3, "refresh": 3, "refuse": 2, "away": 2, "silence": 1}
AWAY_SECONDS = (4.0, 7.0)
"""Longer than Slack redelivers."""
REFUSED_SECONDS = (0.5, 2.5)


class _Repeating:
    """Does something again and again while it is let to, pausing as it likes."""

    def __init__(self, name: str, work: Callable[[], object], pause: Callable[[], float]) -> None:
        self._work = work
        self._pause = pause
        self._allowed = threading.Event()
        self._over = threading.Event()
        self._working = threading.Lock()
        self.problem: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def go(self) -> None:
        self._allowed.set()

    def hold(self) -> None:
        """Returns once nothing is being done any more. Raises what went wrong."""
        self._allowed.clear()
        with self._working:
            if self.problem:
                raise self.problem

    def end(self) -> None:
        self._over.set()
        self._allowed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._pause()):
            self._allowed.wait()
            with self._working:
                if self._allowed.is_set() and not self._over.is_set() and not self.problem:
                    try:
                        self._work()
                    except BaseException as problem:  # noqa: BLE001 - whoever holds us is told
                        self.problem = problem


class Trouble:
    """Begins and calms down; `faults` counts what went wrong by kind, but for the kills.

    `calls` is what befalls the bots' calls. With `only_kills` they are all else that goes wrong.
    `meanwhile` is called when Slack has gone away: people go on typing.
    """

    def __init__(
        self,
        slack: RemoteSlack,
        replicas: Replicas,
        store: Store,
        *,
        kills: int,
        seed: int,
        calls: Mapping[str, float],
        only_kills: bool,
        meanwhile: Callable[[], None],
    ) -> None:
        self.faults: Counter[str] = Counter()
        self._slack = slack
        self._replicas = replicas
        self._store = store
        self._kills = kills
        self._calls = calls
        self._only_kills = only_kills
        self._meanwhile = meanwhile
        self._random = random.Random(seed)  # noqa: S311 - chance, not secrets
        self._repeating: tuple[_Repeating, ...] = ()

    def __enter__(self) -> Self:
        every = self._random.expovariate
        between = max(KILL_EVERY, KILLING_SECONDS / max(self._kills, 1))
        self._repeating = (_Repeating("killer", self._kill, lambda: every(1 / between)),)
        if not self._only_kills:
            self._repeating += (
                _Repeating("weather", self._make_weather, lambda: every(1 / WEATHER_EVERY)),
                _Repeating("refusals", self._refuse_writes, lambda: every(1 / REFUSALS_EVERY)),
            )
        return self

    def __exit__(self, *_error: object) -> None:
        for one in self._repeating:
            one.end()

    @property
    def kills_left(self) -> int:
        return self._kills - self._replicas.killed

    @property
    def is_over(self) -> bool:
        """When the last kill is done, the connections and the database are left in peace, too."""
        return 0 < self._kills <= self._replicas.killed

    def begin(self) -> None:
        seed = self._random.randrange(10**6)
        self._slack.make_trouble(seed, self._calls, slow_seconds=SLOW_SECONDS, retry_after=1)
        if not self._only_kills:
            self._slack.make_socket_trouble(seed, DELIVERIES, longest=LATE_SECONDS)
        for one in self._repeating:
            one.go()

    def calm(self) -> None:
        """From now on nothing goes wrong any more. Raises what went wrong with the trouble itself."""
        for one in self._repeating:
            one.hold()
        state = self._slack.state()
        self.faults.update(state["trouble"])
        self.faults.update(state["socket_trouble"])
        self._slack.calm_down()

    def _kill(self) -> None:
        """As soon as there is one to kill."""
        deadline = time.monotonic() + REBORN_SECONDS
        while self.kills_left > 0 and not self._replicas.kill_one() and time.monotonic() < deadline:
            time.sleep(0.05)

    def _refuse_writes(self) -> None:
        if self.is_over:
            return
        refuse = self._random.choice(self._store.refusals())
        refuse(self._random, self._replicas.pids())
        self.faults["database"] += 1

    def _make_weather(self) -> None:
        if self.is_over:
            return
        kind = self._random.choices(list(WEATHER), list(WEATHER.values()))[0]
        self.faults[kind] += 1
        slack, between = self._slack, self._random.uniform
        match kind:
            case "drop":
                slack.drop_connections()
            case "drop one":
                slack.drop_connections(1)
            case "refresh":
                slack.refresh_connections(warning=self._random.random() < 0.5, close_after=between(0.5, 2))
            case "refuse":
                slack.refuse_connections(between(*REFUSED_SECONDS))
            case "silence":
                slack.silence_connections(new_for=between(0, 2))
            case "away":
                slack.go_away(between(*AWAY_SECONDS))
                self._meanwhile()
