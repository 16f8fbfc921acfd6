"""The page over HTTP: what it draws for whom, who may ask, and what comes over the live connection."""

import asyncio
import http.client
import json
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, WSMsgType

from bot.practice import PracticeSlack
from bot.practice.clockwork import Move
from bot.practice.page.scene import SHOWN_MOST
from tests.practice import blocks as made
from tests.practice.bolt import SmallBot, opens
from tests.practice.conftest import TeeBee, Times, settled

Json = dict[str, Any]


@dataclass
class Clock:
    """A clockwork that says what it was asked for."""

    asked: list[str] = field(default_factory=list)
    at_work: str = ""

    @property
    def moves(self) -> Sequence[Move]:
        return (Move("next", "Next thing", "To what is due next."),)

    def move(self, name: str) -> str:
        if name != "next":
            raise LookupError("There is no such move.")
        self.asked.append(name)
        return "It is later now."

    def reset(self) -> None:
        self.asked.append("reset")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(clock: Clock) -> Iterator[TeeBee]:
    times = Times()
    with PracticeSlack(
        clock=times.clock, timer=times.timer, clockwork=clock, commands=["/okr"], bot_name="Okra"
    ) as slack:
        yield settled(slack, times)


def ask(slack: PracticeSlack, path: str, method: str = "GET", body: str = "", **headers: str) -> Any:
    """(status, headers, text)"""
    where = urlsplit(slack.page_url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port or 0, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def page(here: TeeBee, place: str = "messages", query: str = "", user: str | None = None) -> str:
    status, _, text = ask(here.slack, f"/as/{user or here.hannah.id}/{place}{query}")
    assert status == 200, text
    return str(text)


def told(slack: PracticeSlack, path: str, enough: Any, act: Any = None) -> dict[str, str]:
    """The regions that have come over the live connection once `enough` holds of them; `act` is done after
    the first ones."""
    found: dict[str, str] = {}

    async def listen() -> None:
        async with ClientSession() as session, session.ws_connect(slack.page_url.rstrip("/") + path) as live:
            acting = None
            async for message in live:
                assert message.type is WSMsgType.TEXT
                found.update(message.json().get("regions", {}))
                if found and act and acting is None:
                    acting = threading.Thread(target=act)
                    acting.start()
                if found and enough(found):
                    break
            if acting:
                acting.join()

    asyncio.run(asyncio.wait_for(listen(), 10))
    return found


def test_the_address_leads_to_somebodys_messages(here: TeeBee) -> None:
    status, headers, _ = ask(here.slack, "/")
    assert (status, headers["Location"]) == (303, f"/as/{here.hannah.id}/messages")
    _, headers, _ = ask(here.slack, f"/?as={here.jim.id}")
    assert headers["Location"] == f"/as/{here.jim.id}/messages"


def test_a_workspace_with_nobody_says_so() -> None:
    with PracticeSlack() as slack:
        assert ask(slack, "/")[2] == "Nobody is here yet."


def test_everybody_sees_their_own_places_and_times(here: TeeBee) -> None:
    here.web.chat_postMessage(channel=here.jack.id, text="Hello Jack")
    hannahs, jacks = page(here), page(here, user=here.jack.id)
    assert "Hello Jack" in jacks
    assert "Hello Jack" not in hannahs
    assert "Friday 20 November, 10:00" in hannahs
    assert "<time>02:00</time>" in jacks
    assert "leads" in hannahs


@pytest.mark.parametrize("place", ["CNOWHERE", "D123"])
def test_where_a_person_is_not_there_is_no_page(here: TeeBee, place: str) -> None:
    assert ask(here.slack, f"/as/{here.hannah.id}/{place}")[0] == 404
    assert ask(here.slack, f"/as/{here.slack.bot_user_id}/messages")[0] == 404


def test_what_is_typed_is_shown_as_typed(here: TeeBee) -> None:
    here.hannah.say('<script>alert(1)</script> "quoted" & <img src=x onerror=alert(1)>')
    text = page(here)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_unread_messages_are_marked_until_they_are_seen(here: TeeBee) -> None:
    here.web.chat_postMessage(channel=here.okrs, text="News")
    assert 'class="unread"' in page(here)
    page(here, here.okrs)
    assert 'class="unread"' not in page(here)


def test_a_thread_stands_beside_its_message(here: TeeBee) -> None:
    root = here.web.chat_postMessage(channel=here.okrs, text="The digest")["ts"]
    here.web.chat_postMessage(channel=here.okrs, text="More of it", thread_ts=root)
    assert "1 reply" in page(here, here.okrs)
    assert "More of it" not in page(here, here.okrs)
    assert "More of it" in page(here, here.okrs, f"?thread={root}")


def test_only_the_newest_messages_are_drawn(here: TeeBee) -> None:
    for number in range(SHOWN_MOST + 3):
        here.hannah.say(f"message {number}.")
    text = page(here)
    assert "3 older messages are not shown" in text
    assert "message 2." not in text
    assert "message 3." in text


def test_a_picture_is_served_to_the_page(here: TeeBee) -> None:
    content = b"\x89PNG\r\n\x1a\n not really"
    here.web.files_upload_v2(
        channel=here.okrs, content=content, filename="a.png", title="Pace", alt_txt="KR1 rises"
    )
    text = page(here, here.okrs)
    address = re.search(r'src="(/picture/\w+)" alt="KR1 rises"', text)
    assert address
    status, headers, _ = ask(here.slack, address[1])
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert ask(here.slack, "/picture/F0")[0] == 404


def test_a_file_that_is_no_picture_can_be_fetched_and_only_fetched(here: TeeBee) -> None:
    dm = here.web.conversations_open(users=here.hannah.id)["channel"]["id"]
    for name, words in (("okrs.yaml", "team: TeeBee"), ("ärger.csv", "<script>,1")):
        here.web.files_upload_v2(channel=dm, content=words, filename=name, title=name)
    text = page(here)
    (yaml, csv) = re.findall(r'<a href="(/file/\w+)" download="([^"]+)">', text)
    assert (yaml[1], csv[1]) == ("okrs.yaml", "ärger.csv")
    assert "YAML, 12 Bytes" in text
    status, headers, content = ask(here.slack, csv[0])
    assert (status, headers["Content-Type"], content) == (200, "text/csv", "<script>,1")
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''%C3%A4rger.csv"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert ask(here.slack, "/file/F0")[0] == 404


def test_whoever_is_deactivated_is_not_on_the_page(here: TeeBee) -> None:
    here.jack.change(deleted=True)
    assert ask(here.slack, f"/as/{here.jack.id}/messages")[0] == 404
    assert ">Jack<" not in page(here)


def test_a_form_shows_its_errors_next_to_the_fields(here: TeeBee, bot: SmallBot) -> None:
    bot.on("command", opens(made.modal(made.field("kr1", "Where is KR1?", made.text_input()))))
    bot.on("view", lambda ack, **_: ack(response_action="errors", errors={"kr1": "That is no number."}))
    here.hannah.command("/okr")
    here.hannah.await_view()
    here.hannah.fill("kr1", "lots")
    here.hannah.submit()
    text = page(here)
    assert 'id="f-kr1-error">That is no number.' in text
    assert 'value="lots"' in text
    assert re.search(r'id="f-kr1" aria-invalid="true" aria-describedby="f-kr1-error ', text)


@pytest.fixture
def bot(here: TeeBee) -> Iterator[SmallBot]:
    bot = SmallBot(here.slack)
    bot.connect()
    assert here.slack.wait_for_bot()
    yield bot
    bot.close()


def test_the_calls_behind_a_screen_are_only_those_of_that_screen(here: TeeBee) -> None:
    here.web.chat_postMessage(channel=here.okrs, text="For everybody")
    here.web.chat_postMessage(channel=here.jack.id, text="For Jack")
    beside = page(here, here.okrs, "?calls=here")
    assert "For everybody" in beside
    assert '<span class="about">For Jack' not in beside
    assert '<span class="about">For Jack' in page(here, here.okrs, "?calls=all")
    assert "For Jack" not in page(here, here.okrs)


def test_nothing_from_elsewhere_may_run_or_be_loaded(here: TeeBee) -> None:
    _, headers, text = ask(here.slack, f"/as/{here.hannah.id}/messages")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.findall(r'(?:src|href)="(?!/|data:,|#)', text)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/as/{me}/messages"),
        ("GET", "/as/{me}/messages/live"),
        ("GET", "/static/page.js"),
        ("GET", "/picture/F1"),
        ("GET", "/file/F1"),
        ("POST", "/clock/next"),
        ("POST", "/reset"),
        ("POST", "/practice/people/{me}/say"),
    ],
)
def test_other_sites_pages_get_nothing(
    here: TeeBee, clock: Clock, method: str, path: str, headers: dict[str, str]
) -> None:
    sent = {"Content_Type": "application/json", **headers}
    assert ask(here.slack, path.format(me=here.hannah.id), method, '{"text": "Hello"}', **sent)[0] == 403
    assert clock.asked == []
    assert here.hannah.messages() == []


@pytest.mark.parametrize("path", ["/clock/next", "/reset"])
def test_a_form_of_another_site_moves_no_clock(here: TeeBee, clock: Clock, path: str) -> None:
    assert ask(here.slack, path, "POST", "{}", Content_Type="text/plain")[0] == 415
    assert clock.asked == []


def test_the_clock_moves_and_everything_begins_anew(here: TeeBee, clock: Clock) -> None:
    assert "Next thing" in page(here)
    moved = ask(here.slack, "/clock/next", "POST", "{}", Content_Type="application/json")
    assert (moved[0], json.loads(moved[2])) == (200, {"result": "It is later now."})
    unknown = ask(here.slack, "/clock/back", "POST", "{}", Content_Type="application/json")
    assert (unknown[0], json.loads(unknown[2])) == (400, {"error": "There is no such move."})
    assert ask(here.slack, "/reset", "POST", "{}", Content_Type="application/json")[0] == 200
    assert clock.asked == ["next", "reset"]


def test_without_a_clockwork_the_clock_only_shows(teebee: TeeBee) -> None:
    assert "Next thing" not in page(teebee)
    assert ask(teebee.slack, "/reset", "POST", "{}", Content_Type="application/json")[0] == 404


def test_what_changes_comes_live_and_only_that(here: TeeBee) -> None:
    path = f"/as/{here.hannah.id}/messages/live"
    first = told(here.slack, path, lambda _: True)
    assert set(first) >= {"lines", "doors", "clock", "view"}
    later: list[str] = []

    def come(regions: dict[str, str]) -> bool:
        later.append(regions["lines"])
        return "Good morning" in regions["lines"]

    told(here.slack, path, come, lambda: here.hannah.say("Good morning"))
    assert "Good morning" not in later[0]


def test_time_moving_on_is_seen_live(here: TeeBee, clock: Clock) -> None:
    def later() -> None:
        clock.at_work = "Time flies."
        here.times.now += timedelta(hours=1)

    path = f"/as/{here.hannah.id}/messages/live"
    regions = told(here.slack, path, lambda found: "11:00" in found["clock"], later)
    assert "Time flies." in regions["clock"]


def test_a_place_that_is_no_more_ends_the_live_connection(here: TeeBee) -> None:
    async def listen() -> int:
        address = f"{here.slack.page_url}as/{here.hannah.id}/CGONE/live"
        async with ClientSession() as session, session.ws_connect(address) as live:
            return len([message async for message in live])

    assert asyncio.run(asyncio.wait_for(listen(), 10)) == 1  # who it is, and nothing more


def test_a_page_left_open_does_not_hold_up_the_end(clock: Clock) -> None:
    times = Times()
    with PracticeSlack(clock=times.clock, timer=times.timer, clockwork=clock) as slack:
        here = settled(slack, times)
        where = urlsplit(slack.page_url)
        connection = http.client.HTTPConnection(where.hostname or "", where.port or 0, timeout=10)
        headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        headers["Sec-WebSocket-Key"] = "AAAAAAAAAAAAAAAAAAAAAA=="
        connection.request("GET", f"/as/{here.hannah.id}/messages/live", headers=headers)
        assert connection.sock.recv(12) == b"HTTP/1.1 101"
    connection.close()


def test_static_files_are_only_those_of_the_page(here: TeeBee) -> None:
    assert "javascript" in ask(here.slack, "/static/page.js")[1]["Content-Type"]
    assert ask(here.slack, "/static/routes.py")[0] == 404
