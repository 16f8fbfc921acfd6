"""Trouble with the connection: it is replaced, and nothing said meanwhile is lost."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.practice import Fault, PracticeSlack
from bot.practice.faults import too_many
from bot.services.sending.messenger import Refused
from bot.slack.connection.link import Link
from bot.slack.connection.watchdog import Patience, Watchdog, pauses_between
from bot.storage.engine import Database
from tests.practice.wire import raw_socket
from tests.slack.bolted import LONG, OPEN, QUICK, TROUBLE, WATCHFUL, Bot, bolted

# --- trouble and its end -------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", TROUBLE)
def test_what_is_said_in_trouble_is_in_the_inbox_afterwards_once(
    forgetful: PracticeSlack, inbox: Database, trouble: str
) -> None:
    with bolted(forgetful, inbox, WATCHFUL) as bot:
        bot.connect().result(10)
        bot.connected()
        bot.hannah.say("before")
        assert bot.hears("before")
        TROUBLE[trouble](forgetful)
        bot.hannah.say("meanwhile")
        bot.connected()
        bot.hannah.say("after")
        assert bot.hears("before", "meanwhile", "after")
        assert forgetful.wait_for(lambda: forgetful.connections == 1)


def test_one_trouble_after_another(forgetful: PracticeSlack, inbox: Database) -> None:
    with bolted(forgetful, inbox, WATCHFUL) as bot:
        bot.connect().result(10)
        bot.connected()
        for name, trouble in TROUBLE.items():
            trouble(forgetful)
            bot.hannah.say(name)
            bot.connected()
        assert bot.hears(*TROUBLE)


def test_after_a_warning_the_new_connection_is_there_before_the_old_one_goes(
    forgetful: PracticeSlack, inbox: Database
) -> None:
    with bolted(forgetful, inbox, replace(QUICK, grace=1.0)) as bot:
        bot.connect().result(10)
        bot.connected()
        forgetful.refresh_connections(warning=True)
        bot.connected()
        assert forgetful.connections == 2
        assert [bot.hannah.command("/okr").acked for _ in range(4)] == [True] * 4  # over both
        assert forgetful.wait_for(lambda: forgetful.connections == 1)
        assert bot.hannah.command("/okr").acked


def test_a_warned_connection_stays_while_there_is_no_other(connected: Bot) -> None:
    slack = connected.slack
    slack.refuse_connections(LONG)
    slack.refresh_connections(warning=True)
    assert slack.wait_for(lambda: len(connected.askings()) > 5)
    assert connected.hannah.command("/okr").acked


@pytest.mark.parametrize("lasts", [True, False])
def test_what_lasted_is_replaced_at_once_and_what_did_not_after_a_pause(
    forgetful: PracticeSlack,
    inbox: Database,
    lasts: bool,  # noqa: FBT001
) -> None:
    patience = replace(QUICK, first_pause=LONG, steady_after=0.0 if lasts else LONG)
    with bolted(forgetful, inbox, patience) as bot:
        bot.connect().result(10)
        bot.connected()
        forgetful.drop_connections()
        assert bot.greetings.acquire(timeout=10 if lasts else 0.3) == lasts


# --- connecting ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["refused", "away", "silence of new ones"])
def test_at_the_start_it_tries_until_slack_lets_it_connect(
    forgetful: PracticeSlack, inbox: Database, trouble: str
) -> None:
    TROUBLE[trouble](forgetful)
    with bolted(forgetful, inbox, replace(QUICK, hello_within=0.4)) as bot:
        bot.connect().result(10)
        bot.hannah.say("Hello")
        assert bot.hears("Hello")
        assert forgetful.wait_for(lambda: forgetful.connections == 1)


def test_a_token_that_slack_refuses_at_the_start_ends_it(forgetful: PracticeSlack, inbox: Database) -> None:
    with bolted(forgetful, inbox, app_token="xapp-nobody-knows-it") as bot:
        with pytest.raises(Refused, match="invalid_auth"):
            bot.connect().result(10)
        bot.close_in_time()
        assert len(bot.askings()) == 1


def test_slack_says_when_to_come_again(forgetful: PracticeSlack, inbox: Database) -> None:
    limits = iter([too_many(1)])
    forgetful.set_faults(lambda method, _arguments: next(limits, None) if method == OPEN else None)
    with bolted(forgetful, inbox) as bot:
        bot.connect().result(10)
        first, second = (datetime.fromisoformat(one["at"]) for one in bot.askings())
        assert (second - first).total_seconds() >= 1


def test_the_pauses_grow_up_to_a_minute_and_are_not_the_same_for_everybody() -> None:
    first, *rest = islice(pauses_between(Patience()), 10)
    assert first == 0
    for pause, about in zip(rest, [1, 2, 4, 8, 16, 32, 60, 60, 60], strict=True):
        assert about * 0.75 <= pause <= about * 1.25
    assert rest != list(islice(pauses_between(Patience()), 1, 10))


def test_a_mistake_of_ours_does_not_end_the_watch() -> None:
    problems = iter([KeyError("a mistake"), Refused("enough")])

    async def dial() -> Link:
        raise next(problems)

    with pytest.raises(Refused):
        asyncio.run(Watchdog(dial, take=print, greeted=print, patience=QUICK).watch())


def test_the_address_may_hold_a_name(forgetful: PracticeSlack, inbox: Database) -> None:
    address = forgetful.world.running().open_ticket().replace("127.0.0.1", "localhost")
    forgetful.set_faults(giving(address))
    with bolted(forgetful, inbox) as bot:
        bot.connect().result(10)
        assert len(bot.askings()) == 1


def test_the_log_says_what_is_wrong_and_nothing_secret(forgetful: PracticeSlack, inbox: Database) -> None:
    ticket = forgetful.world.running().open_ticket
    nowhere = "ws://127.0.0.1:1/link/?ticket=secret"
    unknown = ticket().replace("ticket=", "ticket=secret")
    forgetful.set_faults(giving(nowhere, unknown, "http://slack.example:bad/?ticket=secret"))
    with ExitStack() as others, bolted(forgetful, inbox) as bot, capture_logs() as log:
        for _ in range(10):
            others.enter_context(raw_socket(ticket()))
        assert forgetful.wait_for(lambda: forgetful.connections == 10)
        connecting = bot.connect()
        assert forgetful.wait_for(lambda: len(log) >= 4)
        forgetful.drop_connections()
        connecting.result(10)
    said = [line["error"] for line in log if line["event"] == "Slack does not let us connect"]
    assert said[:4] == [
        "ConnectionRefusedError: Connect call failed ('127.0.0.1', 1)",
        "the handshake was answered with status 403",
        "InvalidUrlClientError",
        "no hello, but too_many_websockets",
    ]
    for secret in ("secret", "ticket", forgetful.app_token):
        assert secret not in str(log)


def giving(*addresses: str) -> Callable[[str, dict[str, Any]], Fault | None]:
    """apps.connections.open gives these, one after the other, and then what it should."""
    answers = iter([Fault(perform=False, body={"ok": True, "url": address}) for address in addresses])
    return lambda method, _arguments: next(answers, None) if method == OPEN else None
