"""Words out of order: what was said last counts, however late it reaches us and whatever it says."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from bot.okr.actions import NewAction
from bot.okr.answers import KeyResultAnswer
from bot.okr.model import RoundState
from bot.okr.replies.problems import NEWER, OLDER
from bot.services.answering import checkins, unchanged, words
from bot.services.asking import rounds
from bot.services.sending import asks
from bot.storage import inbox, owing
from bot.storage import rounds as stored
from bot.storage.engine import Connection, Database
from bot.storage.tables import rounds as round_table
from tests.services.other_teams import add_round
from tests.services.saying import kept, latest, opened, say, ts, values, written
from tests.services.teebee import FRIDAY, JACK, at, move_in, week_later

SECONDS_TO_FINISH = 20


# --- from before the check-in --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said_at", "taken"), [(at(9), False), (at(9, 59), False), (at(10), True), (at(10, 1), True)]
)
def test_what_was_said_before_the_round_opened_is_kept_and_is_no_answer(
    database: Database, said_at: datetime, *, taken: bool
) -> None:
    """It is read from the history after an outage, in which the round should have opened long ago."""
    teebee = opened(database)
    told = say(teebee, "1 62; next: call", said_at=said_at, now=at(11))
    if taken:
        assert (values(teebee), told["problems"], kept(teebee)) == ([62, None, None], [], ())
    else:
        assert (values(teebee), teebee.actions_of(teebee.jack)) == ([None] * 3, {})
        assert (told["problems"], told["not_understood"]) == ([OLDER], ["1 62; next: call"])
        assert kept(teebee) == ("1 62; next: call",)


def test_of_several_teams_the_round_that_opened_first_counts(database: Database) -> None:
    teebee = opened(database)
    with database.transaction() as connection:
        other = add_round(connection, teebee, FRIDAY)
        earlier = sa.update(round_table).where(round_table.c.id == other.id).values(opens_at=at(9))
        connection.execute(earlier)
    say(teebee, "2 7", said_at=at(9, 30), now=at(11))
    assert values(teebee)[1:] == [7, None]
    assert say(teebee, "2 8", said_at=at(8, 59), now=at(11, 1))["problems"] == [OLDER]


def test_last_weeks_words_do_not_answer_this_weeks_check_in(database: Database) -> None:
    teebee = opened(database)
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    told = say(teebee, "1 62", said_at=at(17), now=week_later(at(10, 30)))
    assert told["problems"] == [OLDER]
    assert latest(teebee, week_later(at(10)).date()) == [None] * 3
    assert kept(teebee) == ("1 62",)


def test_words_from_before_the_prompt_stand_in_the_next_form(database: Database) -> None:
    teebee = move_in(database)
    words.take(database, written(teebee, "1 60%", at(9)), "1 60%", at(9))
    rounds.step(database, at(10))
    form = checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert form.kept_words == ("1 60%",)


def test_an_edit_is_the_persons_newer_answer(database: Database) -> None:
    teebee = opened(database)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts=ts(at(10)))
    say(teebee, "1 62")
    say(teebee, "1 63", said_at=at(11, 1), edited=ts(at(11)))
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62, 63]


@pytest.mark.parametrize("prompted", [True, False], ids=["prompted", "prompt on its way"])
def test_an_edit_of_a_message_from_before_the_prompt_is_no_answer_to_it(
    database: Database, *, prompted: bool
) -> None:
    teebee = opened(database)
    if prompted:
        teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts=ts(at(10)))
    told = say(teebee, "1 63", edited=ts(at(9, 59)))
    assert told["problems"] == [OLDER]
    assert told["not_understood"] == ["1 63"]
    assert kept(teebee) == ("1 63",)
    assert latest(teebee) == [None] * 3


# --- out of order --------------------------------------------------------------------------------------


def test_a_message_that_comes_late_does_not_replace_a_newer_answer(database: Database) -> None:
    teebee = opened(database)
    first, second, _ = teebee.of(teebee.jack)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64, actions=("newer",)), at(11, 5))
    text = "1 62\n2 7\nnext: older"
    told = say(teebee, text, now=at(11, 6))
    assert [one.value for one in teebee.said(first)] == [64]
    assert [(one.value, one.at) for one in teebee.said(second)] == [(7, at(11))]
    assert teebee.actions_of(teebee.jack) == {"newer": False}
    assert (told["key_results"], told["actions"]) == ([second], False)
    assert (told["not_understood"], told["problems"]) == ([text], [NEWER])
    assert kept(teebee) == (text,)


def test_an_edit_made_before_a_newer_answer_does_not_replace_it(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 62")
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64), at(11, 5))
    told = say(teebee, "1 63", said_at=at(11, 1), now=at(11, 6), edited=ts(at(11)))
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62, 64]
    assert told["problems"] == [NEWER]


def test_what_is_said_after_an_answer_replaces_it_however_late_it_is_read(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64, actions=("a",)), at(11, 5))
    told = say(teebee, "1 65; next: b", said_at=at(11, 6), now=at(12))
    (first, *_) = latest(teebee)
    assert first is not None
    assert (first.value, first.at, told["problems"]) == (65, at(11, 6), [])
    assert list(teebee.actions_of(teebee.jack)) == ["a", "b"]


def test_last_weeks_answer_is_no_newer_one(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64), at(12))
    rounds.step(database, week_later(at(10)))
    say(teebee, "1 65", said_at=week_later(at(11)))
    (update,) = teebee.said(teebee.of(teebee.jack)[0], week_later(at(10)).date())
    assert update.value == 65


def test_whoever_lost_the_message_to_another_worker_does_nothing(database: Database) -> None:
    teebee = opened(database)
    row = written(teebee, "1 62", at(11))
    with database.transaction() as connection:
        again = inbox.claim(connection, real_now=at(12), lease_until=at(13))
    assert again is not None
    words.take(database, row, "1 62", at(12))
    assert latest(teebee) == [None] * 3
    words.take(database, again, "1 62", at(12))
    assert latest(teebee)[0] is not None


def test_the_same_figures_again_are_a_newer_answer_too(database: Database) -> None:
    """A form changes nothing, and says what counts all the same, of figures and of actions."""
    teebee = opened(database)
    same = teebee.answers(teebee.jack, 52, 7, 41, actions=("call",))
    for minute in (0, 5):
        checkins.record(database, JACK, same, at(11, minute))
    assert [len(teebee.said(one)) for one in teebee.of(teebee.jack)] == [1, 1, 1]
    text = "1 62\n2 8; next: older"
    told = say(teebee, text, said_at=at(11, 3), now=at(11, 6))
    assert values(teebee) == [52, 7, 41]
    assert teebee.actions_of(teebee.jack) == {"call": False}
    assert (told["key_results"], told["actions"], told["problems"]) == ([], False, [NEWER])
    assert kept(teebee) == (text,)


def test_what_a_form_left_as_it_was_shown_does_not_undo_what_was_said_while_it_was_open(
    database: Database,
) -> None:
    teebee = opened(database)
    first, _, third = teebee.of(teebee.jack)
    form = teebee.answers(teebee.jack, 30, 7, 40)
    say(teebee, "1 62; next: call", said_at=at(11))
    left = replace(form, untouched=frozenset({first, third}), actions_untouched=True)
    checkins.record(database, JACK, left, at(11, 5))
    assert values(teebee) == [62, 7, 40]
    assert len(teebee.said(first)) == 1
    assert teebee.actions_of(teebee.jack) == {"call": False}
    told = say(teebee, "1 61\n2 6\nnext: older", said_at=at(11, 3), now=at(11, 6))
    assert (values(teebee), told["problems"]) == ([62, 7, 40], [NEWER])
    assert teebee.actions_of(teebee.jack) == {"call": False}
    checkins.record(database, JACK, replace(form, actions=(NewAction("b"),)), at(11, 7))
    assert (values(teebee), teebee.actions_of(teebee.jack)) == ([30, 7, 40], {"b": False})


def test_the_same_figures_in_words_are_a_newer_answer_too(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 62")
    say(teebee, "1 62", said_at=at(11, 5))
    say(teebee, "1 60", said_at=at(11, 3), now=at(11, 6))
    assert values(teebee) == [62, None, None]


def test_all_unchanged_says_nothing_of_actions_so_those_said_before_are_taken(database: Database) -> None:
    teebee = opened(database)
    unchanged.record(database, JACK, teebee.check_in_id(teebee.jack), at(11, 5))
    told = say(teebee, "1 62; next: call", said_at=at(11, 3), now=at(11, 6))
    assert values(teebee) == [30, 6, 40]
    assert teebee.actions_of(teebee.jack) == {"call": False}
    assert (told["actions"], told["problems"]) == (True, [NEWER])


def test_of_two_messages_the_one_said_later_counts_whichever_comes_first(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 64; next: newer", said_at=at(11, 5))
    told = say(teebee, "1 62\n2 7; next: older", said_at=at(11, 3), now=at(11, 6))
    assert values(teebee) == [64, 7, None]
    assert teebee.actions_of(teebee.jack) == {"newer": False}
    assert told["problems"] == [NEWER]


def test_actions_are_taken_that_nobody_has_said_since(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 64", said_at=at(11, 5))
    say(teebee, "1 62; next: call", said_at=at(11, 3), now=at(11, 6))
    assert values(teebee) == [64, None, None]
    assert teebee.actions_of(teebee.jack) == {"call": False}


def test_figures_are_taken_that_nobody_has_said_since(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "next: newer", said_at=at(11, 5))
    say(teebee, "1 62; next: older", said_at=at(11, 3), now=at(11, 6))
    assert values(teebee) == [62, None, None]
    assert teebee.actions_of(teebee.jack) == {"newer": False}


def test_when_it_was_said_counts_for_what_comes_after_and_when_it_was_heard_for_the_prompt(
    database: Database,
) -> None:
    teebee = opened(database)
    say(teebee, "1 62", said_at=at(11), now=at(11, 30))
    with database.reading() as connection:
        first, *_ = owing.in_check_in(connection, teebee.check_in_id(teebee.jack))
    assert (first.said_at, first.answered_at) == (at(11), at(11, 30))
    say(teebee, "1 63", said_at=at(11, 10), now=at(11, 40))
    assert values(teebee) == [63, None, None]


# --- at the same time ----------------------------------------------------------------------------------


def until_somebody_waits(connection: Connection) -> None:
    """On SQLite nobody else has even begun."""
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    deadline = time.monotonic() + SECONDS_TO_FINISH
    while connection.dialect.name == "postgresql" and not connection.execute(waiting).scalar_one():
        assert time.monotonic() < deadline


def test_a_message_and_a_form_at_the_same_time_do_not_forget_each_other(database: Database) -> None:
    teebee = opened(database)
    row = written(teebee, "1 confidence 8; next: b", at(11))
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as connection:
            mine = checkins.open_check_in(connection, JACK, teebee.check_in_id(teebee.jack), hold=True)
            other = pool.submit(words.take, database, row, row.payload["text"], at(11))
            until_somebody_waits(connection)
            answer = KeyResultAnswer(teebee.of(teebee.jack)[0], 62, 7, "two chains signed")
            checkins.write_updates(connection, mine, [answer], at(10, 59))
        other.result(SECONDS_TO_FINISH)
    (first, *_) = latest(teebee)
    assert first is not None
    assert (first.value, first.confidence, first.drove) == (62, 8, "two chains signed")


def test_all_unchanged_keeps_what_is_answered_at_the_same_time(database: Database) -> None:
    teebee = opened(database)
    check_in = teebee.check_in_id(teebee.jack)
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as connection:
            mine = checkins.open_check_in(connection, JACK, check_in, hold=True)
            other = pool.submit(unchanged.record, database, JACK, check_in, at(11))
            until_somebody_waits(connection)
            answer = KeyResultAnswer(teebee.of(teebee.jack)[0], 62, 7)
            checkins.write_updates(connection, mine, [answer], at(11))
        other.result(SECONDS_TO_FINISH)
    assert [one.value for one in latest(teebee) if one] == [62, 6, 40]


def test_an_answer_and_the_closing_of_its_round_do_not_hold_each_other_up(database: Database) -> None:
    teebee = opened(database)
    row = written(teebee, "1 62", at(11))
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as connection:
            (round_,) = stored.newest(connection, teebee.team.id)
            stored.move(connection, round_.id, RoundState.CLOSED, of=[RoundState.OPEN])
            other = pool.submit(words.take, database, row, "1 62", at(11))
            until_somebody_waits(connection)
            owing.miss_waiting(connection, round_.id)
        other.result(SECONDS_TO_FINISH)
    assert latest(teebee) == [None] * 3
    assert teebee.subjects(asks.RECEIPT) == [{"check_in": None, "not_understood": ["1 62"]}]
