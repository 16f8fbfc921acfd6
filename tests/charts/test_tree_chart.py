"""The tree as bars: a row for each objective, in tree order, that says what it shows in a word, too."""

from dataclasses import replace
from typing import Any

from bot.charts.tree import BARS_MOST, ROOM, chart, draw
from bot.okr.alignment.views import TreeObjective, TreePerson, TreeTeam, TreeView
from bot.okr.health import Health
from tests.charts.test_progress import SIGNATURE, size
from tests.slack.samples import FRIDAY


def objective(number: int, progress: int | None = 38, health: Health | None = Health.RED) -> TreeObjective:
    return TreeObjective(number, number, f"Aim {number}", "Jack", progress, 55, health)


def team(depth: int, *objectives: TreeObjective, people: tuple[TreePerson, ...] = ()) -> TreeTeam:
    return TreeTeam(depth + 1, f"Team {depth}", depth, 38, objectives, people)


def view(*teams: TreeTeam) -> TreeView:
    return TreeView(teams, FRIDAY)


def rows(shown: TreeView) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = chart(shown)["data"]["values"]
    return values


def test_rows_stand_in_tree_order_with_room_between_teams() -> None:
    jack = TreePerson("Jack", (objective(3, None, None),))
    shown = view(team(0, objective(1)), team(1), team(1, objective(2, 70, Health.GREEN), people=(jack,)))
    assert [(one["place"], one["label"], one["said"]) for one in rows(shown)] == [
        (0, "1", "38 %, red"),
        (2, "· 2", "70 %, green"),
        (3, "· 3", "no update"),
    ]
    assert chart(shown)["height"] == 4 * ROOM


def test_health_is_a_colour_and_a_word() -> None:
    every = [objective(number, 10, health) for number, health in enumerate(Health, start=1)]
    found = rows(view(team(0, *every)))
    for one, health in zip(found, Health, strict=True):
        assert one["said"].endswith("no update" if health is Health.NO_DATA else health.value)
    colours = {health: one["colour"] for one, health in zip(found, Health, strict=True)}
    assert len({colours[Health.RED], colours[Health.YELLOW], colours[Health.GREEN]}) == 3


def test_what_does_not_fit_is_counted() -> None:
    shown = view(team(0, *(objective(number) for number in range(1, BARS_MOST + 8))))
    assert len(rows(shown)) == BARS_MOST
    assert "7 more are not drawn" in chart(shown)["title"]["subtitle"]


def test_it_is_a_picture_and_the_same_for_the_same_view() -> None:
    shown = view(team(0, objective(1)), team(1, objective(2, 100, Health.GREEN)))
    assert draw(shown).startswith(SIGNATURE)
    assert draw(shown) == draw(shown)
    assert size(draw(shown))[0] < 2 * 400
    assert draw(shown) != draw(replace(shown, teams=shown.teams[:1]))
