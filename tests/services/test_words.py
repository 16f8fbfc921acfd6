"""Plain messages: what is understood is recorded beside what was answered before, the rest is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.okr.answers import BlockerAnswer
from bot.okr.model import Blocker, BlockerKind
from bot.okr.replies.problems import UNKNOWN_CLEARER
from bot.services.answering import checkins, receipts, unchanged, words
from bot.services.asking import rounds
from bot.services.looking_up import lookups
from bot.services.sending import asks
from bot.storage import people, thanks
from bot.storage.engine import Database
from bot.storage.tables import inbox as inbox_table
from tests.services.other_teams import add_round
from tests.services.saying import kept, latest, opened, say, ts, written
from tests.services.sending import clock
from tests.services.teebee import FRIDAY, HANNAH, JACK, at, move_in, week_later


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
        "closed": [],
        "thanks": [],
        "doubts": [],
        "next": ["call the five that lapsed"],
        "message": 1,
        "said_at": ts(at(11)),
        "wording_of": ts(at(11)),
    }


def test_how_long_the_words_stay_goes_by_real_time_whatever_the_hour_is_here(database: Database) -> None:
    teebee = opened(database)
    before = clock(database)
    say(teebee, "1 62", said_at=at(11))
    with database.reading() as connection:
        handled_at = connection.execute(sa.select(inbox_table.c.handled_at)).scalar_one()
    assert before <= handled_at <= clock(database)


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
    say(teebee, "1 62 confidence 7, two chains signed", said_at=at(11, 1))
    say(teebee, "1 63", said_at=at(11, 2))
    say(teebee, "1 confidence 8", said_at=at(11, 3))
    (first, *_) = latest(teebee)
    assert first is not None
    assert (first.value, first.confidence, first.drove) == (63, 8, "two chains signed")
    assert len(teebee.said(first.key_result_id)) == 3


def test_what_drove_it_last_week_is_not_said_of_this_week(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 62, two chains signed")
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    say(teebee, "1 64", said_at=week_later(at(11)))
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
    say(teebee, "next: a thing", said_at=at(11, 1))
    assert teebee.actions_of(teebee.jack) == {"a thing": False}
    told = say(teebee, "same; next: none", said_at=at(11, 2))
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
    assert say(teebee, text, who=stranger.slack_id, said_at=at(11, 5)) == {
        "check_in": None,
        "not_understood": [],
    }


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


@pytest.mark.parametrize("text", ["help", " Help ", "?", "hi"])
def test_asking_for_help_is_told_what_can_be_done_and_keeps_nothing(database: Database, text: str) -> None:
    teebee = opened(database)
    assert say(teebee, text) == {"help": True}
    form = checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert form.kept_words == ()


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
        unchanged.record(database, JACK, view.check_in_id, at(11))
    assert seen == [1, 3]


def test_what_is_in_the_way_is_said_in_words_too(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "2 6 confidence 3, blocked: dependency, hannah; fix: status page")
    update = latest(teebee)[1]
    assert update is not None
    assert update.blocker == Blocker(BlockerKind.DEPENDENCY, teebee.hannah.id, "status page")
    told = say(teebee, "2 6, blocked: Nobody", said_at=at(11, 5))
    assert told["problems"] == [UNKNOWN_CLEARER.format(name="Nobody")]


def test_thanks_are_kept_with_whom_they_are_for_and_once(database: Database) -> None:
    teebee = opened(database)
    told = say(teebee, "thanks Hannah for the data; 1 62\nthanks: everybody")
    say(teebee, "thanks Hannah for the data", said_at=at(11, 5))
    check_in = teebee.check_in_id(teebee.jack)
    with database.reading() as connection:
        kept_thanks = thanks.of_check_ins(connection, [check_in])
    assert [(one.from_id, one.to_id, one.words) for one in kept_thanks] == [
        (teebee.jack.id, teebee.hannah.id, "Hannah for the data"),
        (teebee.jack.id, None, "everybody"),
    ]
    assert told["thanks"] == ["Hannah for the data", "everybody"]


def test_thanks_that_come_late_draw_the_digest_anew(database: Database) -> None:
    teebee = opened(database)
    rounds.step(database, at(16, 30))
    teebee.sent("digest:1:0", at(16, 30))
    teebee.redraws()
    say(teebee, "thanks Hannah for the data", said_at=at(17))
    assert "digest:1:0" in teebee.redraws()


def test_a_question_is_asked_for_as_long_as_its_check_in_is_open(database: Database) -> None:
    teebee = opened(database)
    told = say(teebee, "52")
    assert kept(teebee) == ("52",)
    asked = receipts.load(database, JACK, told, at(11))
    assert [(one.words, len(one.labels)) for one in asked.doubts] == [("52", 3)]
    assert asked.not_understood == ()
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    closed = receipts.load(database, JACK, told, week_later(at(11)))
    assert (closed.doubts, closed.not_understood) == ((), ("52",))


@pytest.mark.parametrize("text", ["1,250", "1 62 on track\n52\n-1", "x" * 10_000, "1,250\n" * 500])
def test_what_is_asked_about_is_kept_too(database: Database, text: str) -> None:
    teebee = opened(database)
    told = say(teebee, text)
    assert told["not_understood"]
    assert {words for one in told["doubts"] for words in one["kept"]} <= set(kept(teebee))
