"""The prompt and the reminder, in every state and with what people should not type."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.okr.model import FRIDAY as FRIDAYS
from bot.okr.model import Absence
from bot.okr.questions import Question, QuestionKind
from bot.okr.views import PromptView, StatusQuestion, Welcome
from bot.practice.screen import render_message
from bot.slack import ids
from bot.slack.blocks.check_in.prompt import prompt, reminder
from bot.slack.message import Message
from tests.slack.samples import (
    HOSTILE,
    PHONE,
    RENEWED,
    SATISFACTION,
    THREE,
    asked,
    button_texts,
    check,
    prompt_view,
    said,
)

WELCOME = (Welcome("TeeBee", "Hannah", "C1", FRIDAYS),)
ON_LEAVE = StatusQuestion(5, "🌴 On leave", date(2027, 1, 2))
PARTLY = (replace(RENEWED, answered=True, value=52.0), SATISFACTION, PHONE)
ANSWERED_AT = datetime(2026, 11, 20, 10, 12, tzinfo=UTC)


def screen(message: Message) -> str:
    return render_message(list(message.blocks), message.text, width=80, names={"C1": "okrs"})


def test_the_prompt_shows_each_key_result_and_how_to_answer() -> None:
    shown = prompt(prompt_view())
    check(shown)
    assert said(shown).splitlines() == [
        "TeeBee check-in · 3 key results · answer by 16:30",
        "1 Renewed online 47 → 80 %, confidence 8/10",
        "2 Satisfaction 7 → 8 pts, confidence 7/10",
        "3 Phone calls 40 → 20 a week, confidence 5/10",
        "Or just type: 1 47%",
    ]
    assert button_texts(shown) == ["Check in", "All unchanged", "Away"]


def test_its_buttons_say_which_check_in_and_nothing_more() -> None:
    row = prompt(prompt_view()).blocks[-2]
    assert [(button["action_id"], button.get("value")) for button in row["elements"]] == [
        (ids.CHECK_IN_OPEN, "17"),
        (ids.ALL_UNCHANGED, "17"),
        (ids.AWAY, None),
    ]


def test_a_status_that_looks_like_leave_is_asked_about_above_the_rest() -> None:
    shown = prompt(prompt_view(status=ON_LEAVE))
    check(shown)
    assert said(shown).splitlines()[1] == (
        "Your Slack status says “🌴 On leave”, until Saturday 2 January. Shall I leave you be until then?"
    )
    labels = button_texts(shown)
    assert labels[:2] == ["Yes, away until 2 January", "No, I am here"]
    assert [one["value"] for one in shown.blocks[2]["elements"]] == ["5/2027-01-02"] * 2
    assert labels[2:] == ["Check in", "All unchanged", "Away"]
    for words in HOSTILE:
        check(prompt(prompt_view(status=replace(ON_LEAVE, words=words * 30))))


def test_it_is_not_asked_about_in_the_reminder_or_once_all_is_answered() -> None:
    everything = tuple(replace(one, answered=True) for one in THREE)
    for shown in (
        reminder(prompt_view(status=ON_LEAVE)),
        prompt(prompt_view(status=ON_LEAVE, asked=everything, answered_at=ANSWERED_AT)),
        prompt(prompt_view(status=ON_LEAVE, open=False)),
    ):
        assert "status" not in shown.text


def test_one_key_result_needs_no_number() -> None:
    shown = prompt(prompt_view(asked=(PHONE,)))
    check(shown)
    assert "1 key result ·" in shown.text
    assert shown.text.endswith("Or just type: 40")


def test_the_first_prompt_says_who_enrolled_them_where_answers_go_and_how_to_pause() -> None:
    shown = prompt(prompt_view(welcome=WELCOME))
    check(shown)
    assert "Hannah added you to TeeBee. I ask on Fridays; #okrs sees the answers." in screen(shown)
    assert "/okr resume" in shown.text
    assert button_texts(shown) == ["Check in", "All unchanged", "Away", "Pause"]


def test_whoever_is_asked_on_a_day_of_their_own_hears_when_the_teams_check_in_is() -> None:
    the_day_before = prompt_view().answer_by - timedelta(days=1)
    shown = prompt(prompt_view(welcome=WELCOME, answer_by=the_day_before))
    assert "Hannah added you to TeeBee. Its check-in is on Fridays; #okrs sees" in screen(shown)


def test_nobody_is_named_where_the_reader_is_the_only_lead() -> None:
    shown = prompt(prompt_view(welcome=(Welcome("TeeBee", None, "C1", FRIDAYS),)))
    check(shown)
    assert "added you" not in shown.text


def test_a_partly_answered_prompt_marks_what_is_done_in_words() -> None:
    shown = prompt(prompt_view(asked=PARTLY))
    check(shown)
    assert said(shown).count("answered ✓") == 1
    assert "1 Renewed online 52 → 80 %, confidence 8/10 · answered ✓" in said(shown)
    assert button_texts(shown) == ["Check in", "Rest unchanged", "Away"]
    assert said(shown).endswith("Or just type: 2 7")


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (ANSWERED_AT, "Answered at 10:12 – thank you."),
        (datetime(2026, 11, 23, 9, 5, tzinfo=UTC), "Answered on Monday 23 November at 09:05 – thank you."),
    ],
)
def test_an_answered_prompt_thanks_and_lets_them_change_it(at: datetime, sentence: str) -> None:
    everything = tuple(replace(one, answered=True) for one in THREE)
    for draw in (prompt, reminder):
        shown = draw(prompt_view(asked=everything, answered_at=at))
        check(shown)
        assert sentence in said(shown)
        assert "✓" not in shown.text
        assert button_texts(shown) == ["Change answer"]


def test_a_closed_prompt_has_no_buttons() -> None:
    for draw in (prompt, reminder):
        shown = draw(prompt_view(open=False))
        check(shown)
        assert "This check-in is closed." in shown.text
        assert button_texts(shown) == []


def test_a_paused_prompt_offers_to_resume() -> None:
    for draw in (prompt, reminder):
        shown = draw(prompt_view(paused=True))
        check(shown)
        assert button_texts(shown) == ["Resume"]
        assert "Your check-ins are paused" in shown.text


def test_who_is_away_is_told_that_the_check_in_passes_them_by() -> None:
    away = Absence(5, 1, date(2026, 11, 20), date(2026, 11, 24), "said")
    for draw in (prompt, reminder):
        shown = draw(prompt_view(away=away))
        check(shown)
        assert "You are away Friday 20 November to Tuesday 24 November" in shown.text
        assert button_texts(shown) == ["I am here after all", "Check in"]
        assert shown.blocks[-1]["elements"][0]["value"] == "5"


def test_the_reminder_lists_only_what_is_unanswered() -> None:
    shown = reminder(prompt_view(asked=PARTLY))
    check(shown)
    assert said(shown).startswith("Reminder: TeeBee check-in · 2 key results still wait · answer by 16:30")
    assert "Renewed online" not in shown.text
    assert button_texts(shown) == ["Check in", "Rest unchanged", "Away"]
    assert button_texts(reminder(prompt_view(welcome=WELCOME))) == [
        "Check in",
        "All unchanged",
        "Away",
        "Pause",
    ]
    assert "1 key result still waits" in reminder(prompt_view(asked=(*PARTLY[:1], PHONE))).text


def test_an_hour_on_another_day_is_named_with_its_day() -> None:
    shown = prompt(prompt_view(answer_by=datetime(2026, 11, 19, 16, 30, tzinfo=UTC)))
    assert "answer by Thursday 19 November, 16:30" in shown.text


def test_several_teams_are_named_together() -> None:
    shown = prompt(prompt_view(teams=("TeeBee", "Sales")))
    assert shown.text.startswith("TeeBee and Sales check-in")


@pytest.mark.parametrize("count", [1, 40, 200])
@pytest.mark.parametrize("title", ["Renewed online", *HOSTILE])
def test_any_number_of_any_titles_fits(count: int, title: str) -> None:
    many = tuple(asked(number, title, unit=title[:60]) for number in range(1, count + 1))
    view = prompt_view(asked=many, welcome=(Welcome(title, title, "C1", FRIDAYS),) * 40, teams=(title,) * 40)
    for state in _states(view):
        check(prompt(state))
        check(reminder(state))


def test_what_does_not_fit_is_counted() -> None:
    shown = prompt(prompt_view(asked=tuple(asked(number) for number in range(1, 201))))
    named = said(shown).count("Renewed online")
    assert named > 50
    assert f"… and {200 - named} more" in said(shown)


def _states(view: PromptView) -> list[PromptView]:
    answered = tuple(replace(one, answered=True) for one in view.asked)
    return [
        view,
        replace(view, asked=(*answered[:1], *view.asked[1:])),
        replace(view, asked=answered, answered_at=ANSWERED_AT),
        replace(view, open=False),
        replace(view, paused=True),
        replace(view, away=Absence(5, 1, date(2026, 11, 20), date(2026, 11, 24), "said")),
    ]


def test_questions_to_think_about_stand_below_and_are_gone_once_it_is_answered() -> None:
    every = tuple(Question(kind, HOSTILE[1]) for kind in QuestionKind) * 3
    view = prompt_view(questions=every)
    check(prompt(view))
    assert said(prompt(view)).count("A thought: ") == 3
    assert "Is this the right work?" in said(prompt(view))
    assert "A thought" not in said(reminder(view))
    assert "A thought" not in said(prompt(replace(view, answered_at=view.answer_by)))
