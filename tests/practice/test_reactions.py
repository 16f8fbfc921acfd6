"""Emoji on messages: people's and the bot's."""

from typing import Any

import pytest

from bot.practice import PracticeSlack
from tests.practice.conftest import TeeBee, Times, settled
from tests.practice.listener import listening
from tests.practice.test_calls import refusal

Json = dict[str, Any]


def test_people_react_in_order_and_take_it_back(teebee: TeeBee) -> None:
    ts = teebee.web.chat_postMessage(channel=teebee.okrs, text="Week 8")["ts"]
    assert teebee.hannah.react(ts, "tada")
    assert teebee.jack.react(ts, "tada")
    assert teebee.jack.react(ts, "eyes")
    (shown,) = teebee.web.conversations_history(channel=teebee.okrs)["messages"]
    hannah, jack = teebee.hannah.id, teebee.jack.id
    assert shown["reactions"] == [
        {"name": "tada", "users": [hannah, jack], "count": 2},
        {"name": "eyes", "users": [jack], "count": 1},
    ]
    assert teebee.hannah.react(ts, "tada") is False
    assert teebee.jack.react(ts, "eyes") is False
    assert teebee.jack.messages(teebee.okrs)[0].reactions == {"tada": (jack,)}
    teebee.jack.react(ts, "tada")
    assert "reactions" not in teebee.web.conversations_history(channel=teebee.okrs)["messages"][0]


def test_an_edit_keeps_the_reactions(teebee: TeeBee) -> None:
    ts = teebee.web.chat_postMessage(channel=teebee.okrs, text="Week 8")["ts"]
    teebee.hannah.react(ts, "tada")
    teebee.web.chat_update(channel=teebee.okrs, ts=ts, text="Week 9")
    assert teebee.hannah.messages(teebee.okrs)[0].reactions == {"tada": (teebee.hannah.id,)}


def test_a_reaction_is_a_deed(teebee: TeeBee) -> None:
    ts = teebee.hannah.say("Done", channel="okrs")
    teebee.jack.react(ts, "clap")
    teebee.jack.react(ts, "clap")
    done, undone = teebee.slack.deeds(1)
    what = {"channel": teebee.okrs, "ts": ts, "name": "clap"}
    assert (done.kind, done.person, done.what) == ("reaction", teebee.jack.id, what | {"stands": True})
    assert undone.what == what | {"stands": False}


def test_people_react_only_to_what_they_see_and_with_emoji(teebee: TeeBee) -> None:
    ts = teebee.web.chat_postMessage(channel=teebee.leads, text="Week 8")["ts"]
    with pytest.raises(LookupError, match="no such message"):
        teebee.jim.react(ts, "tada")
    with pytest.raises(LookupError, match="no emoji"):
        teebee.hannah.react(ts, "Ta da!")
    teebee.web.chat_postEphemeral(channel=teebee.okrs, user=teebee.hannah.id, text="Only you")
    with pytest.raises(LookupError, match="Nobody can react"):
        teebee.hannah.react(teebee.hannah.messages(teebee.okrs)[0].ts, "tada")


def heard(*, scopes: list[str], events: list[str]) -> list[Json]:
    """What the bot hears of Hannah's reaction and its removal, of one where it is not, and of its own."""
    with PracticeSlack(scopes=scopes, events=events) as slack, listening(slack) as listener:
        teebee = settled(slack, Times())
        ts = teebee.hannah.say("Done", channel="okrs")
        teebee.hannah.react(ts, "tada")
        teebee.hannah.react(ts, "tada")
        teebee.jim.react(teebee.jim.say("Done", channel="elsewhere"), "tada")
        teebee.web.reactions_add(channel=teebee.okrs, timestamp=ts, name="+1")
        assert slack.settle()
        return [request.payload["event"] for request in listener.heard]


def test_the_bot_hears_of_reactions_where_it_is_if_it_may() -> None:
    both = ["reaction_added", "reaction_removed"]
    read, write = "reactions:read", "reactions:write"
    events = heard(scopes=[read, write], events=both)
    assert [(event["type"], event["reaction"]) for event in events] == [
        ("reaction_added", "tada"),
        ("reaction_removed", "tada"),
        ("reaction_added", "+1"),
    ]
    first = events[0]
    assert first["item"]["type"] == "message"
    assert first["item"]["channel"].startswith("C")
    assert first["user"] == first["item_user"]
    assert events[2]["user"] != first["user"]
    assert heard(scopes=[write], events=both) == []
    assert len(heard(scopes=[read, write], events=["reaction_removed"])) == 1


def test_the_bot_reacts_once_and_takes_it_back_once(teebee: TeeBee) -> None:
    ts = teebee.hannah.say("62")
    place = {"channel": teebee.hannah.messages()[0].channel, "timestamp": ts, "name": "+1::skin-tone-3"}
    assert teebee.web.api_call("reactions.add", json=place)["ok"]
    assert refusal(teebee.web, "reactions.add", **place)["error"] == "already_reacted"
    assert teebee.hannah.messages()[0].reactions == {"+1::skin-tone-3": (teebee.slack.bot_user_id,)}
    assert teebee.web.api_call("reactions.remove", json=place)["ok"]
    assert refusal(teebee.web, "reactions.remove", **place)["error"] == "no_reaction"
    assert teebee.hannah.messages()[0].reactions == {}


@pytest.mark.parametrize("method", ["reactions.add", "reactions.remove"])
@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": ""}, "invalid_arguments"),
        ({"name": ":tada:"}, "invalid_name"),
        ({"channel": ""}, "no_item_specified"),
        ({"timestamp": ""}, "no_item_specified"),
        ({"timestamp": "yesterday"}, "bad_timestamp"),
        ({"timestamp": "1.000002"}, "message_not_found"),
        ({"timestamp": "EPHEMERAL"}, "message_not_found"),
        ({"channel": "CNOWHERE"}, "channel_not_found"),
        ({"channel": "ATTIC", "timestamp": "OLD"}, "is_archived"),
    ],
)
def test_the_bot_is_refused(teebee: TeeBee, method: str, changes: Json, error: str) -> None:
    ts = teebee.web.chat_postMessage(channel=teebee.okrs, text="Week 8")["ts"]
    teebee.web.chat_postEphemeral(channel=teebee.okrs, user=teebee.hannah.id, text="Only you")
    attic = teebee.slack.add_channel("attic")
    old = teebee.web.chat_postMessage(channel=attic, text="Week 1")["ts"]
    teebee.slack.change_channel(attic, archived=True)
    places = {"ATTIC": attic, "OLD": old, "EPHEMERAL": teebee.hannah.messages(teebee.okrs)[-1].ts}
    arguments = {"channel": teebee.okrs, "timestamp": ts, "name": "tada"} | {
        key: places.get(value, value) for key, value in changes.items()
    }
    assert refusal(teebee.web, method, **arguments)["error"] == error
