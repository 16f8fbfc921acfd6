"""What a person sees of a message, at a terminal's and a phone's width."""

import pytest

from bot.practice.screen import render_message, visible_text
from tests.practice.drawn import (
    CHOICES,
    MENU,
    Json,
    actions,
    button,
    entry,
    leaves,
    mrkdwn,
    plain,
    rich,
    section,
    seen,
    table,
    words,
)


def test_a_message_at_60_cells() -> None:
    assert seen(
        {"type": "header", "text": plain("TeeBee · week 8 of 13")},
        {"type": "context", "elements": [mrkdwn("Fri 20 Nov · <#C1>"), plain("2 of 3")]},
        section(
            "*KR1 Customers who renew*\n55 % → 62 % of 70 %, a little behind. <@U1> says: five lapsed, two chains signed",
            accessory=button("Correct this"),
        ),
        {
            "type": "section",
            "fields": [mrkdwn("*Value*\n62 %"), mrkdwn("*Confidence*\n7"), mrkdwn("*Gap*\n−3 points")],
        },
        {"type": "divider"},
        actions(button("Check in"), button("All unchanged", "u")),
    ) == [
        "TeeBee · week 8 of 13",
        "═════════════════════",
        "Fri 20 Nov · #okrs  2 of 3",
        "",
        "KR1 Customers who renew                       [Correct this]",
        "55 % → 62 % of 70 %, a little behind.",
        "@Hannah says: five lapsed, two chains signed",
        "",
        "Value                          Confidence",
        "62 %                           7",
        "Gap",
        "−3 points",
        "─" * 60,
        "[Check in]  [All unchanged]",
    ]


def test_a_message_at_a_phone_s_40_cells() -> None:
    lines = seen(
        section("*KR1 Customers who renew* is at 62 % of 70 %", accessory=button("Correct this")),
        {"type": "section", "fields": [mrkdwn("*Value*\n62 %"), mrkdwn("*Gap*\n−3 points")]},
        actions(button("Check in"), button("All unchanged", "u"), button("Skip this week", "s")),
        width=40,
    )
    assert lines == [
        "KR1 Customers who renew is at 62 % of 70",
        "%",
        "[Correct this]",
        "",
        "Value",
        "62 %",
        "Gap",
        "−3 points",
        "[Check in]  [All unchanged]",
        "[Skip this week]",
    ]


def test_a_large_accessory_goes_below() -> None:
    assert seen(section("Short", accessory=button("Open the form for all key results"))) == [
        "Short",
        "[Open the form for all key results]",
    ]


def test_a_section_of_fields_may_have_an_accessory() -> None:
    shown = seen({"type": "section", "fields": [plain("a"), plain("b")], "accessory": button("Go")}, width=60)
    assert shown == ["[Go]", "a" + " " * 30 + "b"]


def test_a_button_wider_than_the_screen_wraps() -> None:
    assert seen(actions(button("Check in for all of it now")), width=20) == [
        "[Check in for all of",
        "it now]",
    ]


@pytest.mark.parametrize(
    ("element", "line"),
    [
        (MENU, "[Choose ▾]"),
        ({**MENU, "placeholder": plain("confidence")}, "[confidence ▾]"),
        ({**MENU, "initial_option": CHOICES[0]}, "[confidence 7 ▾]"),
        (
            {"type": "multi_static_select", "options": CHOICES, "initial_options": CHOICES},
            "[confidence 7, confidence 8 ▾]",
        ),
        ({"type": "users_select", "initial_user": "U1"}, "[@Hannah ▾]"),
        ({"type": "multi_users_select", "initial_users": ["U1", "U9"]}, "[@Hannah, @U9 ▾]"),
        ({"type": "channels_select", "initial_channel": "C1"}, "[#okrs ▾]"),
        ({"type": "conversations_select", "initial_conversation": "U2"}, "[@Jack ▾]"),
        ({"type": "conversations_select", "initial_conversation": "C2"}, "[#general ▾]"),
        ({"type": "datepicker", "initial_date": "2026-11-20"}, "[2026-11-20 ▾]"),
        ({"type": "timepicker", "initial_time": "10:00"}, "[10:00 ▾]"),
        ({"type": "datetimepicker", "initial_date_time": 1763600000}, "[2025-11-20 00:53 UTC ▾]"),
        ({"type": "overflow", "options": CHOICES}, "[⋯ confidence 7 | confidence 8]"),
        (
            {"type": "checkboxes", "options": CHOICES, "initial_options": CHOICES[:1]},
            "[x] confidence 7  [ ] confidence 8",
        ),
        (
            {"type": "radio_buttons", "options": CHOICES, "initial_option": CHOICES[1]},
            "( ) confidence 7  (•) confidence 8",
        ),
    ],
)
def test_an_element_shows_what_is_chosen(element: Json, line: str) -> None:
    assert seen(actions(element)) == [line]


def test_images_are_told_by_their_alt_text() -> None:
    picture = {"type": "image", "image_url": "https://teebee.example/a.png", "alt_text": "KR1 rises"}
    assert seen({**picture, "title": plain("Progress")}) == ["Progress", "(image: KR1 rises)"]
    assert seen({**picture}, {"type": "context", "elements": [picture, plain("x")]}) == [
        "(image: KR1 rises)",
        "(image: KR1 rises)  x",
    ]


def test_rich_text_is_drawn_with_its_structure() -> None:
    item = leaves(words("call the five restaurants that lapsed"))
    block = rich(
        leaves(words("Next week", bold=True), words(": "), {"type": "user", "user_id": "U1"}, words("\n")),
        {"type": "rich_text_list", "style": "bullet", "elements": [item, leaves(words("two"))]},
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "elements": [item]},
        {"type": "rich_text_quote", "elements": [words("kept as it was said and typed")]},
        {"type": "rich_text_preformatted", "elements": [words("a\n  b")]},
    )
    assert seen(block, width=24) == [
        "Next week: @Hannah",
        "• call the five",
        "  restaurants that",
        "  lapsed",
        "• two",
        "   3. call the five",
        "      restaurants that",
        "      lapsed",
        "> kept as it was said",
        "> and typed",
        "  a",
        "    b",
    ]


@pytest.mark.parametrize(
    ("leaf", "shown"),
    [
        (words("<!channel> *x* &amp;"), "<!channel> *x* &amp;"),
        (words("58", strike=True), "~58~"),
        ({"type": "channel", "channel_id": "C1"}, "#okrs"),
        ({"type": "usergroup", "usergroup_id": "S1"}, "@S1"),
        ({"type": "team", "team_id": "T1"}, "@T1"),
        ({"type": "broadcast", "range": "here"}, "@here"),
        ({"type": "emoji", "name": "tea"}, ":tea:"),
        ({"type": "emoji", "name": "tea", "unicode": "1f375"}, "🍵"),
        ({"type": "emoji", "name": "thumbsup", "unicode": "1f44d-1f3fd"}, "👍🏽"),
        ({"type": "emoji", "name": "odd", "unicode": "none"}, ":odd:"),
        ({"type": "date", "timestamp": 1763600000, "format": "{date}", "fallback": "Friday"}, "Friday"),
        ({"type": "date", "timestamp": 1763600000, "format": "{date}"}, "2025-11-20 00:53 UTC"),
        ({"type": "color", "value": "#c00"}, "#c00"),
        ({"type": "link", "url": "https://teebee.example"}, "https://teebee.example"),
        ({"type": "link", "url": "https://teebee.example", "text": "the list"}, "the list"),
    ],
)
def test_a_leaf_of_rich_text_shows(leaf: Json, shown: str) -> None:
    assert seen(rich(leaves(leaf))) == [shown]


def test_a_table_is_aligned_by_cells() -> None:
    assert seen(table(("KR", "Now"), ("客户", "62 %"), ("Lead time", "9 d"))) == [
        "KR        │ Now",
        "──────────┼─────",
        "客户      │ 62 %",
        "Lead time │ 9 d",
    ]


def test_a_table_wider_than_the_screen_becomes_a_list() -> None:
    assert seen(
        table(("KR", "What is in the way"), ("Customers", "five lapsed in spring", "more")), width=24
    ) == [
        "• KR: Customers",
        "  What is in the way:",
        "    five lapsed in",
        "    spring",
        "  more",
    ]
    assert seen(table(("one heading", "and another")), width=20) == ["one heading and", "another"]


def test_cells_of_a_table_may_be_rich() -> None:
    row = [
        rich(leaves(words("a"))),
        rich({"type": "rich_text_list", "style": "bullet", "elements": [leaves(words("b"))]}),
    ]
    block = {"type": "table", "rows": [row, row]}
    assert seen(block) == ["a │ b", "──┼──", "a │ b"]
    assert visible_text([block], "") == "a b\na b"


def test_fields_in_a_message_are_words_too() -> None:
    assert visible_text([entry({"type": "plain_text_input", "initial_value": "62"})], "") == "Value\n62"


def test_markdown_reads_as_words() -> None:
    assert seen(
        {"type": "markdown", "text": "## Week 8\n**KR1** is _fine_, see [the list](https://teebee.example)"}
    ) == [
        "Week 8",
        "KR1 is fine, see the list",
    ]


def test_an_unknown_block_is_named_rather_than_lost() -> None:
    assert render_message([{"type": "carousel"}], "") == "(carousel)"


def test_visible_text_is_not_wrapped() -> None:
    long = "word " * 40 + "end"
    blocks = [
        {"type": "header", "text": plain("Week 8")},
        section(long, accessory=button("Go")),
        {"type": "divider"},
        {"type": "section", "fields": [plain("a"), plain("b")]},
        rich({"type": "rich_text_list", "style": "bullet", "elements": [leaves(words("item"))]}),
        actions(button("Check in"), button("Skip", "s")),
    ]
    assert visible_text(blocks, "") == f"Week 8\n{long}\n[Go]\na\nb\nitem\n[Check in] [Skip]"
