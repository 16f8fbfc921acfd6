"""What menus of people and of places offer somebody, as Slack's client fills them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from bot.practice.model import Channel, Person

Json = dict[str, Any]
KINDS = (
    *("users_select", "conversations_select", "channels_select"),
    *("multi_users_select", "multi_conversations_select", "multi_channels_select"),
)
"""The elements that are such menus."""


@dataclass(frozen=True)
class Pick:
    """One line of such a menu."""

    id: str
    name: str


def offered(
    element: Json,
    me: Person,
    people: Iterable[Person],
    channels: Iterable[Channel],
    *,
    stale: Collection[str] = (),
) -> list[Pick]:
    """People and apps with an account, channels that `me` sees; conversations are both, less a filter.

    `stale` are ids of people who are offered though they are deactivated: a client may not know yet.
    """
    kind = str(element["type"])
    wanted = element.get("filter") or {}
    include = wanted.get("include") or ("im", "private", "public")
    found: list[Pick] = []
    if "users" in kind or ("conversations" in kind and "im" in include):
        bots = not wanted.get("exclude_bot_users")
        there = [one for one in people if not one.deleted or one.id in stale]
        active = [one for one in there if bots or not one.is_bot]
        found += [Pick(one.id, one.name) for one in sorted(active, key=lambda one: one.is_bot)]
    if "users" not in kind:
        kinds = ("public",) if "channels" in kind else include
        found += [Pick(one.id, f"#{one.name}") for one in visible(me, channels) if one.kind in kinds]
    return found


def visible(me: Person, channels: Iterable[Channel]) -> list[Channel]:
    """The channels somebody may know of, by name: those they are in, and for members all public ones."""
    guest = me.is_restricted or me.is_ultra_restricted or me.is_stranger
    seen = [
        one
        for one in channels
        if one.kind != "im"
        and not one.archived
        and (me.id in one.members or (one.kind == "public" and not guest))
    ]
    return sorted(seen, key=lambda one: one.name)


def picked(picks: Iterable[Pick], choice: str) -> str:
    """The id of what is called this, or has this id; LookupError if it is not offered."""
    for pick in picks:
        if choice in (pick.id, pick.name):
            return pick.id
    raise LookupError(f"There is nothing called {choice!r} to pick")
