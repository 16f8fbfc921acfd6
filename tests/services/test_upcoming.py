"""When somebody is asked next: as far as it can be foreseen."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa

from bot.okr.measures import Move
from bot.okr.model import KeyResult, Objective
from bot.services.asking import rounds
from bot.services.asking.upcoming import next_prompt
from bot.services.away import pausing
from bot.storage import absences, okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database
from tests.services.teebee import JACK, JIM, TeeBee, at, move_in, week_later

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


def test_however_many_teams_there_are_only_the_persons_own_are_looked_at(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        (cycle,) = okr_cycles.everything(connection)
        for number in range(9):
            other = teams.add(connection, replace(teebee.team, id=0, name=f"Team {number}"))
            own = okrs.add_objective(connection, Objective(0, other.id, cycle.id, "Grow", teebee.hannah.id))
            okrs.add_key_result(connection, KeyResult(0, own.id, "Sales", teebee.hannah.id, Move(0, 10), "t"))
    seen: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    found = jacks_next(teebee, at(9, day=MONDAY))
    sa.event.remove(database.engine, "before_cursor_execute", note)
    assert found == at(10)
    assert len(seen) <= 8


def test_an_objective_alone_asks_nobody(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        jim = people.ensure(connection, JIM)
        (cycle,) = okr_cycles.everything(connection)
        okrs.add_objective(connection, Objective(0, teebee.team.id, cycle.id, "Grow", jim.id))
    with database.reading() as connection:
        assert next_prompt(connection, jim, at(9, day=MONDAY)) is None


def test_a_pause_is_no_reason_to_ask_a_day_earlier(database: Database) -> None:
    """From Thursday noon on Shanghai's clock; Wednesday's prompt in Samoa's time zone is still to come."""
    teebee = move_in(database, jack_zone="Pacific/Pago_Pago")
    with database.transaction() as connection:
        absences.pause(connection, teebee.jack.id, date(2026, 11, 19))
    assert jacks_next(teebee, at(12, day=date(2026, 11, 17))) is None
