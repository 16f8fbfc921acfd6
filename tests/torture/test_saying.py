"""What was said how often, on paper."""

from dataclasses import replace

import pytest

from tests.torture import saying
from tests.torture.handmade import (
    CHANNEL,
    DIGEST_SENT,
    DIRECT,
    FRIDAY,
    HANNAH,
    PROMPT_SENT,
    PROMPT_TEXT,
    REPLY_SENT,
    SAID,
    came_in,
    seen,
    sent,
    shown,
    stamp,
    stored,
)
from tests.torture.saying import Seen
from tests.torture.stored import Message, Stored

REMINDER = sent("reminder:1", "reminder", stamp(305), place=(HANNAH, FRIDAY))
ALL = [PROMPT_SENT, DIGEST_SENT, REPLY_SENT]


def found(there: Stored | None = None, on_screen: Seen | None = None) -> list[str]:
    return [str(one) for one in saying.check([SAID], there or stored(), on_screen or seen())]


def kinds(findings: list[str]) -> list[str]:
    return [one.partition(":")[0] for one in findings]


def test_what_stands_once_is_well() -> None:
    assert found() == []


@pytest.mark.parametrize("message", ALL, ids=lambda one: one.kind)
def test_what_stands_twice_is_doubled(message: Message) -> None:
    again = replace(shown(message, "The same"), ts=stamp(400))
    (doubled,) = found(on_screen=seen(again))
    assert doubled.startswith(f"doubled: {message.key} stands 2 times")


def test_what_nobody_asked_for_is_doubled() -> None:
    stranger = replace(shown(PROMPT_SENT, PROMPT_TEXT), ts=stamp(2), metadata=None)
    assert kinds(found(on_screen=seen(stranger))) == ["doubled"]


@pytest.mark.parametrize("message", ALL, ids=lambda one: one.kind)
def test_what_is_said_to_stand_and_does_not_is_lost(message: Message) -> None:
    (lost,) = found(on_screen=seen(without=(message,)))
    assert lost == f"lost: {message.key} is said to stand at {message.ts}, but does not"


def test_what_stands_elsewhere_than_remembered_is_lost() -> None:
    moved = replace(PROMPT_SENT, ts=stamp(1))
    assert kinds(found(stored(messages=[moved, DIGEST_SENT, REPLY_SENT]))) == ["lost"]


@pytest.mark.parametrize("state", ["pending", "sending", "unknown", "failed"])
def test_what_did_not_come_to_rest_is_lost(state: str) -> None:
    stuck = replace(PROMPT_SENT, state=state, channel=None, ts=None, error="no answer")
    (lost,) = found(stored(messages=[stuck, DIGEST_SENT, REPLY_SENT]), seen(without=(PROMPT_SENT,)))
    assert lost == f"lost: prompt:1 is {state} in the end (no answer), and it stands nowhere"


def test_what_was_given_up_must_not_stand_there() -> None:
    dropped = replace(PROMPT_SENT, state="dropped")
    there = stored(messages=[dropped, DIGEST_SENT, REPLY_SENT])
    assert kinds(found(there)) == ["lost"]
    assert found(there, seen(without=(PROMPT_SENT,))) == []


def test_two_rows_for_one_thing_are_doubled() -> None:
    other = replace(PROMPT_SENT, key="prompt:2", nonce="prompt:2", ts=stamp(1))
    there = stored(messages=[*ALL, other])
    (doubled,) = found(there, seen(shown(other, PROMPT_TEXT)))
    assert "was sent as 2 messages" in doubled


def test_a_message_without_a_reply_is_lost() -> None:
    (lost,) = found(stored(messages=[PROMPT_SENT, DIGEST_SENT]), seen(without=(REPLY_SENT,)))
    assert lost == f"lost: message 5 of {HANNAH} on {FRIDAY} has no reply"


def test_a_message_that_is_not_handled_is_lost() -> None:
    (lost,) = found(stored(inbox=[came_in(SAID, state="failed")]))
    assert lost.endswith("is failed in the inbox")


def test_a_reminder_in_the_afternoon_is_well_and_a_third_time_is_not() -> None:
    there = stored(messages=[*ALL, REMINDER])
    assert found(there, seen(shown(REMINDER, f"Reminder: {PROMPT_TEXT}"))) == []
    third = sent("prompt:9", "prompt", stamp(310), place=("U0OTHER", FRIDAY))
    there = stored(messages=[*ALL, REMINDER, third])
    (doubled,) = found(there, seen(shown(REMINDER, PROMPT_TEXT), shown(third, PROMPT_TEXT)))
    assert doubled.startswith(f"doubled: {HANNAH} is asked once more on {FRIDAY}")


def test_two_digests_in_a_channel_are_doubled_whatever_they_are_called() -> None:
    other = sent("digest:2:0", "digest", stamp(391), channel=CHANNEL, round_id=2, page=0)
    (doubled,) = found(stored(messages=[*ALL, other]), seen(shown(other, "Another team")))
    assert doubled == f"doubled: {CHANNEL} has 2 digests of {FRIDAY}"


def test_a_page_stands_once_in_its_thread() -> None:
    pages = [
        sent(f"digest:1:{page}", "digest", stamp(391 + page), channel=CHANNEL, round_id=1, page=page)
        for page in (1, 2)
    ]
    for text, more in (("TeeBee · more (1 of 1)", 1), ("Nothing more here", 0)):
        replies = [replace(shown(page, text), thread_ts=DIGEST_SENT.ts) for page in pages]
        assert kinds(found(stored(messages=[*ALL, *pages]), seen(*replies))) == ["doubled"] * more


CHART = Message("chart:1", "chart", "sent", "chart:1", CHANNEL, None, round_id=1)


def test_a_picture_is_known_by_its_name_wherever_it_stands_in_its_channel() -> None:
    there = stored(messages=[*ALL, CHART])
    assert found(there, seen(shown(CHART, ""))) == []
    assert kinds(found(there)) == ["lost"]
    assert kinds(found(there, seen(shown(CHART, "", channel=DIRECT)))) == ["lost"]
    twice = seen(shown(CHART, ""), shown(CHART, "", ts=stamp(392)))
    assert kinds(found(there, twice)) == ["doubled"]
    assert kinds(found(stored(), seen(shown(CHART, "")))) == ["doubled"]


def test_replies_are_counted_whatever_they_are_called() -> None:
    other = sent("receipt:form:1", "receipt", stamp(7))
    (doubled,) = found(stored(messages=[*ALL, other]), seen(shown(other, "Thank you, noted:")))
    assert doubled == f"doubled: {HANNAH} said 1 things and got 2 replies"


def test_what_only_one_sees_for_a_moment_does_not_count() -> None:
    notice = replace(shown(PROMPT_SENT, "Try again"), ts=stamp(9), only_for=HANNAH, channel=DIRECT)
    assert found(on_screen=seen(notice)) == []
