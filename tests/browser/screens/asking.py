"""The prompt in each of its states."""

from datetime import timedelta

from playwright.sync_api import Locator

from bot.practice.model import Message
from tests.browser.screens.companies import goes_to, says, teebee, week
from tests.browser.screens.screen import Eyes, Screen, Theme


def _asked(eyes: Eyes, name: str) -> list[Message]:
    """Every prompt of that person, in whatever state it is."""
    return [one for one in eyes.world.from_okra(name) if one.text.startswith("TeeBee check-in")]


def _first(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(1, 10))
    return eyes.message("Jack", eyes.world.prompt("Jack"))


def _first_of_a_lead(eyes: Eyes) -> Locator:
    return eyes.message("Hannah", eyes.world.prompt("Hannah"))


def _partly(eyes: Eyes) -> Locator:
    says(eyes.world, "Hannah", "1 43% confidence 7, two chains signed")
    return eyes.message("Hannah", eyes.world.expect_prompt("Hannah", "43 → 70 %"))


def _reminder(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(1, 15))
    return eyes.newest("Hannah", "Reminder")


def _answered(eyes: Eyes) -> Locator:
    says(eyes.world, "Hannah", "2 6% confidence 6; 3 128k confidence 3, the hotels wait")
    return eyes.message("Hannah", eyes.world.expect_prompt("Hannah"))


def _waiting(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(2, 10))
    return eyes.message("Hannah", eyes.world.prompt("Hannah"))


def _closed(eyes: Eyes) -> Locator:
    return eyes.message("Jack", _asked(eyes, "Jack")[0])


def _paused(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].command("/okr", "pause")
    eyes.world.rest()
    return eyes.message("Jack", _asked(eyes, "Jack")[-1])


def _on_leave(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(2, 17))
    until = week(3, 18) + timedelta(days=3)
    eyes.world.people["Hannah"].set_status("On leave", ":palm_tree:", int(until.timestamp()))
    goes_to(eyes.world, week(3, 10))
    return eyes.message("Hannah", eyes.world.expect_prompt("Hannah", "Slack status"))


THEME = Theme(
    "Being asked",
    teebee,
    (
        Screen("prompt-first", "The very first prompt, which says hello and who sees the answers.", _first),
        Screen("prompt-first-lead", "The same for a lead of the team.", _first_of_a_lead),
        Screen("prompt-partly", "One of three key results is answered.", _partly),
        Screen("reminder", "The one reminder: only what still waits.", _reminder),
        Screen("prompt-answered", "All of it is answered.", _answered),
        Screen("prompt-waiting", "A prompt of a later week.", _waiting),
        Screen("prompt-closed", "Nobody answered, and the next check-in has begun.", _closed),
        Screen("prompt-paused", "Jack has paused.", _paused),
        Screen("prompt-status", "Hannah's Slack status looks like leave.", _on_leave),
    ),
)
