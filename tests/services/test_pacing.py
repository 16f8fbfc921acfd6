"""Slack's pace: how much may go at once, that no minute sees too much, and what may overtake what."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.sending import asks, pacing
from bot.services.sending.attempts import Timing
from bot.services.sending.messenger import NotSent, Posted
from bot.services.sending.pacing import Call, Limits
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database, real_now
from bot.storage.tables import pacing as table
from tests.services.sending import (
    LEASE,
    ask,
    block,
    blocked_until,
    clock,
    mark_stale,
    pass_time,
    put,
    run,
    states,
)
from tests.services.teebee import FRIDAY, HANNAH, JACK, Notebook, at, move_in

REAL = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NO_TIME = timedelta(0)


# --- the limits ----------------------------------------------------------------------------------------


def _went(connection: Connection, limits: Limits, call: Call, at: datetime, *, hurry: bool = False) -> bool:
    """Makes a call if it may be made at once."""
    if pacing.wait(connection, limits, call, real_now=at, in_a_hurry=hurry):
        return False
    pacing.spend(connection, limits, call, real_now=at)
    return True


def _at_once(connection: Connection, limits: Limits, call: Call, at: datetime) -> int:
    """How many calls go at that moment."""
    number = 0
    while _went(connection, limits, call, at):
        number += 1
    return number


@pytest.mark.parametrize(
    ("limits", "call", "burst", "in_a_minute"),
    [
        # A tenth at once; the others spread over a minute.
        (Limits(), Call.POST, 30, 270),
        (Limits(), Call.UPDATE, 5, 45),
        (Limits(), Call.LOOK, 5, 45),
        (Limits(), Call.QUIET, 2, 18),
        (Limits(), Call.STATUS, 5, 45),
        (Limits(posts=10), Call.POST, 1, 9),
        (Limits(updates=9), Call.UPDATE, 1, 8),
        (Limits(looks=1), Call.LOOK, 1, 1),
    ],
)
def test_a_tenth_may_go_at_once_and_the_rest_is_spread(
    database: Database, limits: Limits, call: Call, burst: int, in_a_minute: int
) -> None:
    with database.transaction() as connection:
        assert _at_once(connection, limits, call, REAL) == burst
        wait = pacing.wait(connection, limits, call, real_now=REAL).total_seconds()
        assert wait == pytest.approx(60 / in_a_minute, abs=1e-5)
        # Whoever asks ten times a second all the time.
        asked = [REAL + timedelta(seconds=tenth / 10) for tenth in range(1, 601)]
        went = sum(_at_once(connection, limits, call, moment) for moment in asked)
    assert went in {in_a_minute - 1, in_a_minute}


@pytest.mark.parametrize("call", list(Call))
def test_each_kind_of_call_has_its_own(database: Database, call: Call) -> None:
    limits = Limits(posts=1, updates=1, looks=1, quiets=1, statuses=1, members=1, homes=1)
    with database.transaction() as connection:
        _went(connection, limits, call, REAL)
        waits = {other: pacing.wait(connection, limits, other, real_now=REAL) for other in Call}
    assert waits == {other: MINUTE if other is call else NO_TIME for other in Call}


def test_a_block_of_one_kind_holds_up_no_other(database: Database) -> None:
    with database.transaction() as connection:
        pacing.block(connection, Call.POST, until=REAL + MINUTE)
        waits = [
            pacing.wait(connection, Limits(), call, real_now=REAL, in_a_hurry=hurry)
            for call, hurry in (
                (Call.POST, False),
                (Call.POST, True),
                (Call.UPDATE, False),
                (Call.LOOK, False),
            )
        ]
    assert waits == [MINUTE, MINUTE, NO_TIME, NO_TIME]


CALLERS = st.lists(
    st.tuples(
        st.none() | st.floats(0, 3) | st.floats(0, 90),  # None: as soon as they may
        st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(2, 25), callers=CALLERS)
def test_no_minute_sees_more_than_the_limit_unless_somebody_is_in_a_hurry(
    database: Database, limit: int, callers: list[tuple[float | None, bool]]
) -> None:
    limits, at = Limits(posts=limit), REAL
    went: list[datetime] = []
    with database.transaction() as connection:
        connection.execute(sa.delete(table))
        for gap, hurry in callers:
            soonest = pacing.wait(connection, limits, Call.POST, real_now=at)
            at += soonest if gap is None else timedelta(seconds=gap)
            if not _went(connection, limits, Call.POST, at, hurry=hurry):
                continue
            went.append(at)
            the_minute_before = [moment for moment in went if moment > at - MINUTE]
            # Others wait for those who hurried, too.
            assert hurry or len(the_minute_before) <= limit


# --- while sending -------------------------------------------------------------------------------------


def _burst_is_over(database: Database, limits: Limits, call: Call) -> datetime:
    """Since when all that may go at once has gone."""
    with database.transaction() as connection:
        now = real_now(connection)
        assert _at_once(connection, limits, call, now)
    return now


@pytest.mark.parametrize("call", [Call.POST, Call.UPDATE])
def test_calls_come_at_their_pace_and_all_of_them(database: Database, call: Call) -> None:
    limits = Limits(posts=600, updates=600, one_channel=NO_TIME)
    every = MINUTE / 540
    notebook = Notebook()
    keys = [f"receipt:{number}" for number in range(3)]
    ask(database, *keys)
    if call is Call.UPDATE:
        run(database, notebook)
        mark_stale(database, *keys)
    since = _burst_is_over(database, limits, call)
    run(database, notebook, limits=limits)
    assert clock(database) >= since + 3 * every
    assert [one.key for one in (notebook.updated or notebook.posted)] == keys


def test_replies_do_not_wait_for_the_pace_of_all_the_others(database: Database) -> None:
    limits = Limits(posts=1, one_channel=NO_TIME)
    since = _burst_is_over(database, limits, Call.POST)
    ask(database, "prompt:1")
    ask(database, "receipt:1", "receipt:2", waited_for=True)
    said = run(database, Notebook(), limits=limits, waited_for=True)
    assert said == ["receipt:1: sent", "receipt:2: sent"]
    assert clock(database) - since < MINUTE / 2
    assert states(database)["prompt:1"] == "pending"


@pytest.mark.parametrize("waited_for", [False, True], ids=["prompt", "reply"])
def test_one_channel_gets_its_messages_some_time_apart(database: Database, *, waited_for: bool) -> None:
    class TimePasses(Notebook):
        """While somebody else is written to."""

        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            if delivery.address == HANNAH:
                pass_time(database, limits.one_channel)
            return super().post(delivery, begin_by=begin_by)

    limits, notebook = Limits(one_channel=MINUTE), TimePasses()
    ask(database, "first")
    run(database, notebook, limits=limits)
    ask(database, "second", waited_for=waited_for)
    ask(database, "to somebody else", address=HANNAH, waited_for=waited_for)
    run(database, notebook, limits=limits, waited_for=waited_for)
    assert notebook.keys == ["first", "to somebody else", "second"]


def test_what_was_dropped_takes_nobodys_turn(database: Database) -> None:
    """Neither the pace's nor the channel's."""
    limits = Limits(posts=1, one_channel=timedelta(hours=1))
    teebee = move_in(database)
    rounds.step(database, at(10))
    pausing.pause(database, JACK, at(10))  # whoever does gets no prompt
    ask(database, "receipt:1", due_at=at(10, 1))
    notebook = Notebook()
    put(database, asks.prompt_key(teebee.hannah.id, FRIDAY), state="failed")
    assert run(database, notebook, at(10, 1), limits=limits) == ["receipt:1: sent"]
    assert states(database)[asks.prompt_key(teebee.jack.id, FRIDAY)] == "dropped"


# --- being told to wait --------------------------------------------------------------------------------


@pytest.mark.parametrize("call", [Call.POST, Call.UPDATE, Call.LOOK])
def test_being_told_to_wait_holds_up_all_calls_of_that_kind(database: Database, call: Call) -> None:
    told = NotSent("ratelimited", retry_after=0.2)
    notebook = Notebook()
    ask(database, "receipt:1", "receipt:2")
    if call is not Call.POST:
        run(database, notebook)
    if call is Call.UPDATE:
        mark_stale(database, "receipt:1", "receipt:2")
    if call is Call.LOOK:
        put(database, state="unknown", tried_at=clock(database) - LEASE)
        notebook.unreadable = [told]
    else:
        notebook.trouble = [told]
    put(database, attempts=6)  # however often it was tried before
    before, wait = clock(database), timedelta(seconds=0.2)
    said = [line for line in run(database, notebook) if call is not Call.LOOK or "updated" not in line]
    until = blocked_until(database)
    assert list(until) == [call]
    assert before + wait <= until[call] <= clock(database)
    assert sorted(line.split(":")[1] for line in said) == ["1", "1", "2"]


def test_a_post_that_was_told_to_wait_keeps_its_turn(database: Database) -> None:
    notebook = Notebook(trouble=[NotSent("ratelimited", retry_after=0.1)])
    ask(database, "receipt:1", "receipt:2")
    run(database, notebook)
    assert notebook.keys == ["receipt:1", "receipt:2"]


def test_an_update_that_was_told_to_wait_keeps_its_turn_and_rests_no_second_time(database: Database) -> None:
    notebook, timing = Notebook(), Timing(rest=timedelta(hours=1))
    ask(database, "digest:1", "digest:2")
    run(database, notebook)
    mark_stale(database, "digest:1", "digest:2")
    pass_time(database, timing.rest)
    notebook.trouble = [NotSent("ratelimited", retry_after=0.1)]
    run(database, notebook, timing=timing)
    assert [one.key for one in notebook.updated] == ["digest:1", "digest:2"]


def test_a_block_of_posts_stops_neither_updates_nor_looks(database: Database) -> None:
    notebook = Notebook()
    ask(database, "prompt:1", "prompt:2")
    run(database, notebook)
    mark_stale(database, "prompt:1")
    put(database, "prompt:2", state="unknown", tried_at=clock(database) - LEASE)
    ask(database, "prompt:3")
    block(database, Call.POST, 3600)
    said = run(database, notebook)
    assert sorted(said) == ["prompt:1: updated", "prompt:2: it had been sent", "prompt:2: updated"]
    pass_time(database, timedelta(hours=1))
    assert run(database, notebook) == ["prompt:3: sent"]


@pytest.mark.parametrize("call", [Call.UPDATE, Call.LOOK])
def test_a_block_of_another_kind_stops_no_post(database: Database, call: Call) -> None:
    ask(database, "prompt:1")
    block(database, call, 3600)
    assert run(database, Notebook()) == ["prompt:1: sent"]


def test_nobody_is_in_such_a_hurry_that_a_block_would_not_hold(database: Database) -> None:
    ask(database, "receipt:1", waited_for=True)
    block(database, Call.POST, 0.2)
    until = blocked_until(database)[Call.POST]
    assert run(database, Notebook(), waited_for=True) == ["receipt:1: sent"]
    assert clock(database) >= until
