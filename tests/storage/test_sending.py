"""Taking up deliveries on both databases: what can be taken when, which one first, and each by one only."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.storage import sending
from bot.storage.engine import Connection, Database
from tests.storage.claiming import (
    HANNAH,
    JACK,
    LATER,
    LEASE,
    MUCH_LATER,
    NOW,
    REAL,
    TICK,
    ask,
    claim,
    claim_unknown,
    claimed_at_once,
    put,
    row,
    send,
    sure,
    work,
)

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
STATES = ("pending", "sending", "unknown", "sent", "failed", "dropped")


# --- to post -------------------------------------------------------------------------------------------


def test_a_claim_takes_the_row_for_the_length_of_its_lease_and_counts(database: Database) -> None:
    with database.transaction() as connection:
        row_id = ask(connection)
        put(connection, stale_since=NOW)
        claimed = sure(claim(connection))
        found = row(connection)
        again = claim(connection)
    assert (claimed.id, claimed.state, claimed.attempts, claimed.tried_at) == (row_id, "sending", 1, REAL)
    assert (found.state, found.lease_until, found.attempts, found.tried_at) == ("sending", LATER, 1, REAL)
    assert found.stale_since is None  # it will be drawn from the state of now
    assert again is None


def _tried_before(connection: Connection) -> None:
    sending.retry(connection, sure(claim(connection)), at=LATER, error="connection refused")


@pytest.mark.parametrize(
    ("tried_before", "now", "real", "expected"),
    [
        (False, NOW, REAL, True),
        (False, NOW - TICK, REAL, False),  # not due
        (False, NOW - TICK, MUCH_LATER, False),  # real time makes nothing due
        (True, NOW, LATER, True),
        (True, NOW, LATER - TICK, False),  # waiting for its next attempt
        (True, NOW + timedelta(days=365), LATER - TICK, False),  # `now` shortens no wait
    ],
)
def test_now_decides_what_is_due_and_real_time_when_it_is_tried_again(
    database: Database, now: datetime, real: datetime, *, tried_before: bool, expected: bool
) -> None:
    with database.transaction() as connection:
        ask(connection)
        if tried_before:
            _tried_before(connection)
        claimed = claim(connection, now=now, real=real)
    assert (claimed is not None) is expected


def test_what_is_due_first_is_claimed_first(database: Database) -> None:
    with database.transaction() as connection:
        hours = [2, 0, 1, 0]
        asked = [
            ask(connection, f"prompt:{number}", due_at=NOW - hour * HOUR) for number, hour in enumerate(hours)
        ]
        taken = [one.id for _ in hours if (one := claim(connection))]
    assert taken == [asked[0], asked[2], asked[1], asked[3]]


def test_what_waits_for_another_attempt_holds_up_nothing_that_is_due_later(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection, "prompt:1", due_at=NOW - HOUR)
        ask(connection, "prompt:2")
        _tried_before(connection)
        assert sure(claim(connection)).key == "prompt:2"


def test_who_serves_people_that_wait_takes_nothing_else(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection, "prompt:1", due_at=NOW - HOUR)
        ask(connection, "receipt:1", waited_for=True)
        assert sure(claim(connection, waited_for=True)).key == "receipt:1"
        assert claim(connection, waited_for=True) is None
        assert sure(claim(connection)).key == "prompt:1"


@pytest.mark.parametrize("state", STATES)
def test_what_belongs_in_a_thread_waits_for_the_message_that_begins_it(
    database: Database, state: str
) -> None:
    with database.transaction() as connection:
        first = ask(connection, "digest:1:0")
        second = ask(connection, "digest:1:1", parent_id=first, due_at=NOW - HOUR)
        send(connection, first)
        put(connection, first, state=state)
        claimed = claim(connection)
    if state == "sent":
        claimed = sure(claimed)
        assert (claimed.id, claimed.parent_id, claimed.thread_ts) == (second, first, "1.000100")
    else:
        assert claimed is None or claimed.id == first


def test_threads_that_claim_at_once_never_get_the_same_row(database: Database) -> None:
    with database.transaction() as connection:
        asked = [ask(connection, f"prompt:{number}") for number in range(24)]

    def claim_one() -> int | None:
        with database.transaction() as connection:
            claimed = sending.claim(connection, sending.Clocks(NOW, REAL), lease=LEASE, waited_for=False)
            return None if claimed is None else claimed.id

    assert claimed_at_once(claim_one) == asked


# --- one channel ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "real", "expected"),
    [
        (JACK, REAL, False),
        (JACK, REAL + SECOND - TICK, False),
        (JACK, REAL + SECOND, True),
        (HANNAH, REAL, True),
    ],
)
def test_between_two_messages_to_one_channel_lies_some_time(
    database: Database, address: str, real: datetime, *, expected: bool
) -> None:
    with database.transaction() as connection:
        ask(connection, "prompt:1", due_at=NOW - HOUR)
        ask(connection, "prompt:2", address=address)
        claim(connection)
        claimed = claim(connection, real=real, one_channel=SECOND)
    assert (claimed is not None) is expected


@pytest.mark.parametrize("becomes", ["sent", "unknown", "failed"])
def test_a_channel_rests_whatever_became_of_the_message_before(database: Database, becomes: str) -> None:
    with database.transaction() as connection:
        ask(connection, "prompt:1", due_at=NOW - HOUR)
        ask(connection, "prompt:2")
        first = sure(claim(connection))
        put(connection, first.id, state=becomes, lease_until=None)
        assert claim(connection, real=REAL + SECOND - TICK, one_channel=SECOND) is None


def test_who_waits_for_their_channel_lets_others_go_first(database: Database) -> None:
    with database.transaction() as connection:
        for number, address in enumerate([JACK, JACK, HANNAH]):
            ask(connection, f"prompt:{number}", address=address)
        taken = [claim(connection, one_channel=SECOND) for _ in range(3)]
    assert [one and one.key for one in taken] == ["prompt:0", "prompt:2", None]


# --- to settle -----------------------------------------------------------------------------------------


def _unknown(connection: Connection, key: str = "prompt:1", due_at: datetime = NOW) -> int:
    """Tried at REAL, and no answer came."""
    row_id = ask(connection, key, due_at=due_at)
    put(connection, row_id, state="unknown", attempts=1, tried_at=REAL)
    return row_id


@pytest.mark.parametrize(("real", "expected"), [(LATER - TICK, False), (LATER, True)])
def test_nobody_looks_before_what_was_under_way_has_arrived(
    database: Database, real: datetime, *, expected: bool
) -> None:
    with database.transaction() as connection:
        _unknown(connection)
        assert (claim_unknown(connection, real=real) is not None) is expected


def test_whoever_looks_has_it_for_the_length_of_a_lease(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _unknown(connection)
        looking = sure(claim_unknown(connection, real=LATER))
        early = claim_unknown(connection, real=LATER + LEASE - TICK)
        after_they_are_gone = sure(claim_unknown(connection, real=LATER + LEASE))
    assert (looking.id, looking.state, looking.attempts, looking.tried_at) == (row_id, "unknown", 2, REAL)
    assert early is None
    assert after_they_are_gone.attempts == 3


def test_what_was_due_first_is_looked_for_first(database: Database) -> None:
    with database.transaction() as connection:
        _unknown(connection, "prompt:1")
        _unknown(connection, "prompt:2", due_at=NOW - HOUR)
        assert sure(claim_unknown(connection)).key == "prompt:2"


def test_threads_that_look_at_once_never_get_the_same_row(database: Database) -> None:
    with database.transaction() as connection:
        asked = [_unknown(connection, f"prompt:{number}") for number in range(24)]

    def claim_one() -> int | None:
        with database.transaction() as connection:
            clocks = sending.Clocks(NOW, LATER)
            claimed = sending.claim_unknown(connection, clocks, lease=LEASE, settle_after=LEASE)
            return None if claimed is None else claimed.id

    assert claimed_at_once(claim_one) == asked


# --- what there is to do -------------------------------------------------------------------------------


def _sent_and_stale(connection: Connection) -> None:
    send(connection, ask(connection))
    put(connection, stale_since=NOW)


@pytest.mark.parametrize(
    ("prepare", "sorts"),
    [
        (lambda _: None, ""),
        (lambda connection: ask(connection, waited_for=True), "reply"),
        (ask, "post"),
        (_sent_and_stale, "redraw"),
        (_unknown, "settle"),
        (lambda connection: (ask(connection), claim(connection)), "expired"),
    ],
)
def test_who_looks_without_a_lock_sees_which_sorts_of_work_there_are(
    database: Database, prepare: Callable[[Connection], object], sorts: str
) -> None:
    with database.transaction() as connection:
        prepare(connection)
        seen = work(connection, real=MUCH_LATER)
        for_people = work(connection, real=MUCH_LATER, waited_for=True)
    every_sort = ("reply", "look", "post", "redraw", "settle", "expired")
    assert [sort for sort in every_sort if getattr(seen, sort)] == sorts.split()
    replies = sorts == "reply"
    assert for_people == sending.Work(
        replies, post=False, redraw=False, settle=False, look=False, expired=False
    )
