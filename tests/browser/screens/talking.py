"""Plain messages to the bot, commands, and the Home."""

from playwright.sync_api import Locator

from bot.demo.world import CHANNEL
from bot.practice.page.scene import MESSAGES
from tests.browser.screens.companies import goes_to, says, teebee_at, week
from tests.browser.screens.screen import Eyes, Screen, Theme

SO_FAR = {
    "Customers who renew": 55,
    "Self-service renewals": 9,
    "Transaction amount": 178_000,
    "Renewed online": 60,
    "Satisfaction with the ordering system": 7.2,
    "Phone calls for support": 41,
}


def _replied(eyes: Eyes, name: str, words: str) -> Locator:
    return eyes.message(name, says(eyes.world, name, words))


def _nothing_asked(eyes: Eyes) -> Locator:
    return _replied(eyes, "Jim", "How is everybody doing?")


def _understood(eyes: Eyes) -> Locator:
    words = (
        "1 58% confidence 8, both hotels took the winter blends; 2 12% confidence 3, few finish the page; "
        "3 186k; next: call the five that lapsed"
    )
    return _replied(eyes, "Hannah", words)


def _partly(eyes: Eyes) -> Locator:
    return _replied(
        eyes, "Jack", "1 64% confidence 8\n3 about the same, or so\ncould we talk about the hotel fair?"
    )


def _not(eyes: Eyes) -> Locator:
    return _replied(eyes, "Jack", "Sorry, I am on a train and will write later")


def _commanded(eyes: Eyes, name: str, words: str, channel: str | None = CHANNEL) -> Locator:
    eyes.world.people[name].command("/okr", words, channel=channel)
    eyes.world.rest()
    return eyes.message(name, eyes.world.people[name].messages(channel)[-1])


def _home_owing(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 10))
    return eyes.home("Hannah")


def _calls(eyes: Eyes) -> None:
    eyes.opens("Hannah", MESSAGES, calls="here")


THEME = Theme(
    "Talking with Okra, commands, the Home",
    lambda: teebee_at(SO_FAR),
    (
        Screen("receipt-nothing-asked", "Words where nothing is asked.", _nothing_asked),
        Screen("home-owing", "The Home of somebody who has not answered yet.", _home_owing),
        Screen("page-calls", "The Slack calls behind the screen.", _calls),
        Screen("receipt-understood", "Words that were understood, with low confidence in one.", _understood),
        Screen("receipt-partly", "Words that were understood in part.", _partly),
        Screen("receipt-not", "Words without an answer in them.", _not),
        Screen("home-answered", "The Home of somebody who owes nothing.", lambda eyes: eyes.home("Hannah")),
        Screen("home-nobody", "The Home of somebody without key results.", lambda eyes: eyes.home("Jim")),
        Screen("command-okr", "/okr: one’s own.", lambda eyes: _commanded(eyes, "Hannah", "")),
        Screen(
            "command-person", "/okr @Hannah, as Jim sees it.", lambda eyes: _commanded(eyes, "Jim", "@Hannah")
        ),
        Screen("command-team", "/okr team.", lambda eyes: _commanded(eyes, "Jim", "team")),
        Screen(
            "command-team-unknown",
            "A team that does not exist.",
            lambda eyes: _commanded(eyes, "Jim", "team Sales"),
        ),
        Screen("command-help", "/okr help.", lambda eyes: _commanded(eyes, "Jack", "help")),
        Screen(
            "command-unknown",
            "A word that Okra does not know.",
            lambda eyes: _commanded(eyes, "Jack", "dashboard"),
        ),
        Screen("command-pause", "/okr pause.", lambda eyes: _commanded(eyes, "Jack", "pause")),
        Screen("command-resume", "/okr resume.", lambda eyes: _commanded(eyes, "Jack", "resume")),
    ),
)
