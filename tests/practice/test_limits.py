"""Every limit of a block at its edge and one past it, on each surface where it holds."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.practice.limits import Problem, check_blocks
from bot.practice.limits.blocks import Surface
from tests.practice.payloads import (
    EVERYWHERE,
    Json,
    actions,
    asking,
    bullets,
    button,
    entry,
    image,
    menu,
    mrkdwn,
    number,
    option,
    options,
    paragraph,
    plain,
    section,
    table,
    typing,
)

MESSAGE: tuple[Surface, ...] = ("message",)
MODAL: tuple[Surface, ...] = ("modal",)


@dataclass(frozen=True)
class Row:
    """One limit: what is built with `edge` is taken, with one more (or one less) refused at `where`."""

    name: str
    build: Callable[[int], Json]  # one block of that size
    edge: int
    where: str  # under the block
    surfaces: tuple[Surface, ...] = EVERYWHERE
    step: int = 1


def characters(at_least_one: str, build: Callable[[str], Json], most: int, where: str) -> list[Row]:
    """Both edges of a text: one character and the most."""
    return [
        Row(f"{at_least_one}, longest", lambda size: build("x" * size), most, where),
        Row(f"{at_least_one}, empty", lambda size: build("x" * size), 1, where, step=-1),
    ]


def longest(name: str, build: Callable[[str], Json], most: int, where: str) -> list[Row]:
    return [Row(f"{name}, longest", lambda size: build("x" * size), most, where)]


def counted(name: str, build: Callable[[int], Json], most: int, where: str) -> list[Row]:
    return [Row(f"{name}, most", build, most, where), Row(f"{name}, none", build, 1, where, step=-1)]


ROWS: list[Row] = [
    *characters("section text", lambda s: section(text=mrkdwn(s)), 3000, "/text/text"),
    *characters("section plain text", lambda s: section(text=plain(s)), 3000, "/text/text"),
    *characters("section field", lambda s: section(fields=[mrkdwn(s)]), 2000, "/fields/0/text"),
    *counted("section fields", lambda n: section(fields=[plain()] * n), 10, "/fields"),
    *characters("header", lambda s: {"type": "header", "text": plain(s)}, 150, "/text/text"),
    *counted("context elements", lambda n: {"type": "context", "elements": [plain()] * n}, 10, "/elements"),
    *characters(
        "context text", lambda s: {"type": "context", "elements": [mrkdwn(s)]}, 3000, "/elements/0/text"
    ),
    *counted("actions", lambda n: actions(*[button()] * n), 25, "/elements"),
    *characters("button text", lambda s: actions(button(text=plain(s))), 75, "/elements/0/text/text"),
    *longest("button value", lambda s: actions(button(value=s)), 2000, "/elements/0/value"),
    *characters("button url", lambda s: actions(button(url=s)), 3000, "/elements/0/url"),
    *longest(
        "accessibility label",
        lambda s: actions(button(accessibility_label=s)),
        75,
        "/elements/0/accessibility_label",
    ),
    *longest("action_id", lambda s: actions(button(action_id=s)), 255, "/elements/0/action_id"),
    *longest("block_id", lambda s: section(block_id=s), 255, "/block_id"),
    *characters(
        "option text",
        lambda s: actions(menu(options=[option(text=plain(s))])),
        75,
        "/elements/0/options/0/text/text",
    ),
    *characters(
        "option value", lambda s: actions(menu(options=[option(s)])), 150, "/elements/0/options/0/value"
    ),
    *characters(
        "option description",
        lambda s: actions(menu(options=[option(description=plain(s))])),
        75,
        "/elements/0/options/0/description/text",
    ),
    *counted("select options", lambda n: actions(menu(options=options(n))), 100, "/elements/0/options"),
    *counted(
        "option groups",
        lambda n: actions(
            {"type": "static_select", "option_groups": [{"label": plain(), "options": options(1)}] * n}
        ),
        100,
        "/elements/0/option_groups",
    ),
    *counted(
        "options in a group",
        lambda n: actions(
            {"type": "static_select", "option_groups": [{"label": plain(), "options": options(n)}]}
        ),
        100,
        "/elements/0/option_groups/0/options",
    ),
    *characters(
        "group label",
        lambda s: actions(
            {"type": "static_select", "option_groups": [{"label": plain(s), "options": options(1)}]}
        ),
        75,
        "/elements/0/option_groups/0/label/text",
    ),
    *counted(
        "checkboxes",
        lambda n: actions({"type": "checkboxes", "options": options(n)}),
        10,
        "/elements/0/options",
    ),
    *counted(
        "radio buttons",
        lambda n: section(accessory={"type": "radio_buttons", "options": options(n)}),
        10,
        "/accessory/options",
    ),
    *counted(
        "overflow",
        lambda n: section(accessory={"type": "overflow", "options": options(n)}),
        5,
        "/accessory/options",
    ),
    *characters(
        "overflow url",
        lambda s: section(accessory={"type": "overflow", "options": [option(url=s)]}),
        3000,
        "/accessory/options/0/url",
    ),
    *characters("confirm title", lambda s: asking(title=plain(s)), 100, "/elements/0/confirm/title/text"),
    *characters("confirm text", lambda s: asking(text=mrkdwn(s)), 300, "/elements/0/confirm/text/text"),
    *characters("confirm yes", lambda s: asking(confirm=plain(s)), 30, "/elements/0/confirm/confirm/text"),
    *characters("confirm no", lambda s: asking(deny=plain(s)), 30, "/elements/0/confirm/deny/text"),
    *characters(
        "placeholder of a field", lambda s: typing(placeholder=plain(s)), 150, "/element/placeholder/text"
    ),
    *characters(
        "placeholder of a menu",
        lambda s: actions(menu(placeholder=plain(s))),
        150,
        "/elements/0/placeholder/text",
    ),
    *characters("label", lambda s: entry({"type": "plain_text_input"}, label=plain(s)), 2000, "/label/text"),
    *characters("hint", lambda s: entry({"type": "plain_text_input"}, hint=plain(s)), 2000, "/hint/text"),
    *longest("what a field begins with", lambda s: typing(initial_value=s), 3000, "/element/initial_value"),
    Row("max_length, most", lambda n: typing(max_length=n), 3000, "/element/max_length"),
    Row("max_length, least", lambda n: typing(max_length=n), 1, "/element/max_length", step=-1),
    Row("min_length, most", lambda n: typing(min_length=n), 3000, "/element/min_length"),
    Row("min_length, least", lambda n: typing(min_length=n), 0, "/element/min_length", step=-1),
    Row(
        "beginning within max_length",
        lambda n: typing(initial_value="x" * n, max_length=7),
        7,
        "/element/initial_value",
    ),
    Row(
        "beginning within min_length",
        lambda n: typing(initial_value="x" * n, min_length=3),
        3,
        "/element/initial_value",
        step=-1,
    ),
    Row(
        "min_length within max_length", lambda n: typing(min_length=n, max_length=9), 9, "/element/min_length"
    ),
    Row(
        "number within max_value",
        lambda n: number(initial_value=str(n), max_value="70"),
        70,
        "/element/initial_value",
    ),
    Row(
        "number within min_value",
        lambda n: number(initial_value=str(n), min_value="-5"),
        -5,
        "/element/min_value",
        step=-1,
    ),
    Row(
        "min_value within max_value",
        lambda n: number(min_value=str(n), max_value="9"),
        9,
        "/element/min_value",
    ),
    Row(
        "chosen within max_selected_items",
        lambda n: section(
            accessory={"type": "multi_users_select", "max_selected_items": 2, "initial_users": ["U1"] * n}
        ),
        2,
        "/accessory/initial_users",
    ),
    *characters("alt text", lambda s: image(alt_text=s), 2000, "/alt_text"),
    *characters("image title", lambda s: image(title=plain(s)), 2000, "/title/text"),
    Row("image url", lambda n: image(image_url="https://" + "x" * (n - 8)), 3000, "/image_url"),
    Row("list indent, most", lambda n: bullets(indent=n), 8, "/elements/0/indent"),
    Row("list indent, least", lambda n: bullets(indent=n), 0, "/elements/0/indent", step=-1),
    Row("list border", lambda n: bullets(border=n), 1, "/elements/0/border"),
    Row(
        "rich text leaf",
        lambda n: paragraph({"type": "text", "text": "x" * n}),
        1,
        "/elements/0/elements/0/text",
        step=-1,
    ),
    Row("rows of a table", lambda n: table(rows=n), 100, "/rows", ("message", "home")),
    Row("no row in a table", lambda n: table(rows=n), 1, "/rows", ("message", "home"), step=-1),
    Row("columns of a table", lambda n: table(columns=n), 20, "/rows/0", ("message", "home")),
    Row("settings of columns", lambda n: table(column_settings=[{}] * n), 20, "/column_settings", MESSAGE),
    Row("empty cell", lambda n: table(text="x" * n), 1, "/rows/0/0/text", ("message", "home"), step=-1),
    Row("characters in a table", lambda n: table(text="x" * n), 10_000, "/rows", ("message", "home")),
    Row("markdown", lambda n: {"type": "markdown", "text": "x" * n}, 12_000, "/text", MESSAGE),
    Row("no markdown", lambda n: {"type": "markdown", "text": "x" * n}, 1, "/text", MESSAGE, step=-1),
    Row("alert", lambda n: {"type": "alert", "text": plain("x" * n)}, 3000, "/text/text", MODAL),
]
CASES = [
    pytest.param(row, surface, id=f"{row.name} on {surface}") for row in ROWS for surface in row.surfaces
]


@pytest.mark.parametrize(("row", "surface"), CASES)
def test_a_limit_takes_its_edge(row: Row, surface: Surface) -> None:
    assert check_blocks([row.build(row.edge)], surface) == []


@pytest.mark.parametrize(("row", "surface"), CASES)
def test_one_past_a_limit_is_refused_at_its_place(row: Row, surface: Surface) -> None:
    past = check_blocks([{"type": "divider"}, row.build(row.edge + row.step)], surface)
    assert [problem.where for problem in past] == [f"/blocks/1{row.where}"]


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_holds_so_many_blocks(surface: Surface, most: int) -> None:
    assert check_blocks([{"type": "divider"}] * most, surface) == []
    assert check_blocks([{"type": "divider"}] * (most + 1), surface) == [
        Problem("/blocks", f"no more than {most} items allowed")
    ]
