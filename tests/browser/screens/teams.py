"""Setting up a team in Slack, and what becomes of it when people come and go."""

from playwright.sync_api import Locator

from bot.demo.world import CHANNEL
from bot.slack import ids
from bot.slack.texts import teams as texts
from tests.browser.screens.companies import teebee_at
from tests.browser.screens.screen import Eyes, Screen, Theme
from tests.browser.screens.talking import SO_FAR

NAME = ids.field(ids.TEAM_NAME, 0)


def _form(eyes: Eyes, name: str = "Hannah", words: str = "setup") -> Locator:
    eyes.world.people[name].command("/okr", words, channel=CHANNEL)
    eyes.world.people[name].await_view()
    eyes.world.rest()
    return eyes.form(name)


def _mistakes(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.fill(NAME, "TeeBee")
    hannah.choose(ids.field(ids.TEAM_LEADS, 0), [])
    hannah.choose(ids.field(ids.MEETING_DAY, 0), "4")
    hannah.submit()
    return eyes.form("Hannah")


def _saved(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.fill(NAME, "Blends")
    hannah.choose(ids.field(ids.TEAM_LEADS, 0), [hannah.id])
    hannah.choose(ids.field(ids.MEETING_AT, 0), "17:30")
    hannah.submit()
    eyes.world.rest()
    return eyes.form("Hannah")


def _week(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].close(everything=True)
    eyes.world.okra.tick(eyes.world.okra.clock())
    eyes.world.rest()
    return eyes.newest("Hannah", "how the week looks")


def _started(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.expect_message("Hannah", "how the week looks"), label=texts.START)
    eyes.world.rest()
    posted = [one for one in hannah.messages(CHANNEL) if one.from_bot and one.only_for is None]
    return eyes.message("Hannah", posted[-1])


def _vacant(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].change(deleted=True)
    eyes.world.rest()
    return eyes.newest("Hannah", "who takes over?")


def _hand_over(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.expect_message("Hannah", "who takes over?"), label=texts.HAND_OVER)
    hannah.await_view()
    eyes.world.rest()
    return eyes.form("Hannah")


def _outside(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.close(everything=True)
    hannah.remove(eyes.world.slack.bot_user_id, CHANNEL)
    eyes.world.rest()
    return eyes.newest("Hannah", "I am not in the channel")


def _admins(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.change(is_admin=True)
    eyes.world.rest()
    hannah.command("/okr", "admins @Jim")
    eyes.world.rest()
    return eyes.message("Hannah", hannah.messages()[-1])


THEME = Theme(
    "Teams in Slack",
    lambda: teebee_at(SO_FAR),
    (
        Screen("setup-form", "/okr setup, in a team’s channel.", _form),
        Screen("setup-mistakes", "What is wrong stands beside its field.", _mistakes),
        Screen("setup-saved", "Who will be asked when, at once.", _saved),
        Screen("setup-week", "The same in a message, with the next steps.", _week),
        Screen("setup-started", "What the channel hears once a lead has started it.", _started),
        Screen("team-vacant", "Key results whose owner is gone, to their lead.", _vacant),
        Screen("team-hand-over", "One of them is handed over.", _hand_over),
        Screen("team-outside", "Okra was removed from its channel.", _outside),
        Screen("command-admins", "/okr admins, after somebody was named.", _admins),
    ),
)
