"""A week with its meeting, and the Friday after it: what is decided, what waits for whom, what a lead does."""

from playwright.sync_api import Locator

from bot.demo.world import CHANNEL
from bot.slack import ids
from tests.browser.screens.companies import commands, goes_to, says, teebee_at, week
from tests.browser.screens.digests import digest
from tests.browser.screens.screen import Eyes, Screen, Theme
from tests.browser.screens.talking import SO_FAR

HANNAHS_WORDS = (
    "1 58% confidence 8; 2 12% confidence 3, few finish the page, "
    "blocked: dependency, Jack; fix: make carrier data optional; 3 186k\n"
    "next: KR2: get carrier data; call the five that lapsed"
)
JACKS_WORDS = (
    "1 64% confidence 8; 2 7.3; 3 41 confidence 3, order status only by phone, "
    "blocked: dependency, Hannah; fix: status page\n"
    "thanks Hannah for the two hotels\n"
    "next: status page by Tuesday; test the order form"
)


def _thanks(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 10))
    says(eyes.world, "Hannah", HANNAHS_WORDS)
    return eyes.message("Jack", says(eyes.world, "Jack", JACKS_WORDS))


def _thanked(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 16, 30))
    return digest(eyes)


def _decide(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.from_okra("Hannah", CHANNEL)[-1], label="Decide")
    eyes.world.expect("the form", hannah.view)
    hannah.fill("What did you agree on?", "Ask ten callers what they wanted to know")
    return eyes.form("Hannah")


def _decided(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].submit()
    eyes.world.expect_message("Hannah", "Decided: Ask ten callers", CHANNEL)
    return digest(eyes)


def _decide_again(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.from_okra("Hannah", CHANNEL)[-1], label="Decide")
    eyes.world.expect("the form", hannah.view)
    return eyes.form("Hannah")


def _changed(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].close()
    goes_to(eyes.world, week(8, 17))
    says(eyes.world, "Hannah", "3 192k confidence 7, one more order came in")
    eyes.world.expect_message("Hannah", "Changed since", CHANNEL)
    return digest(eyes)


def _last_week(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(9, 10))
    return eyes.message("Jack", eyes.world.prompt("Jack"))


def _cleared(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    jack.tap(eyes.world.prompt("Jack"), label="Cleared")
    eyes.world.rest()
    return eyes.message("Jack", jack.messages()[-1])


def _heard(eyes: Eyes) -> Locator:
    return eyes.message("Hannah", eyes.world.expect_prompt("Hannah", "has cleared the way"))


def _as_his_lead(eyes: Eyes) -> Locator:
    return eyes.message("Hannah", commands(eyes.world, "Hannah", "@Jack", CHANNEL))


def _for_another(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(hannah.messages(CHANNEL)[-1], label="Check in for Jack")
    eyes.world.expect("the form", hannah.view)
    return eyes.form("Hannah")


def _answered_by_another(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].submit()
    return eyes.message("Jack", eyes.world.expect_prompt("Jack", "answered for you"))


def _preview(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.command("/okr", "digest")
    eyes.world.expect("the preview", hannah.view)
    hannah.fill("A note from you", "Bring one idea each for the hotel fair.")
    return eyes.form("Hannah")


def _posting(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(action_id=ids.POST_NOW)
    eyes.world.expect("that it is on its way", lambda: "on its way" in hannah.view_screen(width=200))
    return eyes.form("Hannah")


def _early(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].close()
    eyes.world.expect_message("Hannah", "Bring one idea each", CHANNEL)
    return digest(eyes)


THEME = Theme(
    "The meeting, and the week after it",
    lambda: teebee_at(SO_FAR),
    (
        Screen("receipt-thanks", "Words with a blocker, actions and thanks in them.", _thanks),
        Screen("digest-thanks", "A digest with blockers and thanks.", _thanked),
        Screen("form-decide", "*Decide*: what the meeting agrees.", _decide),
        Screen("digest-decided", "It stands below its item.", _decided),
        Screen("form-decide-again", "Decisions taken before can be changed and undone.", _decide_again),
        Screen("digest-changed", "A late answer: what has changed since it was posted.", _changed),
        Screen("prompt-last-week", "Last week’s actions, and somebody waits.", _last_week),
        Screen("home-waited-for", "The Home of the same.", lambda eyes: eyes.home("Jack")),
        Screen("receipt-cleared", "*Cleared* was tapped.", _cleared),
        Screen("prompt-cleared", "Its owner finds it in their prompt.", _heard),
        Screen(
            "command-person-lead",
            "/okr @Jack, as his lead sees it.",
            _as_his_lead,
        ),
        Screen("form-for-another", "A lead checks in for him.", _for_another),
        Screen("prompt-answered-by-another", "He sees it, and can change it.", _answered_by_another),
        Screen("preview", "/okr digest: the digest beforehand, with a note.", _preview),
        Screen("preview-posted", "It is posted early.", _posting),
        Screen("digest-early", "The digest with the note at its top.", _early),
    ),
)
