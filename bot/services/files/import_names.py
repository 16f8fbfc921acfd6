"""What the references of a file mean: objectives and key results by name, as they are after the import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.okr.model import KeyResult, Objective
from bot.okr.numbers.values import shortened
from bot.okr.outline import Reference
from bot.services.files.import_plan import Aim, Need, ObjectivePlan, Plan
from bot.storage import okr_cycles, okrs, teams
from bot.storage.engine import Connection


class Unclear(Exception):  # noqa: N818 - it says what is so
    """What the reference means is not there, or could be several."""


@dataclass(frozen=True, slots=True)
class Named:
    """An objective after the import."""

    known: Objective | None
    planned: ObjectivePlan | None
    key_results: Mapping[str, KeyResult | None]
    """By title; None for new ones."""

    @property
    def private(self) -> bool:
        if self.planned is not None:
            return self.planned.wanted.private
        return self.known is not None and self.known.private


@dataclass(frozen=True)
class Names:
    aims: dict[Aim, Named]
    by_id: dict[int, Aim] = field(default_factory=dict)
    key_results_by_id: dict[int, Need] = field(default_factory=dict)

    def aim(self, said: Reference, own: Aim) -> Aim:
        """Raises Unclear."""
        if said.id is not None:
            if said.id not in self.by_id:
                raise Unclear(f"there is no objective with the id {said.id}")
            return self.by_id[said.id]
        cycle = said.cycle or own.cycle
        if said.team:
            aim = Aim(cycle, said.team, said.objective)
            if aim not in self.aims:
                raise Unclear(self._no_such(aim))
            return aim
        found = [aim for aim in self.aims if (aim.cycle, aim.title) == (cycle, said.objective)]
        mine = [aim for aim in found if aim.team == own.team and aim != own]
        return _only(mine or found, said, cycle)

    def need(self, said: Reference, own: Aim) -> Need:
        """Raises Unclear."""
        if said.id is not None:
            if said.id not in self.key_results_by_id:
                raise Unclear(f"there is no key result with the id {said.id}")
            return self.key_results_by_id[said.id]
        return self.within(self.aim(said, own), said.key_result)

    def within(self, aim: Aim, title: str) -> Need:
        """A key result of that objective; raises Unclear."""
        known = self.aims[aim].key_results
        if title not in known:
            hint = _did_you_mean(title, known)
            raise Unclear(f"“{shortened(title)}” is no key result of {aim}.{hint}")
        return Need(aim, title)

    def _no_such(self, aim: Aim) -> str:
        titles = [one.title for one in self.aims if (one.cycle, one.team) == (aim.cycle, aim.team)]
        if not titles:
            return f"there are no objectives of {shortened(aim.team)} in {aim.cycle}"
        hint = _did_you_mean(aim.title, titles)
        return f"“{shortened(aim.title)}” is no objective of {aim.team} in {aim.cycle}.{hint}"


def learn_names(connection: Connection, plan: Plan | None = None) -> Names:
    """Of all that is kept, with `plan` as it is after the import."""
    named = {one.id: one.name for one in teams.everything(connection)}
    cycles = {one.id: one.name for one in okr_cycles.everything(connection)}
    kept = {one.id: one for one in okrs.of_cycles(connection, cycles, drafts=True)}
    names = Names({})
    for team in () if plan is None else plan.teams:
        for each in team.objectives:
            aim = Aim(each.cycle, team.wanted.name, each.wanted.title)
            _put(names, aim, Named(kept.pop(each.wanted.id, None), each, _titles_after(each)))
    for one in kept.values():
        aim = Aim(cycles[one.cycle_id], named[one.team_id], one.title)
        _put(names, aim, Named(one, None, {each.title: each for each in one.key_results}))
    return names


def _titles_after(planned: ObjectivePlan) -> dict[str, KeyResult | None]:
    rows: dict[int, KeyResult] = {one.id: one for one in planned.known.key_results} if planned.known else {}
    found: dict[str, KeyResult | None] = {
        each.wanted.title: rows.pop(each.wanted.id, None) for each in planned.key_results
    }
    return found | {one.title: one for one in rows.values()}


def _put(names: Names, aim: Aim, named: Named) -> None:
    names.aims[aim] = named
    if named.known is not None:
        names.by_id[named.known.id] = aim
    for title, known in named.key_results.items():
        if known is not None:
            names.key_results_by_id[known.id] = Need(aim, title)


def _only(found: list[Aim], said: Reference, cycle: str) -> Aim:
    if not found:
        raise Unclear(f"there is no objective “{shortened(said.objective)}” in {cycle}; name its team, too")
    if len(found) > 1:
        owners = " and ".join(sorted(aim.team for aim in found))
        raise Unclear(f"“{shortened(said.objective)}” is an objective of {owners}; name the team, too")
    return found[0]


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean “{shortened(near[0])}”?" if near else ""
