"""Slack away, and connections refused."""

import socket
from datetime import UTC, datetime
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import PracticeSlack
from bot.practice.clock import SettableClock
from tests.practice.conftest import FRIDAY, TeeBee, Times
from tests.practice.listener import listening
from tests.practice.wire import raw_socket, request, until


def test_while_slack_is_away_nobody_gets_through_and_people_go_on(teebee: TeeBee) -> None:
    url = teebee.web.apps_connections_open(app_token=teebee.slack.app_token)["url"]
    with raw_socket(url) as connection:
        until(connection, b"app_id")
        teebee.slack.go_away()
        teebee.slack.go_away()  # once more changes nothing
        assert teebee.slack.wait_for(lambda: teebee.slack.connections == 0)
    with pytest.raises(URLError) as caught:
        teebee.web.auth_test()
    assert isinstance(caught.value.reason, ConnectionRefusedError)
    assert teebee.slack.state()["away"]
    ts = teebee.hannah.say("Nobody hears this")
    teebee.slack.come_back()
    teebee.slack.come_back()
    assert not teebee.slack.state()["away"]
    dm = teebee.web.conversations_open(users=teebee.hannah.id)["channel"]["id"]
    assert [one["ts"] for one in teebee.web.conversations_history(channel=dm)["messages"]] == [ts]


def test_an_event_whose_redeliveries_are_over_is_lost_but_in_the_history() -> None:
    with PracticeSlack(redelivery=(0.0, 0.01)) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        slack.go_away()
        hannah.say("Lost")
        assert slack.wait_for(lambda: not slack.world.in_flight)
        slack.wait_for(lambda: False, timeout=0.1)
        slack.come_back()
        with listening(slack) as bot:
            hannah.say("Heard")
            assert slack.settle()
            assert [one.payload["event"]["text"] for one in bot.heard] == ["Heard"]
        assert [message.text for message in hannah.messages()] == ["Lost", "Heard"]


def test_nobody_takes_the_port_of_a_slack_that_is_away() -> None:
    with PracticeSlack() as slack:
        place = ("127.0.0.1", urlsplit(slack.url).port)
        slack.go_away()
        with socket.socket() as stranger, pytest.raises(OSError, match="in use"):
            stranger.bind(place)


def test_slack_comes_back_by_itself() -> None:
    with PracticeSlack() as slack:
        slack.go_away(0.05)
        assert slack.wait_for(lambda: not slack.state()["away"])
        assert WebClient(slack.bot_token, base_url=slack.url).auth_test()["ok"]


def test_a_longer_absence_replaces_a_shorter_one() -> None:
    with PracticeSlack() as slack:
        slack.go_away(0.05)
        slack.go_away(600)
        slack.wait_for(lambda: False, timeout=0.2)
        assert slack.state()["away"]


def test_while_slack_is_away_old_connections_and_the_control_port_lead_nowhere(teebee: TeeBee) -> None:
    teebee.slack.go_away()
    root = teebee.slack.control_url.removesuffix("/practice/")
    for path in ("/api/auth.test", "/link/?ticket=x"):
        with pytest.raises(ConnectionError):
            request(f"{root}{path}")
    with pytest.raises(ConnectionError):
        request(f"{root}/response/x", b"{}")
    assert request(f"{teebee.slack.control_url}people")[0] == 200


def test_no_new_connection_for_a_while(teebee: TeeBee) -> None:
    teebee.slack.refuse_connections(30)
    teebee.times.move(29)
    with pytest.raises(SlackApiError, match="internal_error"):
        teebee.web.apps_connections_open(app_token=teebee.slack.app_token)
    teebee.times.move(2)
    assert teebee.web.apps_connections_open(app_token=teebee.slack.app_token)["ok"]


def test_when_all_is_calm_nothing_is_wrong_any_more(teebee: TeeBee) -> None:
    slack = teebee.slack
    slack.make_trouble(1, {"cut_off": 1.0})
    slack.make_socket_trouble(1, {"late": 1.0})
    slack.make_limits(posts_a_minute=0)
    slack.refuse_connections(60)
    with pytest.raises(OSError, match=r"closed connection|reset"):
        teebee.web.auth_test()
    assert slack.state()["trouble"] == {"cut_off": 1}
    slack.go_away()
    slack.calm_down()
    assert teebee.web.chat_postMessage(channel=teebee.okrs, text="Hello")["ok"]
    assert teebee.web.apps_connections_open(app_token=slack.app_token)["ok"]
    assert slack.state() == {
        "connections": 0,
        "in_flight": 0,
        "away": False,
        "trouble": {},
        "socket_trouble": {},
        "refused": {},
    }


def test_the_clock_goes_on_from_where_it_is_set() -> None:
    times = Times()
    clock = SettableClock(FRIDAY, times.timer)
    with PracticeSlack(clock=clock) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        times.move(1)
        assert hannah.say("Friday") == f"{int(FRIDAY.timestamp()) + 1}.000000"
        slack.set_clock("2026-11-27T10:00:00+08:00")
        times.move(2)
        assert (
            hannah.say("Next Friday")
            == f"{int(datetime(2026, 11, 27, 2, tzinfo=UTC).timestamp()) + 2}.000000"
        )
        slack.set_clock(FRIDAY)
        assert clock() == FRIDAY
        with pytest.raises(ValueError, match="time zone"):
            slack.set_clock("2026-11-27T10:00:00")


def test_a_clock_of_ones_own_cannot_be_set(teebee: TeeBee) -> None:
    with pytest.raises(TypeError, match="cannot be set"):
        teebee.slack.set_clock(FRIDAY)
