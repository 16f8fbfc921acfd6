"""Objectives and key results of an OKR file, whichever format they came in."""

from enum import StrEnum
from typing import TypeVar

from bot.files import measures
from bot.files.checks import Checks
from bot.files.fields import LONGEST_NAME
from bot.files.listed import listed
from bot.files.marked import Fields, Marked, Text, did_you_mean, shown
from bot.files.references import read_reference, read_references
from bot.okr.measures import Indicator
from bot.okr.model import ObjectiveKind
from bot.okr.outline import OutlineCycle, OutlineKeyResult, OutlineObjective
from bot.okr.writing.drafts import LONGEST_TITLE, LONGEST_UNIT

EVERY_MOST = 52
"""Weeks between two values."""
OBJECTIVE_KEYS = (
    *("id", "title", "owner", "kind", "cycle", "theme", "personal", "private", "readers"),
    *("supports", "serves", "key_results"),
)
KEY_RESULT_KEYS = (
    *("id", "title", "owner", "delegate", "unit", "current", *measures.KEYS),
    *("indicator", "every", "depends_on"),
)
_INDICATORS = {"lagging": Indicator.RESULT, "leading": Indicator.PROCESS}
Choice = TypeVar("Choice", bound=StrEnum)


def read_objective(checks: Checks, team: object, value: Marked) -> OutlineObjective | None:
    read = checks.read
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, OBJECTIVE_KEYS)
    place = fields.whole
    cycle = _read_cycle(checks, fields)
    title = read.text(fields, "title", LONGEST_TITLE, required=True)
    scope = ("objective", team, cycle.name if cycle else "")
    checks.once(scope, title, place.at("title"), "the title of an objective of this team")
    number = read.id(fields)
    checks.once("objective id", number, place.at("id"), "the id of an objective")
    found = [_read_key_result(checks, fields, cycle, each) for each in read.items(fields, "key_results")]
    private = read.flag(fields, "private", default=False)
    readers = checks.persons(fields, "readers", ("readers", place), "a reader of this objective")
    if readers and not private:
        message = "only a private objective has readers, everybody sees the others; add private: true"
        read.complain(place.at("readers"), message)
    kind = _choice(checks, fields, "kind", {str(one): one for one in ObjectiveKind}, "a kind of objective")
    return OutlineObjective(
        title=title or "",
        owner=checks.person(fields, "owner") or "",
        kind=kind or ObjectiveKind.ASPIRATIONAL,
        key_results=tuple(key_result for key_result in found if key_result is not None),
        id=number,
        cycle=cycle.name if cycle and cycle is not checks.cycle else "",
        theme=read.text(fields, "theme", LONGEST_NAME) or "",
        personal=read.flag(fields, "personal", default=False),
        private=private,
        readers=readers,
        supports=read_reference(read, fields, "supports", in_table=bool(fields.columns)),
        serves=read_references(read, fields, "serves", needs_key_result=False, in_table=bool(fields.columns)),
        place=place,
    )


def read_drafts(checks: Checks, team: Fields) -> tuple[str, ...]:
    """The names of cycles."""
    found: list[str] = []
    for item in listed(checks.read, team, "drafts", len(checks.cycles) + 1):
        name = checks.read.as_text(item)
        cycle = name and _known_cycle(checks, name)
        if cycle:
            found.append(cycle.name)
    return tuple(dict.fromkeys(found))


def _read_cycle(checks: Checks, fields: Fields) -> OutlineCycle | None:
    """The one that it names, else the file's."""
    name = checks.read.scalar(fields, "cycle")
    return checks.cycle if name is None else _known_cycle(checks, name)


def _known_cycle(checks: Checks, name: Text) -> OutlineCycle | None:
    if name.text in checks.cycles:
        return checks.cycles[name.text]
    hint = did_you_mean(name.text, list(checks.cycles))
    message = f"“{shown(name.text)}” is not a cycle of this file; add it at the top, to cycles.{hint}"
    checks.read.complain(name.place, message)
    return None


def _choice(checks: Checks, fields: Fields, name: str, known: dict[str, Choice], what: str) -> Choice | None:
    value = checks.read.scalar(fields, name)
    if value is None or value.text.lower() in known:
        return None if value is None else known[value.text.lower()]
    names = [str(one) for one in dict.fromkeys(known.values())]
    hint = did_you_mean(value.text, list(known))
    message = f"“{shown(value.text)}” is not {what}; it is {' or '.join(names)}.{hint}"
    checks.read.complain(value.place, message)
    return None


def _read_key_result(
    checks: Checks, objective: Fields, cycle: OutlineCycle | None, value: Marked
) -> OutlineKeyResult | None:
    read = checks.read
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, KEY_RESULT_KEYS)
    place = fields.whole
    title = read.text(fields, "title", LONGEST_TITLE, required=True)
    scope = ("key result", objective.place)
    checks.once(scope, title, place.at("title"), "the title of a key result of this objective")
    number = read.id(fields)
    checks.once("key result id", number, place.at("id"), "the id of a key result")
    unit = read.text(fields, "unit", LONGEST_UNIT) or ""
    indicators = {str(one): one for one in Indicator} | _INDICATORS
    return OutlineKeyResult(
        title=title or "",
        owner=checks.person(fields, "owner") or "",
        measure=measures.read_measure(read, fields, unit, cycle),
        unit=unit,
        current=read.number(fields, "current", unit),
        id=number,
        delegate=checks.person(fields, "delegate", required=False),
        weight=measures.read_weight(read, fields),
        indicator=_choice(checks, fields, "indicator", indicators, "a kind of indicator"),
        every=_read_every(checks, fields),
        depends_on=read_references(
            read, fields, "depends_on", needs_key_result=True, in_table=bool(fields.columns)
        ),
        place=place,
    )


def _read_every(checks: Checks, fields: Fields) -> int:
    weeks = checks.read.number(fields, "every", "")
    if weeks is None or (weeks.is_integer() and 1 <= weeks <= EVERY_MOST):
        return 1 if weeks is None else int(weeks)
    message = f"its value is asked for every so many weeks: a whole number from 1 to {EVERY_MOST}"
    checks.read.complain(fields.whole.at("every"), message)
    return 1
