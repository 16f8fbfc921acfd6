"""Decisions of a meeting: who may take them, when, and what becomes of their actions."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.okr.model import LARGEST_ID, DecisionKind, Membership, Profile, Role
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.digest import decisions, digests
from bot.services.digest.decisions import Agreed, CannotDecide, NotActive, WhyNot
from bot.storage import people, tables, teams
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, TeeBee, at, move_in, week_later

STATUS_PAGE = Agreed("status page on Tuesday", DecisionKind.ACTION, JACK)
ASK_SALES = Agreed("sales asks first", DecisionKind.FIX, HANNAH)
NEXT_FRIDAY = FRIDAY + timedelta(weeks=1)
ROUND = 1


def digested(database: Database) -> TeeBee:
    """Friday evening: Jack has answered, the digest is out."""
    teebee = move_in(database)
    rounds.step(database, at(10))
    answers = teebee.answers(teebee.jack, 40, 6.5, 39, actions=("call the five",))
    checkins.record(database, JACK, answers, at(11))
    rounds.step(database, at(16, 30))
    teebee.sent("digest:1:0", at(16, 30))
    return teebee


def phone_calls(teebee: TeeBee) -> int:
    return teebee.key_results[5].id


def decide(
    teebee: TeeBee, agreed: Agreed = STATUS_PAGE, who: str = HANNAH, when: datetime | None = None
) -> None:
    decisions.decide(teebee.database, who, ROUND, phone_calls(teebee), agreed, now=when or at(17))


def decided(teebee: TeeBee) -> list[tuple[str, str]]:
    """Words and whose, as the digest says them below the item."""
    every = digests.load(teebee.database, ROUND).talk
    (item,) = [one for one in every if one.standing.key_result.id == phone_calls(teebee)]
    return [(one.text, one.person) for one in item.decided]


def first_decision(teebee: TeeBee) -> int:
    with teebee.database.reading() as connection:
        return int(connection.execute(sa.select(sa.func.min(tables.decisions.c.id))).scalar_one())


def why_not(teebee: TeeBee, who: str, round_id: int, key_result_id: int) -> WhyNot:
    with pytest.raises(CannotDecide) as refused:
        decisions.decide(teebee.database, who, round_id, key_result_id, STATUS_PAGE, now=at(17))
    return refused.value.why


def test_a_decision_joins_the_digest_and_an_action_the_actions_of_whose_it_is(database: Database) -> None:
    teebee = digested(database)
    decide(teebee)
    decide(teebee, ASK_SALES, JACK)
    assert decided(teebee) == [("status page on Tuesday", "Jack"), ("sales asks first", "Hannah")]
    assert teebee.actions_of(teebee.jack) == {"call the five": False, "status page on Tuesday": False}
    assert teebee.actions_of(teebee.hannah) == {}
    assert teebee.redraws() == ["digest:1:0"]


def test_the_same_decided_twice_is_decided_once(database: Database) -> None:
    teebee = digested(database)
    for _ in range(2):
        decide(teebee)
    assert decided(teebee) == [("status page on Tuesday", "Jack")]
    assert len(teebee.actions_of(teebee.jack)) == 2


def test_an_action_that_was_decided_outlives_a_late_check_in_and_comes_back_next_week(
    database: Database,
) -> None:
    teebee = digested(database)
    decide(teebee)
    check_in = teebee.check_in_id(teebee.jack)
    assert checkins.load_form(database, JACK, check_in).next_actions == ("call the five",)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 41, 7, 38, actions=("another",)), at(18))
    assert teebee.actions_of(teebee.jack) == {"another": False, "status page on Tuesday": False}
    rounds.step(database, week_later(at(10)))
    form = checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert [one.text for one in form.open_actions] == ["another", "status page on Tuesday"]


def test_somebody_of_another_team_can_be_asked_to_do_it(database: Database) -> None:
    teebee = digested(database)
    decide(teebee, Agreed("lend us a van", DecisionKind.ACTION, JIM))
    assert decided(teebee) == [("lend us a van", "Jim")]
    listed = {one.person: [it.text for it in one.actions] for one in digests.load(database, ROUND).actions}
    assert listed["Jim"] == ["lend us a van"]


def test_a_decision_changes_its_words_its_kind_and_whose_it_is(database: Database) -> None:
    teebee = digested(database)
    decide(teebee)
    number = first_decision(teebee)
    decisions.change(database, HANNAH, number, Agreed("status page today", DecisionKind.ACTION, HANNAH))
    assert decided(teebee) == [("status page today", "Hannah")]
    assert (teebee.actions_of(teebee.jack), teebee.actions_of(teebee.hannah)) == (
        {"call the five": False},
        {"status page today": False},
    )
    decisions.change(database, HANNAH, number, ASK_SALES)
    assert teebee.actions_of(teebee.hannah) == {}
    decisions.change(database, HANNAH, number, STATUS_PAGE)
    assert "status page on Tuesday" in teebee.actions_of(teebee.jack)


def test_one_that_comes_to_say_the_same_as_another_goes(database: Database) -> None:
    teebee = digested(database)
    decide(teebee)
    decide(teebee, ASK_SALES)
    decisions.change(database, HANNAH, first_decision(teebee), ASK_SALES)
    assert decided(teebee) == [("sales asks first", "Hannah")]
    assert teebee.actions_of(teebee.jack) == {"call the five": False}


def test_undoing_a_decision_takes_its_action_along(database: Database) -> None:
    teebee = digested(database)
    decide(teebee)
    number = first_decision(teebee)
    assert decisions.undo(database, HANNAH, number).decided == ()
    assert (decided(teebee), teebee.actions_of(teebee.jack)) == ([], {"call the five": False})
    with pytest.raises(CannotDecide) as refused:
        decisions.undo(database, HANNAH, number)
    assert refused.value.why is WhyNot.NO_SUCH_DECISION


def test_only_whoever_wrote_it_down_or_a_lead_changes_it(database: Database) -> None:
    teebee = digested(database)
    decide(teebee, who=HANNAH)
    decide(teebee, ASK_SALES, JACK)
    shown = decisions.load(database, JACK, ROUND, phone_calls(teebee)).decided
    assert [one.mine for one in shown] == [False, True]
    assert all(one.mine for one in decisions.load(database, HANNAH, ROUND, phone_calls(teebee)).decided)
    for attempt in (
        lambda: decisions.undo(database, JACK, shown[0].id),
        lambda: decisions.change(database, JACK, shown[0].id, ASK_SALES),
        lambda: decisions.load_change(database, JACK, shown[0].id),
    ):
        with pytest.raises(CannotDecide) as refused:
            attempt()
        assert refused.value.why is WhyNot.NOT_YOURS
    decisions.undo(database, HANNAH, shown[1].id)
    assert decided(teebee) == [("status page on Tuesday", "Jack")]


def test_observers_strangers_and_the_deactivated_do_not_decide(database: Database) -> None:
    teebee = digested(database)
    with database.transaction() as connection:
        jim = people.by_slack_id(connection, JIM)
        assert jim is not None
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.OBSERVER))
        people.learn(connection, Profile(JACK, "Jack", active=False))
    for who in (JIM, JACK, "U0NOBODY01"):
        assert why_not(teebee, who, ROUND, phone_calls(teebee)) is WhyNot.NOT_OF_THE_TEAM


def test_it_can_be_decided_from_the_digest_until_the_next_round_opens(database: Database) -> None:
    teebee = move_in(database)
    rounds.step(database, at(10))
    assert why_not(teebee, HANNAH, ROUND, phone_calls(teebee)) is WhyNot.NOT_OUT
    rounds.step(database, at(16, 30))
    decide(teebee)
    rounds.step(database, week_later(at(10)))
    assert why_not(teebee, HANNAH, ROUND, phone_calls(teebee)) is WhyNot.CLOSED
    with pytest.raises(CannotDecide) as refused:
        decisions.undo(database, HANNAH, first_decision(teebee))
    assert refused.value.why is WhyNot.CLOSED


def test_what_is_not_there_is_not_decided(database: Database) -> None:
    teebee = digested(database)
    for round_id, key_result_id in ((0, 1), (LARGEST_ID + 1, 1), (ROUND, 0), (ROUND, LARGEST_ID + 1)):
        assert why_not(teebee, HANNAH, round_id, key_result_id) is WhyNot.NO_SUCH_ITEM
    teebee.drop(phone_calls(teebee))
    assert why_not(teebee, HANNAH, ROUND, phone_calls(teebee)) is WhyNot.NO_SUCH_ITEM


def test_nobody_who_is_not_active_is_given_anything(database: Database) -> None:
    teebee = digested(database)
    with database.transaction() as connection:
        people.learn(connection, Profile(JACK, "Jack", active=False))
    with pytest.raises(NotActive, match="Jack"):
        decide(teebee)
    assert decided(teebee) == []


def test_what_was_decided_stays_in_sight_when_the_item_is_on_track_again(database: Database) -> None:
    teebee = digested(database)
    decide(teebee)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 80, 8, 20), at(18))
    shown = digests.load(database, ROUND)
    (item,) = [one for one in shown.on_track if one.standing.key_result.id == phone_calls(teebee)]
    assert [one.text for one in item.decided] == ["status page on Tuesday"]
    assert shown.date == date(2026, 11, 20)
