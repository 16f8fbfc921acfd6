"""People come and go: in channels, and in the workspace."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.practice import PracticeSlack
from tests.practice.bolt import SmallBot, heard
from tests.practice.conftest import TeeBee, Times, settled
from tests.practice.listener import listening

Connected = tuple[TeeBee, SmallBot]


def inside(teebee: TeeBee, channel: str) -> list[str]:
    return list(teebee.web.conversations_members(channel=channel)["members"])


def told(connected: Connected, kind: str) -> dict[str, Any]:
    """The one event of this kind that the bot has heard."""
    teebee, bot = connected
    (body,) = heard(teebee.slack, bot, kind)
    event: dict[str, Any] = body["event"]
    return event


def channel_of(teebee: TeeBee, name: str, *, private: bool = False, bot: bool = True) -> str:
    """A new one with Hannah in it: the connected workspace is shared."""
    members = [teebee.hannah.id]
    return teebee.slack.add_channel(name, members=members, private=private, bot_is_member=bot)


def test_the_bot_hears_who_joins_and_leaves_a_channel_it_is_in(connected: Connected) -> None:
    teebee, _ = connected
    channel = channel_of(teebee, "joined")
    teebee.jim.join("#joined")
    assert inside(teebee, channel) == [teebee.hannah.id, teebee.slack.bot_user_id, teebee.jim.id]
    joined = told(connected, "member_joined_channel")
    assert (joined["user"], joined["channel"], joined["channel_type"]) == (teebee.jim.id, channel, "C")
    assert joined["team"] == teebee.slack.team_id
    assert "inviter" not in joined
    teebee.jim.leave(channel)
    left = told(connected, "member_left_channel")
    assert (left["user"], left["channel"], left["channel_type"]) == (teebee.jim.id, channel, "C")
    assert teebee.jim.id not in inside(teebee, channel)


def test_whoever_is_invited_comes_with_their_inviter(connected: Connected) -> None:
    teebee, _ = connected
    channel = channel_of(teebee, "invited", private=True)
    teebee.hannah.invite(teebee.jack.id, "invited")
    joined = told(connected, "member_joined_channel")
    assert (joined["user"], joined["inviter"]) == (teebee.jack.id, teebee.hannah.id)
    assert joined["channel_type"] == "G"
    teebee.hannah.remove(teebee.jack.id, channel)
    assert told(connected, "member_left_channel")["user"] == teebee.jack.id


@pytest.mark.parametrize(("private", "gone"), [(False, "channel_left"), (True, "group_left")])
def test_the_bot_hears_of_itself_too(connected: Connected, private: bool, gone: str) -> None:  # noqa: FBT001  # a table
    teebee, bot = connected
    channel = channel_of(teebee, f"bots-{gone}", private=private, bot=False)
    teebee.hannah.invite(teebee.slack.bot_user_id, channel)
    joined = told(connected, "member_joined_channel")
    assert (joined["user"], joined["inviter"]) == (teebee.slack.bot_user_id, teebee.hannah.id)
    teebee.hannah.remove(teebee.slack.bot_user_id, channel)
    left = told(connected, gone)
    assert (left["channel"], left["actor_id"]) == (channel, teebee.hannah.id)
    assert bot.of_type("member_left_channel") == []


def test_where_the_bot_is_not_it_hears_nothing(connected: Connected) -> None:
    teebee, bot = connected
    channel = channel_of(teebee, "quiet", bot=False)
    teebee.jack.join(channel)
    teebee.jack.leave(channel)
    assert teebee.slack.settle()
    assert bot.heard == []


def test_events_of_channels_want_their_scope() -> None:
    times = Times()
    with PracticeSlack(clock=times.clock, timer=times.timer, scopes=["groups:read"]) as slack:
        teebee = settled(slack, times)
        with listening(slack) as listener:
            teebee.jim.join(teebee.okrs)
            teebee.hannah.invite(teebee.jim.id, teebee.leads)
            assert slack.settle()
        assert [request.payload["event"]["channel"] for request in listener.heard] == [teebee.leads]


def test_coming_and_going_stands_in_the_channel(teebee: TeeBee) -> None:
    teebee.jim.join("okrs")
    teebee.jim.leave("okrs")
    gone, come = teebee.web.conversations_history(channel=teebee.okrs)["messages"]
    assert (come["subtype"], come["user"]) == ("channel_join", teebee.jim.id)
    assert come["text"] == f"<@{teebee.jim.id}> has joined the channel"
    assert gone["subtype"] == "channel_leave"
    assert "@Jim has joined the channel" in teebee.hannah.screen("okrs")


def test_not_everybody_can_go_everywhere(teebee: TeeBee) -> None:
    guest = teebee.slack.person(teebee.slack.add_person("Guest", is_restricted=True))
    gone = teebee.slack.add_person("Gone", deleted=True)
    teebee.slack.add_channel("attic", archived=True)
    steps: list[Callable[[], None]] = [
        lambda: guest.join("okrs"),
        lambda: teebee.jim.join("leads"),
        lambda: teebee.jim.join("attic"),
        lambda: teebee.jim.join("nowhere"),
        lambda: teebee.jack.join("okrs"),
        lambda: teebee.jim.leave("okrs"),
        lambda: teebee.jim.invite(guest.id, "okrs"),
        lambda: teebee.hannah.invite(gone, "okrs"),
        lambda: teebee.hannah.remove(teebee.jim.id, "okrs"),
    ]
    for step in steps:
        with pytest.raises(LookupError):
            step()
    teebee.hannah.invite(guest.id, "okrs")
    assert guest.id in inside(teebee, teebee.okrs)


def test_somebody_new_is_announced(connected: Connected) -> None:
    teebee, _ = connected
    kim = teebee.slack.welcome("Kim", tz="Asia/Seoul", is_ultra_restricted=True)
    user = told(connected, "team_join")["user"]
    assert (user["id"], user["tz"], user["is_ultra_restricted"]) == (kim, "Asia/Seoul", True)


def test_a_changed_record_is_announced_whole(connected: Connected) -> None:
    teebee, bot = connected
    kim = teebee.slack.person(teebee.slack.add_person("Kim"))
    kim.change(name="Kim Lee", tz="Asia/Seoul", is_owner=True)
    user = told(connected, "user_change")["user"]
    assert (user["real_name"], user["profile"]["display_name"], user["tz"]) == (
        *("Kim Lee", "Kim Lee"),
        "Asia/Seoul",
    )
    assert (user["is_owner"], user["is_admin"]) == (True, True)
    kim.change(is_owner=False, deleted=True)
    kim.change(deleted=False)
    gone, back = (body["event"]["user"] for body in heard(teebee.slack, bot, "user_change", 3)[1:])
    assert gone["deleted"] is True
    assert (back["deleted"], back["is_owner"], back["is_admin"]) == (False, False, False)


def test_whoever_is_deactivated_is_in_no_channel_any_more(teebee: TeeBee) -> None:
    teebee.jack.change(deleted=True)
    assert teebee.jack.id not in inside(teebee, teebee.okrs)
    teebee.jack.change(deleted=False)
    assert teebee.jack.id not in inside(teebee, teebee.okrs)
    assert [message.subtype for message in teebee.hannah.messages("okrs")] == []
