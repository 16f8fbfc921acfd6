"""Teams from the form's contents: what is refused, what is written, and who does the daily look."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.okr.model import FRIDAY as ON_FRIDAY
from bot.okr.model import CheckInTimes, Meeting, Membership, OwedState, Profile, Role
from bot.services.asking import rounds
from bot.services.away import absence
from bot.services.permissions import NotAllowed
from bot.services.sending.pacing import UNPACED, Limits
from bot.services.teams import reconciling, team_setup, vacancies
from bot.services.teams.team_fields import NotPossible, TeamFields, Why, changed_since, fields_of, marks
from bot.storage import owing, people, teams
from bot.storage import rounds as stored_rounds
from bot.storage.engine import Database
from tests.services.directory import TEEBEE, Desk
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, TeeBee, at, move_in

TEA = TeamFields(
    "Tea", CHANNEL, (HANNAH,), False, (JACK,), (JIM,), None, None, ON_FRIDAY, "Asia/Shanghai", None
)
SATURDAY = FRIDAY + timedelta(days=1)

WRONG = [
    pytest.param({"leads": ()}, {"leads": Why.NO_LEAD}, id="no lead, in a forged form"),
    pytest.param({"name": ""}, {"name": Why.EMPTY_NAME}, id="no name"),
    pytest.param({"name": "x" * 81}, {"name": Why.LONG_NAME}, id="a long name"),
    pytest.param({"name": "TEEBEE"}, {"name": Why.TAKEN}, id="a name that differs by capitals only"),
    pytest.param({"channel": ""}, {"channel": Why.NO_CHANNEL}, id="no channel"),
    pytest.param({"from_channel": True}, {"members": Why.TWO_WAYS}, id="everybody and somebody"),
    pytest.param({"meeting_day": 0}, {"meeting_at": Why.NO_TIME}, id="a day without a time"),
    pytest.param({"meeting_at": time(9)}, {"meeting_day": Why.NO_DAY}, id="a time without a day"),
    pytest.param({"zone": "posix/UTC"}, {"zone": Why.UNKNOWN_ZONE}, id="no zone"),
    pytest.param({"parent_id": 2**31 - 1}, {"parent_id": Why.UNKNOWN_PARENT}, id="no such parent"),
    pytest.param({"name": "", "leads": ()}, {"name": Why.EMPTY_NAME, "leads": Why.NO_LEAD}, id="all at once"),
]


@pytest.mark.parametrize(("changes", "problems"), WRONG)
def test_what_is_wrong_is_said_by_field_and_nothing_is_written(
    database: Database, changes: dict[str, object], problems: dict[str, Why]
) -> None:
    move_in(database)
    wanted = replace(TEA, **changes)  # type: ignore[arg-type]
    with pytest.raises(NotPossible) as refused:
        team_setup.set_up(database, HANNAH, wanted, in_channel=True, now=at(9))
    assert {field: one.why for field, one in refused.value.problems.items()} == problems
    with database.reading() as connection:
        assert [one.name for one in teams.everything(connection)] == ["TeeBee"]


def test_two_teams_of_everybody_in_one_channel_would_be_the_same(database: Database) -> None:
    move_in(database)
    everybody = replace(TEA, from_channel=True, members=())
    team_setup.set_up(database, HANNAH, everybody, in_channel=True, now=at(9))
    team_setup.set_up(database, HANNAH, replace(TEA, name="By name"), in_channel=True, now=at(9))
    with pytest.raises(NotPossible) as refused:
        team_setup.set_up(database, HANNAH, replace(everybody, name="Again"), in_channel=True, now=at(9))
    assert refused.value.problems["channel"].why is Why.SAME_PEOPLE


def test_what_is_written_reads_back_as_it_was_wanted(database: Database) -> None:
    move_in(database)
    wanted = replace(TEA, meeting_day=2, meeting_at=time(14))
    made = team_setup.set_up(database, HANNAH, wanted, in_channel=True, now=at(9))
    assert team_setup.set_up(database, HANNAH, wanted, in_channel=True, now=at(9)) == made
    with database.reading() as connection:
        team = teams.by_id(connection, made)
        assert fields_of(connection, team) == wanted
    assert team.check_in == CheckInTimes(meeting=Meeting(2, time(14)))
    assert team.started_at is None
    with pytest.raises(NotPossible):  # somebody else's form of the same contents is another team
        team_setup.set_up(database, JACK, wanted, in_channel=True, now=at(9))


def test_a_loop_of_parents_is_refused_however_long(database: Database) -> None:
    teebee = move_in(database)
    above = teebee.team.id
    for name in ("A", "B", "C"):
        above = team_setup.set_up(
            database, HANNAH, replace(TEA, name=name, parent_id=above), in_channel=True, now=at(9)
        )
    with database.reading() as connection:
        now = fields_of(connection, teams.by_id(connection, teebee.team.id))
    for parent in (above, teebee.team.id):
        with pytest.raises(NotPossible) as refused:
            change(database, teebee, replace(now, parent_id=parent), now)
        assert refused.value.problems["parent_id"].why is Why.LOOP


def change(
    database: Database, teebee: TeeBee, wanted: TeamFields, seen: TeamFields, who: str = HANNAH
) -> None:
    team_setup.change(
        database, who, wanted, team_id=teebee.team.id, seen=marks(seen), in_channel=True, now=at(9)
    )


def test_only_leads_and_admins_change_a_team(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        now = fields_of(connection, teebee.team)
    for who in (JACK, JIM, "U0NOBODY01"):
        with pytest.raises(NotAllowed):
            change(database, teebee, replace(now, name="Mine"), now, who)
    with database.transaction() as connection:
        people.learn(connection, replace(TEEBEE[2], admin=True))
    change(database, teebee, replace(now, name="Theirs"), now, JIM)
    with database.reading() as connection:
        assert teams.by_id(connection, teebee.team.id).name == "Theirs"


def test_marks_tell_what_has_changed_and_not_in_which_order_people_stand() -> None:
    seen = marks(replace(TEA, members=(JACK, JIM)))
    assert changed_since(replace(TEA, members=(JIM, JACK)), seen) == ()
    assert changed_since(replace(TEA, name="Other", zone="UTC"), seen) == ("name", "members", "zone")
    assert changed_since(TEA, {"nonsense": "x"}) == ()


# --- who has gone --------------------------------------------------------------------------------------


def states(database: Database, teebee: TeeBee) -> set[OwedState]:
    with database.reading() as connection:
        (newest,) = stored_rounds.newest(connection, teebee.team.id, limit=1)
        owed = owing.in_round(connection, newest.id)
    return {one.state for one in owed if one.person_id == teebee.jack.id}


def test_who_was_taken_out_of_a_team_is_not_waited_for_and_coming_back_from_leave_does_not_bring_it_back(
    database: Database,
) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    with database.reading() as connection:
        now = fields_of(connection, teebee.team)
    change(database, teebee, replace(now, members=()), now)
    assert states(database, teebee) == {OwedState.AWAY}
    noted = absence.add(database, JACK, FRIDAY, FRIDAY, at(11))
    assert noted.absence is not None
    absence.cancel(database, JACK, noted.absence.id, at(12))
    assert states(database, teebee) == {OwedState.AWAY}
    rounds.step(database, at(10, day=FRIDAY + timedelta(days=7)))
    assert states(database, teebee) == set()
    with database.reading() as connection:
        gone = vacancies.of_team(connection, teams.by_id(connection, teebee.team.id), at(13))
    assert [(one.key_result_id, one.left) for one, _ in gone] == [
        (one, True) for one in teebee.of(teebee.jack)
    ]


def test_the_daily_look_is_done_once_a_day_by_whoever_comes_first(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        teams.save(connection, replace(teebee.team, from_channel=True))
    desk = Desk(inside={CHANNEL: frozenset({HANNAH, JIM})})
    assert reconciling.reconcile(database, desk, UNPACED, at(9)) == [
        "TeeBee: Jim has joined",
        "TeeBee: Jack has left",
    ]
    before = len(desk.asked)
    assert reconciling.reconcile(database, desk, UNPACED, at(23)) == []
    assert len(desk.asked) == before
    reconciling.reconcile(database, desk, UNPACED, at(10, day=SATURDAY))
    assert set(desk.asked[before:]) >= {CHANNEL, HANNAH, JACK, JIM}
    before = len(desk.asked)
    reconciling.reconcile(database, desk, UNPACED, at(11, day=SATURDAY), since=at(11, day=SATURDAY))
    assert set(desk.asked[before:]) >= {CHANNEL, HANNAH, JACK, JIM}  # a start counts as a new day


def test_the_daily_look_keeps_to_slacks_pace_and_goes_on_where_it_stopped(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        teams.save(connection, replace(teebee.team, from_channel=True))
    many = tuple(Profile(f"U0NEW{number:05}", f"New {number}") for number in range(45))
    desk = Desk(
        profiles=(*TEEBEE, *many), inside={CHANNEL: frozenset({HANNAH, *(one.slack_id for one in many)})}
    )
    said = [len(reconciling.reconcile(database, desk, UNPACED, at(9, minute))) for minute in range(4)]
    assert said == [21, 20, 5, 0]  # Jack's leaving, too
    slow = Limits(members=1)
    desk.asked.clear()
    for _ in range(3):
        reconciling.reconcile(database, desk, slow, at(9, day=SATURDAY))
    assert desk.asked.count(CHANNEL) <= 2


def test_where_slack_does_not_answer_nobody_is_taken_out(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        teams.save(connection, replace(teebee.team, from_channel=True))
        teams.set_role(connection, Membership(teebee.team.id, teebee.jack.id, Role.MEMBER))
    desk = Desk(inside={CHANNEL: frozenset({HANNAH})}, closed=frozenset({"channels"}))
    assert reconciling.reconcile(database, desk, UNPACED, at(9)) == []
    with database.reading() as connection:
        assert len(teams.memberships_of(connection, teebee.team.id)) == 2
