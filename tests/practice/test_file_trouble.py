"""Uploads that go wrong, and how fast they may follow each other."""

import socket
import struct
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.practice import Rates, Trouble
from bot.practice.trouble import WEB_API_KINDS
from tests.practice.conftest import TeeBee
from tests.practice.uploads import PNG, RAW, asked, completed, sent
from tests.practice.wire import request

STEPS = ["files.getUploadURLExternal", "upload_url", "files.completeUploadExternal"]
FAILURES = (SlackApiError, SlackRequestError, HTTPError, URLError, OSError, HTTPException)


def upload(teebee: TeeBee) -> None:
    teebee.web.files_upload_v2(channel=teebee.okrs, filename="a.png", content=PNG)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("kind", ["500_before", "cut_off", "rate_limited"])
def test_any_step_can_fail_and_then_nothing_is_shared(teebee: TeeBee, step: str, kind: str) -> None:
    teebee.slack.set_faults(Trouble(1, {kind: 1.0}, methods=[step]))
    with pytest.raises(FAILURES):
        upload(teebee)
    assert teebee.hannah.messages(teebee.okrs) == []
    teebee.slack.set_faults(None)
    upload(teebee)
    assert len(teebee.hannah.messages(teebee.okrs)) == 1


def test_an_upload_whose_answer_is_lost_has_arrived(teebee: TeeBee) -> None:
    url, file_id = asked(teebee)
    teebee.slack.set_faults(Trouble(1, {"lost_answer": 1.0}, methods=["upload_url"]))
    with pytest.raises((OSError, HTTPException)):
        request(url, PNG, **RAW)
    assert teebee.slack.records[-1]["lost"] == {"ok": True}
    teebee.slack.set_faults(None)
    assert request(url, PNG, **RAW) == (404, "used_url")
    assert completed(teebee, file_id)["ok"]


def test_every_kind_of_trouble_comes_to_the_upload_address(teebee: TeeBee) -> None:
    for kind in set(WEB_API_KINDS) - {"internal_error", "fatal_error"}:  # these come with status 200
        url, _ = asked(teebee)
        teebee.slack.set_faults(Trouble(1, {kind: 1.0}, methods=["upload_url"], slow_seconds=0.0))
        try:
            answer = request(url, PNG, **RAW)
        except (OSError, HTTPException):
            continue
        finally:
            teebee.slack.set_faults(None)
        assert answer[0] >= 429 or kind.startswith("slow")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_rate(teebee: TeeBee, step: str) -> None:
    rates = Rates(per_minute={step: 1}, timer=teebee.times.timer)
    teebee.slack.set_rates(rates)
    upload(teebee)
    with pytest.raises(FAILURES):
        upload(teebee)
    assert rates.refused == {step: 1}
    assert len(teebee.hannah.messages(teebee.okrs)) == 1


def test_nobody_uploads_to_a_slack_that_is_away(teebee: TeeBee) -> None:
    url, _ = asked(teebee)
    there = completed(teebee, sent(teebee))["files"][0]["url_private"]
    control = urlsplit(teebee.slack.control_url).netloc
    teebee.slack.go_away()
    for place, body in ((url, PNG), (there, None)):
        with pytest.raises((OSError, HTTPException)):
            request(place.replace(urlsplit(place).netloc, control), body, **RAW)


def test_an_upload_that_is_cut_off_can_be_sent_again(
    teebee: TeeBee, caplog: pytest.LogCaptureFixture
) -> None:
    url, _ = asked(teebee)
    place = urlsplit(url)
    connection = socket.create_connection((place.hostname or "", place.port or 0), timeout=5)
    head = f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {len(PNG)}\r\n\r\n"
    connection.sendall(head.encode() + PNG[:5])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close with a reset
    connection.close()
    assert request(url, PNG, **RAW)[0] == 200
    assert not caplog.records
