"""Importing an OKR file: what is written first, and what of a team is kept, changed or left alone."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.files.csv_file import read_csv
from bot.files.yaml_file import read_yaml
from bot.okr.measures import Move
from bot.okr.model import CheckInTimes, Meeting, ObjectiveKind, Role
from bot.okr.outline import Outline, OutlineKeyResult
from bot.services.files.importing import ImportReport, import_outline
from bot.storage import okr_cycles, people, teams, workspace
from bot.storage.engine import Database
from tests.services.directory import TEEBEE, Desk
from tests.services.okr_imports import (
    BEFORE_THE_CYCLE,
    FILE,
    PROVE,
    changed,
    everything,
    objectives,
    recorded,
    take,
)
from tests.services.teebee import CHANNEL, at, week_later


def test_a_first_import_writes_all_that_the_file_says(database: Database) -> None:
    report = take(database)
    with database.reading() as connection:
        (team,) = teams.everything(connection)
        named = {one.id: one.name for one in people.everyone(connection)}
        roles = {named[one.person_id]: one.role for one in teams.memberships_of(connection, team.id)}
        (cycle,) = okr_cycles.everything(connection)
        assert workspace.zone(connection) == "Asia/Shanghai"
        assert set(people.emails(connection).values()) == {one.email for one in TEEBEE}
    assert (team.channel, team.zone, team.started_at) == (CHANNEL, "Asia/Shanghai", at(9))
    assert team.check_in == CheckInTimes(digest=time(16, 30))
    assert roles == {"Hannah": Role.LEAD, "Jack": Role.MEMBER, "Jim": Role.OBSERVER}
    assert (cycle.name, cycle.starts, cycle.ends) == ("2026 Q4", date(2026, 10, 1), date(2026, 12, 31))
    prove, online = objectives(database)
    assert (prove.title, prove.kind, named[prove.owner_id]) == (
        "Prove our tea",
        ObjectiveKind.ASPIRATIONAL,
        "Hannah",
    )
    assert (online.kind, named[online.owner_id], online.position) == (ObjectiveKind.COMMITTED, "Jack", 1)
    renew, sales = prove.key_results
    assert (renew.measure, renew.unit, named[renew.owner_id]) == (Move(40, 70), "%", "Hannah")
    assert (sales.title, sales.position) == ("Sales", 1)
    assert report.changed
    assert report.lines == (
        "time zone of the workspace: UTC → Asia/Shanghai",
        *(f"new person {name}" for name in ("Hannah", "Jack", "Jim")),
        "new cycle 2026 Q4, 2026-10-01 to 2026-12-31",
        "new team TeeBee in #okrs",
        "TeeBee: Hannah joins as lead",
        "TeeBee: Jack joins as member",
        "TeeBee: Jim joins as observer",
        "TeeBee: check-ins start",
        f"new objective {PROVE}: 2 key results, Hannah",
        f"new key result {PROVE} › Customers who renew: 40 → 70 %, Hannah",
        f"{PROVE} › Customers who renew: stands at 55 %",
        f"new key result {PROVE} › Sales: ¥120,000 → ¥250,000, Hannah",
        "new objective TeeBee › Order online: 1 key result, Jack",
        "new key result TeeBee › Order online › Phone calls: 40 → 20 a week, Jack",
    )
    assert recorded(database) == []


def test_importing_the_same_file_again_changes_no_row(database: Database) -> None:
    take(database)
    before = everything(database)
    report = take(database, now=week_later(at(9)))
    assert report == ImportReport(("nothing to change",), changed=False)
    assert everything(database) == before


@pytest.mark.parametrize("again", [False, True])
def test_a_dry_run_says_the_same_and_writes_nothing(database: Database, again: bool) -> None:  # noqa: FBT001 - a table's column
    text = FILE
    if again:
        take(database)
        text = changed(("target: 70", "target: 75"), ("members: [jack]", "members: []"))
    before = everything(database)
    said = take(database, text, dry_run=True, reason="too easy")
    assert everything(database) == before
    assert said.changed
    assert take(database, text, reason="too easy") == said
    assert everything(database) != before


def test_a_team_that_is_not_to_start_waits_until_a_file_says_so(database: Database) -> None:
    not_yet = changed(("    channel:", "    start: false\n    channel:"))
    assert "TeeBee: check-ins start" not in take(database, not_yet).lines
    with database.reading() as connection:
        assert [one.started_at for one in teams.everything(connection)] == [None]
    assert take(database, now=at(12)).lines == ("TeeBee: check-ins start",)
    assert not take(database, not_yet).changed
    with database.reading() as connection:
        assert [one.started_at for one in teams.everything(connection)] == [at(12)]


def test_an_outline_without_a_cycle_is_about_teams_only(database: Database) -> None:
    cut = FILE[: FILE.index("    objectives:")].replace(
        "cycle: {name: 2026 Q4, starts: 2026-10-01, ends: 2026-12-31}\n", ""
    )
    take(database, cut)
    assert objectives(database) == []


def test_what_changed_of_a_team_is_saved_and_said(database: Database) -> None:
    take(database)
    text = changed(
        ('"#okrs"', '"#web"\n    timezone: Europe/London'),
        ("leads: [hannah]", "leads: [jack]"),
        ("members: [jack]", "members: [jim]"),
        ("observers: [jim]", "observers: []"),
        (
            'check_in: {day: friday, prompt: "10:00", remind: "15:00", digest: "16:30"}',
            (
                'check_in: {day: thursday, prompt: "09:00", remind: "14:00"}\n'
                '    meeting: {day: friday, at: "14:00"}'
            ),
        ),
    )
    assert take(database, text).lines == (
        "TeeBee: channel C0OKRS0001 → C0WEB00001",
        "TeeBee: time zone Asia/Shanghai → Europe/London",
        "TeeBee: check-in day friday → thursday",
        "TeeBee: prompt 10:00 → 09:00",
        "TeeBee: reminder 15:00 → 14:00",
        "TeeBee: digest 16:30 → no fixed hour",
        "TeeBee: meeting none → friday 14:00",
        "TeeBee: Jack member → lead",
        "TeeBee: Jim observer → member",
    )
    with database.reading() as connection:
        (team,) = teams.everything(connection)
        roles = {one.role for one in teams.memberships_of(connection, team.id)}
    assert team.zone == "Europe/London"
    assert team.check_in == CheckInTimes(
        3, time(9), time(14), digest=None, meeting=Meeting(day=4, at=time(14))
    )
    assert roles == {Role.LEAD, Role.MEMBER}, "Hannah, whom the file leaves out, stays lead"


def test_what_the_file_does_not_name_stays_as_it_is(database: Database) -> None:
    take(database, changed(('"#okrs"', '"#okrs"\n    timezone: Europe/London')))
    with database.transaction() as connection:
        (team,) = teams.everything(connection)
        teams.save(connection, replace(team, check_in=replace(team.check_in, answer_by=time(17))))
    before = everything(database)
    short = """\
cycle: {name: 2026 Q4, starts: 2026-10-01, ends: 2026-12-31}
people:
  hannah: {email: hannah@teebee.example}
  jack: {slack: U0JACK0001}
teams:
  - name: TeeBee
    channel: "#okrs"
    leads: [hannah]
    objectives:
      - title: Order online
        owner: jack
        key_results:
          - {title: Phone calls, owner: jack, start: 40, target: 20}
"""
    assert take(database, short) == ImportReport(("nothing to change",), changed=False)
    assert everything(database) == before


def test_the_hour_to_answer_by_is_not_the_files_to_change(database: Database) -> None:
    take(database)
    with database.transaction() as connection:
        (team,) = teams.everything(connection)
        teams.save(connection, replace(team, check_in=replace(team.check_in, answer_by=time(17))))
    before = everything(database)
    assert not take(database).changed
    assert everything(database) == before


def test_a_table_which_has_no_hours_leaves_the_teams_hours_alone(database: Database) -> None:
    take(database)
    before = everything(database)
    table = (
        "cycle,starts,ends,team,channel,leads,objective,objective_owner,key_result,owner,start,target\n"
        "2026 Q4,2026-10-01,2026-12-31,TeeBee,#okrs,hannah@teebee.example,"
        "Order online,U0JACK0001,Phone calls,U0JACK0001,40,20\n"
    )
    assert not import_outline(database, Desk(), read_csv(table), now=at(9)).changed
    assert everything(database) == before


@pytest.mark.parametrize(
    ("own", "after"),
    [(None, "Europe/London"), ("Asia/Shanghai", "Asia/Shanghai"), ("Asia/Tokyo", "Asia/Tokyo")],
)
def test_a_team_follows_the_workspaces_zone_unless_it_has_its_own(
    database: Database, own: str | None, after: str
) -> None:
    line = '"#okrs"' if own is None else f'"#okrs"\n    timezone: {own}'
    text = changed(('"#okrs"', line))
    take(database, text)
    take(database, changed(("timezone: Asia/Shanghai}", "timezone: Europe/London}"), text=text))
    with database.reading() as connection:
        assert workspace.zone(connection) == "Europe/London"
        assert [one.zone for one in teams.everything(connection)] == [after]


def test_an_outline_of_ours_says_everything_that_it_holds(database: Database) -> None:
    take(database, now=BEFORE_THE_CYCLE)
    outline = read_yaml(FILE)
    (team,) = outline.teams
    first = team.objectives[0]
    sales = OutlineKeyResult("Sales", "hannah", Move(120_000, 250_000))
    bare = Outline(
        zone=outline.zone,
        cycle=outline.cycle,
        people=outline.people,
        teams=(
            replace(
                team,
                place=type(team.place)(),
                check_in=CheckInTimes(),
                objectives=(replace(first, key_results=(sales,)),),
            ),
        ),
    )
    report = import_outline(database, Desk(), bare, now=BEFORE_THE_CYCLE)
    assert report.lines == (
        "TeeBee: digest 16:30 → no fixed hour",
        f"{PROVE} › Sales: unit ¥ → none",
    )
