"""What people typed is shown as typed, and nothing more happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.limits import check_blocks
from bot.practice.screen import pings, render_message
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import cut, grouped, message, room, weight
from bot.slack.blocks.help import notice, usage
from bot.slack.richtext import (
    Run,
    bold,
    clip,
    escaped,
    header,
    isolated,
    length,
    line,
    name,
    note,
    paragraph,
    spoken,
)
from tests.slack.samples import HOSTILE, check


@pytest.mark.parametrize("typed", [text for text in HOSTILE if text.strip()])
def test_typed_words_stand_in_a_block_as_they_were_typed(typed: str) -> None:
    block = paragraph([line("Why: ", typed)])
    assert block["elements"][0]["elements"] == [{"type": "text", "text": f"Why: {typed}"}]
    assert check_blocks([block], "message") == []
    assert pings([block], spoken([line(typed)])) == []


def test_formatting_and_links_are_seen_as_the_characters_they_are() -> None:
    typed = "*bold* <!channel> `code` :tada: <https://evil.example|bank>"
    assert render_message([paragraph([line(typed)])], "", width=100) == typed


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("@here and @Channel", "@\u2060here and @\u2060Channel"),
        ("@everyone", "@\u2060everyone"),
        ("hannah@teebee.example", "hannah@teebee.example"),
    ],
)
def test_top_level_text_is_escaped_and_calls_nobody(typed: str, written: str) -> None:
    assert escaped(typed) == written
    assert pings(None, escaped(typed)) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Renewals", "Renewals"),
        ("تجديد", "\u2068تجديد\u2069"),
        ("שלום 47", "\u2068שלום 47\u2069"),
        ("a\u202eb", "\u2068a\u202eb\u2069"),
        ("a\u2069b", "\u2068ab\u2069"),
        ("a\u2067b", "\u2068a\u2067b\u2069\u2069"),
        ("a\u2067b\u2069c", "\u2068a\u2067b\u2069c\u2069"),
        ("שלום\n\nhello", "\u2068שלום\u2069\n\n\u2068hello\u2069"),
    ],
)
def test_right_to_left_words_are_fenced_off(typed: str, shown: str) -> None:
    assert isolated(typed) == shown


@given(st.text(alphabet="ab ש\u2066\u2067\u2068\u2069\u202e\n"))
def test_no_isolate_reaches_out_of_its_line(typed: str) -> None:
    for one in isolated(typed).split("\n"):
        depth = 0
        for character in one:
            depth += (character in "\u2066\u2067\u2068") - (character == "\u2069")
            assert depth >= 0
        assert depth == 0


@pytest.mark.parametrize(
    ("text", "most", "clipped"),
    [
        ("short", None, "short"),
        ("short", 5, "short"),
        ("two words here", 12, "two words …"),
        ("🍵🍵🍵🍵", 8, "🍵🍵🍵🍵"),
        ("🍵🍵🍵🍵", 7, "🍵🍵 …"),
        ("ab👩\u200d🚀cdef", 7, "ab👩 …"),
    ],
)
def test_long_text_is_cut_with_a_sign_that_it_was(text: str, most: int | None, clipped: str) -> None:
    assert clip(text, most) == clipped
    assert most is None or length(clipped) <= most


def test_a_name_is_one_line_and_a_note_keeps_its_lines() -> None:
    assert name("  Phone\n calls ", 40) == "Phone calls"
    assert note("  two chains\nsigned ") == "two chains\nsigned"


def test_a_header_shows_words_plainly_and_fits() -> None:
    block = header("x" * 400)
    assert check_blocks([block], "message") == []
    assert block["text"]["emoji"] is False


def test_empty_words_are_left_out_and_neighbours_joined() -> None:
    assert line("", "a", bold("")) == (Run("a"),)
    elements = paragraph([line("a", bold("b"), "c"), line("d")])["elements"][0]["elements"]
    assert [element["text"] for element in elements] == ["a", "b", "c\nd"]


def test_a_long_line_is_cut_at_spaces_and_nothing_is_lost() -> None:
    words = "& " * 2000
    pieces = cut(line(bold("Why"), words), 1000)
    assert all(weight([piece]) <= 1000 for piece in pieces)
    assert "".join(run.text for piece in pieces for run in piece) == "Why" + words


def test_lines_are_grouped_in_order() -> None:
    groups = grouped([line("x" * 400) for _ in range(5)], 1000)
    assert [len(group) for group in groups] == [2, 2, 1]


def test_room_is_what_the_text_leaves() -> None:
    assert room(["abc", [line("de")], {"type": "divider"}]) == 3900 - 4 - 3


@pytest.mark.parametrize("problem", [None, "I do not know “/okr foo”.", *HOSTILE])
def test_help_names_every_command_whatever_was_typed(problem: str | None) -> None:
    shown = usage(problem)
    check(shown)
    for command in ("/okr", "/okr @person", "/okr team", "/okr pause", "/okr resume", "/okr search"):
        assert command in shown.text


def test_a_notice_is_its_sentence() -> None:
    check(notice(texts.PAUSED_NOW))
    assert notice(texts.PAUSED_NOW).text == texts.PAUSED_NOW


def test_a_message_leaves_out_empty_parts() -> None:
    assert message([[], "Head", []]).text == "Head"


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_ordinals(number: int, shown: str) -> None:
    assert phrases.ordinal(number) == shown


@pytest.mark.parametrize(
    ("names", "most", "shown"),
    [
        ((), None, ""),
        (("A",), None, "A"),
        (("A", "B"), None, "A and B"),
        (("A", "B", "C"), None, "A, B and C"),
        (("A", "B", "C", "D"), 2, "A, B and 2 more"),
    ],
)
def test_lists_of_names(names: tuple[str, ...], most: int | None, shown: str) -> None:
    assert phrases.listed(names, most) == shown


@pytest.mark.parametrize(("points", "shown"), [(12, "12 pp behind"), (0, "on pace"), (-3, "3 pp ahead")])
def test_a_gap_says_which_way(points: int, shown: str) -> None:
    assert texts.gap(points) == shown


def test_an_id_survives_the_way_to_slack_and_back() -> None:
    assert ids.read_check_in_value(ids.check_in_value(17)) == 17
    assert ids.read_metadata(ids.metadata(17)) == 17
    assert ids.STANDING_CHANGED.match(ids.field(ids.CONFIDENCE, 12))


@pytest.mark.parametrize("forged", [None, "", "x", "-1", "1.5", "१२", "9" * 19, "1" * 400, 7])
def test_a_forged_button_value_means_no_check_in(forged: object) -> None:
    assert ids.read_check_in_value(forged) is None


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "",
        "{",
        "[]",
        "{}",
        '{"check_in": "1"}',
        '{"check_in": true}',
        '{"check_in": 0}',
        f'{{"check_in": {2**63}}}',
    ],
)
def test_forged_metadata_means_no_check_in(forged: object) -> None:
    assert ids.read_metadata(forged) is None
