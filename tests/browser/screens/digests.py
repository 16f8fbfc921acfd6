"""Digests of a good week, a bad one, a silent one, and what a lead is told when one cannot be posted."""

import io

from playwright.sync_api import Locator
from rich.console import Console

from bot.demo.show import WIDEST, Show
from bot.demo.story import tell
from bot.demo.world import CHANNEL
from tests.browser.screens.companies import goes_to, says, teebee, teebee_at, week
from tests.browser.screens.screen import WITH_THREAD_WIDTH, Eyes, Screen, Theme

GOOD = {
    "Customers who renew": 58,
    "Self-service renewals": 27,
    "Transaction amount": 192_000,
    "Renewed online": 58,
    "Satisfaction with the ordering system": 7.2,
    "Phone calls for support": 28,
}
HOTEL_FAIR = "Who comes along to the hotel fair?"


def digest(eyes: Eyes) -> Locator:
    """The newest in the channel."""
    return eyes.message("Hannah", eyes.world.from_okra("Hannah", CHANNEL)[-1])


def thread(eyes: Eyes) -> Locator:
    found = eyes.thread("Hannah", eyes.world.from_okra("Hannah", CHANNEL)[-1])
    return found.get_by_role("log")


def _good(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 10))
    says(
        eyes.world,
        "Hannah",
        "1 60% confidence 8, three chains came back; 2 30% confidence 7; 3 198k confidence 8; next: thank them",
    )
    says(eyes.world, "Jack", "1 60% confidence 8; 2 7.3 confidence 8; 3 27 confidence 7; next: status page")
    goes_to(eyes.world, week(8, 16, 30))
    return digest(eyes)


def _bad(eyes: Eyes) -> Locator:
    tell(eyes.world, Show(Console(file=io.StringIO(), width=WIDEST), eyes.world))
    eyes.world.rest()
    return digest(eyes)


def _whole_page(eyes: Eyes) -> None:
    eyes.world.people["Hannah"].react(eyes.world.from_okra("Hannah", CHANNEL)[-1].ts, "eyes")
    eyes.opens("Hannah", eyes.world.from_okra("Hannah", CHANNEL)[-1].channel)


def _thread_beside(eyes: Eyes) -> None:
    root = eyes.world.from_okra("Hannah", CHANNEL)[-1]
    eyes.world.people["Jack"].say("Status page is on its way, Tuesday.", channel=CHANNEL, thread_ts=root.ts)
    eyes.thread("Hannah", root)


def _silent(eyes: Eyes) -> Locator:
    for number in (8, 9):
        for hour in (10, 15):
            goes_to(eyes.world, week(number, hour))
        goes_to(eyes.world, week(number, 16, 30))
    return digest(eyes)


def _trouble(eyes: Eyes) -> Locator:
    channel = eyes.world.from_okra("Hannah", CHANNEL)[-1].channel
    eyes.world.slack.change_channel(channel, archived=True)
    goes_to(eyes.world, week(10, 10))
    goes_to(eyes.world, week(10, 16, 30))
    return eyes.newest("Hannah", "needs you")


THEMES = (
    Theme(
        "A good week",
        lambda: teebee_at(GOOD),
        (
            Screen("digest-good", "Everything is on track.", _good),
            Screen("digest-good-thread", "Its thread, with the chart.", thread, WITH_THREAD_WIDTH),
        ),
    ),
    Theme(
        "A bad week, and the page",
        teebee,
        (
            Screen("digest-bad", "Two key results are far behind.", _bad),
            Screen("digest-bad-thread", "Its thread, with the chart.", thread, WITH_THREAD_WIDTH),
            Screen("page", "The practice workspace’s page.", _whole_page),
            Screen("page-thread", "A thread beside the channel.", _thread_beside),
        ),
    ),
    Theme(
        "A silent week",
        lambda: teebee_at(GOOD),
        (
            Screen("digest-silent", "Nobody has answered for two weeks.", _silent),
            Screen("notice-lead", "The digest could not be posted: a lead decides.", _trouble),
        ),
    ),
)
