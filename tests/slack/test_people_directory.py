"""Slack's record of people and channels, asked over real HTTP of the practice Slack."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.okr.model import Profile
from bot.practice import Fault, PracticeSlack
from bot.practice.faults import too_many
from bot.services.people import Channel, DirectoryUnavailable
from bot.slack.client import web_client
from bot.slack.people import SlackDirectory, profile_of


@pytest.fixture
def slack() -> Iterator[PracticeSlack]:
    with PracticeSlack() as running:
        yield running


def directory(slack: PracticeSlack) -> SlackDirectory:
    return SlackDirectory(web_client(slack.bot_token, slack.url))


def answering(slack: PracticeSlack, method: str, body: dict[str, Any], status: int = 200) -> None:
    fault = Fault(perform=False, body=body, status=status)
    slack.set_faults(lambda called, _arguments: fault if called == method else None)


def test_a_person_is_found_by_id_and_by_email(slack: PracticeSlack) -> None:
    jack = slack.add_person("Jack", email="jack@teebee.example", tz="Europe/London")
    expected = Profile(jack, "Jack", "jack@teebee.example", "Europe/London")
    assert directory(slack).profile(jack) == expected
    assert directory(slack).profile_by_email("jack@teebee.example") == expected


def test_nobody_is_found_where_there_is_nobody(slack: PracticeSlack) -> None:
    assert directory(slack).profile("U0NOBODY01") is None
    assert directory(slack).profile_by_email("nobody@teebee.example") is None


def test_channels_are_found_by_name_and_by_id_wherever_the_bot_sees_them(slack: PracticeSlack) -> None:
    public = slack.add_channel("okrs")
    private = slack.add_channel("leads", private=True)
    hidden = slack.add_channel("board", private=True, bot_is_member=False)
    without_bot = slack.add_channel("web", bot_is_member=False)
    slack.add_channel("old-okrs", archived=True)
    find = directory(slack).channel
    assert [find("#okrs"), find("OKRs"), find(public)] == [Channel(public, has_bot=True)] * 3
    assert [find("#leads"), find(private)] == [Channel(private, has_bot=True)] * 2
    assert [find("#web"), find(without_bot)] == [Channel(without_bot, has_bot=False)] * 2
    assert [find("#board"), find(hidden), find("#old-okrs"), find("#nowhere"), find("C0NOWHERE1")] == [
        None
    ] * 5


def test_every_page_of_channels_is_looked_at(slack: PracticeSlack) -> None:
    for number in range(250):
        slack.add_channel(f"room-{number}")
    last = slack.add_channel("zebra")
    assert directory(slack).channel("#zebra") == Channel(last, has_bot=True)
    assert directory(slack).channel("#room-249") is not None


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"ok": False, "error": "missing_scope", "needed": "users:read"}, 200, "needed: users:read"),
        ({"ok": False, "error": "ratelimited"}, 429, "Slack did not answer: ratelimited"),
        ({"ok": False, "error": "internal_error"}, 500, "Slack did not answer: internal_error"),
    ],
)
def test_what_slack_cannot_say_is_not_taken_for_nobody(
    slack: PracticeSlack, body: dict[str, Any], status: int, said: str
) -> None:
    answering(slack, "users.info", body, status)
    with pytest.raises(DirectoryUnavailable, match=said):
        directory(slack).profile("U0JACK0001")


def test_how_long_slack_wants_us_to_wait_is_passed_on(slack: PracticeSlack) -> None:
    slack.set_faults(lambda method, _arguments: too_many(30) if method == "users.info" else None)
    with pytest.raises(DirectoryUnavailable) as problem:
        directory(slack).profile("U0JACK0001")
    assert problem.value.retry_after == 30


def test_details_beside_the_error_change_nothing(slack: PracticeSlack) -> None:
    body = {"ok": False, "error": "users_not_found", "response_metadata": {"messages": ["[ERROR] no such"]}}
    answering(slack, "users.lookupByEmail", body)
    assert directory(slack).profile_by_email("jack@teebee.example") is None


def test_a_list_that_is_gone_has_no_channel(slack: PracticeSlack) -> None:
    answering(slack, "conversations.list", {"ok": False, "error": "channel_not_found"})
    assert directory(slack).channel("#okrs") is None


@pytest.mark.parametrize(
    ("user", "profile"),
    [
        ({"profile": {"display_name": " Jack ", "real_name": "Jack T."}}, Profile("U1", "Jack")),
        ({"profile": {"display_name": "  ", "real_name": "Jack T."}}, Profile("U1", "Jack T.")),
        ({"real_name": "Jack T."}, Profile("U1", "Jack T.")),
        ({"name": "jack"}, Profile("U1", "jack")),
        ({}, Profile("U1", "U1")),
        ({"profile": {"email": ""}, "tz": ""}, Profile("U1", "U1", None, None)),
        ({"deleted": True}, Profile("U1", "U1", active=False)),
        ({"is_bot": True}, Profile("U1", "U1", active=False)),
        ({"id": "USLACKBOT"}, Profile("USLACKBOT", "USLACKBOT", active=False)),
        ({"is_restricted": True}, Profile("U1", "U1", guest=True)),
        ({"is_ultra_restricted": True}, Profile("U1", "U1", guest=True)),
        ({"is_stranger": True}, Profile("U1", "U1", guest=True)),
    ],
)
def test_a_record_becomes_a_profile(user: dict[str, Any], profile: Profile) -> None:
    assert profile_of({"id": "U1", **user}) == profile
