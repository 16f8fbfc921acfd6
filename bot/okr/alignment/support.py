"""Alignment: what supports what, from the company's objectives by its teams' down to people's own.

A parent shows its own progress and, beside it, its supporters' mean: they are never mixed (docs/method.md).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.okr.alignment import loops
from bot.okr.health import Health
from bot.okr.model import Objective, Team
from bot.okr.numbers.figures import mean

Ways = Mapping[int, Collection[int]]
"""What leads where, by ids: to the teams above a team, to what an objective supports, to what a key result
needs."""

_WORST_FIRST = (Health.RED, Health.SILENT, Health.YELLOW, Health.GREEN, Health.AWAY, Health.NO_DATA)


@dataclass(frozen=True, slots=True)
class Branch:
    """A team in the tree with its objectives, and those that its people have for themselves."""

    team: Team
    depth: int
    """0 at the top."""
    objectives: tuple[Objective, ...]
    people: tuple[tuple[int, tuple[Objective, ...]], ...]
    """By their owner's id."""


def way_back(start: int, onto: Iterable[int], ways: Ways) -> tuple[int, ...]:
    """How one would come back to `start` if it led onto these: from the first of them to `start` itself.
    Empty where that is no loop. Whatever loops beside it ends nothing here."""
    return loops.way_back(start, lambda here: onto if here == start else sorted(ways.get(here, ())))[1:]


def above_teams(teams: Iterable[Team]) -> dict[int, set[int]]:
    return {one.id: {one.parent_id} if one.parent_id is not None else set() for one in teams}


def supported_by(objectives: Iterable[Objective]) -> dict[int, set[int]]:
    """What each supports: its parent, or the objective of the key result that is its parent, and what it
    serves."""
    return {one.id: supported(one) for one in objectives}


def supported(objective: Objective) -> set[int]:
    return {*objective.serves, *([objective.parent.objective_id] if objective.parent else [])}


def supported_titles(objective: Objective, titles: Mapping[int, str]) -> tuple[str, ...]:
    """Of the objectives that it supports, its parent first, as far as they are in `titles`, by id."""
    parent = [objective.parent.objective_id] if objective.parent else []
    return tuple(titles[up] for up in (*parent, *sorted(objective.serves)) if up in titles)


def company(teams: Collection[Team]) -> Team | None:
    """The tree's root: the only team, or the one at the top that others stand below. None where nobody has
    said so yet, or of several."""
    if len(teams) == 1:
        return next(iter(teams))
    parents = {one.parent_id for one in teams}
    roots = [one for one in teams if one.parent_id is None and one.id in parents]
    return roots[0] if len(roots) == 1 else None


def level_above(objective: Objective, teams: Collection[Team]) -> set[int]:
    """The teams whose objectives it may support: somebody's own its team's; a team's those of the team above
    it, or of the company where nobody has placed it. Without a company, any other team's; the company's
    support nothing."""
    if objective.personal:
        return {objective.team_id}
    top = company(teams)
    if top is not None and top.id == objective.team_id:
        return set()
    above = above_teams(teams).get(objective.team_id) or ({top.id} if top else set())
    return above or {one.id for one in teams} - {objective.team_id}


def may_support(objective: Objective, objectives: Iterable[Objective], teams: Collection[Team]) -> list[int]:
    """The ids of those one level up. What is somebody's own is nobody's parent, and what everybody sees
    supports nothing that is private: it would show it."""
    above = level_above(objective, teams)
    return [
        one.id
        for one in objectives
        if one.team_id in above and one.id != objective.id and _is_open(one, objective)
    ]


def may_serve(objective: Objective, objectives: Iterable[Objective]) -> list[int]:
    """The ids of other teams' objectives."""
    return [one.id for one in objectives if one.team_id != objective.team_id and _is_open(one, objective)]


def _is_open(one: Objective, to: Objective) -> bool:
    return not one.dropped and not one.personal and (to.private or not one.private)


def is_island(objective: Objective, known: Collection[int], teams: Collection[Team]) -> bool:
    """Whether it stands below the company and supports nothing (any more); `known` are the ids of what there
    is."""
    if not supported(objective).isdisjoint(known):
        return False
    top = company(teams)
    return objective.personal or (top is not None and top.id != objective.team_id)


def tree(teams: Sequence[Team], objectives: Iterable[Objective]) -> list[Branch]:
    """All teams, each below the one above it, the company first and else by name; every objective once, in
    order."""
    by_team: dict[int, list[Objective]] = {one.id: [] for one in teams}
    for objective in sorted(objectives, key=lambda one: (one.position, one.id)):
        by_team[objective.team_id].append(objective)
    return [_branch(team, depth, by_team[team.id]) for team, depth in _in_order(teams)]


def below(team: Team, branches: Sequence[Branch]) -> list[Branch]:
    """That team's branch and all below it."""
    start = next(place for place, one in enumerate(branches) if one.team.id == team.id)
    end = start + 1
    while end < len(branches) and branches[end].depth > branches[start].depth:
        end += 1
    return list(branches[start:end])


def supporters(objectives: Iterable[Objective]) -> dict[int, list[Objective]]:
    """Who supports each, by its id: as their parent, or served by them."""
    found: dict[int, list[Objective]] = {}
    for one in objectives:
        for above in sorted(supported(one)):
            found.setdefault(above, []).append(one)
    return found


def supporters_progress(of: Iterable[Objective], progress: Mapping[int, float | None]) -> float | None:
    """The mean of those that everybody sees and of which something is known; None without any."""
    known = [progress.get(one.id) for one in of if not one.private]
    return mean([one for one in known if one is not None])


def worst(healths: Iterable[Health]) -> Health | None:
    """How an objective stands: as the worst of its key results that can be judged. None without any."""
    there = set(healths)
    return next((one for one in _WORST_FIRST if one in there), next(iter(there), None))


def _in_order(teams: Sequence[Team]) -> list[tuple[Team, int]]:
    """With their depths; teams that stand in a loop (a file may have said so) come last, as if at the top."""
    top = company(teams)
    known = {one.id for one in teams}
    each = sorted(teams, key=lambda one: (one != top, one.name.casefold(), one.id))
    roots = [one for one in each if one.parent_id not in known]
    seen: dict[int, tuple[Team, int]] = {}
    for root in [*roots, *each]:
        todo = [(root, 0)]
        while todo:
            team, depth = todo.pop()
            if team.id not in seen:
                seen[team.id] = (team, depth)
                todo += [(one, depth + 1) for one in reversed(each) if one.parent_id == team.id]
    return list(seen.values())


def _branch(team: Team, depth: int, objectives: Sequence[Objective]) -> Branch:
    own: dict[int, list[Objective]] = {}
    for one in objectives:
        if one.personal:
            own.setdefault(one.owner_id, []).append(one)
    shared = tuple(one for one in objectives if not one.personal)
    return Branch(team, depth, shared, tuple((person, tuple(each)) for person, each in own.items()))
