"""Teams: their channel, their hours and their people."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.okr.model import SATURDAY, SUNDAY, THURSDAY, CheckInTimes, Meeting, Membership, Role, Team
from bot.storage import people, teams
from bot.storage.engine import Database
from tests.services.teebee import HANNAH, JACK

STARTED = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
PLAIN = Team(0, "TeeBee", "C0OKRS0001", "Asia/Shanghai")


@pytest.mark.parametrize(
    "team",
    [
        PLAIN,
        replace(PLAIN, started_at=STARTED, working_days=frozenset({SATURDAY, SUNDAY})),
        replace(PLAIN, check_in=CheckInTimes(THURSDAY, time(9, 15), time(14), time(16), digest=time(17))),
        replace(PLAIN, check_in=CheckInTimes(meeting=Meeting(THURSDAY, time(14)))),
    ],
    ids=["plain", "started", "fixed hour", "meeting"],
)
def test_a_team_comes_back_as_it_was_written(database: Database, team: Team) -> None:
    with database.transaction() as connection:
        added = teams.add(connection, team)
    assert added == replace(team, id=added.id)
    with database.reading() as connection:
        assert teams.by_id(connection, added.id) == added
        assert teams.everything(connection) == [added]


def test_a_team_can_be_changed_in_everything(database: Database) -> None:
    with database.transaction() as connection:
        other = teams.add(connection, replace(PLAIN, name="Web"))
        added = teams.add(connection, replace(PLAIN, check_in=CheckInTimes(meeting=Meeting(3, time(14)))))
        changed = replace(
            added, name="Tea", channel="C0TEA00001", zone="Europe/London", check_in=CheckInTimes()
        )
        teams.save(connection, changed)
        assert teams.everything(connection) == [changed, other]


def test_check_ins_start_once(database: Database) -> None:
    with database.transaction() as connection:
        team = teams.add(connection, PLAIN)
        teams.start(connection, team.id, STARTED)
        teams.start(connection, team.id, datetime(2026, 12, 1, tzinfo=UTC))
        assert teams.by_id(connection, team.id).started_at == STARTED


def test_a_person_has_one_role_in_a_team_the_last_one_given(database: Database) -> None:
    with database.transaction() as connection:
        team, web = teams.add(connection, PLAIN), teams.add(connection, replace(PLAIN, name="A web"))
        hannah, jack = people.ensure(connection, HANNAH), people.ensure(connection, JACK)
        teams.set_role(connection, Membership(web.id, hannah.id, Role.OBSERVER))
        teams.set_role(connection, Membership(team.id, jack.id, Role.MEMBER))
        teams.set_role(connection, Membership(team.id, hannah.id, Role.MEMBER))
        teams.set_role(connection, Membership(team.id, hannah.id, Role.LEAD))
        assert teams.memberships_of(connection, team.id) == [
            Membership(team.id, hannah.id, Role.LEAD),
            Membership(team.id, jack.id, Role.MEMBER),
        ]
        assert teams.teams_of(connection, hannah.id) == [(team, Role.LEAD), (web, Role.OBSERVER)]
        assert teams.teams_of(connection, jack.id) == [(team, Role.MEMBER)]
