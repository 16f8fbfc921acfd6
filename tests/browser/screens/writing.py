"""Writing OKRs: the forms for objectives and key results, with the coach and with mistakes, and what changed."""

from playwright.sync_api import Locator

from bot.slack import ids
from tests.browser.screens.companies import commands, teebee_at
from tests.browser.screens.screen import Eyes, Screen, Theme
from tests.browser.screens.talking import SO_FAR

WHY = "Two hotel chains have asked for us."


def _opens(eyes: Eyes, name: str, text: str) -> None:
    actor = eyes.world.people[name]
    if actor.view():
        actor.close(everything=True)
    assert actor.command("/okr", text).ok
    eyes.world.expect("the form", actor.view)


def _says(eyes: Eyes, name: str, words: str) -> Locator:
    actor = eyes.world.people[name]
    eyes.world.expect(words, lambda: words in " ".join(actor.view_screen(width=300).split()))
    return eyes.form(name)


def _new_objective(eyes: Eyes) -> Locator:
    _opens(eyes, "Hannah", "new")
    hannah = eyes.world.people["Hannah"]
    hannah.fill("okr_title:0", "Launch 3 tea corners in hotels")
    hannah.fill("okr_theme:0", "business")
    hannah.fill("okr_reason:0", WHY)
    return _says(eyes, "Hannah", "without figures")


def _private(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.fill("okr_title:0", "Hotels come to us for their tea")
    hannah.choose("okr_private:0", ["private"])
    eyes.world.expect("the readers", lambda: "okr_readers:0" in str(hannah.view()))
    return eyes.form("Hannah")


def _empty(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.choose("okr_private:0", [])
    hannah.submit()
    return _says(eyes, "Hannah", "It has no key results yet.")


def _new_key_result(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(action_id=ids.OKR_ADD)
    eyes.world.expect("the form", lambda: "okr_measure:0" in str(hannah.view()))
    hannah.fill("okr_title:0", "Sales calls to hotels")
    hannah.fill("okr_start:0", "0")
    hannah.fill("okr_target:0", "100 calls")
    return _says(eyes, "Hannah", "Calls are what you put in.")


def _kind(eyes: Eyes, kind: str, **entered: str) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.choose("okr_measure:0", kind)
    eyes.world.expect("its fields", lambda: all(f"okr_{one}:0" in str(hannah.view()) for one in entered))
    for name, text in entered.items():
        hannah.fill(f"okr_{name}:0", text)
    eyes.world.rest()
    return eyes.form("Hannah")


def _milestone(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].fill("okr_title:0", "The hotels’ own tea card")
    return _kind(
        eyes, "milestone", steps="Taste with three chefs\nAgree on prices by 2026-11-15\nPrint it x2"
    )


def _mistakes(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    _kind(eyes, "move", start="20", target="20", checkpoints="2026-12-01: 50\n2026-11-01: 30")
    hannah.fill("okr_weight:0", "0")
    hannah.fill("okr_reason:0", WHY)
    hannah.submit()
    return eyes.form("Hannah")


def _whole(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    _kind(eyes, "move", start="0", target="20", unit="hotels", checkpoints="2026-11-01: 5")
    hannah.fill("okr_title:0", "Hotels that order")
    hannah.fill("okr_weight:0", "1")
    hannah.submit()
    return _says(eyes, "Hannah", "Hotels that order")


def _choice(eyes: Eyes) -> Locator:
    _opens(eyes, "Hannah", "edit renew")
    return eyes.form("Hannah")


def _clash(eyes: Eyes) -> Locator:
    for name in ("Jack", "Hannah"):
        _opens(eyes, name, "edit phone calls")
        eyes.world.people[name].fill("okr_reason:0", WHY)
    jack, hannah = eyes.world.people["Jack"], eyes.world.people["Hannah"]
    jack.fill("okr_title:0", "Calls about orders")
    jack.fill("okr_target:0", "10")
    jack.submit()
    hannah.fill("okr_title:0", "Phone calls that are not needed")
    hannah.submit()
    return _says(eyes, "Hannah", "Mine: Phone calls that are not needed")


def _drop(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].submit()
    _opens(eyes, "Jack", "drop calls")
    return eyes.form("Jack")


def _hand_over(eyes: Eyes) -> Locator:
    _opens(eyes, "Jack", "hand over satisfaction")
    return eyes.form("Jack")


def _changes(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].close(everything=True)
    return eyes.message("Jack", commands(eyes.world, "Jack", "changes"))


THEME = Theme(
    "Writing OKRs",
    lambda: teebee_at(SO_FAR),
    (
        Screen("writing-objective", "/okr new: the coach asks about the title.", _new_objective),
        Screen("writing-private", "A private one asks who may see it.", _private),
        Screen("writing-empty", "It is written, and has no key results yet.", _empty),
        Screen(
            "writing-move", "A key result that moves; the coach asks what comes of calls.", _new_key_result
        ),
        Screen(
            "writing-keep",
            "One that is kept within bounds.",
            lambda eyes: _kind(eyes, "within", low="95", high="99", unit="%"),
        ),
        Screen("writing-milestone", "A milestone with steps.", _milestone),
        Screen("writing-mistakes", "Mistakes stand beside their fields.", _mistakes),
        Screen("writing-overview", "The objective with its key results.", _whole),
        Screen("writing-choice", "/okr edit renew: several are called so.", _choice),
        Screen("writing-clash", "Somebody else has changed the same.", _clash),
        Screen("writing-drop", "Dropping one says what it means.", _drop),
        Screen("writing-hand-over", "Handing one over.", _hand_over),
        Screen("writing-changes", "/okr changes.", _changes),
    ),
)
