"""From parts to a message whose text says what its blocks say, within what Slack takes.

A part is a header (a string), a paragraph (lines) or a finished block without words of its own (buttons).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, Option, StaticSelectElement

from bot.okr.model import Absence
from bot.slack import ids, texts
from bot.slack.message import Message
from bot.slack.richtext import (
    HEADER_MOST,
    Line,
    Run,
    beginning,
    clip,
    escaped,
    header,
    length,
    paragraph,
    plain,
    spoken,
)

TEXT_MOST: Final = 3900
"""Of the 4,000 characters after which Slack splits a text in two."""
BLOCK_MOST: Final = 2800
"""Words of one rich_text block; Slack names no limit for it, so it is held below a section's 3,000."""
TITLE_LEVELS: Final = (150, 80, 40)
"""How long titles may be, tried in order until a list fits."""
REST_ROOM: Final = 120
"""Characters kept free for the line that says how many more there are."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice among the buttons of a row; its options are pairs of text and value."""

    placeholder: str
    action_id: str
    options: tuple[tuple[str, str], ...]


Part = str | list[Line] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    action_id: str
    value: str | None = None
    primary: bool = False


def message(parts: Iterable[Part]) -> Message:
    """The parts, one under the other; the caller sees to it that they fit (`room`, `as_many_as_fit`)."""
    parts = [part for part in parts if part]
    words = "\n".join(_words(part) for part in parts if not isinstance(part, dict))
    return Message(text=words, blocks=tuple(to_blocks(parts)))


def to_blocks(parts: Iterable[Part]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, str):
            blocks.append(header(part))
        elif isinstance(part, dict):
            blocks.append(part)
        else:
            blocks.extend(paragraph(group) for group in grouped(part, BLOCK_MOST))
    return blocks


def room(parts: Iterable[Part]) -> int:
    """How many characters of text are left beside these parts."""
    return TEXT_MOST - sum(_part_weight(part) for part in parts if not isinstance(part, dict))


def weight(lines: Iterable[Line]) -> int:
    """How many characters of text these lines take."""
    return sum(
        1 + sum(length(run.text) + len(run.channel) + 4 * bool(run.channel) for run in one) for one in lines
    )


def as_many_as_fit(
    lines_at: Callable[[int], Sequence[Line]], most: int, rest: Callable[[int], Line]
) -> list[Line]:
    """The lines with the longest titles that fit into `most` characters, or the first of them with the
    shortest titles and a line `rest(how many more)`."""
    lines: Sequence[Line] = ()
    for level in TITLE_LEVELS:
        lines = lines_at(level)
        if weight(lines) <= most:
            return list(lines)
    return first_that_fit(lines, most, rest)


def first_that_fit(lines: Sequence[Line], most: int, rest: Callable[[int], Line]) -> list[Line]:
    """The first of the lines that fit into `most` characters; if not all, `rest(how many more)` ends them."""
    if weight(lines) <= most:
        return list(lines)
    kept: list[Line] = []
    left = most - REST_ROOM
    for one in lines:
        left -= weight([one])
        if left < 0:
            break
        kept.append(one)
    return [*kept, rest(len(lines) - len(kept))]


def grouped(lines: Iterable[Line], most: int) -> list[list[Line]]:
    """The lines in groups of at most `most` characters; a longer line is cut into several."""
    groups: list[list[Line]] = []
    left = 0
    for one in lines:
        for piece in cut(one, most):
            size = weight([piece])
            if not groups or size > left:
                groups.append([])
                left = most
            groups[-1].append(piece)
            left -= size
    return groups


def cut(one: Line, most: int) -> list[Line]:
    """A line as lines of at most `most` characters each."""
    if weight([one]) <= most:
        return [one]
    pieces: list[list[Run]] = [[]]
    for run in one:
        for part in _run_cut(run, most // 2):
            if pieces[-1] and weight([(*pieces[-1], part)]) > most:
                pieces.append([])
            pieces[-1].append(part)
    return [tuple(piece) for piece in pieces]


def buttons(*row: Button | Menu | None, block_id: str = ids.BUTTONS) -> dict[str, Any]:
    """A row of buttons; None is left out, so that a caller can write a condition in place."""
    elements = [_menu(one) if isinstance(one, Menu) else _button(one) for one in row if one]
    return dict(ActionsBlock(block_id=block_id, elements=elements).to_dict())


def _button(button: Button) -> ButtonElement:
    return ButtonElement(
        text=plain(button.text, 75),
        action_id=button.action_id,
        value=button.value,
        style="primary" if button.primary else None,
    )


def _menu(menu: Menu) -> StaticSelectElement:
    return StaticSelectElement(
        action_id=menu.action_id,
        placeholder=plain(menu.placeholder, 150),
        options=[Option(text=plain(text, 75), value=value) for text, value in menu.options],
    )


def check_in_button(text: str, check_in_id: int, *, primary: bool = True) -> Button:
    return Button(text, ids.CHECK_IN_OPEN, ids.check_in_value(check_in_id), primary)


def here_button(absence: Absence, *, coming: bool = False) -> Button:
    """Ends days away or, where they are still `coming`, cancels them."""
    text = texts.CANCEL_DAYS if coming else texts.HERE_AFTER_ALL
    return Button(text, ids.HERE_AFTER_ALL, str(absence.id))


def unchanged_button(check_in_id: int, *, some_answered: bool) -> Button:
    text = texts.REST_UNCHANGED if some_answered else texts.ALL_UNCHANGED
    return Button(text, ids.ALL_UNCHANGED, ids.check_in_value(check_in_id))


def _part_weight(part: str | list[Line]) -> int:
    return length(clip(part, HEADER_MOST)) + 1 if isinstance(part, str) else weight(part)


def _words(part: str | list[Line]) -> str:
    if isinstance(part, str):
        return escaped(clip(part, HEADER_MOST))
    return spoken(part)


def _run_cut(run: Run, most: int) -> list[Run]:
    """A run in pieces that are at most `most` long, cut at a space where there is one."""
    pieces, rest = [], run.text
    while length(rest) > most:
        end = beginning(rest, most)
        space = rest.rfind(" ", end // 2, end)
        end = space + 1 if space > 0 else end
        pieces.append(replace(run, text=rest[:end]))
        rest = rest[end:]
    return [*pieces, replace(run, text=rest)] if rest or run.channel else pieces
