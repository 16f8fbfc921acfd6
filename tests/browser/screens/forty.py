"""A team of 40, with names of many lengths and scripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator

from bot.demo.world import World
from tests.browser.screens.companies import company, goes_to, says, week
from tests.browser.screens.screen import WITH_THREAD_WIDTH, Eyes, Screen, Theme

GIVEN = ("Ana", "Ben", "Chloé", "Dmitri", "Eszter", "Finn", "Gülay", "Henrik", "Ines", "Jörg")
FAMILY = ("Alves", "Brown", "Çelik")
PEOPLE = (
    *("王小明", "陈静怡", "李娜", "欧阳修远"),
    *("أمينة الزهراء", "محمد بن عبد العزيز آل سعود", "ليلى حداد"),
    "Maximiliane Freifrau von Hohenstein-Wallersleben zu Oettingen",
    "Wolfeschlegelsteinhausenbergerdorff",
    "José María de la Santísima Trinidad Fernández Rodríguez",
    *(f"{given} {family}" for family in FAMILY for given in GIVEN),
)
OBJECTIVES = (
    "Every parcel on its way the same day",
    "仓库零差错",
    "Customers who write to us hear back",
    "رضا العملاء",
)
MEASURES = (
    "Parcels sent the same day",
    "Orders without a mistake",
    "Letters answered within a day",
    "Returns",
)
CHANNEL = "#shipping"


@contextmanager
def shipping() -> Iterator[World]:
    """Everybody owns one key result, in one of four objectives."""
    objectives: list[dict[str, Any]] = [
        {"title": title, "owner": PEOPLE[number].lower(), "kind": "committed", "key_results": []}
        for number, title in enumerate(OBJECTIVES)
    ]
    for number, name in enumerate(PEOPLE):
        title = f"{MEASURES[number % 4]}, hall {number // 4 + 1}"
        objectives[number % 4]["key_results"].append(
            {
                "title": title,
                "owner": name.lower(),
                "start": 0,
                "target": 100,
                "unit": "%",
                "current": 48 + number % 9,
            }
        )
    outline = {
        "workspace": {"timezone": "Asia/Shanghai"},
        "cycle": {"name": "2026 Q4", "starts": "2026-10-01", "ends": "2026-12-31"},
        "teams": [
            {
                "name": "Shipping and Returns",
                "channel": CHANNEL,
                "leads": [PEOPLE[0].lower()],
                "members": [name.lower() for name in PEOPLE[1:]],
                "objectives": objectives,
            }
        ],
    }
    with company("Parcels", PEOPLE, outline) as world:
        yield world


def _words(number: int) -> str:
    """What somebody answers; every fifth is far behind and says why, every seventh plans something."""
    if number % 5 == 0:
        return f"{14 + number % 7}% confidence 3, the new sorter stands still whenever hall {number // 4 + 1} is full"
    plans = "; next: two more people on Mondays" if number % 7 == 0 else ""
    return f"{52 + number % 11}% confidence {6 + number % 4}{plans}"


def _digest(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 10))
    for number, name in enumerate(PEOPLE):
        if number % 6 != 2:
            says(eyes.world, name, _words(number))
    goes_to(eyes.world, week(8, 16, 30))
    return eyes.message(PEOPLE[0], eyes.world.from_okra(PEOPLE[0], CHANNEL)[-1])


def _thread(eyes: Eyes) -> Locator:
    root = eyes.world.from_okra(PEOPLE[0], CHANNEL)[-1]
    return eyes.thread(PEOPLE[0], root).get_by_role("log")


def _team(eyes: Eyes) -> Locator:
    lead = eyes.world.people[PEOPLE[0]]
    lead.command("/okr", "team", channel=CHANNEL)
    eyes.world.rest()
    return eyes.message(PEOPLE[0], lead.messages(CHANNEL)[-1])


THEME = Theme(
    "A team of 40",
    shipping,
    (
        Screen("digest-forty", "The digest of a team of 40.", _digest),
        Screen("digest-forty-thread", "What does not fit stands in its thread.", _thread, WITH_THREAD_WIDTH),
        Screen("command-team-forty", "/okr team.", _team),
    ),
)
