"""Envelopes: acknowledged, late, lost, delivered again; connections that come and go."""

import json
import socket
import threading
from contextlib import ExitStack

import pytest
from slack_sdk import WebClient

from bot.practice import PracticeSlack
from tests.practice.listener import listening
from tests.practice.wire import frame, raw_socket, until

ACK_SECONDS = 0.5


def test_an_event_is_delivered_again_until_it_is_acknowledged() -> None:
    with PracticeSlack(ack_seconds=ACK_SECONDS, redelivery=(0, 0.05, 0.05)) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        with listening(slack, acks=False) as bot:
            hannah.say("Hello")
            assert slack.wait_for(lambda: len(bot.heard) == 2)
            bot.acks = True
            assert slack.wait_for(lambda: len(bot.heard) == 3)
            assert slack.settle()
        attempts = [(request.retry_attempt, request.retry_reason) for request in bot.heard]
        assert attempts == [(0, ""), (1, "timeout"), (2, "timeout")]
        assert len({request.payload["event_id"] for request in bot.heard}) == 1
        assert len({request.envelope_id for request in bot.heard}) == 3
        crossed = [record for record in slack.records if record["direction"] == "to_bot"]
        assert [record["acked"] for record in crossed] == [False, False, True]


def test_slack_gives_up_on_an_event_after_the_last_delay() -> None:
    with PracticeSlack(ack_seconds=ACK_SECONDS, redelivery=(0,)) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        with listening(slack, acks=False) as bot:
            hannah.say("Hello")
            assert slack.settle()
            assert [request.retry_attempt for request in bot.heard] == [0, 1]


def test_a_late_acknowledgement_counts_for_nothing() -> None:
    with PracticeSlack(ack_seconds=ACK_SECONDS, redelivery=(0,)) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        with listening(slack, acks=False) as bot:
            outcome = hannah.command("/okr")
            assert outcome.error == "/okr failed with the error “operation_timeout”"
            bot.ack_late(bot.heard[0])
            bot.acks = True
            assert hannah.command("/okr").acked
        assert [record["acked"] for record in slack.records if record["direction"] == "to_bot"] == [
            False,
            True,
        ]


def test_commands_are_not_delivered_again() -> None:
    with PracticeSlack(ack_seconds=ACK_SECONDS, redelivery=(0, 0)) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        with listening(slack, acks=False) as bot:
            hannah.command("/okr")
            assert slack.settle()
            assert len(bot.heard) == 1


def test_nobody_there_fails_a_command_at_once_and_keeps_an_event_for_later() -> None:
    with PracticeSlack(redelivery=(0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        assert hannah.command("/okr").error == "/okr failed with the error “dispatch_failed”"
        hannah.say("Hello")
        with listening(slack) as bot:
            assert slack.wait_for(lambda: bot.heard)
            assert bot.heard[0].retry_reason == "connection_failed"


def test_each_payload_goes_to_one_of_the_connections() -> None:
    with PracticeSlack() as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        with listening(slack) as one, listening(slack) as two:
            for number in range(6):
                hannah.say(str(number))
            assert slack.settle()
            assert slack.wait_for(lambda: two.hellos)
            assert two.hellos[0]["num_connections"] == 2
            assert two.hellos[0]["connection_info"]["app_id"] == slack.app_id
        texts = [request.payload["event"]["text"] for request in one.heard + two.heard]
        assert sorted(texts) == list("012345")
        assert one.heard
        assert two.heard


@pytest.mark.parametrize("warning", [True, False])
def test_a_refresh_makes_the_bot_connect_anew(warning: bool) -> None:  # noqa: FBT001  # a table
    with PracticeSlack() as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        with listening(slack) as bot:
            assert slack.wait_for(lambda: bot.hellos)
            slack.refresh_connections(warning=warning)
            assert slack.wait_for(lambda: len(bot.hellos) >= 2)
            assert slack.wait_for(lambda: slack.connections == 1)
            hannah.say("Hello")
            assert slack.wait_for(lambda: bot.heard)


def handshake(url: str) -> str:
    """The first bytes that answer a request for a WebSocket."""
    with raw_socket(url) as connection:
        return until(connection, b"\r\n\r\n").decode(errors="replace")


def test_a_ticket_is_good_once() -> None:
    with PracticeSlack() as slack:
        url = WebClient(base_url=slack.url).apps_connections_open(app_token=slack.app_token)["url"]
        assert " 101 " in handshake(url)
        assert " 403 " in handshake(url)


def test_an_eleventh_connection_is_sent_away() -> None:
    with PracticeSlack() as slack, ExitStack() as stack:

        def connection() -> socket.socket:
            url = WebClient(base_url=slack.url).apps_connections_open(app_token=slack.app_token)["url"]
            return stack.enter_context(raw_socket(url))

        for _ in range(10):
            connection()
        assert slack.wait_for(lambda: slack.connections == 10)
        assert b"too_many_websockets" in until(connection(), b"too_many_websockets")
        assert slack.connections == 10


def test_what_makes_no_sense_is_not_an_acknowledgement() -> None:
    with PracticeSlack(ack_seconds=60) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        url = WebClient(base_url=slack.url).apps_connections_open(app_token=slack.app_token)["url"]
        with raw_socket(url) as connection:
            assert b"hello" in until(connection, b"app_id")
            talking = threading.Thread(target=hannah.say, args=["Hello"])
            talking.start()
            sent = until(connection, b"retry_reason").decode(errors="replace")
            connection.sendall(frame("nonsense") + frame('{"envelope_id": "x"}'))
            assert not slack.settle(timeout=0.2)
            envelope_id = sent.split('"envelope_id": "')[1][:36]
            connection.sendall(frame(json.dumps({"envelope_id": envelope_id})))
            assert slack.settle()
            talking.join()


def test_nobody_waits_for_a_slack_that_stops() -> None:
    with PracticeSlack(ack_seconds=60) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        url = WebClient(base_url=slack.url).apps_connections_open(app_token=slack.app_token)["url"]
        with raw_socket(url) as connection:
            assert b"hello" in until(connection, b"app_id")
            talking = threading.Thread(target=hannah.say, args=["Hello"])
            talking.start()
            until(connection, b"retry_reason")
            assert not slack.settle(timeout=0.01)
    talking.join(timeout=5)
    assert not talking.is_alive()
