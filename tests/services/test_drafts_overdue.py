"""A cycle has begun that nobody has started: its leads hear of it, on check-in days, until somebody does."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.okr.model import CheckInTimes, Cycle, Membership, Objective, Role
from bot.okr.writing.draft_views import Which
from bot.services.drafting import beginning, overdue, starting_cycles
from bot.services.sending import asks
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Database
from tests.services.drafted import draft_of
from tests.services.sending import known, run
from tests.services.teebee import HANNAH, JIM, Notebook, TeeBee, at, move_in

JANUARY = date(2027, 1, 1)
"""A Friday, and the first day of the drafted quarter."""
WEEK = timedelta(weeks=1)
SAID = ["TeeBee: 2027 Q1 has not been started"]


def drafted(database: Database) -> tuple[TeeBee, Which]:
    teebee = move_in(database)
    return teebee, Which(teebee.team.id, draft_of(teebee)[0])


def told(database: Database, now: datetime) -> list[str]:
    """To whom a message about a draft goes by then."""
    notebook = Notebook()
    run(database, notebook, now)
    return [one.address for one in notebook.posted if one.kind == asks.DRAFT_OVERDUE]


def test_each_lead_hears_of_it_once_each_check_in_day(database: Database) -> None:
    teebee, _ = drafted(database)
    with database.transaction() as connection:
        jim = people.ensure(connection, JIM)
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.LEAD))
    for friday in (JANUARY, JANUARY + WEEK):
        assert overdue.remind(database, at(10, day=friday)) == 2 * SAID
        assert overdue.remind(database, at(10, 1, day=friday)) == []
        assert sorted(told(database, at(10, 1, day=friday))) == sorted([HANNAH, JIM])


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at(9, 59, day=JANUARY), False),
        (at(16, 29, day=JANUARY), True),
        (at(16, 30, day=JANUARY), False),
        (at(12, day=JANUARY - WEEK), False),  # its first day is still to come
        (at(12, day=JANUARY + timedelta(days=3)), False),  # no Friday
        (at(12, day=date(2027, 3, 26)), True),
        (at(12, day=date(2027, 4, 2)), False),  # it is over
    ],
)
def test_it_comes_while_the_team_would_be_asked(database: Database, moment: datetime, *, due: bool) -> None:
    drafted(database)
    assert overdue.remind(database, moment) == (SAID if due else [])


def test_the_teams_own_day_and_hours_count(database: Database) -> None:
    times = CheckInTimes(day=3, prompt=at(14).time(), answer_by=at(17).time())
    draft_of(move_in(database, times=times))
    assert overdue.remind(database, at(15, day=JANUARY)) == []
    thursday = JANUARY + timedelta(days=6)
    assert overdue.remind(database, at(13, day=thursday)) == []
    assert overdue.remind(database, at(15, day=thursday)) == SAID


def test_nobody_is_told_of_what_cannot_be_started_or_asked_for(database: Database) -> None:
    teebee = move_in(database, started_at=None)
    draft_of(teebee)
    assert overdue.remind(database, at(12, day=JANUARY)) == []  # whose check-ins do not run
    with database.transaction() as connection:
        teams.save(connection, replace(teebee.team, started_at=at(9)))
        empty = okr_cycles.add(connection, Cycle(0, "January", JANUARY, date(2027, 1, 31)))
        okr_cycles.begin_draft(connection, teebee.team.id, empty.id)
        team, lead = teebee.team.id, teebee.hannah.id
        okrs.add_objective(connection, Objective(0, team, empty.id, "Hotels ask for our tea by name", lead))
    assert overdue.remind(database, at(12, day=JANUARY)) == SAID  # of the other, which has key results


def test_what_was_settled_before_it_went_out_is_not_said(database: Database) -> None:
    _, which = drafted(database)
    overdue.remind(database, at(10, day=JANUARY))
    starting_cycles.start(database, HANNAH, which, at(10, 1, day=JANUARY))
    assert told(database, at(10, 2, day=JANUARY)) == []
    assert overdue.remind(database, at(10, day=JANUARY + WEEK)) == []


@pytest.mark.parametrize("how", ["given up", "leads no longer", "too late"])
def test_nor_what_makes_no_sense_any_more(database: Database, how: str) -> None:
    teebee, which = drafted(database)
    overdue.remind(database, at(10, day=JANUARY))
    if how == "given up":
        beginning.give_up(database, HANNAH, which, at(10, 1, day=JANUARY))
    elif how == "leads no longer":
        with database.transaction() as connection:
            teams.set_role(connection, Membership(teebee.team.id, teebee.hannah.id, Role.MEMBER))
    assert told(database, at(17 if how == "too late" else 11, day=JANUARY)) == []


def test_what_was_said_follows_what_becomes_of_the_draft(database: Database) -> None:
    teebee, which = drafted(database)
    now = at(10, day=JANUARY)
    overdue.remind(database, now)
    assert told(database, now) == [HANNAH]
    with database.reading() as connection:
        cycle = okr_cycles.by_id(connection, which.cycle_id)
    assert cycle is not None
    delivery = known(database, asks.overdue_key(teebee.team, cycle, teebee.hannah, now))
    shown = overdue.load(database, delivery)
    assert shown is not None
    assert shown.started is None
    starting_cycles.start(database, HANNAH, which, at(11, day=JANUARY))
    assert teebee.redraws() == [delivery.key]
    shown = overdue.load(database, delivery)
    assert shown is not None
    assert shown.started is not None
    assert shown.started.by == "Hannah"
