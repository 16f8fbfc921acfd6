"""What people did is kept, with when they saw it taken."""

from typing import Any

import pytest

from bot.practice import Deed
from tests.practice.blocks import button, buttons, field, modal, text_input
from tests.practice.bolt import SmallBot, answers, opens, silent
from tests.practice.conftest import TeeBee

FORM = modal(field("note", "Note", text_input()), callback_id="check_in", private_metadata="7")


def newest(teebee: TeeBee) -> Deed:
    return teebee.slack.deeds()[-1]


def test_messages_count_once_typed_even_if_nobody_hears_them(teebee: TeeBee) -> None:
    ts = teebee.hannah.say("Two & three")
    teebee.hannah.edit(ts, "Four")
    teebee.hannah.delete(ts)
    said, edited, deleted = teebee.slack.deeds()
    assert (said.person, said.kind, said.what["text"]) == (teebee.hannah.id, "message", "Two &amp; three")
    assert said.taken_at == said.at == teebee.times.now.isoformat()
    assert (edited.kind, edited.what["ts"], edited.what["text"]) == ("edit", ts, "Four")
    assert (deleted.kind, deleted.what["ts"], deleted.what["text"]) == ("deletion", ts, "Four")
    assert teebee.slack.deeds(2) == [deleted]


def test_a_form_counts_once_it_is_taken(connected: tuple[TeeBee, SmallBot]) -> None:
    teebee, bot = connected
    bot.on("command", opens(FORM))
    teebee.jim.command("/okr", "check in")
    assert (newest(teebee).kind, newest(teebee).what["text"]) == ("command", "check in")
    assert newest(teebee).taken_at
    teebee.jim.fill("Note", "two chains")
    bot.on("view", answers(response_action="errors", errors={"note": "Too short"}))
    assert not teebee.jim.submit().ok
    assert (newest(teebee).taken_at, newest(teebee).error) == (None, "note: Too short")
    bot.forget()
    teebee.times.move(60)
    assert teebee.jim.submit().ok
    form = newest(teebee)
    assert form.kind == "form"
    assert form.taken_at == teebee.times.now.isoformat()
    assert form.error is None
    assert form.what["callback_id"] == "check_in"
    assert form.what["private_metadata"] == "7"
    assert form.what["values"]["note"]["typed"]["value"] == "two chains"


@pytest.mark.parametrize("what", ["form", "command", "tap"])
def test_what_the_bot_does_not_acknowledge_is_not_taken(
    connected: tuple[TeeBee, SmallBot], what: str
) -> None:
    teebee, bot = connected
    bot.on("command", opens(FORM))
    teebee.jim.command("/okr")
    ts = teebee.web.chat_postMessage(
        channel=teebee.jim.id, text="Now?", blocks=[buttons(button("Yes", "yes"))]
    )["ts"]
    teebee.jim.fill("Note", "two chains")
    for kind in ("view", "command", "action"):
        bot.on(kind, silent)
    acts: dict[str, Any] = {
        "form": teebee.jim.submit,
        "command": lambda: teebee.jim.command("/okr"),
        "tap": lambda: teebee.jim.tap(ts, label="Yes"),
    }
    outcome = acts[what]()
    deed = newest(teebee)
    assert (deed.kind, deed.taken_at, deed.error) == (what, None, outcome.error)
    assert deed.error


def test_a_tap_says_what_was_tapped_and_where(connected: tuple[TeeBee, SmallBot]) -> None:
    teebee, _bot = connected
    ts = teebee.web.chat_postMessage(
        channel=teebee.jim.id, text="Now?", blocks=[buttons(button("Yes", "yes"))]
    )["ts"]
    teebee.jim.tap(ts, label="Yes")
    deed = newest(teebee)
    assert (deed.what["message_ts"], deed.what["action"]["action_id"]) == (ts, "yes")
    assert deed.taken_at
