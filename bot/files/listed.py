"""Lists: in YAML a list, in a table one cell with semicolons between its items; ;; is a semicolon itself."""

import re

from bot.files.fields import FieldReader
from bot.files.marked import Fields, Marked, Text


def listed(read: FieldReader, fields: Fields, name: str, most: int) -> tuple[Marked, ...]:
    """The items; complains about what are more than `most`."""
    value = fields.values.get(name)
    if isinstance(value, Text):
        items: tuple[Marked, ...] = tuple(Text(value.place, part) for part in split_cell(value.text))
    else:
        items = read.items(fields, name)
    if len(items) > most:
        read.complain(items[most].place, f"{len(items)} {name} are too many; {most} is the most")
    return items[:most]


def split_cell(cell: str) -> list[str]:
    parts, last = [], 0
    for found in re.finditer(";+", cell):
        if len(found[0]) % 2:
            parts.append(cell[last : found.end() - 1])
            last = found.end()
    parts.append(cell[last:])
    return [part.strip().replace(";;", ";") for part in parts if part.strip()]


def joined_in_cell(items: list[str]) -> str:
    """As `split_cell` takes it apart."""
    return "; ".join(item.replace(";", ";;") for item in items)
