"""From marked fields to an outline: what the OKR file's keys mean, whichever format they came in."""

from datetime import date

from bot.files.check_in import read_check_in
from bot.files.checks import Checks
from bot.files.fields import LONGEST_NAME
from bot.files.marked import Complaints, Fields, Marked
from bot.files.objectives import read_drafts, read_objective
from bot.files.people import read_channel, read_people
from bot.okr.outline import Outline, OutlineCycle, OutlineTeam

_TEAM_KEYS = (
    *("name", "channel", "timezone", "parent", "leads", "members", "observers"),
    *("check_in", "meeting", "start", "drafts", "objectives"),
)


def read_outline(top: Fields, complaints: Complaints) -> Outline:
    """The outline that `top` holds; only worth something if there are no complaints afterwards."""
    checks = Checks(complaints)
    checks.read.known(top, ("workspace", "cycle", "cycles", "people", "teams"))
    zone = _read_workspace(checks, top)
    cycles = _read_cycles(checks, top)
    people = read_people(checks, top)
    found = [_read_team(checks, team) for team in checks.read.items(top, "teams")]
    teams = tuple(team for team in found if team is not None)
    without = [team for team in teams if any(not one.place.gives("cycle") for one in team.objectives)]
    if without and not checks.read.gives(top, "cycle"):
        message = "objectives need a cycle; give it at the top: cycle: {name: …, starts: …, ends: …}"
        complaints.add(without[0].place.at("objectives"), message)
    return Outline(zone, checks.cycle, people, teams, cycles)


def _read_workspace(checks: Checks, top: Fields) -> str | None:
    fields = checks.read.fields(top, "workspace")
    if fields is None:
        return None
    checks.read.known(fields, ("timezone",))
    return checks.read.zone(fields)


def _read_cycles(checks: Checks, top: Fields) -> tuple[OutlineCycle, ...]:
    """Those besides the file's own, which is known to `checks` from then on, as they are."""
    if checks.read.gives(top, "cycle"):
        checks.cycle = _read_cycle(checks, top.values["cycle"])
    others = [_read_cycle(checks, one) for one in checks.read.items(top, "cycles")]
    return tuple(one for one in others if one is not None)


def _read_cycle(checks: Checks, value: Marked) -> OutlineCycle | None:
    read = checks.read
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, ("name", "starts", "ends"))
    name = read.text(fields, "name", LONGEST_NAME, required=True)
    starts = read.date(fields, "starts")
    ends = read.date(fields, "ends")
    if starts and ends and starts >= ends:
        message = f"the cycle ends on {ends}, which is not after its first day, {starts}"
        read.complain(fields.whole.at("ends"), message)
    cycle = OutlineCycle(name or "", starts or date.min, ends or date.max, fields.whole)
    if checks.once("cycle", name, fields.whole.at("name"), "the name of a cycle"):
        checks.cycles[cycle.name] = cycle
    return cycle


def _read_team(checks: Checks, value: Marked) -> OutlineTeam | None:
    read = checks.read
    fields = read.as_fields(value)
    if fields is None:
        return None
    read.known(fields, _TEAM_KEYS)
    place = fields.whole
    name = read.text(fields, "name", LONGEST_NAME, required=True)
    checks.once("team", name, place.at("name"), "the name of a team")
    found = [read_objective(checks, place, each) for each in read.items(fields, "objectives")]
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
        parent=read.text(fields, "parent", LONGEST_NAME) or "",
        drafts=read_drafts(checks, fields),
        place=place,
    )
