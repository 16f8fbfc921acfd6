"""Plain messages: what is understood is recorded beside what was answered before, the rest is kept."""

from dataclasses import replace
from typing import Any

import pytest

from bot.okr.answers import BlockerAnswer
from bot.okr.model import BlockerKind, Update
from bot.services import asks, checkins, rounds, words
from bot.storage import inbox, kept_words, people
from bot.storage.engine import Database
from bot.storage.inbox import MESSAGE, Arrival
from tests.services.teebee import FRIDAY, HANNAH, JACK, TeeBee, at, move_in, week_later


def opened(database: Database) -> TeeBee:
    teebee = move_in(database)
    rounds.step(database, at(10))
    return teebee


def say(teebee: TeeBee, text: str, *, who: str = JACK, minute: int = 0, **more: Any) -> dict[str, Any]:
    """Writes a message and takes it; gives what the receipt is about."""
    with teebee.database.transaction() as connection:
        arrival = Arrival(
            f"Ev{who}{minute}{text[:20]}", MESSAGE, who, f"17636{minute:05}.000100", {"text": text}
        )
        inbox.take_in(connection, arrival, at(11, minute))
        row = inbox.claim(connection, real_now=at(11, minute), lease_until=at(12))
    assert row is not None
    words.take(teebee.database, row.id, who, text, at(11, minute), **more)
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
    assert say(teebee, "hello", who="U0NOBODY01")["not_understood"] == ["hello"]
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
    with database.transaction() as connection:
        inbox.take_in(connection, Arrival("Ev1", MESSAGE, JACK, "1763.1", {}), at(17))
    words.take(database, 1, JACK, "1 62", at(16, 31))
    assert teebee.subjects(asks.RECEIPT)[-1]["late"] is True


def test_taking_the_same_message_again_says_nothing_again(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "1 62")
    words.take(database, 1, JACK, "1 62", at(11, 5))
    assert len(teebee.subjects(asks.RECEIPT)) == 1
    assert len(teebee.said(teebee.of(teebee.jack)[0])) == 1


def test_an_edit_is_the_persons_newer_answer(database: Database) -> None:
    teebee = opened(database)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts="1763600000.000100")
    say(teebee, "1 62")
    say(teebee, "1 63", minute=1, edited="1763600001.000100")
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62, 63]


def test_an_edit_of_a_message_from_before_the_prompt_is_no_answer_to_it(database: Database) -> None:
    teebee = opened(database)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts="1763600000.000100")
    told = say(teebee, "1 63", edited="1763000000.000100")
    assert told["problems"] == [words.OLDER]
    assert told["not_understood"] == ["1 63"]
    assert kept(teebee) == ("1 63",)
    assert latest(teebee) == [None] * 3
