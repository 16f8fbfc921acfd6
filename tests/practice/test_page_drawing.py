"""Every block and element on the page: drawn with what is in it now, named for those who do not see it."""

import json
import re
from typing import Any

import pytest

from bot.practice import stack
from bot.practice.page import drawing
from bot.practice.page.scene import HOME, MESSAGES, At, Scene, Seen, gather
from tests.practice import blocks as made
from tests.practice.conftest import TeeBee

Json = dict[str, Any]
OPTIONS = [made.option("Good <b>", "good"), made.option("Bad", "bad")]


def scene(teebee: TeeBee, place: str = MESSAGES) -> Scene:
    return gather(teebee.slack.world, At(teebee.hannah.id, place), Seen(), None, ())


def message(teebee: TeeBee, *blocks: Json) -> str:
    """How a message of these blocks is drawn for Hannah."""
    teebee.web.chat_postMessage(channel=teebee.hannah.id, text="words", blocks=list(blocks))
    return str(drawing.regions(scene(teebee))["lines"])


def form(teebee: TeeBee, *blocks: Json, errors: dict[str, str] | None = None) -> str:
    """How a form of these blocks is drawn for Hannah."""
    with teebee.slack.world.changing() as world:
        source = stack.checked(world, made.modal(*blocks), "modal")
        stack.open_view(world, teebee.hannah.id, source).errors = errors or {}
    return str(drawing.regions(scene(teebee))["view"])


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"type": "header", "text": made.plain("Week <8>")}, "<h3>Week &lt;8&gt;</h3>"),
        ({"type": "divider"}, "<hr>"),
        (made.section("*fat* <@U0>"), "<p><b>fat</b> <span"),
        ({"type": "section", "fields": [made.plain("one"), made.plain("two")]}, "<p>one</p><p>two</p>"),
        ({"type": "context", "elements": [made.plain("small")]}, "<span>small</span>"),
        (
            {"type": "image", "image_url": "https://teebee.example/a.png", "alt_text": "A cup"},
            'role="img" aria-label="A cup"',
        ),
        ({"type": "markdown", "text": "**fat**"}, "<p>fat</p>"),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "KR"}], [{"type": "raw_text", "text": "1"}]]},
            "<th>KR</th></tr>\n<tr><td>1</td>",
        ),
        ({"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "a\nb"}]}]}, "<p>a<br>b</p>"),
    ],
)  # fmt: skip
def test_a_block_is_drawn(teebee: TeeBee, block: Json, expected: str) -> None:
    assert expected in message(teebee, block)


def test_a_picture_from_elsewhere_is_not_loaded(teebee: TeeBee) -> None:
    block = {"type": "image", "image_url": "https://teebee.example/a.png", "alt_text": "A cup"}
    assert "teebee.example" not in message(teebee, block)


def test_buttons_tell_what_a_tap_is_about(teebee: TeeBee) -> None:
    danger = made.button("Drop", "drop") | {"style": "danger", "confirm": {
        "title": made.plain("Sure?"), "text": made.plain("Really?"), "confirm": made.plain("Yes"),
        "deny": made.plain("No")}}  # fmt: skip
    text = message(teebee, made.buttons(made.button("Go", "go"), danger))
    assert re.search(r'data-do="tap" data-where="[\d.]+" data-block="buttons" data-action="go">Go<', text)
    assert 'class="btn danger"' in text
    asked = re.search("data-confirm='(.*?)'", text)
    assert asked
    assert json.loads(asked[1]) == {
        "title": "Sure?", "text": "Really?", "confirm": "Yes", "deny": "No", "style": "primary"
    }  # fmt: skip


def test_a_menu_beside_a_text_can_be_picked_from(teebee: TeeBee) -> None:
    more = {"type": "overflow", "action_id": "more", "options": OPTIONS}
    text = message(teebee, made.section("KR1") | {"accessory": more})
    assert re.search(r'<summary id="e-[^"]+" aria-label="More">', text)
    assert re.search(r'data-do="tap" data-choice="good" [^>]+>Good &lt;b&gt;</button>', text)


ELEMENTS: list[tuple[Json, str]] = [
    (made.text_input(initial_value="55 %"), 'value="55 %"'),
    (made.text_input(multiline=True, initial_value="\nwhy"), ">\n\nwhy</textarea>"),
    ({"type": "number_input", "action_id": "a", "is_decimal_allowed": True, "initial_value": "7"},
     'inputmode="decimal"'),
    ({"type": "email_text_input", "action_id": "a", "initial_value": "a@b.example"}, 'value="a@b.example"'),
    ({"type": "static_select", "action_id": "a", "options": OPTIONS, "initial_option": OPTIONS[1]},
     '<option value="bad" selected>Bad</option>'),
    ({"type": "static_select", "action_id": "a", "option_groups": [
        {"label": made.plain("Mood"), "options": OPTIONS}]}, '<optgroup label="Mood">'),
    ({"type": "multi_static_select", "action_id": "a", "options": OPTIONS, "initial_options": OPTIONS[:1]},
     'value="good" checked>'),
    ({"type": "multi_static_select", "action_id": "a", "option_groups": [
        {"label": made.plain("Mood"), "options": OPTIONS}]}, '<p class="rubric">Mood</p>'),
    ({"type": "multi_static_select", "action_id": "a", "options": OPTIONS, "initial_options": OPTIONS[:1],
      "max_selected_items": 1}, 'value="bad" disabled>'),
    ({"type": "multi_users_select", "action_id": "a", "initial_users": ["UGONE"]}, 'value="UGONE" checked>'),
    ({"type": "multi_channels_select", "action_id": "a"}, "<span>#elsewhere</span>"),
    ({"type": "conversations_select", "action_id": "a", "filter": {"include": ["private"]}}, ">#leads</option>"),
    ({"type": "external_select", "action_id": "a", "initial_option": OPTIONS[0]}, 'value="Good &lt;b&gt;"'),
    ({"type": "external_select", "action_id": "a"}, 'aria-controls="f-kr1-list" autocomplete="off" data-least="3"'),
    ({"type": "multi_external_select", "action_id": "a", "initial_options": OPTIONS[:1]},
     'data-value="good" aria-label="Take out Good &lt;b&gt;"'),
    ({"type": "static_select", "action_id": "a", "options": OPTIONS, "focus_on_load": True}, " data-first"),
    ({"type": "users_select", "action_id": "a"}, ">Jack</option>"),
    ({"type": "channels_select", "action_id": "a"}, ">#okrs</option>"),
    ({"type": "datepicker", "action_id": "a", "initial_date": "2026-11-20"},
     'type="date"'),
    ({"type": "timepicker", "action_id": "a", "initial_time": "10:00"}, 'value="10:00"'),
    ({"type": "datetimepicker", "action_id": "a", "initial_date_time": 1795140000}, 'value="2026-11-20T10:00"'),
    ({"type": "checkboxes", "action_id": "a", "options": OPTIONS, "initial_options": OPTIONS[:1]},
     'value="good" checked>'),
    ({"type": "radio_buttons", "action_id": "a", "options": OPTIONS, "initial_option": OPTIONS[1]},
     'value="bad" checked>'),
]  # fmt: skip


@pytest.mark.parametrize(("element", "expected"), ELEMENTS)
def test_a_field_is_named_and_shows_what_is_in_it(teebee: TeeBee, element: Json, expected: str) -> None:
    text = form(teebee, made.field("kr1", "Where is it?", element, optional=True))
    assert expected in text
    named = "<legend>Where is it?" if "<fieldset" in text else '<label for="f-kr1">Where is it?'
    assert named in text
    assert 'id="f-kr1"' in text
    assert 'data-block="kr1"' in text


def test_a_group_of_boxes_with_an_error_says_so(teebee: TeeBee) -> None:
    boxes = {"type": "checkboxes", "action_id": "a", "options": OPTIONS}
    text = form(teebee, made.field("kr1", "Which?", boxes), errors={"kr1": "Choose one."})
    assert '<fieldset class="field wrong" aria-describedby="f-kr1-error">' in text


def test_what_the_page_cannot_draw_is_said(teebee: TeeBee) -> None:
    rich = {"type": "rich_text_input", "action_id": "a"}
    assert "rich_text_input" in form(teebee, made.field("kr1", "Which?", rich))


def test_a_field_that_calls_at_every_sign_says_so(teebee: TeeBee) -> None:
    config = {"trigger_actions_on": ["on_character_entered"]}
    typed = made.text_input(dispatch_action_config=config)
    assert 'data-dispatch="on_character_entered"' in form(
        teebee, made.field("kr1", "Search", typed, dispatch_action=True)
    )


def test_a_filter_leaves_out_what_it_does_not_include(teebee: TeeBee) -> None:
    menu = {"type": "conversations_select", "action_id": "a", "filter": {"include": ["public"]}}
    text = form(teebee, made.field("kr1", "Where?", menu))
    assert ">#okrs<" in text
    assert ">#leads<" not in text
    assert ">Jack<" not in text


def test_an_uploaded_picture_is_shown_in_a_form(teebee: TeeBee) -> None:
    block = {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "KR1 rises"}
    assert '<img src="/picture/F1" alt="KR1 rises">' in form(teebee, block)


def test_who_came_and_went_stands_between_the_messages(teebee: TeeBee) -> None:
    teebee.jim.join("okrs")
    text = str(drawing.regions(scene(teebee, teebee.okrs))["lines"])
    assert "Jim joined" in text
    assert "<article" not in text


def test_people_of_a_channel_and_who_could_be_stand_in_its_head(teebee: TeeBee) -> None:
    gone = teebee.slack.add_person("Gone", deleted=True)
    drawn = drawing.regions(scene(teebee, teebee.okrs))
    assert 'aria-label="Remove Jack"' in drawn["head"]
    assert f'data-user="{teebee.jim.id}">Add Jim<' in drawn["head"]
    assert gone not in drawn["head"]
    assert ">2 people and Bot<" in drawn["head"]
    assert f'data-channel="{teebee.elsewhere}"' in drawn["doors"]
    teebee.hannah.remove(teebee.slack.bot_user_id, "okrs")
    assert ">2 people<" in drawing.regions(scene(teebee, teebee.okrs))["head"]


def test_an_alert_stands_out_in_a_form(teebee: TeeBee) -> None:
    block = {"type": "alert", "text": made.plain("Look out"), "level": "warning"}
    field = made.field("kr1", "Which?", made.text_input())
    assert '<p class="alert"><strong>Note</strong> Look out' in form(teebee, block, field)


def test_a_home_that_nobody_has_published_is_waited_for(teebee: TeeBee) -> None:
    assert "getting this ready" in drawing.regions(scene(teebee, HOME))["home"]
    teebee.web.views_publish(user_id=teebee.hannah.id, view=made.home(made.section("Your OKRs")))
    assert "Your OKRs" in drawing.regions(scene(teebee, HOME))["home"]


def test_reactions_show_who_is_among_them(teebee: TeeBee) -> None:
    ts = teebee.hannah.say("Done")
    teebee.hannah.react(ts, "tada")
    text = str(drawing.regions(scene(teebee))["lines"])
    assert 'aria-pressed="true" aria-label="tada, 1">🎉 1<' in text


def test_ones_own_message_can_be_edited_as_it_was_typed(teebee: TeeBee) -> None:
    teebee.hannah.say("Ask @Jack & *now* <b>")
    assert ">\nAsk @Jack &amp; *now* &lt;b&gt;</textarea>" in drawing.regions(scene(teebee))["lines"]
