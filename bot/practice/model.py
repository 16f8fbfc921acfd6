"""What a workspace holds: people, channels, messages, open forms and Homes. Data and look-ups only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

Json = dict[str, Any]
ChannelKind = Literal["public", "private", "im"]


@dataclass(frozen=True)
class Person:
    """Somebody with an account, or a bot. `tz` is what they set, valid or not.

    `quiet_from` and `quiet_to` are the daily hours ("22:00", "08:00") in which they want no notifications;
    a snooze is the same, once, in seconds since 1970.
    """

    id: str
    name: str
    handle: str
    email: str
    tz: str = "UTC"
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    quiet_from: str = ""
    quiet_to: str = ""
    snoozed_from: int = 0
    snoozed_to: int = 0
    updated: int = 0

    @property
    def zone(self) -> ZoneInfo:
        """Theirs, or UTC where what they set is none."""
        try:
            return ZoneInfo(self.tz)
        except (ValueError, KeyError):
            return ZoneInfo("UTC")


@dataclass(frozen=True)
class Channel:
    """A channel, or the direct messages of one person with the bot (kind "im")."""

    id: str
    name: str
    kind: ChannelKind
    members: tuple[str, ...] = ()
    archived: bool = False
    created: int = 0


@dataclass(frozen=True)
class File:
    """Something uploaded. `size` is in bytes, `created` in seconds since 1970, `filetype` a word of Slack's.

    The `content` does not travel: where a message came over the control interface it is empty.
    """

    id: str
    name: str
    title: str
    user: str
    mimetype: str
    filetype: str
    size: int
    created: int
    alt_txt: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Message:
    """One message as it stands now. `only_for` names the one person who sees an ephemeral one.

    `subtype` is Slack's word for what nobody typed: "channel_join", "channel_leave".
    `reactions` are the people who put an emoji on it, in order, by the emoji's name.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    from_bot: bool = False
    metadata: Json | None = None
    edited_ts: str | None = None
    edited_by: str | None = None
    client_msg_id: str | None = None
    only_for: str | None = None
    files: tuple[File, ...] = ()
    subtype: str = ""
    reactions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class OpenView:
    """A form or Home as one person has it before them.

    `values` is Slack's state: block id → action id → {"type": …, and what is filled in}.
    `errors` are the sentences next to fields, by block id. `channel` is where the person was when the
    first form of the stack was opened, "" if in none.
    """

    id: str
    user: str
    source: Json
    hash: str
    root: str
    previous: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    channel: str = ""

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.source["blocks"]
        return blocks


class Workspace:
    """The state of one workspace. Whoever reads or writes it holds the world's lock."""

    def __init__(self, team_id: str, team_name: str, bot_user_id: str) -> None:
        self.team_id = team_id
        self.team_name = team_name
        self.bot_user_id = bot_user_id
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.dms: dict[str, str] = {}  # person → their channel with the bot
        self.messages: dict[str, dict[str, Message]] = {}
        self.files: dict[str, File] = {}
        self.stacks: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}
        self.offered: dict[
            tuple[str, ...], tuple[Json, ...]
        ] = {}  # for words typed into a menu; `suggestions`

    def put_message(self, message: Message) -> None:
        self.messages.setdefault(message.channel, {})[message.ts] = message

    def message(self, channel: str, ts: str) -> Message | None:
        return self.messages.get(channel, {}).get(ts)

    def file(self, file_id: str) -> File | None:
        """A file that has arrived, shared or not."""
        return self.files.get(file_id)

    def in_channel(self, channel: str) -> list[Message]:
        """Every message there, oldest first, ephemeral ones and replies included."""
        return list(self.messages.get(channel, {}).values())

    def root_of(self, channel: str, ts: str) -> str | None:
        """The message on which the thread of this one hangs; None if nobody could reply to it."""
        named = self.message(channel, ts)
        if named is None or named.only_for is not None:
            return None
        return named.thread_ts or named.ts

    def thread(self, channel: str, ts: str) -> list[Message]:
        return [
            message
            for message in self.in_channel(channel)
            if message.is_reply and message.thread_ts == ts and message.only_for is None
        ]

    def dm_of(self, user: str) -> Channel | None:
        return self.channels.get(self.dms.get(user, ""))

    def channel_named(self, name: str) -> Channel | None:
        return next((c for c in self.channels.values() if c.kind != "im" and c.name == name), None)

    def open_views(self) -> Iterator[OpenView]:
        for stack in self.stacks.values():
            yield from stack
        yield from self.homes.values()

    def view(self, view_id: str) -> OpenView | None:
        return next((view for view in self.open_views() if view.id == view_id), None)

    def top_view(self, user: str) -> OpenView | None:
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def names(self) -> dict[str, str]:
        """What people read for an id: names of people and of channels."""
        names = {person.id: person.name for person in self.people.values()}
        names.update({channel.id: channel.name for channel in self.channels.values() if channel.kind != "im"})
        return names
