"""What one person sees at one place, gathered at one moment: the page is drawn from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.practice.clockwork import Clockwork, Move
from bot.practice.ids import stamp_time
from bot.practice.model import Channel, Message, OpenView, Person
from bot.practice.page.calls import Crossing
from bot.practice.page.dates import clock, day, day_or_today
from bot.practice.page.mrkdwn import Reader
from bot.practice.picks import visible
from bot.practice.world import SLACKBOT, World

Json = dict[str, Any]
MESSAGES = "messages"
"""The place where a person's direct messages with the bot are."""
HOME = "home"
SHOWN_MOST = 200
"""So many of the newest messages of a place are drawn."""


@dataclass(frozen=True)
class At:
    """Where somebody looks: a channel's id, `messages` or `home`, perhaps a thread beside it."""

    user: str
    place: str
    thread: str | None = None
    calls: str = ""
    """Which Slack calls are shown beside it: none, those "here", or "all"."""


@dataclass(frozen=True)
class Door:
    """A place to go to, as the list at the side has it."""

    place: str
    name: str
    kind: str
    here: bool
    unread: bool


@dataclass(frozen=True)
class Line:
    """One message with what stands around it."""

    message: Message
    author: str
    from_bot: bool
    mine: bool
    time: str
    day: str
    """The day it was written on, where the message before is of another; else empty."""
    edited: bool
    private: bool
    replies: int = 0
    last_reply: str = ""


@dataclass(frozen=True)
class Scene:
    at: At
    me: Person
    reader: Reader
    people: Sequence[Person]
    everybody: Sequence[Person]
    """With the deactivated, and with the apps."""
    places: Sequence[Channel]
    """The channels that `me` may know of."""
    doors: Sequence[Door]
    channel: Channel | None
    """None in the Home."""
    title: str
    about: str
    lines: Sequence[Line]
    hidden: int
    """How many older messages are not drawn."""
    root: Line | None
    replies: Sequence[Line]
    view: OpenView | None
    home: OpenView | None
    commands: Sequence[str]
    team: str
    bot: str
    date: str
    time: str
    city: str
    moves: Sequence[Move]
    at_work: str
    crossings: Sequence[Crossing]


class Seen:
    """Up to where each person has read each channel, so that the others can be marked."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], str] = {}

    def read(self, user: str, lines: Sequence[Message], channel: str) -> None:
        if lines:
            self._until[user, channel] = max(message.ts for message in lines)

    def unread(self, user: str, lines: Sequence[Message], channel: str) -> bool:
        until = self._until.get((user, channel), "")
        return any(message.ts > until and message.user != user for message in lines)


def everybody(world: World) -> list[Person]:
    """Whom one can be on the page."""
    with world.looking():
        people = world.workspace.people.values()
        return [one for one in people if not (one.is_bot or one.deleted or one.id == SLACKBOT)]


def gather(
    world: World, at: At, seen: Seen, clockwork: Clockwork | None, crossings: Sequence[Crossing]
) -> Scene:
    """All of it; raises LookupError for nobody and nowhere."""
    working = clockwork.at_work if clockwork else ""  # it may wait for the world, so ask without its lock
    with world.looking():
        workspace = world.workspace
        me = workspace.people.get(at.user)
        if me is None or me not in everybody(world):
            raise LookupError("There is nobody with that id.")
        now = world.clock()
        reader = Reader(workspace.names(), me.id, me.zone, now)
        channel = _channel(world, at)
        found = world.visible_to(me.id, channel.id) if channel else []
        if channel:
            seen.read(me.id, found, channel.id)
        top = [message for message in found if not message.is_reply]
        threads = _threads(found)
        root = next((message for message in top if message.ts == at.thread), None)
        local = now.astimezone(reader.zone)
        return Scene(
            at=at,
            me=me,
            reader=reader,
            people=everybody(world),
            everybody=[one for one in workspace.people.values() if one.id != SLACKBOT],
            places=visible(me, workspace.channels.values()),
            doors=_doors(world, me, at, seen),
            channel=channel,
            title=_title(world, at, channel),
            about=_about(world, channel),
            lines=_lines(world, me, top[-SHOWN_MOST:], threads, reader),
            hidden=max(0, len(top) - SHOWN_MOST),
            root=_lines(world, me, [root], threads, reader)[0] if root else None,
            replies=_lines(world, me, threads.get(root.ts, ()), {}, reader) if root else (),
            view=workspace.top_view(me.id),
            home=workspace.homes.get(me.id) if at.place == HOME else None,
            commands=sorted(world.commands or ()),
            team=workspace.team_name,
            bot=world.identity.bot_name,
            date=day(local.date()),
            time=clock(local),
            city=me.tz.rpartition("/")[2].replace("_", " "),
            moves=clockwork.moves if clockwork else (),
            at_work=working,
            crossings=crossings,
        )


def _channel(world: World, at: At) -> Channel | None:
    if at.place == HOME:
        return None
    if at.place == MESSAGES:
        return world.open_dm(at.user)
    channel = world.workspace.channels.get(at.place)
    if channel is None or channel.kind == "im" or at.user not in channel.members:
        raise LookupError("There is no such channel for this person.")
    return channel


def _doors(world: World, me: Person, at: At, seen: Seen) -> list[Door]:
    """Channels by name, then the bot."""

    def unread(channel: Channel | None) -> bool:
        found = world.visible_to(me.id, channel.id) if channel else []
        return channel is not None and seen.unread(me.id, found, channel.id)

    workspace = world.workspace
    everywhere = workspace.channels.values()
    channels = [one for one in everywhere if one.kind != "im" and me.id in one.members]
    doors = [
        Door(one.id, one.name, one.kind, at.place == one.id, unread(one))
        for one in sorted(channels, key=lambda one: one.name)
    ]
    in_app = at.place in (HOME, MESSAGES)
    return [*doors, Door(MESSAGES, world.identity.bot_name, "im", in_app, unread(workspace.dm_of(me.id)))]


def _title(world: World, at: At, channel: Channel | None) -> str:
    if channel is None or channel.kind == "im" or at.place == HOME:
        return world.identity.bot_name
    return channel.name


def _about(world: World, channel: Channel | None) -> str:
    if channel is None or channel.kind == "im":
        return ""
    bot = world.identity.bot_user_id
    count = sum(1 for member in channel.members if member != bot)
    words = f"{count} {'person' if count == 1 else 'people'}"
    return f"{words} and {world.identity.bot_name}" if bot in channel.members else words


def _threads(found: Sequence[Message]) -> dict[str, list[Message]]:
    """The replies by the ts of what they hang on."""
    threads: dict[str, list[Message]] = {}
    for message in found:
        if message.is_reply and message.thread_ts:
            threads.setdefault(message.thread_ts, []).append(message)
    return threads


def _lines(
    world: World,
    me: Person,
    messages: Sequence[Message],
    threads: Mapping[str, Sequence[Message]],
    reader: Reader,
) -> list[Line]:
    today = reader.now.astimezone(reader.zone).date()
    lines: list[Line] = []
    before = None
    for message in messages:
        at = stamp_time(message.ts).astimezone(reader.zone)
        replies = threads.get(message.ts, ())
        lines.append(
            Line(
                message=message,
                author=_author(world, message),
                from_bot=message.from_bot,
                mine=message.user == me.id,
                time=clock(at),
                day=day_or_today(at.date(), today) if at.date() != before else "",
                edited=message.edited_ts is not None,
                private=message.only_for is not None,
                replies=len(replies),
                last_reply=_when(replies[-1].ts, reader) if replies else "",
            )
        )
        before = at.date()
    return lines


def _author(world: World, message: Message) -> str:
    known = world.workspace.people.get(message.user)
    return known.name if known else message.user


def _when(ts: str, reader: Reader) -> str:
    at: datetime = stamp_time(ts).astimezone(reader.zone)
    today = reader.now.astimezone(reader.zone).date()
    named = day_or_today(at.date(), today)
    return f"{named.lower() if at.date() == today else named} at {clock(at)}"
