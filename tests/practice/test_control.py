"""Acting for people over HTTP."""

import json
from typing import Any

from tests.practice.blocks import field, modal, text_input
from tests.practice.bolt import SmallBot
from tests.practice.conftest import TeeBee
from tests.practice.wire import request


def ask(teebee: TeeBee, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Status and answer of GET, or of POST if there is a body."""
    data = None if body is None else json.dumps(body).encode()
    kind = {"Content-Type": "application/json"} if data is not None else {}
    url = f"{teebee.slack.world.address}/practice/{path}"
    status, words = request(url, data, **{**kind, **headers})
    return status, json.loads(words) if words.startswith("{") else words


def test_people_channels_and_records_are_listed(teebee: TeeBee) -> None:
    _, people = ask(teebee, "people")
    _, channels = ask(teebee, "channels")
    _, records = ask(teebee, "records")
    assert {"Hannah", "Jack", "Jim"} <= {person["name"] for person in people["result"]}
    assert {"okrs", "leads"} <= {channel["name"] for channel in channels["result"]}
    assert records["result"] == []
    assert ask(teebee, "settled?timeout=5") == (200, {"result": True})


def test_somebody_talks_commands_and_fills_in_a_form(connected: tuple[TeeBee, SmallBot]) -> None:
    teebee, bot = connected
    who = f"people/{teebee.jim.id}"

    def habit(ack: Any, body: Any, client: Any, **_more: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("note", "Note", text_input())))
        ack(text="Here it is")

    bot.on("command", habit)
    status, said = ask(teebee, f"{who}/say", {"text": "Hello"})
    assert (status, said["result"]) == (200, teebee.jim.messages()[-1].ts)
    _, outcome = ask(teebee, f"{who}/command", {"name": "/okr", "text": "help"})
    assert outcome["result"]["acked"] is True
    assert outcome["result"]["messages"][0]["text"] == "Here it is"
    ask(teebee, f"{who}/fill", {"field": "Note", "text": "two chains"})
    _, screen = ask(teebee, f"{who}/view_screen?width=40")
    assert "two chains" in screen["result"]
    _, sent = ask(teebee, f"{who}/submit", {})
    assert sent["result"]["errors"] == {}
    assert ask(teebee, f"{who}/view")[1] == {"result": None}
    _, messages = ask(teebee, f"{who}/messages")
    assert [message["text"] for message in messages["result"]][-2:] == ["Hello", "Here it is"]
    _, screen = ask(teebee, f"{who}/screen?channel=elsewhere")
    assert screen["result"] == teebee.jim.screen("elsewhere")


def test_what_cannot_be_done_is_said(teebee: TeeBee) -> None:
    who = f"people/{teebee.hannah.id}"
    assert ask(teebee, f"{who}/submit", {}) == (400, {"error": "No form is open"})
    assert ask(teebee, f"{who}/say", {"words": "x"})[0] == 400
    assert ask(teebee, f"{who}/dance", {})[0] == 404
    assert ask(teebee, "people/UNOBODY/say", {"text": "x"})[0] == 404


def test_other_sites_pages_are_refused(teebee: TeeBee) -> None:
    who = f"people/{teebee.hannah.id}"
    assert ask(teebee, "people", Origin="https://teebee.example")[0] == 403
    assert ask(teebee, "people", Host="teebee.example")[0] == 403
    assert ask(teebee, f"{who}/say", {"text": "x"}, Origin="https://teebee.example")[0] == 403
    assert ask(teebee, f"{who}/say", {"text": "x"}, **{"Content-Type": "text/plain"})[0] == 415
    assert ask(teebee, f"{who}/say", {"text": "x"}, Origin=teebee.slack.world.address)[0] == 200
    assert [message.text for message in teebee.hannah.messages()] == ["x"]
