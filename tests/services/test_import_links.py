"""Importing what supports and needs what: references forwards and backwards, circles, and what is private."""

import pytest

from bot.okr.model import DependencyState
from bot.storage import changes, needing, okr_cycles, okrs, teams
from bot.storage.engine import Database
from bot.storage.tables import dependencies as dependencies_table
from tests.services.okr_imports import FILE, changed, everything, recorded, refused, take
from tests.services.teebee import at, week_later

PROVE, ORDER = "      - title: Prove our tea\n", "      - title: Order online\n"
WEB = """\
  - name: Web
    channel: "#web"
    leads: [jack]
    parent: TeeBee
    objectives:
      - title: A shop that never falls over
        owner: jack
        supports: {team: TeeBee, objective: Order online, key_result: Phone calls}
        serves: [{team: TeeBee, objective: Prove our tea}]
        key_results:
          - {title: Hours down, owner: jack, start: 9, target: 1, unit: h}
          - title: Pages that load at once
            owner: jack
            at_least: 95
            unit: "%"
            depends_on: [{team: TeeBee, objective: Prove our tea, key_result: Sales}]
"""
WITH_WEB = FILE + WEB


def web_supports(database: Database) -> tuple[str, str, list[str]]:
    """The titles of its parent, of the key result that is meant, and of those that it serves."""
    with database.reading() as connection:
        cycles = [one.id for one in okr_cycles.everything(connection)]
        found = {one.id: one for one in okrs.of_cycles(connection, cycles)}
        known = {one.id: one.name for one in teams.everything(connection)}
    (web,) = (one for one in found.values() if known[one.team_id] == "Web")
    key_results = {each.id: each.title for one in found.values() for each in one.key_results}
    parent = web.parent
    return (
        found[parent.objective_id].title if parent else "",
        key_results[parent.key_result_id] if parent and parent.key_result_id else "",
        sorted(found[one].title for one in web.serves),
    )


def parents(database: Database) -> dict[str, str | None]:
    with database.reading() as connection:
        known = {one.id: one for one in teams.everything(connection)}
    return {one.name: known[one.parent_id].name if one.parent_id else None for one in known.values()}


def test_what_is_named_is_found_wherever_it_stands_in_the_file(database: Database) -> None:
    head, bees = FILE.split("teams:\n")
    report = take(database, f"{head}teams:\n{WEB}{bees}")
    assert web_supports(database) == ("Order online", "Phone calls", ["Prove our tea"])
    assert parents(database) == {"TeeBee": None, "Web": "TeeBee"}
    assert report.lines[-4:] == (
        "Web: parent none → TeeBee",
        "Web › A shop that never falls over: supports TeeBee › Order online › Phone calls",
        "Web › A shop that never falls over: serves TeeBee › Prove our tea",
        (
            "Web › A shop that never falls over › Pages that load at once: needs TeeBee › Prove our tea › Sales, "
            "whose owner is asked"
        ),
    )
    with database.reading() as connection:
        (needed,) = needing.everything(connection)
    assert (needed.state, needed.asked_at) == (DependencyState.ASKED, at(9))
    before = everything(database)
    assert not take(database, f"{head}teams:\n{WEB}{bees}").changed
    assert everything(database) == before


def test_another_parent_in_a_started_cycle_takes_a_reason_and_is_kept(database: Database) -> None:
    take(database, WITH_WEB)
    text = changed(
        (
            "supports: {team: TeeBee, objective: Order online, key_result: Phone calls}",
            "supports: Prove our tea",
        ),
        ("serves: [{team: TeeBee, objective: Prove our tea}]", "serves:"),
        text=WITH_WEB,
    )
    assert [one.split(": ", 1)[1] for one in refused(database, text)] == [
        (
            "TeeBee › Order online › Phone calls → TeeBee › Prove our tea – 2026 Q4 has started; say why with "
            "--reason"
        ),
        "TeeBee › Prove our tea → nothing – 2026 Q4 has started; say why with --reason",
    ]
    take(database, text, reason="a better fit")
    assert web_supports(database) == ("Prove our tea", "", [])
    with database.reading() as connection:
        (web,) = (one for one in teams.everything(connection) if one.name == "Web")
        kept = changes.of_team(connection, web.id, None, week_later(at(9)))
    assert [(one.subject, one.field, one.before, one.after) for one in kept] == [
        (
            "A shop that never falls over",
            "supports",
            "TeeBee › Order online › Phone calls",
            "TeeBee › Prove our tea",
        ),
        ("A shop that never falls over", "serves", "TeeBee › Prove our tea", "nothing"),
    ]


def test_what_the_file_does_not_say_of_supporting_stays(database: Database) -> None:
    take(database, WITH_WEB)
    before = everything(database)
    lines = WITH_WEB.splitlines(keepends=True)
    left = [
        one for one in lines if not one.strip().startswith(("supports:", "serves:", "parent:", "depends_on:"))
    ]
    assert not take(database, "".join(left)).changed
    assert everything(database) == before


def test_a_need_that_was_declined_is_not_asked_again(database: Database) -> None:
    take(database, WITH_WEB)
    with database.transaction() as connection:
        connection.execute(dependencies_table.update().values(state=DependencyState.DECLINED))
    report = take(database, WITH_WEB)
    assert not report.changed
    assert report.lines[-1].startswith(
        "left alone: Web › A shop that never falls over › Pages that load at once"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "objective: Order online, key_result: Phone calls",
            "objective: Order onlin",
            33,
            "“Order onlin” is no objective of TeeBee in 2026 Q4. Did you mean “Order online”?",
        ),
        (
            "key_result: Phone calls",
            "key_result: Phone",
            33,
            "“Phone” is no key result of TeeBee › Order online.",
        ),
        (
            "{team: TeeBee, objective: Order online, key_result: Phone calls}",
            "Nothing",
            33,
            "there is no objective “Nothing” in 2026 Q4; name its team, too",
        ),
        (
            "{team: TeeBee, objective: Order online, key_result: Phone calls}",
            "{id: 99}",
            33,
            "there is no objective with the id 99",
        ),
        (
            "{team: TeeBee, objective: Order online, key_result: Phone calls}",
            "{team: Shops, objective: A}",
            33,
            "there are no objectives of Shops in 2026 Q4",
        ),
        (
            "[{team: TeeBee, objective: Prove our tea}]",
            "[Order online]",
            34,
            "TeeBee › Order online is named already",
        ),
        (
            "[{team: TeeBee, objective: Prove our tea}]",
            "[A shop that never falls over]",
            34,
            "A shop that never falls over supports Web › A shop that never falls over: that is a circle",
        ),
        ("key_result: Sales}]", "key_result: Sale}]", 41, "Did you mean “Sales”?"),
        (
            "depends_on: [{team: TeeBee, objective: Prove our tea, key_result: Sales}]",
            "depends_on: [{id: 99}]",
            41,
            "there is no key result with the id 99",
        ),
        ("parent: TeeBee", "parent: Teebee", 29, "there is no team “Teebee”"),
    ],
)
def test_what_cannot_be_meant_has_its_line(
    database: Database, old: str, new: str, line: int, said: str
) -> None:
    (found,) = refused(database, changed((old, new), text=WITH_WEB))
    assert found.startswith(f"line {line}, ")
    assert said in found


def test_circles_are_refused_at_their_line(database: Database) -> None:
    text = changed(
        (ORDER, f"{ORDER}        supports: A shop that never falls over\n"),
        (
            "owner: jack, start: 40, target: 20, unit: a week}",
            (
                "owner: jack, start: 40, target: 20, unit: a week, "
                "depends_on: [{team: Web, objective: A shop that never falls over, key_result: Hours down}]}"
            ),
        ),
        (
            "{title: Hours down, owner: jack, start: 9, target: 1, unit: h}",
            (
                "{title: Hours down, owner: jack, start: 9, target: 1, unit: h, "
                "depends_on: [{team: TeeBee, objective: Order online, key_result: Phone calls}]}"
            ),
        ),
        ('    channel: "#okrs"\n', '    channel: "#okrs"\n    parent: Web\n'),
        text=WITH_WEB,
    )
    found = refused(database, text)
    assert len(found) == 4, found
    assert "TeeBee is under Web, which is under TeeBee: that is a circle" in found[0]
    assert "Web is under TeeBee, which is under Web: that is a circle" in found[2] + found[1]
    assert sum("Order online supports" in one for one in found) == 1
    assert (
        sum("Hours down needs TeeBee › Order online › Phone calls, which needs" in one for one in found) == 1
    )


def test_what_everybody_sees_cannot_support_what_is_private(database: Database) -> None:
    text = changed((PROVE, f"{PROVE}        private: true\n        readers: [jack]\n"), text=WITH_WEB)
    (found,) = refused(database, text)
    assert "TeeBee › Prove our tea is private, so that only what is private, too, can support it" in found
    both = changed(
        (
            "      - title: A shop that never falls over\n",
            "      - title: A shop that never falls over\n        private: true\n",
        ),
        text=text,
    )
    assert take(database, both).changed


def test_themes_readers_and_how_often_are_kept_with_a_reason(database: Database) -> None:
    take(database)
    text = changed(
        (PROVE, f"{PROVE}        theme: business\n        private: true\n        readers: [jim]\n"),
        ("{title: Sales, ", "{title: Sales, indicator: result, every: 4, "),
    )
    assert len(refused(database, text)) == 5
    take(database, text, reason="so be it")
    assert [(subject, what, was, now) for subject, what, was, now, _ in recorded(database)] == [
        ("Prove our tea", "theme", "none", "business"),
        ("Prove our tea", "private", "no", "yes"),
        ("Prove our tea", "readers", "nobody", "Jim"),
        ("Sales", "indicator", "none", "result"),
        ("Sales", "every", "every week", "every 4 weeks"),
    ]
    assert not take(database, text).changed
    assert not take(database).changed, "what a file leaves out stays"


def test_a_draft_is_made_once_changes_without_a_reason_and_cannot_be_made_of_what_has_started(
    database: Database,
) -> None:
    draft = changed(("    leads: [hannah]\n", "    leads: [hannah]\n    drafts: [2026 Q4]\n"))
    assert "TeeBee: its OKRs of 2026 Q4 are a draft" in take(database, draft).lines
    with database.reading() as connection:
        (team,) = teams.everything(connection)
        (cycle,) = okr_cycles.everything(connection)
        kept = okr_cycles.set_of(connection, team.id, cycle.id)
        assert okrs.of_team(connection, team.id, [cycle.id]) == []
        assert len(okrs.of_team(connection, team.id, [cycle.id], drafts=True)) == 2
    assert kept is not None
    assert kept.started_at is None
    assert not take(database, draft).changed
    assert not take(database).changed, "no file starts a draft"
    assert take(database, changed(("target: 70", "target: 75"))).changed
    assert recorded(database) == []


def test_what_has_started_is_no_draft_any_more(database: Database) -> None:
    take(database)
    draft = changed(("    leads: [hannah]\n", "    leads: [hannah]\n    drafts: [2026 Q4]\n"))
    (found,) = refused(database, draft)
    assert found.endswith("TeeBee’s OKRs of 2026 Q4 have started; they are no draft any more")
