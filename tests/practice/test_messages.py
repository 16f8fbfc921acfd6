"""Posting, changing, deleting and reading messages over the Web API."""

import json
from typing import Any

import pytest

from tests.practice.blocks import button, buttons, section
from tests.practice.conftest import TeeBee
from tests.practice.test_calls import refusal

Json = dict[str, Any]


def test_a_message_to_a_person_opens_and_names_their_channel(teebee: TeeBee) -> None:
    answer = teebee.web.chat_postMessage(channel=teebee.hannah.id, text="Hello")
    assert answer["channel"].startswith("D")
    assert [message.text for message in teebee.hannah.messages()] == ["Hello"]
    assert teebee.jack.messages(channel=None) == []


def test_a_channel_can_be_named(teebee: TeeBee) -> None:
    answer = teebee.web.chat_postMessage(channel="#okrs", text="Hello")
    assert answer["channel"] == teebee.okrs
    assert teebee.jack.messages("#okrs")[0].ts == answer["ts"]


def test_timestamps_grow_though_the_clock_stands_still(teebee: TeeBee) -> None:
    stamps = [teebee.web.chat_postMessage(channel=teebee.okrs, text=str(i))["ts"] for i in range(3)]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "CNOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "ELSEWHERE", "text": "x"}, "not_in_channel"),
        ({"channel": "SECRET", "text": "x"}, "channel_not_found"),
        ({"channel": "ATTIC", "text": "x"}, "is_archived"),
        ({"channel": "GONE", "text": "x"}, "channel_not_found"),
        ({"channel": "GONE_DM", "text": "x"}, "channel_not_found"),
        ({"channel": "OKRS"}, "no_text"),
        ({"channel": "OKRS", "text": "  "}, "no_text"),
        ({"channel": "OKRS", "text": "x" * 4001}, "msg_too_long"),
        ({"channel": "OKRS", "blocks": "{oops"}, "invalid_blocks_format"),
        ({"channel": "OKRS", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"channel": "OKRS", "text": "x", "thread_ts": "1.000002"}, "cannot_reply_to_message"),
        ({"channel": "OKRS", "text": "x", "metadata": "{oops"}, "invalid_metadata_format"),
        ({"channel": "OKRS", "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        (
            {"channel": "OKRS", "text": "x", "metadata": {"event_type": "", "event_payload": {}}},
            "invalid_metadata_format",
        ),
        (
            {"channel": "OKRS", "text": "x", "metadata": {"event_type": "a", "event_payload": {"b": {}}}},
            "invalid_metadata_schema",
        ),
        (
            {
                "channel": "OKRS",
                "text": "x",
                "metadata": {"event_type": "a", "event_payload": {"b": "c" * 8000}},
            },
            "metadata_too_large",
        ),
    ],
)
def test_messages_that_slack_refuses(teebee: TeeBee, arguments: Json, error: str) -> None:
    gone = teebee.slack.add_person("Gone")
    places = {
        "OKRS": teebee.okrs,
        "ELSEWHERE": teebee.elsewhere,
        "SECRET": teebee.slack.add_channel("secret", private=True, bot_is_member=False),
        "ATTIC": teebee.slack.add_channel("attic", archived=True),
        "GONE": gone,
        "GONE_DM": teebee.slack.world.open_dm(gone).id if "GONE_DM" in arguments.values() else "",
    }
    teebee.slack.person(gone).change(deleted=True)
    sent = {**arguments, "channel": places.get(arguments["channel"], arguments["channel"])}
    assert refusal(teebee.web, "chat.postMessage", **sent)["error"] == error


def test_a_block_over_its_limit_is_named(teebee: TeeBee) -> None:
    blocks = [section("fine"), section("x" * 3001)]
    answer = refusal(teebee.web, "chat.postMessage", channel=teebee.okrs, blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == ["must be less than 3001 characters [json-pointer:/blocks/1/text/text]"]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {answer['errors'][0]}"]
    assert teebee.hannah.messages(teebee.okrs) == []


def test_blocks_come_as_json_or_as_text_and_get_their_ids(teebee: TeeBee) -> None:
    for blocks in ([section("Hello")], json.dumps([section("Hello")])):
        answer = teebee.web.api_call("chat.postMessage", json={"channel": teebee.okrs, "blocks": blocks})
        assert answer["message"]["blocks"][0]["block_id"]


def test_with_the_scope_for_it_the_bot_posts_where_it_is_not(teebee: TeeBee) -> None:
    teebee.slack.world.scopes |= {"chat:write.public"}
    assert teebee.web.chat_postMessage(channel=teebee.elsewhere, text="Hello")["ok"]


def test_an_update_keeps_what_it_does_not_name(teebee: TeeBee) -> None:
    metadata = {"event_type": "sent", "event_payload": {"id": "1"}}
    first = teebee.web.chat_postMessage(
        channel=teebee.okrs, text="One", blocks=[section("One")], metadata=metadata
    )
    teebee.web.chat_update(channel=teebee.okrs, ts=first["ts"], text="Two")
    kept = teebee.hannah.messages(teebee.okrs)[0]
    assert (kept.text, kept.blocks[0]["text"]["text"], kept.metadata) == ("Two", "One", metadata)
    assert kept.edited_ts is not None
    teebee.web.chat_update(channel=teebee.okrs, ts=first["ts"], text="Three", blocks=[], metadata={})
    bare = teebee.hannah.messages(teebee.okrs)[0]
    assert (bare.text, bare.blocks, bare.metadata) == ("Three", (), None)


def test_only_own_messages_are_changed_and_deleted(teebee: TeeBee) -> None:
    ts = teebee.hannah.say("Mine", channel=teebee.okrs)
    here = {"channel": teebee.okrs, "ts": ts}
    assert refusal(teebee.web, "chat.update", **here, text="x")["error"] == "cant_update_message"
    assert refusal(teebee.web, "chat.delete", **here)["error"] == "cant_delete_message"
    elsewhere = {"channel": teebee.okrs, "ts": "1.000002"}
    assert refusal(teebee.web, "chat.update", **elsewhere, text="x")["error"] == "message_not_found"
    nowhere = {"channel": "CNOWHERE", "ts": ts}
    assert refusal(teebee.web, "chat.delete", **nowhere)["error"] == "channel_not_found"


def test_an_update_needs_something_to_say_and_an_open_channel(teebee: TeeBee) -> None:
    ts = teebee.web.chat_postMessage(channel=teebee.okrs, text="One")["ts"]
    assert refusal(teebee.web, "chat.update", channel=teebee.okrs, ts=ts)["error"] == "no_text"
    teebee.slack.change_channel(teebee.okrs, archived=True)
    answer = refusal(teebee.web, "chat.update", channel=teebee.okrs, ts=ts, text="Two")
    assert answer["error"] == "is_inactive"


def test_a_deleted_message_is_gone(teebee: TeeBee) -> None:
    ts = teebee.web.chat_postMessage(channel=teebee.okrs, text="One")["ts"]
    teebee.web.chat_delete(channel=teebee.okrs, ts=ts)
    assert teebee.hannah.messages(teebee.okrs) == []


def test_an_ephemeral_message_is_seen_by_one_person_and_in_no_history(teebee: TeeBee) -> None:
    ts = teebee.web.chat_postEphemeral(channel=teebee.okrs, user=teebee.hannah.id, text="Psst")["message_ts"]
    assert [message.text for message in teebee.hannah.messages(teebee.okrs)] == ["Psst"]
    assert teebee.jack.messages(teebee.okrs) == []
    assert teebee.web.conversations_history(channel=teebee.okrs)["messages"] == []
    here = {"channel": teebee.okrs, "ts": ts}
    assert refusal(teebee.web, "chat.update", **here, text="x")["error"] == "message_not_found"
    assert refusal(teebee.web, "conversations.replies", **here)["error"] == "thread_not_found"
    answer = refusal(teebee.web, "chat.postEphemeral", channel=teebee.okrs, user=teebee.jim.id, text="x")
    assert answer["error"] == "user_not_in_channel"


def test_history_is_newest_first_in_pages_without_replies(teebee: TeeBee) -> None:
    stamps = [teebee.web.chat_postMessage(channel=teebee.okrs, text=str(i))["ts"] for i in range(5)]
    teebee.web.chat_postMessage(channel=teebee.okrs, text="reply", thread_ts=stamps[0])
    found: list[str] = []
    cursor = None
    while True:
        page = teebee.web.conversations_history(channel=teebee.okrs, limit=2, cursor=cursor)
        found += [message["ts"] for message in page["messages"]]
        if not page["has_more"]:
            break
        cursor = page["response_metadata"]["next_cursor"]
    assert found == stamps[::-1]
    beyond = {"channel": teebee.okrs, "cursor": "nonsense"}
    assert refusal(teebee.web, "conversations.history", **beyond)["error"] == "invalid_cursor"


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"oldest": 1}, [2, 3]),
        ({"oldest": 1, "inclusive": True}, [1, 2, 3]),
        ({"latest": 2}, [0, 1]),
        ({"latest": 2, "inclusive": True}, [0, 1, 2]),
        ({"oldest": 0, "latest": 3}, [1, 2]),
        ({}, [0, 1, 2, 3]),
    ],
)
def test_history_has_bounds(teebee: TeeBee, bounds: Json, expected: list[int]) -> None:
    stamps = [teebee.web.chat_postMessage(channel=teebee.okrs, text=str(i))["ts"] for i in range(4)]
    named = {name: stamps[at] if name != "inclusive" else at for name, at in bounds.items()}
    history = teebee.web.conversations_history(channel=teebee.okrs, **named)["messages"]
    assert [int(message["text"]) for message in history] == expected[::-1]


def test_bounds_must_be_timestamps(teebee: TeeBee) -> None:
    for name in ("oldest", "latest"):
        answer = refusal(teebee.web, "conversations.history", channel=teebee.okrs, **{name: "friday"})
        assert answer["error"] == f"invalid_ts_{name}"
    assert teebee.web.conversations_history(channel=teebee.okrs, latest="now")["ok"]


def test_metadata_is_read_back_only_if_asked_for(teebee: TeeBee) -> None:
    metadata = {"event_type": "sent", "event_payload": {"id": "1"}}
    teebee.web.chat_postMessage(channel=teebee.okrs, text="One", metadata=metadata)
    quiet = teebee.web.conversations_history(channel=teebee.okrs)["messages"][0]
    full = teebee.web.conversations_history(channel=teebee.okrs, include_all_metadata=True)["messages"][0]
    assert "metadata" not in quiet
    assert full["metadata"] == metadata
    assert full["bot_id"] == full["bot_profile"]["id"]


def test_a_thread_begins_with_what_it_hangs_on_and_comes_in_pages(teebee: TeeBee) -> None:
    root = teebee.web.chat_postMessage(channel=teebee.okrs, text="root")["ts"]
    first = teebee.web.chat_postMessage(channel=teebee.okrs, text="first", thread_ts=root)["ts"]
    teebee.jack.say("second", channel=teebee.okrs, thread_ts=first)
    page = teebee.web.conversations_replies(channel=teebee.okrs, ts=root, limit=1)
    assert [message["text"] for message in page["messages"]] == ["root", "first"]
    cursor = page["response_metadata"]["next_cursor"]
    page = teebee.web.conversations_replies(channel=teebee.okrs, ts=root, cursor=cursor)
    assert [message["text"] for message in page["messages"]] == ["second"]
    late = teebee.web.conversations_replies(channel=teebee.okrs, ts=root, oldest=first)["messages"]
    parent, reply = late
    assert [message["text"] for message in late] == ["root", "second"]
    assert (parent["reply_count"], parent["reply_users_count"]) == (2, 2)
    assert reply["parent_user_id"] == teebee.slack.bot_user_id
    alone = teebee.web.conversations_replies(channel=teebee.okrs, ts=first)["messages"]
    assert [message["text"] for message in alone] == ["first"]
    answer = refusal(teebee.web, "conversations.replies", channel=teebee.okrs, ts="1.000002")
    assert answer["error"] == "thread_not_found"


def test_history_needs_membership(teebee: TeeBee) -> None:
    answer = refusal(teebee.web, "conversations.history", channel=teebee.elsewhere)
    assert answer["error"] == "not_in_channel"


def test_a_screen_shows_who_said_what_when_with_replies_below(teebee: TeeBee) -> None:
    root = teebee.web.chat_postMessage(
        channel=teebee.okrs, text="x", blocks=[section("Well?"), buttons(button("Yes", "yes"))]
    )["ts"]
    teebee.web.chat_postMessage(channel=teebee.okrs, text="Think", thread_ts=root)
    teebee.web.chat_update(channel=teebee.okrs, ts=root, text="x")
    teebee.web.chat_postEphemeral(channel=teebee.okrs, user=teebee.hannah.id, text="Psst")
    assert teebee.hannah.screen(teebee.okrs).splitlines() == [
        "Bot  10:00 (edited)",
        "Well?",
        "[Yes]",
        "",
        "    Bot  10:00",
        "    Think",
        "",
        "Bot  10:00 (only visible to you)",
        "Psst",
    ]
    teebee.jack.change(tz="Mars/Olympus")
    assert teebee.jack.screen(teebee.okrs).startswith("Bot  02:00")
