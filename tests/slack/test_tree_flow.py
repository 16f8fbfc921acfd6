"""The tree: from the company's objectives down, by pages, by team, and as a picture."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from bot.okr.model import Profile, Update
from bot.practice import Fault, Message
from bot.slack import ids
from bot.slack import texts as every_text
from bot.slack.texts import alignment as texts
from bot.storage import people as kept_people
from bot.storage import teams, updates
from tests.services.teebee import JIM, at
from tests.services.zenith import Zenith, zenith
from tests.slack.friday import Friday, quiet
from tests.slack.samples import words_of
from tests.slack.test_command import okr

ISLAND = "0 % of 55 %, no update yet · supports nothing yet 🏝"
UPLOADED = "files.completeUploadExternal"


def grown(friday: Friday) -> Zenith:
    """Half of the way at UED; TeeBee supports nothing."""
    company = zenith(friday.move_in())
    kr = company.screens.key_results[0]
    with company.database.transaction() as connection:
        updates.record(connection, Update(kr.id, date(2026, 11, 19), 52, 7, at=at(9)))
    friday.clock.now = at(9, 30)
    return company


def turned(friday: Friday, actor: Any, reply: Message, action_id: str, choice: str | None = None) -> str:
    assert actor.tap(reply, action_id=action_id, choice=choice).ok
    friday.until(lambda: _now(actor, reply) != reply.text)
    return _now(actor, reply)


def _now(actor: Any, reply: Message) -> str:
    return str(next(one.text for one in actor.messages() if one.ts == reply.ts))


def test_it_reads_from_the_company_down(friday: Friday) -> None:
    company = grown(friday)
    company.add(company.teebee.team, "Learn to taste", company.teebee.jack, "Teas known", personal=True)
    lines = okr(friday, friday.jack, "tree").text.splitlines()
    assert lines == [
        "OKR tree, 20 November",
        "Zenith · 0 %",
        "1 Be the tea people love · 0 % of 55 %, no update yet · its 1 supporter at 52 % 🆕",
        "TeeBee · 0 %",
        f"2 Prove our tea’s value to restaurant suppliers · {ISLAND} 🆕",
        f"3 Make ordering online easy for suppliers · {ISLAND} 🆕",
        "Jack",
        f"4 Learn to taste · {ISLAND} 🆕",
        "UED · 52 %",
        "5 Screens that people understand · 52 % of 55 %, green · supports “Be the tea people love” 🟢",
        "green 🟢 no update yet 🆕 · a percentage is progress, “of” what is expected by today",
    ]


def test_a_team_has_its_part_and_its_neighbours_are_named_where_there_is_none(friday: Friday) -> None:
    grown(friday)
    text = okr(friday, friday.jack, "tree ued").text
    assert text.splitlines()[1] == "UED · 52 %"
    assert "TeeBee" not in text
    assert okr(friday, friday.jack, "tree nowhere").text == (
        "There is no team “nowhere”. There are TeeBee, UED and Zenith."
    )


def test_what_does_not_fit_comes_page_by_page(friday: Friday) -> None:
    company = grown(friday)
    for number in range(40):
        company.add(
            company.teebee.team, f"Aim {number:02} of a team that wants very much at once", company.jim
        )
    reply = okr(friday, friday.jack, "tree")
    assert "OKR tree, 20 November · 1 of 2" in reply.text
    second = turned(friday, friday.jack, reply, ids.TREE_MORE)
    assert "2 of 2" in second
    assert "TeeBee …" in second.splitlines()[1]
    both = re.findall(r"Aim \d\d", reply.text + second)
    assert both == [f"Aim {number:02}" for number in range(40)]
    again = next(one for one in friday.jack.messages() if one.ts == reply.ts)
    assert "1 of 2" in turned(friday, friday.jack, again, ids.TREE_MORE)


def test_the_menu_narrows_it_to_a_team(friday: Friday) -> None:
    grown(friday)
    reply = okr(friday, friday.jack, "tree")
    narrowed = turned(friday, friday.jack, reply, ids.TREE_TEAM, "UED")
    assert narrowed.splitlines()[1] == "UED · 52 %"
    assert "Zenith ·" not in narrowed


def test_a_hundred_teams_and_deep_ones_stay_within_slacks_limits(friday: Friday) -> None:
    company = grown(friday)
    with company.database.transaction() as connection:
        above = company.ued
        for number in range(110):
            above = teams.add(
                connection, replace(company.ued, id=0, name=f"Deep {number:03}", parent_id=above.id)
            )
    reply = okr(friday, friday.jack, "tree")
    assert "Deep 000 · no objectives yet" in reply.text
    for _ in range(3):
        reply = next(one for one in friday.jack.messages() if one.ts == reply.ts)
        turned(friday, friday.jack, reply, ids.TREE_MORE)


def test_a_forged_part_is_the_whole(friday: Friday) -> None:
    grown(friday)
    reply = okr(friday, friday.jack, "tree UED")
    friday.forge(friday.jack, reply, ids.TREE_PICTURE, "7-7-7", to_action=ids.TREE_MORE)
    friday.until(lambda: "Zenith" in _now(friday.jack, reply))


def test_without_teams_it_says_so(friday: Friday) -> None:
    with friday.okra.database.transaction() as connection:
        kept_people.learn(connection, Profile(JIM, "Jim", "jim@teebee.example"))
    assert okr(friday, friday.jim, "tree").text == texts.NO_TREE


def test_a_guest_is_shown_no_tree_and_may_turn_no_page(friday: Friday) -> None:
    grown(friday)
    reply = okr(friday, friday.jim, "tree")
    with friday.okra.database.transaction() as connection:
        kept_people.learn(connection, Profile(JIM, "Jim", "jim@teebee.example", guest=True))
    assert okr(friday, friday.jim, "tree").text == every_text.GUESTS_SEE_THEIRS
    for action in (ids.TREE_MORE, ids.TREE_PICTURE):
        friday.forge(friday.jim, reply, ids.TREE_PICTURE, "0-0", to_action=action)
        friday.until(
            lambda: any(one.text == every_text.GUESTS_SEE_THEIRS for one in friday.jim.messages()[-2:])
        )
    assert not [one for one in friday.said_to(friday.jim) if one.files]


def pictures(friday: Friday, actor: Any) -> list[Message]:
    friday.settle()
    return [one for one in friday.said_to(actor) if one.files]


def test_its_picture_comes_into_ones_direct_messages_once(friday: Friday) -> None:
    grown(friday)
    reply = okr(friday, friday.jack, "tree")
    for _ in range(2):
        assert friday.jack.tap(reply, action_id=ids.TREE_PICTURE).ok
        friday.settle()
    (shown,) = pictures(friday, friday.jack)
    (file,) = shown.files
    assert file.title == "OKR tree, 20 November"
    assert file.content.startswith(b"\x89PNG")
    assert "4 Screens that people understand: 52 % of 55 %, green." in file.alt_txt
    assert "4 Screens that people understand · 52 % of 55 %, green" in " ".join(words_of(quiet(shown).blocks))
    friday.heard(friday.jack, texts.PICTURE_THERE)


def test_where_slack_takes_no_file_the_same_comes_in_words(friday: Friday) -> None:
    grown(friday)
    refused = Fault(perform=False, body={"ok": False, "error": "not_allowed_token_type"})
    friday.slack.set_faults(lambda method, _: refused if method == UPLOADED else None)
    reply = okr(friday, friday.jack, "tree UED")
    assert friday.jack.tap(reply, action_id=ids.TREE_PICTURE).ok
    shown = friday.heard(friday.jack, "OKR tree of UED, 20 November")
    assert "1 Screens that people understand · 52 % of 55 %, green" in shown.text
    assert "I could not send you the picture" in shown.text


def test_nothing_to_draw_is_said(friday: Friday) -> None:
    company = grown(friday)
    with company.database.transaction() as connection:
        empty = teams.add(connection, replace(company.ued, id=0, name="Empty"))
    reply = okr(friday, friday.jack, "tree Empty")
    assert reply.text.splitlines() == ["OKR tree, 20 November", "Empty · no objectives yet"]
    assert friday.jack.tap(reply, action_id=ids.TREE_PICTURE).ok
    friday.heard(friday.jack, texts.NOTHING_TO_DRAW)
    assert empty.parent_id == company.company.id
    assert not pictures(friday, friday.jack)
