"""Searching: what is found, in which order, and by whom."""

from dataclasses import replace

import pytest

from bot.okr.overviews import Hit, HitKind
from bot.services.looking_up import searching
from bot.storage import okr_cycles, okrs
from bot.storage.engine import Database
from tests.services.company import SECRET, aim, found, keep_secret, quarter_before
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, at, move_in
from tests.services.test_lookups import make_guest


def titles(database: Database, who: str, sought: str) -> list[str]:
    return [one.title for one in searching.find(database, who, sought, at(11)).hits]


def test_objectives_key_results_people_and_teams_are_found(database: Database) -> None:
    found(move_in(database))
    assert searching.find(database, JIM, "teebee", at(11)).hits == (Hit(HitKind.TEAM, "TeeBee"),)
    assert searching.find(database, JIM, "jack", at(11)).hits == (Hit(HitKind.PERSON, "Jack", team="TeeBee"),)
    (hit,) = searching.find(database, JIM, "phone", at(11)).hits
    assert hit == Hit(HitKind.KEY_RESULT, "Phone calls", "Jack", "TeeBee", "2026 Q4")
    (hit,) = searching.find(database, JIM, "  order   online ", at(11)).hits
    assert (hit.kind, hit.title) == (HitKind.OBJECTIVE, "Make ordering online easy for suppliers")


def test_the_running_cycle_comes_before_those_that_are_over(database: Database) -> None:
    teebee = move_in(database)
    quarter_before(teebee)
    hits = searching.find(database, JIM, "suppliers", at(11)).hits
    assert [(one.cycle, one.past) for one in hits] == [
        ("2026 Q4", False),
        ("2026 Q4", False),
        ("2026 Q3", True),
    ]
    assert titles(database, JIM, "visitors") == []  # it was dropped


def test_a_letter_may_be_wrong(database: Database) -> None:
    move_in(database)
    assert titles(database, JIM, "satisfacton") == ["Satisfaction"]


def test_chinese_is_found_without_spaces(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        cycle = next(iter(okr_cycles.running(connection, FRIDAY)))
        aim(connection, (teebee.team, cycle), teebee.jack, ("茶叶", "提高茶叶续订率", (0, 1)))
    assert titles(database, JIM, "续订") == ["提高茶叶续订率"]
    assert titles(database, JIM, "茶叶") == ["茶叶", "提高茶叶续订率"]


def test_drafts_are_not_found(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        cycle = next(iter(okr_cycles.running(connection, FRIDAY)))
        okr_cycles.begin_draft(connection, teebee.team.id, cycle)
    assert titles(database, HANNAH, "phone") == []


@pytest.mark.parametrize(("who", "seen"), [(JACK, True), (HANNAH, True), (JIM, False), ("U0NOBODY01", False)])
def test_what_is_private_is_found_by_those_who_may_see_it(
    database: Database, who: str, *, seen: bool
) -> None:
    teebee = move_in(database)
    keep_secret(teebee, teebee.jack, teebee.hannah)
    assert titles(database, who, SECRET) == ([SECRET] if seen else [])
    assert titles(database, who, "quiet talks") == (["Quiet talks"] if seen else [])


def test_a_guest_finds_what_they_own_and_neither_people_nor_teams(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        first = okrs.key_results_by_ids(connection, [teebee.of(teebee.hannah)[0]]).popitem()[1]
        okrs.save_key_result(connection, replace(first, owner_id=teebee.jack.id))
    make_guest(teebee, JACK)
    assert titles(database, JACK, "phone") == ["Phone calls"]
    assert titles(database, JACK, "customers") == ["Customers who renew"]
    for not_theirs in ("Sales", "hannah", "teebee"):
        assert titles(database, JACK, not_theirs) == []


def test_a_very_long_search_is_cut(database: Database) -> None:
    move_in(database)
    assert searching.find(database, JIM, "x" * 3000, at(11)).sought == "x" * searching.SOUGHT_MOST
