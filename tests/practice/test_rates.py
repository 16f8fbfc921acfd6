"""Slack's rate limits: what is one too many, for how long, and for whom."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from slack_sdk.errors import SlackApiError

from bot.practice import PracticeSlack, Rates
from bot.practice.rates import PER_MINUTE
from tests.practice.conftest import TeeBee, Times, settled

POST = "chat.postMessage"


@contextmanager
def limited(*, channel_burst: int) -> Iterator[TeeBee]:
    times = Times()
    rates = Rates(timer=times.timer, channel_burst=channel_burst)
    with PracticeSlack(clock=times.clock, timer=times.timer, rates=rates) as slack:
        yield settled(slack, times)


@pytest.mark.parametrize(
    ("method", "most"),
    [
        ("views.open", 100),
        ("users.info", 100),
        ("chat.update", 50),
        ("users.list", 20),
        ("reactions.add", 50),
        ("reactions.remove", 20),
    ],
)
def test_each_method_has_so_many_calls_a_minute(method: str, most: int) -> None:
    times = Times()
    rates = Rates(timer=times.timer)
    assert PER_MINUTE[method] == most
    assert [rates.refuse(method) for _ in range(most)] == [None] * most
    times.move(0.5)
    assert rates.refuse(method) == 60
    assert rates.refuse("auth.test") is None
    assert rates.refused == {method: 1}


def test_a_refused_method_stays_blocked_for_the_seconds_it_was_told_and_no_longer() -> None:
    times = Times()
    rates = Rates(timer=times.timer, per_minute={"users.info": 1})
    assert rates.refuse("users.info") is None
    times.move(50.5)
    assert rates.refuse("users.info") == 10
    times.move(9.75)
    assert rates.refuse("users.info") == 1  # the minute is over, the ten seconds are not
    times.move(0.25)
    assert rates.refuse("users.info") is None
    assert rates.refused["users.info"] == 2


@pytest.mark.parametrize("burst", [1, 3])
def test_a_channel_takes_one_message_a_second_after_a_short_burst(burst: int) -> None:
    times = Times()
    rates = Rates(timer=times.timer, channel_burst=burst)
    assert [rates.refuse(POST, "C1") for _ in range(burst)] == [None] * burst
    assert rates.refuse(POST, "C1") == 1
    for _ in range(5):
        times.move(1.0)
        assert rates.refuse(POST, "C1") is None
    assert rates.refuse(POST, "C1") == 1
    times.move(3600)
    assert [rates.refuse(POST, "C1") for _ in range(burst)] == [None] * burst


def test_all_channels_together_have_a_limit_of_their_own() -> None:
    times = Times()
    rates = Rates(timer=times.timer, posts_a_minute=5)
    assert [rates.refuse(POST, f"C{number}") for number in range(5)] == [None] * 5
    times.move(15.0)
    assert rates.refuse(POST, "C9") == 45


def test_a_refused_call_is_answered_with_429_and_not_carried_out() -> None:
    with limited(channel_burst=1) as teebee:
        teebee.web.chat_postMessage(channel=teebee.okrs, text="One")
        with pytest.raises(SlackApiError) as caught:
            teebee.web.chat_postMessage(channel=teebee.okrs, text="Two")
        assert caught.value.response.status_code == 429
        assert caught.value.response["error"] == "ratelimited"
        assert caught.value.response.headers["Retry-After"] == "1"
        assert teebee.web.auth_test()["ok"]
        assert [message.text for message in teebee.hannah.messages(teebee.okrs)] == ["One"]
        assert teebee.slack.state()["refused"] == {POST: 1}
        teebee.times.move(1)
        assert teebee.web.chat_postMessage(channel=teebee.okrs, text="Two")["ok"]


@pytest.mark.parametrize("where", ["okrs", "hannah"])
def test_a_channel_is_one_channel_however_it_is_named(where: str) -> None:
    with limited(channel_burst=1) as teebee:
        first, second = (
            ("#okrs", teebee.okrs) if where == "okrs" else (teebee.hannah.id, teebee.slack.world.open_dm)
        )
        assert isinstance(first, str)
        teebee.web.chat_postMessage(channel=first, text="One")
        again = second if isinstance(second, str) else second(teebee.hannah.id).id
        with pytest.raises(SlackApiError, match="ratelimited"):
            teebee.web.chat_postMessage(channel=again, text="Two")


def test_there_are_no_limits_unless_asked_for(teebee: TeeBee) -> None:
    for number in range(30):
        teebee.web.chat_postMessage(channel=teebee.okrs, text=str(number))
        teebee.web.users_list()
    teebee.slack.make_limits(posts_a_minute=1)
    assert teebee.web.chat_postMessage(channel=teebee.okrs, text="One")["ok"]
    with pytest.raises(SlackApiError, match="ratelimited"):
        teebee.web.chat_postMessage(channel=teebee.leads, text="Two")
    teebee.slack.calm_down()
    assert teebee.web.chat_postMessage(channel=teebee.leads, text="Two")["ok"]
