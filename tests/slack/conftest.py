"""The whole bot, once a test, on one of the two databases (on both with `--both`); and a Bolt app with nothing but an inbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.practice import PracticeSlack
from bot.storage.engine import Database, open_database
from tests.slack.bolted import Bot, bolted
from tests.slack.friday import Friday, friday_on


@pytest.fixture
def friday(database_url: str) -> Iterator[Friday]:
    """Okra on a workspace with Hannah, Jack and Jim; no OKRs yet (`friday.move_in()`), Friday 09:00."""
    with friday_on(database_url) as running:
        yield running


@pytest.fixture
def forgetful() -> Iterator[PracticeSlack]:
    """A Slack that waits half a second for an answer, and sends again what was not answered."""
    with PracticeSlack(ack_seconds=0.5, redelivery=(0.1,) * 200) as slack:
        yield slack


@pytest.fixture
def inbox(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Database]:
    """An empty database, of one kind only."""
    path = tmp_path / "inbox.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    opened = open_database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def connected(forgetful: PracticeSlack, inbox: Database) -> Iterator[Bot]:
    with bolted(forgetful, inbox) as bot:
        bot.connect().result(10)
        yield bot.connected()
