"""What stands in the cells of a table, so that a spreadsheet leaves it alone, and what was meant by it.

A spreadsheet takes a cell that begins with =, +, - or @ for a formula, and would work out what somebody wrote
into a title. An apostrophe before it makes it text; it is taken off again when the table is read.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@]")
_PROTECTED = re.compile(r"'+[=+\-@]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def safe_cell(text: str) -> str:
    """The text as it may stand in a cell: what looks like a formula is protected, a number is not."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def cell_text(cell: str) -> str:
    """What a cell says, on one line: with its protection taken off, and runs of spaces and line breaks as one
    space where it has line breaks."""
    text = " ".join(cell.split()) if "\n" in cell else cell.strip()
    return text[1:] if _PROTECTED.match(text) else text
