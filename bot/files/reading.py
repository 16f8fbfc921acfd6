"""From marked fields to an outline: what the OKR file's keys mean, whichever format they came in."""

from datetime import date

from bot.files import measures
from bot.files.check_in import read_check_in
from bot.files.checks import Checks
from bot.files.fields import LONGEST_NAME
from bot.files.marked import Complaints, Fields, Marked, did_you_mean, shown
from bot.files.people import read_channel, read_people
from bot.okr.drafts import LONGEST_TITLE, LONGEST_UNIT
from bot.okr.model import ObjectiveKind
from bot.okr.outline import Outline, OutlineCycle, OutlineKeyResult, OutlineObjective, OutlineTeam

_TEAM_KEYS = (
    *("name", "channel", "timezone", "leads", "members", "observers"),
    *("check_in", "meeting", "start", "objectives"),
)
_KEY_RESULT_KEYS = ("id", "title", "owner", "delegate", "unit", "current", *measures.KEYS)


def read_outline(top: Fields, complaints: Complaints) -> Outline:
    """The outline that `top` holds; only worth something if there are no complaints afterwards."""
    checks = Checks(complaints)
    checks.read.known(top, ("workspace", "cycle", "people", "teams"))
    zone = _read_workspace(checks, top)
    checks.cycle = cycle = _read_cycle(checks, top)
    people = read_people(checks, top)
    found = [_read_team(checks, team) for team in checks.read.items(top, "teams")]
    teams = tuple(team for team in found if team is not None)
    with_objectives = [team for team in teams if team.objectives]
    if with_objectives and not checks.read.gives(top, "cycle"):
        message = "objectives need a cycle; give it at the top: cycle: {name: …, starts: …, ends: …}"
        complaints.add(with_objectives[0].place.at("objectives"), message)
    return Outline(zone, cycle, people, teams)


def _read_workspace(checks: Checks, top: Fields) -> str | None:
    fields = checks.read.fields(top, "workspace")
    if fields is None:
        return None
    checks.read.known(fields, ("timezone",))
    return checks.read.zone(fields)


def _read_cycle(checks: Checks, top: Fields) -> OutlineCycle | None:
    read = checks.read
    fields = read.fields(top, "cycle")
    if fields is None:
        return None
    read.known(fields, ("name", "starts", "ends"))
    name = read.text(fields, "name", LONGEST_NAME, required=True)
    starts = read.date(fields, "starts")
    ends = read.date(fields, "ends")
    if starts and ends and starts >= ends:
        message = f"the cycle ends on {ends}, which is not after its first day, {starts}"
        read.complain(fields.whole.at("ends"), message)
    return OutlineCycle(name or "", starts or date.min, ends or date.max, fields.whole)


def _read_team(checks: Checks, value: Marked) -> OutlineTeam | None:
    read = checks.read
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, _TEAM_KEYS)
    place = fields.whole
    name = read.text(fields, "name", LONGEST_NAME, required=True)
    checks.once("team", name, place.at("name"), "the name of a team")
    found = [_read_objective(checks, place, each) for each in read.items(fields, "objectives")]
    return OutlineTeam(
        name=name or "",
        channel=read_channel(read, fields) or "",
        leads=checks.persons(fields, "leads", place, required=True),
        members=checks.persons(fields, "members", place),
        observers=checks.persons(fields, "observers", place),
        zone=read.zone(fields),
        check_in=read_check_in(read, fields),
        start=read.flag(fields, "start", default=True),
        objectives=tuple(objective for objective in found if objective is not None),
        place=place,
    )


def _read_objective(checks: Checks, team: object, value: Marked) -> OutlineObjective | None:
    read = checks.read
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, ("id", "title", "owner", "kind", "key_results"))
    place = fields.whole
    title = read.text(fields, "title", LONGEST_TITLE, required=True)
    checks.once(("objective", team), title, place.at("title"), "the title of an objective of this team")
    number = read.id(fields)
    checks.once("objective id", number, place.at("id"), "the id of an objective")
    found = [_read_key_result(checks, place, each) for each in read.items(fields, "key_results")]
    return OutlineObjective(
        title=title or "",
        owner=checks.person(fields, "owner") or "",
        kind=_read_kind(checks, fields),
        key_results=tuple(key_result for key_result in found if key_result is not None),
        id=number,
        place=place,
    )


def _read_kind(checks: Checks, fields: Fields) -> ObjectiveKind:
    value = checks.read.scalar(fields, "kind")
    known = [str(kind) for kind in ObjectiveKind]
    if value is not None and value.text.lower() in known:
        return ObjectiveKind(value.text.lower())
    if value is not None:
        hint = did_you_mean(value.text, known)
        message = f"“{shown(value.text)}” is not a kind of objective; it is committed or aspirational.{hint}"
        checks.read.complain(value.place, message)
    return ObjectiveKind.ASPIRATIONAL


def _read_key_result(checks: Checks, objective: object, value: Marked) -> OutlineKeyResult | None:
    read = checks.read
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, _KEY_RESULT_KEYS)
    place = fields.whole
    title = read.text(fields, "title", LONGEST_TITLE, required=True)
    checks.once(
        ("key result", objective), title, place.at("title"), "the title of a key result of this objective"
    )
    number = read.id(fields)
    checks.once("key result id", number, place.at("id"), "the id of a key result")
    unit = read.text(fields, "unit", LONGEST_UNIT) or ""
    measure = measures.read_measure(read, fields, unit, checks.cycle)
    return OutlineKeyResult(
        title=title or "",
        owner=checks.person(fields, "owner") or "",
        measure=measure,
        unit=unit,
        current=read.number(fields, "current", unit),
        id=number,
        delegate=checks.person(fields, "delegate", required=False),
        weight=measures.read_weight(read, fields),
        place=place,
    )
