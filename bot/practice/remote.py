"""Drives a practice Slack that runs in another process, over its control interface.

    with started("--record", "crossed.jsonl") as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        hannah.say("Hello")

LookupError is what could not be done, as when acting in this process; OSError that nobody is there.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bot.practice.deeds import Deed
from bot.practice.model import Message
from bot.practice.remote_people import Act, RemoteActor
from bot.practice.wire import Wire, given, read_message, read_result

__all__ = ["Act", "RemoteActor", "RemoteSlack", "started"]

Json = dict[str, Any]
ENDING_SECONDS = 10.0


class RemoteSlack:
    """A practice Slack in another process. The attributes are those of the line that it prints."""

    def __init__(
        self,
        *,
        url: str,
        control_url: str,
        bot_token: str = "",
        app_token: str = "",
        bot_user_id: str = "",
        team_id: str = "",
        app_id: str = "",
    ) -> None:
        self.url = url
        self.bot_token = bot_token
        self.app_token = app_token
        self.bot_user_id = bot_user_id
        self.team_id = team_id
        self.app_id = app_id
        self._wire = Wire(control_url)

    def close(self) -> None:
        """Closes the idle connections."""
        self._wire.close()

    def person(self, user_id: str) -> RemoteActor:
        return RemoteActor(self._wire, user_id)

    def add_person(self, name: str, **more: Any) -> str:
        return str(self._do("add_person", name=name, **more))

    def welcome(self, name: str, **more: Any) -> str:
        return str(self._do("welcome", name=name, **more))

    def add_people(self, people: Iterable[Json]) -> list[str]:
        return list(self._do("add_people", people=list(people)))

    def add_channel(self, name: str, *, members: Iterable[str] = (), **more: Any) -> str:
        return str(self._do("add_channel", name=name, members=list(members), **more))

    def change_channel(self, channel_id: str, **changes: Any) -> None:
        self._do("change_channel", channel_id=channel_id, **changes)

    def people(self) -> list[Json]:
        return list(self._wire.get("people")["result"])

    def channels(self) -> list[Json]:
        return list(self._wire.get("channels")["result"])

    def acts(self, acts: Iterable[Act]) -> list[Any]:
        """Many people at once, each in order: what they got (an `Outcome`, …), or a LookupError."""
        asked = [{"person": act.person, "action": act.action, "arguments": act.arguments} for act in acts]
        return [read_result(answer) for answer in self._wire.post("acts", asked)]

    def conversations(self, *, blocks: bool = True, since: str = "") -> dict[str, list[Message]]:
        """Every message there is, by channel, oldest first; with `since` those posted or changed after it."""
        found: dict[str, list[Json]] = self._do("conversations", blocks=blocks, since=since)
        return {channel: [read_message(each) for each in messages] for channel, messages in found.items()}

    def direct_messages(self) -> dict[str, str]:
        """The channel in which each person talks with the bot."""
        return dict(self._do("direct_messages"))

    def deeds(self, since: int = 0) -> list[Deed]:
        return [Deed(**each) for each in self._do("deeds", since=since)]

    def records(self, since: int = 0) -> tuple[list[Json], int]:
        """What has crossed since that number, and the number to ask with next time."""
        answer = self._wire.get("records", since=since)
        return answer["result"], answer["next"]

    def settle(self, timeout: float = 10.0) -> bool:
        return bool(self._wire.get("settled", timeout=timeout)["result"])

    def state(self) -> Json:
        return dict(self._do("state"))

    def set_clock(self, now: str) -> None:
        self._do("set_clock", now=now)

    def refresh_connections(self, *, warning: bool = False, close_after: float | None = None) -> None:
        self._do("refresh_connections", warning=warning, close_after=close_after)

    def drop_connections(self, most: int | None = None) -> int:
        return int(self._do("drop_connections", most=most))

    def silence_connections(self, *, new_for: float = 0.0) -> None:
        self._do("silence_connections", new_for=new_for)

    def refuse_connections(self, seconds: float, *, error: str = "internal_error") -> None:
        self._do("refuse_connections", seconds=seconds, error=error)

    def go_away(self, seconds: float | None = None) -> None:
        self._do("go_away", seconds=seconds)

    def come_back(self) -> None:
        self._do("come_back")

    def revoke(self) -> None:
        self._do("revoke")

    def make_trouble(self, seed: int, weights: Mapping[str, float], **more: Any) -> None:
        """`more` are `methods`, `slow_seconds` and `retry_after`."""
        self._do("make_trouble", seed=seed, weights=dict(weights), **more)

    def make_socket_trouble(self, seed: int, weights: Mapping[str, float], *, longest: float = 2.0) -> None:
        self._do("make_socket_trouble", seed=seed, weights=dict(weights), longest=longest)

    def make_limits(self, **limits: Any) -> None:
        """`limits` are the arguments of `Rates`, but for the timer."""
        self._do("make_limits", **limits)

    def calm_down(self) -> None:
        self._do("calm_down")

    def _do(self, name: str, /, **arguments: Any) -> Any:
        return self._wire.post(f"slack/{name}", given(**arguments))


@contextmanager
def started(*options: str) -> Iterator[RemoteSlack]:
    """A practice Slack in a new process, which ends with the block; `options` as for `bot.practice`.

    RuntimeError if it does not start. Its errors go to our own standard error.
    """
    words = [sys.executable, "-m", "bot.practice", *options]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise RuntimeError("The practice Slack did not start")
        slack = RemoteSlack(**json.loads(line))
        try:
            yield slack
        finally:
            slack.close()
            process.terminate()
            try:
                process.wait(ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
