"""What people send that nobody asked for, too late, or twice: a worded outcome, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest

from bot.okr.model import Person
from bot.okr.replies.problems import NO_FILES
from bot.practice import Message
from bot.practice.world import Envelope
from bot.services.answering.checkins import NOT_ASKED_ANY_MORE
from bot.slack import texts
from bot.slack.listeners.form_pages import Pages
from bot.storage import kept_words
from tests.services.teebee import FRIDAY, JACK, TeeBee, at
from tests.slack.friday import Friday, quiet

LAST_MONTH = FRIDAY + timedelta(weeks=4)


def asked(friday: Friday) -> TeeBee:
    """TeeBee at ten o'clock, everybody prompted."""
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def prompt(friday: Friday, actor: Any) -> Message:
    friday.settle()
    return friday.said_to(actor)[0]


def kept(teebee: TeeBee, person: Person) -> tuple[str, ...]:
    with teebee.database.reading() as connection:
        long_ago = teebee.team.started_at
        assert long_ago is not None
        return kept_words.of_nothing(connection, person.id, since=long_ago)


def test_a_button_from_last_month_says_that_it_is_closed(friday: Friday) -> None:
    teebee = asked(friday)
    old = prompt(friday, friday.jack)
    check_in = str(teebee.check_in_id(teebee.jack))
    for week in range(1, 5):
        friday.tick(10, day=FRIDAY + timedelta(weeks=week))
    assert friday.forge(friday.jack, old, "check_in_open", check_in).acked
    friday.until(friday.jack.view)
    assert texts.CLOSED_FORM in friday.jack.view_screen(width=100).replace("\n", " ")
    friday.jack.close()
    assert friday.forge(friday.jack, old, "all_unchanged", check_in).acked
    friday.heard(friday.jack, texts.CLOSED_FORM)
    assert [teebee.said(one, on) for one in teebee.of(teebee.jack) for on in (FRIDAY, LAST_MONTH)] == [[]] * 6


def test_a_form_sent_twice_counts_once(friday: Friday) -> None:
    teebee = asked(friday)
    first = teebee.of(teebee.jack)[0]
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill(f"value:{first}", "62%")
    friday.jack.fill("next_actions", "call the five")
    assert friday.jack.submit().ok
    (sent,) = (one for one in friday.slack.records if one.get("payload", {}).get("type") == "view_submission")
    again = Envelope("interactive", sent["payload"], answerable=True)
    friday.slack.world.send(again)
    friday.until(lambda: again.acked)
    friday.settle()
    assert [one.value for one in teebee.said(first)] == [62]
    assert teebee.actions_of(teebee.jack) == {"call the five": False}
    assert len(friday.said_to(friday.jack)) == 1


def test_a_form_keeps_the_fields_of_a_key_result_that_was_dropped_while_it_is_filled_in(
    friday: Friday,
) -> None:
    teebee = asked(friday)
    first, _, third = teebee.of(teebee.jack)
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill(f"value:{third}", "41")
    friday.until(lambda: f"drove:{third}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{third}", "order status only by phone")
    teebee.drop(third)
    friday.jack.fill(f"value:{first}", "62%")
    friday.settle()
    shown = friday.jack.view()
    assert shown is not None
    assert Pages(teebee.database, lambda: at(11)).drawn_anew(JACK, shown) is None
    assert friday.jack.submit().ok
    friday.settle()
    assert kept(teebee, teebee.jack) == ("41 · order status only by phone",)


@pytest.mark.parametrize("what", ["dropped", "handed over"])
def test_what_was_typed_about_a_key_result_that_is_gone_is_kept_for_its_author(
    friday: Friday, what: str
) -> None:
    teebee = asked(friday)
    first, _, third = teebee.of(teebee.jack)
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill(f"value:{first}", "62%")
    friday.jack.fill(f"value:{third}", "41")
    friday.until(lambda: f"drove:{third}" in str(friday.jack.view()))
    friday.jack.fill(f"drove:{third}", "order status only by phone")
    if what == "dropped":
        teebee.drop(third)
    else:
        teebee.hand_over(third, teebee.hannah)
    assert friday.jack.submit().ok
    friday.settle()
    assert [one.value for one in teebee.said(first)] == [62]
    assert teebee.said(third) == []
    told = quiet(friday.said_to(friday.jack)[-1]).text
    assert NOT_ASKED_ANY_MORE in told
    assert "“41 · order status only by phone”" in told
    assert kept(teebee, teebee.jack) == ("41 · order status only by phone",)


def test_somebody_who_owns_none_of_it_any_more_keeps_their_form(friday: Friday) -> None:
    teebee = asked(friday)
    friday.form(friday.jack, prompt(friday, friday.jack))
    friday.jack.fill("next_actions", "still mine")
    for one in teebee.of(teebee.jack):
        teebee.hand_over(one, teebee.hannah)
    assert list(friday.jack.submit().errors.values()) == [texts.KEY_RESULTS_GONE]
    assert "still mine" in friday.jack.view_screen()


def test_words_about_a_key_result_that_was_dropped_are_kept(friday: Friday) -> None:
    teebee = asked(friday)
    third = teebee.of(teebee.jack)[2]
    teebee.drop(third)
    friday.jack.say("3 41, order status only by phone")
    told = quiet(friday.heard(friday.jack, "order status only by phone")).text
    assert "3" in told
    assert teebee.said(third) == []


def test_whoever_is_deactivated_meanwhile_is_not_reminded_and_what_they_said_counts(friday: Friday) -> None:
    teebee = asked(friday)
    first, *_ = teebee.of(teebee.jack)
    friday.jack.say("1 62")
    friday.settle()
    friday.jack.change(deleted=True)
    friday.settle()
    before = len(friday.said_to(friday.jack))
    friday.tick(15)
    friday.tick(16, 30)
    friday.settle()
    assert len(friday.said_to(friday.jack)) == before
    assert [one.value for one in teebee.said(first)] == [62]
    assert "waiting for" in friday.digest().text.casefold()
    friday.tick(10, day=FRIDAY + timedelta(weeks=1))
    assert len(friday.said_to(friday.jack)) == before


def test_a_lead_who_is_deactivated_meanwhile_answers_for_nobody(friday: Friday) -> None:
    teebee = asked(friday)
    (offer,) = friday.hannah.command("/okr", "@Jack").messages
    friday.form(friday.hannah, offer)
    friday.hannah.change(deleted=True)
    friday.settle()
    assert list(friday.hannah.submit().errors.values()) == [texts.NOT_YOURS]
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


def test_ten_thousand_characters_are_taken_shown_and_kept(friday: Friday) -> None:
    teebee = asked(friday)
    first = teebee.of(teebee.jack)[0]
    note = "because of this and that " * 400
    friday.jack.say(f"1 62 confidence 3, {note}")
    quiet(friday.heard(friday.jack, "62 %"))
    assert teebee.said(first)[0].drove.strip() == note.strip()
    friday.tick(16, 30)
    friday.settle()
    assert "because of this" in quiet(friday.digest()).text
    nonsense = "what is this all about? " * 420
    friday.jack.say(nonsense)
    assert texts.KEPT in friday.heard(friday.jack, texts.NOTHING_UNDERSTOOD).text
    form = friday.form(friday.jack, friday.said_to(friday.jack)[0])
    assert "what is this all about?" in form
    friday.settle()
    answers = [one["response"] for one in friday.slack.records if one["direction"] == "to_slack"]
    assert [one for one in answers if not one["ok"]] == []


def test_a_file_without_words_asks_for_words(friday: Friday) -> None:
    teebee = asked(friday)
    friday.jack.upload("numbers.csv", b"1,62")
    assert NO_FILES in quiet(friday.heard(friday.jack, texts.NOTHING_UNDERSTOOD)).text
    friday.jack.upload("numbers.csv", b"1,62", "1 62")
    friday.heard(friday.jack, "62 %")
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62]


def test_a_reaction_is_no_answer(friday: Friday) -> None:
    asked(friday)
    assert friday.jack.react(prompt(friday, friday.jack).ts, "tada") in {True, False}
    friday.settle()
    assert len(friday.said_to(friday.jack)) == 1
    assert "3 key results" in prompt(friday, friday.jack).text


def slack_says(friday: Friday, subtype: str) -> None:
    """Jack's own "1 62" once more, as another message of that subtype, "1 64"."""
    friday.jack.say("1 62")
    friday.heard(friday.jack, "62 %")
    events = (one["payload"] for one in friday.slack.records if one.get("type") == "events_api")
    (said,) = (one for one in events if one["event"].get("text") == "1 62")
    changes = {"subtype": subtype, "ts": "1795140999.000001", "text": "1 64", "client_msg_id": None}
    payload = said | {"event_id": "Ev0ANOTHER", "event": said["event"] | changes}
    envelope = Envelope("events_api", payload, answerable=False)
    friday.slack.world.send(envelope)
    friday.until(lambda: envelope.acked)
    friday.settle()


@pytest.mark.parametrize("subtype", ["huddle_thread", "channel_topic", "reminder_add"])
def test_notices_of_slack_are_acknowledged_and_nothing_else(friday: Friday, subtype: str) -> None:
    teebee = asked(friday)
    slack_says(friday, subtype)
    assert len(friday.said_to(friday.jack)) == 2
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62]


@pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast"])
def test_what_a_person_said_in_another_way_counts(friday: Friday, subtype: str) -> None:
    teebee = asked(friday)
    slack_says(friday, subtype)
    assert [one.value for one in teebee.said(teebee.of(teebee.jack)[0])] == [62, 64]
