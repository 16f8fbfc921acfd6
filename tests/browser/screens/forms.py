"""The check-in form in each of its states."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator

from bot.demo.history import choose_confidence, play_history, type_value
from bot.demo.world import World
from tests.browser.screens.companies import company, goes_to, teebee, week
from tests.browser.screens.screen import Eyes, Screen, Theme

MANY = 14
"""Two more than fit on a page of the form."""


def _opened(eyes: Eyes, name: str) -> None:
    eyes.world.people[name].tap(eyes.world.prompt(name), label="Check in")
    eyes.world.expect("the form", eyes.world.people[name].view)


def _fresh(eyes: Eyes) -> Locator:
    play_history(eyes.world)
    goes_to(eyes.world, week(8, 10))
    _opened(eyes, "Hannah")
    return eyes.form("Hannah")


def _mistakes(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.fill("Where is KR1 now?", "55%")
    hannah.fill("Where is KR2 now?", "lots")
    hannah.fill("Where is KR3 now?", "more or less the same")
    hannah.fill("What drove KR1?", "the autumn tasting brought two chains back")
    hannah.submit()
    return eyes.form("Hannah")


def _too_many(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.fill("Where is KR2 now?", "9%")
    hannah.fill("Where is KR3 now?", "178k")
    hannah.fill("What will you do next week?", "Call the five\nWrite to two\nMeet one\nThank them all")
    hannah.submit()
    return eyes.form("Hannah")


def _moved(eyes: Eyes) -> Locator:
    type_value(eyes.world, eyes.world.people["Hannah"], 1, "55%")
    return eyes.form("Hannah")


def _low(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.fill("What will you do next week?", "Call the five that lapsed")
    choose_confidence(eyes.world, hannah, 2, 3)
    hannah.choose("What is in the way of KR2?", "Dependency: waiting for somebody")
    hannah.choose("Who can clear the way for KR2?", eyes.world.people["Jack"].id)
    hannah.fill("What would fix KR2?", "make carrier data optional")
    return eyes.form("Hannah")


def _late(eyes: Eyes) -> Locator:
    """The next round has begun while the form was open."""
    goes_to(eyes.world, week(9, 10))
    eyes.world.people["Hannah"].submit()
    return eyes.form("Hannah")


def _closed(eyes: Eyes) -> Locator:
    """The Home still shows the button of a check-in that is closed."""
    hannah = eyes.world.people["Hannah"]
    hannah.close()
    hannah.open_home()
    goes_to(eyes.world, week(10, 10))
    hannah.tap("home", label="Check in")
    eyes.world.expect("the notice", hannah.view)
    return eyes.form("Hannah")


@contextmanager
def _busy_owner() -> Iterator[World]:
    titles = ("Guests who come back", "Evenings that are full", "Complaints", "Reviews with five stars")
    key_results = [
        {
            "title": f"{titles[n % 4]}, house {n // 4 + 1}",
            "owner": "mira",
            "start": 0,
            "target": 100,
            "unit": "%",
        }
        for n in range(MANY)
    ]
    objective = {
        "title": "Four houses, one kitchen",
        "owner": "mira",
        "kind": "committed",
        "key_results": key_results,
    }
    outline = {
        "workspace": {"timezone": "Asia/Shanghai"},
        "cycle": {"name": "2026 Q4", "starts": "2026-10-01", "ends": "2026-12-31"},
        "teams": [{"name": "Kitchen", "channel": "#kitchen", "leads": ["mira"], "objectives": [objective]}],
    }
    with company("Four Houses", ("Mira",), outline) as world:
        yield world


def _many_asked(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 10))
    return eyes.message("Mira", eyes.world.prompt("Mira"))


def _many(eyes: Eyes) -> Locator:
    _opened(eyes, "Mira")
    return eyes.form("Mira")


def _last_page(eyes: Eyes) -> Locator:
    mira = eyes.world.people["Mira"]
    mira.submit()
    eyes.world.expect("the last page", lambda: "page 2 of 2" in mira.view_screen())
    return eyes.form("Mira")


def _wrong_on_the_first(eyes: Eyes) -> Locator:
    mira = eyes.world.people["Mira"]
    mira.tap(label="Back")
    eyes.world.expect("the first page", lambda: "page 1 of 2" in mira.view_screen())
    mira.fill("Where is KR2 now?", "half full")
    mira.submit()
    return eyes.form("Mira")


THEME = Theme(
    "The form",
    teebee,
    (
        Screen("form-fresh", "As it opens, filled in from last time.", _fresh),
        Screen("form-moved", "What drove it is asked only where something moved.", _moved),
        Screen("form-mistakes", "Mistakes stand beside their fields; nothing typed is lost.", _mistakes),
        Screen("form-too-many-actions", "More than three actions for next week.", _too_many),
        Screen("form-low-confidence", "Low confidence brings up what is in the way.", _low),
        Screen("form-too-late", "Sent after the check-in has closed: nothing was changed.", _late),
        Screen("form-closed", "Opened after the check-in has closed.", _closed),
    ),
)
MANY_THEME = Theme(
    "Many key results",
    _busy_owner,
    (
        Screen("prompt-many", f"The prompt of somebody with {MANY} key results.", _many_asked),
        Screen("form-many", "Twelve of them stand on the first page of the form.", _many),
        Screen("form-many-last", "The last page.", _last_page),
        Screen("form-many-mistake", "A mistake on a page: the next one waits.", _wrong_on_the_first),
    ),
)
