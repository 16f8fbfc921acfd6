"""The pace of calls on both databases, at moments that a test sets."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import pacing
from bot.storage.engine import Connection, Database
from tests.storage.claiming import SECONDS_TO_FINISH

REAL = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
EVERY = timedelta(seconds=10)
TICK = timedelta(microseconds=1)


def _at(seconds: float) -> datetime:
    return REAL + timedelta(seconds=seconds)


def _wait(connection: Connection, at: float, *, burst: int = 3, kind: str = "post", **how: bool) -> float:
    """Seconds."""
    return pacing.wait(connection, kind, every=EVERY, burst=burst, real_now=_at(at), **how).total_seconds()


def _spend(connection: Connection, *at: float, kind: str = "post") -> None:
    for moment in at:
        _wait(connection, moment, kind=kind)
        pacing.spend(connection, kind, every=EVERY, real_now=_at(moment))


@pytest.mark.parametrize(
    ("burst", "spent", "at", "seconds"),
    [
        (1, [], 0, 0),
        (1, [0], 0, 10),  # one at a time
        (1, [0], 4, 6),
        (1, [0], 9.5, 0.5),
        (1, [0], 10, 0),
        (1, [0], 99, 0),
        (1, [0, 10], 10, 10),
        (1, [0, 25], 30, 5),  # what was not used is lost
        (3, [0], 0, 0),
        (3, [0, 0], 0, 0),
        (3, [0, 0, 0], 0, 10),  # three at once, and no fourth
        (3, [0, 0, 0], 10, 0),
        (3, [0, 0, 0, 10], 10, 10),  # then one each ten seconds
        (3, [0, 0, 0, 10], 15, 5),
        (3, [0, 0, 0, 10], 30, 0),
        (3, [0, 0, 0], 30, 0),  # after half a minute there may be three again
        (3, [0, 0, 0, 30, 30, 30], 30, 10),
        (3, [0, 0, 0, 20, 20], 20, 10),  # after twenty seconds only two
        (3, [0, 5, 9], 9, 1),
    ],
)
def test_some_may_go_at_once_and_the_rest_evenly_spaced(
    database: Database, burst: int, spent: list[float], at: float, seconds: float
) -> None:
    with database.transaction() as connection:
        _spend(connection, *spent)
        assert _wait(connection, at, burst=burst) == seconds


@pytest.mark.parametrize(
    ("spent", "blocked_until", "at", "seconds"),
    [
        ([0, 0, 0], None, 0, 0),  # not behind those who went before
        ([0, 0, 0, 0, 0], None, 0, 0),
        ([], 7, 0, 7),  # but behind a block
        ([0, 0, 0], 7, 5, 2),
        ([0, 0, 0], 7, 7, 0),
    ],
)
def test_whoever_is_in_a_hurry_waits_for_a_block_only(
    database: Database, spent: list[float], blocked_until: float | None, at: float, seconds: float
) -> None:
    with database.transaction() as connection:
        _spend(connection, *spent)
        if blocked_until is not None:
            pacing.block(connection, "post", until=_at(blocked_until))
        assert _wait(connection, at, in_a_hurry=True) == seconds


def test_what_went_in_a_hurry_is_waited_for_by_the_others(database: Database) -> None:
    with database.transaction() as connection:
        _spend(connection, 0, 0, 0, 0, 0)
        assert _wait(connection, 0) == 30


@pytest.mark.parametrize(
    ("spent", "at", "seconds"),
    [
        ([], 0, 30),
        ([], 29, 1),
        ([], 30, 0),
        ([0, 0, 0], 0, 30),
        ([0, 0, 0, 0, 0, 0], 0, 40),  # whichever is longer: the sixth is three behind the burst
        ([0, 0, 0], 30, 0),
    ],
)
def test_a_block_holds_until_its_end(
    database: Database, spent: list[float], at: float, seconds: float
) -> None:
    with database.transaction() as connection:
        _spend(connection, *spent)
        pacing.block(connection, "post", until=_at(30))
        assert _wait(connection, at) == seconds


@pytest.mark.parametrize("ends", [[30, 1], [1, 30]])
def test_of_two_blocks_the_longer_one_holds(database: Database, ends: list[float]) -> None:
    with database.transaction() as connection:
        for end in ends:
            pacing.block(connection, "post", until=_at(end))
        assert _wait(connection, 0) == 30


def test_the_first_call_of_all_may_be_blocked_already(database: Database) -> None:
    with database.transaction() as connection:
        pacing.block(connection, "post", until=_at(30))
        assert [_wait(connection, at, burst=1) for at in (0, 30)] == [30, 0]


def test_each_kind_has_a_pace_of_its_own(database: Database) -> None:
    with database.transaction() as connection:
        _spend(connection, 0, 0, 0, kind="post")
        pacing.block(connection, "look", until=_at(30))
        waits = [_wait(connection, 0, kind=kind) for kind in ("post", "update", "look")]
    assert waits == [10, 0, 30]


def test_asking_spends_nothing(database: Database) -> None:
    with database.transaction() as connection:
        assert [_wait(connection, 0, burst=1) for _ in range(5)] == [0] * 5


def test_a_spending_that_is_undone_was_none(database: Database) -> None:
    with database.engine.connect() as connection:
        _spend(connection, 0)
        connection.rollback()
    with database.transaction() as connection:
        assert _wait(connection, 0, burst=1) == 0


@pytest.mark.parametrize("known", [False, True], ids=["the first of all", "later"])
def test_two_at_the_same_time_never_both_get_the_last_one(database: Database, *, known: bool) -> None:
    """Several times over, as threads do not always meet."""
    if known:
        with database.transaction() as connection:
            _wait(connection, -1000)

    def take(number: int) -> bool:
        together.wait(SECONDS_TO_FINISH)
        with database.transaction() as connection:
            if _wait(connection, 1000 * number, burst=1):
                return False
            pacing.spend(connection, "post", every=EVERY, real_now=_at(1000 * number))
            return True

    together = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        for number in range(10):
            both = [pool.submit(take, number) for _ in range(2)]
            assert sorted(one.result(SECONDS_TO_FINISH) for one in both) == [False, True]


def test_a_clock_that_was_set_back_holds_up_nobody(database: Database) -> None:
    tomorrow = timedelta(days=1).total_seconds()
    with database.transaction() as connection:
        _spend(connection, tomorrow, tomorrow, tomorrow)
        assert _wait(connection, 0) == 0
        _spend(connection, 0, 0, 0)
        assert _wait(connection, 0) == 10
