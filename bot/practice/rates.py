"""Slack's rate limits, as far as it documents them: data, and a counter that says when one is broken."""

import math
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping

POSTING = "chat.postMessage"
MINUTE = 60.0
BY_RATE: Mapping[int, tuple[str, ...]] = {
    100: (
        "views.open",
        "views.push",
        "views.update",
        "views.publish",
        "users.info",
        "chat.postEphemeral",
        "conversations.members",
        "files.getUploadURLExternal",
        "files.completeUploadExternal",
    ),
    50: (
        "chat.update",
        "conversations.open",
        "conversations.info",
        "conversations.history",
        "conversations.replies",
        "dnd.info",
        "reactions.add",
    ),
    20: ("users.list", "conversations.list", "dnd.teamInfo", "reactions.remove"),
    1: ("apps.connections.open",),
}
PER_MINUTE: Mapping[str, int] = {method: rate for rate, methods in BY_RATE.items() for method in methods}
POSTS_A_MINUTE = 600  # Slack says "several hundred" for a whole workspace
CHANNEL_BURST = 3  # Slack tolerates short bursts without saying how short


class _Window:
    """So many calls in any 60 seconds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._times and now - self._times[0] >= MINUTE:
            self._times.popleft()
        return 0.0 if len(self._times) < self._most else self._times[0] + MINUTE - now

    def take(self, now: float) -> None:
        self._times.append(now)


class _Channel:
    """One message a second in the long run, `burst` at once."""

    def __init__(self, burst: int) -> None:
        self._ahead = burst - 1.0
        self._free_at = -math.inf

    def wait(self, now: float) -> float:
        return max(0.0, self._free_at - self._ahead - now)

    def take(self, now: float) -> None:
        self._free_at = max(now, self._free_at) + 1.0


class Rates:
    """The limits of one workspace. `refused` counts, by method, the calls that were one too many.

    `per_minute` limits methods, `posts_a_minute` all messages posted, `channel_burst` those to one channel
    at once, which are one a second otherwise. A call too many blocks its method, in every channel, for the
    whole seconds that it is told to wait. `timer` gives seconds that only grow.
    """

    def __init__(
        self,
        *,
        per_minute: Mapping[str, int] = PER_MINUTE,
        posts_a_minute: int = POSTS_A_MINUTE,
        channel_burst: int = CHANNEL_BURST,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self.refused: Counter[str] = Counter()
        self._timer = timer
        self._burst = channel_burst
        self._windows = {method: _Window(rate) for method, rate in per_minute.items()}
        self._windows[POSTING] = _Window(posts_a_minute)
        self._channels: dict[str, _Channel] = {}
        self._blocked_until: dict[str, float] = {}

    def refuse(self, method: str, channel: str = "") -> int | None:
        """The whole seconds to wait if this call is one too many; else None, and the call counts."""
        now = self._timer()
        blocked = self._blocked_until.get(method, now) - now
        limits = self._limits(method, channel)
        wait = blocked if blocked > 0 else max((limit.wait(now) for limit in limits), default=0.0)
        if wait <= 0:
            for limit in limits:
                limit.take(now)
            return None
        seconds = math.ceil(wait)
        if blocked <= 0:
            self._blocked_until[method] = now + seconds
        self.refused[method] += 1
        return seconds

    def _limits(self, method: str, channel: str) -> list[_Window | _Channel]:
        limits: list[_Window | _Channel] = []
        if method in self._windows:
            limits.append(self._windows[method])
        if method == POSTING:
            limits.append(self._channels.setdefault(channel, _Channel(self._burst)))
        return limits
