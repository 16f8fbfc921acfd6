"""Keeping messages up to date: as often as needed, as seldom as possible, and until it has worked."""

from datetime import timedelta

import pytest

from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.sending import asks
from bot.services.sending.attempts import LONGEST_WAIT, Timing
from bot.services.sending.messenger import NotSent, Posted, Refused, Unsure
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database
from tests.services.sending import (
    LEASE,
    ask,
    clock,
    mark_stale,
    pass_time,
    row,
    run,
)
from tests.services.teebee import FRIDAY, JACK, Notebook, at, move_in

REST = Timing(rest=timedelta(minutes=1))
SECOND = timedelta(seconds=1)


def _posted(database: Database, *keys: str) -> Notebook:
    """A notebook in which these messages stand."""
    notebook = Notebook()
    ask(database, *keys)
    run(database, notebook)
    assert notebook.keys == list(keys)
    return notebook


def test_ten_marks_make_one_update(database: Database) -> None:
    notebook = _posted(database, "receipt:1")
    for _ in range(10):
        mark_stale(database, "receipt:1")
    assert [run(database, notebook) for _ in range(2)] == [["receipt:1: updated"], []]
    assert [(one.key, one.channel, one.ts) for one in notebook.updated] == [
        ("receipt:1", "D0JACK0001", "1.000100")
    ]


def test_what_changes_while_it_is_being_posted_is_updated_afterwards(database: Database) -> None:
    class ChangesMeanwhile(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            mark_stale(database, delivery.key)
            return super().post(delivery, begin_by=begin_by)

    ask(database, "receipt:1")
    assert run(database, ChangesMeanwhile()) == ["receipt:1: sent", "receipt:1: updated"]


def test_what_changes_while_it_is_being_updated_is_updated_once_more(database: Database) -> None:
    class ChangesMeanwhile(Notebook):
        def update(self, delivery: Delivery, *, begin_by: float) -> Posted:
            if not self.updated:
                mark_stale(database, delivery.key)
            return super().update(delivery, begin_by=begin_by)

    notebook = ChangesMeanwhile()
    ask(database, "receipt:1")
    run(database, notebook)
    mark_stale(database, "receipt:1")
    assert run(database, notebook) == ["receipt:1: updated"] * 2


# --- trouble -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "times", "least"),
    [
        (NotSent("connection refused"), 12, timedelta(0)),
        (Unsure("no answer"), 12, LEASE),  # by then the old drawing has arrived, and the new one is on top
        (KeyError("ts"), 1, LEASE),
    ],
)
def test_an_update_may_be_repeated_and_so_it_is_until_it_is_made(
    database: Database, trouble: Exception, times: int, least: timedelta
) -> None:
    notebook = _posted(database, "receipt:1")
    mark_stale(database, "receipt:1")
    notebook.trouble = [trouble] * times
    for attempt in range(times):
        wait = max(least, min(SECOND * 2 ** (attempt + 1), LONGEST_WAIT))
        before = clock(database)
        (said,) = run(database, notebook)
        assert said.startswith("receipt:1: update will be tried again")
        assert before + wait <= row(database, "receipt:1").next_attempt_at <= clock(database) + wait
        assert run(database, notebook) == []
        pass_time(database, wait)
    assert run(database, notebook) == ["receipt:1: updated"]
    found = row(database, "receipt:1")
    assert (found.state, found.error, found.attempts, len(notebook.updated)) == ("sent", None, 0, 1)


def test_an_update_that_slack_refuses_is_given_up_and_made_when_something_else_changes(
    database: Database,
) -> None:
    notebook = _posted(database, "receipt:1", "receipt:2")
    mark_stale(database, "receipt:1")
    notebook.trouble = [Refused("message_not_found")]
    assert run(database, notebook) == ["receipt:1: update given up (message_not_found)"]
    pass_time(database, timedelta(hours=1))
    assert run(database, notebook) == []
    assert row(database, "receipt:1").state == "sent"
    mark_stale(database, "receipt:1")
    assert run(database, notebook) == ["receipt:1: updated"]


def test_one_failing_update_does_not_hold_up_the_next(database: Database) -> None:
    notebook = _posted(database, "receipt:1", "receipt:2")
    mark_stale(database, "receipt:1", "receipt:2")
    notebook.trouble = [Unsure("no answer")]
    run(database, notebook)
    assert [one.key for one in notebook.updated] == ["receipt:2"]


# --- in which order, and how often ---------------------------------------------------------------------


def test_what_somebody_waits_for_is_drawn_at_once_and_the_others_rest(database: Database) -> None:
    notebook = _posted(database, "digest:1", "prompt:1", "prompt:2")
    mark_stale(database, "digest:1", "prompt:1")
    mark_stale(database, "prompt:2", waited_for=True)
    assert run(database, notebook, timing=REST) == ["prompt:2: updated"]
    pass_time(database, REST.rest - timedelta(seconds=5))
    assert run(database, notebook, timing=REST) == []
    mark_stale(database, "prompt:2", waited_for=True)
    pass_time(database, timedelta(seconds=5))
    assert run(database, notebook, timing=REST) == [
        "prompt:2: updated",
        "digest:1: updated",
        "prompt:1: updated",
    ]


def test_nobody_waits_for_it_any_more_once_it_is_drawn(database: Database) -> None:
    notebook = _posted(database, "prompt:1")
    mark_stale(database, "prompt:1", waited_for=True)
    run(database, notebook, timing=REST)
    mark_stale(database, "prompt:1")
    assert run(database, notebook, timing=REST) == []


def test_ten_late_answers_make_one_update_of_the_digest(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook()
    digest = asks.digest_key(1)
    for hour, minute in ((10, 0), (16, 30)):
        rounds.step(database, at(hour, minute))
        run(database, notebook, at(hour, minute), timing=REST)
    assert digest in notebook.keys
    for minute in range(10):
        late = at(16, 31 + minute)
        who = teebee.jack if minute % 2 else teebee.hannah
        checkins.record(database, who.slack_id, teebee.answers(who, 52 + minute), late)
        # Whoever answers sees it at once in their own prompt, and nothing else is touched.
        prompt = asks.prompt_key(who.id, FRIDAY)
        assert run(database, notebook, late, timing=REST) == [f"{prompt}: updated"]
    pass_time(database, REST.rest)
    assert run(database, notebook, at(17), timing=REST) == [f"{digest}: updated"]
    assert run(database, notebook, at(17), timing=REST) == []
    checkins.record(database, JACK, teebee.answers(teebee.jack, 80), at(17))
    pass_time(database, REST.rest)
    assert f"{digest}: updated" in run(database, notebook, at(17), timing=REST)


def test_what_somebody_waits_for_and_what_changed_while_it_was_posted_does_not_rest(
    database: Database,
) -> None:
    class AnsweredMeanwhile(Notebook):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            mark_stale(database, delivery.key, waited_for=True)
            return super().post(delivery, begin_by=begin_by)

    ask(database, "prompt:1")
    assert run(database, AnsweredMeanwhile(), timing=REST) == ["prompt:1: sent", "prompt:1: updated"]
    assert not row(database, "prompt:1").waited_for
