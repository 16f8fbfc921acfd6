"""Catching up: what people said while nobody heard them is taken in once, whatever goes wrong."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.services.answering.catching_up import CatchingUp, Missed
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.sending.pacing import UNPACED, Call, Limits
from bot.storage import inbox
from bot.storage.engine import Database, StorageUnavailable, open_database
from bot.storage.inbox import Arrival
from tests.services.history import (
    HANNAHS,
    JACKS,
    History,
    Woken,
    catching_up,
    edited,
    everybody_prompted,
    hear,
    kept,
    prompted,
    said,
)
from tests.services.saying import opened
from tests.services.sending import block, blocked_until, clock, locked
from tests.services.teebee import HANNAH, JACK, at

SECONDS_TO_FINISH = 20


# --- what is new ---------------------------------------------------------------------------------------


def test_what_was_said_is_taken_in_like_an_event_and_the_inbox_is_woken(database: Database) -> None:
    prompted(opened(database))
    woken = Woken()
    catching_up(database, History([said(1, "one"), said(2, "two")]), woken).run()
    assert kept(database) == [("one", "waiting"), ("two", "waiting")]
    assert woken.times == 1


def test_what_is_known_is_not_doubled_and_wakes_nobody(database: Database) -> None:
    prompted(opened(database))
    history, woken = History([said(1, "one"), said(2, "two"), edited(3, 2, "2")]), Woken()
    hear(database, *(said(1, "one", event="Ev"), said(2, "two", event="Ev"), edited(3, 2, "2", event="Ev")))
    for _ in range(2):
        catching_up(database, history, woken).run()
    assert [words for words, _ in kept(database)] == ["one", "two", "2"]
    assert woken.times == 0


def test_what_comes_as_an_event_after_it_was_read_is_not_doubled(database: Database) -> None:
    prompted(opened(database))
    catching_up(database, History([said(1, "one"), edited(2, 1, "1")])).run()
    with database.transaction() as connection:
        late = [said(1, "one", event="Ev"), edited(2, 1, "1", event="Ev")]
        assert [inbox.take_in(connection, one, at(12)) for one in late] == [False, False]


def test_a_new_message_that_was_edited_says_its_words_when_it_was_edited(database: Database) -> None:
    prompted(opened(database))
    woken = Woken()
    history = History([said(1, "now"), edited(5, 1, "now"), said(2, "next")])
    catching_up(database, history, woken).run()
    assert kept(database) == [("now", "handled"), ("next", "waiting"), ("now", "waiting")]
    assert woken.times == 1


def test_a_message_whose_edit_was_heard_before_does_not_say_it_once_more(database: Database) -> None:
    prompted(opened(database))
    hear(database, edited(5, 1, "now", event="Ev"))
    woken = Woken()
    catching_up(database, History([said(1, "now"), edited(5, 1, "now")]), woken).run()
    assert kept(database) == [("now", "handled"), ("now", "waiting")]
    assert woken.times == 0


def test_an_edit_of_what_was_heard_before_is_new(database: Database) -> None:
    prompted(opened(database))
    hear(database, said(1, "before"))
    woken = Woken()
    catching_up(database, History([said(1, "after"), edited(5, 1, "after")]), woken).run()
    assert kept(database) == [("before", "waiting"), ("after", "waiting")]
    assert woken.times == 1


# --- trouble -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [NotSent("connection refused"), Unsure("no answer")])
def test_what_cannot_be_read_just_now_is_left_for_the_next_time_and_holds_up_nobody_else(
    database: Database, trouble: Exception
) -> None:
    history = everybody_prompted(database)
    history.trouble = [trouble]
    reader = catching_up(database, history)
    reader.run()
    assert ([one.slack_id for one in history.read], kept(database)) == ([JACK], [("Jack", "waiting")])
    assert (reader.due, reader.began.is_set()) == (True, False)
    reader.run()
    assert kept(database) == [("Jack", "waiting"), ("Hannah", "waiting")]
    assert [one.slack_id for one in history.read] == [JACK, HANNAH]
    assert (reader.due, reader.began.is_set()) == (False, True)


def test_who_was_read_already_is_not_read_again_for_somebody_elses_trouble(database: Database) -> None:
    history = everybody_prompted(database)
    history.trouble = [None, Unsure("no answer")]
    reader = catching_up(database, history)
    reader.run()
    assert (len(kept(database)), reader.due) == (1, True)
    reader.run()
    assert sorted(one.channel or "" for one in history.read) == [HANNAHS, JACKS]


def test_where_nobody_may_read_it_goes_on_with_the_others(database: Database) -> None:
    history = everybody_prompted(database)
    history.trouble = [Refused("missing_scope")]
    reader = catching_up(database, history)
    reader.run()
    assert len(history.read) == len(kept(database)) == 1
    assert (reader.due, reader.began.is_set()) == (False, True)


def test_being_told_to_wait_holds_up_all_looks(database: Database) -> None:
    history = everybody_prompted(database)
    history.trouble = [NotSent("ratelimited", retry_after=0.3)]
    reader = catching_up(database, history)
    before = clock(database)
    reader.run()
    until = blocked_until(database)
    assert list(until) == [Call.LOOK]
    assert until[Call.LOOK] >= before + timedelta(seconds=0.3)
    reader.run()
    assert clock(database) >= until[Call.LOOK]
    assert len(history.read) == 2


def test_it_reads_at_the_pace_of_all_looks(database: Database) -> None:
    history = everybody_prompted(database)
    limits = Limits(looks=400)
    catching_up(database, history, limits=limits).run()
    with database.transaction() as connection:
        spent = connection.execute(sa.text("SELECT kind FROM pacing")).scalars().all()
    assert spent == [Call.LOOK]
    block(database, Call.LOOK, 0.2)
    until = blocked_until(database)[Call.LOOK]
    catching_up(database, history, limits=limits).run()
    assert clock(database) >= until
    assert len(history.read) == 4


def test_while_the_database_is_away_it_stays_wanted(database: Database, database_url: str) -> None:
    history = everybody_prompted(database)
    with closing(open_database(database_url, lock_wait=0.05)) as impatient:
        reader = catching_up(impatient, history)
        with locked(database):
            for _ in range(2):
                with pytest.raises(StorageUnavailable):
                    reader.run()
                assert (reader.due, reader.began.is_set()) == (True, False)
        reader.run()
    assert (len(kept(database)), reader.due) == (2, False)


def test_what_was_read_and_could_not_be_kept_is_read_again(database: Database, database_url: str) -> None:
    class LocksOnce(History):
        def said(self, missed: Missed) -> Iterator[Arrival]:
            if not self.read:
                holding.enter_context(locked(database))
            return super().said(missed)

    history = LocksOnce(everybody_prompted(database).standing)
    with closing(open_database(database_url, lock_wait=0.05)) as impatient:
        reader = catching_up(impatient, history)
        with ExitStack() as holding, pytest.raises(StorageUnavailable):
            reader.run()
        assert (reader.due, kept(database)) == (True, [])
        reader.run()
    assert (len(history.read), len(kept(database)), reader.due) == (3, 2, False)


# --- the start, and the end ----------------------------------------------------------------------------


def test_it_began_once_all_that_was_missed_has_been_read(database: Database) -> None:
    class Looks(History):
        def said(self, missed: Missed) -> Iterator[Arrival]:
            began.append(reader.began.is_set())
            return super().said(missed)

    began: list[bool] = []
    reader = catching_up(database, Looks(everybody_prompted(database).standing))
    reader.run()
    assert (began, reader.began.is_set()) == ([False, False], True)


def test_with_nothing_to_read_it_began_at_once_and_what_nobody_wants_is_not_read(database: Database) -> None:
    history = everybody_prompted(database)
    reader = CatchingUp(database, history, Woken(), UNPACED)
    assert not reader.due
    reader.run()
    assert (history.read, reader.began.is_set()) == ([], True)


def test_what_is_wanted_while_it_reads_is_read_the_next_time(database: Database) -> None:
    class WantsMore(History):
        def said(self, missed: Missed) -> Iterator[Arrival]:
            if not self.read:
                reader.want()
            return super().said(missed)

    history = WantsMore(everybody_prompted(database).standing)
    reader = catching_up(database, history)
    reader.run()
    assert (len(history.read), reader.due) == (2, True)
    reader.run()
    assert (len(history.read), reader.due) == (4, False)


def test_after_stop_nothing_further_is_read(database: Database) -> None:
    class Stops(History):
        def said(self, missed: Missed) -> Iterator[Arrival]:
            reader.stop()
            return super().said(missed)

    history = Stops(everybody_prompted(database).standing)
    reader = catching_up(database, history)
    reader.run()
    reader.run()
    assert (len(history.read), len(kept(database))) == (1, 1)


def test_after_stop_nobody_waits_for_the_beginning(database: Database) -> None:
    reader = catching_up(database, History())
    reader.stop()
    assert reader.began.is_set()


def test_who_waits_for_the_pace_stops_at_once(database: Database) -> None:
    reader = catching_up(database, everybody_prompted(database))
    block(database, Call.LOOK, 2 * SECONDS_TO_FINISH)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(reader.run)
        time.sleep(0.1)
        assert not running.done()
        reader.stop()
        running.result(SECONDS_TO_FINISH)  # long before the block is over
