"""The columns of a table of OKRs, and which of a spreadsheet's own columns are taken for them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.files.marked import did_you_mean, shown

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
LEAVE_OUT = "-"
"""What a column is mapped to that is none of ours."""
_SAME = {
    "lead": "leads",
    "member": "members",
    "observer": "observers",
    "time_zone": "timezone",
    "kr": "key_result",
    "key_result_owner": "owner",
    "key_result_id": "id",
}
"""Other spellings of ours."""
_GUESSES = {
    "team": ("team_name", "squad", "department", "group"),
    "channel": ("slack_channel", "team_channel"),
    "leads": ("team_lead", "lead_email", "team_leads", "lead_e_mail"),
    "objective": ("objective_title", "objective_name", "goal", "objectives"),
    "objective_owner": ("objective_owner_email", "objective_owner_e_mail", "goal_owner"),
    "key_result": (
        "key_results",
        "key_result_title",
        "key_result_name",
        "krs",
        "kr_title",
        "metric",
        "measure",
    ),
    "owner": ("kr_owner", "owner_email", "owner_e_mail", "assignee", "responsible", "dri", "who"),
    "start": ("baseline", "start_value", "initial", "initial_value", "from", "starting_value"),
    "target": ("target_value", "goal_value", "to", "end_value"),
    "current": ("current_value", "actual", "now", "latest", "value"),
    "unit": ("units", "unit_of_measure", "uom"),
    "cycle": ("quarter", "period", "cycle_name", "timeframe", "time_frame"),
    "starts": ("start_date", "cycle_start", "begins", "first_day"),
    "ends": ("end_date", "cycle_end", "last_day"),
    "kind": ("objective_kind", "objective_type", "commitment"),
    "weight": ("kr_weight", "weighting"),
    "supports": ("parent_objective", "aligned_to", "aligns_to", "alignment"),
}
_GUESSED = {heading: name for name, headings in _GUESSES.items() for heading in headings}


class BadNaming(Exception):  # noqa: N818 - it says what is so
    """A mapping that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What the columns of one table are called, and what holds for all of its rows."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """By a heading of the table, ours, or LEAVE_OUT."""
    values: Mapping[str, str] = field(default_factory=dict)
    """By a column of ours, what blank cells of it say."""

    def __bool__(self) -> bool:
        return bool(self.columns or self.values)

    def columns_of(self, headings: Sequence[str]) -> list["Taken"]:
        """What each of the headings is taken for; a guess only where nothing else is called so."""
        sure = [self._sure(heading) for heading in headings]
        found: list[Taken] = []
        for heading, name in zip(headings, sure, strict=True):
            guess = _GUESSED.get(_plain(heading))
            known = {*sure, *(one.name for one in found)}
            if name is None and guess is not None and guess not in known:
                found.append(Taken(guess, guessed=True))
            else:
                found.append(Taken(name))
        return found

    def _sure(self, heading: str) -> str | None:
        """For a column headed "Key result", "key_result" or "KEY-RESULT", or by what it is mapped to."""
        mapped = [name for one, name in self.columns.items() if self.is_called(heading, one)]
        name = mapped[0] if mapped else _ours(heading)
        return name if mapped or name in COLUMNS else None

    @staticmethod
    def is_called(heading: str, name: str) -> bool:
        return _plain(heading) == _plain(name)


class Taken(NamedTuple):
    """A column of a table."""

    name: str | None
    """Ours, LEAVE_OUT, or None where nobody knows."""
    guessed: bool = False


def naming_from(pairs: Collection[str], values: Collection[str], file: Path | None) -> Naming:
    """Of `--map "Key Result=title"`, `--set team=TeeBee` and a mapping file. Raises BadNaming."""
    said = _read(file) if file else {}
    columns = {**_table(said, "columns"), **dict(_pair(one, "--map") for one in pairs)}
    fixed = {**_table(said, "values"), **dict(_pair(one, "--set") for one in values)}
    return Naming(
        {heading: _known(name, leave_out=True) for heading, name in columns.items()},
        {_known(name): value for name, value in fixed.items()},
    )


def required(header: Collection[str]) -> tuple[str, ...]:
    """The columns that a table with such a header has to have."""
    measured_otherwise = any(name in header for name in OTHER_MEASURES)
    return tuple(name for name in REQUIRED if not (measured_otherwise and name in ("start", "target")))


def _plain(heading: str) -> str:
    return re.sub(r"[\s_\-]+", "_", heading.strip().lower())


def _ours(heading: str) -> str:
    name = _plain(heading)
    return _SAME.get(name, name)


def _known(name: str, *, leave_out: bool = False) -> str:
    if leave_out and name.strip() in ("", LEAVE_OUT):
        return LEAVE_OUT
    ours = "key_result" if _ours(name) == "title" else _ours(name)
    if ours not in COLUMNS:
        hint = did_you_mean(name, list(COLUMNS)) or f" There are: {', '.join(COLUMNS)}."
        raise BadNaming(f"“{shown(name)}” is not a column of an OKR table.{hint}")
    return ours


def _pair(text: str, option: str) -> tuple[str, str]:
    before, equals, after = text.rpartition("=") if option == "--map" else text.partition("=")
    if not equals or not before.strip():
        example = '"Key Result=key_result"' if option == "--map" else '"team=TeeBee"'
        raise BadNaming(f"“{shown(text)}” is no pair; write it like {option} {example}")
    return before.strip(), after.strip()


def _read(file: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadNaming(f"{file} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BadNaming(f"{file} is not YAML") from None
    if not isinstance(said, dict) or not set(said) <= {"columns", "values"}:
        raise BadNaming(f"{file} should hold “columns:” (Heading: our name) and, perhaps, “values:”")
    return said


def _table(said: dict[str, Any], name: str) -> dict[str, str]:
    found = said.get(name) or {}
    if not isinstance(found, dict):
        raise BadNaming(f"“{name}:” should hold a pair on each line, like Key Result: key_result")
    return {str(key): LEAVE_OUT if value is None else str(value) for key, value in found.items()}
