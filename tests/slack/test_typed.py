"""Slack's control sequences, decoded to what the person saw while typing."""

import pytest

from bot.slack.reading.typed import mentioned, mentions, plain


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("1 62%", "1 62%"),
        ("<@U1|Hannah> said so", "@Hannah said so"),
        ("<@U1>", "@U1"),
        ("<#C1|okrs> and <#C2>", "#okrs and #C2"),
        ("<#C1|#okrs>", "#okrs"),
        ("<!channel> <!here> <!everyone>", "@channel @here @everyone"),
        ("<!subteam^S1|@tea-tasters> <!subteam^S1>", "@tea-tasters @subteam"),
        ("<!date^1763604000^{date}|20 November>", "20 November"),
        ("<https://a.example/?x=1&amp;y=2|a.example>", "a.example"),
        ("<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"),
        ("<mailto:jack@teebee.example|jack@teebee.example>", "jack@teebee.example"),
        ("<mailto:jack@teebee.example>", "jack@teebee.example"),
        ("&lt;!channel&gt; &amp;amp; R&amp;D", "<!channel> &amp; R&D"),
        ("a &lt; b | c", "a < b | c"),
        ("", ""),
        ("قيمة 🙂 ```x```", "قيمة 🙂 ```x```"),
    ],
)
def test_what_was_typed_comes_out(sent: str, typed: str) -> None:
    assert plain(sent) == typed


def test_whoever_is_known_is_called_by_their_name() -> None:
    sent = "<@U1> waits for <@W2> and <@U3|jim>"
    assert mentions(sent) == {"U1", "W2", "U3"}
    assert plain(sent, {"U1": "Hannah", "U3": "Jim"}) == "@Hannah waits for @W2 and @jim"


@pytest.mark.parametrize(
    ("argument", "person"),
    [
        ("<@U1>", "U1"),
        (" <@W1ABC|jack> ", "W1ABC"),
        ("<@U1> please", None),
        ("<@U1><@U2>", None),
        ("@jack", None),
        ("<!channel>", None),
        ("<@u1>", None),
        ("", None),
    ],
)
def test_a_person_is_named_by_a_mention_and_nothing_else(argument: str, person: str | None) -> None:
    assert mentioned(argument) == person
