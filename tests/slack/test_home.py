"""The Home tab, and following what Slack says of people."""

from datetime import date
from typing import Any

import pytest

from bot.practice import Fault
from bot.practice.faults import too_many
from bot.slack import texts
from bot.slack.texts import looking
from bot.storage import inbox, people
from tests.services.teebee import JACK
from tests.slack.friday import Friday, locked

NEXT_FRIDAY = date(2026, 11, 27)


def home(friday: Friday, actor: Any, words: str) -> str:
    """Waits until the person's Home says so, and gives all of it."""
    shown: str = friday.until(lambda: words in actor.home_screen(width=200) and actor.home_screen(width=200))
    return shown


def test_home_shows_whoever_opens_it_what_is_theirs(friday: Friday) -> None:
    friday.hannah.open_home()
    home(friday, friday.hannah, looking.NOBODY_TO_ASK)
    friday.move_in()
    friday.jack.open_home()
    assert "I ask you next on Friday 20 November at 10:00" in home(friday, friday.jack, "Phone calls")
    friday.tick(10)
    friday.jack.open_home()
    home(friday, friday.jack, "3 key results wait for you, answer by 16:30")


def test_all_unchanged_in_home_redraws_it(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    friday.jack.open_home()
    home(friday, friday.jack, "wait for you")
    assert friday.jack.tap("home", label="All unchanged").ok
    home(friday, friday.jack, texts.NOTHING_OWED)


def test_a_form_opened_in_home_redraws_it(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    friday.jack.open_home()
    home(friday, friday.jack, "wait for you")
    friday.form(friday.jack, "home")
    friday.jack.fill(f"value:{teebee.of(teebee.jack)[0]}", "52%")
    assert friday.jack.submit().ok
    assert "30 → 80" not in home(friday, friday.jack, texts.NOTHING_OWED)
    assert "52 → 80 %" in friday.jack.home_screen(width=200)


def test_pause_and_resume_in_home(friday: Friday) -> None:
    friday.move_in()
    friday.jack.open_home()
    home(friday, friday.jack, "Phone calls")
    assert friday.jack.tap("home", label="Pause").ok
    home(friday, friday.jack, texts.PAUSED)
    assert friday.jack.tap("home", label="Resume").ok
    friday.until(lambda: texts.PAUSED not in friday.jack.home_screen(width=200))


def test_an_old_button_in_home_opens_a_sentence_and_redraws_it(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    friday.jack.open_home()
    home(friday, friday.jack, "wait for you")
    refused = Fault(perform=False, body={"ok": False, "error": "not_enabled"})
    friday.slack.set_faults(lambda method, _arguments: refused if method == "views.publish" else None)
    friday.tick(16, 30)
    friday.tick(10, day=NEXT_FRIDAY)
    friday.slack.set_faults(None)
    before = len(friday.calls("views.publish"))
    assert friday.jack.tap("home", label="All unchanged").ok
    friday.until(friday.jack.view)
    assert texts.CLOSED_FORM in friday.jack.view_screen(width=200)
    friday.until(lambda: any(one["response"] for one in friday.calls("views.publish")[before:]))
    friday.jack.close()
    assert friday.jack.tap("home", label="All unchanged").ok
    home(friday, friday.jack, texts.NOTHING_OWED)
    assert [len(teebee.said(one, NEXT_FRIDAY)) for one in teebee.of(teebee.jack)] == [1, 1, 1]


def test_a_locked_database_is_said_in_home_too(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    friday.jack.open_home()
    home(friday, friday.jack, "wait for you")
    with locked(friday.okra.database):
        assert friday.jack.tap("home", label="All unchanged").acked
        friday.until(friday.jack.view)
    assert "could not save" in friday.jack.view_screen(width=200)


def test_a_home_that_slack_does_not_take_costs_nobody_their_answer(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    refused = Fault(perform=False, body={"ok": False, "error": "not_enabled"})
    friday.slack.set_faults(lambda method, _arguments: refused if method == "views.publish" else None)
    friday.form(friday.jack, friday.said_to(friday.jack)[0])
    assert friday.jack.submit().ok
    friday.until(lambda: friday.calls("views.publish"))
    friday.settle()
    assert len(teebee.said(teebee.of(teebee.jack)[0])) == 1
    with friday.okra.database.reading() as connection:
        assert inbox.failures(connection) == []


@pytest.mark.parametrize(
    "fault", [too_many(30), Fault(perform=False, body={"ok": False, "error": "not_enabled"})]
)
def test_a_home_that_cannot_be_drawn_is_not_tried_again_and_holds_up_no_words(
    friday: Friday, fault: Fault
) -> None:
    friday.move_in()
    friday.tick(10)
    friday.slack.set_faults(lambda method, _arguments: fault if method == "views.publish" else None)
    friday.jack.open_home()
    friday.jack.say("1 62")
    friday.heard(friday.jack, "62 %")
    friday.settle()
    assert len(friday.calls("views.publish")) == 1
    with friday.okra.database.reading() as connection:
        assert inbox.failures(connection) == []


def test_a_changed_person_is_followed(friday: Friday) -> None:
    friday.move_in()
    friday.jack.change(tz="Europe/London", name="Jack T.")
    friday.settle()
    with friday.okra.database.reading() as connection:
        jack = people.by_slack_id(connection, JACK)
    assert jack is not None
    assert (jack.name, jack.zone) == ("Jack T.", "Europe/London")
    friday.tick(10)
    assert "answer by Thursday 19 November, 16:30" in friday.said_to(friday.jack)[0].text


def test_a_stranger_who_changes_stays_one(friday: Friday) -> None:
    friday.jim.change(tz="Europe/London")
    friday.settle()
    with friday.okra.database.reading() as connection:
        assert people.by_slack_id(connection, friday.jim.id) is None
