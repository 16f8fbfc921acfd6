"""Menus that are searched by typing: what the bot offers for the words, and what Slack makes of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.practice.forms import Control, Values
from bot.practice.limits import check_suggestions
from bot.practice.model import Message, OpenView
from bot.practice.world import Envelope, World

Json = dict[str, Any]
SEARCHED = ("external_select", "multi_external_select")
SHORTEST_QUERY = 3
"""So many letters are typed before Slack asks the bot, unless the menu says otherwise."""
NOTHING = "No results"


@dataclass(frozen=True)
class Group:
    """Options that belong together; without groups they stand in one that has no label."""

    label: str
    options: tuple[Json, ...]


@dataclass(frozen=True)
class Suggestions:
    """What a person sees below the menu.

    `sent` is False where too few letters were typed to ask the bot. `note` is what stands there in place of
    options. `problems` are what Slack did not like about the answer: it shows the person nothing of them.
    """

    groups: tuple[Group, ...] = ()
    sent: bool = True
    acked: bool = False
    note: str = ""
    problems: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[Json, ...]:
        return tuple(option for group in self.groups for option in group.options)

    @property
    def texts(self) -> list[str]:
        """The options as people read them."""
        return [str(option["text"]["text"]) for option in self.options]


def shortest_query(element: Json) -> int:
    return int(element.get("min_query_length", SHORTEST_QUERY))


def too_short(element: Json) -> Suggestions:
    letters = shortest_query(element)
    return Suggestions(sent=False, note=f"Type {letters} letters or more")


def answered(envelope: Envelope) -> Suggestions:
    """What becomes of the bot's answer: too late, too many or misshapen, it counts for nothing."""
    if not envelope.acked:
        return Suggestions(note=NOTHING)
    answer = envelope.answer or {}
    problems = tuple(str(problem) for problem in check_suggestions(answer))
    if problems:
        return Suggestions(acked=True, note=NOTHING, problems=problems)
    groups = _groups(answer)
    return Suggestions(groups, acked=True, note="" if groups else NOTHING)


def _groups(answer: Json) -> tuple[Group, ...]:
    if "option_groups" in answer:
        named = answer["option_groups"]
        return tuple(Group(group["label"]["text"], tuple(group["options"])) for group in named)
    return (Group("", tuple(answer["options"])),) if answer["options"] else ()


def keep(world: World, user: str, place: Message | OpenView, control: Control, found: Suggestions) -> None:
    """From now on these can be chosen there, and no others."""
    world.workspace.offered[_key(user, place, control)] = found.options


def choosable(
    world: World, user: str, place: Message | OpenView, control: Control, values: Values
) -> Sequence[Json]:
    """What was offered last for the words typed, and what is chosen already."""
    state = values.get(control.block_id, {}).get(control.action_id, {})
    held = [state.get("selected_option"), *state.get("selected_options", ())]
    offered = world.workspace.offered.get(_key(user, place, control), ())
    return [*offered, *(option for option in held if option)]


def _key(user: str, place: Message | OpenView, control: Control) -> tuple[str, ...]:
    at = place.id if isinstance(place, OpenView) else f"{place.channel} {place.ts}"
    return (user, at, control.block_id, control.action_id)
