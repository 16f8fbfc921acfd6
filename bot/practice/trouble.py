"""Trouble as networks and Slack make it, by chance but the same for the same seed."""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.practice.faults import Fault, too_many

Json = dict[str, Any]
SLOW_SECONDS = 35.0  # longer than slack_sdk waits by default
BROKEN = "<html><body>Something went wrong</body></html>"


def web_api_faults(slow_seconds: float = SLOW_SECONDS, retry_after: int = 1) -> dict[str, Fault]:
    """Every kind of trouble that a call can have. Those called "…_after" have performed the call."""
    return {
        "lost_answer": Fault(hang_up="before_answer"),
        "half_answer": Fault(hang_up="in_body"),
        "cut_off": Fault(perform=False, hang_up="before_answer"),
        "slow_answer": Fault(delay_after=slow_seconds),
        "slow_start": Fault(delay=slow_seconds),
        "500_before": Fault(perform=False, body=BROKEN, status=500),
        "500_after": Fault(body=BROKEN, status=500),
        "503_before": Fault(perform=False, body=BROKEN, status=503),
        "503_after": Fault(body=BROKEN, status=503),
        "rate_limited": too_many(retry_after),
        "internal_error": Fault(body={"ok": False, "error": "internal_error"}),
        "fatal_error": Fault(body={"ok": False, "error": "fatal_error"}),
    }


WEB_API_KINDS = tuple(web_api_faults())
EVENT_KINDS = ("twice", "late")
DELIVERY_KINDS = ("unheard", "cut")
SOCKET_KINDS = EVENT_KINDS + DELIVERY_KINDS


class Dice:
    """Decides by chance; `counts` says what it decided, by kind. `weights` are probabilities by kind."""

    def __init__(self, seed: int, weights: Mapping[str, float], known: Collection[str]) -> None:
        strange = set(weights) - set(known)
        if strange:
            raise ValueError(f"There is no trouble called {', '.join(sorted(strange))}")
        if sum(weights.values()) > 1 or any(weight < 0 for weight in weights.values()):
            raise ValueError("The weights are probabilities: none below 0, and 1 at most together")
        self.counts: Counter[str] = Counter()
        self._weights = dict(weights)
        self._random = random.Random(seed)  # noqa: S311  # chance, not secrets

    def roll(self, kinds: Iterable[str]) -> str | None:
        """One of these kinds, which counts then, or None."""
        left = self._random.random()
        for kind in kinds:
            left -= self._weights.get(kind, 0.0)
            if left < 0:
                self.counts[kind] += 1
                return kind
        return None

    def between(self, least: float, most: float) -> float:
        return self._random.uniform(least, most)


class Trouble(Dice):
    """Faults for `set_faults`, one call in so many; see `web_api_faults` for the kinds.

    Only calls of `methods` are troubled if any are named; "response_url" stands for response addresses,
    "upload_url" for those that files are sent to.
    """

    def __init__(
        self,
        seed: int,
        weights: Mapping[str, float],
        *,
        methods: Iterable[str] | None = None,
        slow_seconds: float = SLOW_SECONDS,
        retry_after: int = 1,
    ) -> None:
        super().__init__(seed, weights, WEB_API_KINDS)
        self._methods = None if methods is None else frozenset(methods)
        self._faults = web_api_faults(slow_seconds, retry_after)

    def __call__(self, method: str, _arguments: Json) -> Fault | None:
        if self._methods is not None and method not in self._methods:
            return None
        kind = self.roll(WEB_API_KINDS)
        return self._faults[kind] if kind else None


class SocketTrouble(Dice):
    """Trouble with what goes to the bot.

    Events come "twice" or "late" (and so out of order), both `longest` seconds later at most. Of anything
    the acknowledgement may go "unheard", or the connection is "cut" as it is delivered.
    """

    def __init__(self, seed: int, weights: Mapping[str, float], *, longest: float = 2.0) -> None:
        super().__init__(seed, weights, SOCKET_KINDS)
        self._longest = longest

    def event_delays(self) -> tuple[float, ...]:
        """After how many seconds an event is delivered, each time that it is."""
        kind = self.roll(EVENT_KINDS)
        if kind is None:
            return (0.0,)
        delay = self.between(0.0, self._longest)
        return (0.0, delay) if kind == "twice" else (delay,)

    def delivery(self) -> str | None:
        """What happens to one delivery: "unheard", "cut" or nothing."""
        return self.roll(DELIVERY_KINDS)
