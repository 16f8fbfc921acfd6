"""Plain messages: what is understood is recorded beside what was answered before, the rest is kept."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.okr.answers import BlockerAnswer, KeyResultAnswer
from bot.okr.model import BlockerKind, RoundState, Update
from bot.services import asks, checkins, lookups, rounds, words
from bot.storage import inbox, kept_words, people
from bot.storage import rounds as stored
from bot.storage.engine import Connection, Database
from bot.storage.inbox import EDIT, MESSAGE, Arrival, InboxRow
from tests.services.other_teams import add_round
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at, move_in, week_later

SECONDS_TO_FINISH = 20


def opened(database: Database) -> TeeBee:
    teebee = move_in(database)
    rounds.step(database, at(10))
    return teebee


def ts(moment: datetime) -> str:
    return f"{moment.timestamp():.6f}"


def written(teebee: TeeBee, text: str, said_at: datetime, *, who: str = JACK, **payload: Any) -> InboxRow:
    """A message, or an edit of the message `edited`, in the worker's hands."""
    with teebee.database.transaction() as connection:
        kind = EDIT if payload else MESSAGE
        arrival = Arrival(f"Ev{who}{said_at}{text[:20]}", kind, who, ts(said_at), {"text": text, **payload})
        inbox.take_in(connection, arrival, said_at)
        row = inbox.claim(connection, real_now=said_at, lease_until=said_at + timedelta(minutes=1))
    assert row is not None
    return row


def say(
    teebee: TeeBee,
    text: str,
    *,
    who: str = JACK,
    minute: int = 0,
    now: datetime | None = None,
    **payload: Any,
) -> dict[str, Any]:
    """Writes a message a minute after eleven and takes it, at once or at `now`; gives what the receipt is
    about."""
    row = written(teebee, text, at(11, minute), who=who, **payload)
    words.take(teebee.database, row, text, now or at(11, minute))
    with teebee.database.reading() as connection:
        assert inbox.failures(connection) == []
    return teebee.subjects(asks.RECEIPT)[-1]


def latest(teebee: TeeBee) -> list[Update | None]:
    """The last revision of each of Jack's updates."""
    return [next(iter(reversed(teebee.said(one))), None) for one in teebee.of(teebee.jack)]


def kept(teebee: TeeBee) -> tuple[str, ...]:
    with teebee.database.reading() as connection:
        return kept_words.of_check_in(connection, teebee.check_in_id(teebee.jack))


def test_what_is_understood_is_recorded_with_its_actions(database: Database) -> None:
    teebee = opened(database)
    told = say(teebee, "KR1 62% confidence 7, two chains signed; next: call the five that lapsed")
    (first, *rest) = latest(teebee)
    assert first is not None
    assert (first.value, first.confidence, first.drove, first.at) == (62, 7, "two chains signed", at(11))
    assert rest == [None, None]
    assert teebee.actions_of(teebee.jack) == {"call the five that lapsed": False}
    assert told == {
        "check_in": teebee.check_in_id(teebee.jack),
        "key_results": teebee.of(teebee.jack)[:1],
        "actions": True,
        "not_understood": [],
        "problems": [],
        "late": False,
    }


def test_a_bare_number_answers_the_only_key_result(database: Database) -> None:
    teebee = opened(database)
    for one in teebee.of(teebee.jack)[1:]:
        teebee.drop(one)
    say(teebee, "62")
    (first, *_) = latest(teebee)
    assert first is not None
    assert (first.value, first.confidence) == (62, 5)


def test_what_is_not_said_stays_as_it_was_said_before_in_this_check_in(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 62 confidence 7, two chains signed", minute=1)
    say(teebee, "1 63", minute=2)
    say(teebee, "1 confidence 8", minute=3)
    (first, *_) = latest(teebee)
    assert first is not None
    assert (first.value, first.confidence, first.drove) == (63, 8, "two chains signed")
    assert len(teebee.said(first.key_result_id)) == 3


def test_what_drove_it_last_week_is_not_said_of_this_week(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 62, two chains signed")
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    say(teebee, "1 64", minute=2)
    (update,) = teebee.said(teebee.of(teebee.jack)[0], week_later(at(10)).date())
    assert (update.value, update.drove) == (64, "")


@pytest.mark.parametrize(("text", "stays"), [("1 53 confidence 3", True), ("1 53 confidence 4", False)])
def test_what_is_in_the_way_is_kept_only_while_confidence_is_low(
    database: Database, text: str, *, stays: bool
) -> None:
    teebee = opened(database)
    answers = teebee.answers(teebee.jack, 52, confidence=2)
    blocked = replace(answers.updates[0], blocker=BlockerAnswer(BlockerKind.EXTERNAL, HANNAH, "wait"))
    checkins.record(database, JACK, replace(answers, updates=(blocked,)), at(10, 30))
    say(teebee, text)
    (first, *_) = latest(teebee)
    assert first is not None
    assert (first.value, first.blocker is not None) == (53, stays)


def test_same_keeps_the_figures_and_none_clears_the_actions(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "next: a thing", minute=1)
    assert teebee.actions_of(teebee.jack) == {"a thing": False}
    told = say(teebee, "same; next: none", minute=2)
    assert [(one.value, one.confidence) for one in latest(teebee) if one] == [(30, 5), (6, 5), (40, 5)]
    assert teebee.actions_of(teebee.jack) == {}
    assert told["actions"] is True


def test_actions_alone_redraw_what_shows_them(database: Database) -> None:
    teebee = opened(database)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10))
    say(teebee, "next: status page")
    assert teebee.redraws() == [asks.prompt_key(teebee.jack.id, FRIDAY)]
    assert latest(teebee) == [None] * 3


@pytest.mark.parametrize(
    "text",
    [
        "hello there",
        "KR9 55",
        "1 confidence 11",
        "62",  # of which of the three?
        "<!channel> @here",
        "```rm -rf```",
        "🙂🙂",
        "مرحبا",
        "x" * 4000,
    ],
)
def test_what_is_not_understood_is_kept_as_typed_and_changes_nothing(database: Database, text: str) -> None:
    teebee = opened(database)
    told = say(teebee, text)
    assert told["not_understood"] == [text]
    assert kept(teebee) == (text,)
    assert told["key_results"] == []
    assert latest(teebee) == [None] * 3
    form = checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert form.kept_words == (text,)


def test_part_of_a_message_is_taken_and_the_rest_is_kept(database: Database) -> None:
    teebee = opened(database)
    told = say(teebee, "1 62\nlovely weather")
    assert told["key_results"] == teebee.of(teebee.jack)[:1]
    assert kept(teebee) == tuple(told["not_understood"]) == ("lovely weather",)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_blanks_are_no_words_to_keep(database: Database, text: str) -> None:
    teebee = opened(database)
    told = say(teebee, text)
    assert (told["not_understood"], told["key_results"]) == ([], [])
    assert kept(teebee) == ()
    with database.transaction() as connection:
        stranger = people.ensure(connection, "U0NOBODY01")
    assert say(teebee, text, who=stranger.slack_id, minute=5) == {"check_in": None, "not_understood": []}


def test_with_nothing_asked_the_words_are_kept_for_their_author(database: Database) -> None:
    teebee = move_in(database)
    told = say(teebee, "1 62")
    assert told == {"check_in": None, "not_understood": ["1 62"]}
    assert latest(teebee) == [None] * 3


def test_somebody_we_never_heard_of_is_answered_too(database: Database) -> None:
    teebee = move_in(database)
    assert say(teebee, "is that so", who="U0NOBODY01")["not_understood"] == ["is that so"]
    with database.reading() as connection:
        assert people.unnamed(connection) == ["U0NOBODY01"]


def test_after_the_round_has_closed_nothing_is_taken_for_it(database: Database) -> None:
    teebee = opened(database)
    for one in teebee.of(teebee.hannah):
        teebee.hand_over(one, teebee.jack)
    rounds.step(database, week_later(at(10)))
    told = say(teebee, "1 62", who=HANNAH)
    assert told["check_in"] is None


def test_an_answer_after_the_digest_is_late(database: Database) -> None:
    teebee = opened(database)
    rounds.step(database, at(16, 30))
    assert say(teebee, "1 62", now=at(16, 31))["late"] is True


def test_taking_the_same_message_again_says_nothing_again(database: Database) -> None:
    teebee = opened(database)
    row = written(teebee, "1 62", at(11))
    for minute in (1, 5):
        words.take(database, row, "1 62", at(11, minute))
    assert len(teebee.subjects(asks.RECEIPT)) == 1
    assert len(teebee.said(teebee.of(teebee.jack)[0])) == 1


def test_an_edit_is_the_persons_newer_answer(database: Database) -> None:
    teebee = opened(database)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts=ts(at(10)))
    say(teebee, "1 62")
    say(teebee, "1 63", minute=1, edited=ts(at(11)))
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62, 63]


@pytest.mark.parametrize("prompted", [True, False], ids=["prompted", "prompt on its way"])
def test_an_edit_of_a_message_from_before_the_prompt_is_no_answer_to_it(
    database: Database, *, prompted: bool
) -> None:
    teebee = opened(database)
    if prompted:
        teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts=ts(at(10)))
    told = say(teebee, "1 63", edited=ts(at(9, 59)))
    assert told["problems"] == [words.OLDER]
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
    assert (told["not_understood"], told["problems"]) == ([text], [words.NEWER])
    assert kept(teebee) == (text,)


def test_an_edit_made_before_a_newer_answer_does_not_replace_it(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 62")
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64), at(11, 5))
    told = say(teebee, "1 63", minute=1, now=at(11, 6), edited=ts(at(11)))
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62, 64]
    assert told["problems"] == [words.NEWER]


def test_what_is_said_after_an_answer_replaces_it_however_late_it_is_read(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64, actions=("a",)), at(11, 5))
    told = say(teebee, "1 65; next: b", minute=6, now=at(12))
    (first, *_) = latest(teebee)
    assert first is not None
    assert (first.value, first.at, told["problems"]) == (65, at(11, 6), [])
    assert teebee.actions_of(teebee.jack) == {"b": False}


def test_last_weeks_answer_is_no_newer_one(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 64), at(12))
    rounds.step(database, week_later(at(10)))
    say(teebee, "1 65")
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


# --- people in several teams ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompted", "answers"),
    [((), "Thursday"), (("Thursday",), "Thursday"), (("Thursday", "Friday"), "Friday")],
)
def test_words_answer_the_check_in_that_was_prompted_last(
    database: Database, prompted: tuple[str, ...], answers: str
) -> None:
    teebee = opened(database)
    days = {"Thursday": FRIDAY - timedelta(days=1), "Friday": FRIDAY}
    with database.transaction() as connection:
        add_round(connection, teebee, days["Thursday"])
    for name in prompted:
        on = days[name]
        teebee.sent(asks.prompt_key(teebee.jack.id, on), at(10, day=on), ts=ts(at(10, day=on)))
    say(teebee, "1 52")
    first = teebee.of(teebee.jack)[0]
    said = {name: [one.value for one in teebee.said(first, on)] for name, on in days.items()}
    assert said == {name: [52] if name == answers else [] for name in days}


def test_home_shows_the_check_in_that_has_waited_longest(database: Database) -> None:
    teebee = opened(database)
    thursday = FRIDAY - timedelta(days=1)
    with database.transaction() as connection:
        add_round(connection, teebee, thursday)
    for on in (thursday, FRIDAY):
        teebee.sent(asks.prompt_key(teebee.jack.id, on), at(10, day=on), ts=ts(at(10, day=on)))
    seen = []
    for _ in range(2):
        view = lookups.of_person(database, JACK, JACK, at(11))
        assert view.check_in_id is not None
        seen.append(len(view.waiting))
        checkins.record_unchanged(database, JACK, view.check_in_id, at(11))
    assert seen == [1, 3]


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
            other = pool.submit(checkins.record_unchanged, database, JACK, check_in, at(11))
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
            stored.miss_waiting(connection, round_.id)
        other.result(SECONDS_TO_FINISH)
    assert latest(teebee) == [None] * 3
    assert teebee.subjects(asks.RECEIPT) == [{"check_in": None, "not_understood": ["1 62"]}]


def test_words_from_before_the_prompt_stand_in_the_next_form(database: Database) -> None:
    teebee = move_in(database)
    words.take(database, written(teebee, "1 60%", at(9)), "1 60%", at(9))
    rounds.step(database, at(10))
    form = checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert form.kept_words == ("1 60%",)


@pytest.mark.parametrize("text", ["help", " Help ", "?", "hi"])
def test_asking_for_help_is_told_what_can_be_done_and_keeps_nothing(database: Database, text: str) -> None:
    teebee = opened(database)
    assert say(teebee, text) == {"help": True}
    form = checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert form.kept_words == ()
