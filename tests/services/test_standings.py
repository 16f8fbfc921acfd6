"""What the past rounds say of a key result: how long it has been silent, and whether its owner is away."""

from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.looking_up import standings
from bot.storage.engine import Database
from tests.services.teebee import JACK, TeeBee, at, move_in, week_later


def silence(teebee: TeeBee) -> list[int]:
    """Of Jack's three."""
    mine = teebee.of(teebee.jack)
    with teebee.database.reading() as connection:
        silent = standings.rounds_without(connection, mine)
    return [silent.get(one, 0) for one in mine]


def away(teebee: TeeBee) -> list[bool]:
    mine = teebee.of(teebee.jack)
    with teebee.database.reading() as connection:
        gone = standings.away(connection, mine)
    return [one in gone for one in mine]


def test_silence_begins_with_the_digest(database: Database) -> None:
    teebee = move_in(database)
    assert silence(teebee) == [0, 0, 0]
    rounds.step(database, at(10))
    assert silence(teebee) == [0, 0, 0]
    rounds.step(database, at(16, 30))
    assert silence(teebee) == [1, 1, 1]


def test_a_late_answer_ends_the_run(database: Database) -> None:
    teebee = move_in(database)
    for week in range(2):
        rounds.step(database, week_later(at(10), week))
        rounds.step(database, week_later(at(16, 30), week))
    assert silence(teebee) == [2, 2, 2]
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), week_later(at(17)))
    assert silence(teebee) == [0, 2, 2]


def test_a_round_that_passed_them_by_neither_counts_nor_ends_the_run(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))
    pausing.pause(database, JACK, week_later(at(9)))
    rounds.step(database, week_later(at(10)))
    rounds.step(database, week_later(at(16, 30)))
    assert (silence(teebee), away(teebee)) == ([1, 1, 1], [True, True, True])
    pausing.resume(database, JACK, week_later(at(17)))
    assert (silence(teebee), away(teebee)) == ([1, 1, 1], [True, True, True])
    rounds.step(database, week_later(at(10), 2))
    rounds.step(database, week_later(at(16, 30), 2))
    assert (silence(teebee), away(teebee)) == ([2, 2, 2], [False, False, False])


def test_nobody_is_away_before_anything_was_asked(database: Database) -> None:
    teebee = move_in(database)
    assert away(teebee) == [False, False, False]
