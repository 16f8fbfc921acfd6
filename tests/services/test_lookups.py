"""Looking up OKRs: everybody's for everybody, but for guests; teams by name."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.okr.health import Health
from bot.okr.measures import Move
from bot.okr.model import (
    Cycle,
    KeyResult,
    Membership,
    Objective,
    ObjectiveKind,
    Profile,
    Role,
    Team,
    Update,
)
from bot.okr.views import CycleView
from bot.services.alignment import tree
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.looking_up import at_risk, company, lookups
from bot.services.permissions import GuestsSeeOnlyTheirs
from bot.services.teams.named import UnknownTeam
from bot.storage import okr_cycles, okrs, people, teams, updates
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, TIMES, TeeBee, at, move_in, week_later


def make_guest(teebee: TeeBee, slack_id: str) -> None:
    with teebee.database.transaction() as connection:
        people.learn(connection, Profile(slack_id, "Guest", guest=True))


def add_team(teebee: TeeBee, name: str, *members: int) -> None:
    with teebee.database.transaction() as connection:
        team = teams.add(connection, replace(teebee.team, name=name))
        for one in members:
            teams.set_role(connection, Membership(team.id, one, Role.MEMBER))


def test_ones_own_come_with_what_waits_and_when_one_is_asked_next(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(11))
    view = lookups.of_person(database, JACK, JACK, at(11))
    assert (view.heading, view.own, view.cycle) == ("Jack", True, CycleView("2026 Q4", 8, 13, 55))
    (objective,) = view.objectives
    assert (objective.title, objective.owner) == ("Make ordering online easy for suppliers", "Jack")
    assert [one.standing.health is Health.NO_DATA for one in objective.key_results] == [False, True, True]
    assert [one.number for one in view.waiting] == [2, 3]
    assert view.check_in_id == teebee.check_in_id(teebee.jack)
    assert (view.answer_by, view.next_prompt, view.paused) == (at(16, 30), week_later(at(10)), False)
    late = lookups.of_person(database, JACK, JACK, at(17))
    assert (len(late.waiting), late.answer_by) == (2, None)


def test_before_anything_is_asked_nothing_waits(database: Database) -> None:
    move_in(database)
    view = lookups.of_person(database, JACK, JACK, at(9))
    assert (view.waiting, view.check_in_id, view.answer_by, view.next_prompt) == ((), None, None, at(10))


def test_a_closed_check_in_does_not_wait_any_more(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    for one in teebee.of(teebee.jack):
        teebee.hand_over(one, teebee.hannah)
    rounds.step(database, week_later(at(10)))
    view = lookups.of_person(database, JACK, JACK, week_later(at(11)))
    assert (view.waiting, view.check_in_id) == ((), None)


def test_a_pause_and_an_absence_show(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    pausing.pause(database, JACK, at(11))
    view = lookups.of_person(database, JACK, JACK, at(11))
    assert view.paused
    (objective,) = view.objectives
    assert {one.standing.health for one in objective.key_results} == {Health.AWAY}
    assert teebee.team.name == "TeeBee"


def test_somebody_elses_come_without_what_is_only_theirs(database: Database) -> None:
    move_in(database)
    rounds.step(database, at(10))
    view = lookups.of_person(database, HANNAH, JACK, at(11))
    assert (view.heading, view.own, len(view.objectives)) == ("Jack", False, 1)
    assert (view.waiting, view.check_in_id, view.answer_by, view.next_prompt) == ((), None, None, None)


@pytest.mark.parametrize(("reader", "own"), [("U0NOBODY01", True), (JACK, False)])
def test_somebody_unknown_has_none(database: Database, reader: str, *, own: bool) -> None:
    move_in(database)
    view = lookups.of_person(database, reader, "U0NOBODY01", at(11))
    assert (view.heading, view.own, view.objectives) == ("U0NOBODY01", own, ())
    assert (view.cycle and view.cycle.name) == "2026 Q4"


def test_a_guest_sees_only_their_own(database: Database) -> None:
    teebee = move_in(database)
    make_guest(teebee, JACK)
    assert len(lookups.of_person(database, JACK, JACK, at(11)).objectives) == 1
    with pytest.raises(GuestsSeeOnlyTheirs):
        lookups.of_person(database, JACK, HANNAH, at(11))
    with pytest.raises(GuestsSeeOnlyTheirs):
        lookups.of_team(database, JACK, "TeeBee", at(11))


@pytest.mark.parametrize("name", ["TeeBee", "teebee", "  tee ", ""])
def test_a_team_is_found_by_its_name_its_beginning_or_because_it_is_ones_own(
    database: Database, name: str
) -> None:
    teebee = move_in(database)
    add_team(teebee, "Logistics", teebee.jack.id)
    view = lookups.of_team(database, JACK, name, at(11))
    assert (view.heading, view.own, len(view.objectives)) == ("TeeBee", False, 2)
    assert view.objectives[0].progress == 0


def test_a_full_name_counts_before_a_longer_one_that_begins_so(database: Database) -> None:
    teebee = move_in(database)
    add_team(teebee, "TeeBee Europe")
    assert lookups.of_team(database, JACK, "teebee", at(11)).heading == "TeeBee"


@pytest.mark.parametrize(
    ("reader", "name", "said"), [(JACK, " Nowhere ", "Nowhere"), (JACK, "te", "te"), (JIM, "", "")]
)
def test_no_such_team_or_several_names_those_there_are(
    database: Database, reader: str, name: str, said: str
) -> None:
    teebee = move_in(database)
    add_team(teebee, "Tea tasters")
    with pytest.raises(UnknownTeam) as problem:
        lookups.of_team(database, reader, name, at(11))
    assert (problem.value.name, problem.value.known) == (said, ("Tea tasters", "TeeBee"))


def test_the_only_team_is_meant_by_whoever_belongs_to_none(database: Database) -> None:
    move_in(database)
    assert lookups.of_team(database, JIM, "", at(11)).heading == "TeeBee"


@pytest.mark.parametrize("known", ["not at all", "by id alone"])
def test_whoever_slack_has_told_nothing_of_sees_no_more_than_a_guest(database: Database, known: str) -> None:
    move_in(database)
    if known == "by id alone":
        with database.transaction() as connection:
            people.ensure(connection, "U0NOBODY01")
    with pytest.raises(GuestsSeeOnlyTheirs):
        lookups.of_person(database, "U0NOBODY01", HANNAH, at(11))
    with pytest.raises(GuestsSeeOnlyTheirs):
        lookups.of_team(database, "U0NOBODY01", "TeeBee", at(11))


def test_without_teams_there_is_none_to_name(database: Database) -> None:
    with database.transaction() as connection:
        people.learn(connection, Profile(JACK, "Jack"))
    with pytest.raises(UnknownTeam) as problem:
        lookups.of_team(database, JACK, "", at(11))
    assert problem.value.known == ()


def test_without_a_running_cycle_there_is_nothing_to_show(database: Database) -> None:
    move_in(database)
    view = lookups.of_team(database, JACK, "TeeBee", at(11, day=date(2027, 2, 5)))
    assert (view.cycle, view.objectives) == (None, ())


def test_a_team_without_objectives_shows_the_cycle_all_the_same(database: Database) -> None:
    teebee = move_in(database)
    add_team(teebee, "Logistics")
    view = lookups.of_team(database, JACK, "Logistics", datetime(2026, 11, 20, tzinfo=UTC))
    assert (view.cycle and view.cycle.name, view.objectives) == ("2026 Q4", ())
    assert Team(0, "", "", "", TIMES).check_in is TIMES


def test_between_two_cycles_the_next_one_that_has_started_is_shown(database: Database) -> None:
    teebee = move_in(database)
    after = at(10, day=date(2027, 1, 2))
    with database.transaction() as connection:
        coming = okr_cycles.add(connection, Cycle(0, "2027 Q1", date(2027, 1, 4), date(2027, 3, 31)))
    assert lookups.of_person(database, HANNAH, HANNAH, after).cycle is None
    assert company.load(database, HANNAH, after).cycle is None
    assert tree.load(database, HANNAH, "", after).teams[0].objectives == ()
    with database.transaction() as connection:
        teebee_id = teams.everything(connection)[0].id
        secret = Objective(0, teebee_id, coming.id, "Secret", teebee.jack.id, private=True)
        okrs.add_objective(connection, secret)
    assert lookups.of_person(database, HANNAH, HANNAH, after).cycle is None
    for view in (  # that Jack has something to hide is nobody's business
        lookups.of_person(database, HANNAH, JACK, after),
        lookups.of_team(database, HANNAH, "TeeBee", after),
        lookups.team_for_all(database, JACK, "TeeBee", after),
        lookups.person_for_all(database, JACK, JACK, after),
    ):
        assert (view.cycle, view.objectives) == (None, ())
    with database.transaction() as connection:
        home = okrs.add_objective(
            connection,
            Objective(0, teebee_id, coming.id, "Grow", teebee.hannah.id, ObjectiveKind.COMMITTED, position=1),
        )
        grow = okrs.add_key_result(connection, KeyResult(0, home.id, "Shops", teebee.hannah.id, Move(1, 9)))
        updates.record(connection, Update(grow.id, after.date(), 1, 4, by_id=None, at=after))
    begins = CycleView("2027 Q1", 1, 12, 0, date(2027, 1, 4))
    assert lookups.of_person(database, HANNAH, HANNAH, after).cycle == begins
    whole = company.load(database, HANNAH, after)
    (line,) = whole.teams
    assert (whole.cycle, line.name, line.key_results, line.states) == (begins, "TeeBee", 1, ())
    looked_at = at_risk.load(database, HANNAH, "", after)
    assert (looked_at.cycle, looked_at.items, looked_at.looked_at) == (begins, (), 0)
    shown = tree.load(database, HANNAH, "", after)
    assert shown.begins == date(2027, 1, 4)
    assert [one.title for one in shown.teams[0].objectives] == ["Grow"]
    assert [one.title for one in lookups.of_team(database, HANNAH, "TeeBee", after).objectives] == ["Grow"]
    running = CycleView("2026 Q4", 8, 13, 55)
    assert lookups.of_person(database, HANNAH, HANNAH, at(10)).cycle == running
    assert company.load(database, HANNAH, at(10)).cycle == running
    assert tree.load(database, HANNAH, "", at(10)).begins is None


@pytest.mark.parametrize(
    ("now", "of_the_top", "in_los_angeles"),
    [
        (datetime(2026, 12, 31, 12, tzinfo=UTC), "2026 Q4", "Screens"),
        (datetime(2026, 12, 31, 20, tzinfo=UTC), "2027 Q1", "Screens"),  # in Shanghai the new year has begun
        (datetime(2027, 1, 1, 12, tzinfo=UTC), "2027 Q1", "Carriers"),
    ],
)
def test_each_team_is_shown_what_its_own_day_has(
    database: Database, now: datetime, of_the_top: str, in_los_angeles: str
) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        far = teams.add(connection, replace(teebee.team, id=0, name="Far", zone="America/Los_Angeles"))
        this = next(iter(okr_cycles.running(connection, FRIDAY)))
        running = okrs.of_team(connection, teebee.team.id, [this])
        coming = okr_cycles.add(connection, Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31)))
        for team, cycle, title in (
            (far.id, this, "Screens"),
            (far.id, coming.id, "Carriers"),
            (teebee.team.id, coming.id, "Renew"),
        ):
            okrs.add_objective(connection, Objective(0, team, cycle, title, teebee.hannah.id))
        teams.save(connection, replace(far, parent_id=teebee.team.id))
    whole = company.load(database, HANNAH, now)
    assert whole.cycle is not None
    assert (whole.cycle.name, whole.cycle.begins) == (of_the_top, None)
    (top,) = whole.tops
    assert [one.title for one in top.objectives] == (
        ["Renew"] if of_the_top == "2027 Q1" else [one.title for one in running]
    )
    assert [one.title for one in lookups.of_team(database, HANNAH, "Far", now).objectives] == [in_los_angeles]
