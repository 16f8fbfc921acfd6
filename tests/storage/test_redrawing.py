"""Drawing sent messages anew, on both databases: which ones, when, and each by one only."""

from datetime import datetime, timedelta

import pytest

from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database, StorageUnavailable, open_database
from tests.storage.claiming import (
    LATER,
    LEASE,
    MUCH_LATER,
    NOW,
    REAL,
    TICK,
    ask,
    claim_stale,
    claimed_at_once,
    put,
    row,
    send,
    sure,
)

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def _sent_and_stale(connection: Connection, key: str = "prompt:1", since: datetime = REAL) -> int:
    row_id = ask(connection, key)
    send(connection, row_id)
    put(connection, row_id, stale_since=since)
    return row_id


def test_a_sent_message_that_is_out_of_date_is_taken_once(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        claimed = sure(claim_stale(connection))
        found = row(connection)
        while_it_is_drawn = claim_stale(connection)
        sending.mark_updated(connection, claimed)
        afterwards = claim_stale(connection, real=MUCH_LATER)
    assert (claimed.id, claimed.state, claimed.attempts, claimed.ts) == (row_id, "sent", 1, "1.000100")
    assert (found.lease_until, found.stale_since) == (LATER, None)
    assert while_it_is_drawn is None
    assert afterwards is None


@pytest.mark.parametrize(
    ("waited_for", "real", "expected"),
    [
        (False, REAL, False),
        (False, REAL + HOUR - TICK, False),
        (False, REAL + HOUR, True),
        (True, REAL, True),  # somebody looks at it
    ],
)
def test_a_message_rests_after_its_first_change_unless_somebody_waits_for_it(
    database: Database, real: datetime, *, waited_for: bool, expected: bool
) -> None:
    with database.transaction() as connection:
        put(connection, _sent_and_stale(connection), waited_for=waited_for)
        assert (claim_stale(connection, real=real, rest=HOUR) is not None) is expected


def test_further_changes_make_no_rest_longer(database: Database) -> None:
    with database.transaction() as connection:
        _sent_and_stale(connection, since=NOW)
        deliveries.mark_stale(connection, ["prompt:1"])
        assert row(connection).stale_since == NOW


def test_what_somebody_waits_for_is_drawn_first_then_what_changed_first(database: Database) -> None:
    with database.transaction() as connection:
        _sent_and_stale(connection, "digest:2:0", since=REAL - SECOND)
        _sent_and_stale(connection, "digest:1:0", since=REAL - 2 * SECOND)
        put(connection, _sent_and_stale(connection, "prompt:1"), waited_for=True)
        taken = [one.key for _ in range(3) if (one := claim_stale(connection))]
    assert taken == ["prompt:1", "digest:1:0", "digest:2:0"]


def test_who_serves_people_that_wait_draws_nothing_else(database: Database) -> None:
    with database.transaction() as connection:
        put(connection, _sent_and_stale(connection, "prompt:1"), waited_for=True)
        _sent_and_stale(connection, "digest:1:0", since=REAL - SECOND)
        assert sure(claim_stale(connection, waited_for=True)).key == "prompt:1"
        assert claim_stale(connection, waited_for=True) is None


def test_what_changes_while_it_is_drawn_is_drawn_once_more_and_still_waited_for(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        put(connection, waited_for=True)
        claimed = sure(claim_stale(connection))
        deliveries.mark_stale(connection, ["prompt:1"], waited_for=True)
        assert claim_stale(connection) is None
        sending.mark_updated(connection, claimed)
        again = sure(claim_stale(connection, rest=1000 * 365 * 24 * HOUR))
        sending.mark_updated(connection, again)
        assert (again.id, row(connection).waited_for) == (row_id, False)


def test_an_update_by_somebody_who_is_gone_is_made_again(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        claim_stale(connection)
        assert claim_stale(connection, real=LATER - TICK) is None
        again = sure(claim_stale(connection, real=LATER))
    assert (again.id, again.attempts) == (row_id, 2)


def test_an_update_that_did_not_go_out_waits_for_its_next_attempt(database: Database) -> None:
    with database.transaction() as connection:
        _sent_and_stale(connection)
        sending.retry_update(connection, sure(claim_stale(connection)), at=LATER, error="ratelimited")
        found = row(connection)
        early, in_time = (claim_stale(connection, real=moment) for moment in (LATER - TICK, LATER))
    assert (found.state, found.error, found.attempts) == ("sent", "ratelimited", 1)
    assert early is None
    assert sure(in_time).attempts == 2


def test_an_update_that_was_made_starts_counting_anew(database: Database) -> None:
    with database.transaction() as connection:
        _sent_and_stale(connection)
        sending.retry_update(connection, sure(claim_stale(connection)), at=LATER, error="ratelimited")
        sending.mark_updated(connection, sure(claim_stale(connection, real=LATER)))
        found = row(connection)
    assert (found.attempts, found.next_attempt_at, found.error) == (0, None, None)


def test_an_update_that_was_given_up_is_tried_again_only_when_something_changes(database: Database) -> None:
    with database.transaction() as connection:
        _sent_and_stale(connection)
        put(connection, waited_for=True)
        sending.give_up_update(connection, sure(claim_stale(connection)), "message_not_found")
        found = row(connection)
        unchanged = claim_stale(connection, real=MUCH_LATER)
        deliveries.mark_stale(connection, ["prompt:1"])
        changed = claim_stale(connection, real=MUCH_LATER)
    assert (found.state, found.error, found.waited_for) == ("sent", "message_not_found", False)
    assert unchanged is None
    assert sure(changed).attempts == 1


def test_what_stands_nobody_knows_where_cannot_be_drawn_anew(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection)
        put(connection, state="sent", sent_at=NOW, stale_since=NOW)
        assert claim_stale(connection, real=MUCH_LATER) is None


def test_threads_that_draw_at_once_never_get_the_same_row(database: Database) -> None:
    with database.transaction() as connection:
        asked = [_sent_and_stale(connection, f"prompt:{number}") for number in range(24)]

    def claim_one() -> int | None:
        with database.transaction() as connection:
            claimed = sending.claim_stale(
                connection, sending.Clocks(NOW, REAL), lease=LEASE, rest=timedelta(0)
            )
            return None if claimed is None else claimed.id

    assert claimed_at_once(claim_one) == asked


def test_nothing_is_drawn_from_the_old_state_while_the_new_one_is_being_written(
    database: Database, database_url: str
) -> None:
    def take(connection: Connection) -> Delivery | None:
        return sending.claim(connection, sending.Clocks(NOW, REAL), lease=LEASE, waited_for=False)

    other = open_database(database_url, lock_wait=0.05)
    with database.transaction() as connection:
        ask(connection)
    with database.transaction() as writer:
        deliveries.mark_stale(writer, ["prompt:1"])
        if database.is_sqlite:
            with pytest.raises(StorageUnavailable), other.transaction() as sender:
                take(sender)
        else:
            with other.transaction() as sender:
                assert take(sender) is None
    with other.transaction() as sender:
        assert take(sender) is not None
    other.close()
