"""Coming back: an owner for whom delegates answered is here after all, and what they answered is theirs."""

from datetime import date

import pytest

from bot.okr.model import OwedState, Person
from bot.slack import texts
from bot.storage import absences, check_ins, owing
from tests.services.teebee import FRIDAY, TeeBee
from tests.slack.friday import Friday, locked, quiet
from tests.slack.test_away_flow import days, said_after
from tests.slack.test_for_another_flow import delegated, jim, okr, owed_by, prompt

MONDAY, FRIDAY_AFTER = date(2026, 11, 23), date(2026, 11, 27)
HANNAH_ANSWERS = "Hannah answers for you this time."


def gone(friday: Friday) -> TeeBee:
    """Jack has said after his prompt that he is away today; Hannah is asked all of his."""
    teebee = friday.move_in()
    delegated(teebee, to=teebee.hannah, key_results=teebee.of(teebee.jack))
    friday.tick(10)
    okr(friday, friday.jack, "away today")
    friday.settle()
    return teebee


def owed_on(teebee: TeeBee, person: Person) -> list[OwedState]:
    """What became of what they were asked on Friday."""
    with teebee.database.reading() as connection:
        found = check_ins.of_person(connection, person.id, FRIDAY)
        return [row.state for row in owing.in_check_in(connection, found.id)] if found else []


def by(teebee: TeeBee, key_result: int) -> list[tuple[float, int | None]]:
    return [(one.value, one.by_id) for one in teebee.said(key_result)]


def test_the_prompt_says_who_answers_and_whoever_is_back_takes_over(friday: Friday) -> None:
    teebee = gone(friday)
    first = teebee.of(teebee.jack)[0]
    shown = quiet(prompt(friday, friday.jack))
    assert HANNAH_ANSWERS in shown.text
    friday.hannah.say("4 62%")
    friday.settle()
    assert said_after(friday, friday.jack, shown, label=texts.HERE_AFTER_ALL) == texts.COME_BACK
    mine = quiet(prompt(friday, friday.jack))
    assert "1 Renewed online 62 → 80 %, confidence 5/10 · answered by Hannah ✓" in mine.text
    assert "2 Satisfaction" in mine.text
    assert "for Jack" not in quiet(prompt(friday, friday.hannah)).text
    assert owed_by(teebee, teebee.jack) == [OwedState.ANSWERED, OwedState.WAITING, OwedState.WAITING]
    with teebee.database.reading() as connection:
        assert absences.of_people(connection, [teebee.jack.id]) == []
    friday.jack.say("1 63%")
    friday.settle()
    assert by(teebee, first) == [(62, teebee.hannah.id), (63, teebee.jack.id)]
    friday.forge(friday.jack, prompt(friday, friday.jack), "away", None, to_action="come_back")  # once more
    friday.heard(friday.jack, texts.NOBODY_STANDS_IN)
    friday.forge(friday.hannah, prompt(friday, friday.hannah), "away", "1", to_action="come_back")
    assert owed_by(teebee, teebee.jack) == [OwedState.ANSWERED, OwedState.WAITING, OwedState.WAITING]


def test_the_digest_names_them_as_away_and_once_the_days_are_over_their_words_count(friday: Friday) -> None:
    teebee = gone(friday)
    first = teebee.of(teebee.jack)[0]
    friday.hannah.say("1 41%, 2 6, 3 121k, 4 62%, 5 7, 6 39")
    friday.settle()
    friday.tick(16, 30)
    friday.settle()
    assert "1 of 1 answered" in friday.digest().text
    assert "Away: Jack" in friday.digest().text
    assert "Jack (by Hannah)" in friday.digest().text
    friday.tick(9, day=MONDAY)
    friday.jack.say("1 63%")
    assert "1 Renewed online 63 %" in friday.heard(friday.jack, "Thank you, noted").text
    assert by(teebee, first) == [(62, teebee.hannah.id), (63, teebee.jack.id)]
    friday.settle()
    changed = next(one for one in friday.digest().text.splitlines() if "since" in one)
    assert "Renewed online 62 → 63 %" in changed
    assert "Jack" not in changed
    assert "Hannah answered for you: KR2 and KR3." in prompt(friday, friday.jack).text


def test_home_says_so_and_opens_the_form_for_those_without_a_prompt(friday: Friday) -> None:
    teebee = friday.move_in()
    delegated(teebee, to=jim(teebee), key_results=teebee.of(teebee.jack))
    okr(friday, friday.jack, "away until Friday")
    friday.tick(10)
    friday.settle()
    friday.jack.open_home()
    friday.until(lambda: "Jim answers for you this time." in friday.jack.home_screen())
    assert "Jim answers for you this time." in okr(friday, friday.jack, "").text
    friday.tick(9, day=MONDAY)
    friday.jack.open_home()
    friday.until(lambda: "You are away until" not in friday.jack.home_screen())
    assert friday.jack.tap("home", action_id="come_back").ok
    friday.until(friday.jack.view)
    friday.jack.fill(f"value:{teebee.of(teebee.jack)[0]}", "63%")
    assert friday.jack.submit().ok
    assert by(teebee, teebee.of(teebee.jack)[0]) == [(63, teebee.jack.id)]


@pytest.mark.parametrize("hour", [11, 17], ids=["before the digest", "after it"])
def test_a_form_that_was_open_all_the_while_is_taken_from_its_owner(friday: Friday, hour: int) -> None:
    teebee = friday.move_in()
    delegated(teebee, to=teebee.hannah, key_results=teebee.of(teebee.jack))
    friday.tick(10)
    first = teebee.of(teebee.jack)[0]
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill(f"value:{first}", "63%")
    okr(friday, friday.jack, "away today")
    assert owed_by(teebee, teebee.jack) == []
    friday.tick(hour)
    assert friday.jack.submit().ok
    assert by(teebee, first) == [(63, teebee.jack.id)]
    assert owed_by(teebee, teebee.jack) == [OwedState.ANSWERED] * 3


def test_old_buttons_and_a_locked_database_get_a_sentence(friday: Friday) -> None:
    teebee = gone(friday)
    shown, mine = prompt(friday, friday.jack), str(teebee.check_in_id(teebee.jack))
    friday.forge(friday.jack, shown, "come_back", mine, to_action="check_in_open")
    friday.until(lambda: texts.STOOD_IN_FOR in friday.jack.view_screen(width=200))
    with locked(friday.okra.database):
        assert said_after(friday, friday.jack, shown, label=texts.HERE_AFTER_ALL) == texts.STORAGE_AWAY


def test_a_delegate_who_is_not_asked_any_more_keeps_what_they_typed(friday: Friday) -> None:
    teebee = friday.move_in()
    delegated(teebee, to=jim(teebee), key_results=teebee.of(teebee.jack))
    okr(friday, friday.jack, "away today")
    friday.tick(10)
    friday.settle()
    friday.form(friday.jim, prompt(friday, friday.jim))
    friday.jim.fill(f"value:{teebee.of(teebee.jack)[0]}", "62%")
    assert said_after(friday, friday.jack, okr(friday, friday.jack, ""), action_id="come_back")
    assert list(friday.jim.submit().errors.values()) == [texts.KEY_RESULTS_GONE]
    assert texts.NOTHING_LEFT in prompt(friday, friday.jim).text
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


def test_an_owner_may_answer_theirs_in_the_delegates_check_in_and_nothing_else(friday: Friday) -> None:
    teebee = gone(friday)
    form = friday.form(friday.jack, okr(friday, friday.jack, "@Hannah"))
    assert "Renewed online" in form
    assert "Customers who renew" not in form
    friday.jack.fill(f"value:{teebee.of(teebee.jack)[0]}", "63%")
    assert friday.jack.submit().ok
    assert by(teebee, teebee.of(teebee.jack)[0]) == [(63, teebee.jack.id)]
    assert teebee.said(teebee.of(teebee.hannah)[0]) == []


def test_a_message_after_the_digest_leaves_what_it_has_judged(friday: Friday) -> None:
    """Hannah has answered one of Jack's before it and is silent on the others; on Monday he writes."""
    teebee = gone(friday)
    first, second, third = teebee.of(teebee.jack)
    friday.hannah.say("4 62%")
    friday.settle()
    friday.tick(16, 30)
    friday.settle()
    assert "Waiting for Hannah · away: Jack" in friday.digest().text
    friday.tick(9, day=MONDAY)
    friday.jack.say("good morning")
    friday.settle()
    assert "Waiting for Hannah\n" in friday.digest().text
    assert owed_by(teebee, teebee.jack) == [OwedState.ANSWERED]  # to be changed
    assert owed_by(teebee, teebee.hannah) == [OwedState.WAITING] * 5
    home_button = okr(friday, friday.jack, "")
    assert said_after(friday, friday.jack, home_button, action_id="come_back") == texts.COME_BACK
    friday.form(friday.jack, [one for one in friday.jack.messages() if one.only_for][-1])
    friday.jack.fill(f"value:{second}", "7")
    assert friday.jack.submit().ok
    assert [by(teebee, one) for one in (second, third)] == [[(7, teebee.jack.id)], [(40, teebee.jack.id)]]
    assert owed_by(teebee, teebee.hannah).count(OwedState.WAITING) == 3
    assert by(teebee, first) == [(62, teebee.hannah.id)]


def test_whoever_writes_while_delegates_are_asked_is_shown_the_way(friday: Friday) -> None:
    teebee = gone(friday)
    friday.tick(16, 30)
    friday.tick(9, day=MONDAY)
    friday.jack.say("1 63%")
    reply = quiet(friday.heard(friday.jack, texts.NOTHING_ASKED))
    assert HANNAH_ANSWERS in reply.text
    assert said_after(friday, friday.jack, reply, label=texts.HERE_AFTER_ALL) == texts.COME_BACK
    friday.tick(10, day=FRIDAY_AFTER)
    assert owed_on(teebee, teebee.jack) == []
    assert set(owed_on(teebee, teebee.hannah)) == {OwedState.MISSED}


def test_whose_key_results_are_dropped_comes_back_all_the_same(friday: Friday) -> None:
    teebee = gone(friday)
    shown = prompt(friday, friday.jack)
    for one in teebee.of(teebee.jack):
        teebee.drop(one)
    assert said_after(friday, friday.jack, shown, action_id="come_back") == texts.NOTHING_TO_COME_BACK_TO
    assert days(friday, teebee) == []


def test_at_home_they_come_back_to_nothing_too(friday: Friday) -> None:
    teebee = gone(friday)
    friday.tick(9, day=MONDAY)
    friday.jack.open_home()
    friday.until(lambda: HANNAH_ANSWERS in friday.jack.home_screen())
    for one in teebee.of(teebee.jack):
        teebee.drop(one)
    assert friday.jack.tap("home", action_id="come_back").ok
    friday.until(lambda: texts.NOTHING_TO_COME_BACK_TO in friday.jack.view_screen(width=200))


def test_a_delegates_tap_is_not_the_owners_to_undo(friday: Friday) -> None:
    gone(friday)
    assert friday.hannah.tap(prompt(friday, friday.hannah), label=texts.ALL_UNCHANGED).ok
    friday.settle()
    assert said_after(friday, friday.jack, prompt(friday, friday.jack), action_id="come_back")
    mine = prompt(friday, friday.jack)
    assert "answered by Hannah" in mine.text or "Hannah answered for you" in mine.text
    assert texts.UNDO not in str(mine.blocks)
    assert texts.UNDO in str(prompt(friday, friday.hannah).blocks)
