"""The receipt says what was understood, what was not, and what still waits."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.okr.measures import Move
from bot.okr.model import Blocker, BlockerKind
from bot.okr.replies.doubt_views import DoubtKind, DoubtView
from bot.okr.replies.doubts import DOUBTS_MOST, MEANINGS_MOST
from bot.okr.views import OpenAction, ReceiptLine, ReceiptView
from bot.slack import ids
from bot.slack.blocks.check_in.receipt import receipt
from tests.slack.samples import HOSTILE, PHONE, THREE, asked, button_texts, check, said

BLOCKER = Blocker(BlockerKind.DEPENDENCY, 1, "a page")
LINE = ReceiptLine(
    number=1,
    title="Renewed online",
    unit="%",
    measure=Move(20.0, 80.0),
    value=62.0,
    confidence=7,
    value_before=52.0,
    confidence_before=8,
    drove="two chains signed",
)


def view(**changes: Any) -> ReceiptView:
    return replace(ReceiptView(17, (LINE,)), **changes)


def test_a_line_says_what_moved_and_why() -> None:
    shown = receipt(view())
    check(shown)
    assert said(shown).splitlines() == [
        "Thank you, noted:",
        "1 Renewed online 52 → 62 %, confidence 7 (was 8) · two chains signed",
        "That is everything for this week.",
    ]
    assert button_texts(shown) == ["Correct it"]
    button = shown.blocks[-1]["elements"][0]
    assert (button["action_id"], button["value"]) == (ids.CHECK_IN_OPEN, "17")


@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        ((replace(LINE, confidence=3),), "KR1: what is in the way? Tap Correct it."),
        (
            (replace(LINE, confidence=0), replace(LINE, number=4, confidence=3)),
            "KR1 and KR4: what is in the way?",
        ),
        ((replace(LINE, confidence=4),), None),
        ((replace(LINE, confidence=3, blocker=BLOCKER),), None),
    ],
)
def test_low_confidence_asks_what_is_in_the_way_unless_it_was_said(
    lines: tuple[ReceiptLine, ...], asks: str | None
) -> None:
    shown = receipt(view(lines=lines))
    check(shown)
    assert ("what is in the way" in said(shown)) is (asks is not None)
    assert (asks or "") in said(shown)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value_before": 62.0, "confidence_before": 7}, "1 Renewed online 62 %, confidence 7"),
        ({"value_before": None, "confidence_before": None}, "1 Renewed online 62 %, confidence 7"),
        (
            {"blocker": BLOCKER, "blocker_whose": "Hannah"},
            "1 Renewed online 52 → 62 %, confidence 7 (was 8) · In the way: dependency, Hannah · Fix: a page",
        ),
        ({"drove": "  "}, "1 Renewed online 52 → 62 %, confidence 7 (was 8)"),
    ],
)
def test_a_line_leaves_out_what_did_not_change(changes: dict[str, Any], words: str) -> None:
    one = replace(LINE, **{"drove": "", **changes})
    shown = receipt(view(lines=(one,)))
    check(shown)
    assert said(shown).splitlines()[1] == words


def test_everything_else_is_said_in_its_turn() -> None:
    shown = receipt(
        view(
            actions=("call the five that lapsed",),
            problems=("KR3: 11 is not a confidence; it goes from 0 to 10",),
            not_understood=("the weather was nice",),
            waiting=(PHONE,),
            late=True,
        )
    )
    check(shown)
    assert said(shown).splitlines()[2:] == [
        "The digest is already out; I bring it up to date.",
        "Next week:",
        "• call the five that lapsed",
        "KR3: 11 is not a confidence; it goes from 0 to 10",
        "I kept these words for you; nobody else sees them until you put them into your check-in:",
        "“the weather was nice”",
        "Still waiting:",
        "3 Phone calls 40 → 20 a week, confidence 5/10",
    ]
    assert button_texts(shown) == ["Correct it", "Rest unchanged"]


def test_one_tap_is_confirmed_as_unchanged() -> None:
    assert said(receipt(view(unchanged=True))).startswith("Thank you, noted as unchanged:")


def test_words_without_an_answer_are_kept_and_the_question_stands() -> None:
    shown = receipt(view(lines=(), not_understood=("thanks for the tea",), waiting=THREE))
    check(shown)
    assert said(shown).startswith("I could not read an answer in that.")
    assert "“thanks for the tea”" in said(shown)
    assert button_texts(shown) == ["Check in", "All unchanged"]


def test_actions_alone_are_an_answer_too() -> None:
    shown = receipt(view(lines=(), actions=("call",), waiting=THREE))
    check(shown)
    assert said(shown).startswith("Thank you, noted:")


def test_when_nothing_is_asked_it_says_when_it_will_be() -> None:
    asked_next = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    shown = receipt(
        ReceiptView(None, (), not_understood=("thanks",), nothing_asked=True, next_prompt=asked_next)
    )
    check(shown)
    assert said(shown).splitlines() == [
        "Nothing is asked of you right now. I kept your words; nobody else sees them.",
        "I ask you next on Friday 27 November at 10:00.",
        "Your words:",
        "“thanks”",
    ]
    assert button_texts(shown) == []


def test_nothing_asked_and_nothing_written_is_one_sentence() -> None:
    shown = receipt(ReceiptView(None, (), nothing_asked=True))
    check(shown)
    assert said(shown) == "Nothing is asked of you right now."


WHICH = DoubtView(5, 0, DoubtKind.WHICH, "52 %", "", ("1 Renewed online", "2 Satisfaction"))
NUMBER = DoubtView(5, 1, DoubtKind.MEANING, "3 1,250", "3 Phone calls", ("1,250 a week", "1.25 a week"))
SURE = DoubtView(5, 2, DoubtKind.CONFIDENCE, "on track", "1 Renewed online", ("7", "8", "9", "10"))
ONE = DoubtView(5, 3, DoubtKind.MEANING, "same", "", ("KR2, KR3",))


def test_what_may_mean_several_things_is_asked_with_a_row_of_buttons_each() -> None:
    shown = receipt(view(doubts=(WHICH, NUMBER, SURE, ONE), not_understood=("hello",)))
    check(shown)
    assert said(shown).splitlines()[2:] == [
        "“52 %”: which one is it?",
        "“3 1,250” for 3 Phone calls: what do you mean?",
        "“on track” for 1 Renewed online: how sure are you now, from 0 to 10?",
        "“same”: do you mean KR2, KR3?",
        "I kept these words for you; nobody else sees them until you put them into your check-in:",
        "“hello”",
    ]
    rows = [block for block in shown.blocks if block["type"] == "actions"]
    assert [[button["text"]["text"] for button in row["elements"]] for row in rows] == [
        ["1 Renewed online", "2 Satisfaction", "None of them"],
        ["1,250 a week", "1.25 a week", "None of them"],
        ["7", "8", "9", "10", "None of them"],
        ["KR2, KR3", "No"],
        ["Correct it"],
    ]
    first, *_, none = rows[1]["elements"]
    assert (first["value"], none["value"]) == ("5-1-0", "5-1")
    assert ids.read_meant_value(first["value"]) == ((5, 1), 0)


def test_where_all_of_it_is_doubtful_the_question_comes_first() -> None:
    shown = receipt(view(lines=(), doubts=(WHICH,), waiting=THREE))
    check(shown)
    assert said(shown).splitlines()[:2] == ["I want to be sure what you mean:", "“52 %”: which one is it?"]


def test_without_a_check_in_there_is_nothing_to_correct() -> None:
    assert button_texts(receipt(view(check_in_id=None))) == []


@pytest.mark.parametrize("count", [1, 200])
@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_was_typed_fits_and_disturbs_nobody(typed: str, count: int) -> None:
    lines = tuple(replace(LINE, number=number, title=typed, drove=typed) for number in range(1, count + 1))
    waiting = tuple(asked(number, typed) for number in range(1, count + 1))
    hostile = view(
        lines=lines,
        actions=(typed,) * 3,
        not_understood=(typed,) * count,
        problems=(typed,) * count,
        closed=(OpenAction(5, typed, 2, 1, "done"),) * min(count, 9),
        thanks=(typed,) * min(count, 9),
        doubts=tuple(
            DoubtView(
                2**31 - 1,
                index,
                DoubtKind.MEANING,
                typed,
                f"1 {typed}",
                tuple(f"{n} {typed}" for n in range(MEANINGS_MOST)),
            )
            for index in range(DOUBTS_MOST)
        ),
        waiting=waiting,
        late=True,
    )
    check(receipt(hostile))
    check(receipt(replace(hostile, lines=(), actions=())))
    check(receipt(replace(hostile, nothing_asked=True)))
