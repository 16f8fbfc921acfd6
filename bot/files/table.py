"""A table as text (comma, semicolon or tab between cells): its rows with their columns by name."""

import csv
import io
import re
from dataclasses import dataclass

from bot.files.cells import cell_text
from bot.files.marked import Complaints, bad_file, did_you_mean, shown
from bot.files.naming import COLUMNS, LEAVE_OUT, Naming, required
from bot.okr.outline import Place

DELIMITERS = (",", ";", "\t")
NO_NAMING = Naming()
_SPREADSHEETS_ERROR = re.compile(r"#(REF!|NAME\?|VALUE!|DIV/0!|N/A|NUM!|NULL!)")


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


def split_header(text: str, naming: Naming = NO_NAMING) -> tuple[int, str]:
    """How many columns the first line names, and the delimiter with which it names most."""
    line = text.partition("\n")[0]
    counts = [
        sum(
            one.name is not None
            for one in naming.columns_of([e.strip(' "\r') for e in line.split(delimiter)])
        )
        for delimiter in DELIMITERS
    ]
    return max(counts), DELIMITERS[counts.index(max(counts))]


def guesses(text: str, naming: Naming) -> list[str]:
    """What columns are taken for something that they are not called, a sentence each."""
    text = _plain_lines(text)
    headings = next(iter(_records(text, split_header(text, naming)[1], Complaints())))
    return [
        f"I take the column “{shown(heading)}” for {taken.name}."
        for heading, taken in zip(headings, naming.columns_of(headings), strict=True)
        if taken.guessed
    ]


def read_table(text: str, complaints: Complaints, naming: Naming = NO_NAMING) -> Table:
    """The table in `text`. Raises BadFile where there is none; complains about single columns and rows."""
    text = _plain_lines(text)
    if not text.strip():
        raise bad_file("the file is empty", Place(1, counts="row"))
    found, delimiter = split_header(text, naming)
    if not found:
        message = f"the first row should name the columns: {', '.join(COLUMNS)}"
        raise bad_file(message, Place(1, counts="row"))
    headings, *records = _records(text, delimiter, complaints)
    columns = _columns(headings, complaints, naming)
    header = {
        **{name: name for name in naming.values},
        **{name: headings[i].strip() for i, name in columns.items()},
    }
    _check_widths(records, len(headings), complaints)
    rows = [_row(number, record, columns) for number, record in enumerate(records, 2)]
    table = Table(header, tuple(_filled(row, naming) for row in rows if row.cells))
    _check_errors(table, complaints)
    return table


def _plain_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


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


def _columns(headings: list[str], complaints: Complaints, naming: Naming) -> dict[int, str]:
    """Our names of the columns, by their position. Complains about what is unknown, doubled or missing."""
    columns: dict[int, str] = {}
    for position, (heading, (name, _)) in enumerate(zip(headings, naming.columns_of(headings), strict=True)):
        place = Place(1, f"column {shown(heading)}", "row")
        if name == LEAVE_OUT:
            continue
        if name in columns.values():
            complaints.add(place, f"there are two columns for “{name}”; keep one")
        elif name is not None:
            columns[position] = name
        elif heading.strip():
            hint = did_you_mean(heading, list(COLUMNS)) or f" Known are: {', '.join(COLUMNS)}."
            how = f" Say what it is with --map “{shown(heading)}=…”, or leave it out with “…=-”."
            complaints.add(place, f"“{shown(heading)}” is not a column of an OKR file.{hint}{how}")
    for mapped in naming.columns:
        if not any(naming.is_called(heading, mapped) for heading in headings):
            there = ", ".join(shown(heading) for heading in headings if heading.strip())
            complaints.add(
                Place(1, counts="row"), f"there is no column “{shown(mapped)}”; there are: {there}"
            )
    for name in required({*columns.values(), *naming.values}):
        if name not in columns.values() and name not in naming.values:
            how = f"if it is there by another name, say --map “NAME={name}”; or --set “{name}=…” for all rows"
            complaints.add(Place(1, counts="row"), f"the column “{name}” is missing; {how}")
    return columns


def _filled(row: Row, naming: Naming) -> Row:
    return Row(row.number, {**naming.values, **row.cells})


def _check_errors(table: Table, complaints: Complaints) -> None:
    for row in table.rows:
        for name, cell in row.cells.items():
            if _SPREADSHEETS_ERROR.fullmatch(cell):
                message = f"{cell} is an error of the spreadsheet; write the value into the cell"
                complaints.add(table.place(row, name), message)


def _row(number: int, record: list[str], columns: dict[int, str]) -> Row:
    cells = {name: cell_text(record[i]) for i, name in columns.items() if i < len(record)}
    return Row(number, {name: cell for name, cell in cells.items() if cell})


def _check_widths(records: list[list[str]], width: int, complaints: Complaints) -> None:
    """Complains about rows with text beyond the columns of the header: a cell has fallen apart there."""
    for number, record in enumerate(records, 2):
        if any(cell.strip() for cell in record[width:]):
            message = f"the row has {len(record)} cells, the header {width}; quotes hold a cell together"
            complaints.add(Place(number, counts="row"), message)
