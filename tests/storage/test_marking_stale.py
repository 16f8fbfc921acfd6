"""Marking a message stale while somebody else has its row in hand: the mark is never lost."""

import threading

import sqlalchemy as sa

from bot.storage import deliveries
from bot.storage.engine import Database, real_now
from bot.storage.tables import deliveries as table
from tests.storage.claiming import ask, claim_stale

SECONDS = 20


def test_a_mark_that_waits_for_the_claim_of_the_one_before_is_not_lost(database: Database) -> None:
    if database.is_sqlite:
        return  # writers wait for each other before they look at anything
    with database.transaction() as connection:
        for number in range(400):
            ask(connection, f"prompt:{number}", address=f"U{number}")
            ask(connection, f"reminder:{number}", address=f"U{number}")
        sent = {"state": "sent", "channel": "D1", "ts": "1.1"}
        connection.execute(sa.update(table).where(table.c.key.startswith("prompt")).values(sent))
        deliveries.mark_stale(connection, ["prompt:1"], waited_for=True)
    with database.transaction() as connection:
        connection.execute(sa.text("ANALYZE deliveries"))  # as the database does by itself after a while

    def mark() -> None:
        with database.transaction() as connection:
            deliveries.mark_stale(connection, ["prompt:1", "reminder:1"], waited_for=True)

    marking = threading.Thread(target=mark)
    with database.transaction() as connection:
        taken = claim_stale(connection, real=real_now(connection))
        assert taken is not None
        marking.start()
        _until_it_waits(database)
    marking.join(SECONDS)
    with database.reading() as connection:
        row = connection.execute(sa.select(table).where(table.c.key == "prompt:1")).one()
    assert row.stale_since is not None


def _until_it_waits(database: Database) -> None:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with database.reading() as connection:
        for _ in range(1000):
            if connection.execute(waiting).scalar_one():
                return
            connection.execute(sa.text("SELECT pg_sleep(0.005)"))
    raise AssertionError("it does not wait")
