"""Said once, whatever becomes of Slack's answer: looked for in the history, or decided by a lead."""

import threading
from typing import Any

import pytest
import sqlalchemy as sa

from bot.practice import Fault, Message, Trouble
from bot.practice.api.dispatch import ALL_SCOPES
from bot.services.asking import rounds
from bot.services.sending import asks
from bot.slack import ids, texts
from bot.storage import deliveries, pacing
from tests.services.sending import blocked_until
from tests.services.teebee import CHANNEL, FRIDAY, TeeBee, at
from tests.slack.friday import Friday, friday_on, locked, quiet

POSTED = ("lost_answer", "half_answer", "500_after", "503_after", "internal_error", "fatal_error")
NOT_POSTED = ("cut_off", "500_before", "503_before")
WITHOUT_HISTORY = [one for one in ALL_SCOPES if one not in ("channels:history", "groups:history")]


def trouble(friday: Friday, kind: str, *methods: str) -> None:
    friday.slack.set_faults(Trouble(1, {kind: 1.0}, methods=methods or ["chat.postMessage"]))


def state(friday: Friday, key: str) -> str:
    with friday.okra.database.reading() as connection:
        asked = deliveries.by_key(connection, key)
    assert asked is not None
    return asked.state


def in_channel(friday: Friday) -> Message:
    """The one message of the bot's that is not in a thread."""
    (posted,) = [one for one in friday.hannah.messages(CHANNEL) if one.from_bot and not one.is_reply]
    return posted


def prompt_of_jack(teebee: TeeBee) -> str:
    return asks.prompt_key(teebee.jack.id, FRIDAY)


# --- looked for ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*POSTED, *NOT_POSTED])
def test_a_prompt_whose_answer_got_lost_is_there_once_and_is_kept_up_to_date(
    friday: Friday, kind: str
) -> None:
    teebee = friday.move_in()
    trouble(friday, kind)
    friday.tick(10)
    assert state(friday, prompt_of_jack(teebee)) == "unknown"
    friday.slack.set_faults(None)
    assert friday.tick(10, 1) == []  # what is under way may still arrive
    friday.a_minute_passes()
    friday.tick(10, 2)
    (prompt,) = friday.said_to(friday.jack)
    assert state(friday, prompt_of_jack(teebee)) == "sent"
    assert friday.jack.tap(prompt, label=texts.ALL_UNCHANGED).ok
    friday.settle()
    (answered,) = friday.said_to(friday.jack)
    assert "thank you" in answered.text


def test_a_digest_and_its_further_page_whose_answers_got_lost_stand_there_once(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    for hour in (16, 17, 18):
        trouble(friday, "lost_answer")
        friday.tick(hour, 30)
        friday.slack.set_faults(None)
        friday.a_minute_passes()
        friday.tick(hour, 31)
    friday.settle()
    first, *pages = friday.hannah.messages(CHANNEL)
    assert pages
    assert all(one.thread_ts == first.ts for one in pages)
    assert len({one.text for one in (first, *pages)}) == 1 + len(pages)


def test_it_is_found_behind_many_other_messages(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    trouble(friday, "lost_answer")
    friday.tick(16, 30)
    friday.slack.set_faults(None)
    for number in range(1500):
        friday.hannah.say(f"talk {number}", channel=CHANNEL)
    friday.a_minute_passes()
    friday.tick(16, 40)
    assert texts.TO_TALK_ABOUT in in_channel(friday).text
    assert len(friday.calls("conversations.history")) == 2


def test_while_the_history_cannot_be_had_nothing_is_said_again(friday: Friday) -> None:
    teebee = friday.move_in()
    trouble(friday, "lost_answer")
    friday.tick(10)
    trouble(friday, "internal_error", "conversations.history")
    friday.a_minute_passes()
    friday.tick(10, 5)
    assert state(friday, prompt_of_jack(teebee)) == "unknown"
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(10, 10)
    assert (state(friday, prompt_of_jack(teebee)), len(friday.said_to(friday.jack))) == ("sent", 1)


# --- decided by a lead ---------------------------------------------------------------------------------


def digest_in_doubt(friday: Friday, kind: str = "lost_answer") -> Message:
    """The digest may be there, and the bot may not look; what the lead is told."""
    friday.move_in()
    friday.tick(10)
    trouble(friday, kind)
    friday.tick(16, 30)
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(16, 32)
    assert state(friday, asks.digest_key(1)) == "unknown"
    told = quiet(friday.heard(friday.hannah, "needs you"))
    assert not [one for one in friday.said_to(friday.jack) if "needs you" in one.text]
    return told


def test_where_the_history_cannot_be_read_the_lead_is_asked_and_says_that_it_is_there(
    database_url: str,
) -> None:
    with friday_on(database_url, scopes=WITHOUT_HISTORY) as friday:
        told = digest_in_doubt(friday)
        assert "a permission is missing" in told.text
        assert friday.hannah.tap(told, label=texts.IT_IS_THERE).ok
        friday.heard(friday.hannah, texts.NOTHING_TO_DECIDE)
        friday.tick(16, 40)
        assert state(friday, asks.digest_key(1)) == "sent"
        assert texts.TO_TALK_ABOUT in in_channel(friday).text


def test_where_the_history_cannot_be_read_the_lead_has_it_posted_again(database_url: str) -> None:
    with friday_on(database_url, scopes=WITHOUT_HISTORY) as friday:
        told = digest_in_doubt(friday, "cut_off")
        assert friday.hannah.tap(told, label=texts.POST_AGAIN).ok
        friday.settle()
        assert "week 8 of 13" in friday.digest().text
        assert texts.NOTHING_TO_DECIDE in friday.heard(friday.hannah, "TeeBee check-in of").text


def test_what_is_settled_already_is_not_posted_again_by_an_old_button(database_url: str) -> None:
    with friday_on(database_url, scopes=WITHOUT_HISTORY) as friday:
        told = digest_in_doubt(friday)
        value = told.blocks[-1]["elements"][0]["value"]
        prompt = friday.said_to(friday.hannah)[0]
        for to_action in (ids.IT_IS_THERE, ids.POST_AGAIN):
            friday.forge(friday.hannah, prompt, "check_in_open", value, to_action=to_action)
        friday.heard(friday.hannah, texts.DECIDED_ALREADY)
        friday.settle()
        assert texts.TO_TALK_ABOUT in in_channel(friday).text


def test_what_slack_refuses_is_told_to_the_lead_with_what_to_do_about_it(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    friday.slack.change_channel(CHANNEL, members=[friday.hannah.id, friday.jack.id])
    friday.tick(16, 30)
    assert state(friday, asks.digest_key(1)) == "failed"
    told = quiet(friday.heard(friday.hannah, "needs you"))
    assert "/invite me there" in told.text
    members = [friday.hannah.id, friday.jack.id, friday.slack.bot_user_id]
    friday.slack.change_channel(CHANNEL, members=members)
    assert friday.hannah.tap(told, label=texts.POST_AGAIN).ok
    friday.settle()
    assert "week 8 of 13" in friday.digest().text


def test_a_prompt_to_an_account_that_is_gone_is_told_to_the_lead_who_leaves_it(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.slack.set_faults(
        lambda method, arguments: (
            Fault(perform=False, body={"ok": False, "error": "user_disabled"})
            if (method, arguments.get("channel")) == ("chat.postMessage", friday.jack.id)
            else None
        )
    )
    friday.tick(10)
    told = friday.heard(friday.hannah, "needs you")
    assert "The prompt to Jack could not be sent: the account is deactivated" in told.text
    assert friday.hannah.tap(told, label=texts.LEAVE_IT).ok
    friday.heard(friday.hannah, texts.NOTHING_TO_DECIDE)
    assert state(friday, prompt_of_jack(teebee)) == "dropped"


@pytest.mark.parametrize("value", ["1", "999999", "x", "99999999999999999999", None])
def test_nobody_but_a_lead_decides_whatever_they_send(database_url: str, value: Any) -> None:
    with friday_on(database_url) as friday:
        friday.move_in()
        friday.tick(10)
        friday.slack.change_channel(CHANNEL, members=[friday.hannah.id, friday.jack.id])
        friday.tick(16, 30)
        before = state(friday, asks.digest_key(1))
        own = friday.said_to(friday.jack)[0]
        with friday.okra.database.reading() as connection:
            digest = deliveries.by_key(connection, asks.digest_key(1))
        assert digest is not None
        aimed = str(digest.id) if value == "1" else value
        outcome = friday.forge(friday.jack, own, "check_in_open", aimed, to_action=ids.POST_AGAIN)
        assert outcome.acked
        friday.heard(friday.jack, texts.NOT_YOURS_TO_DECIDE)
        assert state(friday, asks.digest_key(1)) == before == "failed"


def test_a_lead_whose_tap_cannot_be_kept_is_told_so(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    friday.slack.change_channel(CHANNEL, members=[friday.hannah.id, friday.jack.id])
    friday.tick(16, 30)
    told = friday.heard(friday.hannah, "needs you")
    with locked(friday.okra.database):
        assert friday.hannah.tap(told, label=texts.POST_AGAIN).ok
    friday.heard(friday.hannah, texts.STORAGE_AWAY)
    assert state(friday, asks.digest_key(1)) == "failed"


# --- a token that Slack does not take ------------------------------------------------------------------


def test_while_slack_does_not_take_the_token_everything_waits(friday: Friday) -> None:
    teebee = friday.move_in()
    refusal = {"ok": False, "error": "token_revoked"}
    friday.slack.set_faults(lambda *_: Fault(perform=False, body=refusal))
    with friday.okra.database.transaction() as connection:
        pacing.block(connection, "update", until=at(9))  # so that nothing but posting is tried
    deliverer = friday.okra.deliverer
    friday.clock.now = at(10)
    rounds.step(friday.okra.database, at(10))
    waiting = threading.Thread(target=lambda: deliverer.run(friday.clock))
    waiting.start()
    friday.until(lambda: "post" in blocked_until(friday.okra.database))
    friday.slack.set_faults(None)
    with friday.okra.database.transaction() as connection:
        connection.execute(sa.text("UPDATE pacing SET blocked_until = NULL"))
    friday.until(lambda: len(friday.said_to(friday.jack)) == len(friday.said_to(friday.hannah)) == 1)
    waiting.join()
    assert state(friday, prompt_of_jack(teebee)) == "sent"
