"""What sending costs us with 10,000 messages waiting, beside the floor: the pace that Slack allows."""

import threading
import time
from datetime import timedelta

import pytest

from bot.services.sending import asks
from bot.services.sending.delivery import Deliverer
from bot.services.sending.messenger import Posted
from bot.services.sending.pacing import Limits
from bot.storage import deliveries
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database
from tests.services import sending
from tests.services.teebee import Notebook

pytestmark = pytest.mark.bench

PROMPTS = 10_000
SENT = 1_000
"""So many of them are sent to measure; the others go on waiting."""
SLACKS_PACE = timedelta(minutes=1) / Limits().posts


class EndsAfter(Notebook):
    """Stops the sender once it has sent so many."""

    sender: Deliverer

    def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
        if len(self.posted) >= SENT - 1:
            self.sender.stop()
        return super().post(delivery, begin_by=begin_by)


def prompts(database: Database) -> None:
    """All due at ten, each to somebody else."""
    with database.transaction() as connection:
        for number in range(PROMPTS):
            deliveries.ask(
                connection,
                key=f"prompt:{number}",
                kind=asks.RECEIPT,  # wanted whenever it is claimed
                subject={},
                address=f"U{number:09}",
                due_at=sending.NOW + timedelta(microseconds=number),
            )


def test_what_ten_thousand_prompts_cost_us(database: Database) -> None:
    prompts(database)
    notebook = EndsAfter()
    sender = notebook.sender = sending.deliverer(database, notebook)
    begun = time.perf_counter()
    sender.run(lambda: sending.NOW + timedelta(hours=1))
    each = (time.perf_counter() - begun) / SENT
    in_order = [int(one.key.partition(":")[2]) for one in notebook.posted]
    assert in_order == sorted(in_order)
    print(  # noqa: T201  # what it is for
        f"\n{database.engine.dialect.name}: {each * 1000:.1f} ms a message of ours; "
        f"Slack's pace {SLACKS_PACE.total_seconds() * 1000:.0f} ms, so {PROMPTS:,} take "
        f"{PROMPTS * max(SLACKS_PACE.total_seconds(), each) / 60:.0f} minutes"
    )
    assert each < SLACKS_PACE.total_seconds()


def test_how_long_a_reply_waits_while_ten_thousand_prompts_go_out(database: Database) -> None:
    prompts(database)
    notebook = Notebook()
    sender = sending.deliverer(database, notebook, limits=Limits(one_channel=timedelta(0)))
    at_work = threading.Thread(target=lambda: sender.run(lambda: sending.NOW + timedelta(hours=1)))
    at_work.start()
    waits = []
    for number in range(20):
        begun = time.perf_counter()
        sending.ask(database, f"receipt:{number}", address="U0JACK0001", waited_for=True)
        sender.run(lambda: sending.NOW, waited_for=True)
        waits.append(time.perf_counter() - begun)
        assert f"receipt:{number}" in notebook.keys
    sender.stop()
    at_work.join()
    waits.sort()
    print(  # noqa: T201
        f"\n{database.engine.dialect.name}: a reply waits {waits[10] * 1000:.0f} ms (median), "
        f"{waits[-1] * 1000:.0f} ms at most, while {PROMPTS:,} prompts wait for Slack's pace"
    )
