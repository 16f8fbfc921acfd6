"""Writes what importing a file does, as its plan says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.okr.defaults import NEW_CONFIDENCE
from bot.okr.model import KeyResult, Membership, Objective, Update
from bot.okr.rounds import with_times
from bot.services.drafting import draft_asks
from bot.services.files.import_links import write_links
from bot.services.files.import_plan import (
    CyclePlan,
    FieldChange,
    KeyResultPlan,
    ObjectivePlan,
    Plan,
    TeamPlan,
    says,
    workspace_zone,
)
from bot.services.files.progressing import Progress, Stage, unwatched
from bot.services.okrs import changing
from bot.storage import (
    okr_cycles,
    okrs,
    people,
    teams,
    updates,
    workspace,
)
from bot.storage.engine import Connection


def write(connection: Connection, plan: Plan, now: datetime, progress: Progress = unwatched) -> None:
    """In the caller's transaction. The plan is free of troubles."""
    zone = workspace_zone(plan)
    if zone != plan.kept.zone:
        workspace.set_zone(connection, zone)
    ids = {key: people.learn(connection, profile).id for key, profile in plan.resolved.people.items()}
    cycle_ids = {name: _write_cycle(connection, cycle) for name, cycle in plan.cycles.items()}
    writing = _Writing(connection, plan, ids, now, cycle_ids)
    writing.cycle_changes()
    for done, team in enumerate(plan.teams, 1):
        writing.team(team)
        progress(Stage.WRITING, done, len(plan.teams))
    for linked, changed in write_links(connection, plan, now):
        writing.record(changed, linked.id, None)
        writing.written(linked)
    writing.tell_drafts()


def _write_cycle(connection: Connection, cycle: CyclePlan) -> int:
    if cycle.known is None:
        return okr_cycles.add(connection, cycle.wanted).id
    if cycle.changes:
        okr_cycles.save(connection, cycle.wanted)
    return cycle.wanted.id


@dataclass(frozen=True)
class _Writing:
    connection: Connection
    plan: Plan
    ids: Mapping[str, int]
    """People's ids by their key in the file."""
    now: datetime
    cycle_ids: Mapping[str, int]
    """By the cycles' names."""
    sets: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    """Those in which something was written, by team and cycle: whose key results were changed."""

    def cycle_changes(self) -> None:
        """Recorded with the first objective of each team that works in the cycle: its digest says so."""
        changed = [cycle for cycle in self.plan.cycles.values() if cycle.started and cycle.changes]
        for cycle in changed:
            for team in teams.everything(self.connection):
                objectives = okrs.of_team(self.connection, team.id, [cycle.wanted.id])
                for objective in objectives[:1]:
                    self.record(cycle.changes, objective.id, None)

    def team(self, team: TeamPlan) -> None:
        if team.known is None:
            team_id = teams.add(self.connection, team.wanted).id
        else:
            team_id = team.known.id
            if team.wanted != team.known:
                wanted = with_times(team.known, team.wanted.check_in, self.now)
                teams.save(self.connection, replace(team.wanted, old_day=wanted.old_day))
        for key, role in team.roles:
            teams.set_role(self.connection, Membership(team_id, self.ids[key], role))
        if team.starts:
            teams.start(self.connection, team_id, self.now)
        for name in team.drafts:
            okr_cycles.begin_draft(self.connection, team_id, self.cycle_ids[name])
        self._make_way_for_titles([(one.known, one.wanted) for one in team.objectives])
        for moved in team.moved:
            okrs.save_objective(self.connection, moved)
            self.written(moved)
        for objective in team.objectives:
            self._objective(objective, team_id)

    def _objective(self, plan: ObjectivePlan, team_id: int) -> None:
        wanted = replace(
            plan.wanted,
            team_id=team_id,
            cycle_id=self.cycle_ids[plan.cycle],
            owner_id=self.ids[plan.item.owner],
            readers=self._readers(plan),
        )
        objective_id = changing.save_objective(self.connection, plan.known, wanted).id
        if wanted != plan.known:
            self.written(wanted)
        if plan.recorded:
            self.record(plan.changes, objective_id, None)
        self._make_way_for_titles([(one.known, one.wanted) for one in plan.key_results])
        for moved in plan.moved:
            okrs.save_key_result(self.connection, moved)
            self.written(wanted)
        for key_result in plan.key_results:
            if self._key_result(key_result, objective_id, recorded=plan.recorded) != key_result.known:
                news = key_result.known is None or key_result.changes
                self.written(wanted, *([self.ids[key_result.item.owner]] if news else []))

    def _key_result(self, plan: KeyResultPlan, objective_id: int, *, recorded: bool) -> KeyResult:
        """As it is now."""
        wanted = replace(
            plan.wanted,
            objective_id=objective_id,
            owner_id=self.ids[plan.item.owner],
            delegate_id=self._delegate(plan),
        )
        wanted = changing.save_key_result(self.connection, plan.known, wanted)
        if recorded:
            self.record(plan.changes, objective_id, wanted.id)
        if plan.seeds and plan.item.current is not None:
            # Of the day before: on a check-in day the first answer would count as its revision otherwise.
            day = self.plan.kept.today - timedelta(days=1)
            seed = Update(wanted.id, day, plan.item.current, NEW_CONFIDENCE, by_id=None, at=self.now)
            updates.record(self.connection, seed)
        return wanted

    def written(self, one: Objective, *owners: int) -> None:
        """Something in its set was; these are to say whether they commit to it."""
        self.sets.setdefault((one.team_id, one.cycle_id), set()).update(owners)

    def tell_drafts(self) -> None:
        """What shows the drafts is out of date, those of cycles that have other days now, too."""
        moved = {one.wanted.id for one in self.plan.cycles.values() if one.known and one.changes}
        drafts = okr_cycles.drafts_of(self.connection, [one.id for one in teams.everything(self.connection)])
        for team_id, cycle_id in {
            *self.sets,
            *((one.team_id, one.cycle_id) for one in drafts if one.cycle_id in moved),
        }:
            owners = self.sets.get((team_id, cycle_id), set())
            draft_asks.changed(self.connection, team_id, cycle_id, self.now, owners=owners)

    def _delegate(self, plan: KeyResultPlan) -> int | None:
        """What the file does not name stays as it is."""
        if plan.known is not None and not says(plan.item.place, "delegate"):
            return plan.known.delegate_id
        return self.ids[plan.item.delegate] if plan.item.delegate else None

    def _readers(self, plan: ObjectivePlan) -> frozenset[int]:
        """What the file does not name stays as it is."""
        if plan.known is not None and not says(plan.item.place, "readers"):
            return plan.known.readers
        return frozenset(self.ids[key] for key in plan.item.readers)

    def _make_way_for_titles(
        self, pairs: Sequence[tuple[Objective | None, Objective] | tuple[KeyResult | None, KeyResult]]
    ) -> None:
        """Renames those first whose present title another one takes over: titles are unique at any moment."""
        taken = {wanted.title for _, wanted in pairs}
        for known, wanted in pairs:
            if known is None or known.title == wanted.title or known.title not in taken:
                continue
            away = replace(known, title=f"{known.title} ({known.id})")
            if isinstance(away, Objective):
                okrs.save_objective(self.connection, away)
            else:
                okrs.save_key_result(self.connection, away)

    def record(self, recorded: Sequence[FieldChange], objective_id: int, key_result_id: int | None) -> None:
        author = changing.Author(None, self.now, self.plan.reason or "")
        changing.record(self.connection, author, recorded, objective_id, key_result_id)
