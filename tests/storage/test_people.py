"""People as Slack knows them, their absences, and the workspace that they belong to."""

from datetime import date

import pytest

from bot.okr.model import MONDAY_TO_FRIDAY, Absence, Person, Profile
from bot.okr.rounds import PAUSE, is_open_pause
from bot.storage import absences, people, workspace
from bot.storage.engine import Connection, Database
from tests.services.teebee import HANNAH, JACK, JIM

MONDAY, THURSDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 19), date(2026, 11, 20)


def _hannah(connection: Connection) -> Person:
    return people.learn(connection, Profile(HANNAH, "Hannah", "hannah@teebee.example", "Asia/Shanghai"))


def test_somebody_new_is_a_slack_id_until_slack_tells_more(database: Database) -> None:
    with database.transaction() as connection:
        person = people.ensure(connection, HANNAH)
        assert people.unnamed(connection) == [HANNAH]
        assert people.emails(connection) == {}
    assert person == Person(person.id, HANNAH, "", None, MONDAY_TO_FRIDAY, active=True, guest=False)


def test_a_person_is_one_person_however_often_they_turn_up(database: Database) -> None:
    with database.transaction() as connection:
        first = people.ensure(connection, HANNAH)
        assert people.ensure(connection, HANNAH) == first
        assert _hannah(connection).id == first.id
        assert [one.id for one in people.everyone(connection)] == [first.id]


def test_what_slack_says_of_a_person_is_taken_over_whole(database: Database) -> None:
    with database.transaction() as connection:
        before = _hannah(connection)
        told = Profile(HANNAH, "Hannah L.", "hl@teebee.example", "Europe/London", active=False, guest=True)
        after = people.learn(connection, told)
        assert people.emails(connection) == {after.id: "hl@teebee.example"}
        assert people.unnamed(connection) == []
        assert people.by_slack_id(connection, HANNAH) == after
    assert after == Person(
        before.id, HANNAH, "Hannah L.", "Europe/London", MONDAY_TO_FRIDAY, active=False, guest=True
    )


def test_an_address_that_slack_hides_later_stays_known(database: Database) -> None:
    with database.transaction() as connection:
        hannah = _hannah(connection)
        people.learn(connection, Profile(HANNAH, "Hannah"))
        assert people.emails(connection) == {hannah.id: "hannah@teebee.example"}


def test_people_are_found_by_their_ids(database: Database) -> None:
    with database.transaction() as connection:
        hannah, jack = _hannah(connection), people.ensure(connection, JACK)
        assert people.by_ids(connection, [jack.id, jack.id, 99]) == {jack.id: jack}
        assert people.by_ids(connection, []) == {}
        assert people.by_slack_id(connection, JIM) is None
        assert people.everyone(connection) == [hannah, jack]
        assert people.emails(connection) == {hannah.id: "hannah@teebee.example"}


# --- absences ------------------------------------------------------------------------------------------


def test_a_pause_has_no_end_until_it_is_ended(database: Database) -> None:
    with database.transaction() as connection:
        jack = people.ensure(connection, JACK)
        assert not absences.is_paused(connection, jack.id)
        absences.pause(connection, jack.id, MONDAY)
        assert absences.is_paused(connection, jack.id)
        (pause,) = absences.of_people(connection, [jack.id])
    assert pause == Absence(pause.id, jack.id, MONDAY, None, PAUSE)
    assert is_open_pause(pause)


def test_who_is_paused_stays_paused_since_the_first_time(database: Database) -> None:
    with database.transaction() as connection:
        jack = people.ensure(connection, JACK)
        for day in (MONDAY, FRIDAY):
            absences.pause(connection, jack.id, day)
        assert [one.starts for one in absences.of_people(connection, [jack.id])] == [MONDAY]


@pytest.mark.parametrize(
    ("since", "resumed", "left"),
    [
        (MONDAY, FRIDAY, [(MONDAY, THURSDAY)]),
        (THURSDAY, FRIDAY, [(THURSDAY, THURSDAY)]),
        (FRIDAY, FRIDAY, []),
        (FRIDAY, THURSDAY, []),  # travelled westwards over midnight
    ],
)
def test_a_pause_ends_the_day_before_it_is_taken_back(
    database: Database, since: date, resumed: date, left: list[tuple[date, date]]
) -> None:
    with database.transaction() as connection:
        jack, hannah = people.ensure(connection, JACK), people.ensure(connection, HANNAH)
        for person in (jack, hannah):
            absences.pause(connection, person.id, since)
        absences.resume(connection, jack.id, resumed)
        mine = absences.of_people(connection, [jack.id])
        assert not absences.is_paused(connection, jack.id)
        assert absences.is_paused(connection, hannah.id)
    assert [(one.starts, one.ends) for one in mine] == left
    assert not any(is_open_pause(one) for one in mine)


def test_a_new_pause_leaves_the_old_one_as_it_was(database: Database) -> None:
    with database.transaction() as connection:
        jack = people.ensure(connection, JACK)
        absences.pause(connection, jack.id, MONDAY)
        absences.resume(connection, jack.id, THURSDAY)
        absences.pause(connection, jack.id, FRIDAY)
        absences.resume(connection, jack.id, date(2026, 11, 30))
        found = absences.of_people(connection, [jack.id])
    assert sorted((one.starts, one.ends) for one in found) == [
        (MONDAY, date(2026, 11, 18)),
        (FRIDAY, date(2026, 11, 29)),
    ]


# --- the workspace -------------------------------------------------------------------------------------


def test_the_zone_is_utc_until_somebody_says_otherwise(database: Database) -> None:
    with database.transaction() as connection:
        assert workspace.zone(connection) == "UTC"
        workspace.set_zone(connection, "Asia/Shanghai")
        assert workspace.zone(connection) == "Asia/Shanghai"


def test_the_first_start_decides_whose_okrs_are_kept(database: Database) -> None:
    with database.transaction() as connection:
        assert workspace.slack_team(connection) is None
        workspace.require_same(connection, "T0TEEBEE01")
        workspace.belong_to(connection, "T0TEEBEE01")
        workspace.belong_to(connection, "T0TEEBEE01")
        assert workspace.slack_team(connection) == "T0TEEBEE01"
        with pytest.raises(workspace.OtherWorkspace, match=r"T0TEEBEE01, but the token is of T0OTHER001"):
            workspace.belong_to(connection, "T0OTHER001")
        assert workspace.slack_team(connection) == "T0TEEBEE01"
