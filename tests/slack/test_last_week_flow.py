"""Last week first: its actions stand in the prompt, and are closed by form or in words before new ones are set."""

from datetime import date, timedelta

from bot.okr.model import ActionOutcome
from bot.storage import actions
from tests.services.teebee import CHANNEL, FRIDAY, TeeBee
from tests.slack.friday import Friday, quiet

NEXT = FRIDAY + timedelta(weeks=1)


def a_week_later(friday: Friday, words: str = "1 62; next: carrier data; KR2: call five; mail") -> TeeBee:
    """Jack has set three actions, and is asked again."""
    teebee = friday.move_in()
    friday.tick(10)
    friday.jack.say(words)
    friday.heard(friday.jack, "noted")
    friday.tick(16, 30)
    friday.tick(10, day=NEXT)
    friday.settle()
    return teebee


def outcomes(teebee: TeeBee, on: date = NEXT) -> dict[str, ActionOutcome | None]:
    with teebee.database.reading() as connection:
        return {one.text: one.outcome for one in actions.known_on(connection, [teebee.jack.id], on)}


def test_last_weeks_actions_stand_numbered_in_the_prompt_and_are_closed_in_words(friday: Friday) -> None:
    teebee = a_week_later(friday)
    prompt = quiet(friday.heard(friday.jack, "Last week you meant to"))
    assert "1 carrier data\n2 KR2: call five\n3 mail" in prompt.text
    friday.jack.say("done 1, drop 3; next: write")
    receipt = quiet(friday.heard(friday.jack, "Last week’s actions:"))
    assert "1 carrier data · done ✓\n3 mail · dropped" in receipt.text
    assert outcomes(teebee) == {
        "carrier data": ActionOutcome.DONE,
        "call five": None,
        "mail": ActionOutcome.DROPPED,
        "write": None,
    }
    friday.settle()
    assert "1 carrier data · done ✓" in friday.heard(friday.jack, "Last week you meant to").text
    friday.tick(16, 30, day=NEXT)
    friday.settle()
    digest = [one for one in friday.hannah.messages(CHANNEL) if not one.is_reply][-1]
    assert "last week: 1 done, 1 carried, 1 dropped" in digest.text
    assert "call five (2nd week)" in digest.text


def test_in_the_form_actions_are_ticked_as_done_or_not_needed(friday: Friday) -> None:
    teebee = a_week_later(friday)
    shown = friday.form(friday.jack, friday.heard(friday.jack, "Last week you meant to"))
    assert "Done since last week?" in shown
    friday.jack.choose("done:0", ["carrier data", "mail"])
    friday.jack.choose("dropped:0", ["mail"])
    refused = friday.jack.submit()
    assert refused.errors == {"dropped:0": "“mail” is ticked as done, too. Which is it?"}
    friday.jack.choose("done:0", ["carrier data"])
    assert friday.jack.submit().ok
    assert outcomes(teebee) == {
        "carrier data": ActionOutcome.DONE,
        "call five": None,
        "mail": ActionOutcome.DROPPED,
    }


def test_the_third_carry_asks_keep_or_drop_and_keeping_asks_no_more(friday: Friday) -> None:
    teebee = a_week_later(friday, "1 62; next: carrier data")
    for week in (1, 2):
        friday.tick(16, 30, day=FRIDAY + week * timedelta(weeks=1))
        assert "keep or drop?" not in friday.said_to(friday.jack)[-1].text
        friday.tick(10, day=FRIDAY + (week + 1) * timedelta(weeks=1))
        friday.settle()
    third = FRIDAY + timedelta(weeks=3)
    prompt = friday.said_to(friday.jack)[-1]
    assert "1 carrier data · 3rd week · keep or drop?" in quiet(prompt).text
    shown = friday.form(friday.jack, prompt)
    assert "“carrier data” is still open after 3 weeks. Keep or drop?" in shown
    (action,) = (one for one in _known(teebee, third))
    friday.jack.choose(f"decided:{action}", "kept")
    assert friday.jack.submit().ok
    friday.settle()
    assert "1 carrier data · 3rd week · kept" in friday.said_to(friday.jack)[-1].text
    friday.tick(16, 30, day=third)
    friday.tick(10, day=third + timedelta(weeks=1))
    friday.settle()
    again = friday.said_to(friday.jack)[-1]
    assert "1 carrier data · 4th week" in again.text
    assert "keep or drop?" not in again.text


def _known(teebee: TeeBee, on: date) -> list[int]:
    with teebee.database.reading() as connection:
        return [one.id for one in actions.known_on(connection, [teebee.jack.id], on)]


def test_a_form_that_was_open_does_not_open_again_what_a_message_closed(friday: Friday) -> None:
    teebee = a_week_later(friday)
    friday.form(friday.jack, friday.heard(friday.jack, "Last week you meant to"))
    friday.jack.say("done 1")
    friday.heard(friday.jack, "done ✓")
    friday.jack.choose("done:0", ["mail"])
    assert friday.jack.submit().ok
    done = ActionOutcome.DONE
    assert outcomes(teebee) == {"carrier data": done, "call five": None, "mail": done}


def test_no_change_three_times_running_asks_what_would_move_it_until_that_is_said(friday: Friday) -> None:
    teebee = friday.move_in()
    asked = "KR1, KR2 and KR3: nothing has changed for some weeks. What would move them?"
    for week in range(3):
        friday.tick(10, day=FRIDAY + timedelta(weeks=week))
        friday.settle()
        prompt = friday.said_to(friday.jack)[-1]
        assert friday.jack.tap(prompt, action_id="all_unchanged").ok
        friday.settle()
        assert (asked in friday.said_to(friday.jack)[-1].text) is (week == 2)
        if week < 2:
            friday.tick(16, 30, day=FRIDAY + timedelta(weeks=week))
    quiet(friday.said_to(friday.jack)[-1])
    friday.jack.say("KR1 same, a new carrier")
    receipt = friday.heard(friday.jack, "a new carrier")
    assert "What would move" not in receipt.text
    friday.settle()
    assert any("KR2 and KR3: nothing has changed" in one.text for one in friday.said_to(friday.jack))
    assert teebee.said(teebee.of(teebee.jack)[0], FRIDAY + timedelta(weeks=2))[-1].drove == "a new carrier"
