"""Settings: from the environment and .env, all mistakes at once, secrets never shown."""

from pathlib import Path

import pytest

from bot.config import SLACK_API, BadSettings, RunSettings, Settings, SlackSettings, load

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_APP_TOKEN": "xapp-1-b"}


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def problems(kind: type[Settings], env_file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as caught:
        load(kind, env_file)
    return caught.value.problems


def test_with_nothing_said_there_are_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, XDG_DATA_HOME=str(tmp_path))
    settings = load(Settings, None)
    assert settings.slack_api_url == SLACK_API
    assert settings.database == f"sqlite:///{settings.okra_data_dir / 'okra.db'}"
    assert settings.okra_data_dir.name == "okra"


def test_a_file_is_read_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=xoxb-from-file\nSLACK_APP_TOKEN=xapp-from-file\nUNKNOWN=1\n", "utf-8")
    given(monkeypatch, SLACK_APP_TOKEN="  xapp-from-environment ")
    settings = load(RunSettings, file)
    assert (settings.slack_bot_token, settings.slack_app_token) == ("xoxb-from-file", "xapp-from-environment")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1", "begins with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "begins with xapp-"),
        ("SLACK_API_URL", "slack.com/api", "has to begin with https://"),
        ("DATABASE_URL", "mysql://a@b/c", "PostgreSQL or SQLite"),
        ("DATABASE_URL", "okra.db", "has to look like postgresql://"),
        ("OKRA_HEARTBEAT_SECONDS", "0", "it has to be 1 or more"),
        ("OKRA_HEARTBEAT_SECONDS", "4000", "it has to be 3600 or less"),
        ("OKRA_HEARTBEAT_SECONDS", "soon", "it has to be a number"),
        ("OKRA_LOG_FORMAT", "xml", "it has to be text or json"),
        ("OKRA_LISTENER_THREADS", "0", "it has to be 1 or more"),
        ("OKRA_SENDER_THREADS", "many", "it has to be a whole number"),
        ("OKRA_SENDER_THREADS", "1.5", "it has to be a whole number"),
        ("OKRA_SENDER_THREADS", "9" * 5000, "it has to be a whole number"),
    ],
)
def test_a_malformed_setting_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    given(monkeypatch, **(TOKENS | {name: value}))
    (problem,) = problems(RunSettings)
    assert problem.startswith(f"{name}: ")
    assert said in problem
    assert f" {value}" not in problem


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SLACK_API_URL="ftp://x", OKRA_LOG_FORMAT="xml", SLACK_APP_TOKEN="")
    assert [one.split(" ")[0].rstrip(":") for one in problems(RunSettings)] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "OKRA_LOG_FORMAT",
    ]


def test_a_missing_token_comes_with_where_to_get_it() -> None:
    (problem,) = problems(SlackSettings)
    assert problem.startswith("SLACK_BOT_TOKEN is missing. Slack shows it")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")
    assert problems(Settings, file) == (f"{file} is not a text file in UTF-8.",)


@pytest.mark.parametrize(
    "url", ["sqlite:///okra.db", "sqlite://", "postgresql://a:b@c/d", "postgresql+psycopg://c/d"]
)
def test_both_databases_are_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    given(monkeypatch, DATABASE_URL=url)
    assert load(Settings, None).database == url


def test_a_home_folder_may_be_written_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given(monkeypatch, HOME=str(tmp_path), OKRA_DATA_DIR="~/okra")
    assert load(Settings, None).okra_data_dir == tmp_path / "okra"


def test_secrets_are_not_in_what_is_shown_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = TOKENS | {"SLACK_SIGNING_SECRET": "5e1f", "DATABASE_URL": "postgresql://a:sesame@c/d"}
    given(monkeypatch, **secrets)
    settings = load(RunSettings, None)
    assert [one for one in ("xoxb", "xapp", "5e1f", "sesame") if one in repr(settings)] == []
    assert settings.secrets == ("xoxb-1-a", "xapp-1-b", "5e1f")
