"""Last week's actions: numbered, counted by weeks, asked about now and then, tied to key results; and in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.okr.actions import Closing, NewAction, as_typed, keep_or_drop, open_actions, set_on, tied
from bot.okr.model import Action, ActionOutcome
from bot.okr.replies.message import parse_reply
from tests.unit.test_replies import LATER, ONE, THREE, U, sentences

SET_ON = date(2026, 10, 2)
WEEK = timedelta(weeks=1)
CALL = Action(7, 1, "call five", SET_ON, key_result_id=2)


@pytest.mark.parametrize(
    ("kept_after", "asked_after"),
    [
        (None, {3, 6, 9}),
        (3, {6, 9}),
        (4, {7}),
    ],
)
def test_every_third_time_that_an_action_would_be_carried_its_author_is_asked(
    kept_after: int | None, asked_after: set[int]
) -> None:
    kept_on = SET_ON + kept_after * WEEK if kept_after else None
    since = kept_after or 0
    action = replace(CALL, kept_on=kept_on)
    weeks = range(since + 1, 10)
    assert {week for week in weeks if keep_or_drop(action, SET_ON + week * WEEK)} == asked_after


def test_the_question_stands_in_the_check_in_in_which_it_was_answered() -> None:
    assert keep_or_drop(replace(CALL, kept_on=SET_ON + 3 * WEEK), SET_ON + 3 * WEEK)


def test_open_actions_are_numbered_with_their_weeks_and_what_was_said_of_them() -> None:
    on = SET_ON + 2 * WEEK
    mail = Action(8, 1, "mail", SET_ON + WEEK, outcome=ActionOutcome.DROPPED, closed_on=on)
    page = Action(9, 1, "page", SET_ON + WEEK, outcome=ActionOutcome.DONE, closed_on=on)
    kept = Action(10, 1, "kept", SET_ON + WEEK, kept_on=on)
    today = Action(11, 1, "today", on, key_result_id=2)
    known = [CALL, mail, page, kept, today]
    shown = open_actions(known, on, THREE)
    assert [(one.id, one.number, one.weeks, one.closing, one.key_result) for one in shown] == [
        (7, 1, 2, Closing.OPEN, 2),
        (8, 2, 1, Closing.DROPPED, None),
        (9, 3, 1, Closing.DONE, None),
        (10, 4, 1, Closing.KEPT, None),
    ]
    assert set_on(known, on, THREE) == ("KR2: today",)
    assert open_actions([CALL], on, LATER[:1])[0].key_result is None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("KR2: call five", NewAction("call five", 2)),
        ("kr 2 – call five", NewAction("call five", 2)),
        ("#2: call five", NewAction("call five", 2)),
        ("KR9: call five", NewAction("KR9: call five")),
        ("KR2", NewAction("KR2")),
        ("KR2:", NewAction("KR2:")),
        ("call KR2: five", NewAction("call KR2: five")),
        ("2: call five", NewAction("2: call five")),
    ],
)
def test_an_action_is_tied_to_the_key_result_that_it_begins_with(text: str, action: NewAction) -> None:
    assert tied(text, THREE) == action


def test_a_tied_action_is_written_as_it_is_read() -> None:
    assert as_typed(CALL, THREE) == "KR2: call five"
    assert tied(as_typed(CALL, THREE), THREE) == NewAction("call five", 2)
    assert as_typed(CALL, LATER[:1]) == "call five"


DONE, DROPPED, KEPT = Closing.DONE, Closing.DROPPED, Closing.KEPT


@pytest.mark.parametrize(
    ("text", "closings"),
    [
        ("done 1", {1: DONE}),
        ("Done: 1, 3", {1: DONE, 3: DONE}),
        ("done 1 3, drop 2", {1: DONE, 3: DONE, 2: DROPPED}),
        ("done 1, 2 and 3", {1: DONE, 2: DONE, 3: DONE}),
        ("done 1 and drop 2", {1: DONE, 2: DROPPED}),
        ("finished action 1\n- dropped #2", {1: DONE, 2: DROPPED}),
        ("keep 1; carried 2", {1: KEPT, 2: KEPT}),
        ("done 1. done 1", {1: DONE}),
    ],
)
def test_last_weeks_actions_are_closed_in_words(text: str, closings: dict[int, Closing]) -> None:
    reply = parse_reply(text, THREE, {1, 2, 3})
    assert reply.closings == closings
    assert (reply.updates, reply.not_understood, reply.problems) == ((), (), ())


@pytest.mark.parametrize("text", ["done 1, 2 62 pts", "1 62%; done 1", "done 1; KR1 62", "done 1\n1 62"])
def test_actions_and_key_results_stand_in_one_message(text: str) -> None:
    reply = parse_reply(text, THREE, {1, 2, 3})
    assert reply.closings == {1: DONE}
    assert [one.value for one in reply.updates] == [62]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("done 4", "There is no action 4 among your open ones; they go from 1 to 3"),
        ("done 1, 2 8", "I cannot tell which numbers in “done 1, 2 8” are actions. "),
        ("done 1; drop 1", "Action 1: you wrote two things about it. Write the one that counts"),
    ],
)
def test_which_actions_are_meant_is_never_guessed(text: str, problem: str) -> None:
    reply = parse_reply(text, THREE, {1, 2, 3})
    assert sentences(reply)[0].startswith(problem)
    assert reply.not_understood


def test_without_open_actions_none_is_closed() -> None:
    reply = parse_reply("done 1", ONE)
    assert reply.problems == ("You have no open actions. For a key result write it like “KR1 done”",)
    assert reply.closings == {}


@pytest.mark.parametrize("text", ["1 62, done 3 calls", "1 62, dropped 2", "1 62, kept 2."])
def test_a_note_that_sounds_like_it_closes_nothing(text: str) -> None:
    reply = parse_reply(text, THREE, {1, 2, 3})
    assert reply.closings == {}
    assert reply.updates == (U(1, 62, drove=text.removeprefix("1 62, ")),)


def test_done_may_mean_an_action_or_a_key_result_and_is_asked_about() -> None:
    reply = parse_reply("1 done", THREE, {1})
    assert [one.label for one in reply.doubts[0].meanings] == ["Action 1", "KR1"]
    assert (reply.updates, reply.not_understood) == ((), ("1 done",))
    assert parse_reply("1 done", THREE, {2}).updates == (U(1, 80),)
    assert parse_reply("KR1 done", THREE, {1}).updates == (U(1, 80),)


def test_what_is_beyond_its_target_stays_there_when_it_is_done() -> None:
    beyond = replace(THREE[0], value=85)
    assert parse_reply("KR1 done", [beyond]).updates == (U(1, 85),)


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("thanks Hannah for the data", ("Hannah for the data",)),
        ("Thank you, hannah!", ("hannah!",)),
        ("1 62; thanks to @Jim, for all; next: call", ("@Jim, for all",)),
        ("thanks: everybody who renewed", ("everybody who renewed",)),
        ("thanks: a\nthanks: b\nthanks: a", ("a", "b")),
        ("Thanks! 👍", ()),
        ("thanks for asking", ()),
        ("1 62, thanks Hannah", ()),
    ],
)
def test_thanks_to_somebody_are_kept_as_such(text: str, thanks: tuple[str, ...]) -> None:
    assert parse_reply(text, THREE, (), {"hannah"}).thanks == thanks
