"""A key result needs another team's: asked in a prompt, confirmed or not, and heard by whoever asked."""

from dataclasses import replace
from typing import Any

import pytest

from bot.okr.model import DependencyState, KeyResult, Person, Profile
from bot.practice import Message
from bot.services.alignment import dependencies, depending
from bot.services.alignment.depending import WhyNot
from bot.slack import ids
from bot.slack import texts as every_text
from bot.slack.texts import alignment as texts
from bot.storage import needing, okrs, people
from tests.services.teebee import JIM, at
from tests.services.zenith import Zenith, zenith
from tests.slack.friday import Friday, locked, quiet
from tests.slack.test_command import okr

CARRIER = "Carrier data on every page"
COUNTS = f"Jack counts on you: Phone calls (TeeBee) needs {CARRIER}"
GONE = texts.NOT_ASKED[WhyNot.NOT_YOURS]


def counted_on(friday: Friday) -> Zenith:
    """Hannah owns UED's carrier data; everybody is prompted."""
    company = zenith(friday.move_in())
    owned_by(company, company.teebee.hannah)
    friday.tick(10)
    friday.settle()
    return company


def carrier(company: Zenith) -> KeyResult:
    return company.screens.key_results[0]


def calls(company: Zenith) -> int:
    return company.teebee.of(company.teebee.jack)[2]


def owned_by(company: Zenith, person: Person) -> None:
    with company.database.transaction() as connection:
        okrs.save_key_result(connection, replace(carrier(company), owner_id=person.id))


def form(friday: Friday, company: Zenith) -> str:
    """Jack opens the form for his phone calls; gives the field's id."""
    reply = okr(friday, friday.jack, "needs phone")
    assert texts.WHICH_KEY_RESULT in reply.text
    assert friday.jack.tap(reply, action_id=ids.NEEDS, choice=str(calls(company))).ok
    friday.until(friday.jack.view)
    return ids.field(ids.NEEDED_ON, calls(company))


def ask(friday: Friday, company: Zenith) -> str:
    """Jack asks for carrier data; gives what the form then says."""
    field = form(friday, company)
    found = friday.jack.suggest(field, "carrier")
    assert (found.texts, found.problems) == ([CARRIER], ())
    friday.jack.choose(field, CARRIER)
    assert friday.jack.submit().ok
    said = str(friday.jack.view_screen(width=200))
    friday.jack.close()
    friday.settle()
    return said


def states(company: Zenith) -> list[DependencyState]:
    with company.database.reading() as connection:
        return [one.state for one in needing.everything(connection)]


def first(friday: Friday, actor: Any) -> Message:
    """The person's prompt, as it stands now."""
    friday.settle()
    return quiet(friday.said_to(actor)[0])


def test_it_rides_in_the_owners_prompt_and_the_asker_hears(friday: Friday) -> None:
    company = counted_on(friday)
    before = len(friday.said_to(friday.hannah))
    assert "I ask Hannah" in ask(friday, company)
    prompt = first(friday, friday.hannah)
    assert COUNTS in prompt.text
    assert len(friday.said_to(friday.hannah)) == before
    assert f"needs {CARRIER} of UED, asked" in okr(friday, friday.jack).text
    assert friday.hannah.tap(prompt, label="Confirm").ok
    friday.heard(friday.hannah, "Thank you. I tell Jack that Phone calls can count on it.")
    assert states(company) == [DependencyState.CONFIRMED]
    assert COUNTS not in first(friday, friday.hannah).text
    assert f"Phone calls can count on {CARRIER} of UED." in first(friday, friday.jack).text
    assert f"needs {CARRIER} of UED, confirmed" in okr(friday, friday.jack).text
    assert f"needs {CARRIER} of UED, confirmed" in okr(friday, friday.jim, "tree TeeBee").text
    assert [one.only_for for one in friday.said_to(friday.jack)].count(None) == 1


def test_whoever_has_answered_everything_hears_in_a_message(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    assert friday.jack.tap(first(friday, friday.jack), label="All unchanged").ok
    assert friday.hannah.tap(first(friday, friday.hannah), label="Not so").ok
    told = friday.heard(friday.jack, texts.WHAT_IT_NEEDS)
    assert f"Phone calls cannot count on {CARRIER} of UED." in quiet(told).text
    assert states(company) == [DependencyState.DECLINED]


def test_home_shows_it_with_its_buttons(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    friday.hannah.open_home()
    friday.settle()
    assert "Jack counts on you" in friday.hannah.home_screen(width=200)
    assert friday.hannah.tap("home", label="Confirm").ok
    friday.until(lambda: "Jack counts on you" not in friday.hannah.home_screen(width=200))
    assert states(company) == [DependencyState.CONFIRMED]
    assert "can count on it" in friday.hannah.view_screen(width=200)


def test_whoever_has_no_prompt_is_told_once_when_the_digest_is_due(friday: Friday) -> None:
    company = zenith(friday.move_in())
    with company.database.transaction() as connection:
        for home in (company.loved, company.screens):
            okrs.drop_key_result(connection, home.key_results[0].id, at(8))
        gus = people.learn(connection, Profile("U0GUS00001", "Gus", None, "Asia/Shanghai"))
    friday.slack.add_person("Gus", id="U0GUS00001", tz="Asia/Shanghai")
    # Dropped are what Jim owed; what is needed came later than his week's prompts.
    friday.tick(10)
    added = company.add(company.ued, "Pages that load", gus, CARRIER)
    ask(friday, company)
    gus_seen = friday.slack.person("U0GUS00001")
    assert friday.said_to(gus_seen) == []
    for minute in (30, 31):
        friday.tick(16, minute)
    friday.settle()
    (told,) = friday.said_to(gus_seen)
    assert COUNTS in quiet(told).text
    assert gus_seen.tap(told, label="Confirm").ok
    friday.settle()
    assert friday.said_to(gus_seen)[0].text == every_text.NOTHING_TO_CLEAR
    assert added.key_results


def test_only_other_teams_are_offered_and_a_forged_choice_is_refused(friday: Friday) -> None:
    company = counted_on(friday)
    field = form(friday, company)
    assert set(friday.jack.suggest(field, "").texts) == {CARRIER, "People who recommend us"}
    database, jack = company.database, company.teebee.jack.slack_id
    for on, why in (
        (calls(company), WhyNot.SAME_TEAM),
        (company.teebee.of(company.teebee.hannah)[0], WhyNot.SAME_TEAM),
        (99999, WhyNot.NO_SUCH),
        (0, WhyNot.NO_SUCH),
    ):
        with pytest.raises(depending.CannotDepend) as refused:
            depending.ask(database, jack, calls(company), on, at(11))
        assert refused.value.why is why
    assert states(company) == []


def test_a_circle_is_refused_with_the_way_round(friday: Friday) -> None:
    company = counted_on(friday)
    recommend = company.loved.key_results[0]
    with company.database.transaction() as connection:
        needing.ask(connection, carrier(company).id, recommend.id, company.jim.id, at(9))
        needing.ask(connection, recommend.id, calls(company), company.jim.id, at(9))
    field = form(friday, company)
    friday.jack.suggest(field, "carrier")
    friday.jack.choose(field, CARRIER)
    assert not friday.jack.submit().ok
    assert f"“{CARRIER}” leads to “People who recommend us” leads to “Phone calls”" in str(
        friday.jack.view_errors()
    )
    assert len(states(company)) == 2


def test_twice_is_asked_once_and_answered_once(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    field = form(friday, company)
    friday.jack.suggest(field, "carrier")
    friday.jack.choose(field, CARRIER)
    assert not friday.jack.submit().ok
    assert friday.jack.view_errors()[field] == texts.NOT_ASKED[WhyNot.ASKED_BEFORE]
    friday.jack.close()
    old = first(friday, friday.hannah)
    assert friday.hannah.tap(old, label="Confirm").ok
    friday.settle()
    for action, sentence in (
        (ids.DECLINE_NEED, texts.NOT_ASKED[WhyNot.SAID_BEFORE]),
        (ids.CONFIRM_NEED, texts.NOT_ASKED[WhyNot.SAID_BEFORE]),
    ):
        friday.forge(friday.hannah, old, ids.CHECK_IN_OPEN, "1", to_action=action)
        friday.heard(friday.hannah, sentence)
    assert states(company) == [DependencyState.CONFIRMED]


def test_what_was_declined_can_be_asked_anew(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    assert friday.hannah.tap(first(friday, friday.hannah), label="Not so").ok
    friday.settle()
    ask(friday, company)
    assert states(company) == [DependencyState.ASKED]
    assert COUNTS in first(friday, friday.hannah).text


def test_a_new_owner_is_asked_instead(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    owned_by(company, company.jim)
    friday.tick(10, 5)
    with company.database.reading() as connection:
        assert dependencies.needed(connection, company.teebee.hannah) == ()
        (needed,) = dependencies.needed(connection, company.jim)
    assert (needed.on, needed.key_result) == (CARRIER, "Phone calls")
    old = friday.said_to(friday.hannah)[0]
    friday.forge(friday.hannah, old, ids.CHECK_IN_OPEN, "1", to_action=ids.CONFIRM_NEED)
    friday.heard(friday.hannah, "You cannot confirm this. Jim can. Nothing was changed.")


def test_where_the_owner_cannot_be_told_the_teams_leads_are(friday: Friday) -> None:
    company = counted_on(friday)
    with company.database.transaction() as connection:
        guest = people.learn(connection, Profile("U0GUS00001", "Gus", None, "Asia/Shanghai", guest=True))
    owned_by(company, guest)
    assert "I ask Jim" in ask(friday, company)
    with company.database.reading() as connection:
        assert dependencies.needed(connection, guest) == ()
        assert len(dependencies.needed(connection, company.jim)) == 1
    assert COUNTS in okr(friday, friday.jim, "needs").text


def test_where_nobody_can_be_told_that_is_said(friday: Friday) -> None:
    company = counted_on(friday)
    with company.database.transaction() as connection:
        guest = people.learn(connection, Profile("U0GUS00001", "Gus", None, "Asia/Shanghai", guest=True))
        people.learn(connection, Profile(JIM, "Jim", "jim@teebee.example", active=False))
    owned_by(company, guest)
    field = form(friday, company)
    friday.jack.suggest(field, "carrier")
    friday.jack.choose(field, CARRIER)
    assert not friday.jack.submit().ok
    assert friday.jack.view_errors()[field] == texts.NOT_ASKED[WhyNot.NOBODY_TO_ASK]


def test_what_is_dropped_is_asked_no_more_and_said_to_be_gone(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    old = first(friday, friday.hannah)
    with company.database.transaction() as connection:
        okrs.drop_key_result(connection, carrier(company).id, at(11))
    friday.forge(friday.hannah, old, ids.CHECK_IN_OPEN, "1", to_action=ids.CONFIRM_NEED)
    friday.heard(friday.hannah, GONE)
    assert f"needs {CARRIER} of UED, dropped" in okr(friday, friday.jack).text
    listed = okr(friday, friday.jack, "needs")
    assert f"Phone calls needs {CARRIER}, UED · dropped" in listed.text
    assert friday.jack.tap(listed, label="Withdraw").ok
    friday.heard(friday.jack, texts.WITHDRAWN)
    assert states(company) == []


def test_it_is_withdrawn_by_whoever_may_change_the_key_result(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    listed = okr(friday, friday.jack, "needs")
    theirs = okr(friday, friday.jim, "tree")
    friday.forge(friday.jim, theirs, ids.TREE_PICTURE, "1", to_action=ids.WITHDRAW_NEED)
    friday.until(
        lambda: any("You cannot change this key result." in one.text for one in friday.jim.messages())
    )
    assert states(company) == [DependencyState.ASKED]
    assert friday.jack.tap(listed, label="Withdraw").ok
    assert COUNTS not in first(friday, friday.hannah).text
    assert states(company) == []
    friday.forge(friday.jack, listed, ids.WITHDRAW_NEED, "1")
    friday.heard(friday.jack, GONE)


@pytest.mark.parametrize("value", ["0", "99999999999", "x", "", "-1"])
def test_a_forged_key_result_opens_nothing(friday: Friday, value: str) -> None:
    counted_on(friday)
    reply = okr(friday, friday.jack, "needs")
    friday.forge(friday.jack, reply, ids.NEEDS, value)
    friday.until(friday.jack.view)
    assert texts.NOT_ASKED[WhyNot.NO_SUCH] in friday.jack.view_screen(width=200)


def test_somebody_elses_key_result_needs_nothing_by_a_forged_menu(friday: Friday) -> None:
    company = counted_on(friday)
    reply = okr(friday, friday.jack, "needs")
    friday.forge(friday.jack, reply, ids.NEEDS, str(company.loved.key_results[0].id))
    friday.until(friday.jack.view)
    assert "You cannot change this key result. Jim can." in friday.jack.view_screen(width=200)


def test_while_the_database_is_away_it_says_so(friday: Friday) -> None:
    company = counted_on(friday)
    ask(friday, company)
    prompt = first(friday, friday.hannah)
    with locked(company.database):
        assert friday.hannah.tap(prompt, label="Confirm").ok
        if company.database.is_sqlite:
            friday.heard(friday.hannah, every_text.STORAGE_AWAY)


def test_whoever_has_nothing_to_change_is_told_who_says_what_is_needed(friday: Friday) -> None:
    counted_on(friday)
    with friday.okra.database.transaction() as connection:
        people.learn(connection, Profile("U0NEW00001", "Nina", None))
    friday.slack.add_person("Nina", id="U0NEW00001")
    assert okr(friday, friday.slack.person("U0NEW00001"), "needs").text == texts.NOTHING_TO_NEED_FOR
    assert "None of the key results" in okr(friday, friday.jack, "needs zzz").text
