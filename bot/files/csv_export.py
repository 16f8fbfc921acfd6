"""Writes an outline as a table with a row per key result, which `csv_file` reads back.

What is left out: the workspace's time zone and the hours of check-ins, which a table cannot say, so that they
stay as they are. People stand as their e-mail address or, without one, their Slack id.
"""

import csv
import io
from collections.abc import Iterator

from bot.files.cells import safe_cell
from bot.files.csv_file import KEY_RESULT, OBJECTIVE, TEAM
from bot.files.listed import joined_in_cell
from bot.files.numbers import written
from bot.files.references import in_a_cell
from bot.okr.measures import Keep, Measure, Milestone, Move
from bot.okr.outline import Outline, OutlineKeyResult, OutlineObjective, OutlineTeam
from bot.okr.writing.measure_lines import step_line

COLUMNS = (
    *("cycle", "starts", "ends"),
    *TEAM.values(),
    *OBJECTIVE.values(),
    *KEY_RESULT.values(),
)
Cells = dict[str, str]


def write_csv(outline: Outline) -> str:
    """With commas between cells and CRLF after each row, as RFC 4180 has it."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, restval="")
    table.writeheader()
    for cells in _Writing(outline).rows():
        table.writerow({name: safe_cell(cell) for name, cell in cells.items()})
    return text.getvalue()


class _Writing:
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._people = {one.key: one.email or one.slack or "" for one in outline.people}
        self._main = [outline.cycle.name] if outline.cycle else []
        self._cycles = {one.name: one for one in outline.all_cycles}

    def rows(self) -> Iterator[Cells]:
        """The names of team, objective and cycle stand in every row, the rest once."""
        for team in self._outline.teams:
            about_team = self._team(team)
            for objective in team.objectives:
                cycle = self._outline.cycle_of(objective)
                about = self._objective(objective)
                for key_result in objective.key_results or (None,):
                    row = {"team": team.name, "objective": objective.title, **self._cycle(cycle)}
                    yield row | about_team | about | (self._key_result(key_result) if key_result else {})
                    about_team, about = {}, {}
            cycles = {self._outline.cycle_of(one) for one in team.objectives}
            for name in dict.fromkeys((*team.drafts, *self._main)):
                if about_team or (name in team.drafts and name not in cycles):
                    yield {"team": team.name, **about_team, **self._cycle(name)}
                    about_team = {}
            if about_team:
                yield about_team

    def _cycle(self, name: str) -> Cells:
        cycle = self._cycles[name]
        return {"cycle": name, "starts": cycle.starts.isoformat(), "ends": cycle.ends.isoformat()}

    def _team(self, team: OutlineTeam) -> Cells:
        return {
            "team": team.name,
            "channel": team.channel,
            "timezone": team.zone or "",
            "parent": team.parent,
            "leads": self._persons(team.leads),
            "members": self._persons(team.members),
            "observers": self._persons(team.observers),
            "drafts": joined_in_cell(list(team.drafts)),
            "start_check_ins": "" if team.start else "no",
        }

    def _objective(self, objective: OutlineObjective) -> Cells:
        return {
            "objective": objective.title,
            "objective_owner": self._people[objective.owner],
            "objective_id": _number(objective.id),
            "kind": str(objective.kind),
            "theme": objective.theme,
            "personal": "yes" if objective.personal else "",
            "private": "yes" if objective.private else "",
            "readers": self._persons(objective.readers),
            "supports": in_a_cell(objective.supports) if objective.supports else "",
            "serves": joined_in_cell([in_a_cell(one) for one in objective.serves]),
        }

    def _key_result(self, one: OutlineKeyResult) -> Cells:
        return {
            "key_result": one.title,
            "owner": self._people[one.owner],
            "delegate": self._people[one.delegate] if one.delegate else "",
            "unit": one.unit,
            "current": _number(one.current),
            "id": _number(one.id),
            **_measure(one.measure),
            "weight": "" if one.weight == 1 else _number(one.weight),
            "indicator": one.indicator or "",
            "every": "" if one.every == 1 else str(one.every),
            "depends_on": joined_in_cell([in_a_cell(each) for each in one.depends_on]),
        }

    def _persons(self, keys: tuple[str, ...]) -> str:
        return " ".join(self._people[key] for key in keys)


def _measure(measure: Measure) -> Cells:
    match measure:
        case Move(start, target, checkpoints):
            passed = [f"{one.on.isoformat()}: {_number(one.value)}" for one in checkpoints]
            return {
                "start": _number(start),
                "target": _number(target),
                "checkpoints": joined_in_cell(passed),
            }
        case Keep(low, high):
            return {"at_least": _number(low), "at_most": _number(high)}
        case Milestone(()):
            return {"milestone": "yes"}
        case Milestone(steps):
            return {"steps": joined_in_cell([step_line(one) for one in steps])}


def _number(value: float | None) -> str:
    return "" if value is None else str(written(value))
