"""The log: structured, through one door, and without secrets."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.logs import HIDDEN, Redaction, set_up


@pytest.fixture(autouse=True)
def log_as_before() -> Iterator[None]:
    names = ("", "bot", "slack_sdk.web")
    before = [(logging.getLogger(name), logging.getLogger(name).level) for name in names]
    handlers = logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = handlers
    for logger, level in before:
        logger.setLevel(level)
    structlog.reset_defaults()


SECRETS = [
    pytest.param("xoxb-123-456-AbC", id="bot token"),
    pytest.param("xapp-1-A0-99-abcdef", id="app-level token"),
    pytest.param("xoxe.xoxb-1-Mi0yLTE", id="rotated token"),
    pytest.param("xoxp-12-34", id="user token"),
    pytest.param("sesame%20street", id="password of a database"),
    pytest.param("T01/222/deadbeef", id="response_url"),
    pytest.param("d4c0ffee-1", id="ticket of a connection"),
    pytest.param("5e1f-signing-secret", id="signing secret, known from the settings"),
    pytest.param('with"quotes\\and“ü', id="a secret that JSON writes differently"),
]
LINE = (
    "xoxb-123-456-AbC xapp-1-A0-99-abcdef xoxe.xoxb-1-Mi0yLTE xoxp-12-34 "
    "postgresql+psycopg://okra:sesame%20street@db/okra https://hooks.slack.com/commands/T01/222/deadbeef "
    'wss://wss.slack.com/link/?ticket=d4c0ffee-1&app_id=A1 5e1f-signing-secret with"quotes\\and“ü'
)
KNOWN = ("5e1f-signing-secret", 'with"quotes\\and“ü', None, "")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("where", ["event", "field", "nested", "exception", "library"])
def test_no_secret_is_ever_written(
    secret: str, log_format: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format, secrets=KNOWN)
    log = structlog.get_logger("bot.some")
    match where:
        case "event":
            log.warning(LINE)
        case "field":
            log.info("something", detail=LINE)
        case "nested":
            log.info("something", detail={"headers": [LINE]})
        case "exception":
            log.error("it failed", exc_info=ValueError(LINE))
        case "library":
            logging.getLogger("slack_bolt.App").error("Failed: %s", LINE)
    written = capsys.readouterr().err
    assert HIDDEN in written
    assert secret not in written
    assert json.dumps(secret)[1:-1] not in written
    assert repr(secret)[1:-1] not in written


def test_what_is_no_secret_stays() -> None:
    line = "delivery prompt:12:2026-11-20 to U0HANNAH01 at http://127.0.0.1:8000/api/ by okra@teebee.example"
    assert Redaction(["ab", *KNOWN]).hide(line) == line


def test_json_lines_can_be_read_and_carry_the_fields(capsys: pytest.CaptureFixture[str]) -> None:
    set_up("json")
    structlog.get_logger("bot.some").info("delivery", key="prompt:1", error=None)
    logging.getLogger("apscheduler.scheduler").warning("late by %s", "3 s")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["key"], ours["level"], ours["logger"]) == (
        "delivery",
        "prompt:1",
        "info",
        "bot.some",
    )
    assert "error" not in ours
    assert (theirs["event"], theirs["level"], theirs["logger"]) == (
        "late by 3 s",
        "warning",
        "apscheduler.scheduler",
    )


@pytest.mark.parametrize(
    "name", ["slack_bolt.App", "slack_sdk.socket_mode", "alembic.runtime", "apscheduler"]
)
def test_libraries_are_heard_from_warnings_on(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    logging.getLogger(name).info("usual")
    logging.getLogger(name).warning("unusual")
    written = capsys.readouterr().err
    assert "unusual" in written
    assert len(written.splitlines()) == 1


def test_a_quiet_command_tells_only_what_is_unusual(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(quiet=True)
    log = structlog.get_logger("bot.some")
    log.info("as usual")
    log.warning("not as usual")
    assert [line.split("] ")[1].split(" ")[0] for line in capsys.readouterr().err.splitlines()] == ["not"]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_tracebacks_show_neither_variables_nor_rows(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(log_format)
    typed = "my private " + "words"
    detail = f'violates "ck"\nDETAIL:  Failing row contains (1, {typed},\n{typed}).\n[SQL: INSERT INTO x]'
    error = ValueError(detail)
    error.__cause__ = RuntimeError(detail)
    structlog.get_logger("bot.some").error("it failed", exc_info=error)
    written = capsys.readouterr().err
    assert "my private" not in written.replace('"my private "', "")
    assert written.count("[SQL: INSERT INTO x]") == 2
    assert "ValueError" in written


def test_a_line_that_cannot_be_written_does_not_stop_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    set_up()
    before, logging.raiseExceptions = logging.raiseExceptions, False
    try:
        logging.getLogger("slack_bolt").warning("%d", "no number")
    finally:
        logging.raiseExceptions = before
    assert capsys.readouterr().err == ""


def test_bolt_does_not_warn_that_it_leaves_our_token_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-not-a-token")
    set_up()
    App(client=WebClient(), authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None))
    assert capsys.readouterr().err == ""
