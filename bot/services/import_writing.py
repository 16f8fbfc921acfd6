"""Writes what importing a file does, as its plan says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.okr.defaults import NEW_CONFIDENCE
from bot.okr.model import KeyResult, Membership, Objective, Update
from bot.services import changing
from bot.services.import_plan import (
    FieldChange,
    KeyResultPlan,
    ObjectivePlan,
    Plan,
    TeamPlan,
    says,
    workspace_zone,
)
from bot.storage import (
    okr_cycles,
    okrs,
    people,
    teams,
    updates,
    workspace,
)
from bot.storage.engine import Connection


def write(connection: Connection, plan: Plan, now: datetime) -> None:
    """In the caller's transaction. The plan is free of troubles."""
    zone = workspace_zone(plan)
    if zone != plan.kept.zone:
        workspace.set_zone(connection, zone)
    ids = {key: people.learn(connection, profile).id for key, profile in plan.resolved.people.items()}
    writing = _Writing(connection, plan, ids, now, cycle_id=_write_cycle(connection, plan))
    writing.cycle_changes()
    for team in plan.teams:
        writing.team(team)


def _write_cycle(connection: Connection, plan: Plan) -> int:
    if plan.cycle is None:
        return 0
    if plan.known_cycle is None:
        return okr_cycles.add(connection, plan.cycle).id
    if plan.cycle_changes:
        okr_cycles.save(connection, plan.cycle)
    return plan.cycle.id


@dataclass(frozen=True)
class _Writing:
    connection: Connection
    plan: Plan
    ids: Mapping[str, int]
    """People's ids by their key in the file."""
    now: datetime
    cycle_id: int

    def cycle_changes(self) -> None:
        """Recorded with the first objective of each team that works in the cycle: its digest says so."""
        if not self.plan.cycle_changes:
            return
        for team in teams.everything(self.connection):
            objectives = okrs.of_team(self.connection, team.id, [self.cycle_id])
            for objective in objectives[:1]:
                self._record(self.plan.cycle_changes, objective.id, None)

    def team(self, team: TeamPlan) -> None:
        if team.known is None:
            team_id = teams.add(self.connection, team.wanted).id
        else:
            team_id = team.known.id
            if team.wanted != team.known:
                teams.save(self.connection, team.wanted)
        for key, role in team.roles:
            teams.set_role(self.connection, Membership(team_id, self.ids[key], role))
        if team.starts:
            teams.start(self.connection, team_id, self.now)
        self._make_way_for_titles([(one.known, one.wanted) for one in team.objectives])
        for moved in team.moved:
            okrs.save_objective(self.connection, moved)
        for objective in team.objectives:
            self._objective(objective, team_id)

    def _objective(self, plan: ObjectivePlan, team_id: int) -> None:
        wanted = replace(plan.wanted, team_id=team_id, cycle_id=self.cycle_id, owner_id=self.ids[plan.owner])
        objective_id = changing.save_objective(self.connection, plan.known, wanted).id
        self._record(plan.changes, objective_id, None)
        self._make_way_for_titles([(one.known, one.wanted) for one in plan.key_results])
        for moved in plan.moved:
            okrs.save_key_result(self.connection, moved)
        for key_result in plan.key_results:
            self._key_result(key_result, objective_id)

    def _key_result(self, plan: KeyResultPlan, objective_id: int) -> None:
        wanted = replace(
            plan.wanted,
            objective_id=objective_id,
            owner_id=self.ids[plan.item.owner],
            delegate_id=self._delegate(plan),
        )
        wanted = changing.save_key_result(self.connection, plan.known, wanted)
        self._record(plan.changes, objective_id, wanted.id)
        if plan.seeds and plan.item.current is not None:
            # Of the day before: on a check-in day the first answer would count as its revision otherwise.
            day = self.plan.kept.today - timedelta(days=1)
            seed = Update(wanted.id, day, plan.item.current, NEW_CONFIDENCE, by_id=None, at=self.now)
            updates.record(self.connection, seed)

    def _delegate(self, plan: KeyResultPlan) -> int | None:
        """What the file does not name stays as it is."""
        if plan.known is not None and not says(plan.item.place, "delegate"):
            return plan.known.delegate_id
        return self.ids[plan.item.delegate] if plan.item.delegate else None

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

    def _record(self, recorded: Sequence[FieldChange], objective_id: int, key_result_id: int | None) -> None:
        if self.plan.started:
            author = changing.Author(None, self.now, self.plan.reason or "")
            changing.record(self.connection, author, recorded, objective_id, key_result_id)
