"""When somebody is asked next: as far as it can be foreseen."""

from datetime import date, datetime

import pytest

from bot.services import pausing, rounds
from bot.services.upcoming import next_prompt
from bot.storage.engine import Database
from tests.services.teebee import JACK, TeeBee, at, move_in, week_later

MONDAY = date(2026, 11, 16)


def jacks_next(teebee: TeeBee, now: datetime) -> datetime | None:
    with teebee.database.reading() as connection:
        return next_prompt(connection, teebee.jack, now)


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Asia/Shanghai", at(10)),
        ("Europe/London", at(18, day=date(2026, 11, 19))),
        ("Pacific/Auckland", at(5)),
        (None, at(10)),
    ],
)
def test_the_week_that_has_not_opened_comes_first(
    database: Database, zone: str | None, moment: datetime
) -> None:
    assert jacks_next(move_in(database, jack_zone=zone), at(9, day=MONDAY)) == moment


def test_once_the_round_has_opened_it_is_next_week(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    assert jacks_next(teebee, at(10)) == week_later(at(10))
    assert jacks_next(teebee, at(18)) == week_later(at(10))


def test_a_prompt_that_is_due_this_minute_is_not_the_next_one(database: Database) -> None:
    assert jacks_next(move_in(database), at(10)) == week_later(at(10))


def test_nobody_foresees_a_prompt_while_paused(database: Database) -> None:
    teebee = move_in(database)
    pausing.pause(database, JACK, at(9, day=MONDAY))
    assert jacks_next(teebee, at(9, 30, day=MONDAY)) is None


def test_a_team_that_was_not_started_asks_nobody(database: Database) -> None:
    assert jacks_next(move_in(database, started_at=None), at(9, day=MONDAY)) is None


def test_after_the_cycle_nobody_is_asked(database: Database) -> None:
    assert jacks_next(move_in(database), at(9, day=date(2026, 12, 28))) is None


def test_without_key_results_nobody_is_asked(database: Database) -> None:
    teebee = move_in(database)
    for one in teebee.of(teebee.jack):
        teebee.hand_over(one, teebee.hannah)
    assert jacks_next(teebee, at(9, day=MONDAY)) is None
