"""What comes in over the connection and what goes out, to the last moment; and stopping never waits for Slack."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import WSCloseCode
from slack_bolt import Ack
from structlog.testing import capture_logs

from bot.practice import Fault, PracticeSlack
from bot.slack.connection.watchdog import Patience
from bot.storage.engine import Database
from tests.slack.bolted import LONG, OPEN, QUICK, TROUBLE, WATCHFUL, Bot, bolted, refused, silent_all


class Thoughtful:
    """A command that is answered once a test lets it be."""

    def __init__(self) -> None:
        self.asked, self.may_answer = threading.Event(), threading.Event()

    def __call__(self, ack: Ack) -> None:
        self.asked.set()
        self.may_answer.wait(30)
        ack("Here you are")


# --- what comes in and goes out ------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["warning", "refresh", "cut", "silence"])
def test_what_is_being_handled_when_trouble_comes_is_answered(inbox: Database, trouble: str) -> None:
    command = Thoughtful()
    with PracticeSlack() as slack, bolted(slack, inbox, WATCHFUL) as bot, ThreadPoolExecutor() as people:
        bot.connect().result(10)
        bot.connected()
        bot.command = command
        outcome = people.submit(bot.hannah.command, "/okr")
        assert command.asked.wait(10)
        TROUBLE[trouble](slack)
        bot.connected()
        command.may_answer.set()
        assert outcome.result(10).acked
        assert [one.text for one in outcome.result().messages] == ["Here you are"]


def test_an_answer_that_cannot_be_given_any_more_is_told(connected: Bot) -> None:
    connected.command = command = Thoughtful()
    with capture_logs() as log, ThreadPoolExecutor() as people:
        outcome = people.submit(connected.hannah.command, "/okr")
        assert command.asked.wait(10)
        connected.slack.go_away()
        assert connected.slack.wait_for(lambda: "the connection has to be replaced" in str(log))
        command.may_answer.set()
        assert connected.slack.wait_for(lambda: "nothing is left to answer on" in str(log))
        assert not outcome.result(10).acked


def test_an_answer_may_be_long(connected: Bot) -> None:
    words = "x" * 70_000  # more than slack_sdk puts into a frame
    connected.command = lambda ack: ack({"text": "Here you are", "more": words})
    assert connected.hannah.command("/okr").acked
    (said,) = [one for one in connected.slack.records if one.get("type") == "slash_commands"]
    assert said["response"]["more"] == words


def test_what_bolt_does_not_acknowledge_is_not_acknowledged(connected: Bot) -> None:
    with capture_logs() as log:
        assert not connected.hannah.command("/other").acked
    assert [(one["type"], one["status"]) for one in log] == [("slash_commands", 404)]


def test_what_it_does_not_understand_is_left_alone(connected: Bot) -> None:
    strange: list[Any] = [
        [],
        {"type": "news"},
        {"type": "no envelope", "payload": {}},
        {"type": "no payload", "envelope_id": "1", "payload": 5},
        {"type": "no team", "envelope_id": "2", "payload": {"team": 5}},
    ]
    slack = connected.slack
    (connection,) = slack._running().sockets._connections
    with capture_logs() as log:
        for frame in strange:
            connection.put(frame)
        slack._running().run(connection.socket.send_str("{no JSON"))
        connected.hannah.say("Hello")
        assert connected.hears("Hello")
    told = {one["type"]: one["event"] for one in log}
    strangers = ("news", "no envelope", "no payload")
    assert told == {"no team": "handling failed"} | dict.fromkeys(strangers, "not understood")
    assert slack.connections == 1


@pytest.mark.parametrize("stuck", [False, True], ids=["fails", "does not end"])
def test_whoever_wants_to_know_of_connections_cannot_disturb_them(
    forgetful: PracticeSlack,
    inbox: Database,
    stuck: bool,  # noqa: FBT001
) -> None:
    called, go_on = threading.Semaphore(0), threading.Event()

    def catch_up() -> None:
        called.release()
        go_on.wait(30 if stuck else 0)
        raise ValueError("catching up failed")

    with bolted(forgetful, inbox, on_connected=catch_up) as bot, capture_logs() as log:
        bot.connect().result(10)
        assert called.acquire(timeout=10)
        forgetful.refresh_connections()
        bot.hannah.say("Hello")
        assert bot.hears("Hello")
        if not stuck:
            assert called.acquire(timeout=10)
            assert "nobody could be told" in str(log)
        bot.close_in_time()
        go_on.set()


# --- stopping ------------------------------------------------------------------------------------------


def test_what_is_being_handled_is_answered_before_it_is_closed_and_nothing_more_is_taken(
    inbox: Database,
) -> None:
    command = Thoughtful()
    with (
        PracticeSlack(redelivery=(), ack_seconds=1) as slack,
        bolted(slack, inbox) as bot,
        ThreadPoolExecutor() as others,
    ):
        bot.connect().result(10)
        bot.command = command
        outcome = others.submit(bot.hannah.command, "/okr")
        assert command.asked.wait(10)
        closing = others.submit(bot.socket.close)
        assert slack.wait_for(bot.socket._ending.is_set)
        late = others.submit(bot.hannah.say, "Too late")
        assert slack.wait_for(lambda: "events_api" in {one.get("type") for one in slack.records})
        command.may_answer.set()
        closing.result(10)
        assert outcome.result(10).acked
        assert slack.wait_for(lambda: slack.connections == 0)
        late.result(10)
        assert bot.inbox() == []


def test_slack_is_told_goodbye(connected: Bot) -> None:
    (connection,) = connected.slack._running().sockets._connections
    connected.socket.close()
    assert connected.slack.wait_for(lambda: connection.socket.close_code == WSCloseCode.OK)


def test_what_does_not_come_to_an_end_is_waited_for_only_so_long(connected: Bot) -> None:
    connected.command = command = Thoughtful()
    with capture_logs() as log, ThreadPoolExecutor() as people:
        outcome = people.submit(connected.hannah.command, "/okr")
        assert command.asked.wait(10)
        connected.socket.close(0.1)
        assert "not all that came in was answered in the end" in str(log)
        command.may_answer.set()
        assert not outcome.result(10).acked


def hanging(slack: PracticeSlack) -> None:
    """apps.connections.open does not come to an end."""
    slack.set_faults(lambda method, _arguments: Fault(delay=LONG) if method == OPEN else None)
    slack.drop_connections()


Case = tuple[Callable[[PracticeSlack], object], Patience, int]
NOT_YET = replace(QUICK, first_pause=LONG)
LASTING: dict[str, Case] = {
    "all is well": (lambda slack: slack.wait_for_bot(), QUICK, 0),
    "warned": (lambda slack: slack.refresh_connections(warning=True), QUICK, 1),
    "silent, unnoticed": (lambda slack: slack.silence_connections(), QUICK, 0),
    "waiting for a hello": (lambda slack: silent_all(slack, LONG), QUICK, 1),
    "trying": (lambda slack: refused(slack, LONG), QUICK, 3),
    "pausing": (lambda slack: refused(slack, LONG), NOT_YET, 1),
    "knocking": (lambda slack: slack.go_away(), QUICK, 0),
    "waiting for an address": (hanging, QUICK, 1),
}
"""Trouble that lasts, and how often Slack is asked in it until it is time to close."""


@pytest.mark.parametrize("case", LASTING)
def test_it_is_closed_at_once_however_it_stands_with_slack(
    forgetful: PracticeSlack, inbox: Database, case: str
) -> None:
    trouble, patience, askings = LASTING[case]
    with bolted(forgetful, inbox, patience) as bot:
        bot.connect().result(10)
        before = len(bot.askings())
        trouble(forgetful)
        assert forgetful.wait_for(lambda: len(bot.askings()) >= before + askings)
        bot.close_in_time()
        assert forgetful.wait_for(lambda: forgetful.connections == 0)


@pytest.mark.parametrize("case", ["waiting for a hello", "trying", "pausing", "knocking"])
def test_it_is_closed_at_once_if_it_never_was_connected(
    forgetful: PracticeSlack, inbox: Database, case: str
) -> None:
    trouble, patience, askings = LASTING[case]
    trouble(forgetful)
    with bolted(forgetful, inbox, patience) as bot:
        connecting = bot.connect()
        assert forgetful.wait_for(lambda: len(bot.askings()) >= askings)
        bot.close_in_time()
        with pytest.raises(CancelledError):
            connecting.result(10)


def test_several_may_close_it_at_the_same_time(connected: Bot) -> None:
    refused(connected.slack, LONG)
    with ThreadPoolExecutor() as others:
        for closing in [others.submit(connected.close_in_time) for _ in range(4)]:
            closing.result(10)
    connected.close_in_time()


def test_it_can_be_closed_without_having_been_connected(forgetful: PracticeSlack, inbox: Database) -> None:
    with bolted(forgetful, inbox) as bot:
        bot.close_in_time()
