"""What supports what: loops, islands, the tree, and the means beside each other."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.alignment.support import (
    above_teams,
    below,
    company,
    is_island,
    level_above,
    may_serve,
    may_support,
    supported_by,
    supporters,
    supporters_progress,
    tree,
    way_back,
    worst,
)
from bot.okr.health import Health
from bot.okr.model import Objective, Supported, Team

COMPANY, SALES, UED, LEAF = 1, 2, 3, 4
NAMES = {COMPANY: "Zenith", SALES: "Sales", UED: "UED", LEAF: "UED Asia"}


def team(team_id: int, parent: int | None = None) -> Team:
    return Team(team_id, NAMES.get(team_id, f"Team {team_id}"), "C1", "UTC", parent_id=parent)


TEAMS = (team(LEAF, UED), team(UED, COMPANY), team(SALES, COMPANY), team(COMPANY))


def objective(number: int, of: int = COMPANY, *, parent: int | None = None, **more: object) -> Objective:
    up = None if parent is None else Supported(parent)
    made = Objective(number, of, 1, f"O{number}", 1, position=number, parent=up)
    return replace(made, **more)  # type: ignore[arg-type]


# --- loops ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "onto", "ways", "way"),
    [
        (1, [1], {}, (1,)),
        (1, [2], {}, ()),
        (1, [2], {2: {1}}, (2, 1)),
        (1, [2], {2: {3}, 3: {1}}, (2, 3, 1)),
        (1, [4, 2], {2: {1}, 4: {5}}, (2, 1)),
        (1, [2], {2: {3}, 3: {2}}, ()),
        (1, [2], {1: {2}, 2: {3}}, ()),
    ],
    ids=["self", "free", "each other", "three", "through what it serves", "a loop beside it", "onwards"],
)
def test_the_way_back_is_told(
    start: int, onto: list[int], ways: Mapping[int, set[int]], way: tuple[int, ...]
) -> None:
    assert way_back(start, onto, ways) == way


def test_a_key_result_counts_as_its_objective() -> None:
    first = objective(1, parent=None)
    second = objective(2, SALES, parent=1, serves=frozenset({7}))
    through = replace(second, parent=Supported(1, key_result_id=55))
    assert supported_by([first, second]) == {1: set(), 2: {1, 7}}
    assert supported_by([through]) == {2: {1, 7}}


WISHES = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=40)


@given(WISHES)
def test_no_loop_is_ever_accepted(wishes: list[tuple[int, int]]) -> None:
    ways: dict[int, set[int]] = {}
    for start, onto in wishes:
        way = way_back(start, [onto], ways)
        if way:
            assert way[0] == onto
            assert way[-1] == start
            assert all(there in ways[here] for here, there in pairwise(way))
        else:
            ways.setdefault(start, set()).add(onto)
    left = set(ways) | {there for each in ways.values() for there in each}
    while free := {one for one in left if not ways.get(one, set()) & left}:
        left -= free
    assert not left


# --- levels --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("teams", "top"),
    [
        (TEAMS, COMPANY),
        ((team(SALES),), SALES),
        ((team(SALES), team(UED)), None),
        ((team(SALES), team(UED, SALES), team(LEAF)), SALES),
        ((team(1), team(2, 1), team(3), team(4, 3)), None),
        ((team(1, 2), team(2, 1)), None),
    ],
    ids=["a tree", "only one", "none placed", "one not placed", "two roots", "a loop"],
)
def test_the_company_is_the_root(teams: tuple[Team, ...], top: int | None) -> None:
    found = company(teams)
    assert (found.id if found else None) == top


@pytest.mark.parametrize(
    ("of", "personal", "teams", "above"),
    [
        (LEAF, False, TEAMS, {UED}),
        (UED, False, TEAMS, {COMPANY}),
        (COMPANY, False, TEAMS, set()),
        (UED, True, TEAMS, {UED}),
        (COMPANY, True, TEAMS, {COMPANY}),
        (9, False, (*TEAMS, team(9)), {COMPANY}),
        (UED, False, (team(UED), team(SALES), team(9)), {SALES, 9}),
        (UED, False, (team(UED),), set()),
    ],
)
def test_a_parent_is_one_level_up(
    *, of: int, personal: bool, teams: tuple[Team, ...], above: set[int]
) -> None:
    assert level_above(objective(1, of, personal=personal), teams) == above


def test_what_may_be_chosen() -> None:
    mine = objective(1, UED)
    others = [
        objective(2),
        objective(3, personal=True),
        objective(4, private=True),
        objective(5, SALES),
        objective(6, UED),
        objective(7, dropped=True),
    ]
    assert may_support(mine, [mine, *others], TEAMS) == [2]
    assert may_support(replace(mine, private=True), others, TEAMS) == [2, 4]
    assert may_serve(mine, [mine, *others]) == [2, 5]
    assert may_support(replace(mine, personal=True), [mine, *others], TEAMS) == [6]


@pytest.mark.parametrize(
    ("one", "island"),
    [
        (objective(1), False),
        (objective(1, UED), True),
        (objective(1, UED, parent=5), False),
        (objective(1, UED, parent=6), True),
        (objective(1, UED, serves=frozenset({5})), False),
        (objective(1, UED, serves=frozenset({6})), True),
        (objective(1, COMPANY, personal=True), True),
        (objective(1, COMPANY, personal=True, parent=5), False),
    ],
)
def test_an_island_supports_nothing_that_is_there(*, one: Objective, island: bool) -> None:
    assert is_island(one, {5}, TEAMS) is island


def test_where_there_is_no_company_no_team_is_below_it() -> None:
    assert not is_island(objective(1, UED), set(), (team(UED), team(SALES)))


# --- the tree ------------------------------------------------------------------------------------------


def test_the_company_comes_first_then_its_teams_by_name_each_with_its_people() -> None:
    of_jack, of_hannah = (
        objective(number, UED, personal=True, owner_id=person) for number, person in ((8, 2), (9, 1))
    )
    branches = tree(TEAMS, [of_hannah, of_jack, objective(5, UED), objective(2), objective(4, UED)])
    assert [(one.team.name, one.depth) for one in branches] == [
        ("Zenith", 0),
        ("Sales", 1),
        ("UED", 1),
        ("UED Asia", 2),
    ]
    ued = branches[2]
    assert [one.id for one in ued.objectives] == [4, 5]
    assert ued.people == ((2, (of_jack,)), (1, (of_hannah,)))
    assert [one.team.id for one in below(TEAMS[1], branches)] == [UED, LEAF]
    assert [one.team.id for one in below(TEAMS[3], branches)] == [COMPANY, SALES, UED, LEAF]


@given(
    st.lists(st.integers(1, 9), min_size=9, max_size=9), st.lists(st.tuples(st.integers(1, 9), st.booleans()))
)
def test_every_team_and_objective_stands_in_the_tree_once(
    parents: list[int], each: list[tuple[int, bool]]
) -> None:
    teams = [team(own, None if own == parent else parent) for own, parent in enumerate(parents, start=1)]
    objectives = [
        objective(number, of, personal=personal) for number, (of, personal) in enumerate(each, start=1)
    ]
    branches = tree(teams, objectives)
    shown = [one.id for branch in branches for one in branch.objectives]
    shown += [one.id for branch in branches for _, own in branch.people for one in own]
    assert sorted(shown) == [one.id for one in objectives]
    assert sorted(one.team.id for one in branches) == list(range(1, 10))


def test_teams_above() -> None:
    assert above_teams(TEAMS) == {COMPANY: set(), SALES: {COMPANY}, UED: {COMPANY}, LEAF: {UED}}


# --- means ---------------------------------------------------------------------------------------------


def test_supporters_are_those_below_and_those_that_serve_it() -> None:
    first, second = objective(2, UED, parent=1), objective(3, SALES, parent=9, serves=frozenset({1}))
    found = supporters([objective(1), first, second])
    assert found == {1: [first, second], 9: [second]}


def test_their_mean_stands_beside_and_leaves_out_what_is_private() -> None:
    every = [objective(1), objective(2), objective(3, private=True), objective(4)]
    assert supporters_progress(every, {1: 0.2, 2: 0.6, 3: 1.0, 4: None}) == pytest.approx(0.4)
    assert supporters_progress(every[2:], {3: 1.0, 4: None}) is None


@given(st.dictionaries(st.integers(1, 9), st.floats(0, 1), min_size=1))
def test_a_mean_lies_between_its_parts(progress: dict[int, float]) -> None:
    mean = supporters_progress([objective(one) for one in progress], progress)
    assert mean is not None
    assert min(progress.values()) <= mean <= max(progress.values())


@pytest.mark.parametrize(
    ("healths", "shown"),
    [
        ([], None),
        ([Health.GREEN, Health.YELLOW], Health.YELLOW),
        ([Health.SILENT, Health.GREEN], Health.SILENT),
        ([Health.SILENT, Health.RED], Health.RED),
        ([Health.NO_DATA, Health.GREEN], Health.GREEN),
        ([Health.AWAY, Health.NO_DATA], Health.AWAY),
        ([Health.CLOSED], Health.CLOSED),
    ],
)
def test_an_objective_stands_as_the_worst_that_can_be_judged(
    healths: list[Health], shown: Health | None
) -> None:
    assert worst(healths) is shown
