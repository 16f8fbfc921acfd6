"""Words on the page: mrkdwn, rich text and dates as HTML, with whatever people typed escaped."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.practice.model import Person
from bot.practice.page import mrkdwn, rich_text
from bot.practice.page.dates import day_or_today, formatted
from bot.practice.page.mrkdwn import Reader

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
STAMP = int(datetime(2026, 11, 20, 2, 30, tzinfo=UTC).timestamp())
READER = Reader({"U1": "Hannah", "U2": "Jack", "C1": "okrs"}, "U1", SHANGHAI, NOON)
OURS = re.compile(
    r"</?(b|i|s|code|pre|blockquote|span|p|ul|ol|li)( class=\"[a-z0-9 ]+\")?( start=\"\d+\")?>|<br>"
    r'|<a href="(https?://|mailto:)[^"<>]*" target="_blank" rel="noopener noreferrer">|</a>'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold* _slanted_ ~gone~ `a*b*`", "<b>bold</b> <i>slanted</i> <s>gone</s> <code>a*b*</code>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("*bold _and slanted_*", "<b>bold <i>and slanted</i></b>"),
        ("```\nx &lt; 1\n```", "<pre>x &lt; 1</pre>"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said\n&gt; twice\nanswer", "<blockquote>said<br>twice</blockquote>answer"),
        ("<@U1> and <@U2>", '<span class="mention me">@Hannah</span> and <span class="mention">@Jack</span>'),
        ("<#C1|okrs> <#C9|gone>", '<span class="mention">#okrs</span> <span class="mention">#C9</span>'),
        ("<!here> <!channel|@channel>",
         '<span class="mention loud">@here</span> <span class="mention loud">@channel</span>'),
        ("<!subteam^S1|@tea>", '<span class="mention">@tea</span>'),
        ("<https://teebee.example/?a=1&amp;b=2|our *tea*>",
         '<a href="https://teebee.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">our *tea*</a>'),
        ("<mailto:jim@teebee.example>",
         '<a href="mailto:jim@teebee.example" target="_blank" rel="noopener noreferrer">jim@teebee.example</a>'),
        ("<javascript:alert(1)|click>", "click"),
        ("see https://teebee.example/x.",
         'see <a href="https://teebee.example/x" target="_blank" rel="noopener noreferrer">https://teebee.example/x</a>.'),
        ("@here", '<span class="mention loud">@here</span>'),
        (f"<!date^{STAMP}^{{date_short}} at {{time}}|then>", "Nov 20, 2026 at 10:30"),
        ("<!date^soon^{time}|then>", "then"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
    ],
)  # fmt: skip
def test_mrkdwn_reads_as_slack_draws_it(text: str, expected: str) -> None:
    assert str(mrkdwn.html(text, READER)) == expected


def test_verbatim_words_are_no_links_and_ping_nobody() -> None:
    text = "@here https://teebee.example"
    assert str(mrkdwn.html(text, READER, verbatim=True)) == text


@given(st.text(alphabet=st.sampled_from("ab <>&\"'*_~`\n@#!|:^/\\\x00") | st.characters(), max_size=60))
def test_whatever_is_typed_becomes_no_tag_of_its_own(text: str) -> None:
    for made in (mrkdwn.html(text, READER), mrkdwn.html(f"<https://{text}|{text}>", READER)):
        assert "<" not in OURS.sub("", str(made))


@given(st.text(max_size=40), st.sampled_from(["text", "link", "emoji", "color", "date", "broadcast", "user"]))
def test_rich_text_makes_only_our_tags(text: str, kind: str) -> None:
    leaf: dict[str, Any] = {
        "type": kind,
        "text": text,
        "url": text,
        "name": text,
        "value": text,
        "user_id": text,
    }
    leaf |= {"range": text, "format": text, "timestamp": STAMP} if kind in ("date", "broadcast") else {}
    made = str(rich_text.html({"elements": [{"type": "rich_text_section", "elements": [leaf]}]}, READER))
    assert "<" not in OURS.sub("", made)
    if kind == "text":
        assert made == f"<p>{escape(text)}</p>".replace("\n", "<br>")


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (
            {"type": "rich_text_list", "style": "ordered", "offset": 2, "indent": 1, "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "third"}]}]},
            '<ol class="level1" start="3"><li>third</li></ol>',
        ),
        (
            {"type": "rich_text_list", "style": "bullet", "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}]},
            '<ul class="level0"><li>a</li></ul>',
        ),
        ({"type": "rich_text_quote", "elements": [{"type": "text", "text": "so"}]},
         "<blockquote>so</blockquote>"),
        ({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "1 < 2"}]},
         "<pre>1 &lt; 2</pre>"),
        (
            {"type": "rich_text_section", "elements": [
                {"type": "text", "text": "loud", "style": {"bold": True, "italic": True}},
                {"type": "channel", "channel_id": "C1"},
                {"type": "emoji", "name": "tada"},
                {"type": "emoji", "name": "odd", "unicode": "1f44d-1f3fd"}]},
            '<p><i><b>loud</b></i><span class="mention">#okrs</span>🎉👍🏽</p>',
        ),
    ],
)  # fmt: skip
def test_rich_text_reads_as_slack_draws_it(element: dict[str, Any], expected: str) -> None:
    assert str(rich_text.html({"elements": [element]}, READER)) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{date_num} {time_secs}", "2026-11-20 10:30:00"),
        ("{date_long}", "Friday, November 20, 2026"),
        ("{date_short_pretty} {time}", "today 10:30"),
        ("{day_divider_pretty}", "Friday, November 20"),
        ("{ago}", "1 hour ago"),
        ("{nonsense}", "{nonsense}"),
    ],
)
def test_a_date_is_written_in_the_readers_zone(pattern: str, expected: str) -> None:
    assert formatted(STAMP, pattern, SHANGHAI, NOON) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(-30, "in 30 minutes"), (1, "1 minute ago"), (2880, "2 days ago")],
)
def test_how_long_ago_is_said_in_words(minutes: int, expected: str) -> None:
    assert formatted(int(NOON.timestamp()) - 60 * minutes, "{ago}", SHANGHAI, NOON) == expected


def test_days_next_to_now_have_a_name_and_other_years_a_number() -> None:
    today = NOON.date()
    days = (today, today.replace(day=19), today.replace(day=13), today.replace(year=2025))
    assert [day_or_today(one, today) for one in days] == [
        "Today",
        "Yesterday",
        "Friday 13 November",
        "Thursday 20 November 2025",
    ]


def test_a_zone_that_nobody_knows_is_utc() -> None:
    assert Person("U1", "Hannah", "hannah", "", "Mars/Olympus").zone == ZoneInfo("UTC")
