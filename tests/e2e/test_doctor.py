"""Doctor: what is amiss is found, told with its fix, and nothing is changed."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.doctor.examination import examine
from bot.doctor.finding import Finding, Level
from bot.doctor.slack import clock as check_clock
from bot.doctor.slack import scopes as check_scopes
from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Objective, Profile, Team
from bot.practice import Fault, PracticeSlack
from bot.slack.manifest import OPTIONAL, REQUIRED, manifest
from bot.slack.probe import TokenFacts
from bot.storage import deliveries, inbox, okr_cycles, okrs, people, teams, workspace
from bot.storage.engine import Connection, Database, open_database
from bot.storage.migrations import upgrade
from tests.e2e.okra_cli import Cli, cli_for, teebee_moves_in

TODAY = datetime.now(UTC).date()
ALL_SCOPES = manifest()["oauth_config"]["scopes"]["bot"]


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    """With all that the manifest asks for."""
    with PracticeSlack(scopes=ALL_SCOPES) as practice:
        teebee_moves_in(practice)
        yield practice


@pytest.fixture
def database(okra: Cli) -> Iterator[Database]:
    """The one that `okra` uses, with TeeBee well set up."""
    opened = open_database(f"sqlite:///{okra.env['OKRA_DATA_DIR']}/okra.db")
    upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def teebee(slack: PracticeSlack, database: Database) -> Team:
    by_name = {one.name: one for one in slack.people()}
    with database.transaction() as connection:
        workspace.belong_to(connection, slack.team_id)
        hannah = people.learn(connection, Profile(by_name["Hannah"].id, "Hannah", None, "Asia/Shanghai"))
        channel = next(one.id for one in slack.channels() if one.name == "okrs")
        team = teams.add(
            connection, Team(0, "TeeBee", channel, "Asia/Shanghai", started_at=datetime.now(UTC))
        )
        add_key_result(connection, team, hannah.id, TODAY + timedelta(days=30))
    return team


def add_key_result(connection: Connection, team: Team, owner_id: int, ends: date) -> None:
    cycle = okr_cycles.add(connection, Cycle(0, f"until {ends}", ends - timedelta(days=90), ends))
    objective = okrs.add_objective(connection, Objective(0, team.id, cycle.id, "Prove our tea", owner_id))
    okrs.add_key_result(
        connection, KeyResult(0, objective.id, "Customers who renew", owner_id, Move(40, 70), "%")
    )


def findings(okra: Cli, monkeypatch: pytest.MonkeyPatch, *, off: timedelta = timedelta(0)) -> list[Finding]:
    """Those that are not ok; the clock is as much off as asked for."""
    for name, value in okra.env.items():
        monkeypatch.setenv(name, value)
    return [one for one in examine(lambda: datetime.now(UTC) + off) if one.level is not Level.OK]


@pytest.mark.usefixtures("teebee")
def test_where_all_is_well_nothing_is_to_be_mended(okra: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings(okra, monkeypatch) == []
    result = okra("doctor")
    assert result.exit_code == 0, result.output
    assert result.output.endswith("\n0 problems, 0 warnings.\n")
    assert "ok       TeeBee: the bot is in its channel #okrs.\n" in result.output


@pytest.mark.usefixtures("teebee")
def test_it_asks_slack_for_a_connection_once_and_changes_nothing_there(
    okra: Cli, slack: PracticeSlack
) -> None:
    okra("doctor")
    methods = [one["method"] for one in slack.records]
    assert sorted(methods) == ["apps.connections.open", "auth.test", "conversations.info"]


def test_on_an_empty_machine_it_makes_no_file(okra: Cli) -> None:
    result = okra("doctor")
    assert result.exit_code == 0, result.output
    assert "warning  There is no database yet at " in result.output
    assert not Path(okra.env["OKRA_DATA_DIR"]).exists()


@pytest.mark.usefixtures("teebee")
def test_it_leaves_the_database_as_it_was(okra: Cli, database: Database) -> None:
    database.close()
    file = Path(okra.env["OKRA_DATA_DIR"]) / "okra.db"
    before = list(sqlite3.connect(file).iterdump())
    okra("doctor")
    assert list(sqlite3.connect(file).iterdump()) == before


# --- settings and database -----------------------------------------------------------------------------


def test_malformed_settings_are_all_told(okra: Cli) -> None:
    okra.env |= {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_API_URL": "slack"}
    result = okra("doctor")
    assert result.exit_code == 1
    assert result.output.count("problem  ") == 2
    assert "problem  SLACK_BOT_TOKEN: " in result.output
    assert "2 problems, 0 warnings." in result.output


def test_missing_tokens_are_told_and_the_rest_is_checked(okra: Cli, database: Database) -> None:
    assert database.is_sqlite
    del okra.env["SLACK_BOT_TOKEN"]
    del okra.env["SLACK_APP_TOKEN"]
    result = okra("doctor")
    assert result.exit_code == 1
    assert "warning  SLACK_APP_TOKEN is not set" in result.output
    assert "problem  SLACK_BOT_TOKEN is missing.\n         Fix: Slack shows it" in result.output
    assert "ok       The database can be read" in result.output


@pytest.mark.usefixtures("teebee")
def test_without_an_app_token_run_is_what_stops(okra: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    del okra.env["SLACK_APP_TOKEN"]
    (one,) = findings(okra, monkeypatch)
    assert (one.level, one.says[:26]) == (Level.WARNING, "SLACK_APP_TOKEN is not set")


@pytest.mark.parametrize(
    ("statement", "said", "fix"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "written by a newer version", "Install"),
        ("DELETE FROM alembic_version", "has to be at", "okra db upgrade"),
    ],
)
def test_a_database_of_another_version_is_a_problem(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch, *, statement: str, said: str, fix: str
) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql(statement)
    (one,) = findings(okra, monkeypatch)
    assert (one.level, said in one.says, fix in one.fix) == (Level.PROBLEM, True, True)


def test_a_database_out_of_reach_is_a_problem(okra: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    okra.env["DATABASE_URL"] = "postgresql://okra:sesame@127.0.0.1:1/okra"
    (one,) = findings(okra, monkeypatch)
    assert (one.level, one.says[:27]) == (Level.PROBLEM, "The database cannot be used")


# --- Slack ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-nobody"}, "Slack refuses SLACK_BOT_TOKEN: invalid_auth"),
        ({"SLACK_APP_TOKEN": "xapp-nobody"}, "Slack refuses SLACK_APP_TOKEN: invalid_auth"),
        ({"SLACK_API_URL": "http://127.0.0.1:1/api/"}, "Slack cannot be reached"),
    ],
)
@pytest.mark.usefixtures("teebee")
def test_what_slack_does_not_take_is_a_problem(
    okra: Cli, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], said: str
) -> None:
    okra.env |= env
    (one,) = findings(okra, monkeypatch)
    assert (one.level, said in one.says, one.fix != "") == (Level.PROBLEM, True, True)


@pytest.mark.usefixtures("teebee")
def test_asking_for_connections_too_often_is_no_problem(
    okra: Cli, slack: PracticeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack.set_faults(limited("apps.connections.open"))
    (one,) = findings(okra, monkeypatch)
    assert (one.level, "could not be asked: ratelimited" in one.says) == (Level.WARNING, True)


def limited(limited_method: str) -> Callable[[str, dict[str, object]], Fault | None]:
    def fault(method: str, _arguments: dict[str, object]) -> Fault | None:
        if method != limited_method:
            return None
        refusal: dict[str, object] = {"ok": False, "error": "ratelimited"}
        return Fault(perform=False, body=refusal, status=429, headers={"Retry-After": "30"})

    return fault


@pytest.mark.parametrize("scope", [*REQUIRED, *OPTIONAL], ids=lambda scope: scope.name)
def test_each_missing_scope_is_told_with_what_stops(scope: object) -> None:
    held = frozenset(ALL_SCOPES) - {scope.name}  # type: ignore[attr-defined]
    told = [one for one in check_scopes(facts(scopes=held)) if one.level is not Level.OK]
    assert [one.says for one in told] == [f"The scope {scope.name} is missing: {scope.without}."]  # type: ignore[attr-defined]
    assert told[0].level is (Level.PROBLEM if scope in REQUIRED else Level.WARNING)


def test_missing_scopes_are_read_from_slacks_answer(tmp_path: Path) -> None:
    with PracticeSlack(scopes=["chat:write", "commands", "im:history", "im:write"]) as slack:
        result = cli_for(tmp_path, slack)("doctor")
    assert result.exit_code == 1
    assert "problem  The scope users:read is missing: Okra does not know" in result.output
    assert result.output.count("The scope ") == 1 + len(OPTIONAL)


def facts(
    scopes: frozenset[str] | None = frozenset(ALL_SCOPES), answered_at: datetime | None = None
) -> TokenFacts:
    return TokenFacts("T0TEEBEE", "TeeBee", "okra", scopes, answered_at)


def test_a_slack_that_does_not_say_its_scopes_or_the_time_is_taken_as_it_is() -> None:
    (unsaid,) = check_scopes(facts(scopes=None))
    undated = check_clock(facts(), datetime.now(UTC))
    assert (unsaid.level, undated.level) == (Level.WARNING, Level.WARNING)


@pytest.mark.usefixtures("teebee")
def test_a_date_that_is_none_is_taken_as_unsaid(
    okra: Cli, slack: PracticeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    dated = Fault(headers={"Date": "soon"})
    slack.set_faults(lambda method, _arguments: dated if method == "auth.test" else None)
    (one,) = findings(okra, monkeypatch)
    assert one.says == "Slack’s answer has no date: the clock cannot be compared."


@pytest.mark.parametrize(("minutes", "way"), [(2, "ahead of"), (-2, "behind")])
@pytest.mark.usefixtures("teebee")
def test_a_clock_that_is_wrong_is_a_problem(
    okra: Cli, monkeypatch: pytest.MonkeyPatch, minutes: int, way: str
) -> None:
    (one,) = findings(okra, monkeypatch, off=timedelta(minutes=minutes))
    assert (one.level, f"seconds {way} Slack’s" in one.says) == (Level.PROBLEM, True)


@pytest.mark.usefixtures("teebee")
def test_the_token_of_another_workspace_is_a_problem_and_its_channels_are_not_looked_at(
    okra: Cli, slack: PracticeSlack, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE workspaces SET slack_team_id = 'T0ANOTHER'")
    (one,) = findings(okra, monkeypatch)
    assert (one.level, f"T0ANOTHER, but the token is of {slack.team_id}" in one.says) == (Level.PROBLEM, True)


@pytest.mark.parametrize(
    ("changes", "said", "fix"),
    [
        ({"members": ()}, "the bot is not in its channel #okrs", "Type /invite @bot in the channel."),
        ({"archived": True}, "its channel #okrs is archived", "Unarchive it"),
        ({"members": (), "kind": "private"}, "does not exist, or is private", "/invite @bot"),
    ],
)
def test_a_channel_the_bot_cannot_use_is_a_problem(
    okra: Cli,
    slack: PracticeSlack,
    teebee: Team,
    monkeypatch: pytest.MonkeyPatch,
    *,
    changes: dict[str, object],
    said: str,
    fix: str,
) -> None:
    slack.change_channel(teebee.channel, **changes)
    (one,) = findings(okra, monkeypatch)
    assert (one.level, said in one.says, fix in one.fix) == (Level.PROBLEM, True, True)


@pytest.mark.usefixtures("teebee")
def test_a_channel_that_may_not_be_looked_at_is_a_warning(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [one for one in ALL_SCOPES if one != "channels:read"]
    with PracticeSlack(scopes=few) as slack:
        channel = slack.add_channel("okrs")
        with database.transaction() as connection:
            connection.exec_driver_sql(f"UPDATE teams SET channel = '{channel}'")  # noqa: S608 - ids are safe
            connection.exec_driver_sql(f"UPDATE workspaces SET slack_team_id = '{slack.team_id}'")  # noqa: S608 - the same
        told = findings(cli_for(okra.folder, slack), monkeypatch)
    assert {one.level for one in told} == {Level.WARNING}
    assert "cannot be checked: missing_scope (needed: channels:read)" in told[-1].says


def test_many_channels_are_looked_at_until_slack_says_stop(
    okra: Cli, slack: PracticeSlack, teebee: Team, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as connection:
        teams.add(connection, Team(0, "UED", teebee.channel, "Asia/Shanghai", started_at=datetime.now(UTC)))
    slack.set_faults(limited("conversations.info"))
    told = [one.says for one in findings(okra, monkeypatch) if "channel" in one.says]
    assert told == ["TeeBee and teams after it: the channels could not be checked: ratelimited"]


# --- what is in the database ---------------------------------------------------------------------------


def test_a_team_that_is_not_started_or_has_nothing_to_ask_is_told(
    okra: Cli, database: Database, teebee: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as connection:
        teams.add(connection, Team(0, "UED", teebee.channel, "Asia/Shanghai"))
        over = teams.add(
            connection, Team(0, "Old", teebee.channel, "Asia/Shanghai", started_at=datetime.now(UTC))
        )
        add_key_result(connection, over, 1, TODAY - timedelta(days=3))
    assert [(one.level, one.says) for one in findings(okra, monkeypatch)] == [
        (Level.WARNING, "Old: no key result belongs to a cycle that is running today."),
        (Level.WARNING, "UED: the check-ins are not started, so nobody is asked."),
        (Level.WARNING, "UED: no key result belongs to a cycle that is running today."),
    ]


@pytest.mark.usefixtures("database")
def test_a_database_without_teams_is_told(okra: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [one.says for one in findings(okra, monkeypatch)] == [
        "There is no team yet: nobody is asked anything."
    ]


@pytest.mark.usefixtures("teebee")
def test_unknown_time_zones_are_told_with_whose_clock_counts_instead(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as connection:
        workspace.set_zone(connection, "Asia/Atlantis")
        connection.exec_driver_sql("UPDATE teams SET zone = 'Mars/Olympus'")
        connection.exec_driver_sql("UPDATE people SET zone = 'Moon/Tranquility'")
        people.learn(connection, Profile("U0GONE0001", "Jim", None, "Moon/Tranquility", active=False))
    assert [(one.level, one.says) for one in findings(okra, monkeypatch)] == [
        (Level.WARNING, "The workspace’s time zone “Asia/Atlantis” is not known: UTC is used."),
        (Level.WARNING, "TeeBee: the time zone “Mars/Olympus” is not known: UTC is used."),
        (Level.WARNING, "Hannah: the time zone “Moon/Tranquility” is not known: the team’s is used."),
    ]


@pytest.mark.usefixtures("teebee")
def test_a_region_without_known_holidays_is_told(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE people SET region = 'XX-YY'")
        people.learn(connection, Profile("U0GONE0001", "Jim", None, "Asia/Shanghai", active=False))
    assert [(one.level, one.says) for one in findings(okra, monkeypatch)] == [
        (Level.WARNING, "Hannah: no public holidays are known of XX-YY: none is heeded."),
    ]


@pytest.mark.usefixtures("teebee")
def test_somebody_who_left_and_still_owns_something_is_told(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE people SET active = 0")
    (one,) = findings(okra, monkeypatch)
    assert one.says == "TeeBee: Hannah owns “Customers who renew” but has no active account in Slack."
    assert one.fix.startswith("Give it another owner.")


@pytest.mark.usefixtures("teebee")
def test_messages_and_events_that_went_wrong_are_told_with_their_first_line(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    with database.transaction() as connection:
        for key in ("digest:1:0", "digest:2:0"):
            deliveries.ask(connection, key=key, kind="digest", subject={}, address="C0OKRS0001", due_at=now)
        inbox.take_in(connection, inbox.Arrival("Ev1", "message", "U0HANNAH01", "1.1", {"text": "hi"}), now)
        fails(connection, "deliveries", 1, "failed", "not_in_channel")
        fails(connection, "deliveries", 2, "unknown", "x" * 300)
        fails(connection, "inbox", 1, "failed", "IntegrityError: it broke\nDETAIL: my private words")
    told = findings(okra, monkeypatch)
    assert [one.level for one in told] == [Level.WARNING] * 3
    assert told[0].says == "The message digest:1:0 to C0OKRS0001 could not be sent: not_in_channel"
    assert told[1].says.endswith("may or may not have been posted: " + "x" * 199 + "…")
    assert told[2].says.endswith("(inbox 1, message) could not be handled: IntegrityError: it broke")


@pytest.mark.usefixtures("teebee")
def test_a_digest_that_had_to_go_without_its_chart_is_told_with_the_reason(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    with database.transaction() as connection:
        deliveries.ask(connection, key="chart:1", kind="chart", subject={}, address="C0OKRS0001", due_at=now)
        fails(connection, "deliveries", 1, "failed", "missing_scope (needed: files:write)")
    (told,) = findings(okra, monkeypatch)
    assert told.level is Level.WARNING
    assert told.says == (
        "The chart of a digest (chart:1) to C0OKRS0001 could not be sent: missing_scope (needed: files:write)"
    )
    assert "okra deliveries post-again 1" in told.fix


@pytest.mark.usefixtures("teebee")
def test_a_message_that_shows_an_old_state_because_changing_it_failed_is_told(
    okra: Cli, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as connection:
        for key in ("prompt:1:2026-11-20", "prompt:2:2026-11-20"):
            deliveries.ask(
                connection, key=key, kind="prompt", subject={}, address="U0HANNAH01", due_at=datetime.now(UTC)
            )
        connection.exec_driver_sql("UPDATE deliveries SET state = 'sent'")
        fails(connection, "deliveries", 2, "sent", "message_not_found")
    (told,) = findings(okra, monkeypatch)
    assert told.level is Level.WARNING
    assert told.says == (
        "The message prompt:2:2026-11-20 to U0HANNAH01 shows an old state; it could not be changed: "
        "message_not_found"
    )


def fails(connection: Connection, table: str, row: int, state: str, error: str) -> None:
    statement = f"UPDATE {table} SET state = ?, error = ? WHERE id = ?"  # noqa: S608 - the tests' own words
    connection.exec_driver_sql(statement, (state, error, row))
