"""The prompt and the reminder: what is asked, what is answered, and the welcome that comes once."""

from datetime import date

import pytest

from bot.okr.model import FRIDAY as FRIDAY_DAY
from bot.okr.model import Membership, Role
from bot.okr.views import PromptView, Welcome
from bot.services.answering import checkins
from bot.services.asking import prompts, rounds
from bot.services.away import pausing
from bot.services.sending import asks
from bot.storage import teams
from bot.storage.engine import Database
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, TeeBee, at, move_in, week_later


def opened(database: Database, *, jack_zone: str = "Asia/Shanghai") -> TeeBee:
    teebee = move_in(database, jack_zone=jack_zone)
    rounds.step(database, at(10))
    return teebee


def jacks(teebee: TeeBee) -> PromptView:
    return prompts.load(teebee.database, teebee.check_in_id(teebee.jack))


def test_it_asks_for_everything_owed_by_the_hour_of_the_readers_own_clock(database: Database) -> None:
    view = jacks(opened(database, jack_zone="Europe/London"))
    assert (view.teams, view.date, len(view.asked)) == (("TeeBee",), FRIDAY, 3)
    assert (view.answer_by.hour, view.answer_by.minute, view.answer_by.date()) == (16, 30, date(2026, 11, 19))
    assert (view.open, view.paused, view.answered_at, view.actions) == (True, False, None, ())


def test_the_first_prompt_says_who_enrolled_them(database: Database) -> None:
    teebee = opened(database)
    assert jacks(teebee).welcome == (Welcome("TeeBee", "Hannah", CHANNEL, FRIDAY_DAY),)
    hannahs = prompts.load(database, teebee.check_in_id(teebee.hannah))
    assert hannahs.welcome == (Welcome("TeeBee", None, CHANNEL, FRIDAY_DAY),)


def test_another_lead_enrolled_the_lead(database: Database) -> None:
    teebee = opened(database)
    with database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.jack.id, Role.LEAD))
    (welcome,) = prompts.load(database, teebee.check_in_id(teebee.hannah)).welcome
    assert welcome.enrolled_by == "Jack"


def test_the_welcome_stays_in_the_first_prompt_and_comes_in_no_other(database: Database) -> None:
    teebee = opened(database)
    first = teebee.check_in_id(teebee.jack)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(11))
    assert prompts.load(database, first).welcome
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    assert jacks(teebee).welcome == ()


def test_it_is_answered_once_everything_is(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, actions=("call",)), at(11))
    assert (jacks(teebee).answered_at, jacks(teebee).actions) == (None, ("call",))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(12))
    assert jacks(teebee).answered_at == at(12)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 53, 7, 41), at(13))
    assert jacks(teebee).answered_at == at(12)


def test_what_was_dropped_or_handed_over_does_not_keep_it_waiting(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(11))
    _, satisfaction, calls = teebee.of(teebee.jack)
    teebee.drop(satisfaction)
    teebee.hand_over(calls, teebee.hannah)
    view = jacks(teebee)
    assert ([one.number for one in view.asked], view.answered_at) == ([1], at(11))


def test_with_nothing_left_of_it_there_are_no_questions(database: Database) -> None:
    teebee = opened(database)
    for one in teebee.of(teebee.jack):
        teebee.drop(one)
    view = jacks(teebee)
    assert (view.open, view.asked, view.answered_at) == (False, (), None)


def test_it_closes_when_the_next_round_opens(database: Database) -> None:
    teebee = opened(database)
    first = teebee.check_in_id(teebee.jack)
    rounds.step(database, at(16, 30))
    assert prompts.load(database, first).open
    rounds.step(database, week_later(at(10)))
    assert not prompts.load(database, first).open


def test_a_closed_one_does_not_show_what_was_said_in_the_next(database: Database) -> None:
    teebee = opened(database)
    first = teebee.check_in_id(teebee.jack)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(11))
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 60, 7.5, 35), week_later(at(11)))
    assert [one.value for one in prompts.load(database, first).asked] == [52, 7, 41]
    assert [one.value for one in jacks(teebee).asked] == [60, 7.5, 35]


def test_a_pause_shows(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, HANNAH, teebee.answers(teebee.hannah, 55, 9, 1), at(11))
    pausing.pause(database, JACK, at(11))
    assert (jacks(teebee).paused, jacks(teebee).answered_at) == (True, None)


def test_a_check_in_that_does_not_exist_is_nothing_to_draw(database: Database) -> None:
    with pytest.raises(LookupError, match="no check-in 7"):
        prompts.load(database, 7)
