"""Every kind of key result: to move, to keep, to be done in steps; and one that is measured every four weeks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from playwright.sync_api import Locator

from bot.demo.world import World
from bot.storage import okrs, people
from tests.browser.screens.companies import commands, company, goes_to, says, week
from tests.browser.screens.screen import Eyes, Screen, Theme

KEY_RESULTS: tuple[dict[str, Any], ...] = (
    {
        "title": "Markets whose buyers are described in layers",
        "milestone": True,
        "steps": [
            "Data at hand",
            "Layers agreed x2 by 2026-11-20",
            "Portraits of each layer x2 by 2026-12-11",
        ],
    },
    {"title": "Projects done on time", "at_least": 90, "unit": "%"},
    {
        "title": "Days from request to design",
        "start": 20,
        "target": 14,
        "checkpoints": ["2026-11-15: 18"],
        "current": 19,
    },
    {
        "title": "Repurchase in the tea market",
        "start": 12,
        "target": 15,
        "unit": "%",
        "weight": 2,
        "current": 12.5,
    },
    {"title": "The tool for research is chosen", "milestone": True},
)


@contextmanager
def ued() -> Iterator[World]:
    owned = [one | {"owner": "yan"} for one in KEY_RESULTS]
    objective = {"title": "Buyers come back", "owner": "yan", "kind": "committed", "key_results": owned}
    outline = {
        "workspace": {"timezone": "Asia/Shanghai"},
        "cycle": {"name": "2026 Q4", "starts": "2026-10-01", "ends": "2026-12-31"},
        "teams": [{"name": "UED", "channel": "#ued", "leads": ["yan"], "objectives": [objective]}],
    }
    with company("UED", ("Yan",), outline) as world:
        with world.okra.database.transaction() as connection:
            yan = people.by_slack_id(connection, world.people["Yan"].id)
            monthly = okrs.owned_by(connection, yan.id if yan else 0)[3]
            okrs.save_key_result(connection, replace(monthly, every=4))
        yield world


def _prompt(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 10))
    says(eyes.world, "Yan", "4 13.1% confidence 6")
    goes_to(eyes.world, week(9, 10))
    return eyes.message("Yan", eyes.world.prompt("Yan"))


def _form(eyes: Eyes) -> Locator:
    yan = eyes.world.people["Yan"]
    yan.tap(eyes.world.prompt("Yan"), label="Check in")
    eyes.world.expect("the form", yan.view)
    return eyes.form("Yan")


def _in_words(eyes: Eyes) -> Locator:
    yan = eyes.world.people["Yan"]
    yan.close()
    words = "1 steps 1, 2 done, confidence 7; 2 87% confidence 6, two slipped; 3 17 confidence 8; 4 confidence 6; 5 done"
    return eyes.message("Yan", says(eyes.world, "Yan", words))


def _not_in_steps(eyes: Eyes) -> Locator:
    return eyes.message("Yan", says(eyes.world, "Yan", "1 60%; 2 done"))


def _digest(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(9, 17))
    return eyes.message("Yan", eyes.world.from_okra("Yan", "#ued")[-1])


def _looked_up(eyes: Eyes) -> Locator:
    return eyes.message("Yan", commands(eyes.world, "Yan", ""))


THEME = Theme(
    "Kinds of key result",
    ued,
    (
        Screen(
            "kinds-prompt",
            "Steps, a state to keep that nobody has said yet, a way through a checkpoint, a value that is not due.",
            _prompt,
        ),
        Screen(
            "kinds-form",
            "Steps are ticked; what is measured every four weeks asks for its confidence alone.",
            _form,
        ),
        Screen("kinds-in-words", "The same in words.", _in_words),
        Screen("kinds-not-in-words", "What cannot be said of a kind says how to.", _not_in_steps),
        Screen("kinds-digest", "Outside what is to be kept stands beside the progress.", _digest),
        Screen("kinds-okr", "/okr with every kind.", _looked_up),
    ),
)
