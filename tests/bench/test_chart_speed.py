"""What drawing a chart takes, once the first one has been drawn."""

import statistics
import time

import pytest

from bot.charts.progress import draw
from bot.okr.chart import ChartView, Panel
from bot.okr.defaults import PANELS_MOST
from tests.slack.samples import FRIDAY, QUARTER, course, standing

pytestmark = pytest.mark.bench

TIMES = 20
LONGEST_SECONDS = 1.0


@pytest.mark.parametrize("count", [1, 6, PANELS_MOST])
def test_how_long_a_chart_takes(count: int) -> None:
    panels = tuple(
        Panel(number, standing(course=course(*range(8))), "Jack") for number in range(1, count + 1)
    )
    view = ChartView("TeeBee", 8, 13, *QUARTER, FRIDAY, panels)
    size = len(draw(view))
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        draw(view)
        took.append(time.perf_counter() - begun)
    median = statistics.median(took)
    print(f"\n{count} panels: {median * 1000:.0f} ms (median), {size / 1000:.0f} kB")  # noqa: T201  # what it is for
    assert median < LONGEST_SECONDS
