"""What a command is given, and what it may answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.services.people import Directory
from bot.slack.blocks.pages import Pages
from bot.slack.message import Message
from bot.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Asking:
    """Who has typed it, when, and what it may work with."""

    database: Database
    directory: Directory
    who: str
    """A Slack id, as Slack says."""
    now: datetime
    channel: str = ""
    """Where it was typed."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who shares an answer in a channel, and when it is drawn."""

    database: Database
    who: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Form:
    """An answer to be filled in: a modal."""

    view: dict[str, Any]


Answer = Message | Pages | Form
"""A message, or the first page of one that is longer, is shown to the person alone."""


@dataclass(frozen=True, slots=True)
class Command:
    words: tuple[str, ...]
    """What it is called in lower case, other spellings after the first; "" is `/okr` alone."""
    answer: Callable[[Asking, str], Answer]
    """Given what follows its words, as typed, with mentions as Slack escapes them. May raise what
    `listeners.command` words: StorageUnavailable, DirectoryUnavailable, NotAllowed, GuestsSeeOnlyTheirs."""
    takes_more: bool = False
    """Whether anything may follow its words; otherwise what does is not understood."""
    shows_others: bool = False
    """Whether it shows more than the person's own, so that Slack is asked first who a stranger is."""
    shared: Callable[[Sharing, str], Pages] | None = None
    """Its answer as everybody in a channel may see it: nothing private, and nothing of what whoever shares it
    owes. Raises GuestsSeeOnlyTheirs, UnknownTeam. None: it is not for others."""
