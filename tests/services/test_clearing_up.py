"""Questions about words: the same words may stand in several of them, and each is answered by itself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from bot.okr.model import Profile
from bot.okr.replies.problems import SEVERAL_CLEARERS, TWO_CLEARERS
from bot.services.answering import doubts, words
from bot.services.answering.doubts import DoubtState
from bot.services.asking import rounds
from bot.services.sending import asks
from bot.storage import check_ins, deliveries, people
from bot.storage.engine import Database
from tests.services.other_teams import add_round
from tests.services.saying import kept, opened, say, ts, values, written
from tests.services.teebee import FRIDAY, JACK, TeeBee, at, week_later
from tests.services.test_words_order import SECONDS_TO_FINISH, until_somebody_waits


def answer(teebee: TeeBee, told: dict[str, Any], index: int, meaning: int | None) -> dict[str, Any]:
    """Jack taps that; gives what the receipt is about then."""
    words.clear_up(teebee.database, JACK, (told["message"], index), meaning, at(11, 30))
    with teebee.database.reading() as connection:
        return deliveries.subject_of(connection, doubts.receipt_key(told["message"]))


def named(teebee: TeeBee, *names: str) -> None:
    """People of these names are known, beside TeeBee's."""
    with teebee.database.transaction() as connection:
        for number, name in enumerate(names):
            people.learn(connection, Profile(f"U0LEE{number}", name))


def test_the_same_words_in_two_messages_are_kept_until_both_are_clear(database: Database) -> None:
    teebee = opened(database)
    first, second = say(teebee, "52"), say(teebee, "52", said_at=at(11, 5))
    assert answer(teebee, first, 0, 0)["not_understood"] == []
    assert (values(teebee), kept(teebee)) == ([52, None, None], ("52",))
    answer(teebee, second, 0, 1)
    assert (values(teebee), kept(teebee)) == ([52, 52, None], ())


def test_words_that_one_receipt_keeps_for_good_stay_though_another_is_clear(database: Database) -> None:
    teebee = opened(database)
    first, second = say(teebee, "52"), say(teebee, "52", said_at=at(11, 5))
    answer(teebee, first, 0, None)
    answer(teebee, second, 0, 1)
    assert kept(teebee) == ("52",)


def test_words_that_an_edit_repeats_are_clear_once_its_question_is_answered(database: Database) -> None:
    teebee = opened(database)
    teebee.sent(asks.prompt_key(teebee.jack.id, FRIDAY), at(10), ts=ts(at(10)))
    say(teebee, "52")
    told = say(teebee, "52\n2 8", said_at=at(11, 5), edited=ts(at(11)))
    answer(teebee, told, 0, 0)
    assert (values(teebee), kept(teebee)) == ([52, 8, None], ())


def test_the_same_words_in_one_message_are_kept_until_each_question_is_answered(database: Database) -> None:
    teebee = opened(database)
    named(teebee, "Lee Chan", "Lee Wong")
    told = say(
        teebee, "\n".join(f"{number} 6 confidence 2, blocked: dependency, Lee" for number in (1, 2, 3))
    )
    assert told["not_understood"] == ["Lee"] * 3
    for index, left in enumerate((2, 1, 0)):
        told = answer(teebee, told, index, 0)
        assert told["not_understood"] == ["Lee"] * left
        assert kept(teebee) == ("Lee",) * (left > 0)


def test_what_is_said_beside_an_action_is_kept_as_typed(database: Database) -> None:
    teebee = opened(database)
    say(teebee, "next: call")
    rounds.step(database, week_later(at(10)))
    told = say(teebee, "1 done, thanks Jack", said_at=week_later(at(11)))
    words.clear_up(database, JACK, (told["message"], 0), 0, week_later(at(11, 5)))
    assert teebee.actions_of(teebee.jack, week_later(at(11)).date()) == {"call": True}
    assert kept(teebee) == ("1 done, thanks Jack",)


def test_people_who_cannot_be_told_apart_by_their_names_are_not_asked_about(database: Database) -> None:
    teebee = opened(database)
    named(teebee, "Lee Chan", "Lee Chan", "Lee Wong")
    told = say(teebee, "1 6 confidence 2, blocked: dependency, Lee")
    assert (told["doubts"], told["problems"]) == ([], [SEVERAL_CLEARERS.format(name="Lee")])
    assert kept(teebee) == ("Lee",)


@pytest.mark.parametrize(
    ("who", "labels"),
    [("Hannah & Lee", ["Hannah", "Lee Chan"]), ("Hannah and nobody", ["Hannah"]), ("he and she", [])],
)
def test_of_two_people_who_are_named_one_is_chosen(database: Database, who: str, labels: list[str]) -> None:
    teebee = opened(database)
    named(teebee, "Lee Chan")
    told = say(teebee, f"1 6 confidence 2, blocked: {who}")
    assert [one["label"] for doubt in told["doubts"] for one in doubt["meanings"]] == labels
    assert (told["problems"], kept(teebee)) == ([] if labels else [TWO_CLEARERS.format(name=who)], (who,))
    (update,) = teebee.said(teebee.of(teebee.jack)[0])
    assert (update.blocker, update.drove) == (None, "")


def test_a_tap_and_an_edit_at_the_same_time_do_not_forget_each_other(database: Database) -> None:
    """The question belongs to another check-in than the one that words answer by now."""
    teebee = opened(database)
    friday, thursday = teebee.check_in_id(teebee.jack), FRIDAY - timedelta(days=1)
    told = say(teebee, "52\n53")
    with database.transaction() as connection:
        add_round(connection, teebee, thursday)
    teebee.sent(asks.prompt_key(teebee.jack.id, thursday), at(11, 10), ts=ts(at(11, 10)))
    row = written(teebee, "hello", at(11, 20), edited=ts(at(11)))
    key = doubts.receipt_key(told["message"])
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as connection:
            check_ins.hold(connection, friday)
            other = pool.submit(words.take, database, row, "hello", at(11, 20))
            until_somebody_waits(connection)
            told["doubts"][0]["state"] = DoubtState.ANSWERED
            deliveries.change_subject(connection, key, told)
        other.result(SECONDS_TO_FINISH)
    with database.reading() as connection:
        after = deliveries.subject_of(connection, key)["doubts"]
    assert [one["state"] for one in after] == [DoubtState.ANSWERED, DoubtState.WITHDRAWN]
