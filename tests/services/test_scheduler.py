"""The heartbeat and the workers: threads that go on whatever happens, and stop when told."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.scheduler import Heartbeat, Worker

DEADLINE = timedelta(seconds=20).total_seconds()
NEVER = timedelta(days=1).total_seconds()
SOON = 0.01


class Job:
    """Counts how often it is done; can be held up, and fails as told."""

    def __init__(self) -> None:
        self.done = 0
        self.at_once = 0
        self.most_at_once = 0
        self.failures: list[Exception] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self._changed = threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
            self._changed.notify_all()
        self.may_go_on.wait(DEADLINE)
        with self._changed:
            self.at_once -= 1
            self.done += 1
            self._changed.notify_all()
        if self.failures:
            raise self.failures.pop()

    def comes_to(self, condition: Callable[[], bool]) -> bool:
        """Waits until it is so; False if it is not within the deadline."""
        with self._changed:
            return self._changed.wait_for(condition, DEADLINE)


@pytest.fixture
def job() -> Job:
    return Job()


@pytest.fixture
def worker(job: Job) -> Iterator[Worker]:
    made = Worker("worker", job)
    made.start()
    yield made
    job.may_go_on.set()
    assert made.stop(DEADLINE)


def test_a_worker_does_its_job_each_time_it_is_woken(worker: Worker, job: Job) -> None:
    for times in (1, 2, 3):
        worker.wake()
        assert job.comes_to(lambda times=times: job.done == times)  # type: ignore[misc]
    assert job.most_at_once == 1


def test_a_worker_that_nobody_wakes_does_nothing(worker: Worker, job: Job) -> None:
    assert worker.stop(DEADLINE)
    assert job.done == 0


def test_waking_a_worker_often_while_it_works_makes_it_go_once_more(worker: Worker, job: Job) -> None:
    job.may_go_on.clear()
    worker.wake()
    assert job.comes_to(lambda: job.at_once == 1)
    for _ in range(10):
        worker.wake()
    job.may_go_on.set()
    assert job.comes_to(lambda: job.done == 2)
    assert worker.stop(DEADLINE)
    assert (job.done, job.most_at_once) == (2, 1)


def test_a_worker_survives_a_failing_job(worker: Worker, job: Job) -> None:
    job.failures = [TypeError("no")]
    worker.wake()
    assert job.comes_to(lambda: not job.at_once and job.done == 1)
    worker.wake()
    assert job.comes_to(lambda: job.done == 2)


def test_stopping_waits_for_the_job_in_hand_and_no_longer_than_asked(worker: Worker, job: Job) -> None:
    job.may_go_on.clear()
    worker.wake()
    assert job.comes_to(lambda: job.at_once == 1)
    worker.wake()
    assert not worker.stop(SOON)
    job.may_go_on.set()
    assert worker.stop(DEADLINE)
    assert job.done == 1


def test_a_worker_that_was_never_started_can_be_stopped(job: Job) -> None:
    assert Worker("worker", job).stop(SOON)


def test_the_heart_beats_at_once(job: Job) -> None:
    heartbeat = Heartbeat(job, NEVER)
    assert job.done == 0
    heartbeat.start()
    assert job.comes_to(lambda: job.done == 1)
    assert heartbeat.stop(DEADLINE)
    assert job.done == 1


def test_the_heart_goes_on_after_a_failing_beat(job: Job) -> None:
    job.failures = [TypeError("no"), ValueError("never")]
    heartbeat = Heartbeat(job, SOON)
    heartbeat.start()
    assert job.comes_to(lambda: job.done >= 3)
    assert heartbeat.stop(DEADLINE)
    assert (job.failures, job.most_at_once) == ([], 1)


def test_beats_that_come_during_a_long_one_are_made_up_for_afterwards_one_at_a_time(job: Job) -> None:
    job.may_go_on.clear()
    heartbeat = Heartbeat(job, SOON)
    heartbeat.start()
    assert job.comes_to(lambda: job.at_once == 1)
    job.may_go_on.set()
    assert job.comes_to(lambda: job.done >= 2)
    assert heartbeat.stop(DEADLINE)
    assert job.most_at_once == 1


def test_stopping_the_heart_waits_for_the_beat_in_hand_and_no_longer_than_asked(job: Job) -> None:
    job.may_go_on.clear()
    heartbeat = Heartbeat(job, NEVER)
    heartbeat.start()
    assert job.comes_to(lambda: job.at_once == 1)
    assert not heartbeat.stop(SOON)
    job.may_go_on.set()
    assert heartbeat.stop(DEADLINE)
    assert job.done == 1


def test_a_heart_that_never_beat_can_be_stopped(job: Job) -> None:
    assert Heartbeat(job, SOON).stop(DEADLINE)
    assert job.done == 0
