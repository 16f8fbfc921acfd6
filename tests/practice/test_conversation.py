"""Messages, commands and taps between people and a real Bolt app, over Socket Mode."""

from typing import Any

import pytest

from tests.practice.blocks import button, buttons, option, section, select
from tests.practice.bolt import SmallBot, answers, heard
from tests.practice.conftest import TeeBee

Json = dict[str, Any]
Connected = tuple[TeeBee, SmallBot]


def test_a_direct_message_arrives_as_slack_sends_it(connected: Connected) -> None:
    teebee, bot = connected
    ts = teebee.hannah.say("KR1 62% & more, ask @Jack in #okrs or @here https://teebee.example")
    body = heard(teebee.slack, bot, "message")[0]
    event = body["event"]
    assert event["text"] == (
        f"KR1 62% &amp; more, ask <@{teebee.jack.id}> in <#{teebee.okrs}|okrs>"
        " or <!here> <https://teebee.example>"
    )
    assert (event["user"], event["ts"], event["channel_type"]) == (teebee.hannah.id, ts, "im")
    assert event["channel"] == teebee.hannah.messages()[-1].channel
    assert event["client_msg_id"]
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == teebee.slack.bot_user_id
    screen = teebee.hannah.screen(width=90)
    assert screen.endswith("KR1 62% & more, ask @Jack in #okrs or @here https://teebee.example")


def test_an_edit_repeats_the_first_messages_id(connected: Connected) -> None:
    teebee, bot = connected
    ts = teebee.hannah.say("62")
    teebee.hannah.edit(ts, "63")
    first, edit = (body["event"] for body in heard(teebee.slack, bot, "message", 2))
    assert edit["subtype"] == "message_changed"
    assert edit["message"]["client_msg_id"] == first["client_msg_id"]
    assert (edit["message"]["text"], edit["previous_message"]["text"]) == ("63", "62")
    assert edit["message"]["edited"]["user"] == teebee.hannah.id
    teebee.hannah.delete(ts)
    assert heard(teebee.slack, bot, "message", 3)[-1]["event"]["subtype"] == "message_deleted"
    assert ts not in [message.ts for message in teebee.hannah.messages()]


def test_people_change_only_their_own_messages(connected: Connected) -> None:
    teebee, _bot = connected
    ts = teebee.jack.say("Mine", channel="okrs")
    with pytest.raises(LookupError, match="no such message"):
        teebee.hannah.edit(ts, "Yours")
    with pytest.raises(LookupError, match="not in"):
        teebee.jim.say("Hello", channel="okrs")
    with pytest.raises(LookupError, match="reply to"):
        teebee.jack.say("Hello", channel="okrs", thread_ts="1.000002")


def test_only_subscribed_events_are_sent(connected: Connected) -> None:
    teebee, bot = connected
    teebee.jack.say("Nobody listens here", channel="okrs")
    teebee.jim.say("Nor here", channel="elsewhere")
    assert bot.of_type("message") == []


def test_events_need_their_scope(connected: Connected) -> None:
    teebee, bot = connected
    scopes = teebee.slack.world.scopes
    teebee.slack.world.scopes = scopes - {"im:history"}
    try:
        teebee.hannah.say("Nobody may listen")
    finally:
        teebee.slack.world.scopes = scopes
    teebee.hannah.say("Now you may")
    assert [body["event"]["text"] for body in heard(teebee.slack, bot, "message")] == ["Now you may"]


def test_the_bot_hears_its_own_messages_and_bolt_leaves_them_out(connected: Connected) -> None:
    teebee, bot = connected
    sent = teebee.web.chat_postMessage(channel=teebee.hannah.id, text="Hello")
    teebee.web.chat_delete(channel=sent["channel"], ts=sent["ts"])
    assert teebee.slack.settle()
    own = [record["payload"] for record in teebee.slack.records if record.get("type") == "events_api"]
    assert own[-2]["event"]["ts"] == sent["ts"]
    assert own[-1]["event"]["deleted_ts"] == sent["ts"]
    assert not [body for body in bot.of_type("message") if body["event"].get("ts") == sent["ts"]]


def test_a_change_of_zone_or_status_is_told(connected: Connected) -> None:
    teebee, bot = connected
    teebee.jim.change(tz="Asia/Shanghai", status_text="Away")
    event = heard(teebee.slack, bot, "user_change")[0]["event"]
    assert event["user"]["tz"] == "Asia/Shanghai"
    assert event["user"]["profile"]["status_text"] == "Away"
    assert teebee.jim.person().status_text == "Away"


def test_a_command_is_answered_for_one_person(connected: Connected) -> None:
    teebee, bot = connected
    bot.on("command", answers(text="Your KRs"))
    outcome = teebee.hannah.command("/okr", "of @Jack & @channel", channel="#okrs")
    assert outcome.ok
    assert [message.text for message in outcome.messages] == ["Your KRs"]
    assert outcome.messages[0].only_for == teebee.hannah.id
    assert "Your KRs" not in [message.text for message in teebee.jack.messages("okrs")]
    body = bot.heard[-1]
    assert body["text"] == f"of <@{teebee.jack.id}|jack> &amp; <!channel>"
    assert (body["channel_name"], body["user_name"], body["command"]) == ("okrs", "hannah", "/okr")


def test_a_command_may_answer_everybody(connected: Connected) -> None:
    teebee, bot = connected
    bot.on("command", answers(text="For all", response_type="in_channel"))
    teebee.hannah.command("/okr", channel="okrs")
    assert teebee.jack.messages("okrs")[-1].text == "For all"


def test_an_answer_that_slack_refuses_fails_the_command(connected: Connected) -> None:
    teebee, bot = connected
    bot.on("command", answers(text="x", blocks=[section("x" * 3001)]))
    outcome = teebee.hannah.command("/okr")
    assert (outcome.acked, outcome.error) == (True, "/okr failed with the error “invalid_blocks”")


def test_commands_that_are_not_the_bots_go_nowhere(connected: Connected) -> None:
    teebee, bot = connected
    teebee.slack.world.commands = frozenset({"/okr"})
    try:
        outcome = teebee.hannah.command("/ork")
    finally:
        teebee.slack.world.commands = None
    assert (outcome.sent, outcome.error) == (False, "/ork is not a valid command.")
    assert bot.heard == []


def test_a_tap_on_a_message_carries_the_message_and_where_it_is(connected: Connected) -> None:
    teebee, bot = connected
    pick = {"type": "actions", "block_id": "pick", "elements": [select("mood", "Good", "Bad")]}
    sent = teebee.web.chat_postMessage(
        channel=teebee.okrs, text="Well?", blocks=[buttons(button("Yes", "yes", "kr1")), pick]
    )
    message = teebee.hannah.messages("okrs")[-1]
    assert teebee.hannah.tap(message, label="Yes").ok
    body = bot.heard[-1]
    assert body["type"] == "block_actions"
    assert body["container"] == {
        "type": "message",
        "message_ts": sent["ts"],
        "channel_id": teebee.okrs,
        "is_ephemeral": False,
    }
    assert body["message"]["text"] == "Well?"
    assert (body["channel"]["name"], body["user"]["id"]) == ("okrs", teebee.hannah.id)
    done = body["actions"][0]
    assert (done["action_id"], done["block_id"], done["value"], done["type"]) == (
        "yes",
        "buttons",
        "kr1",
        "button",
    )
    teebee.hannah.tap(sent["ts"], action_id="mood", block_id="pick", choice="Bad")
    body = bot.heard[-1]
    assert body["actions"][0]["selected_option"] == option("Bad", "bad")
    assert body["state"]["values"]["pick"]["mood"]["selected_option"] == option("Bad", "bad")
    with pytest.raises(LookupError, match="no such message"):
        teebee.jim.tap(sent["ts"], label="Yes")


def test_an_overflow_menu_gives_its_option(connected: Connected) -> None:
    teebee, bot = connected
    menu = {"type": "overflow", "action_id": "more", "options": [option("Pause", "p"), option("Stop", "s")]}
    block = {**section("KR1"), "block_id": "kr1", "accessory": menu}
    thread = teebee.web.chat_postMessage(channel=teebee.okrs, text="x")["ts"]
    sent = teebee.web.chat_postMessage(channel=teebee.okrs, text="x", blocks=[block], thread_ts=thread)
    teebee.hannah.tap(sent["ts"], action_id="more", choice="Stop")
    assert bot.heard[-1]["actions"][0]["selected_option"]["value"] == "s"
    assert bot.heard[-1]["container"]["thread_ts"] == thread
