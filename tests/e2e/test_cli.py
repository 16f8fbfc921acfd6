"""Every command, against the practice Slack: what it does, and what it says when it cannot."""

import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from bot import __version__, pulse
from bot.app import Okra
from bot.config import RunSettings, load
from bot.practice import Fault, PracticeSlack
from bot.running import Running
from bot.slack.manifest import manifest
from bot.storage.engine import open_database
from bot.storage.running import the_only_one
from tests.e2e.okra_cli import (
    FRIDAY_AT_TEN,
    FRIDAY_DIGEST,
    SAMPLE,
    Cli,
    changed_sample,
    cli_for,
    posted,
)


@pytest.fixture
def prepared(okra: Cli) -> Cli:
    """The sample is imported."""
    result = okra.imports(SAMPLE)
    assert result.exit_code == 0, result.output
    return okra


def database_file(okra: Cli) -> Path:
    return Path(okra.env["OKRA_DATA_DIR"]) / "okra.db"


def sql(okra: Cli, statement: str) -> None:
    connection = sqlite3.connect(database_file(okra))
    connection.execute(statement)
    connection.commit()
    connection.close()


# --- usage ---------------------------------------------------------------------------------------------


def test_it_says_its_version(okra: Cli) -> None:
    assert okra("--version").output == f"okra {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [(), ("check",), ("db",), ("db", "downgrade"), ("import",), ("run", "--fast")]
)
def test_anything_unknown_gets_usage(okra: Cli, arguments: tuple[str, ...]) -> None:
    result = okra(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.output


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-20T10:00:00", "does not say in which time zone"),
        ("2026-11-20", "does not say in which time zone"),
        ("friday", "“friday” is no moment"),
    ],
)
def test_a_tick_takes_no_moment_that_could_mean_several(okra: Cli, moment: str, said: str) -> None:
    result = okra("tick", "--at", moment)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_the_manifest_is_yaml_ready_to_paste(okra: Cli) -> None:
    assert yaml.safe_load(okra("manifest").output) == manifest()


# --- import, tick, export ------------------------------------------------------------------------------


def test_ten_ticks_send_each_message_once(
    tmp_path: Path, slack: PracticeSlack, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    okra = cli_for(tmp_path, slack, database_url)
    assert okra.imports(SAMPLE).exit_code == 0
    said = [okra("tick", "--at", at) for at in [FRIDAY_AT_TEN] * 10 + [FRIDAY_DIGEST] * 10]
    assert [one.exit_code for one in said] == [0] * 20
    prompts, digests = said[0].output.count(": sent"), said[10].output.count(": sent")
    sent = posted(slack)
    channel = next(one.id for one in slack.channels() if one.name == "okrs")
    asked = [person.id for person in slack.people() if person.name in {"Hannah", "Jack"}]
    assert sorted(where for where, _ in sent[:prompts]) == sorted(asked)
    assert [where for where, _ in sent[prompts:]] == [channel] * digests
    assert len(set(sent)) == len(sent) > prompts
    assert {one.output for one in [*said[1:10], *said[11:]]} == {"Nothing was due.\n"}


def test_a_tick_of_now_is_the_default(okra: Cli) -> None:
    result = okra("tick")
    assert (result.exit_code, result.output) == (0, "Nothing was due.\n")


def test_importing_again_has_nothing_to_change(prepared: Cli) -> None:
    result = prepared.imports(SAMPLE)
    assert (result.exit_code, result.output) == (0, "nothing to change\n")


def test_a_dry_run_makes_neither_database_nor_folder(okra: Cli) -> None:
    result = okra.imports(SAMPLE, "--dry-run")
    assert result.exit_code == 0
    assert "TeeBee" in result.output
    assert result.output.endswith("This was a dry run: nothing was written.\n")
    assert not Path(okra.env["OKRA_DATA_DIR"]).exists()


def test_a_dry_run_leaves_what_is_there(prepared: Cli, tmp_path: Path) -> None:
    before = prepared("export").output
    longer = changed_sample(tmp_path, cycle={"name": "2026 Q4", "starts": "2026-10-01", "ends": "2027-01-31"})
    result = prepared.imports(longer, "--dry-run", "--reason", "It takes longer")
    assert result.exit_code == 0, result.output
    assert "2027-01-31" in result.output
    assert prepared("export").output == before


def test_a_dry_run_on_a_database_server_without_tables_makes_none(
    tmp_path: Path, slack: PracticeSlack, postgres_url: str
) -> None:
    engine = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE bare"))  # it goes with the server
    engine.dispose()
    bare = engine.url.set(database="bare").render_as_string(hide_password=False)
    result = cli_for(tmp_path, slack, bare).imports(SAMPLE, "--dry-run")
    assert (result.exit_code, "TeeBee" in result.output) == (0, True)
    looked = sa.create_engine(bare)
    assert sa.inspect(looked).get_table_names() == []
    looked.dispose()


def test_a_file_full_of_mistakes_is_refused_with_the_place_of_each(okra: Cli, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("cycle: {name: Q4, starts: 2026-12-31, ends: 2026-10-01}\ntemas: []\n", encoding="utf-8")
    result = okra.imports(path)
    assert result.exit_code == 1
    first, second, last = result.stderr.splitlines()
    assert first.startswith(f"{path}: line 1")
    assert "2026-10-01" in first
    assert second.startswith(f"{path}: line 2")
    assert "temas" in second
    assert last == "Nothing was imported."
    assert not database_file(okra).exists()


def test_whom_slack_does_not_know_is_told_with_the_place(okra: Cli, tmp_path: Path) -> None:
    people = {name: {"email": f"{name}@elsewhere.example"} for name in ("hannah", "jack", "jim")}
    path = changed_sample(tmp_path, people=people)
    result = okra.imports(path)
    assert result.exit_code == 1
    assert [line.startswith(f"{path}: line ") for line in result.stderr.splitlines()] == [True] * 3 + [False]


def test_a_missing_file_is_named_once(okra: Cli) -> None:
    result = okra.imports("none.yaml")
    assert result.stderr == "none.yaml: there is no such file\nNothing was imported.\n"


def test_what_is_exported_can_be_imported_again(prepared: Cli, tmp_path: Path) -> None:
    path = tmp_path / "out.yaml"
    assert prepared("export", "--output", path).exit_code == 0
    assert path.read_text(encoding="utf-8") == prepared("export").output
    assert prepared.imports(path).output == "nothing to change\n"


def test_an_export_that_cannot_be_written_says_so(prepared: Cli, tmp_path: Path) -> None:
    result = prepared("export", "--output", tmp_path)
    assert (result.exit_code, result.stderr) == (1, f"{tmp_path} cannot be written: Is a directory\n")


# --- what can be wrong ---------------------------------------------------------------------------------


def test_all_missing_and_malformed_settings_are_told_at_once(okra: Cli) -> None:
    del okra.env["SLACK_BOT_TOKEN"]
    okra.env |= {"SLACK_APP_TOKEN": "xoxb-wrong-one", "OKRA_HEARTBEAT_SECONDS": "often"}
    result = okra("run")
    assert result.exit_code == 1
    assert [line.split(" ")[0] for line in result.stderr.splitlines()[:3]] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN:",
        "OKRA_HEARTBEAT_SECONDS:",
    ]


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("tick",),
    ("import", str(SAMPLE)),
    ("import", str(SAMPLE), "--dry-run"),
    ("export",),
    ("run",),
    ("db", "upgrade"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_from_a_newer_version_is_left_untouched(prepared: Cli, command: tuple[str, ...]) -> None:
    sql(prepared, "UPDATE alembic_version SET version_num = '9999'")
    before = database_file(prepared).read_bytes()
    result = prepared(*command)
    assert result.exit_code == 1
    assert "It was written by a newer version" in result.stderr
    assert database_file(prepared).read_bytes() == before


def test_an_export_does_not_migrate_but_says_how_to(prepared: Cli) -> None:
    sql(prepared, "DELETE FROM alembic_version")
    before = database_file(prepared).read_bytes()
    result = prepared("export")
    assert result.exit_code == 1
    assert "`okra db upgrade` brings it there" in result.stderr
    assert database_file(prepared).read_bytes() == before


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[1], COMMANDS[2], ("run",)])
def test_the_token_of_another_workspace_is_refused(prepared: Cli, command: tuple[str, ...]) -> None:
    sql(prepared, "UPDATE workspaces SET slack_team_id = 'T0ANOTHER'")
    result = prepared(*command)
    assert result.exit_code == 1
    assert "keeps the OKRs of Slack workspace T0ANOTHER" in result.stderr


@pytest.mark.parametrize("command", [("tick",), ("import", str(SAMPLE))])
def test_a_slack_out_of_reach_is_told_in_a_sentence(okra: Cli, command: tuple[str, ...]) -> None:
    okra.env["SLACK_API_URL"] = "http://127.0.0.1:1/api/"
    result = okra(*command)
    assert result.exit_code == 1
    assert result.stderr.startswith("Slack could not be asked: Slack cannot be reached")


@pytest.mark.parametrize("command", [("tick",), ("run",)])
def test_a_wrong_bot_token_is_told_in_a_sentence(okra: Cli, command: tuple[str, ...]) -> None:
    okra.env["SLACK_BOT_TOKEN"] = "xoxb-nobody-knows-it"
    result = okra(*command)
    assert result.exit_code == 1
    assert result.stderr.startswith("Slack refuses: invalid_auth\n")


def test_a_wrong_app_token_is_told_and_nothing_keeps_running(okra: Cli) -> None:
    okra.env["SLACK_APP_TOKEN"] = "xapp-nobody-knows-it"
    before = threading.active_count()
    result = okra("run")
    assert result.exit_code == 1
    assert "Slack refuses: invalid_auth\n" in result.stderr
    assert "nobody-knows-it" not in result.stderr
    assert [one.name for one in threading.enumerate() if one.name.startswith(("sender", "inbox"))] == []
    assert threading.active_count() <= before + 30


def test_a_directory_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    with PracticeSlack(scopes=["chat:write"]) as slack:
        result = cli_for(tmp_path, slack).imports(SAMPLE)
    assert result.exit_code == 1
    assert "missing_scope" in result.stderr


@pytest.mark.parametrize("command", [("export",), ("db", "upgrade"), ("tick",)])
def test_a_database_out_of_reach_is_told_without_its_password(okra: Cli, command: tuple[str, ...]) -> None:
    okra.env["DATABASE_URL"] = "postgresql://okra:sesame-street@127.0.0.1:1/okra"
    result = okra(*command)
    assert result.exit_code == 1
    assert result.stderr.startswith("The database cannot be used: ")
    assert "sesame-street" not in result.output


def test_a_file_that_is_no_database_is_told(okra: Cli) -> None:
    database_file(okra).parent.mkdir()
    database_file(okra).write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    result = okra("export")
    assert (result.exit_code, result.stderr) == (
        1,
        "The database cannot be used: file is not a database\n",
    )


def test_a_data_folder_that_cannot_be_made_is_told(okra: Cli, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands in the way", encoding="utf-8")
    result = okra("db", "upgrade")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        f"The database cannot be used: the folder {tmp_path / 'data'} cannot be made"
    )


def test_nothing_is_exported_where_there_is_nothing(okra: Cli) -> None:
    result = okra("export")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"There is no database yet at {database_file(okra)}.")
    assert not database_file(okra).parent.exists()


def test_the_database_can_be_made_by_itself(okra: Cli) -> None:
    assert okra("db", "upgrade").output.startswith("The database is at revision ")
    assert okra("export").exit_code == 0


# --- run -----------------------------------------------------------------------------------------------


def test_run_waits_for_slack_beats_and_ends_well_when_it_is_told_to_stop(
    prepared: Cli, slack: PracticeSlack
) -> None:
    folder = Path(prepared.env["OKRA_DATA_DIR"])
    slack.set_faults(first_time_away("auth.test"))
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop_once_it_beats() -> None:
        slack.wait_for(lambda: slack.connections and pulse.age(folder) is not None, 20)
        os.kill(os.getpid(), signal.SIGTERM)

    watcher = threading.Thread(target=stop_once_it_beats)
    watcher.start()
    try:
        result = prepared("run")
    finally:
        watcher.join()
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert result.exit_code == 0, result.output
    lines = [
        line.split("] ")[1].strip()
        for line in result.stderr.splitlines()
        if "okra" in line or "Slack" in line
    ]
    assert [line.split("  ")[0] for line in lines][:4] == [
        "Slack does not answer yet",
        "connected to Slack",
        "okra is running",
        "okra is stopping",
    ]
    assert prepared("healthy").exit_code == 0


def first_time_away(away: str) -> Callable[[str, dict[str, object]], Fault | None]:
    calls = iter([Fault(perform=False, body={}, status=503)])
    return lambda method, _arguments: next(calls, None) if method == away else None


def test_a_heartbeat_that_cannot_be_written_down_does_not_stop_the_work(
    prepared: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder", encoding="utf-8")
    database = f"sqlite:///{database_file(prepared)}"
    for name, value in (prepared.env | {"DATABASE_URL": database, "OKRA_DATA_DIR": str(in_the_way)}).items():
        monkeypatch.setenv(name, value)
    settings = load(RunSettings, None)
    with closing(Okra(settings)) as okra:
        Running(okra, settings)._beat()
    assert "the heartbeat cannot be written down" in capsys.readouterr().err


def test_run_is_over_within_ten_seconds_of_sigterm(prepared: Cli, slack: PracticeSlack) -> None:
    process = prepared.process("run")
    try:
        assert slack.wait_for_bot(20)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=10)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, log
    assert "okra is stopping" in log
    assert slack.bot_token not in log


@contextmanager
def at_work(okra: Cli) -> Iterator["subprocess.Popen[str]"]:
    """`okra run`, told to stop in the end: it has ten seconds for that."""
    process = okra.process("run")
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0


def logged(process: "subprocess.Popen[str]", words: str) -> None:
    """Reads its log until it says so."""
    assert process.stderr is not None
    assert any(words in line for line in process.stderr), words


@pytest.mark.parametrize("hanging", ["auth.test", "apps.connections.open"])
def test_run_can_be_stopped_while_it_waits_for_an_answer_of_slack(
    prepared: Cli, slack: PracticeSlack, hanging: str
) -> None:
    slack.set_faults(lambda method, _arguments: Fault(delay=600) if method == hanging else None)
    before = len(slack.records)
    with at_work(prepared):
        assert slack.wait_for(lambda: hanging in {one.get("method") for one in slack.records[before:]}, 20)


def test_run_goes_on_trying_while_slack_lets_nobody_connect_and_when_it_is_away(
    prepared: Cli, slack: PracticeSlack
) -> None:
    slack.refuse_connections(600)
    with at_work(prepared) as process:
        logged(process, "Slack does not let us connect")
        slack.refuse_connections(0)
        logged(process, "okra is running")
        slack.go_away()
        logged(process, "Slack does not let us connect")


def test_a_second_run_on_sqlite_is_refused_and_the_other_commands_work(
    prepared: Cli, slack: PracticeSlack
) -> None:
    first = open_database(f"sqlite:///{database_file(prepared)}")
    with closing(first), the_only_one(first):
        second = prepared.process("run")
        try:
            _, said = second.communicate(timeout=10)
        finally:
            second.kill()
            second.communicate()
        assert (second.returncode, "Another `okra run` is at work" in said) == (1, True)
        assert slack.connections == 0
        assert prepared("tick").exit_code == 0
        assert prepared("doctor").exit_code == 0
    with closing(open_database("sqlite://")) as memory, the_only_one(memory), the_only_one(memory):
        assert memory.is_sqlite


def test_a_second_run_does_not_bring_the_database_up_to_date_under_the_first(prepared: Cli) -> None:
    sql(prepared, "UPDATE alembic_version SET version_num = 'of a newer Okra'")
    first = open_database(f"sqlite:///{database_file(prepared)}")
    with closing(first), the_only_one(first):
        second = prepared("run")
    assert (second.exit_code, "Another `okra run` is at work" in second.stderr) == (1, True)


def test_a_folder_that_cannot_be_written_is_told_by_run(prepared: Cli) -> None:
    Path(f"{database_file(prepared)}-running").mkdir()
    result = prepared("run")
    assert (result.exit_code, "The database cannot be used: " in result.stderr) == (1, True)


def test_run_can_be_stopped_while_slack_does_not_answer(prepared: Cli) -> None:
    prepared.env["SLACK_API_URL"] = "http://127.0.0.1:1/api/"
    process = prepared.process("run")
    assert process.stderr is not None
    try:
        assert "Slack does not answer yet" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0


def test_healthy_means_that_the_last_heartbeat_is_not_long_ago(okra: Cli) -> None:
    folder = Path(okra.env["OKRA_DATA_DIR"])
    assert okra("healthy").exit_code == 1
    pulse.leave(folder)
    assert okra("healthy").exit_code == 0
    long_ago = (folder / "heartbeat").stat().st_mtime - 3 * 30 - 60
    os.utime(folder / "heartbeat", (long_ago, long_ago))
    result = okra("healthy")
    assert (result.exit_code, result.stderr) == (1, "`okra run` has left no heartbeat lately.\n")
