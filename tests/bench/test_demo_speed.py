"""How long a newcomer waits for the story of `okra demo --play`, from its start to its end."""

import time
from pathlib import Path

import pytest

from tests.e2e.demo_cli import play

pytestmark = pytest.mark.bench

LONGEST_SECONDS = 60.0


def test_how_long_the_story_takes(tmp_path: Path) -> None:
    begun = time.perf_counter()
    done = play(tmp_path)
    took = time.perf_counter() - begun
    assert done.returncode == 0, done.stderr
    print(f"\nthe story of the demo: {took:.1f} s")  # noqa: T201  # what it is for
    assert took < LONGEST_SECONDS
