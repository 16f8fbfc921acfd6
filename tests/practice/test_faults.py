"""Calls that go wrong: what the client sees, and whether they were carried out."""

import threading
from collections import Counter
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Fault, Trouble
from bot.practice.trouble import WEB_API_KINDS, web_api_faults
from tests.practice.conftest import TeeBee
from tests.practice.wire import request

AFTER = {
    "lost_answer",
    "half_answer",
    "slow_answer",
    "slow_start",
    "500_after",
    "503_after",
    "internal_error",
    "fatal_error",
}


def only(kind: str, **more: Any) -> Trouble:
    return Trouble(1, {kind: 1.0}, methods=["chat.postMessage"], **more)


@pytest.mark.parametrize("kind", WEB_API_KINDS)
def test_every_kind_fails_and_has_posted_the_message_or_not(teebee: TeeBee, kind: str) -> None:
    web = WebClient(teebee.slack.bot_token, base_url=teebee.slack.url, retry_handlers=[], timeout=1)
    trouble = only(kind, slow_seconds=2.0)
    teebee.slack.set_faults(trouble)
    with pytest.raises((SlackApiError, URLError, OSError, HTTPException)):
        web.chat_postMessage(channel=teebee.okrs, text="Hello")
    expected = 1 if kind in AFTER else 0
    teebee.slack.wait_for(lambda: len(teebee.hannah.messages(teebee.okrs)) == expected)
    assert len(teebee.hannah.messages(teebee.okrs)) == expected
    assert trouble.counts == {kind: 1}
    assert web.auth_test()["ok"]


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        ("rate_limited", 429, "ratelimited"),
        ("internal_error", 200, "internal_error"),
        ("fatal_error", 200, "fatal_error"),
        ("500_before", 500, None),
        ("503_after", 503, None),
    ],
)
def test_an_answer_that_comes_has_a_status_and_an_error(
    teebee: TeeBee, kind: str, status: int, error: str | None
) -> None:
    teebee.slack.set_faults(only(kind, retry_after=7))
    with pytest.raises(SlackApiError) as caught:
        teebee.web.chat_postMessage(channel=teebee.okrs, text="Hello")
    response = caught.value.response
    assert response.status_code == status
    if error:
        assert response["error"] == error
    if kind == "rate_limited":
        assert response.headers["Retry-After"] == "7"


def test_a_lost_answer_is_recorded_as_lost(teebee: TeeBee) -> None:
    teebee.slack.set_faults(only("lost_answer"))
    with pytest.raises((URLError, OSError, HTTPException)):
        teebee.web.chat_postMessage(channel=teebee.okrs, text="Hello")
    record = teebee.slack.records[0]
    assert record["response"] is None
    assert record["lost"]["ts"] == teebee.hannah.messages(teebee.okrs)[0].ts


def test_a_broken_answer_is_recorded_as_its_text(teebee: TeeBee) -> None:
    teebee.slack.set_faults(only("500_before"))
    with pytest.raises(SlackApiError):
        teebee.web.chat_postMessage(channel=teebee.okrs, text="Hello")
    assert "Something went wrong" in teebee.slack.records[0]["response"]["text"]


def test_response_addresses_have_their_trouble_too(teebee: TeeBee) -> None:
    world = teebee.slack.world
    address = world.address_of_answer(world.answers.new(teebee.hannah.id, teebee.okrs))
    teebee.slack.set_faults(lambda method, _: Fault(status=500) if method == "response_url" else None)
    assert request(address, b'{"text": "Hello"}')[0] == 500
    assert [message.text for message in teebee.hannah.messages(teebee.okrs)] == ["Hello"]


def test_a_slack_that_stops_does_not_wait_for_slow_answers(teebee: TeeBee) -> None:
    teebee.slack.set_faults(lambda *_: Fault(delay=600))
    failed: list[Exception] = []

    def ask() -> None:
        try:
            teebee.web.auth_test()
        except (URLError, OSError, HTTPException) as error:
            failed.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert teebee.slack.wait_for(lambda: teebee.slack.records)
    teebee.slack.__exit__(None, None, None)
    asking.join(timeout=10)
    assert failed
    teebee.slack.__enter__()  # the fixture leaves it once more


def decisions(seed: int) -> list[str]:
    trouble = Trouble(seed, {"lost_answer": 0.2, "500_after": 0.3})
    known = {id(fault): kind for kind, fault in trouble._faults.items()}
    faults = [trouble("auth.test", {}) for _ in range(1000)]
    kinds = [known[id(fault)] if fault else "none" for fault in faults]
    assert trouble.counts == {kind: count for kind, count in Counter(kinds).items() if kind != "none"}
    return kinds


def test_chance_is_the_same_for_the_same_seed_and_keeps_to_the_weights() -> None:
    assert decisions(1) == decisions(1)
    assert decisions(1) != decisions(2)
    counts = Counter(decisions(3))
    assert 140 < counts["lost_answer"] < 260
    assert 240 < counts["500_after"] < 360
    assert set(counts) == {"none", "lost_answer", "500_after"}


def test_only_the_methods_named_are_troubled() -> None:
    trouble = only("cut_off")
    assert trouble("auth.test", {}) is None
    assert trouble("chat.postMessage", {}) == web_api_faults()["cut_off"]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"rain": 0.1}, "rain"),
        ({"cut_off": 0.6, "500_after": 0.6}, "1 at most"),
        ({"cut_off": -0.1}, "below 0"),
    ],
)
def test_weights_that_make_no_sense_are_refused(weights: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Trouble(1, weights)
