"""What a message is refused for, beside the limits with a number."""

import pytest

from bot.practice.limits import check_blocks
from tests.practice.payloads import (
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
    rich,
    section,
    table,
    typing,
)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (
            [section(text=mrkdwn("x" * 3001))],
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        ),
        ([section(text=mrkdwn(""))], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ([actions()], "must provide at least 1 items [json-pointer:/blocks/0/elements]"),
        ([actions(*[button()] * 26)], "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
        ([{"type": "header"}], "missing required field: text [json-pointer:/blocks/0]"),
        (
            [{"type": "divider", "colour": "red"}],
            "invalid additional property: colour [json-pointer:/blocks/0]",
        ),
        ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0/type]"),
        ([{}], "missing required field: type [json-pointer:/blocks/0]"),
        ([{"type": 7}], "must provide a string [json-pointer:/blocks/0/type]"),
        (["x"], "must provide an object [json-pointer:/blocks/0]"),
        ({}, "must provide an array [json-pointer:/blocks]"),
        (None, "must provide an array [json-pointer:/blocks]"),
        ([section(accessory=None)], "must provide an object [json-pointer:/blocks/0/accessory]"),
        ([section(block_id=None)], "must provide a string [json-pointer:/blocks/0/block_id]"),
        ([section(fields=None)], "must provide an array [json-pointer:/blocks/0/fields]"),
        ([section(expand="yes")], "must provide a boolean [json-pointer:/blocks/0/expand]"),
        ([typing(max_length=True)], "must provide an integer [json-pointer:/blocks/0/element/max_length]"),
        ([{"type": "section"}], "must define either `text` or `fields` [json-pointer:/blocks/0]"),
        (
            [actions(button(style="default"))],
            "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            [asking(style="warning")],
            "must be a valid enum value [json-pointer:/blocks/0/elements/0/confirm/style]",
        ),
    ],
)
def test_refusals_are_worded_as_slack_words_them(blocks: object, expected: str) -> None:
    assert [str(problem) for problem in check_blocks(blocks, "message")] == [expected]


@pytest.mark.parametrize(
    ("blocks", "where"),
    [
        pytest.param([{"type": "header", "text": mrkdwn()}], "/blocks/0/text/type", id="mrkdwn in a header"),
        pytest.param(
            [actions(button(text=mrkdwn()))], "/blocks/0/elements/0/text/type", id="mrkdwn on a button"
        ),
        pytest.param([section(text="x")], "/blocks/0/text", id="a bare string for a text"),
        pytest.param([section(text=mrkdwn(emoji=True))], "/blocks/0/text", id="emoji on mrkdwn"),
        pytest.param([section(text=plain(verbatim=True))], "/blocks/0/text", id="verbatim on plain_text"),
        pytest.param([section(text={"type": "mrkdwn"})], "/blocks/0/text", id="a text without text"),
        pytest.param(
            [actions(menu(options=[option(text=mrkdwn())]))],
            "/blocks/0/elements/0/options/0/text/type",
            id="mrkdwn in a menu",
        ),
        pytest.param(
            [actions(menu(options=[option(url="https://teebee.example")]))],
            "/blocks/0/elements/0/options/0",
            id="a url in a menu",
        ),
        pytest.param(
            [actions(menu(option_groups=[]))], "/blocks/0/elements/0/option_groups", id="empty groups"
        ),
        pytest.param(
            [actions({"type": "static_select"})], "/blocks/0/elements/0", id="a menu without options"
        ),
        pytest.param(
            [actions(menu(initial_option=option("9")))],
            "/blocks/0/elements/0/initial_option",
            id="chosen, yet no option",
        ),
        pytest.param(
            [actions(menu(initial_option=option("1", text=plain("another label"))))],
            "/blocks/0/elements/0/initial_option",
            id="chosen with another label",
        ),
        pytest.param(
            [
                section(
                    accessory={
                        "type": "checkboxes",
                        "options": options(2),
                        "initial_options": [*options(2), option("9")],
                    }
                )
            ],
            "/blocks/0/accessory/initial_options/2",
            id="ticked, yet no option",
        ),
        pytest.param(
            [
                section(
                    accessory={"type": "multi_static_select", "options": options(2), "initial_options": []}
                )
            ],
            "/blocks/0/accessory/initial_options",
            id="none ticked, written out",
        ),
        pytest.param(
            [actions({"type": "plain_text_input"})], "/blocks/0/elements/0/type", id="a field among buttons"
        ),
        pytest.param([entry(button())], "/blocks/0/element/type", id="a button as a field"),
        pytest.param(
            [section(accessory={"type": "datetimepicker"})],
            "/blocks/0/accessory/type",
            id="datetimepicker beside text",
        ),
        pytest.param(
            [{"type": "context", "elements": [button()]}],
            "/blocks/0/elements/0/type",
            id="a button in context",
        ),
        pytest.param([actions(mrkdwn())], "/blocks/0/elements/0/type", id="a text among buttons"),
        pytest.param(
            [entry({"type": "number_input"})], "/blocks/0/element", id="a number without is_decimal_allowed"
        ),
        pytest.param(
            [number(initial_value=62)], "/blocks/0/element/initial_value", id="a number that is no string"
        ),
        pytest.param(
            [number(min_value=0)], "/blocks/0/element/min_value", id="a least number that is no string"
        ),
        pytest.param([number(max_value="many")], "/blocks/0/element/max_value", id="a word for a number"),
        pytest.param([number(max_value="NaN")], "/blocks/0/element/max_value", id="NaN"),
        pytest.param([number(max_value="1e9")], "/blocks/0/element/max_value", id="an exponent"),
        pytest.param([number(initial_value="")], "/blocks/0/element/initial_value", id="an empty number"),
        pytest.param(
            [number(is_decimal_allowed=False, initial_value="6.5")],
            "/blocks/0/element/initial_value",
            id="a decimal",
        ),
        pytest.param(
            [actions({"type": "datepicker", "initial_date": "20.11.2026"})],
            "/blocks/0/elements/0/initial_date",
            id="a date of another form",
        ),
        pytest.param(
            [actions({"type": "datepicker", "initial_date": "2026-02-30"})],
            "/blocks/0/elements/0/initial_date",
            id="a day that does not exist",
        ),
        pytest.param(
            [actions({"type": "timepicker", "initial_time": "24:00"})],
            "/blocks/0/elements/0/initial_time",
            id="24:00",
        ),
        pytest.param(
            [actions({"type": "datetimepicker", "initial_date_time": 62})],
            "/blocks/0/elements/0/initial_date_time",
            id="a time that is no time",
        ),
        pytest.param(
            [typing(dispatch_action_config={"trigger_actions_on": []})],
            "/blocks/0/element/dispatch_action_config/trigger_actions_on",
            id="dispatch on nothing",
        ),
        pytest.param(
            [typing(dispatch_action_config={"trigger_actions_on": ["on_blur"]})],
            "/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
            id="dispatch on the unknown",
        ),
        pytest.param(
            [section(accessory={"type": "conversations_select", "filter": {}})],
            "/blocks/0/accessory/filter",
            id="an empty filter",
        ),
        pytest.param(
            [section(accessory={"type": "channels_select", "response_url_enabled": True})],
            "/blocks/0/accessory",
            id="response_url outside a form",
        ),
        pytest.param([{"type": "image", "alt_text": "A chart"}], "/blocks/0", id="an image of nothing"),
        pytest.param([image(slack_file={"id": "F1"})], "/blocks/0", id="an image of two things"),
        pytest.param(
            [image(image_url="ftp://teebee.example/a")], "/blocks/0/image_url", id="an image by ftp"
        ),
        pytest.param(
            [rich({"type": "text", "text": "x"})], "/blocks/0/elements/0/type", id="a leaf on its own"
        ),
        pytest.param([bullets(style="stars")], "/blocks/0/elements/0/style", id="a list of another style"),
        pytest.param([bullets(elements=[])], "/blocks/0/elements/0/elements", id="an empty list"),
        pytest.param(
            [paragraph({"type": "text", "text": "x", "style": {"loud": True}})],
            "/blocks/0/elements/0/elements/0/style",
            id="an unknown style",
        ),
        pytest.param(
            [paragraph({"type": "broadcast", "range": "world"})],
            "/blocks/0/elements/0/elements/0/range",
            id="an unknown broadcast",
        ),
        pytest.param(
            [rich({"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]})],
            "/blocks/0/elements/0/elements/0/type",
            id="a mention in preformatted text",
        ),
        pytest.param(
            [section(block_id="a"), section(block_id="b"), section(block_id="a")],
            "/blocks/2/block_id",
            id="block_id twice",
        ),
        pytest.param(
            [actions(button(action_id="a"), button(action_id="a"))],
            "/blocks/0/elements/1/action_id",
            id="action_id twice in a block",
        ),
        pytest.param(
            [typing(focus_on_load=True), typing(focus_on_load=True)],
            "/blocks/1/element/focus_on_load",
            id="focus twice",
        ),
        pytest.param([table(), table()], "/blocks/1", id="two tables"),
        pytest.param(
            [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * 6001}],
            "/blocks/1/text",
            id="too much markdown together",
        ),
        pytest.param([table(text=7)], "/blocks/0/rows/0/0/text", id="a number in a cell"),  # type: ignore[arg-type]
        pytest.param(
            [typing(min_length="3")], "/blocks/0/element/min_length", id="a length that is no number"
        ),
        pytest.param([{"type": "table", "rows": "x"}], "/blocks/0/rows", id="rows that are none"),
        pytest.param(
            [{"type": "actions", "elements": "x"}], "/blocks/0/elements", id="elements that are none"
        ),
        pytest.param([actions("x")], "/blocks/0/elements/0", id="an element that is none"),  # type: ignore[arg-type]
        pytest.param(
            [actions({"type": "static_select", "option_groups": ["x"], "initial_option": option()})],
            "/blocks/0/elements/0/option_groups/0",
            id="a group that is none",
        ),
    ],
)
def test_a_message_is_refused_for(blocks: list[Json], where: str) -> None:
    assert where in [problem.where for problem in check_blocks(blocks, "message")]
