"""Sending: each message once, whatever happens, and one message's trouble never another's."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.sending import asks, posting
from bot.services.sending import delivery as naps
from bot.services.sending.attempts import LONGEST_WAIT, Timing
from bot.services.sending.messenger import NotSent, Posted, Refused, Unsure
from bot.services.sending.pacing import Call, Limits
from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, real_now
from bot.storage.sending import Clocks
from bot.storage.tables import deliveries as table
from tests.services.sending import (
    LEASE,
    NOW,
    ask,
    block,
    clock,
    deliverer,
    known,
    mark_stale,
    pass_time,
    put,
    row,
    run,
    states,
)
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, Notebook, at, move_in

SECONDS_TO_FINISH = 20
HOUR = timedelta(hours=1)


# --- sending -------------------------------------------------------------------------------------------


def test_a_message_is_sent_once_however_often_it_runs(database: Database) -> None:
    notebook = Notebook()
    ask(database, "receipt:1")
    assert [run(database, notebook) for _ in range(10)] == [["receipt:1: sent"], *[[]] * 9]
    assert notebook.keys == ["receipt:1"]
    found = row(database, "receipt:1")
    assert (found.state, found.channel, found.ts, found.sent_at) == ("sent", "D0JACK0001", "1.000100", NOW)


def test_the_messenger_is_given_what_was_asked_for(database: Database) -> None:
    notebook = Notebook()
    ask(database, "receipt:1")
    run(database, notebook)
    (posted,) = notebook.posted
    assert (posted.kind, posted.address, posted.state, posted.attempts) == (asks.RECEIPT, JACK, "sending", 1)
    assert posted.nonce == row(database, "receipt:1").nonce


def test_what_is_due_and_when_it_was_sent_are_told_by_the_clock_of_that_moment(database: Database) -> None:
    class TakesAnHour(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            moments.append(moments[-1] + HOUR)
            return super().post(delivery, begin_by=begin_by)

    moments = [NOW]
    for number in range(3):
        ask(database, f"receipt:{number}", due_at=NOW + number * HOUR)
    said = deliverer(database, TakesAnHour()).run(lambda: moments[-1])
    assert said == [f"receipt:{number}: sent" for number in range(3)]
    assert [row(database, f"receipt:{number}").sent_at for number in range(3)] == moments[1:]


def test_what_is_due_first_is_sent_first(database: Database) -> None:
    notebook = Notebook()
    for key, hours in (("receipt:1", 1), ("receipt:2", 3), ("receipt:3", 2), ("receipt:4", -1)):
        ask(database, key, due_at=NOW - hours * HOUR)
    run(database, notebook)
    assert notebook.keys == ["receipt:2", "receipt:3", "receipt:1"]


def test_nothing_is_held_while_the_messenger_is_at_work(database: Database) -> None:
    class WritesMeanwhile(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            ask(database, "receipt:2")
            return super().post(delivery, begin_by=begin_by)

    ask(database, "receipt:1")
    assert run(database, WritesMeanwhile()) == ["receipt:1: sent", "receipt:2: sent"]


def test_a_request_must_begin_long_before_anybody_takes_it_for_lost(database: Database) -> None:
    class Watches(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            left.append(begin_by - time.monotonic())
            return super().post(delivery, begin_by=begin_by)

    left: list[float] = []
    ask(database, "receipt:1")
    run(database, Watches(), timing=Timing(lease=timedelta(seconds=300)))
    assert 90 < left[0] <= 100


# --- trouble -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts_before", "seconds"),
    [(0, 2), (1, 4), (4, 32), (10, LONGEST_WAIT.total_seconds()), (5000, LONGEST_WAIT.total_seconds())],
)
def test_what_was_not_sent_waits_longer_each_time(
    database: Database, attempts_before: int, seconds: float
) -> None:
    ask(database, "receipt:1")
    put(database, attempts=attempts_before)
    before = clock(database)
    said = run(database, Notebook(trouble=[NotSent("connection refused")]))
    after, wait = clock(database), timedelta(seconds=seconds)
    found = row(database, "receipt:1")
    assert said == ["receipt:1: will try again (connection refused)"]
    assert (found.state, found.error) == ("pending", "connection refused")
    assert before + wait <= found.next_attempt_at <= after + wait


def test_what_was_not_sent_is_sent_when_its_wait_is_over(database: Database) -> None:
    notebook = Notebook(trouble=[NotSent("connection refused")])
    ask(database, "receipt:1")
    run(database, notebook)
    assert run(database, notebook, NOW + timedelta(days=7)) == []
    pass_time(database, timedelta(seconds=2))
    assert run(database, notebook) == ["receipt:1: sent"]
    assert row(database, "receipt:1").error is None


@pytest.mark.parametrize(
    ("trouble", "said", "state", "error"),
    [
        (Refused("is_archived"), "failed (is_archived)", "failed", "is_archived"),
        (Unsure("no answer"), "unknown (no answer)", "unknown", "no answer"),
        (KeyError("ts"), "unknown (KeyError: 'ts')", "unknown", "KeyError: 'ts'"),
    ],
)
def test_what_was_refused_or_may_have_been_posted_is_not_simply_sent_again(
    database: Database, trouble: Exception, said: str, state: str, error: str
) -> None:
    notebook = Notebook(trouble=[trouble])
    ask(database, "receipt:1")
    assert run(database, notebook) == [f"receipt:1: {said}"]
    assert run(database, notebook, NOW + timedelta(days=7)) == []
    found = row(database, "receipt:1")
    assert (found.state, found.error, found.lease_until, notebook.posted) == (state, error, None, [])


@pytest.mark.parametrize(
    "trouble", [NotSent("refused"), Refused("is_archived"), Unsure("no"), KeyError("ts")]
)
def test_one_failing_message_does_not_hold_up_the_next(database: Database, trouble: Exception) -> None:
    notebook = Notebook(trouble=[trouble])
    ask(database, "receipt:1", "receipt:2")
    run(database, notebook)
    assert notebook.keys == ["receipt:2"]


def test_a_message_that_makes_no_sense_fails_and_holds_up_nothing(database: Database) -> None:
    with database.transaction() as connection:
        for key, subject in (("digest:9:0", {"round": 9, "page": 0}), ("digest:8:0", {})):
            deliveries.ask(
                connection, key=key, kind=asks.DIGEST, subject=subject, address=CHANNEL, due_at=NOW
            )
    ask(database, "receipt:1")
    assert run(database, Notebook()) == ["receipt:1: sent"]
    assert states(database) == {"digest:9:0": "failed", "digest:8:0": "failed", "receipt:1": "sent"}
    assert row(database, "digest:9:0").error == "LookupError: there is no round 9"


def test_what_a_sender_who_is_gone_left_behind_is_not_sent_again_unseen(database: Database) -> None:
    notebook = Notebook()
    ask(database, "receipt:1", "receipt:2")
    with database.transaction() as connection:
        long_ago = real_now(connection) - 2 * LEASE
        sending.claim(connection, Clocks(NOW, long_ago), lease=LEASE, waited_for=False)
    said = run(database, notebook)
    assert "receipt:1: it had not been sent" in said
    assert sorted(notebook.keys) == ["receipt:1", "receipt:2"]
    assert [one.key for one, _ in notebook.looked] == ["receipt:1"]


def test_what_somebody_else_is_sending_is_left_alone(database: Database) -> None:
    class RunsAnother(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            assert run(database, Notebook()) == []
            return super().post(delivery, begin_by=begin_by)

    ask(database, "receipt:1")
    assert run(database, RunsAnother()) == ["receipt:1: sent"]


def test_who_was_held_for_gone_and_did_post_it_is_believed(database: Database) -> None:
    class TakesTooLong(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            pass_time(database, LEASE + timedelta(seconds=1))
            with database.transaction() as connection:
                sending.expire(connection, real_now=real_now(connection))
            return super().post(delivery, begin_by=begin_by)

    notebook = TakesTooLong()
    ask(database, "receipt:1")
    assert run(database, notebook) == ["receipt:1: sent"]
    assert (states(database), run(database, notebook)) == ({"receipt:1": "sent"}, [])


def test_a_message_that_is_no_longer_wanted_is_dropped_and_the_next_is_sent(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    checkins.record(database, HANNAH, teebee.answers(teebee.hannah, 55, 20, 160_000), at(10))
    run(database, notebook, at(10))
    hannahs, jacks = (asks.prompt_key(one.id, FRIDAY) for one in (teebee.hannah, teebee.jack))
    assert (states(database)[hannahs], states(database)[jacks]) == ("dropped", "sent")
    assert (asks.PROMPT, JACK) in notebook.said
    assert (asks.PROMPT, HANNAH) not in notebook.said


# --- people who wait -----------------------------------------------------------------------------------


def test_replies_go_before_prompts_whatever_the_due_times(database: Database) -> None:
    notebook = Notebook()
    ask(database, "prompt:1", "prompt:2", due_at=NOW - HOUR)
    ask(database, "receipt:1", "receipt:2", waited_for=True)
    said = run(database, notebook)
    assert len(said) == 4
    assert notebook.keys == ["receipt:1", "receipt:2", "prompt:1", "prompt:2"]


def test_whoever_only_serves_people_that_wait_does_nothing_else(database: Database) -> None:
    ask(database, "prompt:1", "prompt:2", "prompt:3", due_at=NOW - HOUR)
    notebook = Notebook()
    run(database, notebook)
    mark_stale(database, "prompt:1")
    mark_stale(database, "prompt:2", waited_for=True)
    ask(database, "prompt:4", due_at=NOW - HOUR)
    ask(database, "receipt:1", waited_for=True)
    put(database, "prompt:3", state="unknown", tried_at=clock(database) - LEASE)
    said = run(database, notebook, waited_for=True, timing=Timing())
    assert sorted(said) == ["prompt:2: updated", "receipt:1: sent"]
    assert notebook.looked == []


def test_posting_drawing_anew_and_looking_take_turns(database: Database) -> None:
    """However much there is of one sort, the others need not wait for its end."""
    drawn, unknown, new = (
        [f"{sort}:{number}" for number in range(3)] for sort in ("drawn", "unknown", "new")
    )
    ask(database, *drawn, *unknown)
    run(database, Notebook())
    mark_stale(database, *drawn)
    for key in unknown:
        put(database, key, state="unknown", ts=None, tried_at=clock(database) - LEASE)
    ask(database, *new)
    said = run(database, Notebook(unreadable=[Unsure("no answer")] * 3))
    sorts = [line.split(":")[0] for line in said]
    assert [set(sorts[turn : turn + 3]) for turn in (0, 3, 6)] == [{"new", "drawn", "unknown"}] * 3


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
    assert run(database, notebook, at(16, 30)) == [f"{asks.digest_key(1, page)}: sent" for page in range(3)]
    assert run(database, notebook, at(16, 30)) == []
    first, *more = notebook.posted
    assert (first.address, first.thread_ts, first.subject["page"]) == (CHANNEL, None, 0)
    assert [(one.address, one.thread_ts, one.subject["page"]) for one in more] == [
        (CHANNEL, "1.000100", 1),
        (CHANNEL, "1.000100", 2),
    ]


def test_a_digest_that_grew_gets_its_further_page_in_the_same_run(database: Database) -> None:
    notebook = Notebook()
    key = _digest_is_due(database)
    run(database, notebook, at(16, 30))
    notebook.more_pages = 1
    for _ in range(2):
        mark_stale(database, key)
        said = run(database, notebook, at(17))
        assert said[0] == f"{key}: updated"
    assert [one.subject["page"] for one in notebook.posted] == [0, 1]
    assert notebook.posted[1].thread_ts == "1.000100"


# --- stopping ------------------------------------------------------------------------------------------


def test_after_stop_the_message_in_hand_is_finished_and_no_other_begun(database: Database) -> None:
    class StopsAtOnce(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            sender.stop()
            return super().post(delivery, begin_by=begin_by)

    sender = deliverer(database, StopsAtOnce())
    ask(database, "receipt:1", "receipt:2")
    assert sender.run(lambda: NOW) == ["receipt:1: sent"]
    assert sender.run(lambda: NOW) == []
    assert states(database) == {"receipt:1": "sent", "receipt:2": "pending"}


@pytest.mark.parametrize("limits", [Limits(), Limits(one_channel=HOUR)], ids=["blocked", "one channel"])
def test_who_waits_for_the_pace_stops_at_once(
    database: Database, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell() -> datetime:
        if blocked or notebook.posted:
            working.set()
        return NOW

    monkeypatch.setattr(naps, "LONGEST_NAP", HOUR)
    monkeypatch.setattr(posting, "NAP", 2 * timedelta(seconds=SECONDS_TO_FINISH))
    working = threading.Event()
    ask(database, "receipt:1", "receipt:2")
    notebook = Notebook()
    sender = deliverer(database, notebook, limits=limits)
    blocked = limits.one_channel < HOUR
    if blocked:
        block(database, Call.POST, 50)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(sender.run, tell)
        assert working.wait(SECONDS_TO_FINISH)
        time.sleep(0.05)  # by now it waits
        assert not running.done()
        sender.stop()
        running.result(SECONDS_TO_FINISH)
    assert known(database, "receipt:2").state == "pending"


def test_where_slack_asks_for_more_than_a_minute_another_run_goes_on(database: Database) -> None:
    ask(database, "receipt:1")
    block(database, Call.POST, 90)
    assert run(database, Notebook()) == []
    pass_time(database, timedelta(seconds=90))
    assert run(database, Notebook()) == ["receipt:1: sent"]
