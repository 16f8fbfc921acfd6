"""Several teams in a look: the company, what is at risk, who is waited for."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from bot.okr.health import Health
from bot.okr.model import Role, Team
from bot.okr.overviews import in_tree, tops
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.away import absence
from bot.services.looking_up import at_risk, company, waiting
from bot.services.permissions import GuestsSeeOnlyTheirs
from bot.services.teams.named import UnknownTeam
from bot.storage import teams
from bot.storage.engine import Database
from tests.services.company import SECRET, Company, add_team, found, keep_secret, say
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, TeeBee, at, move_in, week_later
from tests.services.test_lookups import make_guest

LOADS = (
    lambda database, who: company.load(database, who, at(11)),
    lambda database, who: at_risk.load(database, who, "", at(11)),
    lambda database, who: waiting.load(database, who, "", at(11)),
)


def team(number: int, name: str, parent: int | None = None) -> Team:
    return Team(number, name, "C1", "UTC", parent_id=parent)


@pytest.mark.parametrize(
    ("known", "shown", "at_the_top"),
    [
        ([], [], []),
        ([team(1, "A")], [("A", 0)], ["A"]),
        ([team(1, "b"), team(2, "A")], [("A", 0), ("b", 0)], []),
        (
            [team(1, "Co"), team(2, "B", 1), team(3, "A", 1), team(4, "A1", 3), team(5, "Zoo")],
            [("Co", 0), ("A", 1), ("A1", 2), ("B", 1), ("Zoo", 0)],
            ["Co"],
        ),
        (
            [team(1, "Co"), team(2, "A", 1), team(3, "Trust"), team(4, "B", 3)],
            [("Co", 0), ("A", 1), ("Trust", 0), ("B", 1)],
            ["Co", "Trust"],
        ),
        ([team(1, "A", 2), team(2, "B", 1)], [("A", 0), ("B", 0)], []),
        ([team(1, "A", 99)], [("A", 0)], ["A"]),
    ],
)
def test_teams_stand_below_the_team_above_them(
    known: list[Team], shown: list[tuple[str, int]], at_the_top: list[str]
) -> None:
    assert [(one.name, depth) for one, depth in in_tree(known)] == shown
    assert [one.name for one in tops(known)] == at_the_top


def founded(database: Database) -> Company:
    return found(move_in(database))


def test_the_company_is_its_top_team_and_a_line_for_each(database: Database) -> None:
    here = founded(database)
    teebee = here.teebee
    say(teebee, here.deliveries, 89, 7)
    say(teebee, teebee.of(teebee.jack)[2], 41, 3)
    view = company.load(database, JACK, at(12))
    assert view.cycle is not None
    assert (view.cycle.name, view.cycle.week, view.cycle.pace) == ("2026 Q4", 8, 55)
    (top,) = view.tops
    assert (top.name, [one.title for one in top.objectives]) == (
        "Tea Company",
        ["Be the tea that restaurants trust"],
    )
    lines = [(one.name, one.depth, one.progress, one.key_results, one.states) for one in view.teams]
    assert lines == [
        ("Tea Company", 0, 0, 1, ()),
        ("Logistics", 1, 50, 1, ()),
        ("TeeBee", 1, 0, 6, ((Health.RED, 1),)),
    ]


def test_without_a_team_above_the_others_there_is_no_top(database: Database) -> None:
    teebee = move_in(database)
    assert [one.name for one in company.load(database, JACK, at(12)).tops] == ["TeeBee"]
    with database.transaction() as connection:
        add_team(connection, teebee, "Web")
    view = company.load(database, JACK, at(12))
    assert (view.tops, [one.name for one in view.teams]) == ((), ["TeeBee", "Web"])


def test_between_cycles_the_company_has_none(database: Database) -> None:
    founded(database)
    assert company.load(database, JACK, at(12, day=date(2027, 2, 5))).cycle is None


@pytest.mark.parametrize("who", [JACK, HANNAH, JIM])
def test_what_is_private_counts_nowhere_that_everybody_reads(database: Database, who: str) -> None:
    here = founded(database)
    say(here.teebee, here.secret, 5, 2)
    view = company.load(database, who, at(12))
    assert SECRET not in repr(view)
    (logistics,) = [one for one in view.teams if one.name == "Logistics"]
    assert (logistics.progress, logistics.key_results) == (0, 1)


def test_at_risk_is_the_digests_order_over_all_teams(database: Database) -> None:
    here = founded(database)
    teebee = here.teebee
    first, second, third = teebee.of(teebee.hannah)
    for key_result, value, confidence in (
        (first, 55, 8),  # green
        (second, 10, 3),  # red: low confidence
        (third, 250_000, 3),  # red, though ahead
        (here.deliveries, 81, 8),  # red: far behind
    ):
        say(teebee, key_result, value, confidence)
    say(teebee, teebee.of(teebee.jack)[1], 7, 9, FRIDAY - timedelta(weeks=1))
    say(teebee, teebee.of(teebee.jack)[1], 7.2, 7)  # confidence fallen
    view = at_risk.load(database, JACK, "", at(12))
    shown = [(one.standing.key_result.title, one.team, one.standing.health) for one in view.items]
    assert shown == [
        ("Deliveries on time", "Logistics", Health.RED),
        ("Renewals without our help", "TeeBee", Health.RED),
        ("Sales", "TeeBee", Health.RED),
        ("Satisfaction", "TeeBee", Health.YELLOW),
    ]
    assert view.looked_at == 8
    only = at_risk.load(database, JACK, "logis", at(12))
    assert (only.team, [one.owner for one in only.items], only.looked_at) == ("Logistics", ["Jim"], 1)


def test_each_team_stands_on_its_own_day(database: Database) -> None:
    """At seven on a Friday in Shanghai it is still Thursday in London, and for Jim in Los Angeles."""
    here = founded(database)
    with database.transaction() as connection:
        teams.save(connection, replace(here.logistics, zone="Europe/London"))
    say(here.teebee, here.deliveries, 81, 1)
    say(here.teebee, here.teebee.of(here.teebee.jack)[2], 41, 1)
    early = at(7).astimezone(UTC)
    assert [one.owner for one in at_risk.load(database, JIM, "", early).items] == ["Jack"]
    states = {one.name: one.states for one in company.load(database, JIM, early).teams}
    assert states == {"Tea Company": (), "Logistics": (), "TeeBee": ((Health.RED, 1),)}


def test_silence_is_at_risk_and_absence_is_not(database: Database) -> None:
    teebee = move_in(database)
    absence.say(database, HANNAH, "20 Nov", at(9))
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))
    view = at_risk.load(database, JIM, "", at(17))
    assert [(one.owner, one.standing.health) for one in view.items] == [("Jack", Health.SILENT)] * 3
    assert teebee.team.name == "TeeBee"


def test_a_private_one_is_at_risk_for_those_who_may_see_it_alone(database: Database) -> None:
    teebee = move_in(database)
    secret = keep_secret(teebee, teebee.jack, teebee.hannah)
    say(teebee, secret, 0, 1)
    for who, seen in ((JACK, 1), (HANNAH, 1), (JIM, 0)):
        assert len(at_risk.load(database, who, "", at(12)).items) == seen
        assert at_risk.load(database, who, "", at(12), shared=True).items == ()


def test_who_has_not_answered_and_until_when(database: Database) -> None:
    teebee = move_in(database)
    assert waiting.load(database, JIM, "", at(9)).rounds == ()
    rounds.step(database, at(10))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 38), at(11))
    (round_,) = waiting.load(database, JACK, "", at(11)).rounds
    assert (round_.team, round_.date, round_.answered, round_.asked) == ("TeeBee", FRIDAY, 1, 2)
    assert [(one.name, one.until) for one in round_.waiting] == [("Hannah", at(16, 30))]
    assert not round_.digested
    rounds.step(database, at(16, 30))
    (round_,) = waiting.load(database, JACK, "TeeBee", at(17)).rounds
    assert round_.digested
    rounds.step(database, week_later(at(10)))
    (round_,) = waiting.load(database, JACK, "", week_later(at(10))).rounds
    assert [one.name for one in round_.waiting] == ["Hannah", "Jack"]  # nothing of the week before


def test_until_when_is_said_by_the_readers_own_clock(database: Database) -> None:
    move_in(database)
    rounds.step(database, at(10))
    (round_,) = waiting.load(database, JIM, "", at(11)).rounds
    assert {one.until.isoformat() for one in round_.waiting} == {"2026-11-20T00:30:00-08:00"}


def test_nobody_waits_for_whoever_is_away_or_gone(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    absence.say(database, JACK, "today", at(11))
    (round_,) = waiting.load(database, JIM, "", at(11)).rounds
    assert ([one.name for one in round_.waiting], round_.asked) == (["Hannah"], 1)
    rounds.step(database, at(16, 30))  # her silence is judged; then she goes away
    absence.say(database, HANNAH, "today", at(17))
    (round_,) = waiting.load(database, JIM, "", at(17)).rounds
    assert round_.waiting == ()
    assert teebee.jack.name == "Jack"


def test_nobody_waits_for_what_was_dropped(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    for one in teebee.of(teebee.jack):
        teebee.drop(one)
    (round_,) = waiting.load(database, JIM, "", at(11)).rounds
    assert [one.name for one in round_.waiting] == ["Hannah"]


def test_ones_own_teams_come_first(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        other = add_team(connection, teebee, "A team", (teebee.hannah, Role.LEAD))
        teams.save(connection, replace(other, started_at=teebee.team.started_at))
    here = found(teebee)
    rounds.step(database, at(10))
    shown = [one.team for one in waiting.load(database, JACK, "", at(11)).rounds]
    assert shown[0] == "TeeBee"
    assert here.logistics.name not in shown  # it has not started


def test_a_team_that_is_not_there_is_said(database: Database) -> None:
    move_in(database)
    for load in (at_risk.load, waiting.load):
        with pytest.raises(UnknownTeam):
            load(database, JACK, "Nowhere", at(11))


@pytest.mark.parametrize("load", LOADS)
@pytest.mark.parametrize("who", [JACK, "U0NOBODY01"])
def test_guests_and_whoever_is_not_known_see_none_of_it(database: Database, load: object, who: str) -> None:
    teebee = move_in(database)
    make_guest(teebee, JACK)
    with pytest.raises(GuestsSeeOnlyTheirs):
        load(database, who)  # type: ignore[operator]


def test_a_large_company_is_loaded_at_once(database: Database) -> None:
    teebee: TeeBee = move_in(database)
    with database.transaction() as connection:
        for number in range(40):
            add_team(connection, teebee, f"Team {number}", parent=teebee.team)
    view = company.load(database, JACK, at(12))
    assert len(view.teams) == 41
    assert [one.name for one in view.tops] == ["TeeBee"]
