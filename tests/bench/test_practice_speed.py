"""How much the practice Slack can take: calls and events a second, in a process of its own over loopback."""

import asyncio
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, WSMsgType
from slack_sdk import WebClient

from bot.practice.remote import Act, RemoteSlack, started

pytestmark = pytest.mark.bench

OWNERS = 300
CALLS = 2000
THREADS = 4
FEWEST_A_SECOND = 50  # far below what any machine does: less means that something is broken


def per_second(what: str, count: int, work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    rate = count / (time.perf_counter() - begun)
    print(f"\n{what}: {rate:,.0f} a second")  # noqa: T201  # what it is for
    return rate


def owners(slack: RemoteSlack) -> list[str]:
    return slack.add_people({"name": f"Owner {number}"} for number in range(OWNERS))


def post(slack: RemoteSlack, people: list[str]) -> None:
    """A share of the calls, over one connection that is kept."""
    place = urlsplit(slack.url)
    connection = HTTPConnection(place.netloc)
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}
    for number in range(CALLS // THREADS):
        body = json.dumps({"channel": people[number % OWNERS], "text": "Check-in", "blocks": BLOCKS})
        connection.request("POST", f"{place.path}chat.postMessage", body, headers)
        assert json.loads(connection.getresponse().read())["ok"]
    connection.close()


BLOCKS = [
    {"type": "section", "text": {"type": "plain_text", "text": f"Key result {number}: 40 to 70"}}
    for number in range(8)
] + [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Check in"}}
        ],
    }
]


def test_messages_posted() -> None:
    with started("--keep-records", "100") as slack, ThreadPoolExecutor(THREADS) as pool:
        people = owners(slack)

        def work() -> None:
            list(pool.map(lambda _: post(slack, people), range(THREADS)))

        rate = per_second("chat.postMessage, plain HTTP", CALLS, work)
        assert sum(len(each) for each in slack.conversations(blocks=False).values()) == CALLS
        assert rate > FEWEST_A_SECOND


def test_messages_posted_by_slack_sdk() -> None:
    with started("--keep-records", "100") as slack, ThreadPoolExecutor(THREADS) as pool:
        people = owners(slack)
        web = WebClient(slack.bot_token, base_url=slack.url, retry_handlers=[])

        def work() -> None:
            def one(number: int) -> None:
                web.chat_postMessage(channel=people[number % OWNERS], text="Check-in", blocks=BLOCKS)

            list(pool.map(one, range(CALLS)))

        assert per_second("chat.postMessage, slack_sdk", CALLS, work) > FEWEST_A_SECOND


async def acknowledge(slack: RemoteSlack, ready: threading.Event, stop: threading.Event) -> None:
    """A bot that acknowledges everything at once."""
    async with ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.app_token}"}
        async with session.post(f"{slack.url}apps.connections.open", headers=headers) as response:
            url = (await response.json())["url"]
        async with session.ws_connect(url) as socket:
            while not stop.is_set():
                message = await socket.receive()
                if message.type is not WSMsgType.TEXT:
                    return
                frame = json.loads(message.data)
                if "envelope_id" in frame:
                    await socket.send_str(json.dumps({"envelope_id": frame["envelope_id"]}))
                ready.set()


def test_events_delivered() -> None:
    with started("--keep-records", "100") as slack:
        people = owners(slack)
        ready, stop = threading.Event(), threading.Event()
        bot = threading.Thread(target=lambda: asyncio.run(acknowledge(slack, ready, stop)))
        bot.start()
        assert ready.wait(10)
        acts = [Act(people[number % OWNERS], "say", {"text": "55, renewals"}) for number in range(CALLS)]

        def work() -> None:
            slack.acts(acts)

        rate = per_second("events typed and acknowledged", CALLS, work)
        assert slack.settle()
        assert all(deed.taken_at for deed in slack.deeds())
        stop.set()
        slack.drop_connections()
        bot.join()
        assert rate > FEWEST_A_SECOND
