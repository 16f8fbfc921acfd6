"""What happens at every heartbeat and every answer stays quick however much is stored."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import deliveries, inbox, sending
from bot.storage.engine import Connection, Database
from bot.storage.sending import Clocks
from tests.storage.claiming import HANNAH, JACK, LEASE, NOW, REAL


def _plan_of(database: Database, does: Callable[[Connection], object]) -> str:
    """How SQLite goes about the statements that `does` executes."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: Any, statement: str, given: Any, *_more: Any) -> None:
        statements.append((statement, given))

    with database.transaction() as connection:
        sa.event.listen(database.engine, "before_cursor_execute", note)
        does(connection)
        sa.event.remove(database.engine, "before_cursor_execute", note)
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", given) for one, given in statements]
        return "\n".join(found[-1] for plan in plans for found in plan)


CLOCKS = Clocks(NOW, REAL)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("does", "index"),
    [
        (
            lambda connection: sending.claim(
                connection, CLOCKS, lease=LEASE, waited_for=False, one_channel=SECOND
            ),
            "ix_deliveries_state_",
        ),
        (
            lambda connection: sending.claim_stale(connection, CLOCKS, lease=LEASE, rest=LEASE),
            "ix_deliveries_to_be_redrawn",
        ),
        (
            lambda connection: sending.claim_unknown(connection, CLOCKS, lease=LEASE, settle_after=LEASE),
            "ix_deliveries_state_",
        ),
        (
            lambda connection: sending.work(
                connection, CLOCKS, waited_for=False, rest=LEASE, settle_after=LEASE
            ),
            "ix_deliveries_to_be_redrawn",
        ),
        (
            lambda connection: sending.expire(connection, real_now=REAL),
            "ix_deliveries_to_be_redrawn",
        ),
        (lambda connection: deliveries.mark_stale(connection, ["a", "b"]), "sqlite_autoindex_deliveries_1"),
        (
            lambda connection: deliveries.was_sent(connection, "prompt", JACK, but="a"),
            "ix_deliveries_address_kind",
        ),
        (
            lambda connection: deliveries.to(connection, JACK, "receipt", wording_of="1.0"),
            "ix_deliveries_address_kind",
        ),
        (lambda connection: deliveries.channel_of(connection, JACK), "ix_deliveries_address"),
        (lambda connection: deliveries.posted_to(connection, [JACK, HANNAH]), "ix_deliveries_address"),
        (lambda connection: inbox.forget_payloads(connection, handled_before=NOW), "ix_inbox_words_of"),
        (lambda connection: inbox.last_heard(connection, ["D1", "D2"]), "uq_inbox_message"),
    ],
)
def test_what_happens_all_the_time_never_looks_at_every_row(
    database: Database, does: Callable[[Connection], object], index: str
) -> None:
    if not database.is_sqlite:
        return  # it decides by what is in the tables; they are empty here
    plan = _plan_of(database, does)
    assert index in plan
    assert not [line for line in plan.split("\n") if line.startswith("SCAN") and "INDEX" not in line]
