"""Looking things up over several teams, sharing it, and the Home of everybody there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from playwright.sync_api import Locator

from bot.demo.world import CHANNEL, World
from bot.okr.measures import Move
from bot.okr.model import Cycle, Membership, Role, Update
from bot.storage import okr_cycles, okrs, people, teams, updates
from bot.storage.engine import Connection
from tests.browser.screens.companies import commands, company, goes_to, says, week
from tests.browser.screens.screen import Eyes, Screen, Theme

PEOPLE = ("Hannah", "Jack", "Jim", "Mei", "Omar", "Vera")
QUARTER = {"name": "2026 Q4", "starts": "2026-10-01", "ends": "2026-12-31"}
TEAMS: dict[str, list[tuple[str, str, list[tuple[str, str, float, float, str, float]]]]] = {
    "Tea Company": [
        (
            "Be the tea that restaurants trust",
            "Hannah",
            [
                ("Restaurants that reorder", "Hannah", 40, 70, "%", 58),
                ("Complaints", "Mei", 30, 10, "a month", 24),
            ],
        )
    ],
    "TeeBee": [
        (
            "Make ordering online easy for suppliers",
            "Jack",
            [
                ("Renewed online", "Jack", 30, 80, "%", 60),
                ("Satisfaction with the ordering system", "Jack", 6, 8, "pts", 7.2),
                ("Phone calls for support", "Jack", 40, 20, "a week", 39),
            ],
        )
    ],
    "Logistics": [
        (
            "Deliver as promised",
            "Mei",
            [("Deliveries on time", "Mei", 80, 98, "%", 83), ("Broken parcels", "Omar", 9, 2, "%", 4)],
        )
    ],
    "物流 · Shanghai": [("仓库零差错", "Omar", [("准时发货率", "Omar", 80, 99, "%", 92)])],
}
ABOVE = {"TeeBee": "Tea Company", "Logistics": "Tea Company", "物流 · Shanghai": "Logistics"}
MEMBERS = ("Jack", "Mei", "Omar")
LAST_QUARTER = (("Suppliers talked to", 50.0, 44.0, 8), ("Pages rewritten", 12.0, 5.0, 4))


def _outline() -> dict[str, Any]:
    def key_result(row: tuple[str, str, float, float, str, float]) -> dict[str, Any]:
        title, owner, start, target, unit, current = row
        known = {"title": title, "owner": owner.lower(), "start": start, "target": target}
        return known | {"unit": unit, "current": current}

    return {
        "workspace": {"timezone": "Asia/Shanghai"},
        "cycle": QUARTER,
        "teams": [
            {
                "name": name,
                "channel": CHANNEL,
                "leads": [objectives[0][1].lower()],
                "members": [
                    person.lower() for person in MEMBERS if person != objectives[0][1] and name in ABOVE
                ],
                "objectives": [
                    {"title": title, "owner": owner.lower(), "key_results": [key_result(one) for one in rows]}
                    for title, owner, rows in objectives
                ],
            }
            for name, objectives in TEAMS.items()
        ],
    }


@contextmanager
def tea_company() -> Iterator[World]:
    """Four teams in a tree, an observer, a newcomer, and the quarter before."""
    with company("Tea Company", PEOPLE, _outline()) as world:
        with world.okra.database.transaction() as connection:
            _place(connection)
            _observe(connection, world)
            _quarter_before(connection)
        goes_to(world, week(8, 10))
        says(world, "Jack", "3 39 confidence 3, blocked: dependency, Mei; fix: status page on Tuesday")
        yield world


def _place(connection: Connection) -> None:
    known = {one.name: one for one in teams.everything(connection)}
    for name, above in ABOVE.items():
        teams.save(connection, replace(known[name], parent_id=known[above].id))


def _observe(connection: Connection, world: World) -> None:
    """Jim reads along; Vera has nothing to do with any team."""
    jim = people.by_slack_id(connection, world.people["Jim"].id)
    assert jim is not None
    for team in teams.everything(connection):
        if team.name == "TeeBee":
            teams.set_role(connection, Membership(team.id, jim.id, Role.OBSERVER))


def _quarter_before(connection: Connection) -> None:
    (team,) = (one for one in teams.everything(connection) if one.name == "TeeBee")
    (jack,) = (one for one in people.everyone(connection) if one.name == "Jack")
    before = okr_cycles.add(connection, Cycle(0, "2026 Q3", date(2026, 7, 1), date(2026, 9, 30)))
    now = okrs.of_team(connection, team.id, [one.id for one in okr_cycles.everything(connection)])[0]
    objective = okrs.add_objective(
        connection,
        replace(now, id=0, cycle_id=before.id, title="Learn what suppliers need", owner_id=jack.id),
    )
    for title, target, value, confidence in LAST_QUARTER:
        like = replace(now.key_results[0], id=0, objective_id=objective.id, title=title, unit="")
        added = okrs.add_key_result(connection, replace(like, measure=Move(0.0, target)))
        updates.record(connection, Update(added.id, date(2026, 9, 25), value, confidence, at=week(1, 9)))
        if title == "Pages rewritten":
            okrs.drop_key_result(connection, added.id, week(1, 9))


def _asks(eyes: Eyes, name: str, words: str) -> Locator:
    return eyes.message(name, commands(eyes.world, name, words, CHANNEL))


def _offered(eyes: Eyes) -> Locator:
    return _asks(eyes, "Jack", "tema Logistics")


def _shared(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    reply = commands(eyes.world, "Jack", "at risk", CHANNEL)
    jack.tap(reply, label="Share")
    shared = eyes.world.expect(
        "the shared answer",
        lambda: [one for one in jack.messages(CHANNEL) if "Shared by" in one.text],
    )
    eyes.world.rest()
    return eyes.message("Jim", shared[-1])


def _not_shared(eyes: Eyes) -> Locator:
    slack, jack = eyes.world.slack, eyes.world.people["Jack"]
    channel = slack.add_channel("random", members=[jack.id], bot_is_member=False)
    jack.tap(commands(eyes.world, "Jack", "company", channel), label="Share")
    return eyes.newest("Jack", "I could not share that")


def _pages(eyes: Eyes) -> Locator:
    with eyes.world.okra.database.transaction() as connection:
        (objective,) = (
            one
            for one in okrs.of_cycles(connection, [one.id for one in okr_cycles.everything(connection)])
            if one.title == "Deliver as promised"
        )
        for number in range(90):
            like = objective.key_results[0]
            okrs.add_key_result(
                connection,
                replace(like, id=0, title=f"Deliveries on time, route {number + 1}", position=9 + number),
            )
    hannah = eyes.world.people["Hannah"]
    reply = commands(eyes.world, "Hannah", "team Logistics", CHANNEL)
    hannah.tap(reply, label="More")
    eyes.world.rest()
    return eyes.message("Hannah", hannah.messages(CHANNEL)[-1])


def _look(eyes: Eyes) -> Locator:
    mei = eyes.world.people["Mei"]
    mei.open_home()
    eyes.world.expect("her Home", mei.home)
    mei.tap("home", label="All teams")
    eyes.world.expect("the form", mei.view)
    return eyes.form("Mei")


def _home(eyes: Eyes, name: str) -> Locator:
    eyes.world.people[name].open_home()
    return eyes.home(name)


def _guests_home(eyes: Eyes) -> Locator:
    eyes.world.people["Omar"].change(is_restricted=True)
    eyes.world.rest()
    return _home(eyes, "Omar")


THEME = Theme(
    "Looking around, sharing, everybody’s Home",
    tea_company,
    (
        Screen("command-company", "/okr company.", lambda eyes: _asks(eyes, "Jack", "company")),
        Screen("command-at-risk", "/okr at risk.", lambda eyes: _asks(eyes, "Hannah", "at risk")),
        Screen("command-waiting", "/okr waiting.", lambda eyes: _asks(eyes, "Hannah", "waiting")),
        Screen(
            "command-last-quarter",
            "/okr last quarter.",
            lambda eyes: _asks(eyes, "Hannah", "last quarter TeeBee"),
        ),
        Screen("command-search", "/okr search.", lambda eyes: _asks(eyes, "Jim", "search delivries")),
        Screen("command-search-nothing", "Nothing found.", lambda eyes: _asks(eyes, "Jim", "search coffee")),
        Screen(
            "command-history-others",
            "Somebody else’s key result, by words.",
            lambda eyes: _asks(eyes, "Hannah", "history phone calls"),
        ),
        Screen("command-nearest", "A command typed wrongly.", _offered),
        Screen("command-shared", "What *Share* says in the channel.", _shared),
        Screen("command-not-shared", "*Share* in a channel that Okra is not in.", _not_shared),
        Screen("home-lead", "The Home of a lead.", lambda eyes: _home(eyes, "Hannah")),
        Screen("home-member", "The Home of a member.", lambda eyes: _home(eyes, "Jack")),
        Screen("home-observer", "The Home of an observer.", lambda eyes: _home(eyes, "Jim")),
        Screen(
            "home-newcomer", "The Home of somebody whom nobody has added.", lambda eyes: _home(eyes, "Vera")
        ),
        Screen("home-look", "*All teams*, beside Home.", _look),
        Screen("home-guest", "The Home of a guest.", _guests_home),
        Screen("command-pages", "The second page of a team with many key results.", _pages),
    ),
)
