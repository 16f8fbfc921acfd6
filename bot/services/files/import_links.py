"""What a file says of teams and OKRs among each other: which team is above which, what an objective supports,
what a key result needs. Looked at once all of the file has been compared, since it may name what comes later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.okr.alignment.loops import way_back
from bot.okr.model import DependencyState, Objective, Supported
from bot.okr.numbers.values import shortened
from bot.okr.outline import OutlineObjective, Place, Reference
from bot.services.files.import_measures import change
from bot.services.files.import_names import Named, Names, Unclear, learn_names
from bot.services.files.import_plan import (
    Aim,
    FieldChange,
    LinkPlan,
    Need,
    NeedPlan,
    ObjectivePlan,
    Plan,
    says,
)
from bot.services.okrs import changing
from bot.storage import needing, teams
from bot.storage.engine import Connection


def compare_links(connection: Connection, plan: Plan) -> None:
    """Once every team and objective has been compared."""
    _compare_parents(connection, plan)
    if not any(_names_others(one.item) for team in plan.teams for one in team.objectives):
        return
    comparing = _Comparing(plan, learn_names(connection, plan))
    for team in plan.teams:
        for each in team.objectives:
            comparing.objective(Aim(each.cycle, team.wanted.name, each.wanted.title), each)
    comparing.refuse_circles()
    comparing.needs(connection)


def _names_others(item: OutlineObjective) -> bool:
    """Or says that it names none."""
    needs = any(one.depends_on for one in item.key_results)
    return (
        needs
        or any(item.place.gives(key) for key in ("supports", "serves"))
        or bool(item.supports or item.serves)
    )


class _Comparing:
    def __init__(self, plan: Plan, names: Names) -> None:
        self._plan = plan
        self._names = names
        self._supported: dict[Aim, set[Aim]] = {}
        """What each supports after the import, its parent and what it serves."""
        for aim, named in names.aims.items():
            self._supported[aim] = _all_of(*_kept_links(named, names))

    def objective(self, aim: Aim, planned: ObjectivePlan) -> None:
        item, named = planned.item, self._names.aims[aim]
        supports, serves = _kept_links(named, self._names)
        link = LinkPlan(aim, planned, supports, serves, ())
        if says(item.place, "supports"):
            link = replace(link, supports=self._parent(aim, item.supports, supports))
        if says(item.place, "serves"):
            link = replace(link, serves=tuple(self._serves(aim, link)))
        self._supported[aim] = _all_of(link.supports, link.serves)
        changes = [
            *_change("supports", _words(supports), _words(link.supports), item.place),
            *_change("serves", _list(serves), _list(link.serves), item.place),
        ]
        if changes:
            self._tell(aim, planned, changes)
            self._plan.links.append(replace(link, changes=tuple(changes)))

    def _tell(self, aim: Aim, planned: ObjectivePlan, changes: Sequence[FieldChange]) -> None:
        if planned.known is None:
            self._plan.lines += [f"{aim}: {one.field} {one.after}" for one in changes]
        else:
            self._plan.tell(str(aim), tuple(changes), aim.cycle if planned.recorded else None)

    def _parent(
        self, aim: Aim, said: Reference | None, before: tuple[Aim, str] | None
    ) -> tuple[Aim, str] | None:
        """`before` where what is said is unclear."""
        if said is None:
            return None
        try:
            parent = self._names.aim(said, aim)
            self._open_to(aim, parent)
            if said.key_result:
                self._names.within(parent, said.key_result)
        except Unclear as unclear:
            self._plan.refuse(said.place, str(unclear))
            return before
        return parent, said.key_result

    def _open_to(self, aim: Aim, supported: Aim) -> None:
        """Raises Unclear where everybody would read of something private."""
        if self._names.aims[supported].private and not self._names.aims[aim].private:
            raise Unclear(f"{supported} is private, so that only what is private, too, can support it")

    def _serves(self, aim: Aim, link: LinkPlan) -> Iterator[Aim]:
        found = _all_of(link.supports, ())
        for said in link.planned.item.serves:
            try:
                served = self._names.aim(said, aim)
                self._open_to(aim, served)
            except Unclear as unclear:
                self._plan.refuse(said.place, str(unclear))
                continue
            if served in found:
                self._plan.refuse(said.place, f"{served} is named already; name each objective once")
            else:
                found.add(served)
                yield served

    def refuse_circles(self) -> None:
        """Each circle once, at the first who names another one in it."""
        known: set[frozenset[Aim]] = set()
        for link in self._plan.links:
            way = way_back(link.aim, lambda aim: sorted(self._supported.get(aim, ())))
            if way and frozenset(way) not in known:
                known.add(frozenset(way))
                item = link.planned.item
                said = item.supports if link.supports and link.supports[0] == way[1] else None
                place = said.place if said else item.place.at("serves")
                self._plan.refuse(place, _circle("supports", way))

    def needs(self, connection: Connection) -> None:
        """Dependencies that are new; those that there are stay as they are."""
        after: dict[Need, set[Need]] = {}
        states = {}
        for one in needing.everything(connection):
            need, on = (self._names.key_results_by_id.get(each) for each in (one.key_result_id, one.on_id))
            if need is not None and on is not None:
                states[need, on] = one.state
                if one.state is not DependencyState.DECLINED:
                    after.setdefault(need, set()).add(on)
        for need, said, on in self._asked():
            state = states.get((need, on))
            if state is DependencyState.DECLINED:
                self._plan.notes.append(f"left alone: {need} cannot count on {on}, as its owner has said")
            elif state is None:
                after.setdefault(need, set()).add(on)
                if way := way_back(need, lambda one: after.get(one, ())):
                    self._plan.refuse(said.place, _circle("needs", way))
                self._plan.lines.append(f"{need}: needs {on}, whose owner is asked")
                self._plan.needs.append(NeedPlan(need, on))
                states[need, on] = DependencyState.ASKED

    def _asked(self) -> Iterator[tuple[Need, Reference, Need]]:
        for aim, named in self._names.aims.items():
            for each in named.planned.key_results if named.planned else ():
                for said in each.item.depends_on:
                    try:
                        yield Need(aim, each.wanted.title), said, self._names.need(said, aim)
                    except Unclear as unclear:
                        self._plan.refuse(said.place, str(unclear))


def write_links(
    connection: Connection, plan: Plan, now: datetime
) -> list[tuple[Objective, tuple[FieldChange, ...]]]:
    """Once all objectives are there; those that support something else now, each with the changes that are to
    be recorded."""
    _write_parents(connection, plan)
    if not (plan.links or plan.needs):
        return []
    names = learn_names(connection)
    linked = []
    for link in plan.links:
        known = _objective(names, link.aim)
        parent = link.supports and _supported(names, *link.supports)
        serves = frozenset(_objective(names, one).id for one in link.serves)
        changing.save_objective(connection, known, replace(known, parent=parent, serves=serves))
        recorded = link.planned.recorded and link.planned.known is not None
        linked.append((known, link.changes if recorded else ()))
    for need, on in plan.needs:
        known_need, known_on = (names.aims[one.aim].key_results[one.title] for one in (need, on))
        if known_need is not None and known_on is not None:
            needing.ask(connection, known_need.id, known_on.id, known_need.owner_id, now)
    return linked


def _objective(names: Names, aim: Aim) -> Objective:
    known = names.aims[aim].known
    if known is None:
        raise LookupError(f"{aim} has not been written")
    return known


def _supported(names: Names, aim: Aim, title: str) -> Supported:
    key_result = names.aims[aim].key_results[title] if title else None
    return Supported(_objective(names, aim).id, key_result.id if key_result else None)


def _kept_links(named: Named, names: Names) -> tuple[tuple[Aim, str] | None, tuple[Aim, ...]]:
    """What it supports now; what was dropped is named no more."""
    if named.known is None:
        return None, ()
    parent, kept = named.known.parent, None
    if parent is not None and parent.objective_id in names.by_id:
        need = names.key_results_by_id.get(parent.key_result_id or 0)
        kept = (names.by_id[parent.objective_id], need.title if need else "")
    serves = sorted(names.by_id[one] for one in named.known.serves if one in names.by_id)
    return kept, tuple(serves)


def _all_of(supports: tuple[Aim, str] | None, serves: Sequence[Aim]) -> set[Aim]:
    return {*serves, *([supports[0]] if supports else [])}


def _change(name: str, before: str, after: str, place: Place) -> list[FieldChange]:
    return [] if before == after else [change(name, before, after, place)]


def _words(supports: tuple[Aim, str] | None) -> str:
    if supports is None:
        return "nothing"
    aim, title = supports
    return str(Need(aim, title) if title else aim)


def _list(aims: Sequence[Aim]) -> str:
    return ", ".join(str(one) for one in sorted(aims)) or "nothing"


def _circle(verb: str, way: Sequence[object]) -> str:
    said = f", which {verb} ".join(str(one) for one in way[1:])
    return f"{way[0]} {verb} {said}: that is a circle; take one of them out"


def _compare_parents(connection: Connection, plan: Plan) -> None:
    kept = {one.id: one for one in teams.everything(connection)}
    above = {one.name: kept[one.parent_id].name for one in kept.values() if one.parent_id in kept}
    known = {one.name for one in kept.values()} | {one.wanted.name for one in plan.teams}
    before = dict(above)
    for item in plan.outline.teams:
        if says(item.place, "parent"):
            above.pop(item.name, None)
            if item.parent:
                above[item.name] = item.parent
    for item in plan.outline.teams:
        was, now = before.get(item.name, ""), above.get(item.name, "")
        if was == now:
            continue
        if now not in known and now:
            plan.refuse(item.place.at("parent"), f"there is no team “{shortened(now)}”")
        elif way := way_back(item.name, lambda name: [above[name]] if name in above else []):
            plan.refuse(item.place.at("parent"), _circle("is under", way))
        plan.lines.append(f"{item.name}: parent {was or 'none'} → {now or 'none'}")
        plan.parents[item.name] = now


def _write_parents(connection: Connection, plan: Plan) -> None:
    kept = {one.name: one for one in teams.everything(connection)} if plan.parents else {}
    for name, above in plan.parents.items():
        teams.save(connection, replace(kept[name], parent_id=kept[above].id if above else None))
