"""The tree of objectives as bars: how far each has come, and how far it should be by today.

Labelled by numbers only; teams are told apart by the room between them. Colours say nothing that the word
beside the bar does not.
"""

from typing import Final

from bot.charts.style import (
    BLUE,
    CARD,
    EDGE,
    FONT,
    GREY,
    INK,
    LINES,
    PALE,
    SMALL_LETTERS,
    VERMILLION,
    Json,
    png,
    title_style,
)
from bot.okr.alignment.views import TreeObjective, TreeView
from bot.okr.health import Health

BARS_MOST: Final = 40
BAR, ROOM, INDENT = 15, 24, 10
"""Points: a bar's height, a row's, and how much farther in a level begins."""
WIDTH, WORDS = 200, 104
"""Of the bars, and of the words beside them."""
DEEPEST: Final = 5
_COLOURS: Final = {
    Health.RED: VERMILLION,
    Health.SILENT: VERMILLION,
    Health.YELLOW: "#e69f00",
    Health.GREEN: BLUE,
}
_WORDS: Final = {Health.NO_DATA: "no update"}


def draw(view: TreeView) -> bytes:
    """A PNG, as `style.png` makes it."""
    return png(chart(view))


def chart(view: TreeView) -> Json:
    rows = _rows(view)
    height = ROOM * (1 + max(row["place"] for row in rows))
    left = len(view.every()) - len(rows)
    more = [f"{left} more are not drawn"] if left > 0 else []
    across: Json = {"type": "quantitative", "scale": {"domain": [0, 100], "nice": False}}
    down: Json = {
        "field": "place",
        "type": "quantitative",
        "scale": {"domain": [-0.5, height / ROOM - 0.5], "reverse": True, "nice": False},
        "axis": None,
    }
    return {
        "title": {
            "text": "Progress by objective",
            "subtitle": ["bar: progress; upright: expected by today", *more],
            "anchor": "start",
            "offset": 10,
        },
        "padding": EDGE,
        "width": WIDTH,
        "height": height,
        "data": {"values": rows},
        "encoding": {"y": down},
        "layer": [
            _bar({"datum": 100}, LINES, across),
            _bar({"field": "progress"}, None, across),
            {
                "mark": {"type": "tick", "color": INK, "thickness": 2, "size": BAR + 6},
                "encoding": {"x": {"field": "expected"} | across},
            },
            _text("label", {"align": "right", "dx": -6, "fontWeight": "bold"}, {"value": 0}),
            _text("said", {"align": "left", "dx": 6}, {"value": WIDTH}),
        ],
        "config": _config(),
    }


def _rows(view: TreeView) -> list[Json]:
    rows: list[Json] = []
    place = -1
    for team in view.teams:
        place += bool(rows) and bool(team.every())
        for one in team.every():
            if len(rows) < BARS_MOST:
                place += 1
                rows.append(_row(one, place, min(team.depth, DEEPEST)))
    return rows


def _row(one: TreeObjective, place: int, depth: int) -> Json:
    health = one.health or Health.NO_DATA
    word = _WORDS.get(health, health.value)
    said = word if one.progress is None else f"{one.progress} %, {word}"
    return {
        "place": place,
        "label": f"{'· ' * depth}{one.number}",
        "progress": one.progress or 0,
        "expected": one.expected,
        "colour": _COLOURS.get(health, GREY),
        "said": said,
    }


def _bar(x: Json, colour: str | None, across: Json) -> Json:
    encoding: Json = {"x": x | across | {"axis": _axis()}, "x2": {"datum": 0}}
    if colour is None:
        encoding["color"] = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "mark": {"type": "bar", "height": BAR, "cornerRadius": 2} | ({"color": colour} if colour else {}),
        "encoding": encoding,
    }


def _text(field: str, how: Json, x: Json) -> Json:
    mark = {"type": "text", "baseline": "middle", "color": INK, "fontSize": SMALL_LETTERS, "font": FONT}
    return {"mark": mark | how, "encoding": {"text": {"field": field}, "x": x}}


def _axis() -> Json:
    return {
        "values": [0, 50, 100],
        "labelExpr": "datum.value + ' %'",
        "title": None,
        "grid": False,
        "orient": "top",
    }


def _config() -> Json:
    return {
        "background": CARD,
        "font": FONT,
        "view": {"stroke": None},
        "title": title_style(),
        "axis": {
            "domain": False,
            "labelColor": PALE,
            "labelFontSize": SMALL_LETTERS,
            "ticks": False,
        },
    }
