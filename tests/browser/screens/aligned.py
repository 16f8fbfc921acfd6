"""What supports what: aligning by typing, the tree in words and as bars, what another team is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from playwright.sync_api import Locator

from bot.demo.world import World
from bot.okr.model import Membership, Objective, Person, Role, Supported, Team, Update
from bot.slack import ids
from bot.storage import okrs, people, teams, updates
from bot.storage.engine import Connection
from tests.browser.screens.companies import commands, goes_to, teebee_at, week
from tests.browser.screens.screen import Eyes, Screen, Theme
from tests.browser.screens.talking import SO_FAR
from tests.services.zenith import add


@contextmanager
def _zenith() -> Iterator[World]:
    """TeeBee as a team of Zenith's, beside UED."""
    with teebee_at(SO_FAR) as world:
        with world.okra.database.transaction() as connection:
            _grow(connection)
        yield world


def _grow(connection: Connection) -> None:
    (teebee,) = teams.everything(connection)
    known = {one.name: one for one in people.everyone(connection)}
    hannah, jack, jim = known["Hannah"], known["Jack"], known["Jim"]
    company = _team(connection, replace(teebee, name="Zenith 茶业"), jim)
    teams.save(connection, replace(teebee, parent_id=company.id))
    ued = _team(connection, replace(teebee, name="UED", parent_id=company.id), hannah)
    loved = add(
        connection, company, "成为人们最爱的茶 Be the tea people love", jim, "Recommend us", "Come back"
    )
    screens = add(
        connection,
        ued,
        "Screens that people understand",
        hannah,
        "Carrier data on every page",
        parent=Supported(loved.id),
    )
    add(connection, ued, "A team that people want to join", hannah, "Would join again", theme="team building")
    add(connection, teebee, "Learn to taste 60 teas apart", jack, "Teas told apart", personal=True)
    (value, *_) = okrs.of_team(connection, teebee.id, [loved.cycle_id])
    okrs.save_objective(
        connection, replace(value, parent=Supported(loved.id), serves=frozenset({screens.id}))
    )
    _said(connection, loved, jim, 61, 4)
    _said(connection, screens, hannah, 55, 8)


def _team(connection: Connection, team: Team, lead: Person) -> Team:
    added = teams.add(connection, replace(team, id=0))
    teams.set_role(connection, Membership(added.id, lead.id, Role.LEAD))
    return added


def _said(connection: Connection, home: Objective, by: Person, value: float, confidence: int) -> None:
    for one in home.key_results:
        updates.record(
            connection, Update(one.id, date(2026, 11, 13), value, confidence, by_id=by.id, at=week(7, 11))
        )


def _chooser(eyes: Eyes) -> Locator:
    return eyes.message("Hannah", commands(eyes.world, "Hannah", "align"))


def _form(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    jack.command("/okr", "align taste")
    eyes.world.expect("the form", jack.view)
    return eyes.form("Jack")


def _suggestions(eyes: Eyes) -> Locator:
    form = eyes.form("Jack")
    form.get_by_role("combobox").first.fill("tea")
    form.get_by_role("option").first.wait_for()
    return form


def _tree(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].close()
    return eyes.message("Jack", commands(eyes.world, "Jack", "tree"))


def _supporters(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    jack.tap(
        jack.messages()[-1], action_id=ids.SUPPORTERS, choice="1 成为人们最爱的茶 Be the tea people love"
    )
    eyes.world.rest()
    return eyes.newest("Jack", "Who supports")


def _picture(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    tree = next(one for one in reversed(jack.messages()) if one.text.startswith("OKR tree"))
    jack.tap(tree, action_id=ids.TREE_PICTURE)
    eyes.world.rest()
    return eyes.message("Jack", next(one for one in reversed(jack.messages()) if one.files))


def _needs_form(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    reply = commands(eyes.world, "Jack", "needs phone")
    jack.tap(reply, action_id=ids.NEEDS, choice=reply.blocks[-1]["elements"][0]["options"][0]["text"]["text"])
    eyes.world.expect("the form", jack.view)
    return eyes.form("Jack")


def _asked(eyes: Eyes) -> Locator:
    goes_to(eyes.world, week(8, 10))
    jack = eyes.world.people["Jack"]
    field = str((jack.view() or {})["blocks"][1]["block_id"])
    jack.suggest(field, "carrier")
    jack.choose(field, "Carrier data on every page")
    jack.submit()
    jack.close()
    eyes.world.rest()
    return eyes.message("Hannah", eyes.world.prompt("Hannah"))


def _confirmed(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.prompt("Hannah"), label="Confirm")
    eyes.world.rest()
    return eyes.message("Jack", eyes.world.prompt("Jack"))


def _needs(eyes: Eyes) -> Locator:
    return eyes.message("Jack", commands(eyes.world, "Jack", "needs"))


THEME = Theme(
    "What supports what",
    _zenith,
    (
        Screen("align-which", "/okr align of somebody with several objectives.", _chooser),
        Screen("align-form", "What an objective supports, and whom it serves.", _form),
        Screen("align-suggestions", "Words are typed: what fits is offered.", _suggestions),
        Screen("tree", "/okr tree: the company, its teams, their people.", _tree),
        Screen("tree-supporters", "Who supports an objective.", _supporters),
        Screen("tree-picture", "The tree as bars.", _picture),
        Screen("needs-form", "What a key result needs of another team.", _needs_form),
        Screen("prompt-counted-on", "Another team counts on the reader, in their prompt.", _asked),
        Screen("prompt-confirmed", "The asker reads what was said.", _confirmed),
        Screen("needs", "/okr needs.", _needs),
    ),
)
