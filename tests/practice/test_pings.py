"""Whom a message would ping."""

import pytest

from bot.practice.screen import pings
from tests.practice.drawn import (
    Json,
    actions,
    button,
    entry,
    leaves,
    mrkdwn,
    plain,
    rich,
    section,
    table,
    words,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<@U1> and <@W2|jim>", ["<@U1>", "<@W2>"]),
        (
            "<!channel> <!here|here> <!everyone> <!group>",
            ["<!channel>", "<!here>", "<!everyone>", "<!group>"],
        ),
        ("<!subteam^S1|@leads>", ["<!subteam^S1>"]),
        ("@here, @channel! (@everyone)", ["@here", "@channel", "@everyone"]),
        ("@here @here", ["@here", "@here"]),
        ("a@here.example, @hereafter, @@here, @hannah", []),
        ("&lt;!channel&gt; &lt;@U1&gt;", []),
        ("<#C1> <https://teebee.example|x> <!date^1^{date}|x>", []),
        ("`<!channel>`", ["<!channel>"]),
    ],
)
def test_a_text_pings(text: str, found: list[str]) -> None:
    assert pings(None, text) == found
    assert pings([section(text)], "") == found
    assert pings([{"type": "markdown", "text": text}], "") == found


def test_verbatim_stops_what_slack_would_link_and_no_more() -> None:
    assert pings([{"type": "section", "text": mrkdwn("@here <!channel>", verbatim=True)}], "") == [
        "<!channel>"
    ]
    assert pings([{"type": "section", "text": mrkdwn("@here", verbatim=False)}], "") == ["@here"]


def test_plain_and_rich_words_ping_nobody() -> None:
    typed = "@here <!channel> <@U1>"
    blocks = [
        {"type": "header", "text": plain(typed)},
        rich(leaves(words(typed)), {"type": "rich_text_preformatted", "elements": [words(typed)]}),
        actions(button(typed)),
        table((typed,)),
        entry({"type": "plain_text_input", "initial_value": typed}),
    ]
    assert pings(blocks, "hello") == []


def test_pings_hide_in_every_corner_of_blocks() -> None:
    blocks: list[Json] = [
        {
            "type": "section",
            "fields": [mrkdwn("@here")],
            "accessory": {"type": "radio_buttons", "options": [{"text": mrkdwn("<@U2>"), "value": "v"}]},
        },
        {"type": "context", "elements": [mrkdwn("<@U1>")]},
        rich(
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    leaves({"type": "user", "user_id": "U3"}, {"type": "broadcast", "range": "channel"}),
                    leaves(
                        {"type": "usergroup", "usergroup_id": "S1"}, {"type": "channel", "channel_id": "C1"}
                    ),
                ],
            }
        ),
        {"type": "table", "rows": [[rich(leaves({"type": "user", "user_id": "U4"}))]]},
    ]
    assert pings(blocks, "<!here>") == [
        *("<!here>", "@here", "<@U2>", "<@U1>", "<@U3>", "<!channel>", "<!subteam^S1>", "<@U4>"),
    ]
