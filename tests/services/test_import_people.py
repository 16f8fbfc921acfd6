"""Importing an OKR file: whom and which channels it means."""

from dataclasses import replace

import pytest

from bot.files.marked import BadFile
from bot.files.yaml_file import read_yaml
from bot.okr.model import Profile
from bot.services.files.resolving import all_mistakes
from bot.storage import people
from bot.storage.engine import Database
from tests.services.directory import TEEBEE, Desk
from tests.services.okr_imports import FILE, changed, refused, take
from tests.services.teebee import CHANNEL, HANNAH, JACK


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


def test_a_channel_without_the_bot_is_told_until_somebody_invites_it(database: Database) -> None:
    said = "the bot is not in #okrs yet: /invite it there"
    without = Desk(without_bot=frozenset({CHANNEL}))
    assert take(database, desk=without).lines[-1] == said
    again = take(database, desk=without)
    assert (again.lines, again.changed) == (("nothing to change", said), False)
    assert take(database).lines == ("nothing to change",)


def _all_mistakes(desk: Desk, *swaps: tuple[str, str]) -> list[str]:
    """Of a file that cannot be read without mistakes."""
    with pytest.raises(BadFile) as caught:
        read_yaml(changed(("start: 40, target: 20", "start: 40, target: 40"), *swaps))
    assert caught.value.outline is not None
    return [str(one) for one in all_mistakes(desk, caught.value.outline, caught.value.troubles)]


def test_what_only_slack_knows_to_be_wrong_is_told_with_the_files_own_mistakes() -> None:
    found = _all_mistakes(Desk(profiles=TEEBEE[1:], channels={}))
    assert [one.split(":")[0] for one in found] == [
        "line 4, people › hannah › email",
        "line 9, teams › TeeBee › channel",
        "line 25, teams › TeeBee › objectives › Order online › key_results › Phone calls › target",
    ]


def test_what_could_not_be_read_is_not_asked_for() -> None:
    desk = Desk()
    wrong = (("hannah@teebee.example", "hannah"), ('"#okrs"', "okrs okrs"))
    assert [one.split(",")[0] for one in _all_mistakes(desk, *wrong)] == ["line 4", "line 9", "line 25"]
    assert desk.asked == [JACK, "jim@teebee.example"]


def test_a_mistake_that_the_file_shows_itself_is_not_told_a_second_time() -> None:
    found = _all_mistakes(Desk(), ("jim@teebee.example", "hannah@teebee.example"))
    assert [one.split(",")[0] for one in found] == ["line 6", "line 25"]


def test_slacks_silence_is_told_once_after_the_mistakes() -> None:
    first, second = _all_mistakes(Desk(closed=frozenset({"e-mails"})))
    assert first.startswith("line 25, ")
    assert second == "the e-mails of the file could not be looked up in Slack (missing_scope)"
