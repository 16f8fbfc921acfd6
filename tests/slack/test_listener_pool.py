"""The threads that answer taps: as any executor, but with an end that does not wait for ever."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from bot.slack.listeners.pool import ListenerPool
from tests.slack.friday import Friday


@pytest.fixture
def pool() -> Iterator[ListenerPool]:
    running = ListenerPool(2)
    yield running
    running.shutdown()


def test_jobs_are_done_side_by_side_and_give_what_they_give(pool: ListenerPool) -> None:
    together = threading.Barrier(2, timeout=10)
    first, second = pool.submit(together.wait), pool.submit(together.wait)
    assert sorted((first.result(10), second.result(10))) == [0, 1]
    assert pool.submit(divmod, 7, 2).result(10) == (3, 1)


def test_what_a_job_raises_is_told_and_the_next_is_done(pool: ListenerPool) -> None:
    with pytest.raises(ZeroDivisionError):
        pool.submit(divmod, 1, 0).result(10)
    assert pool.submit(divmod, 1, 1).result(10) == (1, 0)


def test_a_job_that_does_not_end_holds_up_neither_the_stop_nor_the_process() -> None:
    pool, going, may_end = ListenerPool(1), threading.Event(), threading.Event()

    def stuck() -> bool:
        going.set()
        return may_end.wait(10)

    busy, waiting = pool.submit(stuck), pool.submit(stuck)
    assert going.wait(10)
    assert all(one.daemon for one in threading.enumerate() if one.name.startswith("listener-"))
    assert not pool.stop(0)
    with pytest.raises(CancelledError):
        waiting.result(10)
    with pytest.raises(RuntimeError):
        pool.submit(stuck)
    may_end.set()
    assert pool.stop(10)
    assert busy.result(10)


def test_a_cancelled_job_is_passed_over(pool: ListenerPool) -> None:
    may_end = threading.Event()
    for _ in range(2):
        pool.submit(may_end.wait, 10)
    never = pool.submit(may_end.wait, 10)
    assert never.cancel()
    may_end.set()
    assert pool.submit(divmod, 1, 1).result(10) == (1, 0)


def test_a_shutdown_may_leave_what_is_under_way_alone() -> None:
    pool, may_end = ListenerPool(1), threading.Event()
    busy, waiting = pool.submit(may_end.wait, 10), pool.submit(may_end.wait, 10)
    pool.shutdown(wait=False)
    may_end.set()
    assert busy.result(10)
    assert waiting.result(10)
    pool.shutdown()


def test_without_a_job_it_has_nothing_to_end() -> None:
    assert ListenerPool(2).stop(0)


def test_a_tap_that_does_not_come_to_its_end_does_not_hold_up_the_bots(friday: Friday) -> None:
    going, may_end = threading.Event(), threading.Event()

    def stuck() -> bool:
        going.set()
        return may_end.wait(60)

    busy = friday.okra._listeners.submit(stuck)
    assert going.wait(10)
    friday.okra.close(0.01)
    assert not busy.done()
    may_end.set()
    assert busy.result(10)
