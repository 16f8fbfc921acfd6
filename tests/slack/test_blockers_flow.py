"""Blockers travel: from a low confidence to whoever is to clear the way, and back to the owner."""

from datetime import date
from typing import Any

from bot.okr.model import BlockerKind, ClearingOutcome
from bot.practice import Message
from bot.services.away import settings
from bot.services.away.settings import Week
from bot.services.sending import asks
from bot.slack import texts
from bot.storage import clearings, deliveries
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, TeeBee, at
from tests.slack.friday import Friday, locked, quiet

NEXT_FRIDAY = date(2026, 11, 27)
WAITS = "Jack waits for you: Phone calls"
GONE = texts.NOT_YOURS_TO_CLEAR


def asked(friday: Friday) -> TeeBee:
    """TeeBee at ten o'clock, everybody prompted."""
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def prompt(friday: Friday, actor: Any) -> Message:
    """The person's first message from the bot, as it stands now."""
    friday.settle()
    return friday.said_to(actor)[0]


def newest(friday: Friday, actor: Any) -> Message:
    friday.settle()
    return friday.said_to(actor)[-1]


def name_in_form(friday: Friday, key_result: int, whose: str, fix: str = "status page Tuesday") -> None:
    """Jack answers everything; his phone calls need somebody else."""
    friday.form(friday.jack, newest(friday, friday.jack))
    friday.jack.choose(f"confidence:{key_result}", "3")
    friday.until(lambda: f"blocker_owner:{key_result}" in str(friday.jack.view()))
    friday.jack.choose(f"blocker_kind:{key_result}", BlockerKind.DEPENDENCY.value)
    friday.jack.choose(f"blocker_owner:{key_result}", whose)
    friday.jack.fill(f"fix:{key_result}", fix)
    assert friday.jack.submit().ok
    friday.settle()


def blocked(friday: Friday, whose: str = HANNAH) -> tuple[TeeBee, int]:
    teebee = asked(friday)
    calls = teebee.of(teebee.jack)[2]
    name_in_form(friday, calls, whose)
    return teebee, calls


def outcomes(teebee: TeeBee, key_result: int) -> list[ClearingOutcome]:
    with teebee.database.reading() as connection:
        return [one.outcome for one in clearings.of_key_results(connection, [key_result])[key_result]]


def test_whoever_is_to_clear_it_finds_it_in_their_prompt_and_the_owner_hears(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    shown = quiet(prompt(friday, friday.hannah))
    assert f"{WAITS} – dependency · Fix: status page Tuesday" in shown.text
    assert friday.hannah.tap(shown, label="Cleared").ok
    assert "I tell Jack that the way is clear" in friday.heard(friday.hannah, "Thank you. I tell").text
    assert outcomes(teebee, calls) == [ClearingOutcome.CLEARED]
    assert WAITS not in prompt(friday, friday.hannah).text
    own, told = friday.said_to(friday.jack)
    assert texts.WHAT_BECAME_OF_IT in quiet(told).text
    for message in (own, told):
        assert "Hannah has cleared the way for Phone calls." in message.text
    friday.tick(16, 30)
    friday.settle()
    assert "In the way: dependency, Hannah (cleared)" in quiet(friday.digest()).text


def test_whoever_wants_no_reminders_hears_at_once_though_something_waits(friday: Friday) -> None:
    teebee = asked(friday)
    settings.save(friday.okra.database, JACK, Week(muted=True))
    calls = teebee.of(teebee.jack)[2]
    friday.jack.say("3 39 conf 2, blocked: dependency, Hannah")
    friday.settle()
    before = len(friday.said_to(friday.jack))
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Cleared").ok
    assert outcomes(teebee, calls) == [ClearingOutcome.CLEARED]
    assert "Hannah has cleared the way for Phone calls." in newest(friday, friday.jack).text
    assert len(friday.said_to(friday.jack)) == before + 1


def test_another_blocker_for_the_same_person_travels_anew(friday: Friday) -> None:
    teebee = asked(friday)
    calls = teebee.of(teebee.jack)[2]
    friday.jack.say("3 41 conf 2, blocked: dependency, Hannah; fix: status page")
    friday.settle()
    friday.tick(11)
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Cleared").ok
    friday.settle()
    friday.tick(12)
    friday.jack.say("3 42 conf 2, blocked: dependency, Hannah; fix: status page")
    friday.settle()
    assert WAITS not in prompt(friday, friday.hannah).text
    friday.jack.say("3 42 conf 2, blocked: resource, Hannah; fix: two more people")
    friday.settle()
    assert f"{WAITS} – resource · Fix: two more people" in prompt(friday, friday.hannah).text
    for message in friday.said_to(friday.jack):
        assert "has cleared" not in message.text
    friday.tick(16, 30)
    friday.settle()
    assert "In the way: resource, Hannah · Fix" in friday.digest().text
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Not mine").ok
    assert "Phone calls: Hannah cannot clear the way. Who can?" in prompt(friday, friday.jack).text
    assert "resource, Hannah (not theirs)" in friday.digest().text
    tap(friday, friday.hannah, calls)
    friday.heard(friday.hannah, texts.SAID_BEFORE)
    assert outcomes(teebee, calls) == [ClearingOutcome.NOT_MINE]


def test_it_is_cleared_though_slacks_clock_is_ahead_of_ours(friday: Friday) -> None:
    teebee = asked(friday)
    friday.tick(10, 1)
    friday.jack.say("3 41 conf 2, blocked: dependency, Hannah")
    friday.settle()
    friday.clock.now = at(10)
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Cleared").ok
    assert outcomes(teebee, teebee.of(teebee.jack)[2]) == [ClearingOutcome.CLEARED]
    assert WAITS not in prompt(friday, friday.hannah).text


def test_what_is_cleared_is_not_in_the_way_next_week(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Cleared").ok
    friday.tick(16, 30)
    friday.settle()
    friday.tick(10, day=NEXT_FRIDAY)
    assert friday.jack.tap(newest(friday, friday.jack), label="All unchanged").ok
    friday.settle()
    assert teebee.said(calls, NEXT_FRIDAY)[0].blocker is None
    assert WAITS not in newest(friday, friday.hannah).text


def test_what_nobody_has_cleared_waits_in_the_next_prompt_too(friday: Friday) -> None:
    _, calls = blocked(friday)
    friday.tick(16, 30)
    friday.settle()
    friday.tick(10, day=NEXT_FRIDAY)
    shown = newest(friday, friday.hannah)
    assert WAITS in shown.text
    name_in_form(friday, calls, HANNAH, fix="another page")
    assert "another page" in newest(friday, friday.hannah).text


def test_not_mine_asks_the_owner_for_somebody_else(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Not mine").ok
    told = newest(friday, friday.jack)
    assert "Phone calls: Hannah cannot clear the way. Who can?" in told.text
    friday.form(friday.jack, told)
    assert "Hannah" not in friday.jack.view_screen(width=100)
    friday.jack.choose(f"blocker_owner:{calls}", JIM)
    assert friday.jack.submit().ok
    friday.settle()
    said = teebee.said(calls)[-1].blocker
    assert said is not None
    assert said.fix == "status page Tuesday"
    assert newest(friday, friday.jack).text == texts.NO_NEWS
    friday.tick(16, 30)
    friday.settle()
    assert "In the way: dependency, Jim" in friday.digest().text


def test_until_somebody_else_is_named_the_digest_says_that_it_is_not_theirs(friday: Friday) -> None:
    blocked(friday)
    friday.tick(16, 30)
    friday.settle()
    assert "dependency, Hannah ·" in friday.digest().text
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Not mine").ok
    friday.settle()
    assert "dependency, Hannah (not theirs)" in friday.digest().text


def test_who_has_no_prompt_is_told_once_when_the_digest_is_due(friday: Friday) -> None:
    blocked(friday, whose=JIM)
    friday.tick(12)
    assert friday.said_to(friday.jim) == []
    for minute in (30, 31):
        friday.tick(16, minute)
    (request,) = friday.said_to(friday.jim)
    assert WAITS in quiet(request).text
    assert friday.jim.tap(request, label="Cleared").ok
    friday.settle()
    assert texts.NOTHING_TO_CLEAR in friday.said_to(friday.jim)[0].text


def test_who_has_a_prompt_gets_no_message_beside_it(friday: Friday) -> None:
    blocked(friday)
    friday.tick(16, 30)
    friday.settle()
    assert len(friday.said_to(friday.hannah)) == 1


def test_home_shows_it_with_its_buttons(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    friday.hannah.open_home()
    friday.settle()
    assert "Jack waits for you" in friday.hannah.home_screen(width=200)
    assert friday.hannah.tap("home", label="Cleared").ok
    friday.until(lambda: "waits for you: Phone" not in friday.hannah.home_screen(width=200))
    assert outcomes(teebee, calls) == [ClearingOutcome.CLEARED]
    friday.jack.open_home()
    friday.settle()
    assert "Hannah has cleared the way for Phone calls." in friday.jack.home_screen(width=200)


def test_a_reminder_was_the_one_message_beside_the_prompt(friday: Friday) -> None:
    teebee = asked(friday)
    calls = teebee.of(teebee.jack)[2]
    friday.tick(15)
    name_in_form(friday, calls, HANNAH)
    before = len(friday.said_to(friday.jack))
    assert friday.hannah.tap(prompt(friday, friday.hannah), label="Cleared").ok
    assert "Hannah has cleared the way" in prompt(friday, friday.jack).text
    assert len(friday.said_to(friday.jack)) == before
    with friday.okra.database.reading() as connection:
        asked_for = deliveries.by_key(connection, asks.cleared_key(teebee.jack.id, FRIDAY))
    assert asked_for is not None
    assert asked_for.state == "dropped"


# --- buttons that say more than their reader may -------------------------------------------------------


def test_an_old_button_says_that_nobody_waits_any_more(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    old = prompt(friday, friday.hannah)
    name_in_form(friday, calls, JIM)
    assert WAITS in old.text
    assert WAITS not in prompt(friday, friday.hannah).text
    tap(friday, friday.hannah, calls)
    assert friday.heard(friday.hannah, GONE).only_for == HANNAH
    assert outcomes(teebee, calls) == []


def tap(friday: Friday, actor: Any, key_result: int | str) -> None:
    """A button that once stood in the person's prompt, or never did."""
    known = friday.said_to(actor)[0]
    forged = friday.forge(actor, known, "check_in_open", str(key_result), to_action="cleared")
    assert forged.acked
    friday.settle()


def test_twice_is_said_to_be_known(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    for _ in range(2):
        tap(friday, friday.hannah, calls)
    friday.heard(friday.hannah, texts.SAID_BEFORE)
    assert outcomes(teebee, calls) == [ClearingOutcome.CLEARED]


def test_a_dropped_key_result_has_nothing_to_clear(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    teebee.drop(calls)
    tap(friday, friday.hannah, calls)
    friday.heard(friday.hannah, GONE)
    assert outcomes(teebee, calls) == []


def test_nobody_clears_what_names_somebody_else(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    for value in (calls, teebee.of(teebee.hannah)[0], "0", "-1", "99999999999", "x", ""):
        tap(friday, friday.jack, value)
        friday.until(lambda: friday.said_to(friday.jack)[-1].text == GONE)
    assert outcomes(teebee, calls) == []


def test_while_the_database_is_away_it_says_so(friday: Friday) -> None:
    teebee, calls = blocked(friday)
    shown = prompt(friday, friday.hannah)
    with locked(friday.okra.database):
        assert friday.hannah.tap(shown, label="Cleared").acked
        friday.heard(friday.hannah, texts.STORAGE_AWAY)
    assert outcomes(teebee, calls) == []
    assert friday.hannah.messages(CHANNEL) == []
    assert friday.jack.id == JACK
