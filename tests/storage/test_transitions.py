"""Deliveries on both databases: the moves from one state to another, and that there are no others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

import pytest

from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database
from tests.storage.claiming import (
    LATER,
    LEASE,
    MUCH_LATER,
    NOW,
    REAL,
    TICK,
    ask,
    claim,
    claim_stale,
    claim_unknown,
    put,
    row,
    send,
    sure,
)

STATES = ("pending", "sending", "unknown", "sent", "failed", "dropped")
Does = Callable[[Connection, Delivery], object]


# --- the table -----------------------------------------------------------------------------------------


def _claim(connection: Connection, _taken: Delivery) -> None:
    claim(connection)


def _claim_stale(connection: Connection, _taken: Delivery) -> None:
    claim_stale(connection)


def _claim_unknown(connection: Connection, _taken: Delivery) -> None:
    claim_unknown(connection)


def _expire(connection: Connection, _taken: Delivery) -> None:
    sending.expire(connection, real_now=REAL)


def _mark_sent(connection: Connection, taken: Delivery) -> None:
    send(connection, taken.id)


def _settle_found(connection: Connection, taken: Delivery) -> None:
    sending.settle_found(connection, taken, channel="D0JACK0001", ts="1.000100", at=NOW)


def _retry(connection: Connection, taken: Delivery) -> None:
    sending.retry(connection, taken, at=LATER, error="ratelimited")


def _fail(connection: Connection, taken: Delivery) -> None:
    sending.fail(connection, taken, "is_archived")


def _mark_unknown(connection: Connection, taken: Delivery) -> None:
    sending.mark_unknown(connection, taken, "no answer")


def _look_again(connection: Connection, taken: Delivery) -> None:
    sending.look_again(connection, taken, at=LATER, error="missing_scope", unreadable=True)


def _retry_update(connection: Connection, taken: Delivery) -> None:
    sending.retry_update(connection, taken, at=LATER, error="ratelimited")


def _give_up_update(connection: Connection, taken: Delivery) -> None:
    sending.give_up_update(connection, taken, "message_not_found")


def _post_again(connection: Connection, taken: Delivery) -> bool:
    return sending.post_again(connection, taken.id)


def _it_is_there(connection: Connection, taken: Delivery) -> bool:
    return sending.it_is_there(connection, taken.id, at=NOW)


def _leave(connection: Connection, taken: Delivery) -> bool:
    return sending.leave(connection, taken.id)


def _ask_anew(connection: Connection, taken: Delivery) -> None:
    deliveries.move(connection, taken.key, LATER)


class Move(NamedTuple):
    does: Does
    taken_as: str
    """The state in which it was taken by whoever does it."""
    becomes: Mapping[str, str]
    """The states from which it moves a row, and where to; in all others nothing happens."""


# Whoever sent it and was held for gone still knows best, as long as nobody has looked for it.
FENCED = [
    Move(sending.drop, "sending", {"sending": "dropped", "unknown": "dropped"}),
    Move(_retry, "sending", {"sending": "pending", "unknown": "pending"}),
    Move(_fail, "sending", {"sending": "failed", "unknown": "failed"}),
    Move(_mark_unknown, "sending", {"sending": "unknown", "unknown": "unknown"}),
    Move(sending.settle_absent, "unknown", {"unknown": "pending"}),
    Move(_look_again, "unknown", {"unknown": "unknown"}),
    Move(sending.mark_updated, "sent", {"sent": "sent"}),
    Move(_retry_update, "sent", {"sent": "sent"}),
    Move(_give_up_update, "sent", {"sent": "sent"}),
]
MOVES = [
    *FENCED,
    Move(_claim, "", {"pending": "sending"}),
    Move(_claim_stale, "", {"sent": "sent"}),
    Move(_claim_unknown, "", {"unknown": "unknown"}),
    Move(_expire, "", {"sending": "unknown"}),
    Move(_mark_sent, "", {state: "sent" for state in STATES if state != "sent"}),
    Move(_settle_found, "unknown", dict.fromkeys(STATES, "sent")),
    Move(_post_again, "", {"unknown": "pending", "failed": "pending"}),
    Move(_it_is_there, "", {"unknown": "sent", "failed": "sent"}),
    Move(_leave, "", {"unknown": "dropped", "failed": "dropped"}),
    Move(_ask_anew, "", {"pending": "pending", "dropped": "pending"}),
]


def _one_in_each_state(connection: Connection) -> list[Delivery]:
    """Each in somebody's hands whose lease is over."""
    every = []
    for state in STATES:
        row_id = ask(connection, f"prompt:{state}")
        put(connection, row_id, state=state, attempts=1, lease_until=REAL - LEASE)
        if state == "sent":
            put(connection, row_id, channel="D0", ts="9.000900")
        if state == "unknown":
            put(connection, row_id, unreadable=True)  # else it is nobody's to decide
        every.append(deliveries.one(connection, row_id))
    return every


def _name(move: Move) -> str:
    return getattr(move.does, "__name__", "").strip("_")


@pytest.mark.parametrize("move", MOVES, ids=_name)
def test_a_message_moves_as_the_table_says_and_no_other_way(database: Database, move: Move) -> None:
    with database.transaction() as connection:
        every = _one_in_each_state(connection)
        before = {one.state: row(connection, one.id) for one in every}
        for one in every:
            move.does(connection, replace(one, state=move.taken_as or one.state))
        after = {one.state: row(connection, one.id) for one in every}
    assert {state: found.state for state, found in after.items()} == {
        state: move.becomes.get(state, state) for state in STATES
    }
    for state in set(STATES) - set(move.becomes):
        assert after[state] == before[state]


@pytest.mark.parametrize("move", FENCED, ids=_name)
def test_what_comes_of_a_taking_that_is_not_the_last_is_ignored(database: Database, move: Move) -> None:
    with database.transaction() as connection:
        every = _one_in_each_state(connection)
        put(connection, attempts=2, lease_until=REAL - LEASE + TICK)
        before = [row(connection, one.id) for one in every]
        for one in every:
            move.does(connection, replace(one, state=move.taken_as))
        assert [row(connection, one.id) for one in every] == before


def test_an_update_by_who_was_too_slow_is_ignored_even_if_others_were_made_since(database: Database) -> None:
    """Each taking must be told from every other one, not only from the one before."""
    with database.transaction() as connection:
        send(connection, ask(connection))
        put(connection, stale_since=NOW)
        slow = sure(claim_stale(connection))
        faster = sure(claim_stale(connection, real=LATER))
        sending.mark_updated(connection, faster)
        put(connection, stale_since=NOW)
        sure(claim_stale(connection, real=MUCH_LATER))
        before = row(connection)
        for move in FENCED:
            move.does(connection, slow)
        assert row(connection) == before


# --- sent ----------------------------------------------------------------------------------------------


def test_a_sent_message_is_known_by_where_it_stands_and_nothing_is_wrong_with_it_any_more(
    database: Database,
) -> None:
    with database.transaction() as connection:
        row_id = ask(connection, waited_for=True)
        _retry(connection, sure(claim(connection, waited_for=True)))
        claim(connection, real=LATER, waited_for=True)
        put(connection, unreadable=True)
        send(connection, row_id)
        found = row(connection)
        sent_at = deliveries.sent_at(connection, "prompt:1")
    assert (found.channel, found.ts, found.sent_at, sent_at) == ("D0JACK0001", "1.000100", NOW, NOW)
    assert (found.error, found.next_attempt_at, found.unreadable) == (None, None, False)
    assert (found.attempts, found.lease_until, found.waited_for) == (0, None, False)


def test_of_two_places_the_one_known_first_counts(database: Database) -> None:
    with database.transaction() as connection:
        row_id = ask(connection)
        send(connection, row_id, ts="1.000100")
        send(connection, row_id, ts="2.000200", at=LATER)
        found = row(connection)
    assert (found.ts, found.sent_at) == ("1.000100", NOW)


@pytest.mark.parametrize("heard", [_mark_sent, _settle_found])
def test_where_nobody_knew_a_place_the_one_heard_of_late_is_kept(database: Database, heard: Does) -> None:
    """A person has said that it is there; only now is it known where, and can be kept up to date."""
    with database.transaction() as connection:
        ask(connection)
        taken = sure(claim(connection))
        _mark_unknown(connection, taken)
        put(connection, unreadable=True)
        assert _it_is_there(connection, taken)
        heard(connection, replace(taken, state="unknown"))
        found = row(connection)
    assert (found.state, found.channel, found.ts) == ("sent", "D0JACK0001", "1.000100")


def test_who_hears_late_that_it_was_posted_keeps_it_from_being_posted_again(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection)
        taken = sure(claim(connection))
        sending.expire(connection, real_now=LATER + TICK)
        put(connection, unreadable=True)
        assert sending.post_again(connection, taken.id)
        send(connection, taken.id)
        assert claim(connection, real=MUCH_LATER) is None


@pytest.mark.parametrize("does", [_retry, _fail, _mark_unknown], ids=["retry", "fail", "mark_unknown"])
def test_what_is_known_of_it_stays_with_it_until_somebody_takes_it_up(database: Database, does: Does) -> None:
    with database.transaction() as connection:
        ask(connection)
        does(connection, sure(claim(connection)))
        found = row(connection)
    assert found.error in {"ratelimited", "is_archived", "no answer"}
    assert (found.attempts, found.lease_until, found.tried_at) == (1, None, REAL)
    assert found.next_attempt_at == (LATER if does is _retry else None)


def test_what_a_sender_who_is_gone_was_sending_is_unknown(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection)
        claim(connection)
        assert sending.expire(connection, real_now=LATER) == 0
        assert sending.expire(connection, real_now=LATER + TICK) == 1
        found = row(connection)
        again = claim(connection, real=MUCH_LATER)
    assert found.state == "unknown"
    assert found.error == "the process that was sending it is gone"
    assert again is None


def test_what_is_dropped_was_never_tried_so_that_its_channel_is_free(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection, "prompt:1")
        ask(connection, "prompt:2")
        sending.drop(connection, sure(claim(connection)))
        claimed = claim(connection, one_channel=timedelta(seconds=1))
        assert row(connection).tried_at is None
    assert sure(claimed).key == "prompt:2"
