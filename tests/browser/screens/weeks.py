"""Some weeks of the same: what is asked and told only after a while."""

from playwright.sync_api import Locator

from tests.browser.screens.companies import goes_to, says, teebee_at, week
from tests.browser.screens.screen import Eyes, Screen, Theme
from tests.browser.screens.talking import SO_FAR

# One action of each week is for KR1 and gets done; the others belong to none and are left open.
NEXT = "next:\nKR1: call five that lapsed\nwrite to the hotels\ntidy the cellar"
THEN = "next:\nKR1: call five more"


def _plays(eyes: Eyes, number: int, words: str) -> None:
    """A week in which Hannah says that, and Jack nothing."""
    goes_to(eyes.world, week(number, 10))
    says(eyes.world, "Hannah", words)
    goes_to(eyes.world, week(number, 16, 30))


def _missed(eyes: Eyes) -> Locator:
    _plays(eyes, 8, f"same\n{NEXT}")
    _plays(eyes, 9, f"same\ndone 1\n{THEN}\nprint labels\norder boxes")
    goes_to(eyes.world, week(10, 10))
    told = [one for one in eyes.world.from_okra("Hannah") if "missed two check-ins" in one.text]
    return eyes.message("Hannah", told[-1])


def _nothing_moves(eyes: Eyes) -> Locator:
    words = f"same\ndone 3, drop 4 5\n{THEN}\nclean the windows\npaint the door"
    return eyes.message("Hannah", says(eyes.world, "Hannah", words))


def _other_work(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(10, 16, 30))
    goes_to(eyes.world, week(11, 10))
    return eyes.message("Hannah", eyes.world.prompt("Hannah"))


def _keep_or_drop(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.prompt("Hannah"), label="Check in")
    eyes.world.expect("the form", hannah.view)
    return eyes.form("Hannah")


def _right_work(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].close()
    says(eyes.world, "Hannah", f"same\ndone 3, drop 1 2 4 5\n{THEN}")
    goes_to(eyes.world, week(12, 10))
    return eyes.message("Hannah", eyes.world.prompt("Hannah"))


THEME = Theme(
    "Week after week",
    lambda: teebee_at(SO_FAR),
    (
        Screen("notice-missed", "A lead hears of two missed check-ins in a row.", _missed),
        Screen("receipt-nothing-moves", "Nothing has moved for weeks: what would move it?", _nothing_moves),
        Screen(
            "prompt-other-work",
            "Most actions belong to no key result: a lead is asked whether the OKRs should change.",
            _other_work,
        ),
        Screen(
            "form-keep-or-drop", "Actions that would be carried a third time: keep or drop?", _keep_or_drop
        ),
        Screen(
            "prompt-right-work",
            "Actions get done, and the number stays: is this the right work?",
            _right_work,
        ),
    ),
)
