"""What is ambiguous in a plain message is asked about with buttons in its receipt, and never guessed."""

from datetime import date

from bot.okr.model import BlockerKind
from bot.okr.replies.problems import NEWER
from bot.practice import Actor, Message
from bot.slack import ids, texts
from bot.storage import people
from tests.services.teebee import TeeBee
from tests.slack.friday import Friday, locked, quiet
from tests.slack.test_away_flow import said_after

NEXT_FRIDAY = date(2026, 11, 27)


def asked(friday: Friday) -> TeeBee:
    """TeeBee at ten o'clock, everybody prompted."""
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def say(friday: Friday, words: str) -> Message:
    """Jack writes that; gives the receipt."""
    before = len(friday.said_to(friday.jack))
    friday.jack.say(words)
    friday.settle()
    *_, receipt = friday.said_to(friday.jack)
    assert len(friday.said_to(friday.jack)) == before + 1
    return quiet(receipt)


def tapped(friday: Friday, receipt: Message, label: str) -> str:
    """What the same receipt says after a tap; nothing else is said."""
    before = len(friday.jack.messages())
    assert friday.jack.tap(receipt, label=label).ok
    friday.settle()
    assert len(friday.jack.messages()) == before
    return next(quiet(one).text for one in friday.said_to(friday.jack) if one.ts == receipt.ts)


def said(teebee: TeeBee) -> list[list[float]]:
    """Every revision of the values of Jack's key results."""
    return [[one.value for one in teebee.said(key_result)] for key_result in teebee.of(teebee.jack)]


def forged(friday: Friday, actor: Actor, value: str | None) -> str:
    """What the bot says, to them alone, to a button on their prompt that was made to answer a question."""
    before = {one.ts for one in actor.messages()}
    prompt = friday.said_to(actor)[0]
    assert friday.forge(actor, prompt, "all_unchanged", value, to_action="meant:0").acked
    found = friday.until(lambda: next((one for one in actor.messages() if one.ts not in before), None))
    assert found.only_for == actor.id
    return str(found.text)


def values(message: Message) -> list[str]:
    """The values of the buttons that answer questions."""
    rows = [one for one in message.blocks if str(one.get("block_id")).startswith(f"{ids.DOUBT}:")]
    return [button["value"] for row in rows for button in row["elements"]]


def test_a_number_that_may_be_two_is_asked_about_in_the_receipt(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "1 62%; 3 1,250 confidence 7, two chains")
    assert "1 Renewed online 62 %" in receipt.text
    assert "“3 1,250 confidence 7, two chains” for 3 Phone calls: what do you mean?" in receipt.text
    assert said(teebee) == [[62], [], []]
    assert "3 1,250 confidence 7, two chains" in friday.form(friday.jack, receipt)  # kept until it is clear
    assert friday.jack.close().ok
    after = tapped(friday, receipt, "1.25 a week, confidence 7")
    assert "3 Phone calls 1.25 a week, confidence 7 · two chains" in after
    assert "what do you mean" not in after
    assert said(teebee) == [[62], [], [1.25]]
    first, _, third = (teebee.said(one) for one in teebee.of(teebee.jack))
    assert first[0].at == third[0].at  # both were said when the message was written
    assert "1,250" not in friday.form(friday.jack, receipt)
    assert "3 Phone calls" in friday.said_to(friday.jack)[0].text


def test_figures_without_a_name_ask_which_one_and_each_question_is_answered_by_itself(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "1,250\n1 confidence 6\n1 on track")
    assert texts.UNSURE not in receipt.text
    assert "“1,250”: which one is it?" in receipt.text
    after = tapped(friday, receipt, "2 Satisfaction")
    assert "“1,250” for 2 Satisfaction: what do you mean?" in after
    assert "1,250 pts" in tapped(friday, receipt, "1,250 pts")
    assert said(teebee) == [[30], [1250], []]


def test_several_questions_stand_one_below_the_other(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "52; 1 62 7\nhello\n2 8 on track")
    assert [text in receipt.text for text in ("“52”: which", "“1 62 7” for 1", "“on track” for 2")] == [
        True
    ] * 3
    assert tapped(friday, receipt, "9").count("?") == 2
    after = tapped(friday, receipt, "3 Phone calls")
    assert "“hello”" in after
    assert said(teebee) == [[], [8, 8], [52]]
    assert friday.jack.tap(friday.said_to(friday.jack)[1], block_id="doubt:1", label="No").ok
    friday.settle()
    after = friday.said_to(friday.jack)[1].text
    assert "“1 62 7”" in after.split(texts.KEPT)[1]
    assert "?" not in after
    assert said(teebee) == [[], [8, 8], [52]]


def test_none_of_them_leaves_the_words_kept(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "52")
    assert texts.UNSURE in receipt.text
    after = tapped(friday, receipt, texts.NONE_OF_THEM)
    assert texts.KEPT in after
    assert "“52”" in after
    assert said(teebee) == [[], [], []]
    assert "52" in friday.form(friday.jack, receipt)


def test_a_second_tap_a_foreign_one_and_a_forged_one_change_nothing(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "52")
    first, second, *_ = values(receipt)
    for value in ("", "x", None, "1", f"{first}-1", f"{first[:-1]}99", "99999-0-0", "2147483648-0-0", "-0-0"):
        assert forged(friday, friday.jack, value) == texts.NOT_YOURS
    assert forged(friday, friday.hannah, first) == texts.NOT_YOURS
    assert said(teebee) == [[], [], []]
    assert "52 %" in tapped(friday, receipt, "1 Renewed online")
    assert forged(friday, friday.jack, second) == texts.MEANT_ALREADY
    assert said(teebee) == [[52], [], []]


def test_changing_the_message_withdraws_its_question(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "2 8")
    message = friday.jack.say("52")
    friday.settle()
    receipt = friday.said_to(friday.jack)[-1]
    value, *_ = values(receipt)
    friday.jack.edit(message, "2 7.5")
    friday.settle()
    shown = next(one for one in friday.said_to(friday.jack) if one.ts == receipt.ts)
    assert values(shown) == []
    assert texts.WITHDRAWN in shown.text
    assert texts.NOTHING_UNDERSTOOD not in shown.text
    assert "“52”" not in shown.text
    assert "“52”" not in friday.form(friday.jack, shown)
    assert friday.jack.close().ok
    assert forged(friday, friday.jack, value) == texts.MESSAGE_CHANGED
    friday.jack.edit(message, "53")
    friday.settle()
    *_, newest = friday.said_to(friday.jack)
    friday.jack.edit(message, "54")
    friday.settle()
    assert values(next(one for one in friday.said_to(friday.jack) if one.ts == newest.ts)) == []
    assert said(teebee) == [[], [8, 7.5], []]


def test_deleting_a_message_withdraws_its_question_and_its_thanks(friday: Friday) -> None:
    teebee = asked(friday)
    message = friday.jack.say("52\n2 8; thanks Hannah for the data")
    friday.settle()
    receipt = friday.said_to(friday.jack)[-1]
    value, *_ = values(receipt)
    friday.jack.delete(message)
    friday.settle()
    assert values(next(one for one in friday.said_to(friday.jack) if one.ts == receipt.ts)) == []
    assert friday.said_to(friday.jack)[-1].ts == receipt.ts
    assert forged(friday, friday.jack, value) == texts.MESSAGE_CHANGED
    assert said(teebee) == [[], [8], []]
    friday.tick(16, 30)
    assert "the data" not in friday.digest().text


def test_an_older_message_never_replaces_a_newer_answer(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "52")
    say(friday, "1 60")
    after = tapped(friday, receipt, "1 Renewed online")
    assert NEWER in after
    assert "“52”" in after
    assert said(teebee) == [[60], [], []]


def test_after_the_digest_it_counts_and_after_the_close_it_does_not(friday: Friday) -> None:
    teebee = asked(friday)
    receipt, other = say(friday, "52"), say(friday, "53")
    friday.tick(16, 30)
    friday.tick(17)
    assert texts.LATE in tapped(friday, receipt, "1 Renewed online")
    friday.tick(10, day=NEXT_FRIDAY)
    assert said_after(friday, friday.jack, other, label="2 Satisfaction") == texts.CLOSED_FORM
    assert said(teebee) == [[52], [], []]


def test_a_key_result_that_is_gone_is_not_answered(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "52")
    first, *_ = teebee.of(teebee.jack)
    teebee.drop(first)
    after = tapped(friday, receipt, "1 Renewed online")
    assert "There is no KR1; you are asked for KR2 and KR3" in after
    assert "“52”" in after
    assert said(teebee) == [[], [], []]


def test_a_name_of_several_people_is_asked_about(friday: Friday) -> None:
    teebee = asked(friday)
    for name in ("Lee Chan", "Lee Wong"):
        friday.slack.person(friday.slack.add_person(name, id=name.upper().replace("LEE ", "U0LEE"))).say(
            "hello"
        )
    friday.settle()
    friday.tick(10, 5)  # Slack is asked who that is
    receipt = say(friday, "1 50 confidence 2, blocked: dependency, lee; fix: status page")
    assert "“lee” for 1 Renewed online: what do you mean?" in receipt.text
    first, *_ = teebee.of(teebee.jack)
    assert "?" not in tapped(friday, receipt, "Lee Wong")
    before, after = (one.blocker for one in teebee.said(first))
    assert before is not None
    assert after is not None
    with friday.okra.database.reading() as connection:
        lee_wong = people.by_slack_id(connection, "U0LEEWONG")
    assert lee_wong is not None
    assert (before.owner_id, after.owner_id) == (None, lee_wong.id)
    assert (after.kind, after.fix) == (BlockerKind.DEPENDENCY, "status page")


def test_what_cannot_be_written_down_now_can_be_tapped_again(friday: Friday) -> None:
    teebee = asked(friday)
    receipt = say(friday, "52")
    with locked(friday.okra.database):
        assert said_after(friday, friday.jack, receipt, label="1 Renewed online") == texts.STORAGE_AWAY
    assert "52 %" in tapped(friday, receipt, "1 Renewed online")
    assert said(teebee) == [[52], [], []]
