"""A Slack status that looks like leave: the question in the prompt, its answers, and what goes wrong."""

from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.practice import Message
from bot.practice.faults import Fault
from bot.slack import texts
from bot.storage.tables import inbox, statuses
from tests.services.teebee import TeeBee, at
from tests.slack.friday import Friday, locked, quiet
from tests.slack.test_away_flow import days, said_after

MONDAY = date(2026, 11, 23)
NEXT_FRIDAY = date(2026, 11, 27)
INTERNAL_ERROR = {"ok": False, "error": "internal_error"}
SAYS = "Your Slack status says “🌴 On leave”, until Monday 23 November. Shall I leave you be until then?"
YES, NO = "Yes, away until 23 November", texts.I_AM_HERE


def until(moment: datetime) -> int:
    return int(moment.timestamp())


def wears(actor: Any, text: str = "On leave", day: date = MONDAY) -> None:
    actor.set_status(text, ":palm_tree:", until(at(18, day=day)))


def asked(friday: Friday) -> TeeBee:
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def prompt(friday: Friday) -> Message:
    friday.settle()
    return quiet(friday.said_to(friday.jack)[0])


def test_one_that_was_set_before_stands_in_the_prompt_and_yes_is_days_away(friday: Friday) -> None:
    wears(friday.jack)
    teebee = asked(friday)
    assert SAYS in prompt(friday).text
    assert days(friday, teebee) == []
    said = said_after(friday, friday.jack, prompt(friday), label=YES)
    assert "You are away Friday 20 November to Monday 23 November" in said
    assert days(friday, teebee) == [("2026-11-20", "2026-11-23")]
    assert "this check-in passes you by" in prompt(friday).text
    assert "Slack status" not in prompt(friday).text
    said_after(friday, friday.jack, prompt(friday), label=texts.HERE_AFTER_ALL)
    assert days(friday, teebee) == []
    assert "answer by 16:30" in prompt(friday).text
    assert "Slack status" not in prompt(friday).text


def test_one_that_comes_later_is_put_into_the_prompt_without_a_message(friday: Friday) -> None:
    asked(friday)
    assert "Slack status" not in prompt(friday).text
    wears(friday.jack)
    friday.until(lambda: SAYS in prompt(friday).text)
    assert len(friday.said_to(friday.jack)) == 1
    friday.tick(15)
    friday.settle()
    reminder = friday.said_to(friday.jack)[1]
    assert reminder.text.startswith("Reminder")
    assert "Slack status" not in reminder.text


def test_no_asks_as_usual_and_never_again_about_this_one(friday: Friday) -> None:
    teebee = asked(friday)
    wears(friday.jack, day=date(2026, 12, 31))
    friday.until(lambda: "Slack status" in prompt(friday).text)
    assert said_after(friday, friday.jack, prompt(friday), label=NO) == texts.YOU_ARE_HERE
    assert "Slack status" not in prompt(friday).text
    assert days(friday, teebee) == []
    friday.tick(16, 30)
    friday.tick(10, day=NEXT_FRIDAY)
    friday.settle()
    assert "Slack status" not in friday.said_to(friday.jack)[-1].text


def button(shown: Message) -> str:
    """What the buttons about the status carry."""
    elements = [one for block in shown.blocks for one in block.get("elements", ())]
    return next(str(one["value"]) for one in elements if one.get("action_id") == "status_away")


def test_an_old_prompt_s_button_gets_a_sentence(friday: Friday) -> None:
    teebee = asked(friday)
    wears(friday.jack)
    friday.until(lambda: "Slack status" in prompt(friday).text)
    old = prompt(friday)
    with locked(friday.okra.database):
        assert said_after(friday, friday.jack, old, label=YES) == texts.STORAGE_AWAY
    said_after(friday, friday.jack, old, label=NO)
    outcome = friday.forge(friday.jack, old, "status_away", button(old))
    friday.until(lambda: texts.STATUS_ANSWERED in str(friday.jack.messages()))
    assert outcome.acked
    friday.tick(10, day=NEXT_FRIDAY)  # the status is over, and what was asked about it forgotten
    friday.settle()
    friday.forge(friday.jack, old, "status_away", button(old))
    friday.until(lambda: texts.STATUS_OVER in str(friday.jack.messages()))
    assert days(friday, teebee) == []


def test_forged_and_foreign_buttons_change_nothing(friday: Friday) -> None:
    teebee = asked(friday)
    wears(friday.jack)
    friday.until(lambda: "Slack status" in prompt(friday).text)
    hannahs = friday.said_to(friday.hannah)[0]
    for action in ("status_away", "status_here"):
        for value in ("1", "99", "2147483648", "x", "", None):
            assert friday.forge(friday.hannah, hannahs, "all_unchanged", value, to_action=action).acked
    friday.until(lambda: texts.STATUS_OVER in str(friday.hannah.messages()))
    assert SAYS in prompt(friday).text
    assert days(friday, teebee) == []


def test_a_status_that_is_taken_off_takes_the_question_along(friday: Friday) -> None:
    asked(friday)
    wears(friday.jack)
    friday.until(lambda: "Slack status" in prompt(friday).text)
    friday.jack.set_status("")
    friday.until(lambda: "Slack status" not in prompt(friday).text)


def test_what_is_typed_into_a_status_disturbs_nobody_and_only_its_author_sees_it(
    friday: Friday, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(friday)
    wears(friday.jack, "On leave <!channel> &amp; *tangerine* @here " + "x" * 300)
    friday.until(lambda: "Slack status" in prompt(friday).text)
    assert "On leave &lt;!channel&gt; &amp; *tangerine*" in prompt(friday).text
    friday.tick(16, 30)
    friday.settle()
    assert "tangerine" not in str(friday.hannah.messages())
    assert "tangerine" not in friday.digest().text
    assert "tangerine" not in capsys.readouterr().out


def test_nothing_of_a_status_stays_but_what_is_asked_about(friday: Friday) -> None:
    asked(friday)
    friday.jack.set_status("In a meeting", ":calendar:", until(at(18)))
    friday.jack.set_status("Vacationing", ":palm_tree:")  # it does not say until when
    friday.settle()
    with friday.okra.database.reading() as connection:
        assert connection.execute(sa.select(statuses.c.id)).first() is None
    wears(friday.jack)
    friday.until(lambda: "Slack status" in prompt(friday).text)
    said_after(friday, friday.jack, prompt(friday), label=NO)
    with friday.okra.database.reading() as connection:
        payloads = list(connection.execute(sa.select(inbox.c.payload)).scalars())
        (kept,) = connection.execute(sa.select(statuses.c.text, statuses.c.emoji)).all()
    assert payloads == [None] * 3
    assert tuple(kept) == (None, None)


def test_a_lookup_that_fails_holds_up_no_prompt(friday: Friday) -> None:
    friday.slack.set_faults(lambda method, *_: Fault(body=INTERNAL_ERROR) if method == "users.info" else None)
    friday.jack.change(status_text="")
    wears(friday.jack)
    friday.settle()  # nobody is asked anything yet
    asked(friday)
    assert "Slack status" not in prompt(friday).text
    assert len(friday.said_to(friday.hannah)) == 1
