"""A cycle has begun that nobody has started: its leads hear of it, on check-in days, until somebody does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.okr.measures import Move
from bot.okr.model import CheckInTimes, Cycle, KeyResult, Membership, Objective, Profile, Role
from bot.okr.writing.draft_views import Which
from bot.services.drafting import beginning, draft_sets, overdue, starting_cycles
from bot.services.drafting.draft_sets import Drafting
from bot.services.sending import asks
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database
from tests.services.drafted import draft_of
from tests.services.sending import known, put, run
from tests.services.teebee import HANNAH, JIM, Notebook, TeeBee, at, move_in

JANUARY = date(2027, 1, 1)
"""A Friday, and the first day of the drafted quarter."""
WEEK = timedelta(weeks=1)
SAID = "TeeBee: {} hears that 2027 Q1 has not been started"
HANNAH_HEARS = [SAID.format("Hannah")]


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
        assert overdue.remind(database, at(10, day=friday)) == [SAID.format(one) for one in ("Hannah", "Jim")]
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
    assert overdue.remind(database, moment) == (HANNAH_HEARS if due else [])


def test_the_teams_own_day_and_hours_count(database: Database) -> None:
    times = CheckInTimes(day=3, prompt=at(14).time(), answer_by=at(17).time())
    draft_of(move_in(database, times=times))
    assert overdue.remind(database, at(15, day=JANUARY)) == []
    thursday = JANUARY + timedelta(days=6)
    assert overdue.remind(database, at(13, day=thursday)) == []
    assert overdue.remind(database, at(15, day=thursday)) == HANNAH_HEARS


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
    # Of the other, which has key results:
    assert overdue.remind(database, at(12, day=JANUARY)) == HANNAH_HEARS


def test_what_was_settled_before_it_went_out_is_not_said(database: Database) -> None:
    _, which = drafted(database)
    overdue.remind(database, at(10, day=JANUARY))
    starting_cycles.start(database, HANNAH, which, at(10, 1, day=JANUARY))
    assert told(database, at(10, 2, day=JANUARY)) == []
    assert overdue.remind(database, at(10, day=JANUARY + WEEK)) == []


def _gives_it_up(database: Database, which: Which) -> None:
    beginning.give_up(database, HANNAH, which, at(10, 1, day=JANUARY))


def _leads_no_longer(database: Database, which: Which) -> None:
    with database.transaction() as connection:
        hannah = people.ensure(connection, HANNAH)
        teams.set_role(connection, Membership(which.team_id, hannah.id, Role.MEMBER))


def _becomes_a_guest(database: Database, _which: Which) -> None:
    profile = Profile(HANNAH, "Hannah", guest=True)
    with database.transaction() as connection:
        people.learn(connection, profile)


def _drops_all(database: Database, which: Which) -> None:
    with database.transaction() as connection:
        for aim in okrs.of_team(connection, which.team_id, [which.cycle_id], drafts=True):
            for one in aim.key_results:
                okrs.drop_key_result(connection, one.id, at(10, 1, day=JANUARY))


@pytest.mark.parametrize("change", [_gives_it_up, _leads_no_longer, _becomes_a_guest, _drops_all])
def test_nor_what_makes_no_sense_any_more(
    database: Database, change: Callable[[Database, Which], None]
) -> None:
    _, which = drafted(database)
    overdue.remind(database, at(10, day=JANUARY))
    change(database, which)
    assert told(database, at(11, day=JANUARY)) == []
    assert overdue.remind(database, at(11, day=JANUARY + WEEK)) == []


def test_nothing_stale_goes_out_after_a_while_without_a_connection(database: Database) -> None:
    drafted(database)
    overdue.remind(database, at(16, 29, day=JANUARY))
    assert told(database, at(16, 30, day=JANUARY)) == []
    overdue.remind(database, at(10, day=JANUARY + WEEK))
    put(database, state="pending")
    assert told(database, at(10, 1, day=JANUARY + WEEK)) == [HANNAH]


def test_one_drafts_trouble_keeps_no_other_waiting(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    teebee, which = drafted(database)
    with database.transaction() as connection:
        team = teams.add(connection, replace(teebee.team, id=0, name="Leaves"))
        teams.set_role(connection, Membership(team.id, teebee.hannah.id, Role.LEAD))
        okr_cycles.begin_draft(connection, team.id, which.cycle_id)
        aim = Objective(0, team.id, which.cycle_id, "Leaves that people ask for", teebee.hannah.id)
        aim = okrs.add_objective(connection, aim)
        okrs.add_key_result(connection, KeyResult(0, aim.id, "Blends", teebee.hannah.id, Move(0, 3)))
    real = draft_sets.of_set

    def broken(connection: Connection, which: Which, *more: Any, **options: Any) -> Drafting:
        if which.team_id == teebee.team.id:
            raise ZeroDivisionError
        return real(connection, which, *more, **options)

    monkeypatch.setattr(draft_sets, "of_set", broken)
    said = overdue.remind(database, at(10, day=JANUARY))
    assert said == ["Leaves: Hannah hears that 2027 Q1 has not been started"]


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
    with database.transaction() as connection:
        asks.redraw_draft(connection, *which)  # whatever else becomes of the draft
    assert teebee.redraws() == []
    starting_cycles.start(database, HANNAH, which, at(11, day=JANUARY))
    assert teebee.redraws() == [delivery.key]
    shown = overdue.load(database, delivery)
    assert shown is not None
    assert shown.started is not None
    assert shown.started.by == "Hannah"
