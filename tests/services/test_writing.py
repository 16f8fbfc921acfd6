"""Writing OKRs from drafts: what is kept, what it means for the week, who may, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.okr.measures import Checkpoint, Keep, Milestone, Move, Step
from bot.okr.model import (
    RUNNING,
    Change,
    Cycle,
    KeyResult,
    Membership,
    Objective,
    ObjectiveKind,
    Person,
    Profile,
    Role,
)
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft, key_result_draft, marks, objective_draft
from bot.services.answering.checkins import record
from bot.services.asking import rounds
from bot.services.okrs import arranging, writable, writing
from bot.services.okrs.draft_checks import Refused, Why
from bot.services.okrs.writable import CannotWrite, WhyNot
from bot.services.okrs.writing import Meanwhile, Seen
from bot.services.permissions import NotAllowed
from bot.storage import changes, okr_cycles, okrs, owing, people, teams
from bot.storage.engine import Connection, Database
from tests.services.teebee import HANNAH, JACK, JIM, QUARTER, TeeBee, at, move_in, week_later

NOW = at(11)
WHY = "the market has moved"


@pytest.fixture
def teebee(database: Database) -> TeeBee:
    return move_in(database)


def do(teebee: TeeBee, work: Callable[..., Any], who: Person, *what: Any, **how: Any) -> Any:
    with teebee.database.transaction() as connection:
        return work(connection, who, *what, now=NOW, **how)


def jim(teebee: TeeBee) -> Person:
    with teebee.database.reading() as connection:
        found = people.by_slack_id(connection, JIM)
    assert found is not None
    return found


def objectives(teebee: TeeBee) -> list[Objective]:
    with teebee.database.reading() as connection:
        return okrs.of_team(connection, teebee.team.id, [1, 2], drafts=True)


def key_result(teebee: TeeBee, number: int) -> KeyResult:
    with teebee.database.reading() as connection:
        return okrs.key_results_by_ids(connection, [number])[number]


def said(teebee: TeeBee) -> list[Change]:
    with teebee.database.reading() as connection:
        return changes.of_team(connection, teebee.team.id, None, week_later(NOW))


def rows(teebee: TeeBee) -> list[tuple[str, str, str, str, str, str]]:
    return [(one.by_name, one.subject, one.field, one.before, one.after, one.reason) for one in said(teebee)]


def draft_of(teebee: TeeBee, number: int, **changed: Any) -> KeyResultDraft:
    known = key_result(teebee, number)
    with teebee.database.reading() as connection:
        slack_ids = {one.id: one.slack_id for one in people.everyone(connection)}
    return replace(key_result_draft(known, slack_ids), **changed)


def objective_draft_of(teebee: TeeBee, number: int, **changed: Any) -> ObjectiveDraft:
    (known,) = [one for one in objectives(teebee) if one.id == number]
    with teebee.database.reading() as connection:
        slack_ids = {one.id: one.slack_id for one in people.everyone(connection)}
    return replace(objective_draft(known, slack_ids), **changed)


def draft_cycle(teebee: TeeBee) -> int:
    """A draft of the next quarter."""
    with teebee.database.transaction() as connection:
        starts = QUARTER[1].replace(year=2027, month=1, day=1)
        cycle = okr_cycles.add(connection, Cycle(0, "2027 Q1", starts, starts.replace(month=3, day=31)))
        okr_cycles.begin_draft(connection, teebee.team.id, cycle.id)
        return cycle.id


def test_an_objective_in_a_started_cycle_is_added_with_its_reason(teebee: TeeBee) -> None:
    draft = ObjectiveDraft("Win hotels over", kind=ObjectiveKind.COMMITTED, theme="business")
    written = do(teebee, writing.add_objective, teebee.hannah, (1, 1), draft, reason=WHY)
    found = objectives(teebee)[-1]
    assert found == written
    assert (found.title, found.owner_id, found.kind, found.theme, found.position) == (
        "Win hotels over",
        teebee.hannah.id,
        ObjectiveKind.COMMITTED,
        "business",
        2,
    )
    assert rows(teebee) == [("Hannah", "Win hotels over", "added", "", "committed, Hannah", WHY)]


def test_a_key_result_is_added_and_asked_for_from_the_next_round_on(teebee: TeeBee) -> None:
    rounds.step(teebee.database, at(10))
    draft = KeyResultDraft("Hotels that order", Move(0, 20), JACK)
    added = do(teebee, writing.add_key_result, teebee.hannah, 1, draft, reason=WHY)
    assert key_result(teebee, added.id).position == 3
    assert rows(teebee) == [("Hannah", "Hotels that order", "added", "", "0 → 20, Jack", WHY)]
    rounds.step(teebee.database, at(12))
    with teebee.database.reading() as connection:
        assert not owing.for_key_results(connection, [added.id], states=RUNNING)
    rounds.step(teebee.database, week_later(at(10)))
    with teebee.database.reading() as connection:
        assert owing.for_key_results(connection, [added.id], states=RUNNING)


def test_every_field_that_changes_is_kept_with_what_it_was(teebee: TeeBee) -> None:
    draft = draft_of(
        teebee,
        1,
        title="Suppliers who renew",
        owner=JACK,
        delegate=HANNAH,
        measure=Move(41, 75, (Checkpoint(QUARTER[0].replace(month=11), 50),)),
        unit="pct",
        weight=2.0,
        every=4,
    )
    do(teebee, writing.change_key_result, teebee.hannah, 1, draft, reason=WHY)
    assert [row[1:5] for row in rows(teebee)] == [
        ("Suppliers who renew", "title", "Customers who renew", "Suppliers who renew"),
        ("Suppliers who renew", "owner", "Hannah", "Jack"),
        ("Suppliers who renew", "delegate", "nobody", "Hannah"),
        ("Suppliers who renew", "measured", "every week", "every 4 weeks"),
        ("Suppliers who renew", "unit", "%", "pct"),
        ("Suppliers who renew", "weight", "1", "2"),
        ("Suppliers who renew", "start", "40 %", "41 pct"),
        ("Suppliers who renew", "target", "70 %", "75 pct"),
        ("Suppliers who renew", "checkpoints", "none", "50 pct by 2026-11-01"),
    ]
    assert {row[5] for row in rows(teebee)} == {WHY}
    do(teebee, writing.change_key_result, teebee.hannah, 1, replace(draft, measure=Keep(40)), reason=WHY)
    assert rows(teebee)[-1][2:5] == ("measure", "41 → 75 pct, 50 pct by 2026-11-01", "at least 40 pct")
    do(teebee, writing.change_key_result, teebee.hannah, 1, replace(draft, measure=Keep(40, 60)), reason=WHY)
    assert rows(teebee)[-1][2:5] == ("bounds", "at least 40 pct", "40 pct to 60 pct")


def test_an_objectives_changes_are_kept_but_for_private_ones_nowhere_public(teebee: TeeBee) -> None:
    draft = objective_draft_of(teebee, 1, title="Prove it", kind=ObjectiveKind.COMMITTED, theme="business")
    do(teebee, writing.change_objective, teebee.hannah, 1, draft, reason=WHY)
    assert [row[2:5] for row in rows(teebee)] == [
        ("title", "Prove our tea’s value to restaurant suppliers", "Prove it"),
        ("kind", "aspirational", "committed"),
        ("theme", "none", "business"),
    ]
    private = replace(draft, private=True, readers=frozenset({JIM}))
    do(teebee, writing.change_objective, teebee.hannah, 1, private, reason=WHY)
    assert rows(teebee) == []
    with teebee.database.reading() as connection:
        every = changes.newest_of_team(connection, teebee.team.id, (), 10)
        assert changes.newest_of_team(connection, teebee.team.id, [1], 10) == []
    assert every[0].change.field == "seen by"
    assert (every[0].change.before, every[0].change.after) == ("everybody", "its owners, Jim")
    assert objectives(teebee)[0].readers == {jim(teebee).id}


def test_a_draft_takes_no_reason_and_keeps_no_changes(teebee: TeeBee) -> None:
    cycle = draft_cycle(teebee)
    new = do(teebee, writing.add_objective, teebee.hannah, (1, cycle), ObjectiveDraft("Win hotels over"))
    added = do(teebee, writing.add_key_result, teebee.hannah, new.id, KeyResultDraft("Hotels", Move(0, 20)))
    do(teebee, writing.change_key_result, teebee.hannah, added.id, KeyResultDraft("Hotels", Move(0, 30)))
    assert key_result(teebee, added.id).measure == Move(0, 30)
    assert rows(teebee) == []


def test_the_first_objective_of_a_set_begins_a_draft(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        other = teams.add(connection, replace(teebee.team, id=0, name="Hotels", channel="C2"))
        teams.set_role(connection, Membership(other.id, teebee.hannah.id, Role.LEAD))
    do(teebee, writing.add_objective, teebee.hannah, (other.id, 1), ObjectiveDraft("Win hotels over"))
    with teebee.database.reading() as connection:
        assert okrs.of_team(connection, other.id, [1]) == []
        assert [one.title for one in okrs.of_team(connection, other.id, [1], drafts=True)] == [
            "Win hotels over"
        ]


def test_who_may_not_write_is_refused_and_nothing_is_written(teebee: TeeBee) -> None:
    draft = ObjectiveDraft("Win hotels over")
    for who, work, what in (
        (teebee.jack, writing.add_objective, ((1, 1), draft)),
        (teebee.jack, writing.change_objective, (1, objective_draft_of(teebee, 1, title="Mine"))),
        (teebee.jack, writing.add_key_result, (1, KeyResultDraft("Hotels", Move(0, 20)))),
        (teebee.jack, writing.change_key_result, (1, draft_of(teebee, 1, title="Mine"))),
        (jim(teebee), writing.change_key_result, (1, draft_of(teebee, 1, title="Mine"))),
        (teebee.jack, arranging.drop_objective, (1,)),
        (teebee.jack, arranging.drop_key_result, (1,)),
    ):
        with pytest.raises(NotAllowed):
            do(teebee, work, who, *what, reason=WHY)
    with pytest.raises(NotAllowed):
        do(teebee, arranging.move_key_result, teebee.jack, 2, -1)
    with pytest.raises(NotAllowed):
        do(teebee, arranging.move_objective, teebee.jack, 2, -1)
    assert rows(teebee) == []
    assert objectives(teebee)[0].title.startswith("Prove")


def test_somebody_of_no_team_and_a_forged_place_are_told_so(teebee: TeeBee) -> None:
    with pytest.raises(CannotWrite) as refused:
        do(teebee, writing.add_objective, jim(teebee), (1, 1), ObjectiveDraft("Mine", personal=True))
    assert refused.value.why is WhyNot.NO_TEAM
    for place in ((1, 99), (99, 1), (2**31 + 5, 1)):
        with pytest.raises(CannotWrite) as refused:
            do(teebee, writing.add_objective, teebee.hannah, place, ObjectiveDraft("Mine"))
        assert refused.value.why is WhyNot.GONE


def test_a_member_writes_aims_of_their_own_for_themselves_only(teebee: TeeBee) -> None:
    own = ObjectiveDraft("Learn to taste", personal=True)
    assert do(teebee, writing.add_objective, teebee.jack, (1, 1), own, reason=WHY).personal
    with pytest.raises(Refused) as refused:
        do(
            teebee,
            writing.add_objective,
            teebee.jack,
            (1, 1),
            replace(own, title="x", owner=HANNAH),
            reason=WHY,
        )
    assert [(one.why, one.field) for one in refused.value.problems] == [(Why.OWN_ONLY, "owner")]


def test_all_that_is_wrong_is_told_at_once(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        people.learn(connection, Profile("U0GONE", "Gone", active=False))
    measure = Move(0, 20, (Checkpoint(QUARTER[1].replace(year=2027), 10),))
    draft = KeyResultDraft("customers  who RENEW", measure, "U0GONE", delegate="U0GONE")
    with pytest.raises(Refused) as refused:
        do(teebee, writing.add_key_result, teebee.hannah, 1, draft)
    assert [(one.why, one.field) for one in refused.value.problems] == [
        (Why.TITLE_TAKEN, "title"),
        (Why.NOT_ACTIVE, "owner"),
        (Why.OWN_DELEGATE, "delegate"),
        (Why.UNMEASURABLE, "measure"),
        (Why.NO_REASON, "reason"),
    ]
    with pytest.raises(Refused):
        do(
            teebee,
            writing.change_key_result,
            teebee.hannah,
            1,
            draft_of(teebee, 1, title="Sales"),
            reason=WHY,
        )
    with pytest.raises(Refused):
        do(teebee, writing.change_objective, teebee.hannah, 1, objective_draft_of(teebee, 2), reason=WHY)
    with pytest.raises(Refused):
        do(teebee, writing.change_key_result, teebee.hannah, 1, draft_of(teebee, 1, weight=2.0), reason=" \n")
    assert len(objectives(teebee)[0].key_results) == 3


def test_what_was_left_as_it_was_needs_no_reason(teebee: TeeBee) -> None:
    do(teebee, writing.change_key_result, teebee.hannah, 1, draft_of(teebee, 1))
    do(teebee, writing.change_objective, teebee.hannah, 1, objective_draft_of(teebee, 1))
    assert rows(teebee) == []


def test_a_dropped_title_may_be_used_again(teebee: TeeBee) -> None:
    do(teebee, arranging.drop_key_result, teebee.hannah, 1, reason=WHY)
    again = KeyResultDraft("Customers who renew", Move(50, 60))
    assert do(teebee, writing.add_key_result, teebee.hannah, 1, again, reason=WHY).id != 1


def test_handing_over_moves_what_the_round_still_asks_and_the_new_owner_joins(teebee: TeeBee) -> None:
    rounds.step(teebee.database, at(10))
    do(teebee, writing.change_key_result, teebee.hannah, 1, draft_of(teebee, 1, owner=JIM), reason=WHY)
    with teebee.database.reading() as connection:
        (row,) = owing.for_key_results(connection, [1], states=RUNNING)
        assert row.person_id == jim(teebee).id
        assert {one.person_id: one.role for one in teams.memberships_of(connection, 1)}[
            row.person_id
        ] is Role.MEMBER
    assert rows(teebee)[0][2:5] == ("owner", "Hannah", "Jim")


def test_what_shows_a_changed_key_result_is_drawn_anew(teebee: TeeBee) -> None:
    rounds.step(teebee.database, at(10))
    teebee.sent(f"prompt:{teebee.jack.id}:2026-11-20", at(10))
    teebee.redraws()
    do(
        teebee,
        writing.change_key_result,
        teebee.jack,
        6,
        draft_of(teebee, 6, measure=Move(40, 10)),
        reason=WHY,
    )
    assert teebee.redraws() == [f"prompt:{teebee.jack.id}:2026-11-20"]
    draft = objective_draft_of(teebee, 2, kind=ObjectiveKind.ASPIRATIONAL)
    do(teebee, writing.change_objective, teebee.jack, 2, draft, reason=WHY)
    assert teebee.redraws() == [f"prompt:{teebee.jack.id}:2026-11-20"]


def test_what_is_dropped_is_asked_of_nobody_and_kept(teebee: TeeBee) -> None:
    rounds.step(teebee.database, at(10))
    record(teebee.database, JACK, teebee.answers(teebee.jack, 55), at(11))
    for number in (4, 6):
        assert do(teebee, arranging.drop_key_result, teebee.jack, number, reason=WHY) is False
    with teebee.database.reading() as connection:
        asked = owing.for_key_results(connection, [4, 5, 6], states=RUNNING)
        assert {row.key_result_id for row in asked} == {4, 5}
    assert key_result(teebee, 4).dropped
    assert [row[1:3] for row in rows(teebee)] == [("Renewed online", "dropped"), ("Phone calls", "dropped")]
    assert do(teebee, arranging.drop_objective, teebee.jack, 2, reason=WHY) is False
    assert key_result(teebee, 5).dropped
    assert [one.id for one in objectives(teebee)] == [1]
    for work in (arranging.drop_key_result, arranging.drop_objective):
        with pytest.raises(CannotWrite) as refused:
            do(teebee, work, teebee.hannah, 6 if work is arranging.drop_key_result else 2, reason=WHY)
        assert refused.value.why is WhyNot.GONE


def test_what_was_never_told_of_in_a_draft_is_gone_for_good(teebee: TeeBee) -> None:
    cycle = draft_cycle(teebee)
    new = do(teebee, writing.add_objective, teebee.hannah, (1, cycle), ObjectiveDraft("Win hotels over"))
    first, second = (
        do(teebee, writing.add_key_result, teebee.hannah, new.id, KeyResultDraft(title, Move(0, 20)))
        for title in ("Hotels", "Nights")
    )
    with teebee.database.transaction() as connection:
        serving = okrs.whole(connection, [1])[1]
        okrs.save_objective(connection, replace(serving, serves=frozenset({new.id})))
    assert do(teebee, arranging.drop_key_result, teebee.hannah, first.id) is True
    with pytest.raises(KeyError):
        key_result(teebee, first.id)
    assert do(teebee, arranging.drop_objective, teebee.hannah, new.id) is False  # another one supports it
    with teebee.database.transaction() as connection:
        assert okrs.objectives_by_ids(connection, [new.id])[new.id].dropped
    again = do(teebee, writing.add_objective, teebee.hannah, (1, cycle), ObjectiveDraft("Win hotels over"))
    assert do(teebee, arranging.drop_objective, teebee.hannah, again.id) is True
    with teebee.database.reading() as connection:
        assert not okrs.objectives_by_ids(connection, [again.id])
    assert second.id


def test_a_cycle_that_has_ended_stays_as_it_is(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection, pytest.raises(CannotWrite) as refused:
        writing.change_key_result(
            connection, teebee.hannah, 1, draft_of(teebee, 1, weight=2.0), reason=WHY, now=week_later(NOW, 7)
        )
    assert refused.value.why is WhyNot.OVER


def test_a_private_one_is_not_there_for_whoever_may_not_see_it(teebee: TeeBee) -> None:
    draft = objective_draft_of(teebee, 2, private=True)
    do(teebee, writing.change_objective, teebee.jack, 2, draft, reason=WHY)
    for work, what in (
        (writing.change_objective, (2, draft)),
        (writing.change_key_result, (4, draft_of(teebee, 4))),
        (arranging.drop_key_result, (4,)),
    ):
        with pytest.raises(CannotWrite) as refused:
            do(teebee, work, teebee.hannah, *what, reason=WHY)
        assert refused.value.why is WhyNot.GONE


def test_what_was_said_of_a_milestone_is_not_read_as_a_value(teebee: TeeBee) -> None:
    rounds.step(teebee.database, at(10))
    milestone = Milestone((Step(1, "Draft"), Step(2, "Ship")))
    do(teebee, writing.change_key_result, teebee.jack, 5, draft_of(teebee, 5, measure=milestone), reason=WHY)
    record(teebee.database, JACK, teebee.answers(teebee.jack, 55), at(11))
    with pytest.raises(Refused) as refused:
        do(
            teebee,
            writing.change_key_result,
            teebee.jack,
            4,
            draft_of(teebee, 4, measure=milestone),
            reason=WHY,
        )
    assert [(one.why, one.field) for one in refused.value.problems] == [(Why.KIND_STAYS, "kind")]


def test_two_at_once_the_second_sees_what_the_first_has_changed(teebee: TeeBee) -> None:
    seen = marks(draft_of(teebee, 1))
    mine = draft_of(teebee, 1, title="Who renews", weight=2.0)
    theirs = draft_of(teebee, 1, title="Renewals", measure=Move(40, 75))
    do(teebee, writing.change_key_result, teebee.hannah, 1, theirs, reason=WHY, seen=Seen(seen))
    with pytest.raises(Meanwhile) as meanwhile:
        do(teebee, writing.change_key_result, teebee.hannah, 1, mine, reason=WHY, seen=Seen(seen))
    found = meanwhile.value.merged
    assert (found.changed, found.clashes) == (("title", "measure"), ("title",))
    assert key_result(teebee, 1).title == "Renewals"
    anew = Seen(marks(draft_of(teebee, 1)), theirs={"title", "no such field"})
    do(teebee, writing.change_key_result, teebee.hannah, 1, found.draft, reason=WHY, seen=anew)
    kept = key_result(teebee, 1)
    assert (kept.title, kept.measure, kept.weight) == ("Renewals", Move(40, 75), 2.0)


def test_they_stand_in_the_order_in_which_somebody_puts_them(teebee: TeeBee) -> None:
    def order() -> list[int]:
        return [one.id for one in objectives(teebee)[0].key_results]

    do(teebee, arranging.move_key_result, teebee.hannah, 3, -1)
    assert order() == [1, 3, 2]
    do(teebee, arranging.move_key_result, teebee.hannah, 1, -1)
    do(teebee, arranging.move_key_result, teebee.hannah, 2, 1)
    assert order() == [1, 3, 2]
    do(teebee, arranging.move_objective, teebee.hannah, 2, -1)
    assert [one.id for one in objectives(teebee)] == [2, 1]
    assert rows(teebee) == []


def test_a_step_that_comes_anew_is_not_done_because_one_before_it_was(teebee: TeeBee) -> None:
    milestone = Milestone((Step(1, "Draft"), Step(2, "Ship")))
    do(teebee, writing.change_key_result, teebee.jack, 4, draft_of(teebee, 4, measure=milestone), reason=WHY)
    rounds.step(teebee.database, at(10))
    answers = teebee.answers(teebee.jack, 100)
    done = replace(answers.updates[0], steps_done=frozenset({1, 2}))
    record(teebee.database, JACK, replace(answers, updates=(done,)), at(11))
    for steps in ((Step(1, "Draft"),), (Step(1, "Draft"), Step(2, "Tell"))):
        wanted = draft_of(teebee, 4, measure=Milestone(steps))
        do(teebee, writing.change_key_result, teebee.jack, 4, wanted, reason=WHY)
    assert key_result(teebee, 4).measure == Milestone((Step(1, "Draft"), Step(3, "Tell")))


def test_dropping_says_who_counts_on_it_as_far_as_one_may_know(teebee: TeeBee) -> None:
    with teebee.database.transaction() as connection:
        other = teams.add(connection, replace(teebee.team, id=0, name="Hotels", channel="C2"))
        for title, private in (("Win hotels over", False), ("A secret", True)):
            okrs.add_objective(
                connection,
                Objective(0, other.id, 1, title, jim(teebee).id, private=private, serves=frozenset({2})),
            )
        for number in (5, 6):
            arranging.drop_key_result(connection, teebee.jack, number, reason=WHY, now=NOW)
        found = consequences_of(connection, teebee, 2)
        assert (found.supporting, found.hidden, found.last) == (("Win hotels over (Hotels)",), 1, False)
        assert not found.for_good
        one = arranging.consequences(
            connection, teebee.jack, writable.key_result(connection, teebee.jack, 4, NOW)
        )
        assert (one.supporting, one.hidden, one.last) == ((), 0, True)


def consequences_of(connection: Connection, teebee: TeeBee, number: int) -> arranging.Consequences:
    found = writable.objective(connection, teebee.jack, number, NOW)
    return arranging.consequences(connection, teebee.jack, found)
