"""Days away: what waits turns away at once, and comes back when they take it back."""

from datetime import date, timedelta

import pytest

from bot.okr.days.away import NotDays, Why
from bot.okr.model import OwedState, RoundState
from bot.services.asking import prompts, rounds
from bot.services.away import absence, pausing
from bot.services.sending import asks
from bot.storage import absences, owing
from bot.storage import rounds as stored
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at, move_in, week_later
from tests.services.test_pausing import owed

THURSDAY = FRIDAY - timedelta(days=1)
MONDAY = FRIDAY + timedelta(days=3)
WAITING, AWAY = [OwedState.WAITING] * 3, [OwedState.AWAY] * 3


def asked(database: Database) -> TeeBee:
    teebee = move_in(database)
    rounds.step(database, at(10))
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10))
    teebee.redraws()
    return teebee


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("today", AWAY),
        ("until Tuesday", AWAY),
        ("1 Nov to 30 Nov", AWAY),
        ("tomorrow", WAITING),
        ("24 Dec to 2 Jan", WAITING),
    ],
)
def test_what_waits_is_passed_by_at_once_where_the_days_are_those_of_the_answer(
    database: Database, text: str, after: list[OwedState]
) -> None:
    teebee = asked(database)
    noted = absence.say(database, JACK, text, at(11))
    assert noted.absence is not None
    assert owed(teebee) == after
    assert teebee.redraws() == [asks.prompt_key(teebee.jack.id, FRIDAY)]
    shown = prompts.load(database, teebee.check_in_id(teebee.jack)).away
    assert shown == (noted.absence if after == AWAY else None)


def test_taking_it_back_makes_it_wait_again(database: Database) -> None:
    teebee = asked(database)
    noted = absence.say(database, JACK, "until Tuesday", at(11))
    assert noted.absence is not None
    for _ in range(2):
        gone = absence.cancel(database, JACK, noted.absence.id, at(12))
    assert gone is None
    assert owed(teebee) == WAITING
    assert absence.coming(database, JACK, at(12)).coming == ()


def test_days_that_have_begun_are_cut_short_and_their_past_is_kept(database: Database) -> None:
    teebee = move_in(database)
    noted = absence.say(database, JACK, "until 30 Nov", at(9))
    assert noted.absence is not None
    absence.cancel(database, JACK, noted.absence.id, at(9, day=MONDAY))
    with database.reading() as connection:
        (kept,) = absences.of_people(connection, [teebee.jack.id])
    assert (kept.starts, kept.ends) == (FRIDAY, MONDAY - timedelta(days=1))


def test_the_same_days_twice_are_written_once_and_longer_ones_beside_them(database: Database) -> None:
    move_in(database)
    for text in ("24 Dec to 2 Jan", "24 Dec to 2 Jan", "26 Dec", "20 Dec to 2 Jan"):
        absence.say(database, JACK, text, at(9))
    coming = absence.coming(database, JACK, at(9)).coming
    assert [str(one.starts) for one in coming] == ["2026-12-20", "2026-12-24"]


def test_what_can_be_read_in_two_ways_is_not_written(database: Database) -> None:
    move_in(database)
    noted = absence.say(database, JACK, "3/4", at(9))
    assert (noted.absence, len(noted.unclear)) == (None, 2)
    assert absence.coming(database, JACK, at(9)).coming == ()


@pytest.mark.parametrize(
    ("starts", "ends", "why"),
    [
        (MONDAY, FRIDAY, Why.ENDS_FIRST),
        (THURSDAY, THURSDAY, Why.OVER),
        (FRIDAY, FRIDAY + timedelta(days=365), Why.TOO_LONG),
        (date(2100, 1, 1), date(2100, 1, 2), Why.TOO_FAR),
    ],
)
def test_a_form_may_say_no_more_than_words_may(
    database: Database, starts: date, ends: date, why: Why
) -> None:
    move_in(database)
    with pytest.raises(NotDays) as problem:
        absence.add(database, JACK, starts, ends, at(9))
    assert problem.value.why is why


def test_nobody_cancels_somebody_elses_days(database: Database) -> None:
    teebee = asked(database)
    noted = absence.say(database, JACK, "today", at(11))
    assert noted.absence is not None
    for who, number in (
        (HANNAH, noted.absence.id),
        ("U0NOBODY01", noted.absence.id),
        (JACK, 2**31),
        (JACK, 0),
    ):
        assert absence.cancel(database, who, number, at(11)) is None
    assert owed(teebee) == AWAY


def test_a_pause_is_not_lifted_by_cancelling_days_nor_the_days_by_resuming(database: Database) -> None:
    teebee = asked(database)
    noted = absence.say(database, JACK, "today", at(11))
    pausing.pause(database, JACK, at(11))
    pausing.resume(database, JACK, at(11))
    assert owed(teebee) == AWAY
    pausing.pause(database, JACK, at(11))
    assert noted.absence is not None
    absence.cancel(database, JACK, noted.absence.id, at(11))
    assert owed(teebee) == AWAY


def test_what_the_digest_has_judged_stays_judged(database: Database) -> None:
    teebee = asked(database)
    rounds.step(database, at(16, 30))
    absence.say(database, JACK, "today", at(17))
    assert owed(teebee) == WAITING


def test_whoever_says_so_on_the_day_itself_is_not_asked_for_the_day_before(database: Database) -> None:
    """Known a day earlier, Thursday would have been their day; it is over now."""
    teebee = move_in(database)
    absence.say(database, JACK, "today", at(9))
    rounds.step(database, at(10))
    assert owed(teebee) == AWAY
    assert [one["check_in"] for one in teebee.subjects(asks.PROMPT)] == [teebee.check_in_id(teebee.hannah)]


def test_whoever_says_so_before_is_asked_a_day_earlier(database: Database) -> None:
    teebee = move_in(database)
    absence.say(database, JACK, "tomorrow", at(9, day=THURSDAY))
    rounds.step(database, at(10, day=THURSDAY))
    assert owed(teebee) == WAITING


def test_a_day_is_a_day_where_they_are(database: Database) -> None:
    move_in(database, jack_zone="America/Los_Angeles")
    noted = absence.say(database, JACK, "today", at(9))
    assert noted.absence is not None
    assert noted.absence.starts == THURSDAY


def test_a_closed_check_in_is_left_as_it_is(database: Database) -> None:
    teebee = asked(database)
    first = teebee.check_in_id(teebee.jack)
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    absence.say(database, JACK, "1 Nov to 30 Nov", week_later(at(11)))
    with database.reading() as connection:
        rows = owing.in_check_in(connection, first)
        (round_,) = stored.of_check_in(connection, first)
    assert ({row.state for row in rows}, round_.state) == ({OwedState.MISSED}, RoundState.CLOSED)
