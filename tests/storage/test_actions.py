"""Actions for next week, and words that were kept for their author."""

from datetime import UTC, date, datetime

import pytest

from bot.okr.actions import Closing, NewAction
from bot.okr.model import Action, ActionOutcome, CheckIn, Person
from bot.storage import actions, check_ins, kept_words, people
from bot.storage.engine import Connection, Database
from tests.services.teebee import HANNAH, JACK, move_in

WEEK_7, WEEK_8, WEEK_9 = date(2026, 11, 13), date(2026, 11, 20), date(2026, 11, 27)


def _jack(connection: Connection) -> Person:
    return people.ensure(connection, JACK)


def _new(texts: list[str]) -> list[NewAction]:
    return [NewAction(text) for text in texts]


def _texts(found: list[Action]) -> list[str]:
    return [one.text for one in found]


def _is_of(action: Action, person: Person) -> bool:
    """Whether it is what that person set in the check-in of week 8."""
    return (action.person_id, action.set_on) == (person.id, WEEK_8)


def test_what_was_set_is_known_from_its_check_in_on_in_its_order(database: Database) -> None:
    with database.transaction() as connection:
        jack = _jack(connection)
        actions.replace_set(connection, jack.id, WEEK_8, _new(["status page", "call the five"]))
        actions.replace_set(connection, jack.id, WEEK_7, _new(["carrier data"]))
        before, after = (actions.known_on(connection, [jack.id], day) for day in (WEEK_7, WEEK_9))
    assert _texts(before) == ["carrier data"]
    assert _texts(after) == ["carrier data", "status page", "call the five"]
    assert after[0] == Action(after[0].id, jack.id, "carrier data", WEEK_7)


@pytest.mark.parametrize(
    "again",
    [
        ["status page", "call the five"],
        ["call the five", "status page"],
        ["status page"],
        ["carrier data", "status page", "carrier data"],
        [],
    ],
)
def test_setting_again_replaces_what_the_check_in_set_and_keeps_the_rows_of_what_stays(
    database: Database, again: list[str]
) -> None:
    with database.transaction() as connection:
        jack = _jack(connection)
        hannah = people.ensure(connection, HANNAH)
        for person, day in ((jack, WEEK_7), (hannah, WEEK_8)):
            actions.replace_set(connection, person.id, day, _new(["status page"]))
        actions.replace_set(connection, jack.id, WEEK_8, _new(["status page", "call the five"]))
        before = actions.known_on(connection, [jack.id, hannah.id], WEEK_8)
        actions.replace_set(connection, jack.id, WEEK_8, _new(again))
        known = actions.known_on(connection, [jack.id, hannah.id], WEEK_8)
    mine = [one for one in known if _is_of(one, jack)]
    assert _texts(mine) == list(dict.fromkeys(again))
    stays = {one.text: one.id for one in before if _is_of(one, jack) and one.text in again}
    assert {one.text: one.id for one in mine if one.text in stays} == stays
    assert [one for one in known if not _is_of(one, jack)] == [one for one in before if not _is_of(one, jack)]


def test_a_done_action_is_known_in_the_check_in_that_closed_it_and_gone_after(database: Database) -> None:
    with database.transaction() as connection:
        jack = _jack(connection)
        actions.replace_set(connection, jack.id, WEEK_7, _new(["carrier data", "status page"]))
        done, carried = actions.known_on(connection, [jack.id], WEEK_7)
        actions.close(connection, jack.id, WEEK_8, {done.id: Closing.DONE})
        then, after = (actions.known_on(connection, [jack.id], day) for day in (WEEK_8, WEEK_9))
    assert [(one.text, one.outcome, one.closed_on) for one in then] == [
        ("carrier data", ActionOutcome.DONE, WEEK_8),
        ("status page", None, None),
    ]
    assert after == [carried]


def test_what_was_closed_in_a_check_in_can_be_opened_again_in_it(database: Database) -> None:
    with database.transaction() as connection:
        jack = _jack(connection)
        actions.replace_set(connection, jack.id, WEEK_7, _new(["carrier data", "status page"]))
        first, second = actions.known_on(connection, [jack.id], WEEK_7)
        actions.close(connection, jack.id, WEEK_8, {first.id: Closing.DONE})
        actions.close(connection, jack.id, WEEK_8, {first.id: Closing.OPEN, second.id: Closing.DONE})
        known = {one.id: one.outcome for one in actions.known_on(connection, [jack.id], WEEK_8)}
    assert known == {first.id: None, second.id: ActionOutcome.DONE}


def test_an_action_is_dropped_or_kept_and_says_so_in_the_check_in_that_did_it(database: Database) -> None:
    with database.transaction() as connection:
        jack = _jack(connection)
        actions.replace_set(connection, jack.id, WEEK_7, _new(["carrier data", "status page"]))
        first, second = actions.known_on(connection, [jack.id], WEEK_7)
        actions.close(connection, jack.id, WEEK_8, {first.id: Closing.DROPPED, second.id: Closing.KEPT})
        dropped, kept = actions.known_on(connection, [jack.id], WEEK_8)
        actions.close(connection, jack.id, WEEK_9, {second.id: Closing.OPEN})
        (after,) = actions.known_on(connection, [jack.id], WEEK_9)
        actions.close(connection, jack.id, WEEK_8, {second.id: Closing.OPEN})
        taken_back = actions.known_on(connection, [jack.id], WEEK_8)[1]
    assert (dropped.outcome, dropped.closed_on, dropped.kept_on) == (ActionOutcome.DROPPED, WEEK_8, None)
    assert (kept.outcome, kept.closed_on, kept.kept_on) == (None, None, WEEK_8)
    assert (after, taken_back.kept_on) == (kept, None)


def test_the_same_words_for_two_key_results_are_two_actions(database: Database) -> None:
    teebee = move_in(database)
    first, second, _ = teebee.of(teebee.jack)
    wanted = [NewAction("call", one) for one in (first, second, None)]
    with database.transaction() as connection:
        actions.replace_set(connection, teebee.jack.id, WEEK_8, wanted)
        before = actions.known_on(connection, [teebee.jack.id], WEEK_8)
        actions.replace_set(connection, teebee.jack.id, WEEK_8, wanted[1:])
        after = actions.known_on(connection, [teebee.jack.id], WEEK_8)
    assert [one.key_result_id for one in before] == [first, second, None]
    assert after == before[1:]


def test_only_ones_own_earlier_open_actions_can_be_closed(database: Database) -> None:
    with database.transaction() as connection:
        jack, hannah = _jack(connection), people.ensure(connection, HANNAH)
        actions.replace_set(connection, jack.id, WEEK_7, _new(["carrier data"]))
        actions.replace_set(connection, jack.id, WEEK_8, _new(["set today"]))
        actions.replace_set(connection, hannah.id, WEEK_7, _new(["hers"]))
        earlier, today = actions.known_on(connection, [jack.id], WEEK_8)
        (hers,) = actions.known_on(connection, [hannah.id], WEEK_8)
        actions.close(
            connection, jack.id, WEEK_8, dict.fromkeys([earlier.id, today.id, hers.id, 2**40], Closing.DONE)
        )
        actions.close(connection, jack.id, WEEK_9, {earlier.id: Closing.OPEN})
        known = actions.known_on(connection, [jack.id, hannah.id], WEEK_8)
    assert {one.text: one.closed_on for one in known} == {
        "carrier data": WEEK_8,
        "set today": None,
        "hers": None,
    }


def test_words_are_kept_for_the_check_in_in_which_they_were_said(database: Database) -> None:
    moment = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    with database.transaction() as connection:
        jack = _jack(connection)
        first, second = (
            check_ins.add(connection, CheckIn(0, jack.id, day, moment, moment, moment))
            for day in (WEEK_8, WEEK_9)
        )
        for check_in_id, text in ((first.id, "<!channel> hi"), (None, "to nobody"), (first.id, "茶 ☕")):
            kept_words.keep(connection, jack.id, check_in_id, text, moment)
        assert kept_words.of_check_in(connection, first.id) == ("<!channel> hi", "茶 ☕")
        assert kept_words.of_check_in(connection, second.id) == ()
