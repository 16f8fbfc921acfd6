"""Recording a check-in: as a whole, by its owner only, while it is open, and as often as one likes."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.okr.actions import Closing
from bot.okr.answers import BlockerAnswer, CheckInAnswers, KeyResultAnswer
from bot.okr.model import BlockerKind, Owed, OwedState, Person
from bot.services.answering import checkins, unchanged
from bot.services.answering.checkins import CannotAnswer, WhyNot
from bot.services.asking import rounds
from bot.services.away import pausing
from bot.services.sending import asks
from bot.storage import check_ins, owing, people
from bot.storage import rounds as stored
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, TeeBee, at, move_in, week_later

NEXT_FRIDAY = date(2026, 11, 27)


def opened(database: Database) -> TeeBee:
    teebee = move_in(database)
    rounds.step(database, at(10))
    return teebee


def owed_rows(teebee: TeeBee, person: Person) -> list[Owed]:
    with teebee.database.reading() as connection:
        return owing.in_check_in(connection, teebee.check_in_id(person))


def owed(teebee: TeeBee, person: Person) -> list[OwedState]:
    return [row.state for row in owed_rows(teebee, person)]


def actions_at(teebee: TeeBee, person: Person) -> datetime | None:
    """When the person said which actions count."""
    with teebee.database.reading() as connection:
        check_in = check_ins.newest(connection, person.id)
    assert check_in is not None
    return check_in.actions_at


def test_the_first_form_is_filled_in_with_the_start_and_a_middling_confidence(database: Database) -> None:
    teebee = opened(database)
    form = checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert (form.teams, form.date) == (("TeeBee",), FRIDAY)
    assert [(one.number, one.title, one.value, one.confidence) for one in form.asked] == [
        (1, "Renewed online", 30, 5),
        (2, "Satisfaction", 6, 5),
        (3, "Phone calls", 40, 5),
    ]
    assert [(one.value_before, one.confidence_before, one.answered) for one in form.asked] == [
        (None, None, False)
    ] * 3


def test_a_form_is_recorded_with_everything_in_it(database: Database) -> None:
    teebee = opened(database)
    calls = KeyResultAnswer(
        teebee.of(teebee.jack)[2],
        41,
        3,
        "order status",
        BlockerAnswer(BlockerKind.DEPENDENCY, HANNAH, "page"),
    )
    answers = teebee.answers(teebee.jack, 52, 7, actions=("status page",))
    checkins.record(database, JACK, replace(answers, updates=(*answers.updates, calls)), at(11))
    (update,) = teebee.said(calls.key_result_id)
    assert (update.value, update.confidence, update.drove) == (41, 3, "order status")
    assert (update.by_id, update.at) == (teebee.jack.id, at(11))
    assert update.blocker is not None
    assert (update.blocker.kind, update.blocker.owner_id, update.blocker.fix) == (
        BlockerKind.DEPENDENCY,
        teebee.hannah.id,
        "page",
    )
    assert owed(teebee, teebee.jack) == [OwedState.ANSWERED] * 3
    assert teebee.actions_of(teebee.jack) == {"status page": False}
    form = checkins.load_form(database, JACK, answers.check_in_id)
    assert [one.answered for one in form.asked] == [True] * 3
    assert form.asked[2].blocker_slack_id == HANNAH
    assert form.next_actions == ("status page",)


def test_recording_the_same_again_changes_nothing(database: Database) -> None:
    teebee = opened(database)
    answers = teebee.answers(teebee.jack, 52, 7, 41, actions=("status page", "call back"))
    checkins.record(database, JACK, answers, at(11))
    checkins.record(database, JACK, answers, at(12))
    for key_result in teebee.of(teebee.jack):
        (update,) = teebee.said(key_result)
        assert update.at == at(11)
    assert teebee.actions_of(teebee.jack) == {"status page": False, "call back": False}
    assert [row.answered_at for row in owed_rows(teebee, teebee.jack)] == [at(11)] * 3
    # It was said again all the same: what was said between must not undo it.
    assert [row.said_at for row in owed_rows(teebee, teebee.jack)] == [at(12)] * 3
    assert actions_at(teebee, teebee.jack) == at(12)


def test_another_answer_replaces_the_whole_and_keeps_the_revision_before(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41, actions=("a", "b")), at(11))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 53, 7, 41, actions=("b", "c")), at(12))
    renewed, satisfaction, _ = teebee.of(teebee.jack)
    assert [(one.value, one.revision) for one in teebee.said(renewed)] == [(52, 1), (53, 2)]
    assert len(teebee.said(satisfaction)) == 1
    assert list(teebee.actions_of(teebee.jack)) == ["b", "c"]


def test_part_of_the_answers_leaves_the_rest_waiting(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(11))
    assert owed(teebee, teebee.jack) == [OwedState.ANSWERED, OwedState.WAITING, OwedState.WAITING]
    assert [row.said_at for row in owed_rows(teebee, teebee.jack)] == [at(11), None, None]


def test_last_weeks_actions_are_closed_carried_and_opened_again(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, 7, 41, actions=("a", "b")), at(11))
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    check_in = teebee.check_in_id(teebee.jack)
    form = checkins.load_form(database, JACK, check_in)
    assert [(one.text, one.weeks) for one in form.open_actions] == [("a", 1), ("b", 1)]
    first = form.open_actions[0].id
    answers = teebee.answers(teebee.jack, 55, 7, 39, closings={first: Closing.DONE})
    checkins.record(database, JACK, answers, week_later(at(11)))
    assert teebee.actions_of(teebee.jack, NEXT_FRIDAY) == {"a": True, "b": False}
    shown = checkins.load_form(database, JACK, check_in).open_actions
    assert [one.closing for one in shown] == [Closing.DONE, Closing.OPEN]
    checkins.record(database, JACK, replace(answers, closings={}), week_later(at(12)))
    assert teebee.actions_of(teebee.jack, NEXT_FRIDAY) == {"a": True, "b": False}
    checkins.record(database, JACK, replace(answers, closings={first: Closing.OPEN}), week_later(at(12)))
    assert teebee.actions_of(teebee.jack, NEXT_FRIDAY) == {"a": False, "b": False}


def test_nobody_closes_what_is_somebody_elses(database: Database) -> None:
    teebee = opened(database)
    checkins.record(
        database, HANNAH, teebee.answers(teebee.hannah, 55, 9, 1, actions=("carrier data",)), at(11)
    )
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    form = checkins.load_form(database, HANNAH, teebee.check_in_id(teebee.hannah))
    theirs = dict.fromkeys([*(one.id for one in form.open_actions), 999, 2**63 - 1], Closing.DONE)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 55, closings=theirs), week_later(at(11)))
    assert teebee.actions_of(teebee.hannah, NEXT_FRIDAY) == {"carrier data": False}


def test_a_check_in_of_somebody_else_or_of_nobody_is_not_yours(database: Database) -> None:
    teebee = opened(database)
    jacks = teebee.answers(teebee.jack, 52, 7, 41)
    for who, answers in (
        (JACK, teebee.answers(teebee.hannah, 52)),
        (JIM, jacks),
        ("U0NOBODY01", jacks),
        (JACK, replace(jacks, check_in_id=0)),
        (JACK, replace(jacks, check_in_id=2**63 - 1)),
    ):
        with pytest.raises(CannotAnswer) as refused:
            checkins.record(database, who, answers, at(11))
        assert refused.value.why is WhyNot.NOT_YOURS
    assert [teebee.said(one) for one in teebee.of(teebee.jack)] == [[], [], []]


def test_key_results_of_others_in_a_forged_form_are_not_looked_at(database: Database) -> None:
    teebee = opened(database)
    forged = tuple(KeyResultAnswer(one, 0, 10) for one in (*teebee.of(teebee.hannah), 999))
    checkins.record(database, JACK, CheckInAnswers(teebee.check_in_id(teebee.jack), forged), at(11))
    assert [teebee.said(one) for one in (*teebee.of(teebee.hannah), 999)] == [[]] * 4
    assert owed(teebee, teebee.hannah) == [OwedState.WAITING] * 3


def test_a_closed_round_takes_no_answers(database: Database) -> None:
    teebee = opened(database)
    late = teebee.answers(teebee.jack, 52, 7, 41)
    rounds.step(database, week_later(at(10)))
    for attempt in (
        lambda: checkins.load_form(database, JACK, late.check_in_id),
        lambda: checkins.asked_of(database, JACK, late.check_in_id),
        lambda: checkins.record(database, JACK, late, week_later(at(11))),
        lambda: unchanged.record(database, JACK, late.check_in_id, week_later(at(11))),
    ):
        with pytest.raises(CannotAnswer) as refused:
            attempt()
        assert refused.value.why is WhyNot.CLOSED
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


def test_dropped_and_handed_over_key_results_are_not_asked_any_more(database: Database) -> None:
    teebee = opened(database)
    renewed, satisfaction, calls = teebee.of(teebee.jack)
    answers = teebee.answers(teebee.jack, 52, 7, 41)
    teebee.drop(renewed)
    teebee.hand_over(satisfaction, teebee.hannah)
    asked = checkins.asked_of(database, JACK, answers.check_in_id)
    assert [(one.number, one.key_result_id) for one in asked] == [(3, calls)]
    checkins.record(database, JACK, answers, at(11))
    assert [len(teebee.said(one)) for one in (renewed, satisfaction, calls)] == [0, 0, 1]
    assert [row.answered_at for row in owed_rows(teebee, teebee.jack)] == [None, None, at(11)]


def test_with_everything_gone_nothing_is_asked(database: Database) -> None:
    teebee = opened(database)
    for one in teebee.of(teebee.jack):
        teebee.drop(one)
    with pytest.raises(CannotAnswer) as refused:
        checkins.load_form(database, JACK, teebee.check_in_id(teebee.jack))
    assert refused.value.why is WhyNot.NOTHING_ASKED


def test_all_unchanged_takes_last_weeks_figures_and_what_is_still_in_the_way(database: Database) -> None:
    teebee = opened(database)
    first = teebee.answers(teebee.jack, 52, 7)
    blocked = KeyResultAnswer(
        teebee.of(teebee.jack)[2], 41, 3, "why", BlockerAnswer(BlockerKind.CLARITY, JIM, "ask Jim")
    )
    checkins.record(database, JACK, replace(first, updates=(*first.updates, blocked)), at(11))
    rounds.step(database, at(16, 30))
    rounds.step(database, week_later(at(10)))
    unchanged.record(database, JACK, teebee.check_in_id(teebee.jack), week_later(at(11)))
    said = [teebee.said(one, NEXT_FRIDAY)[0] for one in teebee.of(teebee.jack)]
    assert [(one.value, one.confidence, one.drove) for one in said] == [(52, 7, ""), (7, 7, ""), (41, 3, "")]
    assert said[2].blocker is not None
    assert said[2].blocker.fix == "ask Jim"
    assert owed(teebee, teebee.jack) == [OwedState.ANSWERED] * 3


def test_all_unchanged_says_nothing_of_what_was_answered_before_nor_of_actions(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, actions=("a",)), at(11))
    unchanged.record(database, JACK, teebee.check_in_id(teebee.jack), at(12))
    assert [row.said_at for row in owed_rows(teebee, teebee.jack)] == [at(11), at(12), at(12)]
    assert actions_at(teebee, teebee.jack) == at(11)


def test_all_unchanged_keeps_what_was_answered_already(database: Database) -> None:
    teebee = opened(database)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52, confidence=9), at(11))
    check_in = teebee.check_in_id(teebee.jack)
    for minute in (1, 2):
        unchanged.record(database, JACK, check_in, at(11, minute))
    said = [teebee.said(one) for one in teebee.of(teebee.jack)]
    assert [[(one.value, one.confidence) for one in each] for each in said] == [
        [(52, 9)],
        [(6, 5)],
        [(40, 5)],
    ]


def test_an_empty_blocker_is_none_and_a_stranger_who_is_to_clear_it_is_remembered(database: Database) -> None:
    teebee = opened(database)
    one, two, _ = teebee.of(teebee.jack)
    answers = (
        KeyResultAnswer(one, 52, 3, "", BlockerAnswer()),
        KeyResultAnswer(two, 7, 3, "", BlockerAnswer(None, "U0STRANGER", "")),
    )
    checkins.record(database, JACK, CheckInAnswers(teebee.check_in_id(teebee.jack), answers), at(11))
    assert teebee.said(one)[0].blocker is None
    with database.reading() as connection:
        stranger = people.by_slack_id(connection, "U0STRANGER")
    blocker = teebee.said(two)[0].blocker
    assert stranger is not None
    assert blocker is not None
    assert blocker.owner_id == stranger.id


def test_an_answer_redraws_the_prompt_and_a_late_one_the_digest(database: Database) -> None:
    teebee = opened(database)
    prompt = asks.prompt_key(teebee.jack.id, FRIDAY)
    teebee.sent(prompt, at(10))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(11))
    assert teebee.redraws() == [prompt]
    rounds.step(database, at(16, 30))
    with database.reading() as connection:
        (round_,) = stored.newest(connection, teebee.team.id)
    teebee.sent(asks.digest_key(round_.id), at(16, 30))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 53, 7, 41), at(17))
    assert sorted(teebee.redraws()) == sorted([prompt, asks.digest_key(round_.id)])
    assert owed(teebee, teebee.jack) == [OwedState.ANSWERED] * 3
    assert teebee.subjects(asks.RECEIPT) == []


def test_whoever_has_no_prompt_gets_one_receipt_that_is_kept_up_to_date(database: Database) -> None:
    teebee = move_in(database)
    pausing.pause(database, JACK, at(9))
    rounds.step(database, at(10))
    check_in = teebee.check_in_id(teebee.jack)
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(11))
    mine = teebee.of(teebee.jack)
    assert teebee.subjects(asks.RECEIPT) == [{"check_in": check_in, "key_results": mine, "unchanged": False}]
    teebee.sent(f"{asks.RECEIPT}:form:{check_in}", at(11))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 53), at(12))
    assert f"{asks.RECEIPT}:form:{check_in}" in teebee.redraws()
    unchanged.record(database, JACK, check_in, at(12, 30))
    assert teebee.subjects(asks.RECEIPT)[1:] == [
        {"check_in": check_in, "key_results": mine[1:], "unchanged": True}
    ]
