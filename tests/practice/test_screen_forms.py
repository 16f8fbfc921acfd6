"""What a person sees of a form and of the Home tab."""

import pytest

from bot.practice.limits import check_view
from bot.practice.screen import render_view
from tests.practice.drawn import (
    CHOICES,
    MENU,
    NAMES,
    Json,
    entry,
    leaves,
    option,
    plain,
    rich,
    section,
    words,
)

FORM: Json = {
    "type": "modal",
    "title": plain("Weekly check-in"),
    "submit": plain("Send"),
    "close": plain("Later"),
    "blocks": [
        section("*KR1 Customers who renew*\n55 % last week"),
        entry(
            {"type": "number_input", "is_decimal_allowed": True, "initial_value": "55"},
            hint=plain("The share in percent."),
        ),
        {
            "type": "input",
            "block_id": "note",
            "optional": True,
            "label": plain("What drove it"),
            "element": {
                "type": "plain_text_input",
                "multiline": True,
                "action_id": "x",
                "placeholder": plain("what helped"),
            },
        },
    ],
}


def test_a_form_at_40_cells_with_an_error_beside_its_field() -> None:
    assert check_view(FORM) == []
    shown = render_view(
        FORM,
        width=40,
        values={"kr1": {"now": {"type": "number_input", "value": "sixty"}}},
        errors={"kr1": "That is no number. Write it like 62 or 62.5."},
    )
    assert shown.split("\n") == [
        "Weekly check-in",
        "═" * 40,
        "KR1 Customers who renew",
        "55 % last week",
        "",
        "Value",
        "[ sixty                                ]",
        "⚠ That is no number. Write it like 62 or",
        "  62.5.",
        "  The share in percent.",
        "",
        "What drove it (optional)",
        "[ (what helped)                        ]",
        "═" * 40,
        "                         [Later]  [Send]",
    ]


def test_a_modal_to_read_has_only_a_way_out() -> None:
    shown = render_view({"type": "modal", "title": plain("Help"), "blocks": [section("x")]}, width=20)
    assert shown.split("\n")[-1] == "            [Cancel]"


def test_home_is_its_blocks() -> None:
    view = {"type": "home", "blocks": [section("<@U1>"), {"type": "divider"}, section("b")]}
    assert render_view(view, width=10, names=NAMES) == "@Hannah\n──────────\nb"


def test_an_alert_in_a_form() -> None:
    view = {
        "type": "modal",
        "title": plain("x"),
        "blocks": [{"type": "alert", "text": plain("Saved already")}],
    }
    assert "! Saved already" in render_view(view)


def field_lines(element: Json, value: object = ...) -> list[str]:
    """The lines of one field under its label, with what the state says of it."""
    values = None if value is ... else {"kr1": {"now": value}}
    view = {"type": "modal", "title": plain("x"), "submit": plain("y"), "blocks": [entry(element)]}
    assert check_view(view) == []
    return render_view(view, width=30, values=values, names=NAMES).split("\n")[3:-2]


BOX = {"type": "plain_text_input", "initial_value": "before", "placeholder": plain("hint")}
TICKS = {
    "type": "checkboxes",
    "options": [*CHOICES, {**option("ask for help", "h"), "description": plain("Jim reads it today")}],
}


@pytest.mark.parametrize(
    ("element", "value", "lines"),
    [
        (BOX, ..., ["[ before                     ]"]),
        (BOX, {"value": "now"}, ["[ now                        ]"]),
        (BOX, {"value": None}, ["[ (hint)                     ]"]),
        (BOX, None, ["[ (hint)                     ]"]),
        (BOX, "bare", ["[ bare                       ]"]),
        (BOX, {"value": "one\ntwo 打"}, ["[ one                        ]", "[ two 打                     ]"]),
        ({"type": "plain_text_input"}, ..., ["[                            ]"]),
        (
            {"type": "rich_text_input", "initial_value": rich(leaves(words("rich")))},
            ...,
            ["[ rich                       ]"],
        ),
        (
            {"type": "rich_text_input"},
            {"rich_text_value": rich(leaves(words("r")))},
            ["[ r                          ]"],
        ),
        (MENU, {"selected_option": CHOICES[1]}, ["[confidence 8 ▾]"]),
        (MENU, {"selected_option": None}, ["[Choose ▾]"]),
        (MENU, CHOICES[0], ["[confidence 7 ▾]"]),
        (MENU, "8", ["[confidence 8 ▾]"]),
        (
            {"type": "static_select", "option_groups": [{"label": plain("g"), "options": CHOICES}]},
            "7",
            ["[confidence 7 ▾]"],
        ),
        ({"type": "users_select"}, {"selected_user": "U1"}, ["[@Hannah ▾]"]),
        ({"type": "datepicker"}, {"selected_date": "2026-11-20"}, ["[2026-11-20 ▾]"]),
        (
            TICKS,
            {"selected_options": CHOICES[:1]},
            ["[x] confidence 7", "[ ] confidence 8", "[ ] ask for help – Jim reads", "    it today"],
        ),
        (
            TICKS,
            ["8"],
            ["[ ] confidence 7", "[x] confidence 8", "[ ] ask for help – Jim reads", "    it today"],
        ),
    ],
)
def test_a_field_shows_what_is_in_it(element: Json, value: object, lines: list[str]) -> None:
    assert field_lines(element, value) == lines


def test_the_state_of_another_field_changes_nothing() -> None:
    shown = render_view(
        {**FORM, "blocks": [FORM["blocks"][1]]}, values={"other": {"now": "1"}, "kr1": {"then": "2"}}
    )
    assert "[ 55 " in shown
