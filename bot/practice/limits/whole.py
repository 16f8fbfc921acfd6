"""What holds over all the blocks of a message or view together: ids, focus, tables, a way to submit."""

from collections.abc import Iterator
from typing import Any

from bot.practice.limits.blocks import MOST_FOCUSED, MOST_IN_TABLE, MOST_MARKDOWN, MOST_TABLES, Surface
from bot.practice.limits.rules import Problem

Placed = tuple[str, dict[str, Any]]  # a JSON pointer and the object that stands there


def check_together(blocks: list[Any], surface: Surface, where: str) -> Iterator[Problem]:
    """Compare the blocks with each other; what is no object has been refused before and is skipped."""
    placed = [(f"{where}/{place}", block) for place, block in enumerate(blocks) if isinstance(block, dict)]
    yield from _unique(placed, "block_id")
    focused: list[Placed] = []
    for pointer, block in placed:
        elements = list(_elements(pointer, block))
        yield from _unique(elements, "action_id")
        yield from _response_urls(
            elements, in_modal_input=surface == "modal" and block.get("type") == "input"
        )
        focused += [element for element in elements if element[1].get("focus_on_load") is True]
    for pointer, _ in focused[MOST_FOCUSED:]:
        yield Problem(f"{pointer}/focus_on_load", "only one element can have `focus_on_load` set to true")
    yield from _tables(placed, surface)
    yield from _markdown(placed)


def check_submit(blocks: list[Any], where: str) -> Iterator[Problem]:
    """Every input block of a modal that has no `submit`."""
    for place, block in enumerate(blocks):
        if isinstance(block, dict) and block.get("type") == "input":
            yield Problem(f"{where}/{place}/input", "must define `submit` to use an `input` block in modals")


def _elements(where: str, block: dict[str, Any]) -> Iterator[Placed]:
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            yield f"{where}/{key}", block[key]
    if block.get("type") == "actions" and isinstance(block.get("elements"), list):
        for place, element in enumerate(block["elements"]):
            if isinstance(element, dict):
                yield f"{where}/elements/{place}", element


def _unique(placed: list[Placed], key: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for pointer, held in placed:
        name = held.get(key)
        if not isinstance(name, str) or not name:  # Slack makes one up
            continue
        if name in seen:
            yield Problem(f"{pointer}/{key}", f"`{key}` must be unique: {name}")
        seen.add(name)


def _response_urls(elements: list[Placed], *, in_modal_input: bool) -> Iterator[Problem]:
    for pointer, element in elements:
        if "response_url_enabled" in element and not in_modal_input:
            yield Problem(pointer, "`response_url_enabled` needs an input block in a modal")


def _tables(placed: list[Placed], surface: Surface) -> Iterator[Problem]:
    tables = [one for one in placed if one[1].get("type") == "table"]
    if surface == "message":
        for pointer, _ in tables[MOST_TABLES:]:
            yield Problem(pointer, "only_one_table_allowed")
    for pointer, table in tables:
        if _table_length(table) > MOST_IN_TABLE:
            yield Problem(f"{pointer}/rows", f"must be less than {MOST_IN_TABLE + 1} characters")


def _table_length(table: dict[str, Any]) -> int:
    rows = table.get("rows")
    cells = (cell for row in rows if isinstance(row, list) for cell in row) if isinstance(rows, list) else ()
    return sum(
        len(cell["text"]) for cell in cells if isinstance(cell, dict) and isinstance(cell.get("text"), str)
    )


def _markdown(placed: list[Placed]) -> Iterator[Problem]:
    total = 0
    for pointer, block in placed:
        written = block.get("text")
        if block.get("type") != "markdown" or not isinstance(written, str):
            continue
        before, total = total, total + len(written)
        if before <= MOST_MARKDOWN < total and len(written) <= MOST_MARKDOWN:  # else refused by itself
            yield Problem(f"{pointer}/text", f"must be less than {MOST_MARKDOWN + 1} characters in all")
