"""Blocks as parts of the screen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.practice.screen import elements
from bot.practice.screen.elements import label, said, untouched
from bot.practice.screen.mrkdwn import from_markdown
from bot.practice.screen.parts import Beside, Columns, Divider, Heading, Part, Row, Table, Words
from bot.practice.screen.rich_text import rich_text, rich_words

_CLOSE: Final = ("context", "actions", "divider")  # these stand right under what is before them


@dataclass(frozen=True)
class Context:
    """What the screen knows beside the blocks."""

    names: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def block_lines(blocks: Sequence[Mapping[str, Any]], context: Context, width: int) -> list[str]:
    """All blocks, wrapped at `width` cells, an empty line between those that do not belong together."""
    lines: list[str] = []
    before = "divider"
    for block in blocks:
        kind = block.get("type", "")
        if lines and before != "divider" and kind not in _CLOSE:
            lines.append("")
        for part in _parts(block, context):
            lines += part.lines(width)
        before = kind
    return lines


def block_words(blocks: Sequence[Mapping[str, Any]], context: Context) -> str:
    """What the blocks say, without wrapping and drawing, a line for each part."""
    words = (part.words() for block in blocks for part in _parts(block, context))
    return "\n".join(filter(None, words))


def _parts(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    drawn = _DRAWN.get(block.get("type", ""))
    if drawn is None:
        yield Words(f"({block.get('type')})")  # better a stand-in than nothing
    else:
        yield from drawn(block, context)


def _header(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    yield Heading(said(block.get("text"), context.names))


def _divider(_block: Mapping[str, Any], _context: Context) -> Iterator[Part]:
    yield Divider()


def _context(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    yield Words("  ".join(label(element, context.names) for element in block.get("elements", [])))


def _actions(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    yield Row([_labelled(block, element, context) for element in block.get("elements", [])])


def _image(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    if "title" in block:
        yield Words(said(block["title"], context.names))
    yield Words(label(block, context.names))


def _rich_text(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    return rich_text(block, context.names)


def _markdown(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    yield Words(from_markdown(str(block.get("text", "")), context.names))


def _table(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    yield Table([[_cell(cell, context.names) for cell in row] for row in block.get("rows", [])])


def _alert(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    yield Words(said(block.get("text"), context.names), "! ", "  ")


def _section(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    text = said(block.get("text"), context.names)
    if "accessory" in block:
        item = _labelled(block, block["accessory"], context)
        yield Beside(text, item) if text else Row([item])
    elif text:
        yield Words(text)
    if block.get("fields"):
        yield Columns([said(one, context.names) for one in block["fields"]])


def _input(block: Mapping[str, Any], context: Context) -> Iterator[Part]:
    names = context.names
    element = block.get("element", {})
    yield Words(said(block.get("label"), names) + (" (optional)" if block.get("optional") else ""))
    value = untouched(context.values, block.get("block_id"), element.get("action_id"))
    yield from elements.field(element, names, value)
    error = context.errors.get(str(block.get("block_id")))
    if error:
        yield Words(error, "⚠ ", "  ")
    if "hint" in block:
        yield Words(said(block["hint"], names), "  ", "  ")


def _labelled(block: Mapping[str, Any], element: Mapping[str, Any], context: Context) -> str:
    value = untouched(context.values, block.get("block_id"), element.get("action_id"))
    return label(element, context.names, value)


def _cell(cell: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return rich_words(cell, names) if cell.get("type") == "rich_text" else str(cell.get("text", ""))


_DRAWN: Final[Mapping[str, Callable[[Mapping[str, Any], Context], Iterator[Part]]]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "table": _table,
    "alert": _alert,
}
