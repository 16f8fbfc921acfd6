"""What crosses is kept, in order, without secrets."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.practice import PracticeSlack
from bot.practice.recorder import HIDDEN, Recorder, redact
from tests.practice.conftest import FRIDAY


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def noon() -> datetime:
    return datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"token": "anything", "text": "x"}, {"token": HIDDEN, "text": "x"}),
        (["xoxb-1-2-abc", ("xapp-1-A-b",)], [HIDDEN, [HIDDEN]]),
        ("ws://h/link/?ticket=abc&app_id=A1", f"ws://h/link/?ticket={HIDDEN}&app_id=A1"),
        ("http://h:1/response/ABC", f"http://h:1/response/{HIDDEN}"),
        ("http://h:1/upload/v1/ABC", f"http://h:1/upload/v1/{HIDDEN}"),
        (7, 7),
    ],
)
def test_secrets_are_blanked(value: Any, expected: Any) -> None:
    assert redact(value) == expected


def test_a_line_waits_for_those_before_it(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    recorder = Recorder(noon, path)
    first = recorder.begin("to_bot", {"n": 1}, type="events_api")
    second = recorder.begin("to_slack", {"n": 2}, method="auth.test")
    recorder.finish(second, {"ok": True})
    assert lines(path) == []
    recorder.finish(first, None, acked=True)
    assert [line["payload"]["n"] for line in lines(path)] == [1, 2]
    recorder.begin("to_slack", {"n": 3}, method="auth.test")
    recorder.close()
    assert lines(path)[2]["response"] is None


def test_everything_that_crosses_is_one_line_with_its_response(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    with PracticeSlack(clock=lambda: FRIDAY, record=path) as slack:
        web = WebClient(slack.bot_token, base_url=slack.url)
        channel = slack.add_channel("okrs")
        web.chat_postMessage(channel=channel, text="Grüße, 团队")
        assert slack.records == lines(path)
        secrets = (slack.bot_token, slack.app_token)
        web.apps_connections_open(app_token=slack.app_token)
    record = lines(path)[0]
    assert set(record) == {"at", "direction", "method", "payload", "response"}
    assert record["at"] == FRIDAY.isoformat()
    assert (record["direction"], record["method"]) == ("to_slack", "chat.postMessage")
    assert record["payload"] == {"channel": channel, "text": "Grüße, 团队"}
    assert record["response"]["ok"] is True
    assert not any(secret in path.read_text(encoding="utf-8") for secret in secrets)


def test_only_the_newest_records_are_kept_in_memory_and_all_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    recorder = Recorder(noon, path, keep=2)
    first = recorder.begin("to_bot", {"n": 0}, type="events_api")
    for number in range(1, 5):
        recorder.finish(recorder.begin("to_slack", {"n": number}, method="auth.test"), {"ok": True})
    assert [record["payload"]["n"] for record in recorder.records] == [0, 1, 2, 3, 4]  # one is still open
    assert recorder.since(0) == ([], 0)
    recorder.finish(first, None, acked=True)
    assert [record["payload"]["n"] for record in recorder.records] == [3, 4]
    records, following = recorder.since(0)
    assert ([record["payload"]["n"] for record in records], following) == ([3, 4], 5)
    assert recorder.since(following) == ([], following)
    recorder.close()
    assert [line["payload"]["n"] for line in lines(path)] == [0, 1, 2, 3, 4]
