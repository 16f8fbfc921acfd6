"""The progress of key results against their pace: small panels in one picture, made to be seen on a phone.

Labelled by numbers only: names stand in the words beside it. No colour says anything alone.
"""

from datetime import date
from typing import Final

from bot.charts.style import (
    BLUE,
    CARD,
    EDGE,
    FONT,
    GREY,
    INK,
    LETTERS,
    LINES,
    PALE,
    SMALL_LETTERS,
    VERMILLION,
    Json,
    png,
    title_style,
)
from bot.okr.chart import ChartView, Panel
from bot.okr.course import Course
from bot.okr.health import Health
from bot.okr.numbers.values import format_percent

WIDTH: Final = 360
"""Of the picture, in points; a point is `style.SCALE` pixels."""
PANEL_HEIGHT: Final = 84
ONLY_PANEL_HEIGHT: Final = 150
AXIS, BETWEEN = 53, 14
"""Points that the labels up the side and the room between panels take."""

LOWEST, HIGHEST = -25, 125
"""What is beyond stands at the edge, as a triangle that points there."""

_COLOURS: Final = {Health.RED: VERMILLION, Health.YELLOW: VERMILLION, Health.SILENT: VERMILLION}
_WORDS: Final = {Health.NO_DATA: "no update yet"}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def draw(view: ChartView) -> bytes:
    """A PNG, as `style.png` makes it."""
    return png(_chart(view))


def _chart(view: ChartView) -> Json:
    columns = min(2, len(view.panels))
    last_row = len(view.panels) - columns
    return {
        "title": {
            "text": f"Week {view.week} of {view.weeks}",
            "subtitle": ["thick: progress; dashes: pace; upright: today", *_more(view)],
            "anchor": "start",
            "offset": 12,
        },
        "padding": EDGE,
        "columns": columns,
        "spacing": {"row": 16, "column": BETWEEN},
        "concat": [
            _panel(panel, view, left=place % columns == 0, below=place >= last_row)
            for place, panel in enumerate(view.panels)
        ],
        "config": _config(),
    }


def _more(view: ChartView) -> list[str]:
    return [f"{view.more} more are not drawn"] if view.more else []


def _config() -> Json:
    return {
        "background": CARD,
        "font": FONT,
        "view": {"stroke": LINES},
        "title": title_style(),
        "axis": {
            "domain": False,
            "gridColor": LINES,
            "labelColor": PALE,
            "labelFontSize": SMALL_LETTERS,
            "tickColor": LINES,
            "titleColor": PALE,
            "titleFontSize": SMALL_LETTERS,
            "titleFontWeight": "normal",
        },
    }


def _panel(panel: Panel, view: ChartView, *, left: bool, below: bool) -> Json:
    """`left` and `below`: whether the axes of the whole are labelled here."""
    columns = min(2, len(view.panels))
    course = panel.standing.course
    return {
        "width": (WIDTH - 2 * EDGE - AXIS - BETWEEN * (columns - 1)) // columns,
        "height": PANEL_HEIGHT if columns > 1 else ONLY_PANEL_HEIGHT,
        "title": {
            "text": _head(panel),
            "subtitle": _standing(panel),
            "anchor": "start",
            "frame": "group",
            "fontSize": LETTERS,
            "subtitleColor": INK,
            "offset": 4,
        },
        "layer": [
            _day(view),
            _pace(course, view),
            *_progress(course, view, _COLOURS.get(panel.standing.health, _calm(panel))),
        ],
        "encoding": {"x": _weeks(view, labels=below), "y": _percents(view, labels=left)},
    }


def _calm(panel: Panel) -> str:
    return BLUE if panel.standing.health is Health.GREEN else GREY


def _head(panel: Panel) -> str:
    """ "1 · 5 %"; the number alone without an update."""
    raw = panel.standing.raw
    return str(panel.number) if raw is None else f"{panel.number} · {format_percent(raw)}"


def _standing(panel: Panel) -> str:
    """ "50 pp behind, red"."""
    standing = panel.standing
    word = _WORDS.get(standing.health, standing.health.value)
    if standing.update is None:
        return word
    if standing.gap == 0:
        return f"on pace, {word}"
    way = "behind" if standing.gap > 0 else "ahead"
    return f"{abs(standing.gap)} pp {way}, {word}"


def _day(view: ChartView) -> Json:
    return {
        "data": {"values": [{"day": _days(view, view.on)}]},
        "mark": {"type": "rule", "color": PALE, "strokeWidth": 1, "opacity": 0.5},
        "encoding": {"y": None},
    }


def _pace(course: Course, view: ChartView) -> Json:
    """Straight, or through the points where it bends."""
    points = [(course.starts, 0), *course.through, (course.ends, 100)]
    return {
        "data": {"values": [{"day": _days(view, day), "at": at} for day, at in points]},
        "mark": {"type": "line", "color": INK, "strokeWidth": 1.5, "strokeDash": [4, 4]},
    }


def _progress(course: Course, view: ChartView, colour: str) -> list[Json]:
    """A line through what was said, and a point where it was said: weeks without stay bare."""
    said = [
        {"day": _days(view, one.on), "at": min(max(one.raw, LOWEST), HIGHEST), "shape": _shape(one.raw)}
        for one in course.readings
        if view.starts <= one.on <= view.ends
    ]
    shapes = ["circle", "triangle-up", "triangle-down"]
    return [
        {
            "data": {"values": said},
            "mark": {"type": "line", "color": colour, "strokeWidth": 3, "strokeCap": "round"},
        },
        {
            "data": {"values": said},
            "mark": {"type": "point", "color": colour, "filled": True, "opacity": 1, "size": 42},
            "encoding": {
                "shape": {
                    "field": "shape",
                    "type": "nominal",
                    "scale": {"domain": shapes, "range": shapes},
                    "legend": None,
                }
            },
        },
    ]


def _shape(raw: int) -> str:
    if raw > HIGHEST:
        return "triangle-up"
    return "triangle-down" if raw < LOWEST else "circle"


def _weeks(view: ChartView, *, labels: bool) -> Json:
    """Across: days since the first one, labelled by weeks from 1."""
    weeks = max(1, (_days(view, view.ends) + 6) // 7)
    every = max(1, round(weeks / 4))
    axis: Json = {"values": [7 * week for week in range(0, weeks, every)], "labels": labels}
    since = f"{view.starts.day} {_MONTHS[view.starts.month - 1]}"
    return {
        "field": "day",
        "type": "quantitative",
        "scale": {"domain": [0, max(1, _days(view, view.ends))], "nice": False},
        "axis": axis
        | {
            "labelExpr": "datum.value / 7 + 1",
            "title": f"week, from {since}" if labels else None,
            "grid": False,
        },
    }


def _percents(view: ChartView, *, labels: bool) -> Json:
    """Up: percent of the way. All panels have the same, which reaches as far as any of them needs."""
    raws = [one.raw for panel in view.panels for one in panel.standing.course.readings]
    domain = [max(LOWEST, min([0, *raws])), min(HIGHEST, max([100, *raws]))]
    return {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": {
            "values": [0, 50, 100],
            "labelFlush": True,
            "labels": labels,
            "ticks": labels,
            "labelExpr": "datum.value + ' %'",
            "title": None,
        },
    }


def _days(view: ChartView, day: date) -> int:
    return (day - view.starts).days
