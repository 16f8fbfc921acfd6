"""Words that were not understood: kept for their author, for each check-in once."""

from bot.services.asking import rounds
from bot.storage import kept_words
from bot.storage.engine import Database
from tests.services.teebee import at, move_in, week_later


def test_the_same_words_are_kept_once_for_a_check_in_and_each_time_for_none(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        for text in ("what?", "what?", "what now?"):
            kept_words.keep(connection, teebee.jack.id, None, text, at(11))
        assert kept_words.of_nothing(connection, teebee.jack.id, since=at(10)) == (
            "what?",
            "what?",
            "what now?",
        )


def test_what_is_said_again_in_another_check_in_is_kept_there_too(database: Database) -> None:
    teebee = move_in(database)
    check_ins = []
    for moment in (at(10), week_later(at(10))):
        rounds.step(database, moment)
        check_ins.append(teebee.check_in_id(teebee.jack))
    first, second = check_ins
    with database.transaction() as connection:
        for check_in in (first, first, second):
            kept_words.keep(connection, teebee.jack.id, check_in, "what?", at(11))
        assert kept_words.of_check_in(connection, first) == ("what?",)
        assert kept_words.of_check_in(connection, second) == ("what?",)
