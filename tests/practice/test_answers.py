"""Answers at a response address, to a real Bolt app's commands and taps."""

from typing import Any

from slack_sdk.webhook import WebhookClient

from bot.practice import Message
from bot.practice.triggers import ANSWER_SECONDS
from tests.practice.blocks import button, buttons, section
from tests.practice.bolt import SmallBot
from tests.practice.conftest import TeeBee
from tests.practice.wire import request

Json = dict[str, Any]
Connected = tuple[TeeBee, SmallBot]


def answer_url(connected: Connected) -> tuple[str, TeeBee]:
    """The response address of a command that Hannah gave in #okrs."""
    teebee, bot = connected
    teebee.hannah.command("/okr", channel="okrs")
    url: str = bot.heard[-1]["response_url"]
    return url, teebee


def respond(url: str, **body: Any) -> tuple[int, str]:
    answer = WebhookClient(url).send_dict(body)
    return answer.status_code, answer.body


def test_an_ephemeral_message_is_not_carried_but_can_be_answered(connected: Connected) -> None:
    teebee, bot = connected

    def habit(ack: Any, respond: Any, **_more: Any) -> None:
        respond(text="Done", replace_original=True)
        ack()

    bot.on("action", habit)
    ts = teebee.web.chat_postEphemeral(
        channel=teebee.okrs, user=teebee.hannah.id, text="x", blocks=[buttons(button("Go", "go"))]
    )["message_ts"]
    teebee.hannah.tap(ts, label="Go")
    assert bot.heard[-1]["container"]["is_ephemeral"] is True
    assert "message" not in bot.heard[-1]
    replaced = teebee.hannah.messages("okrs")[-1]
    assert (replaced.ts, replaced.text, replaced.blocks) == (ts, "Done", ())


def test_a_response_address_is_good_for_five_answers(connected: Connected) -> None:
    url, teebee = answer_url(connected)
    assert [respond(url, text=str(i)) for i in range(5)] == [(200, "ok")] * 5
    assert [message.text for message in teebee.hannah.messages("okrs")[-5:]] == list("01234")
    status, body = respond(url, text="6")
    assert (status, "used_url" in body) == (404, True)


def test_a_response_address_is_good_for_half_an_hour(connected: Connected) -> None:
    url, teebee = answer_url(connected)
    teebee.times.seconds += ANSWER_SECONDS + 1
    assert "expired_url" in respond(url, text="late")[1]
    assert "invalid_url" in respond(f"{url}x", text="wrong")[1]


def test_a_response_is_checked(connected: Connected) -> None:
    url, _teebee = answer_url(connected)
    assert respond(url)[0] == 400
    assert request(url, b"{")[0] == 400
    assert "invalid_blocks" in respond(url, blocks=[section("x" * 3001)])[1]
    assert "message_not_found" in respond(url, text="x", replace_original=True)[1]


def test_the_tapped_message_is_replaced_or_deleted_by_an_answer(connected: Connected) -> None:
    teebee, bot = connected
    for everybody in (True, False):
        ephemeral = {} if everybody else {"user": teebee.hannah.id}
        method = "chat.postMessage" if everybody else "chat.postEphemeral"
        blocks = [buttons(button("Go", "go"))]
        teebee.web.api_call(method, json={"channel": teebee.okrs, "blocks": blocks, **ephemeral})
        tapped: Message = teebee.hannah.messages("okrs")[-1]
        teebee.hannah.tap(tapped, label="Go")
        url = bot.heard[-1]["response_url"]
        assert respond(url, text="Done", replace_original=True) == (200, "ok")
        assert teebee.hannah.messages("okrs")[-1].text == "Done"
        assert respond(url, delete_original=True) == (200, "ok")
        assert tapped.ts not in [message.ts for message in teebee.hannah.messages("okrs")]
