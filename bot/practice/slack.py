"""A Slack to practise with: one workspace on a loopback port, whose people do as they are told."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.practice import controls, events
from bot.practice.api.dispatch import ALL_SCOPES
from bot.practice.clock import SettableClock
from bot.practice.clockwork import Clockwork
from bot.practice.deeds import Deed
from bot.practice.model import Channel, Message, Person
from bot.practice.people import Actor
from bot.practice.rates import Rates
from bot.practice.recorder import Recorder
from bot.practice.server import Server
from bot.practice.socket_mode import SocketMode
from bot.practice.weather import Weather
from bot.practice.world import SLACKBOT, build_world, utc_now

Json = dict[str, Any]
REDELIVERY_SECONDS = (0.0, 60.0, 300.0)
HEARTBEAT_SECONDS = 20.0
EVENTS = (
    *("app_home_opened", "message.im", "user_change", "team_join"),
    *("member_joined_channel", "member_left_channel", "channel_left", "group_left"),
)


class PracticeSlack(Weather):
    """Use it as a context manager: it serves from entering to leaving.

    `clock` is the workspace's time (timestamps, time zones); `timer` counts the real seconds in which
    triggers and response addresses expire. `scopes`, `events` and `commands` are what the app's manifest
    asks for; without `commands` every slash command reaches the bot. `record` is a file for what crosses;
    in memory only the newest `keep_records` are kept if that is given. `rates` are limits to hold to,
    `port` is where to serve (0: any that is free), `page_port` the same for the page and the control
    interface, `heartbeat` the seconds between pings to the bot. With a `clockwork` the page can move time.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = utc_now,
        timer: Callable[[], float] = time.monotonic,
        scopes: Iterable[str] | None = None,
        events: Iterable[str] = EVENTS,
        commands: Iterable[str] | None = None,
        ack_seconds: float = 3.0,
        redelivery: Sequence[float] = REDELIVERY_SECONDS,
        record: Path | None = None,
        keep_records: int | None = None,
        rates: Rates | None = None,
        port: int = 0,
        page_port: int = 0,
        clockwork: Clockwork | None = None,
        heartbeat: float = HEARTBEAT_SECONDS,
        bot_name: str = "Bot",
        team_name: str = "Practice",
    ) -> None:
        super().__init__()
        self._recorder = Recorder(clock, record, keep=keep_records)
        self._rates = rates
        self._port = port
        self._page_port = page_port
        self._clockwork = clockwork
        self._heartbeat = heartbeat
        self._ack_seconds = ack_seconds
        self._redelivery = tuple(redelivery)
        self.world = build_world(
            clock=clock,
            timer=timer,
            recorder=self._recorder,
            scopes=ALL_SCOPES if scopes is None else scopes,
            events=events,
            commands=commands,
            bot_name=bot_name,
            team_name=team_name,
        )
        identity = self.world.identity
        self.bot_token = identity.bot_token
        self.app_token = identity.app_token
        self.bot_user_id = identity.bot_user_id
        self.team_id = identity.team_id
        self.app_id = identity.app_id

    def __enter__(self) -> Self:
        self._server = Server(self.world, self._sockets, controls.of(self), self._clockwork)
        self._server.api.rates = self._rates
        self._server.start(self._port, self._page_port)
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._running().stop()
        self._recorder.close()

    @property
    def url(self) -> str:
        """Where the Web API is, for a client's base_url."""
        self._running()
        return f"{self.world.address}/api/"

    @property
    def control_url(self) -> str:
        """Where the control interface is, also while Slack is away."""
        self._running()
        return f"{self.world.control_address}/practice/"

    @property
    def page_url(self) -> str:
        """The page on which people see the workspace and act in it."""
        self._running()
        return f"{self.world.control_address}/"

    @property
    def records(self) -> list[Json]:
        """Everything that crossed so far, in the order it began; see `recorder`."""
        return self._recorder.records

    def add_person(self, name: str, *, email: str = "", tz: str = "UTC", **more: Any) -> str:
        """A new account; gives its id. `more` are fields of `Person` (`id`, `handle`, `is_restricted`, …)."""
        with self.world.changing() as world:
            user_id = more.pop("id", None) or world.ids.new("U")
            handle = more.pop("handle", None) or name.lower().replace(" ", ".")
            world.workspace.people[user_id] = Person(user_id, name, handle, email, tz, **more)
            return str(user_id)

    def welcome(self, name: str, **more: Any) -> str:
        """Somebody new, as with `add_person`, of whom the bot hears; gives their id."""
        user_id = self.add_person(name, **more)
        with self.world.changing() as world:
            events.welcomed(world, world.workspace.people[user_id])
        return user_id

    def add_people(self, people: Iterable[Json]) -> list[str]:
        """Many new accounts, each given by the arguments of `add_person`; their ids in the same order."""
        return [self.add_person(**person) for person in people]

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[str] = (),
        private: bool = False,
        bot_is_member: bool = True,
        archived: bool = False,
        id: str | None = None,  # noqa: A002  # the word for it
    ) -> str:
        """A new channel (name without "#"); gives its id."""
        with self.world.changing() as world:
            channel_id = id or world.ids.new("C")
            bot = (self.bot_user_id,) if bot_is_member else ()
            world.workspace.channels[channel_id] = Channel(
                channel_id,
                name.removeprefix("#"),
                "private" if private else "public",
                (*members, *bot),
                archived=archived,
                created=world.seconds(),
            )
            return channel_id

    def change_channel(self, channel_id: str, **changes: Any) -> None:
        """Archives it, changes who is in it, …: any fields of `Channel`."""
        with self.world.changing() as world:
            if "members" in changes:
                changes["members"] = tuple(changes["members"])
            world.workspace.channels[channel_id] = replace(world.workspace.channels[channel_id], **changes)

    def person(self, user_id: str) -> Actor:
        """Somebody to act for."""
        if user_id not in self.world.workspace.people:
            raise LookupError(f"There is nobody with the id {user_id}")
        return Actor(self.world, user_id)

    def people(self) -> list[Person]:
        """Everybody with an account, but for Slackbot and the bot."""
        with self.world.looking() as world:
            others = (SLACKBOT, self.bot_user_id)
            return [person for person in world.workspace.people.values() if person.id not in others]

    def channels(self) -> list[Channel]:
        with self.world.looking() as world:
            return list(world.workspace.channels.values())

    def conversations(self, *, blocks: bool = True, since: str = "") -> dict[str, list[Message]]:
        """Every message there is, by the id of its channel, oldest first; on demand without the blocks, and
        only what was posted or edited after the timestamp `since`."""
        with self.world.looking() as world:
            messages = world.workspace.messages
            found = {channel: [*_newer(by_ts.values(), since)] for channel, by_ts in messages.items()}
        if since:
            found = {channel: messages for channel, messages in found.items() if messages}
        if blocks:
            return found
        return {channel: [replace(one, blocks=()) for one in messages] for channel, messages in found.items()}

    def direct_messages(self) -> dict[str, str]:
        """The channel in which each person talks with the bot, by the person's id."""
        with self.world.looking() as world:
            return dict(world.workspace.dms)

    def deeds(self, since: int = 0) -> list[Deed]:
        """What people did, in the order they began, and whether they saw it taken."""
        with self.world.looking() as world:
            return world.deeds.since(since)

    def set_clock(self, now: str | datetime) -> None:
        """It is now this time (in ISO format, if text) in the workspace, and goes on from there.

        TypeError unless the clock is a `SettableClock`, ValueError if that is no time with a zone.
        """
        if not isinstance(self.world.clock, SettableClock):
            raise TypeError("This workspace's clock cannot be set")
        self.world.clock.set(datetime.fromisoformat(now) if isinstance(now, str) else now)

    def settle(self, timeout: float = 10.0) -> bool:
        """Waits until the bot has had every envelope sent so far; False if it takes longer than that."""
        return self.world.settle(timeout)

    def wait_for(self, predicate: Callable[[], Any], timeout: float = 10.0) -> Any:
        """What `predicate` gives once it is true, or its last value after `timeout` seconds."""
        return self.world.wait_for(predicate, timeout)

    def wait_for_bot(self, timeout: float = 10.0) -> bool:
        """Waits until the bot has a connection open."""
        return bool(self.wait_for(lambda: self.connections, timeout))

    def _sockets(self, loop: asyncio.AbstractEventLoop) -> SocketMode:
        return SocketMode(self.world, loop, self._ack_seconds, self._redelivery, self._heartbeat)


def _newer(messages: Iterable[Message], since: str) -> Iterator[Message]:
    """All of them without `since`: every timestamp is as long as the others."""
    return (message for message in messages if (message.edited_ts or message.ts) > since)
