"""Decide, from the button on the digest to what stands below its item, and what goes wrong."""

from typing import Any

from bot.practice import Message
from bot.slack import ids, texts
from tests.services.teebee import CHANNEL, HANNAH, JACK, JIM, TeeBee, at, week_later
from tests.slack.friday import Friday, locked, quiet

TAP = ids.DECIDE


def digested(friday: Friday) -> TeeBee:
    """Half past four: Jack's phone calls are red, the digest is out."""
    teebee = friday.move_in()
    friday.tick(10)
    friday.form(friday.jack, friday.said_to(friday.jack)[0])
    friday.jack.choose(f"confidence:{phone_calls(teebee)}", "3")
    friday.until(lambda: f"fix:{phone_calls(teebee)}" in str(friday.jack.view()))
    assert friday.jack.submit().ok
    friday.tick(16, 30)
    friday.settle()
    return teebee


def phone_calls(teebee: TeeBee) -> int:
    return teebee.of(teebee.jack)[2]


def open_form(friday: Friday, actor: Any, teebee: TeeBee) -> str:
    """Taps the item's button and waits for what opens."""
    row = ids.field(ids.BUTTONS, phone_calls(teebee))
    assert actor.tap(friday.digest(), action_id=TAP, block_id=row).ok
    friday.until(actor.view)
    return str(actor.view_screen(width=100))


def agree(friday: Friday, actor: Any, teebee: TeeBee, words: str) -> None:
    open_form(friday, actor, teebee)
    actor.fill("agreed:0", words)
    assert actor.submit().ok
    friday.settle()


def said_instead(friday: Friday, actor: Any, message: Message, value: str) -> str:
    """What opens for a button of that value."""
    assert friday.forge(actor, message, TAP, value).acked
    friday.until(actor.view)
    shown = " ".join(str(actor.view_screen(width=200)).split())
    actor.close()
    return shown


def test_what_the_meeting_decides_stands_below_its_item_and_comes_back_next_week(friday: Friday) -> None:
    teebee = digested(friday)
    shown = open_form(friday, friday.hannah, teebee)
    assert "Phone calls, Jack" in shown
    assert texts.WHOSE_IS_IT in shown
    friday.hannah.fill("agreed:0", "status page <!channel> on Tuesday")
    assert friday.hannah.submit().ok
    assert friday.hannah.view() is None
    friday.settle()
    said = quiet(friday.digest()).text
    assert "Decided: status page &lt;!channel&gt; on Tuesday, Jack" in said
    assert "Jack: status page" in said
    friday.tick(10, day=week_later(at(10)).date())
    assert "status page" in friday.form(friday.jack, friday.said_to(friday.jack)[-1])


def test_a_decision_is_changed_and_undone_in_the_form(friday: Friday) -> None:
    teebee = digested(friday)
    agree(friday, friday.hannah, teebee, "status page")
    shown = open_form(friday, friday.hannah, teebee)
    assert texts.DECIDED_BEFORE in shown
    friday.hannah.fill("agreed:0", "half a thought")
    assert friday.hannah.tap(action_id=ids.CHANGE_DECISION).ok
    friday.until(lambda: texts.CHANGE_TITLE in friday.hannah.view_screen())
    friday.hannah.fill("agreed:1", "status page today")
    friday.hannah.choose("decision_kind:1", "fix")
    friday.hannah.choose("whose:1", HANNAH)
    assert friday.hannah.submit().ok
    friday.until(lambda: "status page today, Hannah" in friday.hannah.view_screen(width=100))
    assert "half a thought" in friday.hannah.view_screen()
    friday.settle()
    assert "Decided: status page today, Hannah" in friday.digest().text
    assert "Hannah: status page" not in friday.digest().text
    assert friday.hannah.tap(action_id=ids.UNDO_DECISION).ok
    friday.until(lambda: texts.DECIDED_BEFORE not in friday.hannah.view_screen())
    assert "half a thought" in friday.hannah.view_screen()
    friday.settle()
    assert "Decided" not in friday.digest().text


def test_a_form_that_says_too_little_says_so_beside_its_fields(friday: Friday) -> None:
    teebee = digested(friday)
    open_form(friday, friday.hannah, teebee)
    view = friday.slack.world.workspace.top_view(HANNAH)
    assert view is not None
    view.values["agreed:0"] = {"agreed:0": {"type": "plain_text_input", "value": "   "}}
    view.values["whose:0"] = {"whose:0": {"type": "users_select", "selected_user": "x" * 500}}  # forged
    refused = friday.hannah.submit()
    assert refused.errors == {"agreed:0": texts.NOTHING_AGREED, "whose:0": texts.NOBODY_CHOSEN}


def test_whoever_may_not_decide_is_told_why(friday: Friday) -> None:
    teebee = digested(friday)
    posted, item = friday.digest(), f"1-{phone_calls(teebee)}"
    friday.slack.change_channel(CHANNEL, members=(HANNAH, JACK, JIM))
    assert "members and leads of TeeBee decide" in said_instead(friday, friday.jim, posted, item)
    for forged in ("", "1", "1-", "-1", "1-99", "99-1", "9999999999-1", "x-y", "1-1-1"):
        assert texts.NO_SUCH_ITEM in said_instead(friday, friday.hannah, posted, forged)
    friday.tick(10, day=week_later(at(10)).date())
    assert texts.DECIDING_IS_OVER in said_instead(friday, friday.hannah, posted, item)


def test_a_form_that_was_open_while_the_next_round_opened_keeps_the_words(friday: Friday) -> None:
    teebee = digested(friday)
    open_form(friday, friday.hannah, teebee)
    friday.hannah.fill("agreed:0", "status page")
    with locked(friday.okra.database):
        assert friday.hannah.submit().errors == {"agreed:0": texts.STORAGE_AWAY}
    friday.tick(10, day=week_later(at(10)).date())
    assert friday.hannah.submit().errors == {"agreed:0": texts.DECIDING_IS_OVER}
    assert "status page" in friday.hannah.view_screen()


def test_somebody_elses_decision_cannot_be_changed_by_a_forged_button(friday: Friday) -> None:
    teebee = digested(friday)
    agree(friday, friday.hannah, teebee, "status page")
    posted = friday.digest()
    for action_id, value in (
        (ids.CHANGE_DECISION, "1"),
        (ids.UNDO_DECISION, "1"),
        (ids.UNDO_DECISION, "77"),
    ):
        open_form(friday, friday.jack, teebee)
        assert ids.UNDO_DECISION not in str(friday.jack.view())
        assert friday.forge(friday.jack, posted, TAP, value, to_action=action_id).acked
        friday.jack.close(everything=True)
    friday.settle()
    assert "Decided: status page, Jack" in friday.digest().text


def test_a_person_who_is_deactivated_is_given_nothing(friday: Friday) -> None:
    teebee = digested(friday)
    open_form(friday, friday.hannah, teebee)
    friday.jack.change(deleted=True)
    friday.settle()
    friday.hannah.fill("agreed:0", "status page")
    refused = friday.hannah.submit()
    assert refused.errors == {"whose:0": texts.CANNOT_DO_IT.format(person="Jack")}
    friday.hannah.choose("whose:0", friday.slack.bot_user_id)
    assert friday.hannah.submit().errors == {"whose:0": texts.CANNOT_DO_IT.format(person="Bot")}
