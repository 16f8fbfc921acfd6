"""A team's objectives and key results in a file, compared with those that are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from bot.okr.model import LARGEST_ID, KeyResult, Objective
from bot.okr.numbers.values import format_exactly, format_value, shortened
from bot.okr.outline import OutlineKeyResult, OutlineObjective, OutlineTeam, Place
from bot.okr.writing.changed import measured
from bot.okr.writing.drafts import numbered
from bot.services.files.import_fields import (
    compare_drafts,
    measuring_changes,
    objective_changes,
    readers_changes,
    wanted_objective,
)
from bot.services.files.import_measures import change, measure_changes
from bot.services.files.import_plan import FieldChange, KeyResultPlan, ObjectivePlan, Plan, TeamPlan, says
from bot.services.okrs.okr_sets import asks_for_reason
from bot.storage import okrs, updates
from bot.storage.engine import Connection


class _Item(Protocol):
    """An objective or key result of a file."""

    @property
    def id(self) -> int | None: ...
    @property
    def title(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def place(self) -> Place: ...


Item = TypeVar("Item", bound=_Item)
Row = TypeVar("Row", Objective, KeyResult)


def compare_objectives(connection: Connection, plan: Plan, item: OutlineTeam, team: TeamPlan) -> TeamPlan:
    """The team's plan with its objectives of the file's cycles."""
    team = replace(team, drafts=compare_drafts(connection, plan, item, team.known))
    for name, cycle in plan.cycles.items():
        said = [one for one in item.objectives if plan.outline.cycle_of(one) == name]
        rows: list[Objective] = []
        started = cycle.started
        if team.known is not None and cycle.known is not None:
            rows = okrs.of_team(connection, team.known.id, [cycle.known.id], drafts=True)
            started = asks_for_reason(connection, team.known.id, cycle.known, plan.kept.today)
        comparing = _Comparing(
            connection, plan, item.name, name, first_time=not rows, started=name if started else None
        )
        matched = _match(comparing, "objective", said, rows)
        positions, moved = _arrange(plan, item.name, [row for _, row in matched], rows)
        objectives = tuple(
            comparing.objective(one, row, position)
            for (one, row), position in zip(matched, positions, strict=True)
        )
        team = replace(team, objectives=team.objectives + objectives, moved=team.moved + moved)
    return team


@dataclass(frozen=True)
class _Comparing:
    connection: Connection
    plan: Plan
    team: str
    cycle: str
    first_time: bool
    """The team has no objectives in the cycle yet: what is added needs no reason."""
    started: str | None
    """The cycle's name where changes need a reason."""

    def objective(self, item: OutlineObjective, known: Objective | None, position: int) -> ObjectivePlan:
        path = f"{self.team} › {shortened(known.title if known else item.title)}"
        wanted = wanted_objective(item, known, position)
        if known is None:
            count = len(item.key_results)
            facts = f"{count} key result{'' if count == 1 else 's'}, {self._owner(item)}"
            changes = self._added("objective", path, facts, item.place)
        else:
            changes = (
                *self._common(item, known),
                *objective_changes(item.place, known, wanted),
                *readers_changes(self.plan, item, known),
            )
        self.plan.tell(path, changes, self.started)
        recorded = self.started is not None
        objective = ObjectivePlan(item, self.cycle, wanted, known, recorded, changes, (), ())
        return self._with_key_results(path, objective)

    def _with_key_results(self, path: str, objective: ObjectivePlan) -> ObjectivePlan:
        item = objective.item
        rows = objective.known.key_results if objective.known else ()
        matched = _match(self, "key result", item.key_results, rows)
        positions, moved = _arrange(self.plan, path, [row for _, row in matched], rows)
        key_results = tuple(
            self._key_result(path, said, row, position, in_new=objective.known is None)
            for (said, row), position in zip(matched, positions, strict=True)
        )
        return replace(objective, key_results=key_results, moved=moved)

    def _key_result(
        self, parent: str, item: OutlineKeyResult, known: KeyResult | None, position: int, *, in_new: bool
    ) -> KeyResultPlan:
        path = f"{parent} › {shortened(known.title if known else item.title)}"
        unit = item.unit if known is None or says(item.place, "unit") else known.unit
        wanted = replace(
            known or KeyResult(0, 0, "", 0, item.measure),
            title=item.title,
            measure=numbered(
                item.measure,
                known.measure if known else None,
                self.plan.kept.ticked.get(known.id, ()) if known else (),
            ),
            unit=unit,
            weight=item.weight if known is None or says(item.place, "weight") else known.weight,
            indicator=item.indicator if known is None or says(item.place, "indicator") else known.indicator,
            every=item.every if known is None or says(item.place, "every") else known.every,
            position=position,
        )
        changes: tuple[FieldChange, ...] = ()
        if known is not None:
            changes = (
                *self._common(item, known),
                *self._delegate(item, known),
                *measure_changes(item.place, known, wanted),
                *measuring_changes(item.place, known, wanted),
            )
        else:
            facts = f"{measured(item.measure, unit)}, {self._owner(item)}"
            if in_new:  # it came with its objective, which is recorded as a whole
                self.plan.lines.append(f"new key result {path}: {facts}")
            else:
                changes = self._added("key result", path, facts, item.place)
        self.plan.tell(path, changes, self.started)
        return KeyResultPlan(item, wanted, known, changes, self._seeds(path, item, wanted))

    def _added(self, what: str, path: str, facts: str, place: Place) -> tuple[FieldChange, ...]:
        if self.started and not self.first_time:
            return (FieldChange("added", "", facts, place, f"new {what}: {facts}"),)
        self.plan.lines.append(f"new {what} {path}: {facts}")
        return ()

    def _seeds(self, path: str, item: OutlineKeyResult, wanted: KeyResult) -> bool:
        """Whether `current` is to be its first update; where it has one already, the report says so."""
        if item.current is None:
            return False
        history = updates.of_key_results(self.connection, [wanted.id])[wanted.id] if wanted.id else ()
        if not history:
            self.plan.lines.append(f"{path}: stands at {format_value(item.current, wanted.unit)}")
            return True
        if history[-1].value != item.current:
            latest = format_exactly(history[-1].value, wanted.unit)
            self.plan.notes.append(
                f"left alone: current of {path} (it has updates already, the latest says {latest})"
            )
        return False

    def _owner(self, item: OutlineObjective | OutlineKeyResult) -> str:
        profile = self.plan.resolved.people.get(item.owner)
        return profile.name if profile else item.owner

    def _common(
        self, item: OutlineObjective | OutlineKeyResult, known: Objective | KeyResult
    ) -> list[FieldChange]:
        """Changes of the title and the owner."""
        changes = []
        if item.title != known.title:
            changes.append(change("title", known.title, item.title, item.place))
        profile = self.plan.resolved.people.get(item.owner)
        if profile is not None and not self.plan.kept.is_person(known.owner_id, profile.slack_id):
            before = self.plan.kept.names[known.owner_id]
            changes.append(change("owner", before, profile.name, item.place))
        return changes

    def _delegate(self, item: OutlineKeyResult, known: KeyResult) -> list[FieldChange]:
        if not says(item.place, "delegate"):
            return []
        profile = self.plan.resolved.people.get(item.delegate or "")
        before = known.delegate_id
        if item.delegate and profile is None:  # Slack does not know them, which is said elsewhere
            return []
        if (before is None and profile is None) or (
            before is not None and profile is not None and self.plan.kept.is_person(before, profile.slack_id)
        ):
            return []
        was = "nobody" if before is None else self.plan.kept.names[before]
        return [change("delegate", was, profile.name if profile else "nobody", item.place)]

    def whose(self, what: str, number: int) -> str:
        """Why that id cannot be meant here."""
        found: Objective | KeyResult | None
        if number > LARGEST_ID:
            found = None
        elif what == "objective":
            found = okrs.objectives_by_ids(self.connection, [number]).get(number)
        else:
            found = okrs.key_results_by_ids(self.connection, [number]).get(number)
        if found is None:
            return f"there is no {what} with the id {number}; leave the id out to add a new one"
        if found.dropped:
            return (
                f"{what} {number}, “{shortened(found.title)}”, was dropped; leave the id out to add a new one"
            )
        where = "team or cycle" if what == "objective" else "objective"
        return f"{what} {number} is “{shortened(found.title)}” of another {where}"


def _match(
    comparing: _Comparing, what: str, items: Sequence[Item], rows: Sequence[Row]
) -> list[tuple[Item, Row | None]]:
    """Items with the rows they mean, by id, else by title; None for new ones. Wrong ids are refused."""
    by_id = {row.id: row for row in rows}
    named = {item.id for item in items}
    by_title = {row.title: row for row in rows if row.id not in named}
    matched: list[tuple[Item, Row | None]] = []
    for item in items:
        same_title = by_title.get(item.title)
        if item.id is None:
            matched.append((item, same_title))
        elif item.id not in by_id:
            comparing.plan.refuse(item.place.at("id"), comparing.whose(what, item.id))
        elif same_title is not None:
            message = f"“{shortened(item.title)}” is already the title of {what} {same_title.id}"
            comparing.plan.refuse(item.place.at("title"), message)
        else:
            matched.append((item, by_id[item.id]))
    return matched


def _arrange(
    plan: Plan, path: str, matched: Sequence[Row | None], rows: Sequence[Row]
) -> tuple[list[int], tuple[Row, ...]]:
    """Positions for the matched, and the other rows whose position changes.

    The file's order counts, what it does not name comes after it. Nothing moves where nothing is new and
    the file has the order that there is.
    """
    named = [row.id for row in matched if row is not None]
    present = [row.id for row in rows if row.id in named]
    if len(named) == len(matched) and named == present:
        return [row.position for row in matched if row is not None], ()
    if named != present:
        plan.lines.append(f"{path}: the order follows the file")
    others = [row for row in rows if row.id not in named]
    after = [
        replace(row, position=position)
        for position, row in enumerate(others, start=len(matched))
        if row.position != position
    ]
    return list(range(len(matched))), tuple(after)
