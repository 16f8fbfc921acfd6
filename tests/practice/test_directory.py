"""People and channels over the Web API."""

import base64
import math
from typing import Any

import pytest

from bot.practice.api.paging import encode
from tests.practice.conftest import TeeBee
from tests.practice.test_calls import refusal


def test_a_person_has_zone_flags_and_email(teebee: TeeBee) -> None:
    user = teebee.web.users_info(user=teebee.hannah.id)["user"]
    assert (user["tz"], user["tz_offset"]) == ("Asia/Shanghai", 8 * 3600)
    assert user["is_admin"] is True
    assert user["profile"]["email"] == "hannah@teebee.example"


def test_an_unknown_zone_is_passed_on_as_it_is(teebee: TeeBee) -> None:
    teebee.hannah.change(tz="Mars/Olympus")
    user = teebee.web.users_info(user=teebee.hannah.id)["user"]
    assert (user["tz"], user["tz_offset"]) == ("Mars/Olympus", 0)


def test_without_the_scope_emails_are_left_out(teebee: TeeBee) -> None:
    teebee.slack.world.scopes = frozenset({"users:read"})
    assert "email" not in teebee.web.users_info(user=teebee.hannah.id)["user"]["profile"]


def test_guests_strangers_bots_and_the_deleted_can_be_told(teebee: TeeBee) -> None:
    guest = teebee.slack.add_person("Guest", is_restricted=True, id="UGUEST", handle="visitor")
    stranger = teebee.slack.add_person("Stranger", is_stranger=True)
    gone = teebee.slack.add_person("Gone", email="gone@teebee.example", deleted=True)
    users = {user["id"]: user for user in teebee.web.users_list()["members"]}
    assert users[guest]["is_restricted"] is True
    assert users[guest]["name"] == "visitor"
    assert users[stranger]["is_stranger"] is True
    assert users[gone]["deleted"] is True
    assert "tz" not in users[gone]
    assert users[teebee.slack.bot_user_id]["is_bot"] is True
    assert users["USLACKBOT"]["is_bot"] is False
    assert (
        refusal(teebee.web, "users.lookupByEmail", email="gone@teebee.example")["error"] == "users_not_found"
    )
    assert {person.id for person in teebee.slack.people()} >= {guest, stranger, gone}


def test_people_are_found_by_email_in_any_case(teebee: TeeBee) -> None:
    assert teebee.web.users_lookupByEmail(email="Jack@TeeBee.example")["user"]["id"] == teebee.jack.id


def test_unknown_people_are_refused(teebee: TeeBee) -> None:
    assert refusal(teebee.web, "users.info", user="UNOBODY")["error"] == "user_not_found"
    with pytest.raises(LookupError):
        teebee.slack.person("UNOBODY")


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 100])
def test_pages_together_hold_everybody_once(teebee: TeeBee, limit: int) -> None:
    ids: list[str] = []
    cursor = None
    for _ in range(math.ceil(5 / limit)):
        assert cursor != ""
        answer = teebee.web.users_list(limit=limit, cursor=cursor)
        assert len(answer["members"]) <= limit
        ids += [user["id"] for user in answer["members"]]
        cursor = answer["response_metadata"]["next_cursor"]
    assert cursor == ""
    assert ids == [user["id"] for user in teebee.web.users_list()["members"]]
    assert len(set(ids)) == 5


@pytest.mark.parametrize(
    "cursor", ["%%%", base64.b64encode(b"elsewhere").decode(), encode("many"), encode("99")]
)
def test_a_cursor_that_is_none_is_refused(teebee: TeeBee, cursor: str) -> None:
    assert refusal(teebee.web, "users.list", cursor=cursor)["error"] == "invalid_cursor"


@pytest.mark.parametrize(("limit", "fine"), [(-1, False), (0, True), (1000, True), (1001, False)])
def test_limits_are_limited(teebee: TeeBee, limit: int, fine: bool) -> None:  # noqa: FBT001  # a table
    if fine:
        assert teebee.web.conversations_list(limit=limit)["ok"]
    else:
        assert refusal(teebee.web, "conversations.list", limit=limit)["error"] == "invalid_limit"


def test_channels_are_listed_by_type(teebee: TeeBee) -> None:
    def names(**arguments: Any) -> set[str]:
        return {channel["name"] for channel in teebee.web.conversations_list(**arguments)["channels"]}

    teebee.slack.add_channel("attic", archived=True)
    teebee.slack.add_channel("secret", private=True, bot_is_member=False)
    assert names() == {"okrs", "elsewhere", "attic"}
    assert names(exclude_archived=True) == {"okrs", "elsewhere"}
    assert names(types="public_channel,private_channel,mpim", exclude_archived=True) == {
        "okrs",
        "elsewhere",
        "leads",
    }
    assert refusal(teebee.web, "conversations.list", types="club")["error"] == "invalid_types"


def test_direct_messages_are_listed_with_their_person(teebee: TeeBee) -> None:
    channel = teebee.web.conversations_open(users=teebee.hannah.id)["channel"]["id"]
    listed = teebee.web.conversations_list(types="im")["channels"]
    assert [(one["id"], one["user"]) for one in listed] == [(channel, teebee.hannah.id)]
    assert channel in {one.id for one in teebee.slack.channels()}


def test_somebodys_channels_are_those_they_are_in(teebee: TeeBee) -> None:
    own = teebee.web.users_conversations()["channels"]
    jims = teebee.web.users_conversations(user=teebee.jim.id)["channels"]
    assert [channel["name"] for channel in own] == ["okrs"]
    assert [channel["name"] for channel in jims] == ["elsewhere"]


def test_a_channel_tells_whether_the_bot_is_in_it_and_who_is(teebee: TeeBee) -> None:
    assert teebee.web.conversations_info(channel=teebee.okrs)["channel"]["is_member"] is True
    assert teebee.web.conversations_info(channel=teebee.elsewhere)["channel"]["is_member"] is False
    first = teebee.web.conversations_members(channel=teebee.okrs, limit=2)
    rest = teebee.web.conversations_members(
        channel=teebee.okrs, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [*first["members"], *rest["members"]] == [
        teebee.hannah.id,
        teebee.jack.id,
        teebee.slack.bot_user_id,
    ]


def test_private_channels_without_the_bot_do_not_exist_for_it(teebee: TeeBee) -> None:
    secret = teebee.slack.add_channel("secret", private=True, bot_is_member=False)
    for method in ("conversations.info", "conversations.members", "conversations.history"):
        assert refusal(teebee.web, method, channel=secret)["error"] == "channel_not_found"


def test_opening_direct_messages_twice_gives_the_same_channel(teebee: TeeBee) -> None:
    first = teebee.web.conversations_open(users=teebee.hannah.id)
    second = teebee.web.conversations_open(users=teebee.hannah.id, return_im=True)
    third = teebee.web.conversations_open(channel=first["channel"]["id"])
    assert "already_open" not in first
    assert second["already_open"] is True
    assert second["channel"]["user"] == teebee.hannah.id
    assert first["channel"]["id"] == second["channel"]["id"] == third["channel"]["id"]


def test_direct_messages_that_cannot_be_opened(teebee: TeeBee) -> None:
    gone = teebee.slack.add_person("Gone", deleted=True)
    robot = teebee.slack.add_person("Robot", is_bot=True)
    errors = {
        "": "users_list_not_supplied",
        "UNOBODY": "user_not_found",
        gone: "user_disabled",
        robot: "cannot_dm_bot",
        f"{gone},{robot}": "method_not_supported_for_channel_type",
    }
    for users, error in errors.items():
        assert refusal(teebee.web, "conversations.open", users=users)["error"] == error
