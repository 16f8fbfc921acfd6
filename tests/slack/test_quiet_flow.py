"""Do Not Disturb over the practice Slack: hours, snoozes, a missing scope, a broken answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.okr.days.quiet import Quiet
from bot.practice.api.dispatch import ALL_SCOPES
from bot.practice.faults import Fault
from bot.slack.quiet import quiet_of
from tests.services.teebee import HANNAH, JACK, at
from tests.slack.friday import Friday, friday_on

WITHOUT = [one for one in ALL_SCOPES if one != "dnd:read"]


def asked(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    friday.settle()


def test_quiet_hours_put_the_prompt_off_and_nobody_else_s(friday: Friday) -> None:
    friday.jack.quiet_hours("22:00", "11:00")
    asked(friday)
    assert friday.said_to(friday.jack) == []
    assert len(friday.said_to(friday.hannah)) == 1
    friday.tick(10, 59)
    assert friday.said_to(friday.jack) == []
    friday.tick(11)
    friday.settle()
    assert len(friday.said_to(friday.jack)) == 1
    (call,) = friday.calls("dnd.teamInfo")
    assert sorted(call["payload"]["users"].split(",")) == sorted([HANNAH, JACK])


def test_a_snooze_keeps_the_reminder_away(friday: Friday) -> None:
    asked(friday)
    friday.clock.now = at(14, 50)
    friday.jack.snooze(int(at(17).timestamp()))
    friday.tick(15)
    friday.tick(16, 29)
    friday.settle()
    assert len(friday.said_to(friday.jack)) == 1
    assert len(friday.said_to(friday.hannah)) == 2


def test_a_reply_does_not_wait(friday: Friday) -> None:
    asked(friday)
    friday.clock.now = at(10, 5)
    friday.jack.snooze(int(at(17).timestamp()))
    friday.jack.say("1 62%")
    friday.heard(friday.jack, "62")


def test_without_the_scope_messages_go_out_as_if_nobody_wanted_quiet(database_url: str) -> None:
    with friday_on(database_url, scopes=WITHOUT) as friday:
        friday.jack.quiet_hours("22:00", "11:00")
        asked(friday)
        friday.tick(15)
        friday.settle()
        assert len(friday.said_to(friday.jack)) == 2
        assert len(friday.calls("dnd.teamInfo")) == 1


@pytest.mark.parametrize(
    ("error", "rests"), [("user_not_visible", False), ("missing_scope", True), ("invalid_auth", True)]
)
def test_only_what_slack_refuses_about_everybody_ends_the_looking_for_an_hour(
    friday: Friday, error: str, *, rests: bool
) -> None:
    refusal = Fault(body={"ok": False, "error": error})
    friday.slack.set_faults(lambda method, *_: refusal if method.startswith("dnd.") else None)
    asked(friday)
    assert len(friday.said_to(friday.jack)) == 1
    friday.slack.set_faults(None)
    friday.jack.quiet_hours("14:00", "15:30")
    friday.tick(15)
    friday.settle()
    assert len(friday.said_to(friday.jack)) == (2 if rests else 1)


@pytest.mark.parametrize(
    ("told", "quiet"),
    [
        ({"next_dnd_start_ts": 60, "next_dnd_end_ts": 120}, (60, 120)),
        ({"next_dnd_start_ts": "60", "next_dnd_end_ts": "120"}, (60, 120)),
        ({"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, None),
        ({"next_dnd_start_ts": 120, "next_dnd_end_ts": 60}, None),
        ({"next_dnd_start_ts": 60}, None),
        ({"next_dnd_start_ts": 60, "next_dnd_end_ts": None}, None),
        ({"next_dnd_start_ts": 60, "next_dnd_end_ts": 10**30}, None),
        ({"next_dnd_start_ts": "soon", "next_dnd_end_ts": 120}, None),
        ({}, None),
    ],
)
def test_whatever_slack_says_is_read_or_left(told: dict[str, Any], quiet: tuple[int, int] | None) -> None:
    expected = quiet and Quiet(*(datetime.fromtimestamp(one, UTC) for one in quiet))
    assert quiet_of(told) == expected
