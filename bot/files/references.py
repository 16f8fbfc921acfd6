"""How an OKR file names an objective or key result elsewhere: {team: TeeBee, objective: Prove our tea}.

A title alone is an objective's; {id: 12} is what export has numbered so. In a table it is a path,
"TeeBee › Prove our tea › Customers who renew"; with four parts the first is the cycle. A › within a name is
written ››.
"""

import re

from bot.files.fields import LONGEST_NAME, FieldReader
from bot.files.listed import listed
from bot.files.marked import Fields, Marked, Text
from bot.okr.outline import Reference
from bot.okr.writing.drafts import LONGEST_TITLE

MOST = 20
"""References in one list."""
_ID = re.compile(r"id [0-9]{1,18}")
_PARTS = ("cycle", "team", "objective", "key_result")


def read_reference(read: FieldReader, parent: Fields, name: str, *, in_table: bool) -> Reference | None:
    """What an objective supports: an objective, or one of its key results."""
    if not read.gives(parent, name):
        return None
    return _read(read, parent.values[name], needs_key_result=False, in_table=in_table)


def read_references(
    read: FieldReader, parent: Fields, name: str, *, needs_key_result: bool, in_table: bool
) -> tuple[Reference, ...]:
    found = [
        _read(read, one, needs_key_result=needs_key_result, in_table=in_table)
        for one in listed(read, parent, name, MOST)
    ]
    return tuple(one for one in found if one is not None)


def in_a_cell(reference: Reference) -> str:
    """As `read_reference` takes it from a table."""
    if reference.id is not None:
        parts = [f"id {reference.id}", *filter(None, [reference.key_result])]
    else:
        parts = [reference.cycle, reference.team, reference.objective, reference.key_result]
        if not reference.cycle:
            parts = parts[1:] if reference.key_result or not reference.team else parts[1:3]
    return " › ".join(part.replace("›", "››") for part in parts)


def _read(read: FieldReader, value: Marked, *, needs_key_result: bool, in_table: bool) -> Reference | None:
    if isinstance(value, Text):
        value = _of_cell(value) if in_table else Fields(value.place, {"objective": value})
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, ("id", *_PARTS))
    number = read.id(fields)
    by_id = read.gives(fields, "id")
    reference = Reference(
        objective=read.text(fields, "objective", LONGEST_TITLE, required=not by_id) or "",
        key_result=read.text(fields, "key_result", LONGEST_TITLE, required=needs_key_result and not by_id)
        or "",
        team=read.text(fields, "team", LONGEST_NAME) or "",
        cycle=read.text(fields, "cycle", LONGEST_NAME) or "",
        id=number,
        place=fields.place,
    )
    unneeded = next((name for name in ("cycle", "team", "objective") if read.gives(fields, name)), None)
    if by_id and unneeded:
        read.complain(fields.whole.at(unneeded), f"an id needs no {unneeded} beside it; drop one of the two")
    return reference


def _of_cell(cell: Text) -> Fields:
    parts = [part.strip().replace("››", "›") for part in _split(cell.text)]
    if len(parts) <= 2 and _ID.fullmatch(parts[0]):
        names: tuple[str, ...] = ("id", "key_result")
        parts[0] = parts[0].removeprefix("id ")
    elif len(parts) <= 2:
        names = _PARTS[1:3] if len(parts) == 2 else _PARTS[2:3]
    else:
        names = _PARTS[1:] if len(parts) == 3 else _PARTS
    if len(parts) > len(_PARTS):
        parts = [*parts[:3], " › ".join(parts[3:])]
    return Fields(
        cell.place, {name: Text(cell.place, part) for name, part in zip(names, parts, strict=False)}
    )


def _split(text: str) -> list[str]:
    """At each › that is not one of a pair."""
    parts, last = [], 0
    for found in re.finditer("›+", text):
        if len(found[0]) % 2:
            parts.append(text[last : found.end() - 1])
            last = found.end()
    return [*parts, text[last:]]
