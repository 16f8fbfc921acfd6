"""What a person sees of a message or a view, as plain text for terminals and tests.

`parts` is what a screen is built of, `cells` how text wraps, `mrkdwn` and `rich_text` how it reads;
`elements` and `blocks` turn payloads into parts; `below` is what stands under a message's words; `pings`
tells whom a message would disturb. All of it takes payloads that `bot.practice.limits` has accepted.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.practice.screen.below import render_below
from bot.practice.screen.blocks import Context, block_lines, block_words
from bot.practice.screen.cells import cells, wrap
from bot.practice.screen.elements import said
from bot.practice.screen.mrkdwn import readable
from bot.practice.screen.parts import Row
from bot.practice.screen.pings import pings

__all__ = ["pings", "render_below", "render_message", "render_view", "visible_text"]

NOBODY: Final[Mapping[str, str]] = MappingProxyType({})


def render_message(
    blocks: list[dict[str, Any]] | None, text: str, *, width: int = 60, names: Mapping[str, str] = NOBODY
) -> str:
    """A message at `width` cells: its blocks, or its text if it has none, as Slack does.

    `names` gives the display names of people and channels by id ("U…", "C…").
    """
    if blocks:
        return "\n".join(block_lines(blocks, Context(names), width))
    return "\n".join(wrap(readable(text, names), width))


def render_view(
    view: dict[str, Any],
    *,
    width: int = 60,
    values: Mapping[str, Mapping[str, Any]] | None = None,
    errors: Mapping[str, str] | None = None,
    names: Mapping[str, str] = NOBODY,
) -> str:
    """A modal with its title and buttons, or a Home tab, at `width` cells.

    `values` is `state.values` (block id, action id, what was entered): a key that is absent means what the
    view shows, None that the person emptied it. `errors` gives a message for each block id.
    """
    lines = block_lines(view.get("blocks", []), Context(names, values, errors or {}), width)
    if view.get("type") != "modal":
        return "\n".join(lines)
    title = said(view.get("title"), names)
    buttons = [f"[{said(view.get('close'), names) or 'Cancel'}]"]
    if "submit" in view:
        buttons.append(f"[{said(view['submit'], names)}]")
    foot = [" " * (width - cells(line)) + line for line in Row(buttons).lines(width)]
    return "\n".join([*_title_bar(title, width), *lines, "═" * width, *foot])


def visible_text(blocks: list[dict[str, Any]] | None, text: str, *, names: Mapping[str, str] = NOBODY) -> str:
    """The words of a message as a person reads them, unwrapped, a line for each part of it."""
    return block_words(blocks, Context(names)) if blocks else readable(text, names)


def _title_bar(title: str, width: int) -> list[str]:
    return [*wrap(title, width), "═" * width]
