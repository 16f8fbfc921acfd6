"""The OKR file as a table with a row per key result: from its text to an outline, with a row for everything.

A blank team, objective or cycle means the one in the row above. What holds for a whole team, objective or
cycle may stand in one of its rows or in all, but must be the same in all. People are written as e-mail
addresses or Slack ids.
"""

import re
from dataclasses import dataclass, field

from bot.files.marked import Complaints, Fields, Items, Marked, Text, Unread, shown
from bot.files.measures import KEYS
from bot.files.naming import Naming, required
from bot.files.people import EMAIL, SLACK_ID
from bot.files.reading import read_outline
from bot.files.table import NO_NAMING, Row, Table, read_table
from bot.okr.outline import Outline, Place

CYCLE = {"name": "cycle", "starts": "starts", "ends": "ends"}
TEAM = {
    "name": "team",
    **{name: name for name in ("channel", "timezone", "parent", "leads", "members", "observers", "drafts")},
    "start": "start_check_ins",
}
OBJECTIVE = {
    "title": "objective",
    "owner": "objective_owner",
    "id": "objective_id",
    **{name: name for name in ("kind", "theme", "personal", "private", "readers", "supports", "serves")},
}
KEY_RESULT = {
    "title": "key_result",
    **{name: name for name in ("owner", "delegate", "unit", "current", "id", *KEYS)},
    **{name: name for name in ("indicator", "every", "depends_on")},
}
"""Field by field, the column it comes from."""
_LISTS = ("leads", "members", "observers", "readers")
_DAYS = ("starts", "ends")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})( 0?0:00(:00)?)?")
"""As spreadsheets write days that begin with the year; of others nobody knows which number is which."""
_PERSONS = (*_LISTS, "owner", "delegate")


def read_csv(text: str, naming: Naming = NO_NAMING) -> Outline:
    """The outline that `text` holds, with commas, semicolons or tabs between cells; `naming` says what its
    columns are called.

    Raises BadFile with every mistake.
    """
    complaints = Complaints()
    table = read_table(text, complaints, naming)
    if not table.rows:
        complaints.add(Place(1, counts="row"), "there is a header and no rows below it")
    outline = read_outline(_Gathering(table, complaints).gather(), complaints)
    complaints.raise_if_any(outline)
    return outline


@dataclass(slots=True)
class _Group:
    """A team or objective while its rows are gathered."""

    fields: Fields
    children: dict[tuple[str, str], "_Group"] = field(default_factory=dict)
    """A team's objectives, by cycle and title."""
    key_results: list[Fields] = field(default_factory=list)


class _Gathering:
    """Gathers the rows of one table into the fields that an OKR file in YAML would have."""

    def __init__(self, table: Table, complaints: Complaints) -> None:
        self._table = table
        self._complain = complaints.add
        self._people: dict[str, Marked] = {}
        self._teams: dict[str, _Group] = {}
        names = (row.cells["cycle"] for row in table.rows if "cycle" in row.cells)
        self._cycles = {name: self._fields(CYCLE, Place(2, counts="row")) for name in (*names,) or ("",)}
        self._cycle = next(iter(self._cycles))
        self._team: _Group | None = None
        self._objective: _Group | None = None

    def gather(self) -> Fields:
        place = Place(2, counts="row")
        for row in self._table.rows:
            self._gather_row(row)
        if not self._table.rows:
            return Fields(place, {})
        cycle, *others = self._cycles.values()
        teams = Items(place, tuple(_finished_team(team) for team in self._teams.values()))
        found: dict[str, Marked] = {"cycle": cycle, "people": Fields(place, self._people), "teams": teams}
        return Fields(place, {**found, **({"cycles": Items(place, tuple(others))} if others else {})})

    def _gather_row(self, row: Row) -> None:
        if "cycle" in row.cells and row.cells["cycle"] != self._cycle:
            self._cycle, self._objective = row.cells["cycle"], None
        self._add(self._cycles[self._cycle], CYCLE, row)
        self._enter_team(row)
        if self._team is None:
            self._complain(
                self._table.place(row), "the team is missing; only rows below a team may leave it out"
            )
            return
        self._add(self._team.fields, TEAM, row)
        self._enter_objective(row)
        if self._objective is not None:
            self._add(self._objective.fields, OBJECTIVE, row)
            if any(column in row.cells for column in KEY_RESULT.values()):
                key_result = self._fields(KEY_RESULT, self._table.place(row))
                self._add(key_result, KEY_RESULT, row)
                self._objective.key_results.append(key_result)
        elif "key_result" in row.cells:
            self._complain(
                self._table.place(row), "the objective is missing; only rows below one may leave it out"
            )

    def _enter_team(self, row: Row) -> None:
        name = row.cells.get("team") or ("" if "team" not in self._table.header else None)
        if name is None:
            return
        if name not in self._teams:
            self._teams[name] = _Group(self._fields(TEAM, self._table.place(row)))
        if self._team is not self._teams[name]:
            self._objective = None
        self._team = self._teams[name]

    def _enter_objective(self, row: Row) -> None:
        title = row.cells.get("objective") or ("" if "objective" not in self._table.header else None)
        if title is None or self._team is None:
            return
        objectives = self._team.children
        which = (self._cycle, title)
        if which not in objectives:
            objectives[which] = _Group(self._fields(OBJECTIVE, self._table.place(row)))
            if len(self._cycles) > 1:
                place = self._table.place(row, "cycle")
                objectives[which].fields.values["cycle"] = Text(place, self._cycle)
        self._objective = objectives[which]

    def _fields(self, columns: dict[str, str], place: Place) -> Fields:
        """Empty fields. A column that is missing has been complained about once, at the header."""
        header = self._table.header
        needed = required(header)
        missing = [name for name, column in columns.items() if column in needed and column not in header]
        called = {name: header.get(column, column) for name, column in columns.items()}
        return Fields(place, {name: Unread(place) for name in missing}, called)

    def _add(self, fields: Fields, columns: dict[str, str], row: Row) -> None:
        """Adds what a row says about `fields`; what an earlier row said has to be the same."""
        for name, column in columns.items():
            cell = row.cells.get(column)
            if cell is None:
                continue
            place = self._table.place(row, column)
            before = fields.values.get(name)
            value = self._value(name, cell, place)
            if before is None:
                fields.values[name] = value
            elif _content(before) != _content(value):
                message = f"“{shown(cell)}” is not what {before.place.short} says; one of the two is wrong"
                self._complain(place, message)

    def _value(self, name: str, cell: str, place: Place) -> Marked:
        if name in _DAYS and (day := _YEAR_FIRST.fullmatch(cell)):
            return Text(place, f"{day[1]}-{day[2]:>02}-{day[3]:>02}")
        if name not in _PERSONS:
            return Text(place, cell)
        if name not in _LISTS:
            return self._person(cell, place)
        return Items(place, tuple(self._person(each, place) for each in re.split(r"[\s,;]+", cell) if each))

    def _person(self, cell: str, place: Place) -> Marked:
        """The person's key: the e-mail address or Slack id itself."""
        is_email = EMAIL.fullmatch(cell) is not None
        if not is_email and not SLACK_ID.fullmatch(cell):
            self._complain(
                place, f"“{shown(cell)}” is neither an e-mail address nor a Slack id like U012ABCDEF"
            )
            return Unread(place)
        key = cell.lower() if is_email else cell
        self._people.setdefault(key, Fields(place, {"email" if is_email else "slack": Text(place, key)}))
        return Text(place, key)


def _content(value: Marked) -> object:
    if isinstance(value, Items):
        return [_content(item) for item in value.items]
    return value.text if isinstance(value, Text) else None


def _finished_team(team: _Group) -> Fields:
    values = team.fields.values
    objectives = []
    for objective in team.children.values():
        objective.fields.values["key_results"] = Items(objective.fields.place, tuple(objective.key_results))
        objectives.append(objective.fields)
    values["objectives"] = Items(team.fields.place, tuple(objectives))
    return team.fields
