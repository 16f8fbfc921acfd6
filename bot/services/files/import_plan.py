"""What importing a file would do: the file compared with what is kept, without writing anything.

A plan holds rows as they should be (id 0: to be added) with people still by their keys in the file, the
report's lines, and every mistake that only shows beside what is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.okr.days.zones import known_zone
from bot.okr.model import Cycle, KeyResult, Objective, Role, Team
from bot.okr.numbers.values import shortened
from bot.okr.outline import (
    Outline,
    OutlineCycle,
    OutlineKeyResult,
    OutlineObjective,
    Place,
    Trouble,
)
from bot.services.files.resolving import Resolved
from bot.services.people import shown_name
from bot.storage import okr_cycles, people, updates, workspace
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
    item: OutlineObjective
    cycle: str
    wanted: Objective
    known: Objective | None
    recorded: bool
    """Whether its changes, and those of its key results, are: its cycle had started before this import."""
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
    drafts: tuple[str, ...] = ()
    """Names of the cycles of which its objectives become a draft."""
    objectives: tuple[ObjectivePlan, ...] = ()
    moved: tuple[Objective, ...] = ()


@dataclass(frozen=True, slots=True)
class CyclePlan:
    wanted: Cycle
    known: Cycle | None
    changes: tuple[FieldChange, ...]
    started: bool
    """Whether it had before this import: changes to it are recorded."""


class Aim(NamedTuple):
    """An objective: there is only one of a title in a team's cycle."""

    cycle: str
    team: str
    title: str

    def __str__(self) -> str:
        return f"{self.team} › {shortened(self.title)}"


class Need(NamedTuple):
    """A key result."""

    aim: Aim
    title: str

    def __str__(self) -> str:
        return f"{self.aim} › {shortened(self.title)}"


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """An objective that is to support something else than it does, all of it."""

    aim: Aim
    planned: ObjectivePlan
    supports: tuple[Aim, str] | None
    """The parent, with the title of the key result that is meant, or ""."""
    serves: tuple[Aim, ...]
    changes: tuple[FieldChange, ...]


class NeedPlan(NamedTuple):
    """A key result is to need another one."""

    need: Need
    on: Need


@dataclass(frozen=True, slots=True)
class Kept:
    """What the comparison needs to know of the database."""

    names: Mapping[int, str]
    slack_ids: Mapping[int, str]
    zone: str
    today: date
    """In the workspace's zone, as the file sets it."""
    ticked: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By milestone, the ids of steps that were ever said to be done: no new step gets one of them."""

    def is_person(self, person_id: int, slack_id: str) -> bool:
        return self.slack_ids.get(person_id) == slack_id


@dataclass(slots=True)
class Plan:
    outline: Outline
    resolved: Resolved
    kept: Kept
    reason: str | None
    cycles: dict[str, CyclePlan] = field(default_factory=dict)
    """By name."""
    teams: list[TeamPlan] = field(default_factory=list)
    links: list[LinkPlan] = field(default_factory=list)
    needs: list[NeedPlan] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    """By the name of a team, that of the one above it; "" for none."""
    lines: list[str] = field(default_factory=list)
    """What is done, a sentence each."""
    notes: list[str] = field(default_factory=list)
    """What was left alone, and what remains to be done by people."""
    troubles: list[Trouble] = field(default_factory=list)

    def refuse(self, place: Place, message: str) -> None:
        self.troubles.append(Trouble(place, message))

    def tell(self, path: str, changes: tuple[FieldChange, ...], started: str | None) -> None:
        """Puts changes of a cycle and its OKRs into the report; `started` is the name of a cycle that has, so
        that they need a reason."""
        for change in changes:
            self.lines.append(f"{path}: {change.words}")
            if started is not None and not self.reason:
                why = f"{started} has started; say why with --reason"
                # The place has path and field already, unless the outline is not from a file.
                field_name = change.place.path.rpartition(" › ")[2]
                words = change.words.removeprefix(f"{field_name} ")
                what = words if change.place.line else f"{path}: {words}"
                self.refuse(change.place, f"{what} – {why}")


def says(place: Place, *names: str) -> bool:
    """Whether the file gives one of these fields; an outline that was not read from a file gives them all."""
    return not place.inside or any(place.gives(name) for name in names)


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
        ticked=updates.ticked(connection),
    )
    plan = Plan(outline, resolved, kept, reason, troubles=list(resolved.troubles))
    if new_zone != zone:
        plan.lines.append(f"time zone of the workspace: {zone} → {new_zone}")
    known = set(kept.slack_ids.values())
    plan.lines += [
        f"new person {profile.name}" for profile in resolved.people.values() if profile.slack_id not in known
    ]
    _compare_cycles(connection, plan)
    return plan


def workspace_zone(plan: Plan) -> str:
    """The workspace's zone after the import."""
    return plan.outline.zone or plan.kept.zone


def _compare_cycles(connection: Connection, plan: Plan) -> None:
    kept = {one.name: one for one in okr_cycles.everything(connection)}
    for said in plan.outline.all_cycles:
        known = kept.get(said.name)
        wanted = Cycle(known.id if known else 0, said.name, said.starts, said.ends)
        started = known is not None and known.starts <= plan.kept.today
        changes = () if known is None else _cycle_changes(said, known)
        plan.cycles[said.name] = CyclePlan(wanted, known, changes, started)
        if known is None:
            plan.lines.append(f"new cycle {said.name}, {said.starts} to {said.ends}")
        plan.tell(f"cycle {said.name}", changes, said.name if started else None)


def _cycle_changes(said: OutlineCycle, known: Cycle) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(f"{name} of the cycle", str(before), str(after), said.place.at(key), words)
        for key, name, before, after in (
            ("starts", "first day", known.starts, said.starts),
            ("ends", "last day", known.ends, said.ends),
        )
        if before != after and (words := f"{name} {before} → {after}")
    )
