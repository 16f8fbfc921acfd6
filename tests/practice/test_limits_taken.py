"""What Slack takes, and which block and element may stand where."""

import pytest

from bot.practice.limits import Problem, check_blocks
from bot.practice.limits.blocks import BLOCKS, SURFACES, Surface
from bot.practice.limits.elements import ELEMENTS, TAKES
from tests.practice.payloads import (
    EVERYWHERE,
    Json,
    actions,
    bullets,
    button,
    confirm,
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
    "blocks",
    [
        pytest.param([], id="nothing"),
        pytest.param([section(text=plain(emoji=True), fields=[mrkdwn(verbatim=True)])], id="flags of texts"),
        pytest.param(
            [
                section(block_id="a", accessory=button(action_id="x")),
                section(block_id="b", accessory=button(action_id="x")),
            ],
            id="one action_id in two blocks",
        ),
        pytest.param([section(block_id=""), section(block_id="")], id="ids left to Slack"),
        pytest.param([actions(menu(initial_option=option("1")))], id="a choice made"),
        pytest.param(
            [
                actions(
                    {
                        "type": "static_select",
                        "option_groups": [{"label": plain(), "options": options(3)}],
                        "initial_option": option("2"),
                    }
                )
            ],
            id="a choice made in a group",
        ),
        pytest.param(
            [
                section(
                    accessory={
                        "type": "multi_static_select",
                        "options": options(3),
                        "initial_options": options(2),
                        "max_selected_items": 2,
                    }
                )
            ],
            id="choices made",
        ),
        pytest.param(
            [
                section(
                    accessory={
                        "type": "radio_buttons",
                        "options": [option(text=mrkdwn(), description=mrkdwn())],
                    }
                )
            ],
            id="mrkdwn in radios",
        ),
        pytest.param(
            [actions(button(style="danger", url="https://teebee.example", confirm=confirm(style="primary")))],
            id="a button with all",
        ),
        pytest.param([number(min_value="0", max_value="100.5", initial_value="62.5")], id="decimals"),
        pytest.param([number(is_decimal_allowed=False, initial_value="-62")], id="a whole number"),
        pytest.param(
            [
                typing(
                    multiline=True,
                    min_length=0,
                    max_length=3000,
                    focus_on_load=True,
                    dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]},
                )
            ],
            id="a field with all",
        ),
        pytest.param(
            [
                entry(
                    {"type": "email_text_input", "initial_value": "jack@teebee.example"},
                    dispatch_action=True,
                    optional=True,
                    hint=plain(),
                )
            ],
            id="an e-mail field",
        ),
        pytest.param([entry({"type": "rich_text_input", "initial_value": bullets()})], id="a rich field"),
        pytest.param(
            [
                actions(
                    {"type": "datepicker", "initial_date": "2026-11-20"},
                    {"type": "timepicker", "initial_time": "10:00", "timezone": "Asia/Shanghai"},
                    {"type": "datetimepicker", "initial_date_time": 1763600000},
                )
            ],
            id="times",
        ),
        pytest.param(
            [section(accessory={"type": "conversations_select", "filter": {"include": ["im"]}})],
            id="a filter",
        ),
        pytest.param([image(), {"type": "context", "elements": [image(), plain(), mrkdwn()]}], id="images"),
        pytest.param(
            [{"type": "image", "alt_text": "A chart", "slack_file": {"id": "F1"}}], id="an uploaded image"
        ),
        pytest.param(
            [
                rich(
                    {
                        "type": "rich_text_quote",
                        "elements": [{"type": "emoji", "name": "tea", "unicode": "1f375"}],
                    },
                    {
                        "type": "rich_text_preformatted",
                        "elements": [{"type": "text", "text": "x"}],
                        "border": 1,
                    },
                ),
                paragraph(
                    {"type": "user", "user_id": "U1", "style": {"bold": True}},
                    {"type": "link", "url": "https://teebee.example", "text": "x"},
                    {"type": "channel", "channel_id": "C1"},
                    {"type": "usergroup", "usergroup_id": "S1"},
                    {"type": "team", "team_id": "T1"},
                    {"type": "broadcast", "range": "here"},
                    {"type": "color", "value": "#c00"},
                    {"type": "date", "timestamp": 1763600000, "format": "{date}", "fallback": "Friday"},
                    {"type": "text", "text": "x", "style": {"italic": True, "strike": True, "code": True}},
                ),
            ],
            id="rich text",
        ),
        pytest.param(
            [table(rows=2, columns=2, column_settings=[{"align": "right", "is_wrapped": True}])], id="a table"
        ),
        pytest.param(
            [{"type": "table", "rows": [[paragraph({"type": "text", "text": "x"})]]}], id="rich cells"
        ),
    ],
)
def test_a_message_is_taken_with(blocks: list[Json]) -> None:
    assert check_blocks(blocks, "message") == []


@pytest.mark.parametrize("surface", EVERYWHERE)
@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_stands_only_where_slack_puts_it(kind: str, surface: Surface) -> None:
    refused = Problem("/blocks/0/type", f"unsupported type: {kind}")
    assert (refused in check_blocks([{"type": kind}], surface)) == (surface not in SURFACES[kind])


def test_newer_blocks_stand_on_few_surfaces() -> None:
    assert SURFACES["markdown"] == {"message"}
    assert SURFACES["table"] == {"message", "home"}
    assert SURFACES["alert"] == {"modal"}
    assert SURFACES["input"] == {"message", "modal", "home"}


@pytest.mark.parametrize("block", TAKES)
@pytest.mark.parametrize("element", ELEMENTS)
def test_an_element_stands_only_in_the_blocks_that_take_it(block: str, element: str) -> None:
    place = {"section": "accessory", "input": "element"}.get(block, "elements")
    held: object = [{"type": element}] if place == "elements" else {"type": element}
    found = [problem.message for problem in check_blocks([{"type": block, place: held}], "modal")]
    assert (f"unsupported type: {element}" in found) == (element not in TAKES[block])


def test_home_may_hold_two_tables() -> None:
    assert check_blocks([table(), table()], "home") == []


def test_response_url_is_for_fields_of_a_modal() -> None:
    asked = entry({"type": "channels_select", "response_url_enabled": True})
    assert check_blocks([asked], "modal") == []
    assert check_blocks([asked], "message") != []
