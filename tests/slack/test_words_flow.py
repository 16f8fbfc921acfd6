"""Answers in plain words: over the real socket into the inbox, understood, and answered."""

from datetime import date

from bot.okr.replies.problems import OLDER
from bot.practice.screen import visible_text
from bot.slack import texts
from tests.services.teebee import JACK, TeeBee
from tests.slack.friday import Friday, friday_on, locked, quiet

NEXT_FRIDAY = date(2026, 11, 27)


def asked(friday: Friday) -> TeeBee:
    """TeeBee at ten o'clock, everybody prompted."""
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def test_words_are_answered_with_what_was_understood_and_can_be_corrected(friday: Friday) -> None:
    teebee = asked(friday)
    first, *_ = teebee.of(teebee.jack)
    friday.jack.say("KR1 62% confidence 7, two chains signed; next: call the five that lapsed")
    receipt = quiet(friday.heard(friday.jack, "Thank you, noted"))
    assert "1 Renewed online 62 %, confidence 7 · two chains signed" in receipt.text
    assert "call the five that lapsed" in receipt.text
    assert "Still waiting" in receipt.text
    shown = friday.form(friday.jack, receipt)
    assert "two chains signed" in shown
    assert "62%" in shown.replace(" ", "")
    friday.jack.fill(f"value:{first}", "63%")
    assert friday.jack.submit().ok
    friday.settle()
    assert [one.value for one in teebee.said(first)] == [62, 63]
    assert friday.jack.tap(receipt, label="Rest unchanged").ok
    friday.settle()
    assert "Answered at 10:00" in friday.said_to(friday.jack)[0].text
    assert len(friday.said_to(friday.jack)) == 2


def test_what_is_not_understood_is_kept_for_its_author_and_shown_as_typed(friday: Friday) -> None:
    teebee = asked(friday)
    words = (
        "<!channel> @here @Hannah",
        "```rm -rf /``` *bold*",
        "مرحبا 🍵",
        "what is this? " * 280,
        "1 confidence 11",
    )
    for text in words:
        friday.jack.say(text)
        friday.settle()
    receipts = friday.said_to(friday.jack)[1:]
    assert len(receipts) == len(words)
    for receipt, text in zip(receipts, words, strict=True):
        quiet(receipt)
        assert texts.NOTHING_UNDERSTOOD in receipt.text
        assert text[:100] in visible_text(list(receipt.blocks), receipt.text)
    assert "11 is not a confidence" in receipts[-1].text or "0 to 10" in receipts[-1].text
    form = friday.form(friday.jack, receipts[-1])
    assert "<!channel> @here @Hannah" in form
    assert [teebee.said(one.id) for one in teebee.key_results] == [[]] * 6
    assert "<!channel>" not in friday.hannah.screen(width=200)


def test_an_edit_changes_the_answer(friday: Friday) -> None:
    teebee = asked(friday)
    first, *_ = teebee.of(teebee.jack)
    said = friday.jack.say("1 62")
    friday.heard(friday.jack, "62 %")
    friday.jack.edit(said, "1 63")
    friday.heard(friday.jack, "63 %")
    assert [one.value for one in teebee.said(first)] == [62, 63]
    friday.jack.delete(said)
    friday.settle()
    assert len(teebee.said(first)) == 2


def test_an_edit_of_an_older_message_is_not_this_weeks_answer(friday: Friday) -> None:
    teebee = friday.move_in()
    said = friday.jack.say("1 62")
    friday.heard(friday.jack, texts.NOTHING_ASKED)
    friday.tick(10)
    friday.jack.edit(said, "1 63")
    friday.heard(friday.jack, OLDER)
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


def test_an_event_that_comes_again_is_handled_once(friday: Friday) -> None:
    teebee = asked(friday)
    friday.jack.say("1 62")
    friday.heard(friday.jack, "62 %")
    friday.again()
    friday.settle()
    assert len(friday.said_to(friday.jack)) == 2
    assert len(teebee.said(teebee.of(teebee.jack)[0])) == 1


def test_what_could_not_be_written_down_is_not_acknowledged_and_comes_again(database_url: str) -> None:
    with friday_on(database_url, redelivery=(0.1, 0.1, 0.1)) as friday:
        teebee = asked(friday)
        with locked(friday.okra.database):
            friday.jack.say("1 62")  # returns once its first delivery has failed
        friday.heard(friday.jack, "62 %")
        friday.settle()
        tried = [one for one in friday.slack.records if one.get("type") == "events_api"]
        assert len(tried) > 1
        assert len(teebee.said(teebee.of(teebee.jack)[0])) == 1
        assert len(friday.said_to(friday.jack)) == 2


def test_words_after_the_digest_bring_it_up_to_date(friday: Friday) -> None:
    asked(friday)
    friday.tick(16, 30)
    posted = friday.digest()
    friday.clock.now = friday.clock.now.replace(hour=17, minute=0)
    friday.jack.say("1 62\n2 7\n3 41 confidence 2, order status by phone")
    assert texts.LATE in friday.heard(friday.jack, "Thank you, noted").text
    friday.settle()
    after = friday.digest()
    assert (after.ts, after.edited_ts is not None) == (posted.ts, True)
    assert "order status by phone" in after.text
    assert "waiting for Hannah" in after.text or "Hannah" in after.text


def test_words_for_a_closed_check_in_go_to_the_next_one(friday: Friday) -> None:
    teebee = asked(friday)
    friday.tick(16, 30)
    friday.tick(10, day=NEXT_FRIDAY)
    friday.jack.say("1 62")
    friday.heard(friday.jack, "62 %")
    first, *_ = teebee.of(teebee.jack)
    assert teebee.said(first) == []
    assert [one.value for one in teebee.said(first, NEXT_FRIDAY)] == [62]


def test_a_persons_first_words_before_anything_is_imported(friday: Friday) -> None:
    friday.jim.say("hello, who are you?")
    answer = quiet(friday.heard(friday.jim, texts.NOTHING_ASKED))
    assert "hello, who are you?" in answer.text
    assert friday.tick(9, 5) == [f"{friday.jim.id} is Jim"]


def test_only_blanks_are_answered_too(friday: Friday) -> None:
    teebee = asked(friday)
    friday.jack.say("   ")
    receipt = friday.heard(friday.jack, texts.NOTHING_UNDERSTOOD)
    assert quiet(receipt).only_for is None
    assert teebee.said(teebee.of(teebee.jack)[0]) == []


def test_four_thousand_characters_of_a_note_are_taken(friday: Friday) -> None:
    teebee = asked(friday)
    friday.jack.say("1 62, " + "because " * 499)
    friday.heard(friday.jack, "62 %")
    (update,) = teebee.said(teebee.of(teebee.jack)[0])
    assert update.drove.strip() == ("because " * 499).strip()
    shown = friday.form(friday.jack, friday.said_to(friday.jack)[1])
    assert "because because" in shown
    assert friday.jack.id == JACK


def test_a_reply_lists_the_actions_of_all_messages_and_says_when_there_are_none(friday: Friday) -> None:
    asked(friday)
    friday.jack.say("1 62; next: first thing")
    friday.heard(friday.jack, "62 %")
    friday.jack.say("next: second thing")
    assert "first thing" in friday.heard(friday.jack, "second thing").text
    friday.jack.say("next: none")
    receipt = friday.heard(friday.jack, f"{texts.NEXT_WEEK} {texts.NOTHING_NEXT}")
    assert texts.NOTHING_UNDERSTOOD not in receipt.text
