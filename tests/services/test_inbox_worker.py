"""The inbox's worker: each event handled once, tried again a few times, and set aside in the end."""

from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.services.inbox import ATTEMPTS, FIRST_WAIT, LEASE, PAYLOADS_KEPT, InboxWorker, take_in
from bot.services.sending.messenger import NotSent, Refused
from bot.storage import inbox
from bot.storage.engine import Database, StorageUnavailable, open_database, real_now
from bot.storage.inbox import MESSAGE, Arrival, InboxRow
from bot.storage.tables import inbox as table
from tests.services.sending import locked
from tests.services.teebee import HANNAH, JACK


@dataclass
class Reader:
    """A handler that writes down what it is given, and fails as told."""

    read: list[str] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)

    def __call__(self, row: InboxRow) -> None:
        if self.trouble:
            raise self.trouble.pop(0)
        self.read.append(row.payload["text"])


def _arrival(number: int, slack_id: str = JACK, kind: str = MESSAGE) -> Arrival:
    return Arrival(
        event_id=f"Ev{number:04}",
        kind=kind,
        slack_id=slack_id,
        ts=f"17636{number:05}.000100",
        payload={"text": f"words {number}"},
        channel=f"D{slack_id[1:]}",
    )


def _row(database: Database, row_id: int = 1) -> Any:
    with database.reading() as connection:
        return connection.execute(sa.select(table).where(table.c.id == row_id)).one()


def _real_now(database: Database) -> datetime:
    with database.reading() as connection:
        return real_now(connection)


def _set(database: Database, **values: Any) -> None:
    with database.transaction() as connection:
        connection.execute(sa.update(table).values(**values))


def test_an_event_is_handled_once_however_often_it_comes_and_the_worker_runs(database: Database) -> None:
    reader = Reader()
    worker = InboxWorker(database, {MESSAGE: reader})
    assert [take_in(database, _arrival(1)) for _ in range(3)] == [True, False, False]
    assert [worker.run() for _ in range(3)] == [["handled message 1"], [], []]
    assert not take_in(database, _arrival(1))
    assert worker.run() == []
    row = _row(database)
    assert (row.state, row.error, row.lease_until, reader.read) == ("handled", None, None, ["words 1"])
    assert row.handled_at >= row.received_at


def test_events_are_handled_in_the_order_in_which_they_were_said(database: Database) -> None:
    reader = Reader()
    for number, slack_id in ((3, JACK), (1, JACK), (2, HANNAH), (4, HANNAH)):
        take_in(database, _arrival(number, slack_id))
    InboxWorker(database, {MESSAGE: reader}).run()
    assert reader.read == ["words 1", "words 2", "words 3", "words 4"]


def test_each_kind_has_its_handler(database: Database) -> None:
    messages, homes = Reader(), Reader()
    take_in(database, _arrival(1))
    take_in(database, _arrival(2, kind="home"))
    InboxWorker(database, {MESSAGE: messages, "home": homes}).run()
    assert (messages.read, homes.read) == (["words 1"], ["words 2"])


def test_what_failed_waits_and_its_persons_next_event_with_it_but_nobody_elses(database: Database) -> None:
    reader = Reader(trouble=[TypeError("no")])
    worker = InboxWorker(database, {MESSAGE: reader})
    for number, slack_id in ((1, JACK), (2, JACK), (3, HANNAH)):
        take_in(database, _arrival(number, slack_id))
    _, other = worker.run()
    assert other == "handled message 3"
    assert reader.read == ["words 3"]
    assert (_row(database).state, _row(database).error) == ("waiting", "TypeError: no")
    _set(database, next_attempt_at=None)
    worker.run()
    assert reader.read == ["words 3", "words 1", "words 2"]
    assert (_row(database).state, _row(database).error) == ("handled", None)


@pytest.mark.parametrize(("attempts_before", "seconds"), [(0, 2), (1, 4), (3, 16)])
def test_each_wait_is_twice_as_long(database: Database, attempts_before: int, seconds: float) -> None:
    take_in(database, _arrival(1))
    _set(database, attempts=attempts_before)
    before = _real_now(database)
    said = InboxWorker(database, {MESSAGE: Reader(trouble=[TypeError("no")])}).run()
    after = _real_now(database)
    wait = timedelta(seconds=seconds)
    assert said == ["will try message 1 again"]
    assert before + wait <= _row(database).next_attempt_at <= after + wait


@pytest.mark.parametrize(("asked", "waits"), [(None, 2), (1.0, 2), (30.0, 30)])
def test_it_waits_as_long_as_slack_asks(database: Database, asked: float | None, waits: float) -> None:
    take_in(database, _arrival(1))
    before = _real_now(database)
    InboxWorker(database, {MESSAGE: Reader(trouble=[NotSent("ratelimited", retry_after=asked)])}).run()
    after = _real_now(database)
    wait = timedelta(seconds=waits)
    assert before + wait <= _row(database).next_attempt_at <= after + wait


def test_what_slack_refuses_is_set_aside_at_once(database: Database) -> None:
    take_in(database, _arrival(1))
    said = InboxWorker(database, {MESSAGE: Reader(trouble=[Refused("not_allowed")])}).run()
    assert (said, _row(database).error) == (["set aside message 1"], "not_allowed")


def test_what_always_fails_is_set_aside_and_no_longer_in_the_way(database: Database) -> None:
    reader = Reader(trouble=[TypeError("no")] * ATTEMPTS)
    worker = InboxWorker(database, {MESSAGE: reader})
    for number in (1, 2):
        take_in(database, _arrival(number))
    said: list[str] = []
    for _ in range(ATTEMPTS):
        said += worker.run()
        _set(database, next_attempt_at=None)
    assert said == ["will try message 1 again"] * (ATTEMPTS - 1) + [
        "set aside message 1",
        "handled message 2",
    ]
    with database.reading() as connection:
        assert inbox.failures(connection) == [(1, MESSAGE, "TypeError: no")]
    assert _row(database).payload == {"text": "words 1"}


def test_the_database_may_be_away_for_as_long_as_it_likes(database: Database) -> None:
    """It is not the event's fault: it is never set aside for that, nor nearer to it."""
    times = 3 * ATTEMPTS
    reader = Reader(trouble=[StorageUnavailable("the database is locked")] * times)
    worker = InboxWorker(database, {MESSAGE: reader})
    take_in(database, _arrival(1))
    for _ in range(times):
        before = _real_now(database)
        assert worker.run() == ["will try message 1 again"]
        row = _row(database)
        assert (row.state, row.attempts, row.error) == ("waiting", 0, "the database is locked")
        # Each time as soon as the first time.
        assert before + FIRST_WAIT <= row.next_attempt_at <= _real_now(database) + FIRST_WAIT
        _set(database, next_attempt_at=None)
    assert worker.run() == ["handled message 1"]
    assert (reader.read, _row(database).error) == (["words 1"], None)


def test_other_trouble_counts_however_often_the_database_was_away_between(database: Database) -> None:
    away, ours = StorageUnavailable("the database is locked"), TypeError("no")
    reader = Reader(trouble=[away, *[ours, away] * (ATTEMPTS - 1), ours])
    worker = InboxWorker(database, {MESSAGE: reader})
    take_in(database, _arrival(1))
    said = []
    while reader.trouble:
        said += worker.run()
        _set(database, next_attempt_at=None)
    assert said == ["will try message 1 again"] * (2 * ATTEMPTS - 1) + ["set aside message 1"]


def test_it_may_be_away_also_when_the_event_is_to_be_given_back(
    database: Database, database_url: str
) -> None:
    """Which is what an outage looks like that begins while an event is handled."""

    def outage(_row: InboxRow) -> None:
        holding.enter_context(locked(database))
        with impatient.transaction() as connection:
            connection.execute(sa.update(table).values(error="never written"))

    reader = Reader()
    take_in(database, _arrival(1))
    with closing(open_database(database_url, lock_wait=0.05)) as impatient:
        worker = InboxWorker(impatient, {MESSAGE: outage})
        for _ in range(ATTEMPTS + 1):
            with ExitStack() as holding, suppress(StorageUnavailable):
                worker.run()
            long_ago = _real_now(database) - timedelta(seconds=1)
            _set(database, lease_until=long_ago, next_attempt_at=long_ago)
    InboxWorker(database, {MESSAGE: reader}).run()
    assert (reader.read, _row(database).state) == (["words 1"], "handled")


def test_waiting_for_the_database_holds_up_its_person_only(database: Database) -> None:
    reader = Reader(trouble=[StorageUnavailable("the database is locked")])
    for number, slack_id in ((1, JACK), (2, JACK), (3, HANNAH)):
        take_in(database, _arrival(number, slack_id))
    InboxWorker(database, {MESSAGE: reader}).run()
    assert reader.read == ["words 3"]


def test_a_kind_without_a_handler_is_set_aside_in_the_end(database: Database) -> None:
    take_in(database, _arrival(1, kind="from a newer version"))
    _set(database, attempts=ATTEMPTS - 1)
    assert InboxWorker(database, {}).run() == ["set aside from a newer version 1"]


def test_what_kills_its_worker_each_time_is_set_aside_untouched(database: Database) -> None:
    reader = Reader()
    take_in(database, _arrival(1))
    with database.transaction() as connection:
        expired = real_now(connection) - LEASE
        for _ in range(ATTEMPTS):
            assert inbox.claim(connection, real_now=expired, lease_until=expired - timedelta(seconds=1))
    assert InboxWorker(database, {MESSAGE: reader}).run() == ["set aside message 1"]
    assert (_row(database).error, reader.read) == ("whoever handled it never came back", [])


def test_what_a_worker_who_is_gone_left_behind_is_handled_by_the_next(database: Database) -> None:
    reader = Reader()
    take_in(database, _arrival(1))
    with database.transaction() as connection:
        expired = real_now(connection) - 2 * LEASE
        inbox.claim(connection, real_now=expired, lease_until=expired + LEASE)
    InboxWorker(database, {MESSAGE: reader}).run()
    assert reader.read == ["words 1"]


def test_how_long_a_worker_is_held_for_alive_can_be_set(database: Database) -> None:
    def watch(row: InboxRow) -> None:
        leases.append(_row(database, row.id).lease_until - before)

    leases: list[timedelta] = []
    take_in(database, _arrival(1))
    before = _real_now(database)
    InboxWorker(database, {MESSAGE: watch}, lease=timedelta(minutes=5)).run()
    assert timedelta(minutes=5) <= leases[0] < timedelta(minutes=6)


def test_what_somebody_else_is_handling_is_left_alone(database: Database) -> None:
    def run_another(_row: InboxRow) -> None:
        seen.append(InboxWorker(database, {}).run())

    seen: list[list[str]] = []
    take_in(database, _arrival(1))
    take_in(database, _arrival(2))
    InboxWorker(database, {MESSAGE: run_another}).run()
    assert seen == [[], []]


def test_trouble_after_the_event_was_ticked_off_does_not_bring_it_back(database: Database) -> None:
    def tick_off_and_fail(row: InboxRow) -> None:
        with database.transaction() as connection:
            inbox.mark_handled(connection, row, real_now(connection))
        raise TypeError("afterwards")

    take_in(database, _arrival(1))
    InboxWorker(database, {MESSAGE: tick_off_and_fail}).run()
    assert (_row(database).state, _row(database).next_attempt_at) == ("handled", None)


def test_after_stop_the_event_in_hand_is_finished_and_no_other_begun(database: Database) -> None:
    reader = Reader()

    def stop(row: InboxRow) -> None:
        worker.stop()
        reader(row)

    worker = InboxWorker(database, {MESSAGE: stop})
    for number in (1, 2):
        take_in(database, _arrival(number))
    assert (worker.run(), worker.run()) == (["handled message 1"], [])
    assert _row(database, 2).state == "waiting"


def test_words_are_forgotten_a_week_after_they_were_handled(database: Database) -> None:
    worker = InboxWorker(database, {MESSAGE: Reader()})
    take_in(database, _arrival(1))
    worker.run()
    worker.forget()
    assert _row(database).payload == {"text": "words 1"}
    _set(database, handled_at=_row(database).handled_at - PAYLOADS_KEPT - timedelta(seconds=1))
    worker.forget()
    assert _row(database).payload is None
