"""A table as text (comma, semicolon or tab between cells): its rows with their columns by name."""

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.files.cells import cell_text
from bot.files.marked import Complaints, bad_file, did_you_mean, shown
from bot.okr.outline import Place

DELIMITERS = (",", ";", "\t")
REQUIRED = (
    *("team", "channel", "leads", "objective", "objective_owner", "key_result", "owner", "start", "target"),
    *("cycle", "starts", "ends"),
)
OTHER_MEASURES = ("at_least", "at_most", "milestone", "steps")
"""A table with one of these needs no start and no target."""
OPTIONAL = (
    *("kind", "unit", "current", "timezone", "members", "observers", "delegate", "id", "objective_id"),
    *(*OTHER_MEASURES, "checkpoints", "weight", "indicator", "every", "depends_on"),
    *("theme", "personal", "private", "readers", "supports", "serves", "parent", "start_check_ins", "drafts"),
)
COLUMNS = (*REQUIRED, *OPTIONAL)
_ALSO_CALLED = {
    "lead": "leads",
    "member": "members",
    "observer": "observers",
    "time_zone": "timezone",
    "kr": "key_result",
    "key_result_owner": "owner",
    "key_result_id": "id",
}


@dataclass(frozen=True, slots=True)
class Table:
    header: dict[str, str]
    """The names of the columns in the file, by our names."""
    rows: tuple["Row", ...]

    def place(self, row: "Row", column: str = "") -> Place:
        path = f"column {shown(self.header.get(column, column))}" if column else ""
        return Place(row.number, path, "row")


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    """As a spreadsheet counts: the header is 1."""
    cells: dict[str, str]
    """What is not blank, by our names of the columns, with line breaks as spaces."""


def required(header: Collection[str]) -> tuple[str, ...]:
    """The columns that a table with such a header has to have."""
    measured_otherwise = any(name in header for name in OTHER_MEASURES)
    return tuple(name for name in REQUIRED if not (measured_otherwise and name in ("start", "target")))


def column_called(heading: str) -> str | None:
    """Our name for a column headed "Key result", "key_result" or "KEY-RESULT"; or None."""
    name = re.sub(r"[\s_\-]+", "_", heading.strip().lower())
    name = _ALSO_CALLED.get(name, name)
    return name if name in COLUMNS else None


def split_header(text: str) -> tuple[int, str]:
    """How many columns the first line names, and the delimiter with which it names most."""
    line = text.partition("\n")[0]
    counts = [sum(column_called(each.strip(' "')) is not None for each in line.split(d)) for d in DELIMITERS]
    return max(counts), DELIMITERS[counts.index(max(counts))]


def read_table(text: str, complaints: Complaints) -> Table:
    """The table in `text`. Raises BadFile where there is none; complains about single columns and rows."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise bad_file("the file is empty", Place(1, counts="row"))
    found, delimiter = split_header(text)
    if not found:
        message = f"the first row should name the columns: {', '.join(COLUMNS)}"
        raise bad_file(message, Place(1, counts="row"))
    headings, *records = _records(text, delimiter, complaints)
    columns = _columns(headings, complaints)
    header = {name: headings[i].strip() for i, name in columns.items()}
    _check_widths(records, len(headings), complaints)
    rows = [_row(number, record, columns) for number, record in enumerate(records, 2)]
    return Table(header, tuple(row for row in rows if row.cells))


def _records(text: str, delimiter: str, complaints: Complaints) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        # A loop, not list(): what was read before a broken row is worth checking too.
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            records.append(record)  # noqa: PERF402 - see above
    except csv.Error:
        message = "this row cannot be read; is there a quotation mark too many, or one too few?"
        complaints.add(Place(len(records) + 1, counts="row"), message)
    return records or [[]]


def _columns(headings: list[str], complaints: Complaints) -> dict[int, str]:
    """Our names of the columns, by their position. Complains about what is unknown, doubled or missing."""
    columns: dict[int, str] = {}
    for position, heading in enumerate(headings):
        name = column_called(heading)
        place = Place(1, f"column {shown(heading)}", "row")
        if name in columns.values():
            complaints.add(place, f"there are two columns for “{name}”; keep one")
        elif name is not None:
            columns[position] = name
        elif heading.strip():
            hint = did_you_mean(heading, list(COLUMNS)) or f" Known are: {', '.join(COLUMNS)}."
            complaints.add(place, f"“{shown(heading)}” is not a column of an OKR file.{hint}")
    for name in required(columns.values()):
        if name not in columns.values():
            complaints.add(Place(1, counts="row"), f"the column “{name}” is missing")
    return columns


def _row(number: int, record: list[str], columns: dict[int, str]) -> Row:
    cells = {name: cell_text(record[i]) for i, name in columns.items() if i < len(record)}
    return Row(number, {name: cell for name, cell in cells.items() if cell})


def _check_widths(records: list[list[str]], width: int, complaints: Complaints) -> None:
    """Complains about rows with text beyond the columns of the header: a cell has fallen apart there."""
    for number, record in enumerate(records, 2):
        if any(cell.strip() for cell in record[width:]):
            message = f"the row has {len(record)} cells, the header {width}; quotes hold a cell together"
            complaints.add(Place(number, counts="row"), message)
