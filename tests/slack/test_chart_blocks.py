"""A chart in words, and the small drawings beside other words."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.okr.chart import ChartView, Panel
from bot.okr.health import Health, Standing
from bot.okr.model import ObjectiveKind
from bot.okr.numbers.values import format_percent
from bot.okr.views import CycleView, KeyResultView, ObjectiveView, OkrView
from bot.practice.limits import check_blocks
from bot.practice.screen import pings
from bot.slack import texts
from bot.slack.blocks.digest.chart import ALT_MOST, alt_text, title, words
from bot.slack.blocks.digest.messages import messages
from bot.slack.blocks.drawn import BAR_LENGTH, NOT_YET, bar, sparkline
from bot.slack.richtext import Run, bold, line, paragraph, spoken
from tests.slack.looked_up import home, okrs
from tests.slack.samples import (
    FRIDAY,
    HOSTILE,
    QUARTER,
    check,
    course,
    digest_view,
    renewals,
    standing,
    words_of,
)


def view(*standings: Standing, **changes: Any) -> ChartView:
    panels = tuple(Panel(number, one, "Jack") for number, one in enumerate(standings, start=1))
    return replace(ChartView("TeeBee", 8, 13, *QUARTER, FRIDAY, panels), **changes)


def above(chart: ChartView) -> str:
    """The words above the picture, which Slack takes and which disturb nobody."""
    blocks = words(chart)
    assert [block["type"] for block in blocks] == ["rich_text"]
    assert check_blocks(blocks, "message") == []
    assert pings(blocks, "") == []
    return "".join(words_of(blocks))


CALLS = standing(raw=5, gap=50, course=course(0, None, 5))
NEW = standing("Satisfaction", Health.NO_DATA, raw=None, update=None, course=course())


def test_the_words_above_name_what_the_picture_numbers() -> None:
    assert above(view(CALLS, renewals(), NEW)).splitlines() == [
        "TeeBee, week 8 of 13: progress and pace as the digest came out",
        "1 Phone calls 41 → 20 a week, Jack · 5 % of the way, 50 pp behind, red",
        "2 Renewals 55 → 70 %, Jack · 50 % of the way, 5 pp behind, green",
        "3 Satisfaction → 20 a week, Jack · no update yet",
    ]


def test_the_alt_text_tells_the_course_too() -> None:
    assert alt_text(view(CALLS, renewals(), NEW)) == (
        "TeeBee, week 8 of 13: progress and pace as the digest came out. "
        "1 Phone calls: 5 %, 50 pp behind, red; week by week 0 %, no update, 5 %. "
        "2 Renewals: 50 %, 5 pp behind, green; week by week 20 %, 35 %, 35 %, 50 %. "
        "3 Satisfaction: no update yet."
    )


def test_both_say_how_many_are_not_drawn() -> None:
    more = view(CALLS, more=3)
    assert above(more).endswith("\n3 key results more: see the digest.")
    assert alt_text(more).endswith(" 3 key results more: see the digest.")
    assert alt_text(view(CALLS, more=1)).endswith(" 1 key result more: see the digest.")


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_people_type_fits_and_disturbs_nobody(typed: str) -> None:
    one = standing(typed, raw=5, course=course(*range(14)))
    chart = view(*(one,) * 12, team=typed, more=40)
    chart = replace(chart, panels=tuple(replace(panel, owner=typed) for panel in chart.panels))
    said = above(chart)
    assert len(said) <= 3000
    assert 0 < len(alt_text(chart)) <= ALT_MOST
    assert "\n" not in title(chart)


PERCENT = st.integers(-(10**310), 10**310) | st.integers(-200, 200)


@given(st.lists(st.tuples(PERCENT, st.integers(-100, 100)), min_size=1, max_size=12))
def test_every_figure_of_the_picture_is_said_in_both(figures: list[tuple[int, int]]) -> None:
    chart = view(
        *(standing("t" * 80, raw=raw, gap=gap, course=course(*range(13), raw)) for raw, gap in figures)
    )
    alt, said = alt_text(chart), above(chart)
    assert len(alt) <= ALT_MOST
    for number, (raw, gap) in enumerate(figures, start=1):
        assert f"{number} " in alt
        assert f": {format_percent(raw)}, {texts.gap(gap)}, red" in alt
        assert f" · {format_percent(raw)} of the way, {texts.gap(gap)}, red" in said


# --- beside the words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "full"),
    [(-5, 0), (0, 0), (1, 1), (14, 1), (16, 2), (38, 4), (55, 6), (96, 9), (99, 9), (100, 10), (125, 10)],
)
def test_a_bar_is_full_only_at_the_end_and_empty_only_at_the_start(percent: int, full: int) -> None:
    drawn = bar(percent).text.strip()
    assert (drawn.count("█"), drawn.count(NOT_YET), len(drawn)) == (full, BAR_LENGTH - full, BAR_LENGTH)


@pytest.mark.parametrize(
    ("weekly", "drawn"),
    [
        ((), ""),
        ((50,), ""),
        ((0, 100), " ▁█"),
        ((-20, 12, 13, 50, 99, 140), " ▁▁▂▅██"),
        ((10, None, 60), " ▁∙▅"),
        ((10, 60, None, None), " ▁▅∙∙"),
        ((5, *range(0, 96, 12)), " ▁▁▂▃▄▅▆▇"),  # eight weeks at most
        ((10, *(None,) * 7, 50), ""),  # all but one too long ago
    ],
)
def test_a_sparkline_shows_the_last_weeks_and_where_nothing_was_said(
    weekly: tuple[int | None, ...], drawn: str
) -> None:
    assert sparkline(course(*weekly)).text == drawn


def test_what_is_drawn_is_seen_and_not_read_aloud() -> None:
    one = line("progress 38 %", bar(38), ", ", bold("pace 55 %"), Run(" ▁█", drawn=True))
    assert spoken([one]) == "progress 38 %, pace 55 %"
    assert "".join(words_of([paragraph([one])])) == "progress 38 % ████░░░░░░, pace 55 % ▁█"


def test_a_digest_draws_the_teams_progress_and_each_key_results_weeks() -> None:
    (shown,) = messages(digest_view())
    check(shown)
    drawn = "".join(words_of(shown.blocks))
    assert "progress 38 % ████░░░░░░, pace 55 %" in drawn
    assert "trend 40: a miss ▁▁∙▁\n" in drawn
    assert "trend 67 ▂▃▃▅" in drawn
    assert not set("▁▂▃▅█░∙") & set(shown.text)


def test_without_progress_there_is_no_bar() -> None:
    (shown,) = messages(digest_view(progress=None))
    assert "no progress yet, pace 55 %" in "".join(words_of(shown.blocks))


def test_okrs_and_home_draw_each_key_results_weeks() -> None:
    key_results = (KeyResultView(renewals(), "Hannah"), KeyResultView(NEW, "Hannah"))
    objective = ObjectiveView("Prove our tea", ObjectiveKind.COMMITTED, "Hannah", 50, key_results)
    shown = OkrView("Hannah", True, CycleView("2026 Q4", 8, 13, 55), (objective,))
    for blocks in (okrs(shown).blocks, home(shown)["blocks"]):
        assert "trend 67 ▂▃▃▅\n• Satisfaction → 20 a week · no update yet" in "".join(words_of(blocks))
    check(okrs(shown))
