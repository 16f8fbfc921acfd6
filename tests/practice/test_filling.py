"""What Slack's client does by itself while a person fills in a form."""

from typing import Any

import pytest

from bot.practice.forms import REQUIRED, chosen, controls, held, mistakes, starting_values, with_ids
from bot.practice.ids import Ids
from tests.practice.blocks import button, buttons, field, modal, option, section, select, text_input
from tests.practice.conftest import TeeBee
from tests.practice.test_views import opened, shown

Json = dict[str, Any]


def number(**more: Any) -> Json:
    return {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, **more}


def typed_mistake(element: Json, value: str | None, **block: Any) -> str | None:
    """What is said next to a field that holds `value`."""
    blocks = with_ids([field("f", "Field", element, **block)], Ids())
    values = starting_values(blocks)
    state = values["f"][element["action_id"]]
    state["value"] = value
    return mistakes(blocks, values).get("f")


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        (text_input(), None, REQUIRED),
        (text_input(), "x", None),
        (text_input(min_length=3), "ab", "Please enter at least 3 characters."),
        (text_input(max_length=3), "abcd", "Please enter 3 characters or fewer."),
        (text_input(), "x" * 3001, "Please enter 3000 characters or fewer."),
        (number(), "7", None),
        (number(), "seven", "Please enter a valid number."),
        (number(), "NaN", "Please enter a valid number."),
        (number(), "7.5", "Please enter a whole number."),
        (number(is_decimal_allowed=True), "7.5", None),
        (number(min_value="1", max_value="10"), "0", "Please enter a number of at least 1."),
        (number(min_value="1", max_value="10"), "11", "Please enter a number of at most 10."),
        ({"type": "email_text_input", "action_id": "e"}, "hannah", "Please enter a valid email address."),
        ({"type": "email_text_input", "action_id": "e"}, "hannah@teebee.example", None),
        ({"type": "url_text_input", "action_id": "u"}, "teebee", "Please enter a valid URL."),
        ({"type": "url_text_input", "action_id": "u"}, "https://teebee.example", None),
    ],
)
def test_mistakes_are_named_before_anything_is_sent(
    element: Json, value: str | None, sentence: str | None
) -> None:
    assert typed_mistake(element, value) == sentence


def test_an_optional_field_may_stay_empty() -> None:
    assert typed_mistake(text_input(), None, optional=True) is None


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (text_input(), {"value": None}),
        (text_input(initial_value=""), {"value": None}),
        (text_input(initial_value="55"), {"value": "55"}),
        (number(initial_value="5"), {"value": "5"}),
        (select("s", "A"), {"selected_option": None}),
        (select("s", "A", initial_option=option("A", "a")), {"selected_option": option("A", "a")}),
        (
            {"type": "checkboxes", "action_id": "c", "options": [option("A", "a")]},
            {"selected_options": []},
        ),
        ({"type": "users_select", "action_id": "u", "initial_user": "U1"}, {"selected_user": "U1"}),
        ({"type": "multi_users_select", "action_id": "u"}, {"selected_users": []}),
        ({"type": "datepicker", "action_id": "d"}, {"selected_date": None}),
    ],
)
def test_a_form_starts_with_its_initial_values(element: Json, expected: Json) -> None:
    values = starting_values(with_ids([field("f", "Field", element)], Ids()))
    assert values["f"][element["action_id"]] == {"type": element["type"], **expected}


def test_buttons_hold_nothing_and_everything_gets_ids() -> None:
    go = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    blocks = with_ids([section("x"), {"type": "actions", "elements": [go, dict(go)]}], Ids())
    found = list(controls(blocks))
    assert len({control.action_id for control in found}) == 2
    assert all(block["block_id"] for block in blocks)
    assert starting_values(blocks) == {}


def test_options_are_chosen_by_text_or_value() -> None:
    one = select("s", "Red", "Green")
    many = {"type": "checkboxes", "action_id": "c", "options": one["options"]}
    grouped = {"type": "static_select", "action_id": "g", "option_groups": [{"options": one["options"]}]}
    assert chosen(one, "Green")["value"] == "green"
    assert chosen(grouped, "red")["text"]["text"] == "Red"
    assert [each["value"] for each in chosen(many, ["Red", "green"])] == ["red", "green"]
    assert chosen({"type": "users_select", "action_id": "u"}, "U1") == "U1"
    with pytest.raises(LookupError, match="Blue"):
        chosen(one, "Blue")


def test_an_empty_required_field_keeps_the_form_and_shows_why(teebee: TeeBee) -> None:
    opened(teebee, field("note", "Note", text_input()), field("mood", "Mood", select("mood", "Good")))
    outcome = teebee.hannah.submit()
    assert outcome.sent is False
    assert outcome.ok is False
    assert outcome.errors == {"note": REQUIRED, "mood": REQUIRED}
    assert teebee.hannah.view_errors() == outcome.errors
    assert teebee.slack.records[-1]["method"] == "views.open"


def test_one_line_is_one_line(teebee: TeeBee) -> None:
    opened(teebee, field("a", "One", text_input()), field("b", "Many", text_input(multiline=True)))
    teebee.hannah.fill("One", "first\nsecond")
    teebee.hannah.fill("Many", "first\nsecond")
    values = shown(teebee)["state"]["values"]
    assert held(values["a"]["typed"]) == "first second"
    assert held(values["b"]["typed"]) == "first\nsecond"


def test_fields_go_by_block_id_label_or_action_id(teebee: TeeBee) -> None:
    opened(teebee, field("mood", "How is it?", select("pick", "Good", "Bad")))
    for name in ("mood", "How is it?", "pick"):
        assert teebee.hannah.choose(name, "Bad").sent is False
    assert shown(teebee)["state"]["values"]["mood"]["pick"]["selected_option"]["value"] == "bad"
    with pytest.raises(LookupError, match="no field"):
        teebee.hannah.fill("Colour", "green")


def test_there_is_nothing_to_do_without_a_form(teebee: TeeBee) -> None:
    with pytest.raises(LookupError, match="No form"):
        teebee.hannah.submit()
    teebee.web.views_open(
        trigger_id=teebee.slack.world.triggers.new(teebee.hannah.id),
        view={key: held for key, held in modal(buttons(button("Go", "go"))).items() if key != "submit"},
    )
    with pytest.raises(LookupError, match="no button to submit"):
        teebee.hannah.submit()
    with pytest.raises(LookupError, match="holds no value"):
        teebee.hannah.fill("Go", "x")
    with pytest.raises(LookupError, match="nothing to tap"):
        teebee.hannah.tap(label="Stop")
