"""One practice world: its state, its clock, what it hands out, and the lock around it all."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.practice.deeds import Deeds
from bot.practice.ids import EPOCH, Ids, Stamps
from bot.practice.model import Channel, Message, Person, Workspace
from bot.practice.recorder import Recorder
from bot.practice.triggers import AnswerAddresses, Triggers
from bot.practice.uploads import Uploads

Json = dict[str, Any]
POLL_SECONDS = 0.1
SLACKBOT = "USLACKBOT"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(eq=False)
class Envelope:
    """One payload on its way to the bot. `tried` is set once the first delivery has ended, well or not."""

    type: str
    payload: Json
    answerable: bool
    attempt: int = 0
    reason: str = ""
    tried: threading.Event = field(default_factory=threading.Event)
    acked: bool = False
    unreachable: bool = False
    answer: Json | None = None


class Outbox(Protocol):
    """Takes payloads for the bot and delivers them in its own time; gives addresses to connect to."""

    def send(self, envelope: Envelope) -> None: ...

    def open_ticket(self) -> str: ...


@dataclass
class Identity:
    """Who the app is in the workspace, and the tokens it shows."""

    team_id: str
    app_id: str
    bot_id: str
    bot_user_id: str
    bot_name: str
    bot_token: str
    app_token: str
    revoked: bool = False


@dataclass
class World:
    """Everything the parts of the practice Slack share. Change it only inside `with world.changing():`;
    `version` counts the changes."""

    clock: Callable[[], datetime]
    timer: Callable[[], float]
    identity: Identity
    workspace: Workspace
    recorder: Recorder
    scopes: frozenset[str]
    events: frozenset[str]
    commands: frozenset[str] | None
    ids: Ids
    stamps: Stamps
    triggers: Triggers
    answers: AnswerAddresses
    uploads: Uploads
    deeds: Deeds
    address: str = ""
    control_address: str = ""
    outbox: Outbox | None = None
    tickets: set[str] = field(default_factory=set)
    in_flight: set[Envelope] = field(default_factory=set)
    version: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def changing(self) -> "_Changing":
        """Holds the lock; on leaving, everybody who waits looks again."""
        return _Changing(self, self._changed)

    def looking(self) -> "_Looking":
        """Holds the lock and changes nothing: nobody is woken."""
        return _Looking(self, self._changed)

    def seconds(self) -> int:
        return int((self.clock() - EPOCH).total_seconds())

    def running(self) -> Outbox:
        if self.outbox is None:
            raise RuntimeError("The practice Slack is not running")
        return self.outbox

    def send(self, envelope: Envelope) -> Envelope:
        outbox = self.running()
        with self.changing():
            self.in_flight.add(envelope)
        outbox.send(envelope)
        return envelope

    def wait_for(self, predicate: Callable[[], Any], timeout: float) -> Any:
        """What `predicate` gives as soon as that is true, or its last value after `timeout` seconds.

        It is asked on every change here and ten times a second, without the lock held.
        """
        deadline = time.monotonic() + timeout
        while True:
            seen = self.version
            value = predicate()
            left = deadline - time.monotonic()
            if value or left <= 0:
                return value
            with self._changed:
                if self.version == seen:
                    self._changed.wait(min(left, POLL_SECONDS))

    def settle(self, timeout: float) -> bool:
        """Waits until nothing is on its way to the bot; False if that takes longer than `timeout` seconds."""
        return bool(self.wait_for(lambda: not self.in_flight, timeout))

    def open_dm(self, user: str) -> Channel:
        """The direct messages of that person with the bot, opened if there are none yet."""
        existing = self.workspace.dm_of(user)
        if existing:
            return existing
        members = (user, self.identity.bot_user_id)
        channel = Channel(self.ids.new("D"), "", "im", members, created=self.seconds())
        self.workspace.channels[channel.id] = channel
        self.workspace.dms[user] = channel.id
        return channel

    def address_of_answer(self, key: str) -> str:
        return f"{self.address}/response/{key}"

    def address_of_upload(self, key: str) -> str:
        return f"{self.address}/upload/v1/{key}"

    def address_of_file(self, file_id: str) -> str:
        return f"{self.address}/files/{file_id}"

    def visible_to(self, user: str, channel: str) -> list[Message]:
        """What that person sees in a channel, oldest first; nothing if they are not in it."""
        found = self.workspace.channels.get(channel)
        if found is None or user not in found.members:
            return []
        return [m for m in self.workspace.in_channel(channel) if m.only_for in (None, user)]


class _Looking:
    """The lock as a context manager."""

    def __init__(self, world: World, condition: threading.Condition) -> None:
        self._world = world
        self._condition = condition

    def __enter__(self) -> World:
        self._condition.acquire()
        return self._world

    def __exit__(self, *_exc: object) -> None:
        self._condition.release()


class _Changing(_Looking):
    """The same, counting a change."""

    def __exit__(self, *_exc: object) -> None:
        self._world.version += 1
        self._condition.notify_all()
        super().__exit__()


def build_world(
    *,
    clock: Callable[[], datetime],
    timer: Callable[[], float],
    recorder: Recorder,
    scopes: Iterable[str],
    events: Iterable[str],
    commands: Iterable[str] | None,
    bot_name: str,
    team_name: str,
) -> World:
    """A workspace with nobody in it but the bot and Slackbot."""
    ids = Ids()
    identity = Identity(
        team_id=ids.new("T"),
        app_id=ids.new("A"),
        bot_id=ids.new("B"),
        bot_user_id=ids.new("U"),
        bot_name=bot_name,
        bot_token=f"xoxb-{ids.new('', 24)}",
        app_token=f"xapp-1-{ids.new('', 24)}",
    )
    workspace = Workspace(identity.team_id, team_name, identity.bot_user_id)
    handle = bot_name.lower().replace(" ", "")
    workspace.people[SLACKBOT] = Person(SLACKBOT, "Slackbot", "slackbot", "")
    workspace.people[identity.bot_user_id] = Person(identity.bot_user_id, bot_name, handle, "", is_bot=True)
    return World(
        clock=clock,
        timer=timer,
        identity=identity,
        workspace=workspace,
        recorder=recorder,
        scopes=frozenset(scopes),
        events=frozenset(events),
        commands=None if commands is None else frozenset(commands),
        ids=ids,
        stamps=Stamps(clock),
        triggers=Triggers(ids, timer),
        answers=AnswerAddresses(ids, timer),
        uploads=Uploads(ids, timer),
        deeds=Deeds(clock),
    )
