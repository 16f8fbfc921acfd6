"""Keeping within Slack's documented limits, so that a 429 is the exception (SLACK.md, "Limits").

Buckets are this process's own: several replicas may together ask for too much, and then wait as Slack says.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

PER_MINUTE = {
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.open": 50,
    "conversations.replies": 50,
    "conversations.list": 20,
    "users.list": 20,
    "users.info": 100,
    "users.lookupByEmail": 50,
    "views.open": 100,
    "views.publish": 100,
    "views.update": 100,
}
"""Calls of a method in a workspace; what is not named here has no limit of its own that we know of."""
POST = "chat.postMessage"
CHANNEL_SECONDS = 1.0
"""One message a second to a channel; each direct message is its own channel."""
BURST_SECONDS = 6.0
"""A bucket holds so much of its flow: a short burst is allowed, a minute's worth at once is not."""


@dataclass
class _Bucket:
    """Refills steadily; `next_at` is when it would be full again less what it holds (a "leaky bucket")."""

    seconds_each: float
    burst: float
    next_at: float = 0.0

    def wait(self, now: float) -> float:
        return max(0.0, self.next_at - self.burst - now)

    def take(self, now: float) -> None:
        self.next_at = max(self.next_at, now) + self.seconds_each


class Pacing:
    """Says how long a call has to wait. `messages_per_minute` is the workspace's ceiling for posting."""

    def __init__(self, messages_per_minute: int, timer: Callable[[], float] = time.monotonic) -> None:
        self._timer = timer
        self._lock = threading.Lock()
        self._methods = {
            method: _Bucket(60 / limit, BURST_SECONDS)
            for method, limit in {**PER_MINUTE, POST: messages_per_minute}.items()
        }
        self._channels: dict[str, float] = {}
        self._stopped: dict[str, float] = {}

    def take(self, method: str, channel: str | None = None) -> float:
        """0 if the call may be made now, which counts it; else the seconds to wait before asking again."""
        with self._lock:
            now = self._timer()
            wait = max(self._method_wait(method, now), self._channel_wait(channel, now))
            if wait <= 0:
                if method in self._methods:
                    self._methods[method].take(now)
                if channel is not None:
                    self._channels[channel] = now + CHANNEL_SECONDS
            return wait

    def wait(self, method: str) -> float:
        """Seconds until the method may be called at all, whatever the channel."""
        with self._lock:
            return self._method_wait(method, self._timer())

    def stop(self, method: str, seconds: float) -> None:
        """Slack said 429 with Retry-After: that method rests, the others go on."""
        with self._lock:
            self._stopped[method] = max(self._stopped.get(method, 0.0), self._timer() + seconds)

    def _method_wait(self, method: str, now: float) -> float:
        bucket = self._methods.get(method)
        return max(0.0, self._stopped.get(method, 0.0) - now, bucket.wait(now) if bucket else 0.0)

    def _channel_wait(self, channel: str | None, now: float) -> float:
        if len(self._channels) > 1000:
            self._channels = {name: at for name, at in self._channels.items() if at > now}
        return 0.0 if channel is None else max(0.0, self._channels.get(channel, 0.0) - now)
