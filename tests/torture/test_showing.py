"""What is shown in the end, on paper."""

from dataclasses import replace
from typing import Any

import pytest

from tests.torture import showing
from tests.torture.handmade import (
    CHANNEL,
    COMPANY,
    DIGEST_SENT,
    DIGEST_TEXT,
    FRIDAY,
    HANNAH,
    PROMPT_SENT,
    PROMPT_TEXT,
    REPLY_SENT,
    owed,
    seen,
    stored,
)
from tests.torture.saying import Seen
from tests.torture.stored import Round, Stored


def found(there: Stored | None = None, on_screen: Seen | None = None) -> list[str]:
    every = showing.check(COMPANY, [FRIDAY], there or stored(), on_screen or seen())
    return [one.words for one in every]


def test_what_shows_all_that_was_answered_is_well() -> None:
    assert found() == []


@pytest.mark.parametrize("rounds", [[], [Round(1, CHANNEL, FRIDAY, "skipped")]])
def test_a_team_that_was_not_asked_is_lost(rounds: list[Round]) -> None:
    (words,) = found(stored(rounds=rounds))
    assert words.startswith(f"TeeBee had no check-in on {FRIDAY}")


def test_a_digest_has_to_stand_in_the_channel() -> None:
    assert found(on_screen=seen(without=(DIGEST_SENT,))) == [f"no digest of {FRIDAY} stands in {CHANNEL}"]


def test_a_digest_counts_those_who_answered() -> None:
    text = DIGEST_TEXT.replace("1 of 1", "0 of 1")
    (words,) = found(on_screen=seen(texts={DIGEST_SENT: text}))
    assert words.endswith("says “0 of 1 answered”; it is (1, 1)")
    (words,) = found(on_screen=seen(texts={DIGEST_SENT: "10,001 10,002"}))
    assert words.endswith("says “10,001 10,002”; it is (1, 1)")


def test_a_digest_shows_every_value() -> None:
    (words,) = found(on_screen=seen(texts={DIGEST_SENT: DIGEST_TEXT.replace("10,002", "10,000")}))
    assert "does not show 10002" in words


def test_a_prompt_has_to_stand_unless_nothing_was_owed() -> None:
    dropped = replace(PROMPT_SENT, state="dropped")
    messages = [dropped, DIGEST_SENT, REPLY_SENT]
    without = seen(without=(PROMPT_SENT,))
    assert found(stored(messages=messages), without) == []
    waiting: dict[str, Any] = {"owed": owed("missed"), "revisions": {}}
    words = found(stored(messages=messages, **waiting), without)
    assert f"{HANNAH} was never asked on {FRIDAY} (['dropped'])" in words
    words = found(stored(messages=messages[1:], **waiting), without)
    assert f"{HANNAH} was never asked on {FRIDAY} (no prompt)" in words


def test_what_is_stuck_is_told_of_elsewhere() -> None:
    stuck = [replace(one, state="unknown") for one in (PROMPT_SENT, DIGEST_SENT)]
    assert found(stored(messages=stuck), seen(without=(PROMPT_SENT, DIGEST_SENT))) == []


def test_a_prompt_shows_that_it_is_answered_and_with_what() -> None:
    asking = PROMPT_TEXT.replace("Answered at 10:05 – thank you.", "Or just type: 1 10,001")
    (words,) = found(on_screen=seen(texts={PROMPT_SENT: asking}))
    assert words.startswith("prompt:1 does not show that all of it is answered")
    (words,) = found(on_screen=seen(texts={PROMPT_SENT: PROMPT_TEXT.replace("10,001", "10,000")}))
    assert words.startswith("prompt:1 does not show 10001 for KR1")
