"""A practice Slack with TeeBee in it, and the log as it was before a command set it up."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.practice import PracticeSlack
from tests.e2e.okra_cli import Cli, cli_for, teebee_moves_in


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = root.handlers[:], root.level, ours.level
    yield
    root.handlers[:], level, our_level = before
    root.setLevel(level)
    ours.setLevel(our_level)
    structlog.reset_defaults()


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack() as practice:
        teebee_moves_in(practice)
        yield practice


@pytest.fixture
def okra(tmp_path: Path, slack: PracticeSlack, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line with a SQLite file that is not there yet."""
    monkeypatch.chdir(tmp_path)
    return cli_for(tmp_path, slack)
