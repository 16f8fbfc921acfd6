"""Acts for people of a practice Slack that runs in another process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.practice.model import Message
from bot.practice.outcome import Outcome
from bot.practice.suggestions import Suggestions
from bot.practice.wire import Wire, given, read_message, read_outcome, read_suggestions

Json = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What one person does, with an `Actor`'s method and its arguments."""

    person: str
    action: str
    arguments: Json = field(default_factory=dict)


class RemoteActor:
    """One person at their Slack client, far away; the methods are those of `Actor`."""

    def __init__(self, wire: Wire, user_id: str) -> None:
        self._wire = wire
        self.id = user_id

    def say(self, text: str, *, channel: str | None = None, thread_ts: str | None = None) -> str:
        return str(self._act("say", text=text, channel=channel, thread_ts=thread_ts))

    def edit(self, ts: str, text: str) -> None:
        self._act("edit", ts=ts, text=text)

    def delete(self, ts: str) -> None:
        self._act("delete", ts=ts)

    def read_file(self, file_id: str) -> str:
        return str(self._act("read_file", file_id=file_id))

    def react(self, ts: str, name: str) -> bool:
        return bool(self._act("react", ts=ts, name=name))

    def command(self, name: str, text: str = "", *, channel: str | None = None) -> Outcome:
        return read_outcome(self._act("command", name=name, text=text, channel=channel))

    def tap(
        self,
        target: str | Message | None = None,
        *,
        label: str | None = None,
        action_id: str | None = None,
        block_id: str | None = None,
        choice: str | Sequence[str] | None = None,
        sure: bool = True,
    ) -> Outcome:
        place = target.ts if isinstance(target, Message) else target
        control = {"label": label, "action_id": action_id, "block_id": block_id}
        return read_outcome(self._act("tap", target=place, choice=choice, sure=sure, **control))

    def fill(self, field: str, text: str, *, enter: bool = False) -> Outcome:
        return read_outcome(self._act("fill", field=field, text=text, enter=enter))

    def choose(self, field: str, choice: str | Sequence[str] | None) -> Outcome:
        return read_outcome(self._act("choose", field=field, choice=choice))

    def suggest(
        self,
        field: str,
        text: str,
        *,
        target: str | Message | None = None,
        action_id: str | None = None,
    ) -> Suggestions:
        place = target.ts if isinstance(target, Message) else target
        return read_suggestions(
            self._act("suggest", field=field, text=text, target=place, action_id=action_id)
        )

    def submit(self) -> Outcome:
        return read_outcome(self._act("submit"))

    def close(self, *, everything: bool = False) -> Outcome:
        return read_outcome(self._act("close", everything=everything))

    def open_home(self) -> Json | None:
        home: Json | None = self._act("open_home")
        return home

    def change(self, **changes: Any) -> None:
        self._act("change", **changes)

    def set_status(self, text: str, emoji: str = "", until: int = 0) -> None:
        self._act("set_status", text=text, emoji=emoji, until=until)

    def quiet_hours(self, start: str, end: str) -> None:
        self._act("quiet_hours", start=start, end=end)

    def snooze(self, until: int) -> None:
        self._act("snooze", until=until)

    def join(self, channel: str) -> None:
        self._act("join", channel=channel)

    def leave(self, channel: str) -> None:
        self._act("leave", channel=channel)

    def invite(self, user: str, channel: str) -> None:
        self._act("invite", user=user, channel=channel)

    def remove(self, user: str, channel: str) -> None:
        self._act("remove", user=user, channel=channel)

    def messages(self, channel: str | None = None) -> list[Message]:
        return [read_message(each) for each in self._see("messages", channel=channel)]

    def screen(self, channel: str | None = None, *, width: int = 60) -> str:
        return str(self._see("screen", channel=channel, width=width))

    def view(self) -> Json | None:
        view: Json | None = self._see("view")
        return view

    def await_view(self, timeout: float = 10.0) -> Json | None:
        view: Json | None = self._act("await_view", timeout=timeout)
        return view

    def view_screen(self, *, width: int = 60) -> str:
        return str(self._see("view_screen", width=width))

    def view_errors(self) -> dict[str, str]:
        return dict(self._see("view_errors"))

    def home(self) -> Json | None:
        home: Json | None = self._see("home")
        return home

    def home_screen(self, *, width: int = 60) -> str:
        return str(self._see("home_screen", width=width))

    def _act(self, action: str, **arguments: Any) -> Any:
        return self._wire.post(f"people/{self.id}/{action}", given(**arguments))

    def _see(self, sight: str, **query: Any) -> Any:
        return self._wire.get(f"people/{self.id}/{sight}", **given(**query))["result"]
