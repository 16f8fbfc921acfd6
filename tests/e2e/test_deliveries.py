"""`okra deliveries`: what failed or is unknown, and what whoever runs Okra decides about it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from bot.practice import PracticeSlack
from bot.storage import deliveries, tables
from bot.storage.engine import Database
from tests.e2e.okra_cli import Cli, cli_for

DUE = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
TABLE = tables.deliveries


class Decided(NamedTuple):
    command: str
    after: str
    said: str


DECISIONS = (
    Decided("post-again", "pending", "It will be posted again, if it is still wanted.\n"),
    Decided("it-is-there", "sent", "It counts as posted.\n"),
    Decided("leave", "dropped", "It will not be posted.\n"),
)


@pytest.fixture
def okra(tmp_path: Path, slack: PracticeSlack, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(tmp_path)
    return cli_for(tmp_path, slack, database_url)


def in_trouble(database: Database, **values: object) -> int:
    """A digest of which that is so; its number."""
    with database.transaction() as connection:
        number = deliveries.ask(
            connection, key="digest:1:0", kind="digest", subject={"round": 1}, address="C0OKRS", due_at=DUE
        )
        assert number is not None
        connection.execute(sa.update(TABLE).values(**values))
        return number


def state(database: Database) -> str:
    with database.reading() as connection:
        return str(connection.execute(sa.select(TABLE.c.state)).scalar_one())


def test_where_nothing_is_in_trouble_it_says_so(okra: Cli) -> None:
    result = okra("deliveries")
    assert (result.exit_code, result.output) == (
        0,
        "Nothing needs a decision: what is not posted yet will be, as long as it is wanted.\n",
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "failed", "error": "not_in_channel\nand more"}, "could not be sent (not_in_channel)"),
        (
            {"state": "unknown", "unreadable": True, "error": "missing_scope"},
            "may be there or not, and its history cannot be read: please look (missing_scope)",
        ),
        ({"state": "unknown"}, "may be there or not: Okra looks for it by itself (no reason is known)"),
    ],
)
def test_it_lists_what_is_in_trouble_and_what_can_be_done(
    okra: Cli, database: Database, values: dict[str, object], said: str
) -> None:
    number = in_trouble(database, **values)
    first, second, blank, hint = okra("deliveries").output.splitlines()
    assert first == f"{number}  digest:1:0 to C0OKRS, due 2026-11-20T08:30+00:00"
    assert (second.strip(), blank) == (said, "")
    assert "post-again NUMBER" in hint


@pytest.mark.parametrize("before", ["failed", "unknown"])
@pytest.mark.parametrize("decided", DECISIONS, ids=lambda decided: decided.command)
def test_it_is_decided_by_its_number(okra: Cli, database: Database, before: str, decided: Decided) -> None:
    number = in_trouble(database, state=before, unreadable=before == "unknown")
    with database.transaction() as connection:  # a message that is about nothing stored
        connection.execute(sa.update(TABLE).values(kind="receipt", subject={}))
    result = okra("deliveries", decided.command, str(number))
    assert (result.exit_code, result.output, state(database)) == (0, decided.said, decided.after)
    again = okra("deliveries", decided.command, str(number))
    assert (again.exit_code, again.output) == (
        1,
        f"There is nothing to decide about {number}. `okra deliveries` lists what there is.\n",
    )
    assert state(database) == decided.after


@pytest.mark.parametrize("number", ["999", str(2**31 - 1)])
def test_a_number_that_is_no_messages_gets_a_sentence(okra: Cli, number: str) -> None:
    result = okra("deliveries", "leave", number)
    assert (result.exit_code, "nothing to decide" in result.output) == (1, True)


@pytest.mark.parametrize("number", ["0", "-1", "x", str(2**31)])
def test_what_is_no_number_gets_usage(okra: Cli, number: str) -> None:
    assert okra("deliveries", "leave", "--", number).exit_code == 2


def test_without_a_database_it_says_so(tmp_path: Path, slack: PracticeSlack) -> None:
    result = cli_for(tmp_path, slack)("deliveries")
    assert (result.exit_code, "There is no database yet" in result.output) == (1, True)
