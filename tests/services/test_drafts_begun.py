"""Beginning a draft, sharing and starting it: what is copied, what is refused, what check-ins make of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.okr.measures import Checkpoint, Move
from bot.okr.model import (
    Cycle,
    KeyResult,
    Membership,
    Objective,
    ObjectiveKind,
    Profile,
    Role,
    Supported,
    Team,
    Update,
)
from bot.okr.rights import Operation
from bot.okr.writing.draft_views import Which
from bot.okr.writing.drafts import ObjectiveDraft
from bot.services import permissions
from bot.services.asking import rounds
from bot.services.drafting import (
    beginning,
    draft_asks,
    draft_sets,
    draft_shown,
    proposing,
    starting_cycles,
)
from bot.services.drafting.beginning import CannotBegin, WhyNotBegun
from bot.services.drafting.draft_sets import NoDraft, WhyNot
from bot.services.drafting.proposing import About
from bot.services.files import exporting
from bot.services.permissions import NotAllowed
from bot.services.teams import vacancies
from bot.storage import check_ins, deliveries, okr_cycles, okrs, owing, people, teams, updates
from bot.storage.engine import Database
from tests.services.drafted import draft_of
from tests.services.teebee import HANNAH, JACK, JIM, TeeBee, at, move_in

Q1 = Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31))
JANUARY = date(2027, 1, 1)
"""A Friday."""


def begun(teebee: TeeBee, cycle: Cycle = Q1, *, copies: bool = False, meant: bool = False) -> Which:
    done = beginning.begin(teebee.database, HANNAH, teebee.team.id, cycle, at(12), copies=copies, meant=meant)
    return Which(teebee.team.id, done.cycle_id)


def drafted(teebee: TeeBee, which: Which) -> list[Objective]:
    with teebee.database.reading() as connection:
        return okrs.of_team(connection, which.team_id, [which.cycle_id], drafts=True)


def with_key_result(teebee: TeeBee, which: Which, owner_id: int | None = None) -> KeyResult:
    owner = owner_id or teebee.jack.id
    with teebee.database.transaction() as connection:
        aim = okrs.add_objective(
            connection, Objective(0, *which, "Hotels ask for our tea by name", teebee.hannah.id)
        )
        return okrs.add_key_result(connection, KeyResult(0, aim.id, "Reorders", owner, Move(4, 20)))


def test_a_copy_starts_where_things_stood_without_what_belongs_to_the_old_cycle(database: Database) -> None:
    teebee = move_in(database)
    renew, _, sales = (one.id for one in teebee.key_results[:3])
    with database.transaction() as connection:
        for key_result, value in ((renew, 75.0), (sales, 180_000.0)):
            updates.record(
                connection,
                Update(key_result, date(2026, 11, 13), value, 7, by_id=teebee.hannah.id, at=at(10)),
            )
        known = okrs.key_results_by_ids(connection, [sales])[sales]
        way = Move(120_000, 250_000, (Checkpoint(date(2026, 11, 1), 150_000),))
        okrs.save_key_result(connection, replace(known, measure=way, weight=2, every=4))
        first, second = okrs.of_team(connection, teebee.team.id, [1])
        okrs.save_objective(connection, replace(first, parent=Supported(second.id), theme="business"))
    done = beginning.begin(database, HANNAH, teebee.team.id, Q1, at(12), copies=True)
    assert done.copied is not None
    assert (done.copied.objectives, done.copied.key_results) == (2, 6)
    assert [one.title for one in done.copied.left] == ["Customers who renew"]
    first, second = drafted(teebee, Which(teebee.team.id, done.cycle_id))
    assert (first.parent, first.theme, second.kind) == (None, "business", ObjectiveKind.COMMITTED)
    assert [one.measure for one in first.key_results] == [Move(40, 70), Move(5, 50), Move(180_000, 250_000)]
    assert (first.key_results[2].weight, first.key_results[2].every) == (2, 4)


def test_only_what_the_lead_may_see_is_copied_and_what_is_private_stays_so(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        own = Objective(0, teebee.team.id, 1, "Leave by spring", teebee.jack.id, private=True, position=2)
        hers = replace(own, title="Speak Chinese", readers=frozenset({teebee.hannah.id}), position=3)
        for one in (own, hers):
            okrs.add_objective(connection, one)
    copied = drafted(teebee, begun(teebee, copies=True))
    assert [one.title for one in copied if one.private] == ["Speak Chinese"]
    assert copied[-1].readers == {teebee.hannah.id}


def test_beginning_twice_begins_once(database: Database) -> None:
    teebee = move_in(database)
    which = begun(teebee, copies=True)
    again = beginning.begin(database, HANNAH, teebee.team.id, which.cycle_id, at(12), copies=True)
    assert (again.new, again.copied) == (False, None)
    assert len(drafted(teebee, which)) == 2


@pytest.mark.parametrize(
    ("cycle", "why"),
    [
        (Cycle(0, "Winter", date(2026, 12, 31), date(2027, 2, 28)), WhyNotBegun.OVERLAPS),
        (Cycle(0, "2026 Q4", date(2027, 1, 1), date(2027, 3, 31)), WhyNotBegun.NAME_TAKEN),
        (Cycle(0, "2026 q4", date(2026, 10, 1), date(2026, 12, 31)), WhyNotBegun.STARTED),
    ],
)
def test_a_teams_cycles_do_not_overlap_and_names_are_ones_own(
    database: Database, cycle: Cycle, why: WhyNotBegun
) -> None:
    teebee = move_in(database)
    with pytest.raises(CannotBegin) as refused:
        begun(teebee, cycle, meant=True)
    assert refused.value.why is why
    assert refused.value.other is not None
    assert refused.value.other.name == "2026 Q4"
    with database.reading() as connection:
        assert [one.name for one in okr_cycles.everything(connection)] == ["2026 Q4"]


def test_an_owner_has_no_two_cycles_at_once(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        other = teams.add(connection, Team(0, "Sales", "C0SALES001", "Asia/Shanghai"))
        teams.set_role(connection, Membership(other.id, teebee.hannah.id, Role.LEAD))
    half = Cycle(0, "Winter half", date(2026, 12, 1), date(2027, 5, 31))
    done = beginning.begin(database, HANNAH, other.id, half, at(12))
    which = Which(other.id, done.cycle_id)
    with_key_result(teebee, which)
    with pytest.raises(NoDraft) as refused:
        starting_cycles.start(database, HANNAH, which, at(12))
    assert (refused.value.why, refused.value.who, refused.value.about) == (
        WhyNot.ELSEWHERE,
        "Hannah",
        "2026 Q4",
    )


def test_a_cycle_that_is_over_is_not_started(database: Database) -> None:
    teebee = move_in(database)
    which = begun(teebee)
    with_key_result(teebee, which)
    with pytest.raises(NoDraft) as refused:
        starting_cycles.start(database, HANNAH, which, at(12, day=date(2027, 4, 1)))
    assert refused.value.why is WhyNot.OVER
    assert starting_cycles.start(database, HANNAH, which, at(12, day=date(2027, 3, 31))).new
    again = starting_cycles.start(database, HANNAH, which, at(13, day=date(2027, 3, 31)))
    assert (again.new, again.started.by, again.started.on) == (False, "Hannah", date(2027, 3, 31))


def asked_for(teebee: TeeBee, day: date) -> list[str]:
    """What the round of that day asks of Jack."""
    rounds.step(teebee.database, at(10, day=day))
    with teebee.database.reading() as connection:
        newest = check_ins.newest(connection, teebee.jack.id)
        assert newest is not None
        if newest.date != day:
            return []
        ids = [one.key_result_id for one in owing.in_check_in(connection, newest.id)]
        return [one.title for one in okrs.key_results_by_ids(connection, ids).values()]


def test_a_draft_is_asked_for_from_its_first_day_once_it_has_started(database: Database) -> None:
    teebee = move_in(database)
    which = begun(teebee)
    with_key_result(teebee, which)
    starting_cycles.start(database, HANNAH, which, at(12))
    assert "Reorders" not in asked_for(teebee, JANUARY - timedelta(weeks=1))
    assert asked_for(teebee, JANUARY) == ["Reorders"]


def test_one_that_starts_late_is_asked_for_from_the_next_round_on(database: Database) -> None:
    teebee = move_in(database)
    which = begun(teebee)
    with_key_result(teebee, which)
    asked_for(teebee, JANUARY - timedelta(weeks=1))
    assert asked_for(teebee, JANUARY + timedelta(weeks=1)) == []
    starting_cycles.start(database, HANNAH, which, at(12, day=JANUARY + timedelta(days=10)))
    assert asked_for(teebee, JANUARY + timedelta(weeks=2)) == ["Reorders"]


def test_a_file_holds_no_draft(database: Database) -> None:
    teebee = move_in(database)
    with_key_result(teebee, begun(teebee))
    assert "Reorders" not in str(exporting.export_outline(database, on=date(2026, 11, 20)))


def test_whoever_is_not_known_or_not_active_begins_nothing(database: Database) -> None:
    teebee = move_in(database)
    for who in ("U0NOBODY01", JACK):
        with pytest.raises(NotAllowed):
            beginning.begin(database, who, teebee.team.id, Q1, at(12))
    with database.transaction() as connection:
        people.learn(connection, Profile(HANNAH, "Hannah", active=False))
    with pytest.raises(NotAllowed):
        begun(teebee)


def test_what_a_lead_does_not_see_is_no_advice(database: Database) -> None:
    teebee = move_in(database)
    which = begun(teebee)
    with_key_result(teebee, which)
    with database.transaction() as connection:
        own = Objective(0, *which, "Leave by spring", teebee.jack.id, position=1, private=True)
        okrs.add_objective(connection, own)
    advice = starting_cycles.load(database, HANNAH, which, at(12))
    assert advice.empty == ()
    assert advice.not_committed == ("Jack",)
    assert [one.objective.title for one in draft_shown.load(database, JACK, which).objectives] == [
        "Hotels ask for our tea by name",
        "Leave by spring",
    ]


def test_a_draft_that_is_given_up_leaves_no_question_of_who_takes_over(database: Database) -> None:
    teebee = move_in(database)
    cycle, _, jacks = draft_of(teebee)
    with database.transaction() as connection:
        people.learn(connection, Profile(JACK, "Jack", active=False))
        vacancies.tell(connection, teebee.team, at(10))
        (told,) = deliveries.to(connection, HANNAH, "vacant")
    assert jacks in {
        one.key_result_id for one in vacancies.load(database, teebee.team.id, HANNAH, at(10)).vacancies
    }
    teebee.sent(told.key, at(10))
    beginning.give_up(database, HANNAH, Which(teebee.team.id, cycle), at(11))
    assert told.key in teebee.redraws()
    left = vacancies.load(database, teebee.team.id, HANNAH, at(11)).vacancies
    assert jacks not in {one.key_result_id for one in left}


def test_a_draft_whose_cycle_is_over_comes_last(database: Database) -> None:
    teebee = move_in(database)
    old, new = begun(teebee), begun(teebee, Cycle(0, "2027 Q2", date(2027, 4, 1), date(2027, 6, 30)))
    before, after = at(10, day=date(2027, 3, 1)), at(10, day=date(2027, 4, 5))
    assert draft_sets.of_team(database, HANNAH, "TeeBee", before).which == old
    assert draft_sets.of_team(database, HANNAH, "TeeBee", after).which == new


def test_what_is_proposed_is_for_a_lead_who_is_still_there_or_waits_for_one(database: Database) -> None:
    teebee = move_in(database)
    cycle, _, _ = draft_of(teebee)
    which = Which(teebee.team.id, cycle)
    aim = ObjectiveDraft("Grow", JACK)
    with database.transaction() as connection:
        people.learn(connection, Profile(HANNAH, "Hannah", active=False))
    assert proposing.propose(database, JACK, which, About(), aim, why="we can", now=at(10)) is None
    (waits,) = draft_shown.load(database, JACK, which).open
    assert (waits.title, waits.mine_to_decide) == ("Grow", False)
    with database.transaction() as connection:
        jim = people.learn(connection, Profile(JIM, "Jim"))
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.LEAD))
        assert draft_asks.undecided(connection, which) == {jim.id}
    assert draft_shown.load(database, JIM, which).open[0].mine_to_decide
    proposing.propose(database, JACK, which, About(), replace(aim, title="Sell"), why="", now=at(11))


def test_committing_is_an_owners_and_no_leads(database: Database) -> None:
    teebee = move_in(database)
    _, _, jacks = draft_of(teebee)
    with database.transaction() as connection:
        hannah = people.by_slack_id(connection, HANNAH)
        one = okrs.key_results_by_ids(connection, [jacks])[jacks]
        home = okrs.objectives_by_ids(connection, [one.objective_id])[one.objective_id]
        assert hannah is not None
        with pytest.raises(NotAllowed) as refused:
            permissions.require_in_key_result(connection, hannah, Operation.COMMIT, one, home)
    assert refused.value.may_instead == ("Jack",)
