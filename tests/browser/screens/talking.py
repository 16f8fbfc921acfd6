"""Plain messages to the bot, commands, and the Home."""

from playwright.sync_api import Locator

from bot.demo.history import play_history
from bot.demo.world import CHANNEL
from bot.practice.page.scene import MESSAGES
from tests.browser.screens.companies import goes_to, says, teebee, teebee_at, week
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


def _which(eyes: Eyes) -> Locator:
    return _replied(eyes, "Hannah", "1 59%\n57\n2 1.250\nthe hotel fair is on Tuesday")


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
        Screen("receipt-which", "Words that may mean several things, each with its buttons.", _which),
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


def _looks_back(eyes: Eyes) -> Locator:
    """Jack misses week 3, is away in week 8, and in week 9 says everything that one can say."""
    play_history(eyes.world)
    eyes.world.people["Jack"].command("/okr", "away 20 Nov")
    goes_to(eyes.world, week(8, 10))
    goes_to(eyes.world, week(8, 16, 30))
    goes_to(eyes.world, week(9, 10))
    for words in (
        "1 60 confidence 8; 2 7.1; 3 41, order status only by phone; done 1; next: call the three that wait",
        "3 confidence 3, blocked: dependency, Hannah; fix: status page on Tuesday",
        "thanks Hannah for the carrier list",
        "1 62, the hotel chain has signed",
    ):
        says(eyes.world, "Jack", words)
    return _commanded(eyes, "Jack", "history", None)


def _one_back(eyes: Eyes) -> Locator:
    return _commanded(eyes, "Jack", "history 3", None)


def _picture(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    jack.tap(jack.messages()[-1], label="Picture")
    eyes.world.expect("the picture", lambda: [one for one in eyes.world.from_okra("Jack") if one.files])
    eyes.world.rest()
    return eyes.message("Jack", next(one for one in reversed(eyes.world.from_okra("Jack")) if one.files))


def _team_record(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(9, 16, 30))
    return _commanded(eyes, "Jim", "team")


def _digest_in_a_row(eyes: Eyes) -> Locator:
    said = [one for one in eyes.world.from_okra("Jim", CHANNEL) if one.only_for is None]
    return eyes.message("Jim", said[-1])


def _team_files(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].command("/okr", "export")
    eyes.world.expect("the files", lambda: [one for one in eyes.world.from_okra("Hannah") if one.files])
    eyes.world.rest()
    return eyes.message("Hannah", next(one for one in reversed(eyes.world.from_okra("Hannah")) if one.files))


BACK_THEME = Theme(
    "Looking back",
    teebee,
    (
        Screen("history", "/okr history: nine weeks, one missed, one away, one corrected.", _looks_back),
        Screen("history-one", "One key result’s.", _one_back),
        Screen("history-picture", "Its picture, in the direct messages with Okra.", _picture),
        Screen("command-team-record", "/okr team, with how it has answered over the weeks.", _team_record),
        Screen("export", "/okr export: a team’s OKRs and its check-ins as files.", _team_files),
        Screen("digest-in-a-row", "The digest says which one in a row it is.", _digest_in_a_row),
    ),
)
