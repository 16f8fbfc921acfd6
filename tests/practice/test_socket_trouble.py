"""Trouble with what goes to the bot: events twice, late, out of order; acknowledgements and connections lost."""

import pytest
from slack_sdk import WebClient

from bot.practice import PracticeSlack, SocketTrouble
from tests.practice.listener import Listener, listening
from tests.practice.wire import CLOSE, PING, PONG, frame, raw_socket, until

ANSWER = b"\x8a\x02hi"


def texts(bot: Listener) -> list[str]:
    return [request.payload["event"]["text"] for request in bot.heard]


def address(slack: PracticeSlack) -> str:
    """Where the next connection may be opened."""
    url: str = WebClient(base_url=slack.url).apps_connections_open(app_token=slack.app_token)["url"]
    return url


def test_an_event_comes_twice_in_envelopes_of_their_own() -> None:
    with PracticeSlack() as slack, listening(slack) as bot:
        hannah = slack.person(slack.add_person("Hannah"))
        slack.make_socket_trouble(1, {"twice": 1.0}, longest=0.05)
        hannah.say("Hello")
        assert slack.settle()
        assert texts(bot) == ["Hello", "Hello"]
        assert len({request.payload["event_id"] for request in bot.heard}) == 1
        assert len({request.envelope_id for request in bot.heard}) == 2
        assert slack.state()["socket_trouble"] == {"twice": 1}


def test_late_events_come_out_of_order_and_nobody_waits_for_them() -> None:
    with PracticeSlack() as slack, listening(slack) as bot:
        hannah = slack.person(slack.add_person("Hannah"))
        slack.make_socket_trouble(5, {"late": 1.0}, longest=1.0)
        said = [str(number) for number in range(12)]
        for words in said:
            hannah.say(words)
        assert len(bot.heard) < len(said)
        assert slack.settle()
        assert sorted(texts(bot), key=int) == said
        assert texts(bot) != said


def test_commands_come_once_and_in_time() -> None:
    with PracticeSlack() as slack, listening(slack) as bot:
        hannah = slack.person(slack.add_person("Hannah"))
        slack.make_socket_trouble(1, {"late": 0.5, "twice": 0.5}, longest=60)
        assert hannah.command("/okr").acked
        assert len(bot.heard) == 1


def test_an_acknowledgement_is_lost_and_the_person_is_told_so() -> None:
    with PracticeSlack(ack_seconds=0.2) as slack, listening(slack) as bot:
        hannah = slack.person(slack.add_person("Hannah"))
        slack.make_socket_trouble(1, {"unheard": 1.0})
        assert hannah.command("/okr").error == "/okr failed with the error “operation_timeout”"
        assert len(bot.heard) == 1
        slack.set_socket_trouble(None)
        assert hannah.command("/okr").acked


def test_a_connection_is_cut_as_something_is_delivered_on_it() -> None:
    with PracticeSlack(ack_seconds=0.2) as slack, raw_socket(address(slack)) as connection:
        hannah = slack.person(slack.add_person("Hannah"))
        until(connection, b"app_id")
        slack.make_socket_trouble(1, {"cut": 1.0})
        assert not hannah.command("/okr").acked
        assert slack.connections == 0
        assert slack.state()["socket_trouble"] == {"cut": 1}


def test_what_is_taken_but_unheard_is_delivered_again() -> None:
    with PracticeSlack(ack_seconds=0.2, redelivery=(0.0, 0.0)) as slack, listening(slack) as bot:
        hannah = slack.person(slack.add_person("Hannah"))
        slack.make_socket_trouble(1, {"unheard": 1.0})
        hannah.say("Hello")
        assert slack.settle()
        assert [request.retry_attempt for request in bot.heard] == [0, 1, 2]
        assert [record["acked"] for record in slack.records if record["direction"] == "to_bot"] == [False] * 3


def test_pings_are_answered() -> None:
    with PracticeSlack() as slack, raw_socket(address(slack)) as connection:
        until(connection, b"app_id")
        connection.sendall(frame("hi", PING))
        assert until(connection, ANSWER).endswith(ANSWER)


def test_a_silent_connection_stays_open_and_says_and_hears_nothing() -> None:
    with PracticeSlack(ack_seconds=0.2, redelivery=(), heartbeat=0.05) as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        with raw_socket(address(slack)) as connection:
            until(connection, b"app_id")
            connection.sendall(frame("hi", PING))
            until(connection, ANSWER)
            slack.silence_connections()
            connection.sendall(frame("hi", PING))
            assert not hannah.command("/okr").acked
            slack.refresh_connections()
            assert slack.connections == 1
            connection.sendall(frame("\x03\xe8", CLOSE))
            rest = until(connection, b"nothing more")
            assert ANSWER not in rest
            assert b"/okr" not in rest
            assert b"refresh" not in rest
        assert slack.wait_for(lambda: slack.connections == 0)


def test_connections_opened_in_silence_get_no_hello() -> None:
    with PracticeSlack() as slack:
        slack.silence_connections(new_for=600)
        with raw_socket(address(slack)) as connection:
            assert until(connection, b"\r\n\r\n").endswith(b"\r\n\r\n")
            assert slack.wait_for(lambda: slack.connections == 1)
            connection.sendall(frame("\x03\xe8", CLOSE))
            assert b"hello" not in until(connection, b"hello")
        slack.silence_connections()
        with raw_socket(address(slack)) as connection:
            assert b"hello" in until(connection, b"hello")


def test_a_connection_whose_bot_answers_no_pings_is_cut() -> None:
    with PracticeSlack(heartbeat=0.05) as slack, raw_socket(address(slack)) as connection:
        until(connection, b"app_id")
        assert slack.wait_for(lambda: slack.connections == 0)


def test_a_connection_whose_bot_answers_pings_stays() -> None:
    with PracticeSlack(heartbeat=0.5) as slack, raw_socket(address(slack)) as connection:
        until(connection, b"app_id")
        assert until(connection, b"\x89\x00").endswith(b"\x89\x00")
        connection.sendall(frame("", PONG))
        assert until(connection, b"\x89\x00").endswith(b"\x89\x00")
        assert slack.connections == 1


def test_one_connection_is_dropped_and_the_other_stays() -> None:
    with PracticeSlack() as slack:
        with raw_socket(address(slack)) as one, raw_socket(address(slack)) as two:
            until(one, b"app_id")
            until(two, b"app_id")
            assert slack.drop_connections(1) == 1
            assert slack.wait_for(lambda: slack.connections == 1)
            assert slack.drop_connections() == 1
        assert slack.wait_for(lambda: slack.connections == 0)


def test_after_a_warning_the_connection_is_closed() -> None:
    with PracticeSlack() as slack, raw_socket(address(slack)) as connection:
        until(connection, b"app_id")
        slack.refresh_connections(warning=True, close_after=0.05)
        heard = until(connection, b"nothing more")
        assert heard.index(b"warning") < heard.index(b"refresh_requested")
        assert slack.wait_for(lambda: slack.connections == 0)


def test_a_slack_that_stops_forgets_whom_it_was_to_close() -> None:
    with PracticeSlack() as slack, raw_socket(address(slack)) as connection:
        until(connection, b"app_id")
        slack.refresh_connections(warning=True, close_after=600)
        assert b"warning" in until(connection, b"warning")


def test_socket_trouble_knows_its_kinds() -> None:
    with pytest.raises(ValueError, match="rain"):
        SocketTrouble(1, {"rain": 0.1})
