"""The picture: a PNG of the size it should have, that shows what it is given and nothing of the outside."""

import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import progress
from bot.charts.progress import WIDTH, draw
from bot.charts.style import SCALE
from bot.okr.chart import ChartView, Panel
from bot.okr.health import Health, Standing
from tests.slack.samples import FRIDAY, QUARTER, course, standing

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def shown(*weekly: int | None, **changes: Any) -> Standing:
    known = [raw for raw in weekly if raw is not None]
    said = {"raw": known[-1], "update": standing().update} if known else {"raw": None, "update": None}
    return standing(course=course(*weekly), **{**said, **changes})


def view(*standings: Standing, **changes: Any) -> ChartView:
    panels = tuple(Panel(number, one, "Jack") for number, one in enumerate(standings, start=1))
    return replace(ChartView("TeeBee", 8, 13, *QUARTER, FRIDAY, panels), **changes)


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(SIGNATURE)
    assert png.endswith(b"IEND\xaeB`\x82")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_it_is_as_wide_as_a_phone_and_grows_by_two_panels_a_row(count: int) -> None:
    width, height = size(draw(view(*(shown(5, 10),) * count)))
    assert abs(width - WIDTH * SCALE) <= 20
    rows = (count + 1) // 2
    assert 250 * rows < height < 300 * rows + 320


def test_it_is_the_same_for_the_same_view_in_any_thread() -> None:
    one = view(shown(0, 5, None, 12), shown(50, 60))
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(draw, [one] * 8))) == 1


@pytest.mark.parametrize(
    "other",
    [
        view(shown(0, 6)),
        view(shown(1, 5)),
        view(shown(0, None, 5)),
        view(shown(0, 5, gap=10)),
        view(replace(shown(0, 5), course=replace(course(0, 5), through=((FRIDAY, 80),)))),
        view(shown(0, 5, health=Health.GREEN)),
        view(shown(0, 5), shown(0, 5)),
        view(shown(0, 5), more=2),
        view(shown(0, 5), week=9),
        view(shown(0, 5), starts=FRIDAY),
    ],
)
def test_it_differs_where_what_it_shows_differs(other: ChartView) -> None:
    assert draw(other) != draw(view(shown(0, 5)))


def heads(chart: ChartView) -> list[tuple[str, str]]:
    return [(one["title"]["text"], one["title"]["subtitle"]) for one in progress._chart(chart)["concat"]]


def test_a_panel_says_in_figures_what_it_draws() -> None:
    assert heads(
        view(
            shown(0, 5),
            shown(70, 125, gap=-45, health=Health.GREEN),
            shown(-25, gap=55, health=Health.SILENT),
            shown(55, gap=0, health=Health.AWAY),
            shown(health=Health.NO_DATA),
        )
    ) == [
        ("1 · 5 %", "55 pp behind, red"),
        ("2 · 125 %", "45 pp ahead, green"),
        ("3 · −25 %", "55 pp behind, silent"),
        ("4 · 55 %", "on pace, away"),
        ("5", "no update yet"),
    ]


@pytest.mark.parametrize(
    ("raws", "domain"),
    [((0, 50), [0, 100]), ((-10, 50), [-10, 100]), ((-500, 50), [-25, 100]), ((0, 700), [0, 125])],
)
def test_what_is_far_beyond_stands_at_the_edge_and_points_there(
    raws: tuple[int, ...], domain: list[int]
) -> None:
    (panel,) = progress._chart(view(shown(*raws)))["concat"]
    assert panel["encoding"]["y"]["scale"]["domain"] == domain
    points = panel["layer"][-1]["data"]["values"]
    assert all(domain[0] <= one["at"] <= domain[1] for one in points)
    beyond = {"triangle-down": min(raws) < -25, "triangle-up": max(raws) > 125}
    assert {one["shape"] for one in points} - {"circle"} == {shape for shape, so in beyond.items() if so}


def test_names_and_titles_are_no_part_of_it() -> None:
    strange = standing("顾客", course=course(5, 10))
    assert draw(view(strange)) == draw(view(standing("Phone calls", course=course(5, 10))))


RAWS = st.lists(st.none() | st.integers(-(10**310), 10**310) | st.integers(-30, 130), max_size=14)


@settings(max_examples=25)
@given(st.lists(RAWS, min_size=1, max_size=4))
def test_whatever_was_said_can_be_drawn(weekly: list[list[int | None]]) -> None:
    size(draw(view(*(shown(*one) for one in weekly))))
