"""Statuses, quiet hours and snoozes of the practice Slack's people, as the bot gets to know of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackApiError

from bot.practice.model import Person
from bot.practice.quiet import NEVER, window
from tests.practice.conftest import FRIDAY, TeeBee


def person(start: str = "", end: str = "", tz: str = "Asia/Shanghai") -> Person:
    return Person("U1", "Jack", "jack", "", tz, quiet_from=start, quiet_to=end)


def seconds(when: str) -> int:
    return int(datetime.fromisoformat(when).timestamp())


@pytest.mark.parametrize(
    ("start", "end", "now", "first", "last"),
    [
        ("22:00", "08:00", "2026-11-20T23:00+08:00", "2026-11-20T22:00+08:00", "2026-11-21T08:00+08:00"),
        ("22:00", "08:00", "2026-11-21T07:59+08:00", "2026-11-20T22:00+08:00", "2026-11-21T08:00+08:00"),
        ("22:00", "08:00", "2026-11-21T08:00+08:00", "2026-11-21T22:00+08:00", "2026-11-22T08:00+08:00"),
        ("12:00", "13:00", "2026-11-20T11:00+08:00", "2026-11-20T12:00+08:00", "2026-11-20T13:00+08:00"),
        ("12:00", "13:00", "2026-11-20T13:00+08:00", "2026-11-21T12:00+08:00", "2026-11-21T13:00+08:00"),
    ],
)
def test_the_stretch_that_it_is_or_that_comes_next(
    start: str, end: str, now: str, first: str, last: str
) -> None:
    found = window(person(start, end), datetime.fromisoformat(now))
    assert found == (seconds(first), seconds(last))


def test_hours_are_those_of_the_persons_clock_across_its_changes() -> None:
    berlin = person("22:00", "08:00", "Europe/Berlin")
    found = window(berlin, datetime(2026, 10, 24, 21, tzinfo=UTC))  # the night in which it is set back
    assert found[1] - found[0] == 11 * 3600


def test_a_snooze_is_a_stretch_of_its_own_while_it_lasts() -> None:
    now = int(FRIDAY.timestamp())
    snoozing = replace(person("22:00", "08:00"), snoozed_from=now, snoozed_to=now + 600)
    assert window(snoozing, FRIDAY) == (now, now + 600)
    later = window(snoozing, FRIDAY + timedelta(seconds=600))
    assert later == window(person("22:00", "08:00"), FRIDAY)
    assert window(person(), FRIDAY) == NEVER


def test_the_bot_asks_about_one_or_several(teebee: TeeBee) -> None:
    now = int(FRIDAY.timestamp())
    teebee.hannah.snooze(now + 60)
    told = {"dnd_enabled": True, "next_dnd_start_ts": now, "next_dnd_end_ts": now + 60}
    assert teebee.web.dnd_info(user=teebee.hannah.id).data == {"ok": True, **told}
    never = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    found = teebee.web.dnd_teamInfo(users=[teebee.hannah.id, teebee.jack.id, "U0NOBODY"])
    assert found["users"] == {teebee.hannah.id: told, teebee.jack.id: never}


def test_what_cannot_be_told_is_refused(teebee: TeeBee) -> None:
    for method, arguments, error in (
        (teebee.web.dnd_info, {"user": "U0NOBODY"}, "user_not_found"),
        (teebee.web.dnd_teamInfo, {"users": ","}, "no_users_provided"),
    ):
        with pytest.raises(SlackApiError) as problem:
            method(**arguments)
        assert problem.value.response["error"] == error
    teebee.slack.world.scopes = frozenset({"users:read"})
    for method, arguments in (
        (teebee.web.dnd_info, {"user": "U1"}),
        (teebee.web.dnd_teamInfo, {"users": "U1"}),
    ):
        with pytest.raises(SlackApiError) as problem:
            method(**arguments)
        assert problem.value.response["needed"] == "dnd:read"


def test_hours_that_are_none_are_refused(teebee: TeeBee) -> None:
    with pytest.raises(ValueError, match="hour must be"):
        teebee.hannah.quiet_hours("25:00", "08:00")
    assert teebee.hannah.person().quiet_from == ""


def test_a_status_comes_along_with_its_person(teebee: TeeBee) -> None:
    teebee.hannah.set_status("On leave", ":palm_tree:", 1_800_000_000)
    profile = teebee.web.users_info(user=teebee.hannah.id)["user"]["profile"]
    shown = (profile["status_text"], profile["status_emoji"], profile["status_expiration"])
    assert shown == ("On leave", ":palm_tree:", 1_800_000_000)
