"""Deliveries whose outcome was unknown, and those that a person decided about, on both databases."""

from collections.abc import Callable

import pytest

from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database
from tests.storage.claiming import (
    LATER,
    LEASE,
    MUCH_LATER,
    NOW,
    TICK,
    ask,
    claim,
    claim_stale,
    claim_unknown,
    put,
    row,
    sure,
)

Does = Callable[[Connection, Delivery], object]


def _look_again(connection: Connection, taken: Delivery) -> None:
    sending.look_again(connection, taken, at=LATER, error="missing_scope", unreadable=True)


def _post_again(connection: Connection, taken: Delivery) -> bool:
    return sending.post_again(connection, taken.id)


def _it_is_there(connection: Connection, taken: Delivery) -> bool:
    return sending.it_is_there(connection, taken.id, at=NOW)


def _leave(connection: Connection, taken: Delivery) -> bool:
    return sending.leave(connection, taken.id)


# --- settled -------------------------------------------------------------------------------------------


def _unknown(connection: Connection) -> Delivery:
    """In the hands of somebody who looks for it an hour after."""
    ask(connection)
    sending.mark_unknown(connection, sure(claim(connection)), "no answer")
    return sure(claim_unknown(connection))


def test_what_is_found_stands_where_it_was_found_and_is_drawn_anew(database: Database) -> None:
    with database.transaction() as connection:
        sending.settle_found(connection, _unknown(connection), channel="D1", ts="7.000700", at=LATER)
        found = row(connection)
        drawn = claim_stale(connection, real=MUCH_LATER)
    assert (found.state, found.channel, found.ts, found.sent_at) == ("sent", "D1", "7.000700", LATER)
    assert (found.error, found.lease_until) == (None, None)
    assert sure(drawn).ts == "7.000700"


def test_what_is_not_found_is_sent_at_once(database: Database) -> None:
    with database.transaction() as connection:
        _look_again(connection, _unknown(connection))
        sending.settle_absent(connection, sure(claim_unknown(connection, real=MUCH_LATER + LEASE)))
        found = row(connection)
        again = claim(connection, real=MUCH_LATER + LEASE)
    assert (found.state, found.error, found.next_attempt_at) == ("pending", None, None)
    assert (found.lease_until, found.unreadable) == (None, False)
    assert sure(again).nonce == found.nonce


def test_what_may_not_be_looked_for_is_marked_and_looked_for_again(database: Database) -> None:
    with database.transaction() as connection:
        looking = _unknown(connection)
        sending.look_again(connection, looking, at=MUCH_LATER + LEASE, error="missing_scope", unreadable=True)
        found = row(connection)
        early, in_time = (claim_unknown(connection, real=MUCH_LATER + wait) for wait in (LEASE - TICK, LEASE))
    assert (found.state, found.unreadable, found.error) == ("unknown", True, "missing_scope")
    assert early is None
    assert sure(in_time).attempts == 3


def test_what_can_be_read_again_is_nobodys_to_decide(database: Database) -> None:
    with database.transaction() as connection:
        _look_again(connection, _unknown(connection))
        looking = sure(claim_unknown(connection, real=MUCH_LATER + LEASE))
        assert deliveries.in_trouble(connection) == [looking]
        sending.look_again(connection, looking, at=MUCH_LATER + 2 * LEASE, error="ratelimited")
        assert deliveries.in_trouble(connection) == []


@pytest.mark.parametrize("decides", [_post_again, _it_is_there, _leave])
def test_while_it_is_being_looked_for_it_is_nobodys_to_decide(database: Database, decides: Does) -> None:
    with database.transaction() as connection:
        looking = _unknown(connection)
        before = row(connection)
        assert not decides(connection, looking)
        assert row(connection) == before


# --- decided -------------------------------------------------------------------------------------------


def test_a_decision_counts_once(database: Database) -> None:
    with database.transaction() as connection:
        taken = _unknown(connection)
        _look_again(connection, taken)
        assert sending.it_is_there(connection, taken.id, at=NOW)
        again = [
            sending.it_is_there(connection, taken.id, at=LATER),
            sending.post_again(connection, taken.id),
            sending.leave(connection, taken.id),
            sending.leave(connection, 99),
        ]
        found = row(connection)
    assert again == [False] * 4
    assert (found.state, found.sent_at, found.ts, found.error) == ("sent", NOW, None, None)
    assert (found.unreadable, found.next_attempt_at, found.lease_until) == (False, None, None)


@pytest.mark.parametrize("does", [_look_again, sending.settle_absent], ids=["unreadable", "absent"])
@pytest.mark.parametrize("decides", [_post_again, _it_is_there, _leave])
def test_whoever_was_looking_meanwhile_does_not_undo_a_decision(
    database: Database, decides: Does, does: Does
) -> None:
    with database.transaction() as connection:
        looking = _unknown(connection)
        put(connection, unreadable=True)
        assert decides(connection, looking)
        before = row(connection)
        does(connection, looking)
        assert row(connection) == before


def test_what_is_to_be_posted_again_is_due_at_once_with_nothing_wrong(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection)
        sending.fail(connection, sure(claim(connection)), "is_archived")
        sending.post_again(connection, 1)
        found = row(connection)
        again = claim(connection)
    assert (found.state, found.error, found.next_attempt_at) == ("pending", None, None)
    assert sure(again).attempts == 2
