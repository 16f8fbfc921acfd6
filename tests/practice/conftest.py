"""A practice Slack with the three of TeeBee, and a client of its Web API."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.practice import Actor, PracticeSlack
from tests.practice.bolt import SmallBot

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class Times:
    """A clock and a timer that move only when told to."""

    def __init__(self) -> None:
        self.now = FRIDAY
        self.seconds = 0.0

    def clock(self) -> datetime:
        return self.now

    def timer(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass(frozen=True)
class TeeBee:
    """The practice Slack, its people and its channels."""

    slack: PracticeSlack
    times: Times
    web: WebClient
    hannah: Actor
    jack: Actor
    jim: Actor
    okrs: str
    leads: str
    elsewhere: str


def settled(slack: PracticeSlack, times: Times) -> TeeBee:
    """TeeBee moves in: #okrs and the private #leads with the bot, #elsewhere without it."""
    hannah = slack.add_person("Hannah", email="hannah@teebee.example", tz="Asia/Shanghai", is_admin=True)
    jack = slack.add_person("Jack", email="jack@teebee.example", tz="Europe/London")
    jim = slack.add_person("Jim", email="jim@teebee.example")
    return TeeBee(
        slack=slack,
        times=times,
        web=WebClient(slack.bot_token, base_url=slack.url, retry_handlers=[]),
        hannah=slack.person(hannah),
        jack=slack.person(jack),
        jim=slack.person(jim),
        okrs=slack.add_channel("okrs", members=[hannah, jack]),
        leads=slack.add_channel("leads", members=[hannah], private=True),
        elsewhere=slack.add_channel("elsewhere", members=[jim], bot_is_member=False),
    )


@pytest.fixture
def teebee() -> Iterator[TeeBee]:
    """A workspace whose bot is not connected."""
    times = Times()
    with PracticeSlack(clock=times.clock, timer=times.timer) as slack:
        yield settled(slack, times)


@pytest.fixture(scope="session")
def shared() -> Iterator[tuple[TeeBee, SmallBot]]:
    """A workspace whose bot is connected, shared because Bolt takes seconds to close."""
    times = Times()
    with PracticeSlack(clock=times.clock, timer=times.timer, ack_seconds=2.0) as slack:
        teebee = settled(slack, times)
        bot = SmallBot(slack)
        bot.connect()
        assert slack.wait_for_bot()
        yield teebee, bot
        bot.close()


@pytest.fixture
def connected(shared: tuple[TeeBee, SmallBot]) -> tuple[TeeBee, SmallBot]:
    """The shared workspace, the bot's habits forgotten and no form open."""
    teebee, bot = shared
    bot.forget()
    for actor in (teebee.hannah, teebee.jack, teebee.jim):
        if actor.view():
            actor.close(everything=True)
    assert teebee.slack.settle()
    bot.heard.clear()
    return teebee, bot
