"""Importing an OKR file again: what happens to objectives and key results, and what takes a reason."""

from dataclasses import replace
from datetime import date, timedelta

from bot.okr.measures import Move
from bot.okr.model import ObjectiveKind, Update
from bot.storage import okrs, teams, updates
from bot.storage.engine import Database
from tests.services.okr_imports import (
    BEFORE_THE_CYCLE,
    FILE,
    PROVE,
    STARTED,
    THIRD_OBJECTIVE,
    changed,
    everything,
    key_results,
    objectives,
    recorded,
    refused,
    take,
    titles,
    with_ids,
)
from tests.services.teebee import FRIDAY, at, week_later
from tests.storage.dropping import drop_key_result


def test_before_the_cycle_starts_everything_may_change_without_a_reason(database: Database) -> None:
    take(database, now=BEFORE_THE_CYCLE)
    text = changed(
        ("kind: aspirational", "kind: committed"),
        (
            "title: Customers who renew, owner: hannah, start: 40, target: 70",
            "title: Customers who renew, owner: jim, start: 45, target: 75",
        ),
        ("unit: a week", "unit: a day"),
        ("starts: 2026-10-01", "starts: 2026-10-05"),
        text=FILE + THIRD_OBJECTIVE,
    )
    assert take(database, text, now=BEFORE_THE_CYCLE).lines == (
        "cycle 2026 Q4: first day 2026-10-01 → 2026-10-05",
        f"{PROVE}: kind aspirational → committed",
        f"{PROVE} › Customers who renew: owner Hannah → Jim",
        f"{PROVE} › Customers who renew: start 40 → 45 %",
        f"{PROVE} › Customers who renew: target 70 → 75 %",
        "TeeBee › Order online › Phone calls: unit a week → a day",
        "new objective TeeBee › Hire well: 1 key result, Jim",
        "new key result TeeBee › Hire well › People who stay: 1 → 4, Jim",
    )
    assert recorded(database) == []
    renew = key_results(database)["Customers who renew"]
    assert renew.measure == Move(45, 75)
    assert objectives(database)[0].kind is ObjectiveKind.COMMITTED


def test_a_started_cycle_asks_for_the_reason_of_every_change(database: Database) -> None:
    take(database)
    text = with_ids(
        database,
        ("title: Prove our tea", "title: Prove our tea's value"),
        ("kind: aspirational", "kind: committed"),
        ("owner: hannah, start: 40, target: 70", "owner: jack, start: 45, target: 70.001"),
        ("unit: a week", "unit: a day"),
        ("ends: 2026-12-31", "ends: 2027-01-15"),
    )
    text += "          - {title: E-mails, owner: jack, start: 90, target: 30}\n" + THIRD_OBJECTIVE
    found = refused(database, text, reason="  ")
    assert all(one.endswith(f" – {STARTED}") for one in found)
    assert found[0].startswith("line 2, cycle › ends: ")
    assert found[1].startswith("line 16, teams › TeeBee › ")
    assert [one.split(": ", 1)[1].removesuffix(f" – {STARTED}") for one in found] == [
        "last day 2026-12-31 → 2027-01-15",
        "Prove our tea → Prove our tea's value",
        "aspirational → committed",
        "Hannah → Jack",
        "40 → 45 %",
        "70 % → 70.001 %",
        "a week → a day",
        "new key result: 90 → 30, Jack",
        "new objective: 1 key result, Jim",
    ], "the path stands in the place already"
    assert take(database, text, reason=" the market moved ").changed
    why = "the market moved"
    assert recorded(database) == [
        ("Prove our tea's value", "last day of the cycle", "2026-12-31", "2027-01-15", why),
        ("Prove our tea's value", "title", "Prove our tea", "Prove our tea's value", why),
        ("Prove our tea's value", "kind", "aspirational", "committed", why),
        ("Customers who renew", "owner", "Hannah", "Jack", why),
        ("Customers who renew", "start", "40 %", "45 %", why),
        ("Customers who renew", "target", "70 %", "70.001 %", why),
        ("Phone calls", "unit", "a week", "a day", why),
        ("E-mails", "added", "", "90 → 30, Jack", why),
        ("Hire well", "added", "", "1 key result, Jim", why),
    ]
    assert not take(database, text).changed


def test_the_first_objectives_of_a_team_in_a_started_cycle_need_no_reason(database: Database) -> None:
    take(database)
    web = """\
  - name: Web
    channel: "#web"
    leads: [jack]
    objectives:
      - title: A shop that never falls over
        owner: jack
        key_results:
          - {title: Hours down, owner: jack, start: 9, target: 1, unit: h}
"""
    assert take(database, FILE + web).lines == (
        "new team Web in #web",
        "Web: Jack joins as lead",
        "Web: check-ins start",
        "new objective Web › A shop that never falls over: 1 key result, Jack",
        "new key result Web › A shop that never falls over › Hours down: 9 → 1 h, Jack",
    )


def test_current_is_left_alone_once_there_are_updates(database: Database) -> None:
    take(database, now=at(1))  # 17:00 of the day before in UTC
    renew = key_results(database)["Customers who renew"]
    seed = Update(renew.id, FRIDAY - timedelta(days=1), 55, 5, by_id=None, at=at(1))
    with database.transaction() as connection:
        assert updates.of_key_results(connection, [renew.id]) == {renew.id: (seed,)}
        updates.record(connection, Update(renew.id, date(2026, 11, 27), 61, 8, by_id=1, at=week_later(at(9))))
    before = everything(database)
    report = take(database, now=week_later(at(9), 2))
    assert report.lines == (
        "nothing to change",
        (
            f"left alone: current of {PROVE} › Customers who renew "
            "(it has updates already, the latest says 61 %)"
        ),
    )
    assert not report.changed
    assert everything(database) == before


def test_a_current_that_comes_later_seeds_a_key_result_without_updates(database: Database) -> None:
    take(database)
    text = changed(('unit: "¥"', 'unit: "¥", current: 150000'))
    assert take(database, text).lines == (f"{PROVE} › Sales: stands at ¥150,000",)
    assert recorded(database) == []


def test_a_new_title_with_the_id_renames_and_without_adds(database: Database) -> None:
    take(database)
    sales = key_results(database)["Sales"]
    renamed = with_ids(database, ("title: Sales", "title: Revenue"))
    assert take(database, renamed, reason="clearer").lines == (f"{PROVE} › Sales: title Sales → Revenue",)
    assert key_results(database)["Revenue"] == replace(sales, title="Revenue")
    assert take(database, reason="we sell again").lines == (
        f"{PROVE} › Sales: new key result: ¥120,000 → ¥250,000, Hannah",
    )
    assert titles(database)[0] == ("Prove our tea", ["Customers who renew", "Sales", "Revenue"])


def test_titles_can_be_swapped_and_passed_on(database: Database) -> None:
    take(database, now=BEFORE_THE_CYCLE)
    first, second = objectives(database)
    renew, sales = first.key_results
    text = (
        with_ids(database)
        .replace("title: Prove our tea", "title: #")
        .replace("title: Order online", "title: Prove our tea")
        .replace("title: #", "title: Order online")
        .replace("title: Customers who renew", "title: Sales!")
        .replace("title: Sales,", "title: Customers who renew,")
        .replace("title: Sales!", "title: Orders")
    )
    take(database, text, now=BEFORE_THE_CYCLE)
    assert {one.id: one.title for one in objectives(database)} == {
        first.id: "Order online",
        second.id: "Prove our tea",
    }
    assert {
        title: one.id for title, one in key_results(database).items() if one.objective_id == first.id
    } == {
        "Orders": renew.id,
        "Customers who renew": sales.id,
    }


def test_ids_that_cannot_be_meant_are_refused(database: Database) -> None:
    take(database)
    known = key_results(database)
    _, online = objectives(database)
    with database.transaction() as connection:
        drop_key_result(connection, known["Sales"].id, at(9))
        web = teams.add(connection, replace(teams.everything(connection)[0], id=0, name="Web"))
        other = okrs.add_objective(connection, replace(online, team_id=web.id, title="Shop"))
    text = changed(
        ("- title: Prove our tea", f"- id: {other.id}\n        title: Prove our tea"),
        ("{title: Phone calls", f"{{id: {known['Customers who renew'].id}, title: Phone calls"),
        text=FILE
        + f"          - {{id: {known['Sales'].id}, title: Sales, owner: jack, start: 1, target: 2}}\n"
        + f"          - {{id: {10**18 - 1}, title: Most, owner: jack, start: 1, target: 2}}\n"
        + "          - {id: 999, title: More, owner: jack, start: 1, target: 2}\n",
    )
    messages = [one.split(": ", 1)[1] for one in refused(database, text, reason="why not")]
    assert messages == [
        f"objective {other.id} is “Shop” of another team or cycle",
        f"key result {known['Customers who renew'].id} is “Customers who renew” of another objective",
        f"key result {known['Sales'].id}, “Sales”, was dropped; leave the id out to add a new one",
        "there is no key result with the id 999999999999999999; leave the id out to add a new one",
        "there is no key result with the id 999; leave the id out to add a new one",
    ]


def test_a_title_that_another_one_has_already_is_refused(database: Database) -> None:
    take(database)
    known = key_results(database)
    text = changed(
        (
            '          - {title: Customers who renew, owner: hannah, start: 40, target: 70, unit: "%", current: 55}\n',
            "",
        ),
        ("{title: Sales", f"{{id: {known['Sales'].id}, title: Customers who renew"),
    )
    (found,) = refused(database, text, reason="clearer")
    assert found.endswith(
        f"“Customers who renew” is already the title of key result {known['Customers who renew'].id}"
    )


def test_the_order_follows_the_file_and_what_it_does_not_name_comes_after(database: Database) -> None:
    take(database, now=BEFORE_THE_CYCLE)
    third = FILE + THIRD_OBJECTIVE
    take(database, third, now=BEFORE_THE_CYCLE)
    two = FILE[: FILE.index("      - title: Prove our tea")] + THIRD_OBJECTIVE
    one_more = (
        two
        + """\
      - title: Prove our tea
        owner: hannah
        key_results:
          - {title: Sales, owner: hannah, start: 120000, target: 250000}
          - {title: Margin, owner: hannah, start: 1, target: 2}
          - {title: Customers who renew, owner: hannah, start: 40, target: 70}
"""
    )
    assert take(database, one_more, now=BEFORE_THE_CYCLE).lines == (
        "TeeBee: the order follows the file",
        f"{PROVE}: the order follows the file",
        f"new key result {PROVE} › Margin: 1 → 2, Hannah",
    )
    assert titles(database) == [
        ("Hire well", ["People who stay"]),
        ("Prove our tea", ["Sales", "Margin", "Customers who renew"]),
        ("Order online", ["Phone calls"]),
    ]
    assert not take(database, one_more, now=BEFORE_THE_CYCLE).changed
    assert not take(database, two, now=BEFORE_THE_CYCLE).changed


def test_a_new_key_result_stands_before_those_that_the_file_leaves_out(database: Database) -> None:
    take(database, now=BEFORE_THE_CYCLE)
    text = changed(("{title: Sales", "{title: Margin"))
    take(database, text, now=BEFORE_THE_CYCLE)
    assert titles(database)[0] == ("Prove our tea", ["Customers who renew", "Margin", "Sales"])
