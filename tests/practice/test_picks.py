"""Menus of people and places, dates and times: what can be picked, and what cannot."""

from typing import Any

import pytest

from tests.practice.blocks import button, buttons, field, modal, option, plain, section, select
from tests.practice.bolt import SmallBot, opens
from tests.practice.conftest import TeeBee
from tests.practice.test_views import opened, shown

Json = dict[str, Any]
Connected = tuple[TeeBee, SmallBot]
ASKED = {"title": plain("Drop it?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


def menu(kind: str, **more: Any) -> Json:
    return field("f", "Field", {"type": kind, "action_id": "a", **more}, optional=True)


def held(teebee: TeeBee) -> Any:
    (state,) = shown(teebee)["state"]["values"]["f"].values()
    return next(value for key, value in state.items() if key != "type")


def pick(teebee: TeeBee, block: Json, choice: Any) -> Any:
    """What the form holds once Hannah has picked this."""
    opened(teebee, block)
    teebee.hannah.choose("Field", choice)
    return held(teebee)


def test_people_are_picked_by_name_or_id(teebee: TeeBee) -> None:
    assert pick(teebee, menu("users_select"), "Jack") == teebee.jack.id
    assert pick(teebee, menu("users_select"), teebee.slack.bot_user_id) == teebee.slack.bot_user_id
    assert pick(teebee, menu("multi_users_select"), ["Jack", teebee.jim.id]) == [
        teebee.jack.id,
        teebee.jim.id,
    ]
    assert pick(teebee, menu("multi_users_select"), "Jack") == [teebee.jack.id]
    assert pick(teebee, menu("multi_users_select", initial_users=[teebee.jack.id]), []) == []


def test_places_are_picked_by_name_or_id(teebee: TeeBee) -> None:
    assert pick(teebee, menu("channels_select"), "#elsewhere") == teebee.elsewhere
    assert pick(teebee, menu("multi_channels_select"), ["#okrs"]) == [teebee.okrs]
    assert pick(teebee, menu("conversations_select"), "#leads") == teebee.leads
    assert pick(teebee, menu("conversations_select"), "Jack") == teebee.jack.id


@pytest.mark.parametrize(
    ("block", "choice"),
    [
        (menu("users_select"), "Gone"),
        (menu("users_select"), "#okrs"),
        (menu("channels_select"), "#leads"),
        (menu("channels_select"), "#attic"),
        (menu("channels_select"), "Jack"),
        (menu("conversations_select"), "#secret"),
        (menu("conversations_select", filter={"include": ["public"]}), "#leads"),
        (menu("conversations_select", filter={"include": ["public"]}), "Jack"),
        (menu("conversations_select", filter={"exclude_bot_users": True}), "Bot"),
        (menu("multi_users_select", max_selected_items=1), ["Jack", "Jim"]),
        (
            menu("multi_static_select", max_selected_items=1, options=[option("A", "a"), option("B", "b")]),
            ["A", "B"],
        ),
        (menu("datepicker"), "2026-02-30"),
        (menu("datepicker"), "2026-2-3"),
        (menu("timepicker"), "24:00"),
        (menu("timepicker"), "9:30"),
    ],
)
def test_what_is_not_offered_cannot_be_picked(teebee: TeeBee, block: Json, choice: Any) -> None:
    teebee.slack.add_person("Gone", deleted=True)
    teebee.slack.add_channel("attic", archived=True)
    teebee.slack.add_channel("secret", private=True)
    opened(teebee, block)
    with pytest.raises(LookupError):
        teebee.hannah.choose("Field", choice)


def test_a_client_may_not_know_yet_that_somebody_is_gone(teebee: TeeBee) -> None:
    opened(teebee, menu("users_select"))
    teebee.jack.change(deleted=True)
    teebee.hannah.choose("Field", teebee.jack.id)
    assert held(teebee) == teebee.jack.id


def test_a_guest_sees_only_the_channels_they_are_in(teebee: TeeBee) -> None:
    teebee.hannah.change(is_ultra_restricted=True)
    assert pick(teebee, menu("channels_select"), "#okrs") == teebee.okrs
    with pytest.raises(LookupError):
        teebee.hannah.choose("Field", "#elsewhere")


def test_days_and_hours_are_picked(teebee: TeeBee) -> None:
    assert pick(teebee, menu("datepicker"), "2028-02-29") == "2028-02-29"
    assert pick(teebee, menu("timepicker"), "09:30") == "09:30"
    assert pick(teebee, menu("timepicker", initial_time="09:30"), None) is None


@pytest.mark.parametrize(
    ("where", "more", "first"),
    [
        ("#okrs", {}, "okrs"),
        ("#leads", {}, "leads"),
        ("#leads", {"filter": {"include": ["public"]}}, None),
        (None, {}, None),
    ],
)
def test_a_form_may_begin_with_the_channel_it_was_opened_from(
    connected: Connected, where: str | None, more: Json, first: str | None
) -> None:
    teebee, bot = connected
    default = {"default_to_current_conversation": True, **more}
    several = field(
        "g", "More", {"type": "multi_conversations_select", "action_id": "a", **default}, optional=True
    )
    bot.on("command", opens(modal(menu("conversations_select", **default), several)))
    teebee.hannah.command("/okr", channel=where)
    assert teebee.hannah.await_view()
    expected = getattr(teebee, first) if first else None
    assert held(teebee) == expected
    state = shown(teebee)["state"]["values"]["g"]["a"]
    assert state["selected_conversations"] == ([expected] if expected else [])


def test_the_channel_a_form_names_itself_comes_first(connected: Connected) -> None:
    teebee, bot = connected
    both = {"default_to_current_conversation": True, "initial_conversation": teebee.elsewhere}
    bot.on("command", opens(modal(menu("conversations_select", **both))))
    teebee.hannah.command("/okr", channel="#okrs")
    assert teebee.hannah.await_view()
    assert held(teebee) == teebee.elsewhere


def test_a_form_upon_another_knows_where_the_first_was_opened(connected: Connected) -> None:
    teebee, bot = connected
    default = menu("conversations_select", default_to_current_conversation=True)
    bot.on("command", opens(modal(buttons(button("More", "more")))))

    def pushes(ack: Any, body: Json, client: Any, **_more: Any) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal(default, title="Second"))
        ack()

    bot.on("action", pushes)
    teebee.hannah.command("/okr", channel="#okrs")
    assert teebee.hannah.await_view()
    teebee.hannah.tap(label="More")
    assert held(teebee) == teebee.okrs


def test_whoever_is_not_sure_sends_nothing(connected: Connected) -> None:
    teebee, bot = connected
    drop = button("Drop", "drop") | {"confirm": ASKED}
    kind = select("kind", "Move", "Keep", confirm=ASKED)
    blocks = [buttons(drop), section("x") | {"accessory": kind}]
    ts = teebee.web.chat_postMessage(channel=teebee.okrs, text="KR1", blocks=blocks)["ts"]
    assert not teebee.hannah.tap(ts, label="Drop", sure=False).sent
    assert not teebee.hannah.tap(ts, action_id="kind", choice="Move", sure=False).sent
    assert bot.heard == []
    assert teebee.hannah.tap(ts, label="Drop").acked
    assert len(bot.heard) == 1
