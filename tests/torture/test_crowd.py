"""Many people acting at once."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.torture.crowd import Crowd

ENOUGH = 10.0


def pausing(seconds: list[float], told: list[str], name: str) -> Iterator[float]:
    for one in seconds:
        told.append(name)
        yield one
    told.append(f"{name} ends")


def test_everybody_acts_and_pauses_as_they_like() -> None:
    told: list[str] = []
    with closing(Crowd(2)) as crowd:
        crowd.add(pausing([0.2], told, "slow"))
        crowd.add(pausing([0.01, 0.01], told, "quick"))
        crowd.add(pausing([], told, "late"), after=0.3)
        assert crowd.wait(ENOUGH)
    assert sorted(told[:2]) == ["quick", "slow"]
    assert told[2:] == ["quick", "quick ends", "slow ends", "late ends"]


def test_more_people_than_workers_take_turns() -> None:
    told: list[str] = []
    with closing(Crowd(3)) as crowd:
        for number in range(50):
            crowd.add(pausing([0.001] * 3, told, str(number)))
        assert crowd.wait(ENOUGH)
    assert len(told) == 50 * 4


def test_whoever_waits_is_told_what_went_wrong() -> None:
    def falls() -> Iterator[float]:
        yield 0.0
        raise LookupError("a banana skin")

    with closing(Crowd(1)) as crowd:
        crowd.add(falls())
        with pytest.raises(LookupError, match="banana"):
            crowd.wait(ENOUGH)


def test_waiting_and_closing_end_in_time() -> None:
    entered = threading.Event()

    def forever() -> Iterator[float]:
        while True:
            entered.set()
            yield 60.0

    began = time.monotonic()
    with closing(Crowd(1)) as crowd:
        crowd.add(forever())
        assert entered.wait(ENOUGH)
        assert not crowd.wait(0.01)
    assert time.monotonic() - began < ENOUGH
