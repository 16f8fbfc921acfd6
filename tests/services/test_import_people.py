"""Importing an OKR file: whom and which channels it means."""

from dataclasses import replace

import pytest

from bot.okr.model import Profile
from bot.storage import people
from bot.storage.engine import Database
from tests.services.directory import TEEBEE, Desk
from tests.services.okr_imports import FILE, changed, refused, take
from tests.services.teebee import HANNAH, JACK


def test_slack_is_asked_once_about_each_person_and_channel(database: Database) -> None:
    desk = Desk()
    second = "  - {name: Web, channel: '#okrs', leads: [jack]}\n"
    take(database, FILE + second, desk=desk)
    assert desk.asked == ["hannah@teebee.example", JACK, "jim@teebee.example", "#okrs"]


def test_an_email_that_slack_keeps_to_itself_is_taken_from_the_file(database: Database) -> None:
    desk = Desk(profiles=tuple(replace(one, email=None) for one in TEEBEE))
    take(database, FILE.replace("{email: ", f"{{slack: {HANNAH}, email: ", 1).replace("{email: jim@teebee.example}", "{slack: U0JIM00001}"), desk=desk)  # fmt: skip
    with database.reading() as connection:
        assert set(people.emails(connection).values()) == {"hannah@teebee.example"}


@pytest.mark.parametrize(
    ("desk", "expected"),
    [
        (
            Desk(profiles=TEEBEE[1:]),
            [
                "line 4, people › hannah › email: nobody in this Slack workspace has the e-mail hannah@teebee.example"
            ],
        ),
        (
            Desk(profiles=(TEEBEE[0], TEEBEE[2])),
            ["line 5, people › jack › slack: nobody in this Slack workspace has the id U0JACK0001"],
        ),
        (
            Desk(profiles=(*TEEBEE[:2], replace(TEEBEE[2], active=False))),
            [
                (
                    "line 6, people › jim › email: Jim is a bot or a deactivated account and cannot be asked; "
                    "name somebody else"
                )
            ],
        ),
        (
            Desk(profiles=(*TEEBEE[:2], Profile(JACK, "Jack", "jim@teebee.example"))),
            [
                (
                    "line 6, people › jim › email: jim and jack are the same person in Slack; "
                    "name each person once"
                )
            ],
        ),
        (
            Desk(channels={}),
            [
                (
                    "line 9, teams › TeeBee › channel: there is no channel #okrs that the bot can see; "
                    "check its name, and invite the bot to it if it is private"
                )
            ],
        ),
        (
            Desk(closed=frozenset({"e-mails"})),
            [
                f"line {line}, people › {key} › email: {key}@teebee.example could not be looked up in Slack "
                "(missing_scope); give the Slack id instead (slack: U…), or let the bot have the scope "
                "users:read.email"
                for line, key in ((4, "hannah"), (6, "jim"))
            ],
        ),
        (
            Desk(closed=frozenset({"people", "channels"})),
            [
                (
                    "line 5, people › jack › slack: U0JACK0001 could not be looked up in Slack (missing_scope); "
                    "let the bot have the scope users:read, or try again later"
                ),
                (
                    "line 9, teams › TeeBee › channel: #okrs could not be looked up in Slack (missing_scope); "
                    "let the bot have the scopes channels:read and groups:read, or try again later"
                ),
            ],
        ),
    ],
)
def test_whoever_cannot_be_found_is_named_with_the_line(
    database: Database, desk: Desk, expected: list[str]
) -> None:
    assert refused(database, FILE, desk=desk) == expected


def test_what_slack_will_not_say_is_asked_for_only_once(database: Database) -> None:
    desk = Desk(closed=frozenset({"e-mails"}))
    refused(database, FILE, desk=desk)
    assert desk.asked == ["hannah@teebee.example", JACK, "#okrs"]


def test_a_channel_of_two_teams_that_does_not_exist_is_asked_for_once_and_named_twice(
    database: Database,
) -> None:
    desk = Desk(channels={})
    second = "  - {name: Web, channel: '#okrs', leads: [jack]}\n"
    found = refused(database, FILE + second, desk=desk)
    assert [one.split(",")[0] for one in found] == ["line 9", "line 26"]
    assert desk.asked.count("#okrs") == 1


def test_mistakes_of_all_kinds_are_reported_together_in_the_order_of_the_file(database: Database) -> None:
    take(database)
    text = changed(
        ("target: 70", "target: 75"),
        ("{title: Phone calls", "{id: 999, title: Phone calls"),
    )
    found = refused(database, text, desk=Desk(profiles=TEEBEE[1:], channels={}))
    assert [one.split(",")[0] for one in found] == ["line 4", "line 9", "line 19", "line 25"]


def test_whoever_owns_a_key_result_without_a_role_joins_as_a_member(database: Database) -> None:
    report = take(database, FILE.replace("members: [jack]", "members: []"))
    assert "TeeBee: Jack joins as member" in report.lines


def test_a_lead_whom_a_later_file_names_only_as_an_owner_stays_a_lead(database: Database) -> None:
    take(database, FILE.replace("leads: [hannah]", "leads: [hannah, jack]").replace("members: [jack]", "members: []"))  # fmt: skip
    report = take(database, FILE.replace("members: [jack]", "members: []"))
    assert not report.changed
