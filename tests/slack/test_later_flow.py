"""Later: the reminder put off once, taken back, and what goes wrong."""

from datetime import date, time
from typing import Any

import pytest

from bot.okr.days.later import Later
from bot.okr.model import MONDAY, CheckInTimes, Meeting
from bot.practice import Message
from bot.services.answering.checkins import CannotAnswer, WhyNot
from bot.services.asking import later
from bot.services.away import settings
from bot.services.away.settings import Week
from bot.slack import ids, texts
from tests.services.teebee import FRIDAY, JACK, TeeBee
from tests.slack.friday import Friday, locked, quiet

MEETS_ON_MONDAY = CheckInTimes(meeting=Meeting(MONDAY, time(14)))
NEXT_MONDAY = date(2026, 11, 23)


def asked(friday: Friday, **how: Any) -> TeeBee:
    teebee = friday.move_in(**how)
    friday.tick(10)
    return teebee


def prompt(friday: Friday, actor: Any) -> Message:
    return friday.said_to(actor)[0]


def put_off(friday: Friday, choice: str) -> str:
    """What the prompt says afterwards."""
    assert friday.jack.tap(prompt(friday, friday.jack), action_id="later", choice=choice).ok
    friday.settle()
    return quiet(prompt(friday, friday.jack)).text


def heard_at(friday: Friday, hour: int, minute: int = 0, day: date = FRIDAY) -> int:
    """How many messages Jack has got by then."""
    friday.tick(hour, minute, day=day)
    friday.settle()  # another of its threads may be sending
    return len([one for one in friday.said_to(friday.jack) if not one.only_for])


def test_later_replaces_the_reminder(friday: Friday) -> None:
    asked(friday)
    assert "I come back at 11:00." in put_off(friday, "In an hour")
    assert heard_at(friday, 10, 59) == 1
    assert heard_at(friday, 11) == 2
    assert friday.said_to(friday.jack)[1].text.startswith("Reminder")
    assert "I come back" not in friday.said_to(friday.jack)[1].text
    assert "I come back" not in prompt(friday, friday.jack).text
    assert heard_at(friday, 15) == heard_at(friday, 16) == 2


def test_the_next_working_morning_is_one_before_the_digest(friday: Friday) -> None:
    asked(friday, times=MEETS_ON_MONDAY)
    assert "I come back on Monday 23 November at 09:00." in put_off(friday, "Monday at 09:00")
    assert heard_at(friday, 15) == heard_at(friday, 8, 59, NEXT_MONDAY) == 1
    assert heard_at(friday, 9, 0, NEXT_MONDAY) == 2


def test_it_is_undone_and_then_the_reminder_comes_as_usual(friday: Friday) -> None:
    asked(friday)
    put_off(friday, "In an hour")
    assert friday.jack.tap(prompt(friday, friday.jack), label=texts.AS_USUAL).ok
    friday.settle()
    assert "I come back" not in prompt(friday, friday.jack).text
    assert heard_at(friday, 11) == heard_at(friday, 14, 59) == 1
    assert heard_at(friday, 15) == 2


def test_undone_after_the_usual_hour_there_is_no_reminder_any_more(friday: Friday) -> None:
    asked(friday, times=MEETS_ON_MONDAY)
    put_off(friday, "Monday at 09:00")
    assert heard_at(friday, 15, 30) == 1
    assert friday.jack.tap(prompt(friday, friday.jack), label=texts.AS_USUAL).ok
    friday.settle()
    assert heard_at(friday, 16) == heard_at(friday, 9, 0, NEXT_MONDAY) == 1


def test_whoever_wants_no_reminders_gets_the_one_they_ask_for(friday: Friday) -> None:
    asked(friday)
    settings.save(friday.okra.database, JACK, Week(muted=True))
    put_off(friday, "In an hour")
    assert heard_at(friday, 11) == 2


def test_the_prompt_of_a_reminder_that_did_not_go_out_does_not_promise_it_any_more(friday: Friday) -> None:
    asked(friday)
    put_off(friday, "In an hour")
    assert heard_at(friday, 16, 31) == 1  # nobody was at work in between
    assert "I come back" not in prompt(friday, friday.jack).text


def test_whoever_has_answered_meanwhile_is_not_reminded(friday: Friday) -> None:
    asked(friday)
    put_off(friday, "In an hour")
    assert friday.jack.tap(prompt(friday, friday.jack), action_id="all_unchanged").ok
    friday.settle()
    assert "I come back" not in prompt(friday, friday.jack).text
    assert heard_at(friday, 11) == heard_at(friday, 15) == 1


@pytest.mark.parametrize(
    ("hour", "minute"), [(15, 20), (15, 40)], ids=["after the reminder", "too late for an hour"]
)
def test_an_old_menu_gets_a_sentence(friday: Friday, hour: int, minute: int) -> None:
    asked(friday)
    friday.tick(hour, minute)
    outcome = friday.jack.tap(prompt(friday, friday.jack), action_id="later", choice="In an hour")
    friday.heard(friday.jack, texts.TOO_LATE_FOR_LATER)
    assert outcome.acked


def test_a_second_choice_and_a_double_tap_change_nothing(friday: Friday) -> None:
    asked(friday)
    menu = prompt(friday, friday.jack)
    put_off(friday, "In an hour")
    friday.forge(friday.jack, menu, "all_unchanged", "1", to_action="as_usual")  # Hannah's
    friday.heard(friday.jack, texts.NOT_YOURS)
    friday.forge(friday.jack, menu, "all_unchanged", "x", to_action="later")
    assert "I come back at 11:00." in prompt(friday, friday.jack).text


def test_a_closed_round_and_a_locked_database_get_a_sentence(friday: Friday) -> None:
    teebee = asked(friday)
    with locked(friday.okra.database):
        assert friday.jack.tap(prompt(friday, friday.jack), action_id="later", choice="In an hour").ok
        friday.heard(friday.jack, texts.STORAGE_AWAY)
    check_in_id = teebee.check_in_id(teebee.jack)
    friday.tick(16, 30)
    friday.tick(10, day=date(2026, 11, 27))
    newest = friday.said_to(friday.jack)[-1]
    value = ids.later_value(check_in_id, Later.HOUR)
    friday.forge(friday.jack, newest, "check_in_open", str(check_in_id), to_action="as_usual")
    friday.heard(friday.jack, texts.CLOSED_FORM)
    with pytest.raises(CannotAnswer) as closed:
        later.put_off(friday.okra.database, JACK, check_in_id, Later.HOUR, friday.clock.now)
    assert closed.value.why is WhyNot.CLOSED
    assert ids.read_later_value(value) == (check_in_id, Later.HOUR)
