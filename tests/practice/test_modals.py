"""Forms and Home between people and a real Bolt app, over Socket Mode."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.practice.outcome import NO_RESPONSE, TROUBLE
from tests.practice.blocks import (
    button,
    buttons,
    field,
    home,
    modal,
    option,
    plain,
    section,
    select,
    text_input,
)
from tests.practice.bolt import SmallBot, answers, heard, opens, silent
from tests.practice.conftest import TeeBee

Json = dict[str, Any]
Connected = tuple[TeeBee, SmallBot]
NOTE = field("note", "Note", text_input())
WHO = {"type": "users_select", "action_id": "who", "placeholder": plain("Whose is it?")}


def form(connected: Connected, view: Json) -> TeeBee:
    """Hannah has this form open."""
    teebee, bot = connected
    bot.on("command", opens(view))
    teebee.hannah.command("/okr")
    assert teebee.hannah.view() is not None
    return teebee


def test_silence_is_shown_as_slack_shows_it(connected: Connected) -> None:
    teebee, bot = connected
    for kind in ("command", "action", "view"):
        bot.on(kind, silent)
    outcome = teebee.hannah.command("/okr")
    assert (outcome.acked, outcome.error) == (False, "/okr failed with the error “operation_timeout”")
    sent = teebee.web.chat_postMessage(
        channel=teebee.hannah.id, text="x", blocks=[buttons(button("Go", "go"))]
    )
    assert teebee.hannah.tap(sent["ts"], label="Go").error == NO_RESPONSE
    form(connected, modal(NOTE))
    bot.on("view", silent)
    teebee.hannah.fill("Note", "kept")
    assert teebee.hannah.submit().error == TROUBLE
    assert "kept" in teebee.hannah.view_screen()


def test_a_form_is_opened_filled_corrected_and_sent(connected: Connected) -> None:
    teebee = form(connected, modal(NOTE, field("mood", "Mood", select("mood", "Good")), private_metadata="7"))
    _, bot = connected
    bot.on("view", answers(response_action="errors", errors={"note": "Say more"}))
    teebee.hannah.fill("Note", "ok")
    teebee.hannah.choose("Mood", "Good")
    outcome = teebee.hannah.submit()
    assert (outcome.acked, outcome.ok, outcome.errors) == (True, False, {"note": "Say more"})
    assert "Say more" in teebee.hannah.view_screen()
    bot.forget()
    assert teebee.hannah.submit().ok
    assert teebee.hannah.view() is None
    view = bot.heard[-1]["view"]
    assert view["state"]["values"] == {
        "note": {"typed": {"type": "plain_text_input", "value": "ok"}},
        "mood": {"mood": {"type": "static_select", "selected_option": option("Good", "good")}},
    }
    assert view["private_metadata"] == "7"
    assert bot.heard[-1]["type"] == "view_submission"


@pytest.mark.parametrize(
    ("response", "title"),
    [
        ({"response_action": "update", "view": modal(NOTE, title="Changed")}, "Changed"),
        ({"response_action": "push", "view": modal(NOTE, title="On top")}, "On top"),
        ({"response_action": "clear"}, None),
        ({}, "Check in"),
    ],
)
def test_a_submission_is_answered_by_every_response_action(
    connected: Connected, response: Json, title: str | None
) -> None:
    teebee = form(connected, modal(buttons(button("More", "more")), title="Check in"))
    _, bot = connected

    def pushes(ack: Any, body: Json, client: Any, **_more: Any) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal(section("x"), title="Second"))
        ack()

    bot.on("action", pushes)
    teebee.hannah.tap(label="More")
    bot.on("view", answers(**response))
    assert teebee.hannah.submit().ok
    view = teebee.hannah.view()
    assert (view and view["title"]["text"]) == title


@pytest.mark.parametrize(
    "response",
    [
        {"response_action": "errors", "errors": {"elsewhere": "No"}},
        {"response_action": "push", "view": home()},
        {"response_action": "update", "view": modal(NOTE, title="x" * 25)},
        {"response_action": "dance"},
    ],
)
def test_a_response_that_makes_no_sense_is_trouble(connected: Connected, response: Json) -> None:
    teebee = form(connected, modal(NOTE))
    connected[1].on("view", answers(**response))
    teebee.hannah.fill("note", "kept")
    outcome = teebee.hannah.submit()
    assert (outcome.acked, outcome.error) == (True, TROUBLE)
    assert "kept" in teebee.hannah.view_screen()


def test_a_form_that_is_gone_when_the_answer_comes_stays_gone(connected: Connected) -> None:
    teebee = form(connected, modal(NOTE))

    def habit(ack: Any, **_more: Any) -> None:
        teebee.hannah.close()
        ack()

    connected[1].on("view", habit)
    teebee.hannah.fill("note", "x")
    assert teebee.hannah.submit().ok
    assert teebee.hannah.view() is None


def test_closing_is_told_where_it_was_asked_for(connected: Connected) -> None:
    teebee = form(connected, modal(NOTE, notify_on_close=True))
    _, bot = connected
    outcome = teebee.hannah.close()
    assert (outcome.sent, outcome.acked) == (True, True)
    assert (bot.heard[-1]["type"], bot.heard[-1]["is_cleared"]) == ("view_closed", False)
    form(connected, modal(NOTE, notify_on_close=True, clear_on_close=True))
    teebee.hannah.close()
    assert bot.heard[-1]["is_cleared"] is True
    form(connected, modal(NOTE))
    assert teebee.hannah.close().sent is False


def test_fields_that_dispatch_tell_the_bot_at_once(connected: Connected) -> None:
    character = {"trigger_actions_on": ["on_character_entered"]}
    teebee = form(
        connected,
        modal(
            field("mood", "Mood", select("mood", "Good", "Bad"), dispatch_action=True),
            field("a", "On enter", text_input("enter"), dispatch_action=True),
            field("b", "At once", text_input("now", dispatch_action_config=character), dispatch_action=True),
            {**section("Who"), "block_id": "who", "accessory": WHO},
        ),
    )
    _, bot = connected
    assert teebee.hannah.choose("Mood", "Bad").acked
    body = bot.heard[-1]
    assert body["container"]["type"] == "view"
    assert body["view"]["state"]["values"]["mood"]["mood"]["selected_option"]["value"] == "bad"
    assert body["actions"][0]["selected_option"]["value"] == "bad"
    assert "response_url" not in body
    assert teebee.hannah.fill("On enter", "x").sent is False
    assert teebee.hannah.fill("On enter", "xy", enter=True).acked
    assert bot.heard[-1]["actions"][0]["value"] == "xy"
    assert teebee.hannah.fill("At once", "z").acked
    assert teebee.hannah.tap(action_id="who", choice=teebee.jack.id).acked
    assert bot.heard[-1]["actions"][0]["selected_user"] == teebee.jack.id
    assert bot.heard[-1]["actions"][0]["placeholder"]["text"] == "Whose is it?"
    assert teebee.hannah.submit().ok
    assert bot.heard[-1]["view"]["state"]["values"]["who"]["who"]["selected_user"] == teebee.jack.id
    form(connected, modal({**section("Who"), "block_id": "who", "accessory": WHO}))
    bot.on("action", silent)
    assert teebee.hannah.choose("who", teebee.jim.id).error == NO_RESPONSE


def test_opening_home_lets_the_bot_publish_and_tap_there(connected: Connected) -> None:
    teebee, bot = connected

    def publishes(ack: Any, body: Json, client: Any, **_more: Any) -> None:
        view = home(buttons(button("Go", "go")))
        client.views_publish(user_id=body["event"]["user"], view=view)
        ack()

    bot.on("app_home_opened", publishes)
    teebee.jim.open_home()
    assert teebee.slack.wait_for(teebee.jim.home)["blocks"][0]["elements"][0]["text"]["text"] == "Go"
    assert teebee.jim.tap("home", label="Go").acked
    assert bot.heard[-1]["view"]["type"] == "home"
    teebee.jim.open_home()
    assert heard(teebee.slack, bot, "app_home_opened", 2)[-1]["event"]["view"]["type"] == "home"


def test_a_late_trigger_opens_nothing(connected: Connected) -> None:
    teebee, bot = connected
    errors: list[str] = []

    def habit(ack: Any, body: Json, client: Any, **_more: Any) -> None:
        ack()
        teebee.times.seconds += 4
        try:
            client.views_open(trigger_id=body["trigger_id"], view=modal(NOTE))
        except SlackApiError as error:
            errors.append(error.response["error"])

    bot.on("command", habit)
    teebee.hannah.command("/okr")
    assert teebee.slack.wait_for(lambda: errors) == ["expired_trigger_id"]
