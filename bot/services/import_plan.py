"""What importing a file would do: the file compared with what is kept, without writing anything.

A plan holds rows as they should be (id 0: to be added) with people still by their keys in the file, the
report's lines, and every mistake that only shows beside what is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.okr.model import DAY_NAMES, CheckInTimes, Cycle, KeyResult, Objective, Role, Team
from bot.okr.outline import Outline, OutlineKeyResult, OutlineTeam, Place, Trouble
from bot.okr.zones import known_zone
from bot.services.people import shown_name
from bot.services.resolving import Resolved
from bot.storage import okr_cycles, people, teams, workspace
from bot.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change to what is kept, as people read it."""

    field: str
    before: str
    after: str
    place: Place
    words: str
    """For the report: "target 70 → 75 %"."""


@dataclass(frozen=True, slots=True)
class KeyResultPlan:
    item: OutlineKeyResult
    wanted: KeyResult
    known: KeyResult | None
    changes: tuple[FieldChange, ...]
    seeds: bool
    """Whether `current` becomes its first update."""


@dataclass(frozen=True, slots=True)
class ObjectivePlan:
    owner: str
    wanted: Objective
    known: Objective | None
    changes: tuple[FieldChange, ...]
    key_results: tuple[KeyResultPlan, ...]
    moved: tuple[KeyResult, ...]
    """Key results that the file does not name, where their position changes."""


@dataclass(frozen=True, slots=True)
class TeamPlan:
    wanted: Team
    known: Team | None
    roles: tuple[tuple[str, Role], ...]
    """Those that are new or change, by the person's key."""
    starts: bool
    objectives: tuple[ObjectivePlan, ...] = ()
    moved: tuple[Objective, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the comparison needs to know of the database."""

    names: Mapping[int, str]
    slack_ids: Mapping[int, str]
    zone: str
    today: date
    """In the workspace's zone, as the file sets it."""

    def is_person(self, person_id: int, slack_id: str) -> bool:
        return self.slack_ids.get(person_id) == slack_id


@dataclass(slots=True)
class Plan:
    outline: Outline
    resolved: Resolved
    kept: Kept
    reason: str | None
    known_cycle: Cycle | None = None
    cycle: Cycle | None = None
    cycle_changes: tuple[FieldChange, ...] = ()
    teams: list[TeamPlan] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """What is done, a sentence each."""
    notes: list[str] = field(default_factory=list)
    """What was left alone, and what remains to be done by people."""
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def started(self) -> bool:
        """Whether the cycle had started before this import: changes to it are recorded."""
        return self.known_cycle is not None and self.known_cycle.starts <= self.kept.today

    def refuse(self, place: Place, message: str) -> None:
        self.troubles.append(Trouble(place, message))

    def tell(self, path: str, changes: tuple[FieldChange, ...]) -> None:
        """Puts changes of the cycle and its OKRs into the report; once it has started they need a reason."""
        for change in changes:
            self.lines.append(f"{path}: {change.words}")
            if self.started and not self.reason and self.known_cycle:
                why = f"{self.known_cycle.name} has started; say why with --reason"
                # The place has path and field already, unless the outline is not from a file.
                field_name = change.place.path.rpartition(" › ")[2]
                words = change.words.removeprefix(f"{field_name} ")
                what = words if change.place.line else f"{path}: {words}"
                self.refuse(change.place, f"{what} – {why}")


def says(place: Place, *names: str) -> bool:
    """Whether the file gives one of these fields; an outline that was not read from a file gives them all."""
    return not place.inside or any(name in dict(place.inside) for name in names)


def begin(
    connection: Connection, outline: Outline, resolved: Resolved, *, now: datetime, reason: str | None
) -> Plan:
    """A plan with what concerns the workspace, its people and the cycle."""
    everyone = people.everyone(connection)
    zone = workspace.zone(connection)
    new_zone = outline.zone or zone
    kept = Kept(
        names={one.id: shown_name(one) for one in everyone},
        slack_ids={one.id: one.slack_id for one in everyone},
        zone=zone,
        today=now.astimezone(known_zone(new_zone) or ZoneInfo("UTC")).date(),
    )
    plan = Plan(outline, resolved, kept, reason, troubles=list(resolved.troubles))
    if new_zone != zone:
        plan.lines.append(f"time zone of the workspace: {zone} → {new_zone}")
    known = set(kept.slack_ids.values())
    plan.lines += [
        f"new person {profile.name}" for profile in resolved.people.values() if profile.slack_id not in known
    ]
    _compare_cycle(connection, plan)
    return plan


def workspace_zone(plan: Plan) -> str:
    """The workspace's zone after the import."""
    return plan.outline.zone or plan.kept.zone


def _compare_cycle(connection: Connection, plan: Plan) -> None:
    said = plan.outline.cycle
    if said is None:
        return
    known = next((one for one in okr_cycles.everything(connection) if one.name == said.name), None)
    plan.known_cycle = known
    plan.cycle = Cycle(known.id if known else 0, said.name, said.starts, said.ends)
    if known is None:
        plan.lines.append(f"new cycle {said.name}, {said.starts} to {said.ends}")
        return
    plan.cycle_changes = tuple(
        FieldChange(f"{name} of the cycle", str(before), str(after), said.place.at(key), words)
        for key, name, before, after in (
            ("starts", "first day", known.starts, said.starts),
            ("ends", "last day", known.ends, said.ends),
        )
        if before != after and (words := f"{name} {before} → {after}")
    )
    plan.tell(f"cycle {said.name}", plan.cycle_changes)


def compare_team(connection: Connection, plan: Plan, item: OutlineTeam, known: Team | None) -> TeamPlan:
    """The team itself and who is in it; its objectives are compared separately."""
    wanted = _wanted_team(plan, item, known)
    if known is None:
        plan.lines.append(f"new team {item.name} in {item.channel}")
    else:
        settings = (
            ("channel", known.channel, wanted.channel),
            ("time zone", known.zone, wanted.zone),
            *_times(known.check_in, wanted.check_in),
        )
        plan.lines += [
            f"{item.name}: {name} {before} → {after}" for name, before, after in settings if before != after
        ]
    found = plan.resolved.channels.get(item.channel)
    if found is not None and not found.has_bot:
        plan.notes.append(f"the bot is not in {item.channel} yet: /invite it there")
    roles = _compare_roles(connection, plan, item, known)
    starts = item.start and (known is None or known.started_at is None)
    if starts:
        plan.lines.append(f"{item.name}: check-ins start")
    return TeamPlan(wanted, known, roles, starts)


def _wanted_team(plan: Plan, item: OutlineTeam, known: Team | None) -> Team:
    found = plan.resolved.channels.get(item.channel)
    channel = found.id if found else item.channel
    zone = workspace_zone(plan)
    if known is None:
        return Team(0, item.name, channel, item.zone or zone, item.check_in)
    # A team without a zone of its own in the file follows the workspace's, if it did so far.
    own = zone if known.zone == plan.kept.zone else known.zone
    times = known.check_in
    if says(item.place, "check_in", "meeting"):
        times = replace(item.check_in, answer_by=known.check_in.answer_by)
    return replace(known, channel=channel, zone=item.zone or own, check_in=times)


def _times(before: CheckInTimes, after: CheckInTimes) -> list[tuple[str, str, str]]:
    return [(name, was, _shown_times(after)[name]) for name, was in _shown_times(before).items()]


def _shown_times(times: CheckInTimes) -> dict[str, str]:
    meeting = times.meeting
    return {
        "check-in day": DAY_NAMES[times.day],
        "prompt": f"{times.prompt:%H:%M}",
        "reminder": f"{times.remind:%H:%M}",
        "digest": f"{times.digest:%H:%M}" if times.digest else "no fixed hour",
        "meeting": f"{DAY_NAMES[meeting.day]} {meeting.at:%H:%M}" if meeting else "none",
    }


def _compare_roles(
    connection: Connection, plan: Plan, item: OutlineTeam, known: Team | None
) -> tuple[tuple[str, Role], ...]:
    """The roles to be set; people whom the file does not name stay what they are."""
    present = {
        plan.kept.slack_ids[one.person_id]: one.role
        for one in (teams.memberships_of(connection, known.id) if known else ())
    }
    named = {key: role for keys, role in _lists(item) for key in keys}
    # Whoever owns a key result belongs to the team; what they are there already stays.
    owners = [one.owner for objective in item.objectives for one in objective.key_results]
    roles = []
    for key in dict.fromkeys([*named, *owners]):
        profile = plan.resolved.people.get(key)
        was = present.get(profile.slack_id) if profile else None
        role = named.get(key) or was or Role.MEMBER
        if profile is None or was is role:
            continue
        plan.lines.append(f"{item.name}: {profile.name} {f'{was} → {role}' if was else f'joins as {role}'}")
        roles.append((key, role))
    return tuple(roles)


def _lists(item: OutlineTeam) -> tuple[tuple[tuple[str, ...], Role], ...]:
    return (item.leads, Role.LEAD), (item.members, Role.MEMBER), (item.observers, Role.OBSERVER)
