"""Pause and resume: nobody is asked who does not want to be, and may answer all the same."""

from datetime import date, timedelta

import pytest

from bot.okr.model import OwedState, RoundState
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.sending import asks
from bot.storage import absences, owing
from bot.storage import rounds as stored
from bot.storage.engine import Database
from tests.services import sending
from tests.services.other_teams import add_round
from tests.services.teebee import FRIDAY, JACK, TeeBee, at, move_in, week_later


def owed(teebee: TeeBee) -> list[OwedState]:
    with teebee.database.reading() as connection:
        return [row.state for row in owing.in_check_in(connection, teebee.check_in_id(teebee.jack))]


def test_what_waits_is_not_counted_while_they_pause_and_waits_again_afterwards(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    prompt = asks.prompt_key(teebee.jack.id, FRIDAY)
    teebee.sent(prompt, at(10))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(10, 30))
    teebee.redraws()
    pausing.pause(database, JACK, at(11))
    assert owed(teebee) == [OwedState.ANSWERED, OwedState.AWAY, OwedState.AWAY]
    assert teebee.redraws() == [prompt]
    pausing.pause(database, JACK, at(11, 5))
    pausing.resume(database, JACK, at(11, 10))
    assert owed(teebee) == [OwedState.ANSWERED, OwedState.WAITING, OwedState.WAITING]
    with database.reading() as connection:
        assert not absences.is_paused(connection, teebee.jack.id)
        assert absences.of_people(connection, [teebee.jack.id]) == []


def test_what_the_digest_has_judged_is_not_undone_by_pausing_later(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    prompt = asks.prompt_key(teebee.jack.id, FRIDAY)
    teebee.sent(prompt, at(10))
    rounds.step(database, at(16, 30))
    pausing.pause(database, JACK, at(17))
    assert owed(teebee) == [OwedState.WAITING] * 3
    assert teebee.redraws() == [prompt]  # it says that they are paused


def test_whom_the_digest_passed_by_may_come_back_and_answer(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    pausing.pause(database, JACK, at(11))
    rounds.step(database, at(16, 30))
    pausing.resume(database, JACK, at(17))
    assert owed(teebee) == [OwedState.AWAY] * 3
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41), at(18))
    assert owed(teebee) == [OwedState.ANSWERED] * 3


def test_the_bot_does_not_wait_for_whom_it_did_not_ask(database: Database) -> None:
    teebee = move_in(database)
    pausing.pause(database, JACK, at(9))
    rounds.step(database, at(10))
    pausing.resume(database, JACK, at(11))
    assert owed(teebee) == [OwedState.AWAY] * 3


@pytest.mark.parametrize(("becomes", "after"), [("sent", OwedState.WAITING), ("dropped", OwedState.AWAY)])
def test_after_a_resume_it_waits_only_where_the_prompt_was_not_held_back(
    database: Database, becomes: str, after: OwedState
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    pausing.pause(database, JACK, at(11))
    prompt = asks.prompt_key(teebee.jack.id, FRIDAY)
    if becomes == "sent":
        teebee.sent(prompt, at(10))
    else:
        sending.put(database, prompt, state="dropped")
    pausing.resume(database, JACK, at(12))
    assert owed(teebee) == [after] * 3


def test_a_pause_counts_in_every_team_but_not_where_the_digest_has_judged(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    with database.transaction() as connection:
        thursday = add_round(connection, teebee, FRIDAY - timedelta(days=1))
        wednesday = add_round(connection, teebee, FRIDAY - timedelta(days=2))
        stored.move(connection, wednesday.id, RoundState.DIGESTED, of=[RoundState.OPEN])
    pausing.pause(database, JACK, at(11))
    with database.reading() as connection:
        states = [owing.in_round(connection, one.id)[0].state for one in (thursday, wednesday)]
    assert owed(teebee) == [OwedState.AWAY] * 3
    assert states == [OwedState.AWAY, OwedState.WAITING]


def test_a_closed_check_in_is_left_as_it_is(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    pausing.pause(database, JACK, at(11))
    for one in teebee.of(teebee.jack):
        teebee.hand_over(one, teebee.hannah)
    rounds.step(database, week_later(at(10)))
    pausing.resume(database, JACK, week_later(at(11)))
    assert owed(teebee) == [OwedState.AWAY] * 3


def test_the_pause_begins_and_ends_on_the_days_of_their_own_calendar(database: Database) -> None:
    teebee = move_in(database, jack_zone="America/Los_Angeles")
    pausing.pause(database, JACK, at(9))  # Thursday evening there
    pausing.resume(database, JACK, week_later(at(9)))
    with database.reading() as connection:
        (absence,) = absences.of_people(connection, [teebee.jack.id])
    assert (absence.starts, absence.ends) == (date(2026, 11, 19), date(2026, 11, 25))


def test_somebody_without_okrs_may_pause_too(database: Database) -> None:
    move_in(database)
    pausing.pause(database, "U0NOBODY01", at(9))
    pausing.resume(database, "U0NOBODY01", at(9))
    with database.reading() as connection:
        assert absences.of_people(connection, [4]) == []
