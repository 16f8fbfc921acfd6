"""What takes one tap or one line: days away, settings, *Later*, *All unchanged*."""

from playwright.sync_api import Locator

from bot.slack import ids
from tests.browser.screens.companies import commands, goes_to, teebee_at, week
from tests.browser.screens.screen import Eyes, Screen, Theme
from tests.browser.screens.talking import SO_FAR


def _away(eyes: Eyes, words: str = "") -> Locator:
    return eyes.message("Jack", commands(eyes.world, "Jack", f"away {words}".strip()))


def _tapped(eyes: Eyes, name: str, label: str) -> Locator:
    """The form that opens for a button of the newest message."""
    actor = eyes.world.people[name]
    actor.tap(actor.messages()[-1], label=label)
    eyes.world.expect("the form", actor.view)
    return eyes.form(name)


def _ends_first(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    jack.choose(ids.FIRST_DAY, "2026-12-24")
    jack.choose(ids.LAST_DAY, "2026-12-02")
    jack.submit()
    return eyes.form("Jack")


def _noted(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].close()
    return _away(eyes, "24 Dec to 2 Jan")


def _settings(eyes: Eyes) -> Locator:
    return eyes.message("Jack", commands(eyes.world, "Jack", "settings"))


def _settings_refused(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    jack.choose(ids.OWN_PROMPT, "16:00")
    jack.fill(ids.REGION, "DE-XY")
    jack.submit()
    return eyes.form("Jack")


def _later(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].close()
    goes_to(eyes.world, week(8, 10))
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.prompt("Hannah"), action_id=ids.LATER, choice="In an hour")
    return eyes.message("Hannah", eyes.world.expect_prompt("Hannah", "I come back"))


def _unchanged(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].tap(eyes.world.prompt("Jack"), label="All unchanged")
    return eyes.message("Jack", eyes.world.expect_prompt("Jack"))


def _gone(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.prompt("Hannah"), label="Away")
    eyes.world.expect("the form", hannah.view)
    hannah.choose(ids.LAST_DAY, "2026-11-24")
    hannah.submit()
    return eyes.message("Hannah", eyes.world.expect_message("Hannah", "You are away"))


THEME = Theme(
    "Days away, settings, and one tap",
    lambda: teebee_at(SO_FAR),
    (
        Screen("away-none", "/okr away of somebody who is here all the time.", _away),
        Screen("away-form", "The form for days away.", lambda eyes: _tapped(eyes, "Jack", "Add days away")),
        Screen("away-form-refused", "The last day comes before the first.", _ends_first),
        Screen("away-noted", "/okr away 24 Dec to 2 Jan.", _noted),
        Screen("away-coming", "/okr away of somebody who has days to come.", _away),
        Screen("away-refused", "/okr away 31 Feb.", lambda eyes: _away(eyes, "31 Feb")),
        Screen("away-which", "/okr away 3/4: two days could be meant.", lambda eyes: _away(eyes, "3/4")),
        Screen("settings", "/okr settings.", _settings),
        Screen("settings-form", "The form for them.", lambda eyes: _tapped(eyes, "Jack", "Change")),
        Screen(
            "settings-form-refused", "Too late an hour, and a region that is not there.", _settings_refused
        ),
        Screen("prompt-later", "*Later* is chosen: it can be taken back.", _later),
        Screen("prompt-unchanged", "*All unchanged* was tapped.", _unchanged),
        Screen("prompt-away", "*Away* is chosen: it can be taken back, too.", _gone),
    ),
)
