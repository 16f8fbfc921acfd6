"""An objective of the database as a file has it, with what it supports and needs by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.okr.model import DependencyState, KeyResult, Objective, Person
from bot.okr.outline import OutlineKeyResult, OutlineObjective, Reference
from bot.okr.rights import may_see
from bot.storage import needing, okr_cycles, okrs, teams
from bot.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Naming:
    """What things are called in a file, by their ids; what its reader may not see has no name."""

    people: Mapping[int, str]
    teams: Mapping[int, str]
    cycles: Mapping[int, str]
    objectives: Mapping[int, Objective]
    key_results: Mapping[int, KeyResult]
    needs: Mapping[int, list[int]]
    """By a key result's id, those of the key results that it needs, unless their owner has declined."""

    @classmethod
    def of(cls, connection: Connection, people: Mapping[int, str], reader: Person | None) -> "Naming":
        cycles = {one.id: one.name for one in okr_cycles.everything(connection)}
        objectives = {
            one.id: one
            for one in okrs.of_cycles(connection, cycles, drafts=True)
            if reader is None or may_see(reader, one)
        }
        needs: dict[int, list[int]] = {}
        for one in needing.everything(connection):
            if one.state is not DependencyState.DECLINED:
                needs.setdefault(one.key_result_id, []).append(one.on_id)
        return cls(
            people,
            {one.id: one.name for one in teams.everything(connection)},
            cycles,
            objectives,
            {each.id: each for one in objectives.values() for each in one.key_results},
            needs,
        )

    def objective(self, number: int, cycle_id: int, key_result_id: int | None = None) -> Reference | None:
        """None for one that was dropped or may not be seen."""
        found = self.objectives.get(number)
        if found is None:
            return None
        key_result = self.key_results.get(key_result_id or 0)
        return Reference(
            found.title,
            key_result.title if key_result else "",
            self.teams[found.team_id],
            "" if found.cycle_id == cycle_id else self.cycles[found.cycle_id],
        )

    def key_result(self, number: int, cycle_id: int) -> Reference | None:
        found = self.key_results.get(number)
        return None if found is None else self.objective(found.objective_id, cycle_id, number)


def outline_objective(objective: Objective, naming: Naming, main: str) -> OutlineObjective:
    """`main` is the name of the file's own cycle."""
    cycle, parent = naming.cycles[objective.cycle_id], objective.parent
    supports = (
        None
        if parent is None
        else naming.objective(parent.objective_id, objective.cycle_id, parent.key_result_id)
    )
    served = [naming.objective(one, objective.cycle_id) for one in objective.serves]
    return OutlineObjective(
        objective.title,
        naming.people[objective.owner_id],
        objective.kind,
        tuple(_key_result(one, naming, objective.cycle_id) for one in objective.key_results),
        objective.id,
        cycle="" if cycle == main else cycle,
        theme=objective.theme,
        personal=objective.personal,
        private=objective.private,
        readers=tuple(naming.people[one] for one in sorted(objective.readers)) if objective.private else (),
        supports=supports,
        serves=_by_name(served),
    )


def _key_result(one: KeyResult, naming: Naming, cycle_id: int) -> OutlineKeyResult:
    needed = [naming.key_result(number, cycle_id) for number in naming.needs.get(one.id, ())]
    return OutlineKeyResult(
        one.title,
        naming.people[one.owner_id],
        one.measure,
        one.unit,
        id=one.id,
        delegate=None if one.delegate_id is None else naming.people[one.delegate_id],
        weight=one.weight,
        indicator=one.indicator,
        every=one.every,
        depends_on=_by_name(needed),
    )


def _by_name(found: Iterable[Reference | None]) -> tuple[Reference, ...]:
    known = [one for one in found if one is not None]
    return tuple(sorted(known, key=lambda one: (one.team, one.cycle, one.objective, one.key_result)))
