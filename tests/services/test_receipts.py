"""The receipt shows the freshest state of what an answer changed, and what was not taken."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.services.answering import checkins, receipts
from bot.services.asking import rounds
from bot.storage import people
from bot.storage.engine import Database
from tests.services.teebee import JACK, SHANGHAI, at, move_in, week_later

THURSDAY = date(2026, 11, 19)


def test_it_shows_what_changed_against_last_week_and_what_still_waits(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41, confidence=8), at(11))
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 60, actions=("call",)), week_later(at(11)))
    first, second, third = teebee.of(teebee.jack)
    subject = {"check_in": teebee.check_in_id(teebee.jack), "key_results": [first]}
    view = receipts.load(database, JACK, subject, week_later(at(11)))
    (line,) = view.lines
    assert (line.number, line.title, line.value, line.value_before) == (1, "Renewed online", 60, 52)
    assert (line.confidence, line.confidence_before, line.blocker) == (7, 8, None)
    assert [one.key_result_id for one in view.waiting] == [second, third]
    assert view.actions == ("call",)
    assert (view.late, view.unchanged, view.nothing_asked) == (False, False, False)


def test_it_leaves_out_actions_that_the_answer_did_not_name_and_says_what_was_not_taken(
    database: Database,
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 60, actions=("call",)), at(11))
    subject = {
        "check_in": teebee.check_in_id(teebee.jack),
        "key_results": [],
        "actions": False,
        "not_understood": ["<!channel>"],
        "problems": ["KR1: 11 is not a confidence"],
        "late": True,
        "unchanged": True,
    }
    view = receipts.load(database, JACK, subject, at(11))
    assert (view.lines, view.actions) == ((), ())
    assert (view.not_understood, view.problems) == (("<!channel>",), ("KR1: 11 is not a confidence",))
    assert (view.late, view.unchanged) == (True, True)


@pytest.mark.parametrize("check_in", [None, 999])
def test_with_nothing_asked_it_names_the_next_prompt_in_the_persons_own_time(
    database: Database, check_in: int | None
) -> None:
    move_in(database, jack_zone="Europe/London")
    subject = {"check_in": check_in, "not_understood": ["hello"]}
    view = receipts.load(database, JACK, subject, at(9, day=date(2026, 11, 16)))
    assert view.nothing_asked
    assert view.check_in_id is None
    assert view.not_understood == ("hello",)
    assert view.next_prompt == datetime(2026, 11, 19, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    assert view.next_prompt is not None
    assert view.next_prompt.tzinfo == ZoneInfo("Europe/London")


def test_somebody_who_owes_nothing_is_told_of_no_prompt(database: Database) -> None:
    move_in(database)
    with database.transaction() as connection:
        people.ensure(connection, "U0NOBODY01")
    view = receipts.load(database, "U0NOBODY01", {"check_in": None}, at(9).astimezone(SHANGHAI))
    assert view.next_prompt is None


def test_somebody_unknown_is_not_written_down_by_looking(database: Database) -> None:
    with pytest.raises(LookupError):
        receipts.load(database, "U0NOBODY01", {"check_in": None}, at(9))
    with database.reading() as connection:
        assert people.by_slack_id(connection, "U0NOBODY01") is None
