"""Sending: each message once, whatever happens, and one message's trouble never another's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.services import asks, checkins, rounds
from bot.services.delivery import LEASE, LONGEST_WAIT, Deliverer
from bot.services.messenger import NotSent, Posted, Refused, Unsure
from bot.storage import deliveries
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, real_now
from bot.storage.tables import deliveries as table
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, Notebook, at, move_in

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def _ask(database: Database, *keys: str, address: str = JACK) -> None:
    """Replies: wanted whenever they are claimed."""
    with database.transaction() as connection:
        for key in keys:
            deliveries.ask(connection, key=key, kind=asks.RECEIPT, subject={}, address=address, due_at=NOW)


def _row(database: Database, key: str) -> Any:
    with database.reading() as connection:
        return connection.execute(sa.select(table).where(table.c.key == key)).one()


def _states(database: Database) -> dict[str, str]:
    with database.reading() as connection:
        return {row.key: row.state for row in connection.execute(sa.select(table.c.key, table.c.state))}


def _real_now(database: Database) -> datetime:
    with database.reading() as connection:
        return real_now(connection)


def _wait_is_over(database: Database) -> None:
    """As if the time until the next attempt had passed."""
    with database.transaction() as connection:
        connection.execute(sa.update(table).values(next_attempt_at=None))


def _mark_stale(database: Database, *keys: str) -> None:
    with database.transaction() as connection:
        deliveries.mark_stale(connection, keys)


# --- sending -------------------------------------------------------------------------------------------


def test_a_message_is_sent_once_however_often_it_runs(database: Database) -> None:
    notebook = Notebook()
    _ask(database, "receipt:1")
    said = [Deliverer(database, notebook).run(NOW) for _ in range(10)]
    assert said == [["receipt:1: sent"], *[[]] * 9]
    assert [one.key for one in notebook.posted] == ["receipt:1"]
    row = _row(database, "receipt:1")
    assert (row.state, row.channel, row.ts, row.sent_at) == ("sent", "D0JACK0001", "1.000100", NOW)


def test_the_messenger_is_given_what_was_asked_for(database: Database) -> None:
    notebook = Notebook()
    _ask(database, "receipt:1")
    Deliverer(database, notebook).run(NOW)
    (posted,) = notebook.posted
    assert (posted.kind, posted.address, posted.state, posted.attempts) == (asks.RECEIPT, JACK, "sending", 1)
    assert posted.nonce == _row(database, "receipt:1").nonce


def test_nothing_is_held_while_the_messenger_is_at_work(database: Database) -> None:
    class WritesMeanwhile(Notebook):
        def post(self, delivery: Delivery) -> Posted:
            _ask(database, "receipt:2")
            return super().post(delivery)

    _ask(database, "receipt:1")
    assert Deliverer(database, WritesMeanwhile()).run(NOW) == ["receipt:1: sent", "receipt:2: sent"]


@pytest.mark.parametrize(
    ("trouble", "attempts_before", "seconds"),
    [
        (NotSent("ratelimited", retry_after=30), 0, 30),
        (NotSent("ratelimited", retry_after=30), 6, 30),
        (NotSent("connection refused"), 0, 2),
        (NotSent("connection refused"), 1, 4),
        (NotSent("connection refused"), 4, 32),
        (NotSent("connection refused"), 10, LONGEST_WAIT.total_seconds()),
        (NotSent("connection refused"), 5000, LONGEST_WAIT.total_seconds()),
    ],
)
def test_what_was_not_sent_waits_as_long_as_slack_says_or_longer_each_time(
    database: Database, trouble: NotSent, attempts_before: int, seconds: float
) -> None:
    notebook = Notebook(trouble=[trouble])
    _ask(database, "receipt:1")
    with database.transaction() as connection:
        connection.execute(sa.update(table).values(attempts=attempts_before))
    before = _real_now(database)
    said = Deliverer(database, notebook).run(NOW)
    after = _real_now(database)
    row = _row(database, "receipt:1")
    wait = timedelta(seconds=seconds)
    assert said == [f"receipt:1: will try again ({trouble})"]
    assert (row.state, row.error) == ("pending", str(trouble))
    assert before + wait <= row.next_attempt_at <= after + wait


def test_what_was_not_sent_is_sent_when_its_wait_is_over(database: Database) -> None:
    notebook = Notebook(trouble=[NotSent("ratelimited", retry_after=30)])
    deliverer = Deliverer(database, notebook)
    _ask(database, "receipt:1")
    deliverer.run(NOW)
    assert deliverer.run(NOW + timedelta(days=7)) == []
    _wait_is_over(database)
    assert deliverer.run(NOW) == ["receipt:1: sent"]
    assert _row(database, "receipt:1").error is None


@pytest.mark.parametrize(
    ("trouble", "said", "state", "error"),
    [
        (Refused("is_archived"), "failed (is_archived)", "failed", "is_archived"),
        (Unsure("no answer"), "unknown (no answer)", "unknown", "no answer"),
        (KeyError("ts"), "unknown (KeyError: 'ts')", "unknown", "KeyError: 'ts'"),
    ],
)
def test_what_was_refused_or_may_have_been_posted_is_never_sent_again_by_itself(
    database: Database, trouble: Exception, said: str, state: str, error: str
) -> None:
    notebook = Notebook(trouble=[trouble])
    deliverer = Deliverer(database, notebook)
    _ask(database, "receipt:1")
    assert deliverer.run(NOW) == [f"receipt:1: {said}"]
    _wait_is_over(database)
    assert deliverer.run(NOW + timedelta(days=7)) == []
    row = _row(database, "receipt:1")
    assert (row.state, row.error, row.lease_until, notebook.posted) == (state, error, None, [])


@pytest.mark.parametrize(
    "trouble", [NotSent("ratelimited", retry_after=30), Refused("is_archived"), Unsure("no"), KeyError("ts")]
)
def test_one_failing_message_does_not_hold_up_the_next(database: Database, trouble: Exception) -> None:
    notebook = Notebook(trouble=[trouble])
    _ask(database, "receipt:1", "receipt:2")
    Deliverer(database, notebook).run(NOW)
    assert [one.key for one in notebook.posted] == ["receipt:2"]


def test_a_message_that_makes_no_sense_fails_and_holds_up_nothing(database: Database) -> None:
    notebook = Notebook()
    with database.transaction() as connection:
        for key, subject in (("digest:9:0", {"round": 9, "page": 0}), ("digest:8:0", {})):
            deliveries.ask(
                connection, key=key, kind=asks.DIGEST, subject=subject, address=CHANNEL, due_at=NOW
            )
    _ask(database, "receipt:1")
    assert Deliverer(database, notebook).run(NOW) == ["receipt:1: sent"]
    assert _states(database) == {"digest:9:0": "failed", "digest:8:0": "failed", "receipt:1": "sent"}
    assert _row(database, "digest:9:0").error == "LookupError: there is no round 9"


def test_what_a_sender_who_is_gone_left_behind_is_not_sent_again(database: Database) -> None:
    notebook = Notebook()
    _ask(database, "receipt:1", "receipt:2")
    with database.transaction() as connection:
        long_ago = real_now(connection) - 2 * LEASE
        deliveries.claim(connection, now=NOW, real_now=long_ago, lease_until=long_ago + LEASE)
    assert Deliverer(database, notebook).run(NOW) == ["receipt:2: sent"]
    assert _states(database) == {"receipt:1": "unknown", "receipt:2": "sent"}


def test_what_somebody_else_is_sending_is_left_alone(database: Database) -> None:
    class RunsAnother(Notebook):
        def post(self, delivery: Delivery) -> Posted:
            assert Deliverer(database, Notebook()).run(NOW) == []
            return super().post(delivery)

    _ask(database, "receipt:1")
    assert Deliverer(database, RunsAnother()).run(NOW) == ["receipt:1: sent"]


def test_a_message_that_is_no_longer_wanted_is_dropped_and_the_next_is_sent(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    checkins.record(database, HANNAH, teebee.answers(teebee.hannah, 55, 20, 160_000), at(10))
    Deliverer(database, notebook).run(at(10))
    hannahs, jacks = (asks.prompt_key(one.id, FRIDAY) for one in (teebee.hannah, teebee.jack))
    assert (_states(database)[hannahs], _states(database)[jacks]) == ("dropped", "sent")
    assert (asks.PROMPT, JACK) in notebook.said
    assert (asks.PROMPT, HANNAH) not in notebook.said


# --- keeping up to date --------------------------------------------------------------------------------


def test_ten_marks_make_one_update(database: Database) -> None:
    notebook = Notebook()
    deliverer = Deliverer(database, notebook)
    _ask(database, "receipt:1")
    deliverer.run(NOW)
    for _ in range(10):
        _mark_stale(database, "receipt:1")
    assert [deliverer.run(NOW), deliverer.run(NOW)] == [["receipt:1: updated"], []]
    assert [(one.key, one.channel, one.ts) for one in notebook.updated] == [
        ("receipt:1", "D0JACK0001", "1.000100")
    ]


def test_what_changes_while_it_is_being_posted_is_updated_afterwards(database: Database) -> None:
    class ChangesMeanwhile(Notebook):
        def post(self, delivery: Delivery) -> Posted:
            _mark_stale(database, delivery.key)
            return super().post(delivery)

    _ask(database, "receipt:1")
    said = Deliverer(database, ChangesMeanwhile()).run(NOW)
    assert said == ["receipt:1: sent", "receipt:1: updated"]


@pytest.mark.parametrize("trouble", [NotSent("connection refused"), Unsure("no answer"), KeyError("ts")])
def test_an_update_may_be_repeated_and_so_it_is_until_it_is_made(
    database: Database, trouble: Exception
) -> None:
    notebook = Notebook()
    deliverer = Deliverer(database, notebook)
    _ask(database, "receipt:1")
    deliverer.run(NOW)
    _mark_stale(database, "receipt:1")
    notebook.trouble = [trouble, trouble]
    for _ in range(2):
        (said,) = deliverer.run(NOW)
        assert said.startswith("receipt:1: update will be tried again")
        assert deliverer.run(NOW) == []
        _wait_is_over(database)
    assert deliverer.run(NOW) == ["receipt:1: updated"]
    row = _row(database, "receipt:1")
    assert (row.state, row.error, row.attempts, len(notebook.updated)) == ("sent", None, 0, 1)


def test_the_wait_for_an_update_doubles_too(database: Database) -> None:
    notebook = Notebook()
    deliverer = Deliverer(database, notebook)
    _ask(database, "receipt:1")
    deliverer.run(NOW)
    _mark_stale(database, "receipt:1")
    notebook.trouble = [Unsure("no answer")] * 3
    for seconds in (2, 4, 8):
        before = _real_now(database)
        deliverer.run(NOW)
        wait = timedelta(seconds=seconds)
        assert before + wait <= _row(database, "receipt:1").next_attempt_at <= _real_now(database) + wait
        _wait_is_over(database)


def test_an_update_that_slack_refuses_is_given_up_and_made_when_something_else_changes(
    database: Database,
) -> None:
    notebook = Notebook()
    deliverer = Deliverer(database, notebook)
    _ask(database, "receipt:1", "receipt:2")
    deliverer.run(NOW)
    _mark_stale(database, "receipt:1")
    notebook.trouble = [Refused("message_not_found")]
    (said,) = deliverer.run(NOW)
    assert said.startswith("receipt:1: update given up")
    _wait_is_over(database)
    assert deliverer.run(NOW) == []
    assert _row(database, "receipt:1").state == "sent"
    _mark_stale(database, "receipt:1")
    assert deliverer.run(NOW) == ["receipt:1: updated"]


@pytest.mark.parametrize("trouble", [NotSent("rate_limited", retry_after=1), Unsure("no answer")])
def test_an_update_is_never_given_up_for_what_may_pass(database: Database, trouble: Exception) -> None:
    notebook = Notebook()
    deliverer = Deliverer(database, notebook)
    _ask(database, "receipt:1")
    deliverer.run(NOW)
    _mark_stale(database, "receipt:1")
    notebook.trouble = [trouble] * 30
    for _ in range(30):
        (said,) = deliverer.run(NOW)
        assert said.startswith("receipt:1: update will be tried again")
        assert _row(database, "receipt:1").next_attempt_at <= _real_now(database) + LONGEST_WAIT
        _wait_is_over(database)
    assert deliverer.run(NOW) == ["receipt:1: updated"]


# --- pages ---------------------------------------------------------------------------------------------


def _digest_is_due(database: Database) -> str:
    """Asks for TeeBee's digest and nothing else; its key."""
    move_in(database)
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))
    with database.transaction() as connection:
        connection.execute(sa.delete(table).where(table.c.kind != asks.DIGEST))
    return asks.digest_key(1)


def test_what_does_not_fit_follows_in_the_thread_of_the_first_page(database: Database) -> None:
    notebook = Notebook(more_pages=2)
    _digest_is_due(database)
    deliverer = Deliverer(database, notebook)
    assert deliverer.run(at(16, 30)) == [f"{asks.digest_key(1, page)}: sent" for page in range(3)]
    assert deliverer.run(at(16, 30)) == []
    first, *more = notebook.posted
    assert (first.address, first.thread_ts, first.subject["page"]) == (CHANNEL, None, 0)
    assert [(one.address, one.thread_ts, one.subject["page"]) for one in more] == [
        (CHANNEL, "1.000100", 1),
        (CHANNEL, "1.000100", 2),
    ]


def test_a_digest_that_grew_gets_its_further_page_in_the_same_run(database: Database) -> None:
    notebook = Notebook()
    key = _digest_is_due(database)
    deliverer = Deliverer(database, notebook)
    deliverer.run(at(16, 30))
    notebook.more_pages = 1
    for _ in range(2):
        _mark_stale(database, key)
        said = deliverer.run(at(17))
        assert said[0] == f"{key}: updated"
    assert [one.subject["page"] for one in notebook.posted] == [0, 1]
    assert notebook.posted[1].thread_ts == "1.000100"


# --- stopping ------------------------------------------------------------------------------------------


def test_after_stop_the_message_in_hand_is_finished_and_no_other_begun(database: Database) -> None:
    class StopsAtOnce(Notebook):
        def post(self, delivery: Delivery) -> Posted:
            deliverer.stop()
            return super().post(delivery)

    deliverer = Deliverer(database, StopsAtOnce())
    _ask(database, "receipt:1", "receipt:2")
    assert deliverer.run(NOW) == ["receipt:1: sent"]
    assert deliverer.run(NOW) == []
    assert _states(database) == {"receipt:1": "sent", "receipt:2": "pending"}
