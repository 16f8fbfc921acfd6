"""/okr and Home: what I owe, how things stand, and what to do when there is nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.okr.health import Health
from bot.okr.model import ObjectiveKind
from bot.okr.views import CycleView, KeyResultView, ObjectiveView, OkrView
from bot.practice.limits import check_view
from bot.practice.screen import pings, render_view
from bot.slack import ids
from bot.slack.blocks.looking_up import okrs as blocks
from tests.slack.looked_up import all_pages, home, okrs
from tests.slack.samples import HOSTILE, PHONE, RENEWED, asked, button_texts, check, renewals, said, standing

OBJECTIVE = ObjectiveView(
    "Prove our tea's value to restaurant suppliers",
    ObjectiveKind.ASPIRATIONAL,
    "Hannah",
    38,
    (
        KeyResultView(renewals(), "Hannah"),
        KeyResultView(standing(trending_to_miss=True), "Jack"),
        KeyResultView(standing(update=None, health=Health.NO_DATA), "Jack"),
    ),
)
ANSWER_BY = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
NEXT = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


def view(**changes: Any) -> OkrView:
    one = OkrView(
        "Hannah", True, CycleView("2026 Q4", 8, 13, 55), (OBJECTIVE,), (RENEWED, PHONE), 17, ANSWER_BY, NEXT
    )
    return replace(one, **changes)


def test_a_cycle_to_come_says_when_it_begins() -> None:
    coming = CycleView("2027 Q1", 1, 12, 0, date(2027, 1, 4))
    assert okrs(view(cycle=coming)).text.startswith("Your OKRs · 2027 Q1, begins on 4 January\n")


def somebody_elses(**changes: Any) -> OkrView:
    return view(own=False, waiting=(), check_in_id=None, answer_by=None, next_prompt=None, **changes)


def check_home(shown: dict[str, Any]) -> str:
    assert check_view(shown) == []
    assert pings(shown["blocks"], "") == []
    return render_view(shown, width=200)


def test_ones_own_okrs_begin_with_what_waits() -> None:
    shown = okrs(view())
    check(shown)
    assert said(shown).splitlines() == [
        "Your OKRs · 2026 Q4, week 8 of 13, pace 55 %",
        "2 key results wait for you, answer by 16:30",
        "1 Renewed online 47 → 80 %, confidence 8/10",
        "3 Phone calls 40 → 20 a week, confidence 5/10",
        "Prove our tea's value to restaurant suppliers · 38 % · aspirational",
        "• Renewals 55 → 70 % · green · 5 pp behind · confidence 7 · trend 67",
        "• Phone calls 41 → 20 a week, Jack · red · 55 pp behind · confidence 3 (was 5) · trend 40: a miss",
        "• Phone calls → 20 a week, Jack · no update yet",
        "I ask you next on Friday 27 November at 10:00.",
    ]
    assert button_texts(shown) == ["Check in", "All unchanged"]


def test_home_shows_the_same_and_can_pause() -> None:
    shown = home(view())
    screen = check_home(shown)
    assert (
        screen.index("2 key results wait")
        < screen.index("[Check in]")
        < screen.index("Prove our tea's value")
    )
    assert shown["blocks"][-1]["elements"][0]["action_id"] == ids.PAUSE


def test_somebody_elses_okrs_have_no_buttons() -> None:
    shown = okrs(somebody_elses())
    check(shown)
    assert said(shown).startswith("Hannah · 2026 Q4, week 8 of 13, pace 55 %")
    assert button_texts(shown) == []


def test_a_teams_okrs_name_their_owners() -> None:
    shown = okrs(somebody_elses(heading="TeeBee"))
    assert "38 % · aspirational · Hannah" in said(shown)
    assert "• Renewals 55 → 70 %, Hannah · green" in said(shown)


def test_one_thing_that_waits_is_told_in_the_singular() -> None:
    assert "1 key result waits for you" in said(okrs(view(waiting=(RENEWED,), answer_by=None)))


def test_an_objective_without_data_says_so() -> None:
    shown = okrs(
        view(objectives=(replace(OBJECTIVE, progress=None, kind=ObjectiveKind.COMMITTED, key_results=()),))
    )
    check(shown)
    assert "no data yet · committed" in said(shown)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cycle": None, "objectives": (), "waiting": ()}, "No cycle is running"),
        ({"objectives": (), "waiting": ()}, "You have no OKRs in this cycle yet. /okr new writes them"),
        ({"objectives": (), "waiting": (), "own": False}, "There are no OKRs here in this cycle yet."),
    ],
)
def test_where_there_is_nothing_it_says_what_to_do(changes: dict[str, Any], words: str) -> None:
    shown = okrs(view(**changes))
    check(shown)
    assert words in said(shown)
    assert words in check_home(home(view(**changes)))


def test_nothing_owed_is_said_in_home_only_to_oneself() -> None:
    assert "Nothing waits for you." in check_home(home(view(waiting=())))
    assert "Nothing waits for you." not in check_home(home(somebody_elses()))


def test_while_paused_nothing_is_asked_and_home_can_resume() -> None:
    paused = view(paused=True)
    shown = okrs(paused)
    check(shown)
    assert button_texts(shown) == []
    assert "Your check-ins are paused" in said(shown)
    screen = check_home(home(paused))
    assert "[Resume]" in screen
    assert "[Check in]" not in screen


@pytest.mark.parametrize("objectives", [1, 40, 200])
@pytest.mark.parametrize("title", ["Renewals " * 33, *HOSTILE])
def test_any_number_of_any_titles_fits(title: str, objectives: int) -> None:
    key_result = replace(renewals().key_result, title=title, unit=title[:60])
    objective = replace(
        OBJECTIVE,
        title=title,
        owner=title,
        key_results=(KeyResultView(renewals(key_result=key_result), title),) * 3,
    )
    many = view(
        heading=title,
        own=False,
        cycle=CycleView(title, 8, 13, 55),
        objectives=(objective,) * objectives,
        waiting=tuple(asked(number, title) for number in range(1, objectives + 1)),
    )
    pages = all_pages(blocks.okrs(many))
    for page in pages:
        check(page)
    assert sum(said(page).count("\n• ") for page in pages) == 3 * objectives
    check_home(home(many))


def test_what_does_not_fit_stands_on_the_next_page() -> None:
    pages = all_pages(blocks.okrs(somebody_elses(heading="TeeBee", objectives=(OBJECTIVE,) * 40)))
    for page in pages:
        check(page)
    assert len(pages) > 2
    assert button_texts(pages[0]) == ["More"]
    assert button_texts(pages[1]) == ["Back", "More"]
    assert button_texts(pages[-1]) == ["Back"]
    assert sum(said(page).count("• ") for page in pages) == 120
    assert said(pages[1]).startswith("TeeBee · 2026 Q4, week 8 of 13, pace 55 %\n")
    assert f"Page 2 of {len(pages)}" in said(pages[1])


def test_in_home_what_does_not_fit_is_counted() -> None:
    screen = check_home(home(view(objectives=(OBJECTIVE,) * 40)))
    assert screen.count("• ") == 60
    assert "… and 60 more key results than fit here; /okr shows them all." in screen
