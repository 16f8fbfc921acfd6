"""The inbox on both databases: each event once, one person's in order, none lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import inbox
from bot.storage.engine import Connection, Database
from bot.storage.inbox import EDIT, MESSAGE, Arrival, InboxRow
from bot.storage.tables import inbox as table
from tests.storage.claiming import claimed_at_once

HANNAH, JACK = "U0HANNAH01", "U0JACK0001"
REAL = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
TICK = timedelta(microseconds=1)


def _arrival(number: int, slack_id: str = JACK, **changed: Any) -> Arrival:
    values: dict[str, Any] = {
        "event_id": f"Ev{number:04}",
        "kind": MESSAGE,
        "ts": f"17636{number:05}.000100",
        "payload": {"text": f"words {number}"},
        "channel": f"D{slack_id[1:]}",
        "client_msg_id": f"{number}-of-{slack_id}",
    }
    return Arrival(slack_id=slack_id, **(values | changed))


def _edit(number: int, *, of: int, said: str = "first") -> Arrival:
    """An edit of one of Jack's messages; what it `said` tells it from the others."""
    name = f"D0JACK0001/17636{of:05}.000100/{said}"
    return _arrival(number, kind=EDIT, ts=f"17636{of:05}.000100", client_msg_id=name)


def _claim(connection: Connection, *, real_now: datetime = REAL) -> InboxRow | None:
    return inbox.claim(connection, real_now=real_now, lease_until=real_now + LEASE)


def _claim_words(connection: Connection, *, real_now: datetime = REAL) -> str | None:
    row = _claim(connection, real_now=real_now)
    return None if row is None else row.payload["text"]


def _take_in(connection: Connection, *arrivals: Arrival) -> list[bool]:
    return [inbox.take_in(connection, one, REAL) for one in arrivals]


# --- taking in -----------------------------------------------------------------------------------------


def test_what_came_is_kept_as_it_came(database: Database) -> None:
    with database.transaction() as connection:
        assert _take_in(connection, _arrival(1)) == [True]
        row = _claim(connection)
    assert row == InboxRow(
        id=1,
        kind=MESSAGE,
        slack_id=JACK,
        channel="D0JACK0001",
        ts="1763600001.000100",
        payload={"text": "words 1"},
        attempts=1,
    )


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        (_arrival(1), False),
        (_arrival(2, event_id="Ev0001"), False),  # redelivered
        (_arrival(2, ts="1763600001.000100"), False),  # the same message under another event
        (_arrival(2, client_msg_id=f"1-of-{JACK}"), False),  # the same message under another ts
        (_arrival(2), True),
        (_arrival(2, HANNAH, ts="1763600001.000100"), True),  # another channel
        (_arrival(2, client_msg_id=None), True),
        (_edit(2, of=1), True),  # it is no message of its own, and has an id of its own
    ],
)
def test_an_event_is_kept_once_by_whatever_it_is_known(
    database: Database, again: Arrival, *, kept: bool
) -> None:
    with database.transaction() as connection:
        assert _take_in(connection, _arrival(1), again) == [True, kept]


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        (_edit(2, of=1, said="first"), False),  # read from the history, after its event came
        (_edit(2, of=1, said="second"), True),
        (_edit(2, of=3, said="first"), True),
    ],
)
def test_an_edit_is_kept_once_and_so_is_every_other_one(
    database: Database, again: Arrival, *, kept: bool
) -> None:
    with database.transaction() as connection:
        assert _take_in(connection, _edit(1, of=1), again) == [True, kept]


def test_what_is_done_already_is_kept_only_to_be_recognised(database: Database) -> None:
    with database.transaction() as connection:
        assert inbox.take_in(connection, _edit(1, of=1), REAL, handled=True)
        assert _take_in(connection, _edit(2, of=1)) == [False]
        assert _claim(connection) is None
        inbox.forget_payloads(connection, handled_before=REAL + TICK)
        assert connection.execute(sa.select(table.c.payload)).scalar_one() is None


def test_messages_without_an_id_of_the_client_do_not_exclude_each_other(database: Database) -> None:
    with database.transaction() as connection:
        arrivals = [_arrival(number, client_msg_id=None) for number in (1, 2)]
        assert _take_in(connection, *arrivals) == [True, True]


def test_what_was_heard_last_is_known_of_each_channel(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(2), _arrival(3, channel="D9"), _arrival(1), _arrival(4, kind="home"))
        _take_in(connection, _edit(5, of=7), _arrival(6, HANNAH))
        heard = inbox.last_heard(connection, ["D0JACK0001", "D9", "D0NOBODY01"])
    assert heard == {"D0JACK0001": "1763600002.000100", "D9": "1763600003.000100"}


# --- claiming ------------------------------------------------------------------------------------------


def test_one_persons_events_come_in_the_order_in_which_they_were_said(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(3), _arrival(1), _arrival(2))
        order = []
        for _ in range(3):
            row = _claim(connection)
            assert row is not None
            order.append(row.payload["text"])
            inbox.mark_handled(connection, row, REAL)
        assert _claim(connection) is None
    assert order == ["words 1", "words 2", "words 3"]


def test_events_of_the_same_moment_come_in_the_order_of_arrival(database: Database) -> None:
    with database.transaction() as connection:
        same = {"kind": "home", "ts": "1763600001.000100"}
        _take_in(connection, _arrival(2, **same), _arrival(1, **same))
        first = _claim(connection)
        assert first is not None
        inbox.mark_handled(connection, first, REAL)
        assert (first.payload["text"], _claim_words(connection)) == ("words 2", "words 1")


def test_nobody_waits_for_somebody_elses_event(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1, JACK), _arrival(2, JACK), _arrival(3, HANNAH))
        claimed = [_claim_words(connection) for _ in range(3)]
    assert claimed == ["words 1", "words 3", None]


def test_an_event_that_is_tried_again_later_holds_up_its_person_only(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1, JACK), _arrival(2, JACK), _arrival(3, HANNAH))
        row = _claim(connection)
        assert row is not None
        inbox.retry(connection, row, at=REAL + LEASE, error="TypeError: no")
        before = [_claim_words(connection), _claim_words(connection, real_now=REAL + LEASE - TICK)]
        in_time = _claim(connection, real_now=REAL + LEASE)
    assert before == ["words 3", None]
    assert in_time is not None
    assert (in_time.payload["text"], in_time.attempts) == ("words 1", 2)


def test_an_attempt_that_was_not_the_events_fault_does_not_count(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1))
        attempts = []
        for number, counts in enumerate([True, False, False, False, True, True]):
            row = _claim(connection, real_now=REAL + number * LEASE)
            assert row is not None
            attempts.append(row.attempts)
            again = REAL + (number + 1) * LEASE
            inbox.retry(connection, row, at=again, error="the database is locked", counts=counts)
        assert _claim(connection, real_now=again - TICK) is None
    assert attempts == [1, 2, 2, 2, 2, 3]


def test_a_worker_who_was_too_slow_is_told_from_one_whose_attempt_did_not_count(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1))
        slow = _claim(connection)
        later = REAL + LEASE + TICK
        other = _claim(connection, real_now=later)
        assert slow is not None
        assert other is not None
        inbox.retry(connection, other, at=later, error="the database is locked", counts=False)
        last = _claim(connection, real_now=later)
        assert last is not None
        assert [inbox.mark_handled(connection, one, later) for one in (slow, last)] == [False, True]


@pytest.mark.parametrize(("kind", "waits"), [(MESSAGE, True), (EDIT, True), ("home", False)])
def test_only_a_message_or_its_edit_keeps_a_persons_later_message_waiting(
    database: Database, kind: str, *, waits: bool
) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1, kind=kind), _arrival(2))
        row = _claim(connection)
        assert row is not None
        inbox.retry(connection, row, at=REAL + LEASE, error="NotSent: ratelimited")
        assert _claim_words(connection) == (None if waits else "words 2")


def test_only_whose_hands_it_is_in_may_say_that_it_is_handled(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1))
        first = _claim(connection)
        again = _claim(connection, real_now=REAL + LEASE + TICK)
        assert first is not None
        assert again is not None
        said = [inbox.mark_handled(connection, one, REAL) for one in (first, again, again)]
    assert said == [False, True, False]


def test_an_older_message_that_comes_late_waits_until_the_newer_one_is_handled(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(2))
        newer = _claim(connection)
        assert newer is not None
        _take_in(connection, _arrival(1))
        meanwhile = _claim_words(connection)
        inbox.mark_handled(connection, newer, REAL)
        afterwards = _claim_words(connection)
    assert (meanwhile, afterwards) == (None, "words 1")


def test_an_older_message_does_not_wait_for_somebody_who_is_gone(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(2))
        _claim(connection)
        _take_in(connection, _arrival(1))
        assert _claim_words(connection, real_now=REAL + LEASE + TICK) == "words 1"


def test_an_event_whose_worker_is_gone_is_taken_again_when_its_lease_is_over(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1))
        _claim(connection)
        assert _claim(connection, real_now=REAL + LEASE) is None
        again = _claim(connection, real_now=REAL + LEASE + TICK)
    assert again is not None
    assert again.attempts == 2


def test_threads_that_claim_at_once_never_get_the_same_event(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, *(_arrival(number, f"U{number:09}") for number in range(24)))

    def claim() -> int | None:
        with database.transaction() as connection:
            row = _claim(connection)
            return None if row is None else row.id

    assert claimed_at_once(claim) == list(range(1, 25))


# --- afterwards ----------------------------------------------------------------------------------------


def test_what_was_set_aside_is_shown_with_its_error_and_holds_up_nothing(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1), _arrival(2))
        row = _claim(connection)
        assert row is not None
        inbox.set_aside(connection, row, "ValueError: what is this")
        assert inbox.failures(connection) == [(row.id, MESSAGE, "ValueError: what is this")]
        assert _claim_words(connection) == "words 2"


def _handled(connection: Connection, row: InboxRow) -> None:
    inbox.mark_handled(connection, row, REAL)


def _taken_by_another(connection: Connection, row: InboxRow) -> None:
    assert _claim(connection, real_now=REAL + LEASE + TICK) is not None


@pytest.mark.parametrize(("meanwhile", "state"), [(_handled, "handled"), (_taken_by_another, "working")])
def test_who_comes_back_too_late_cannot_give_it_back(database: Database, meanwhile: Any, state: str) -> None:
    with database.transaction() as connection:
        _take_in(connection, _arrival(1))
        row = _claim(connection)
        assert row is not None
        meanwhile(connection, row)
        inbox.retry(connection, row, at=REAL, error="TypeError: no")
        inbox.set_aside(connection, row, "TypeError: no")
        found = connection.execute(sa.select(table.c.state, table.c.error)).one()
    assert tuple(found) == (state, None)


def test_the_words_of_what_was_handled_long_ago_are_forgotten(database: Database) -> None:
    with database.transaction() as connection:
        _take_in(connection, *(_arrival(number, f"U{number:09}") for number in (1, 2, 3)))
        long_ago, lately, failed = (_claim(connection) for _ in range(3))
        assert long_ago
        assert lately
        assert failed
        inbox.mark_handled(connection, long_ago, REAL - timedelta(days=7, seconds=1))
        inbox.mark_handled(connection, lately, REAL - timedelta(days=7))
        inbox.set_aside(connection, failed, "TypeError: no")
        inbox.forget_payloads(connection, handled_before=REAL - timedelta(days=7))
        kept = connection.execute(
            sa.select(table.c.id, table.c.payload.is_(sa.null())).order_by(table.c.id)
        ).all()
        assert _take_in(connection, _arrival(1, "U000000001")) == [False]
    assert [tuple(row) for row in kept] == [(1, True), (2, False), (3, False)]
