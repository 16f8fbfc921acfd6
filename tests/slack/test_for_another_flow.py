"""Answering for somebody else: a lead at any time, a delegate while the owner is away."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.okr.model import CheckInTimes, Membership, OwedState, Person, Role
from bot.practice import Message
from bot.slack import texts
from bot.storage import check_ins, kept_words, okrs, owing, people, teams
from tests.services.teebee import HANNAH, JACK, JIM, TeeBee, at
from tests.slack.friday import Friday, quiet

SATURDAY = date(2026, 11, 21)


def newest(friday: Friday, actor: Any) -> Message:
    friday.settle()
    return friday.said_to(actor)[-1]


def prompt(friday: Friday, actor: Any) -> Message:
    friday.settle()
    return friday.said_to(actor)[0]


def okr(friday: Friday, actor: Any, text: str) -> Message:
    (reply,) = actor.command("/okr", text).messages
    return quiet(reply)


def jim(teebee: TeeBee) -> Person:
    with teebee.database.reading() as connection:
        found = people.by_slack_id(connection, JIM)
    assert found is not None
    return found


def delegated(teebee: TeeBee, *, to: Person, key_results: list[int]) -> None:
    with teebee.database.transaction() as connection:
        for one in okrs.key_results_by_ids(connection, key_results).values():
            okrs.save_key_result(connection, replace(one, delegate_id=to.id))


def owed_by(teebee: TeeBee, person: Person) -> list[OwedState]:
    with teebee.database.reading() as connection:
        open_ones = check_ins.open_of(connection, person.id)
        return [row.state for one in open_ones for row in owing.in_check_in(connection, one.id)]


# --- a lead --------------------------------------------------------------------------------------------


def test_a_lead_checks_in_for_somebody_and_everybody_sees_who_did(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    first, second, third = teebee.of(teebee.jack)
    reply = okr(friday, friday.hannah, "@Jack")
    form = friday.form(friday.hannah, reply)
    assert texts.YOU_ANSWER_FOR.format(owner="Jack") in form.replace("\n", " ")
    assert texts.NEXT_ACTIONS not in form
    friday.hannah.fill(f"value:{first}", "62%")
    friday.hannah.choose(f"confidence:{third}", "3")
    friday.until(lambda: f"fix:{third}" in str(friday.hannah.view()))
    assert friday.hannah.submit().ok
    friday.settle()
    assert [(one.value, one.by_id) for one in teebee.said(first)] == [(62, teebee.hannah.id)]
    receipt = quiet(newest(friday, friday.hannah))
    assert texts.NOTED_FOR.format(owner="Jack") in receipt.text
    assert texts.ALL_ANSWERED not in receipt.text
    assert "Hannah answered for you: KR1, KR2 and KR3." in quiet(prompt(friday, friday.jack)).text
    friday.tick(16, 30)
    friday.settle()
    assert "Jack (by Hannah)" in friday.digest().text
    friday.form(friday.hannah, receipt)
    friday.hannah.fill(f"value:{first}", "63%")
    assert friday.hannah.submit().ok
    assert "63 %" in newest(friday, friday.hannah).text
    assert len(teebee.said(first)) == 2
    assert teebee.said(second)[0].by_id == teebee.hannah.id


def test_a_leads_form_holds_nothing_that_is_private_to_its_owner(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    friday.jack.say("next: call the five")
    friday.settle()
    with teebee.database.transaction() as connection:
        kept_words.keep(connection, teebee.jack.id, teebee.check_in_id(teebee.jack), "my secret", at(10))
    form = friday.form(friday.hannah, okr(friday, friday.hannah, "@Jack"))
    assert "my secret" not in form
    assert "call the five" not in form
    assert friday.hannah.submit().ok
    assert teebee.actions_of(teebee.jack) == {"call the five": False}
    assert teebee.actions_of(teebee.hannah) == {}


def test_the_owner_changes_what_a_lead_has_said(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    first = teebee.of(teebee.jack)[0]
    friday.form(friday.hannah, okr(friday, friday.hannah, "@Jack"))
    assert friday.hannah.submit().ok
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill(f"value:{first}", "70%")
    assert friday.jack.submit().ok
    assert [one.by_id for one in teebee.said(first)] == [teebee.hannah.id, teebee.jack.id]
    assert "answered for you: KR2 and KR3" in prompt(friday, friday.jack).text


def test_only_a_lead_is_offered_it(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    offered = texts.CHECK_IN_FOR.format(owner="Hannah")
    assert offered not in str(okr(friday, friday.jack, "@Hannah").blocks)
    assert texts.CHECK_IN_FOR.format(owner="Jack") in str(okr(friday, friday.hannah, "@Jack").blocks)


def test_whoever_is_no_lead_any_more_is_refused_with_their_form_open(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    friday.form(friday.hannah, okr(friday, friday.hannah, "@Jack"))
    first = teebee.of(teebee.jack)[0]
    friday.hannah.fill(f"value:{first}", "62%")
    friday.until(lambda: f"drove:{first}" in str(friday.hannah.view()))
    friday.hannah.fill(f"drove:{first}", "still mine")
    with teebee.database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.hannah.id, Role.MEMBER))
    assert list(friday.hannah.submit().errors.values()) == [texts.NOT_YOURS]
    assert "still mine" in friday.hannah.view_screen()
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


def test_all_unchanged_is_for_ones_own_only(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    jacks = str(teebee.check_in_id(teebee.jack))
    assert friday.forge(friday.hannah, prompt(friday, friday.hannah), "all_unchanged", jacks).acked
    assert friday.heard(friday.hannah, texts.NOT_YOURS).only_for == HANNAH
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


# --- a delegate ----------------------------------------------------------------------------------------


def test_while_the_owner_is_away_the_delegate_is_asked(friday: Friday) -> None:
    teebee = friday.move_in()
    first, second, _ = teebee.of(teebee.jack)
    delegated(teebee, to=teebee.hannah, key_results=[first, second])
    assert friday.jack.command("/okr", "pause").ok
    friday.tick(10)
    shown = quiet(prompt(friday, friday.hannah))
    assert "4 Renewed online, for Jack" in shown.text
    assert "5 Satisfaction, for Jack" in shown.text
    assert "Phone calls" not in shown.text
    assert owed_by(teebee, teebee.jack) == [OwedState.AWAY]
    friday.hannah.say("4 62% confidence 8, two chains signed")
    assert "4 Renewed online, for Jack 62 %" in friday.heard(friday.hannah, "Thank you, noted").text
    assert teebee.said(first)[0].by_id == teebee.hannah.id
    friday.tick(16, 30)
    friday.settle()
    assert "Renewed online 62 → 80 %, Jack (by Hannah)" in friday.digest().text
    assert [one for one in friday.said_to(friday.jack) if one.only_for is None] == []


def test_a_delegate_who_owns_nothing_is_asked_too(friday: Friday) -> None:
    teebee = friday.move_in(times=CheckInTimes())
    delegated(teebee, to=jim(teebee), key_results=teebee.of(teebee.jack))
    assert friday.jack.command("/okr", "pause").ok
    friday.tick(10)
    assert owed_by(teebee, jim(teebee)) == [OwedState.WAITING] * 3
    assert friday.said_to(friday.jim) == []
    friday.tick(2, day=SATURDAY)  # Friday 10:00 in Los Angeles
    assert "3 Phone calls, for Jack" in quiet(prompt(friday, friday.jim)).text
    assert friday.jim.tap(prompt(friday, friday.jim), label="All unchanged").ok
    friday.settle()
    assert teebee.said(teebee.of(teebee.jack)[0])[0].by_id == jim(teebee).id


def test_a_delegate_steps_in_when_the_owner_leaves_after_the_prompt(friday: Friday) -> None:
    teebee = friday.move_in()
    delegated(teebee, to=teebee.hannah, key_results=teebee.of(teebee.jack))
    friday.tick(10)
    assert "for Jack" not in prompt(friday, friday.hannah).text
    assert friday.jack.command("/okr", "pause").ok
    assert "6 Phone calls, for Jack" in prompt(friday, friday.hannah).text
    assert len(friday.said_to(friday.hannah)) == 1
    assert friday.jack.command("/okr", "resume").ok
    assert "for Jack" not in prompt(friday, friday.hannah).text
    assert owed_by(teebee, teebee.jack) == [OwedState.WAITING] * 3
    assert friday.jack.id == JACK


def test_a_delegate_who_is_away_too_is_not_asked(friday: Friday) -> None:
    teebee = friday.move_in()
    delegated(teebee, to=teebee.hannah, key_results=teebee.of(teebee.jack))
    for actor in (friday.jack, friday.hannah):
        assert actor.command("/okr", "pause").ok
    friday.tick(10)
    assert owed_by(teebee, teebee.jack) == [OwedState.AWAY] * 3
    assert owed_by(teebee, teebee.hannah) == [OwedState.AWAY] * 3


def test_a_delegate_is_offered_nothing_while_the_owner_is_there(friday: Friday) -> None:
    teebee = friday.move_in()
    delegated(teebee, to=jim(teebee), key_results=teebee.of(teebee.jack))
    friday.tick(10)
    offered = texts.CHECK_IN_FOR.format(owner="Jack")
    assert offered not in str(okr(friday, friday.jim, "@Jack").blocks)
