"""How text reads and how it wraps."""

import pytest

from bot.practice.screen import render_message, visible_text
from bot.practice.screen.cells import cells, wrap
from tests.practice.drawn import NAMES, leaves, plain, rich, section, words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*bold* and _italic_", "bold and italic"),
        ("*_both_*, _*both*_", "both, both"),
        ("(*in brackets*), *two words*.", "(in brackets), two words."),
        ("~58~ 62", "~58~ 62"),
        ("~*58*~", "~58~"),
        ("2*3*4, snake_case_name, 5 * 3 * 2", "2*3*4, snake_case_name, 5 * 3 * 2"),
        ("*open, _open", "*open, _open"),
        ("`a *b* c`", "a *b* c"),
        ("see ```\nx = 1\n  y = *2*\n```", "see x = 1\n  y = *2*"),
        ("`&lt;b&gt;` `<@U1>`", "<b> @Hannah"),
        ("&lt;!channel&gt; &amp;amp; &amp;lt;", "<!channel> &amp; &lt;"),
        ("<@U1> <@U2> <@U9> <@U9|jim> <@U1|other>", "@Hannah @Jack @U9 @jim @Hannah"),
        ("<#C1> <#C2> <#C9> <#C9|sales>", "#okrs #general #C9 #sales"),
        ("<!here> <!channel> <!everyone|everybody>", "@here @channel everybody"),
        ("<!subteam^S1> <!subteam^S1|@leads>", "@S1 @leads"),
        ("<!date^1763600000^{date_short}|20 Nov>", "20 Nov"),
        ("<!date^1763600000^{date_short}>", "2025-11-20 00:53 UTC"),
        ("<!date^soon^{date}>", "date^soon^{date}"),
        ("<https://teebee.example/a_b_c>", "https://teebee.example/a_b_c"),
        ("<https://teebee.example/?a=1&amp;b=2>", "https://teebee.example/?a=1&b=2"),
        ("*<https://teebee.example|the list &amp; more>*", "the list & more"),
        ("<mailto:jack@teebee.example>", "jack@teebee.example"),
        ("<https://teebee.example|a `b` c>", "a b c"),
        ("a < b > c, <b>, <>", "a < b > c, <b>, <>"),
        ("&gt; quoted", "> quoted"),
        ("nul\x00s", "nuls"),
    ],
)
def test_mrkdwn_reads_as_words(written: str, read: str) -> None:
    assert visible_text(None, written, names=NAMES) == read
    assert visible_text([section(written.replace("\x00", ""))], "", names=NAMES) == read


def test_plain_text_is_shown_to_the_letter() -> None:
    shown = visible_text([{"type": "section", "text": plain("*62* &amp; <!channel>")}], "")
    assert shown == "*62* &amp; <!channel>"


def test_a_message_without_blocks_shows_its_text() -> None:
    assert render_message(None, "one two *three*", width=8) == "one two\nthree"
    assert render_message([], "hello") == "hello"


def test_blocks_stand_in_for_the_text() -> None:
    assert render_message([section("blocks")], "text for screen readers") == "blocks"
    assert visible_text([section("blocks")], "text for screen readers") == "blocks"


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("abc", 3),
        ("打电话", 6),
        ("e\u0301", 1),
        ("👍", 2),
        ("👍🏽", 2),
        ("👩\u200d💻", 2),
        ("✔\ufe0f", 2),
        ("🇨🇳", 2),
        ("שלום", 4),
        ("\u200b\u2067x\u2069", 1),
        ("", 0),
    ],
)
def test_cells_are_what_a_terminal_gives(text: str, wide: int) -> None:
    assert cells(text) == wide


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 8, ["one  two"]),
        ("word  a", 5, ["word", "a"]),
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]),
        ("a\n\n  b", 9, ["a", "", "  b"]),
        ("trailing   ", 20, ["trailing"]),
        ("打电话给客户", 5, ["打电", "话给", "客户"]),
        ("打电，话", 5, ["打", "电，", "话"]),
        ("KR1打电话", 6, ["KR1打", "电话"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("👩\u200d💻👍🏽✔\ufe0f", 4, ["👩\u200d💻👍🏽", "✔\ufe0f"]),
        ("שלום עולם", 5, ["שלום", "עולם"]),
        ("", 9, [""]),
        ("a\tb", 20, ["a    b"]),
        ("bell\x07 red\x1b[31m\r\nx", 20, ["bell␇ red␛[31m", "x"]),
    ],
)
def test_text_wraps_by_cells_and_loses_nothing(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_every_word_of_a_long_note_is_on_the_screen() -> None:
    note = (
        " ".join(f"word{number}" for number in range(400))
        + " "
        + "x" * 200
        + " 打电话给五家流失的客户 שלום 👩\u200d💻"
    )
    for width in (20, 40, 60):
        lines = render_message([rich(leaves(words(note)))], "", width=width).split("\n")
        assert max(cells(line) for line in lines) <= width
        assert "".join(lines).replace(" ", "") == note.replace(" ", "")
