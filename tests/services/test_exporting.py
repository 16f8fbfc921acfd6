"""Exporting: what is kept, as an OKR file that can be imported again."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.files.export import write_yaml
from bot.files.yaml_file import read_yaml
from bot.okr.model import CheckInTimes, Cycle, Meeting, Membership, Profile, Role
from bot.okr.outline import Outline, OutlineCycle, OutlinePerson
from bot.services.files.exporting import export_outline
from bot.services.files.importing import NOTHING, ImportReport, import_outline
from bot.storage import okr_cycles, people, teams, workspace
from bot.storage.engine import Database
from tests.services.directory import TEEBEE, Desk
from tests.services.okr_imports import everything
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, TeeBee, at, move_in


def _written_and_read(outline: Outline) -> Outline:
    return read_yaml(write_yaml(outline))


def test_an_empty_database_gives_an_empty_outline(database: Database) -> None:
    assert export_outline(database) == Outline(zone="UTC")


def test_everything_of_a_team_is_exported_with_its_ids(database: Database) -> None:
    teebee = move_in(database)
    outline = export_outline(database, on=FRIDAY)
    assert outline.zone == "UTC"
    assert outline.cycle == OutlineCycle("2026 Q4", date(2026, 10, 1), date(2026, 12, 31))
    assert outline.people == (
        OutlinePerson("hannah", "hannah@teebee.example", HANNAH),
        OutlinePerson("jack", "jack@teebee.example", JACK),
    )
    (team,) = outline.teams
    assert (team.name, team.channel, team.zone, team.check_in) == (
        "TeeBee",
        CHANNEL,
        "Asia/Shanghai",
        CheckInTimes(digest=time(16, 30)),
    )
    assert (team.leads, team.members, team.observers, team.start) == (("hannah",), ("jack",), (), True)
    found = [one for objective in team.objectives for one in objective.key_results]
    assert [(one.id, one.title, one.measure, one.unit, one.current) for one in found] == [
        (one.id, one.title, one.measure, one.unit, None) for one in teebee.key_results
    ]
    assert [(one.title, one.owner, str(one.kind)) for one in team.objectives] == [
        ("Prove our tea’s value to restaurant suppliers", "hannah", "aspirational"),
        ("Make ordering online easy for suppliers", "jack", "committed"),
    ]


@pytest.mark.parametrize(
    "times",
    [
        CheckInTimes(),
        CheckInTimes(2, time(9), time(14), digest=time(17)),
        CheckInTimes(3, meeting=Meeting(4, time(14))),
    ],
)
def test_importing_an_export_changes_no_row(database: Database, times: CheckInTimes) -> None:
    teebee = move_in(database, times=times)
    _observe(database, teebee)
    before = everything(database)
    outline = export_outline(database, on=FRIDAY)
    read_again = _written_and_read(outline)
    assert read_again == outline
    for one in (outline, read_again):
        report = import_outline(database, Desk(), one, now=at(9))
        assert report == ImportReport((NOTHING,), changed=False)
        assert everything(database) == before


def _observe(database: Database, teebee: TeeBee) -> None:
    """Jim observes TeeBee, which has no check-ins yet, in the zone of its workspace."""
    with database.transaction() as connection:
        jim = people.learn(connection, TEEBEE[2])
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.OBSERVER))
        teams.save(connection, replace(teebee.team, started_at=None))
        workspace.set_zone(connection, "Asia/Shanghai")


def test_a_team_in_the_workspaces_zone_that_was_not_started_says_so(database: Database) -> None:
    _observe(database, move_in(database))
    (team,) = export_outline(database).teams
    assert (team.zone, team.start, team.observers) == (None, False, ("jim",))


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (FRIDAY, "2026 Q4"),
        (date(2027, 2, 1), "2027 Q1"),
        (date(2028, 2, 1), "2027 Q1"),
        (None, "2027 Q1"),
    ],
)
def test_the_running_cycle_is_exported_or_else_the_latest(
    database: Database, on: date | None, name: str
) -> None:
    move_in(database)
    with database.transaction() as connection:
        okr_cycles.add(connection, Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31)))
    outline = export_outline(database, on=on)
    assert outline.cycle is not None
    assert outline.cycle.name == name
    assert bool(outline.teams[0].objectives) == (name == "2026 Q4")


def test_people_of_one_name_and_of_none_have_keys_of_their_own(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        for slack_id, name in (("U0HANNAH02", "hannah"), ("U0HANNAH03", " Hannah!"), ("U0NONAME01", "…")):
            person = people.learn(connection, Profile(slack_id, name))
            teams.set_role(connection, Membership(teebee.team.id, person.id, Role.MEMBER))
    outline = export_outline(database)
    assert [one.key for one in outline.people] == ["hannah", "jack", "hannah-2", "hannah-3", "u0noname01"]
    assert _written_and_read(outline) == outline


def test_whoever_left_slack_is_left_out_unless_they_lead_or_own_something(database: Database) -> None:
    teebee = move_in(database)
    _observe(database, teebee)
    with database.transaction() as connection:
        for one in TEEBEE:
            people.learn(connection, replace(one, active=False))
    (team,) = export_outline(database).teams
    assert (team.leads, team.members, team.observers) == (("hannah",), ("jack",), ())
    assert JIM not in {one.slack for one in export_outline(database).people}
    with database.transaction() as connection:
        jim = people.learn(connection, replace(TEEBEE[2], active=False))
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.LEAD))
    (team,) = export_outline(database).teams
    assert team.leads == ("hannah", "jim")
