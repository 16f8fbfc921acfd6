"""Importing an OKR file while a round runs."""

from datetime import datetime, timedelta

import pytest

from bot.okr.model import OwedState
from bot.services.answering import checkins, unchanged
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.sending import asks
from bot.storage import check_ins, deliveries, owing, people, sending, updates
from bot.storage import rounds as stored
from bot.storage.engine import Database
from tests.services.okr_imports import changed, key_results, take
from tests.services.teebee import FRIDAY, HANNAH, JACK, at, redraws


def _jacks_calls_become(database: Database, key: str, now: datetime) -> None:
    text = changed(("Phone calls, owner: jack", f"Phone calls, owner: {key}"))
    assert take(database, text, now=now, reason="Jack is needed elsewhere").changed


def _owed(database: Database) -> dict[int, tuple[int, int, OwedState]]:
    """By key result: whose it is to answer, its number and state."""
    with database.reading() as connection:
        (newest,) = stored.newest(connection, 1)
        return {
            row.key_result_id: (row.person_id, row.number, row.state)
            for row in owing.in_round(connection, newest.id)
        }


def _person(database: Database, name: str) -> int:
    with database.reading() as connection:
        return next(one.id for one in people.everyone(connection) if one.name == name)


@pytest.mark.parametrize(("key", "number"), [("hannah", 3), ("jim", 1)])
def test_a_hand_over_moves_what_is_still_to_be_answered(database: Database, key: str, number: int) -> None:
    take(database)
    rounds.step(database, at(10))
    _jacks_calls_become(database, key, at(11))
    person = _person(database, key.capitalize())
    calls = key_results(database)["Phone calls"]
    assert _owed(database)[calls.id] == (person, number, OwedState.WAITING)
    with database.reading() as connection:
        check_in = check_ins.newest(connection, person)
        prompt = deliveries.by_key(connection, asks.prompt_key(person, FRIDAY))
    assert check_in is not None
    assert prompt is not None
    slack_id = {"hannah": HANNAH, "jim": "U0JIM00001"}[key]
    asked = checkins.asked_of(database, slack_id, check_in.id)
    assert [one.title for one in asked][-1:] == ["Phone calls"]


def test_a_hand_over_to_somebody_who_pauses_counts_as_away(database: Database) -> None:
    take(database)
    pausing.pause(database, "U0JIM00001", at(9))
    rounds.step(database, at(10))
    _jacks_calls_become(database, "jim", at(11))
    jim, calls = _person(database, "Jim"), key_results(database)["Phone calls"]
    assert _owed(database)[calls.id] == (jim, 1, OwedState.AWAY)
    with database.reading() as connection:
        assert deliveries.by_key(connection, asks.prompt_key(jim, FRIDAY)) is None


def test_a_hand_over_leaves_an_answer_with_who_gave_it(database: Database) -> None:
    take(database)
    rounds.step(database, at(10))
    jack = _person(database, "Jack")
    with database.reading() as connection:
        check_in = check_ins.newest(connection, jack)
    assert check_in is not None
    unchanged.record(database, JACK, check_in.id, at(10, 30))
    _jacks_calls_become(database, "jim", at(11))
    calls = key_results(database)["Phone calls"]
    assert _owed(database)[calls.id] == (jack, 1, OwedState.ANSWERED)


def test_a_prompt_that_shows_what_changed_is_drawn_anew(database: Database) -> None:
    take(database)
    rounds.step(database, at(10))
    key = asks.prompt_key(_person(database, "Jack"), FRIDAY)
    with database.transaction() as connection:
        prompt = deliveries.by_key(connection, key)
        assert prompt is not None
        sending.mark_sent(connection, prompt.id, channel="D0JACK0001", ts="1.0", at=at(10))
    redraws(database)
    take(database, changed(("target: 20", "target: 25")), now=at(11), reason="20 was too hard")
    assert redraws(database) == [key]


def test_where_a_key_result_stood_before_its_first_check_in_is_not_lost(database: Database) -> None:
    take(database, now=at(9))  # on the check-in day itself
    rounds.step(database, at(10))
    renew = key_results(database)["Customers who renew"].id
    with database.reading() as connection:
        check_in = check_ins.newest(connection, _person(database, "Hannah"))
    assert check_in is not None
    unchanged.record(database, HANNAH, check_in.id, at(11))
    with database.reading() as connection:
        history = updates.of_key_results(connection, [renew])[renew]
    assert [(one.date, one.value) for one in history] == [(FRIDAY - timedelta(days=1), 55), (FRIDAY, 55)]
