"""Menus that are searched by typing."""

from typing import Any

import pytest

from bot.practice import Suggestions
from bot.practice.limits import check_view
from tests.practice.blocks import button, buttons, field, home, modal, option, plain
from tests.practice.bolt import Habit, SmallBot, answers, heard, opens, silent
from tests.practice.conftest import TeeBee
from tests.practice.test_remote import remote_of

Json = dict[str, Any]
Connected = tuple[TeeBee, SmallBot]
OBJECTIVES = [
    option("Renewed customers", "o1"),
    option("Happy customers", "o2"),
    option("Fast replies", "o3"),
]


def menu(action_id: str = "parent", **more: Any) -> Json:
    return {"type": "external_select", "action_id": action_id, "min_query_length": 1, **more}


def menus(action_id: str = "others", **more: Any) -> Json:
    return menu(action_id, **more) | {"type": "multi_external_select"}


def searches(ack: Any, body: Json, **_more: Any) -> None:
    """A habit: offer the objectives that have these words."""
    words = body["value"].lower()
    ack(options=[one for one in OBJECTIVES if words in one["text"]["text"].lower()])


def opened(connected: Connected, *blocks: Json, habit: Habit = searches) -> None:
    """Hannah has this form before her, and the bot this habit for what is typed."""
    teebee, bot = connected
    bot.on("command", opens(modal(*blocks, callback_id="align", private_metadata="7")))
    bot.on("options", habit)
    teebee.hannah.command("/okr")
    assert teebee.hannah.await_view()


def chosen(teebee: TeeBee, block_id: str, action_id: str, key: str = "selected_option") -> Any:
    view = teebee.hannah.view()
    assert view is not None
    return view["state"]["values"][block_id][action_id][key]


def values(options: list[Json]) -> list[str]:
    return [one["value"] for one in options]


def test_the_bot_is_asked_for_what_is_typed(connected: Connected) -> None:
    teebee, bot = connected
    opened(connected, field("align", "Supports", menu()))
    found = teebee.hannah.suggest("Supports", "cust")
    assert (found.texts, found.note, found.acked) == (["Renewed customers", "Happy customers"], "", True)
    (asked,) = heard(teebee.slack, bot, "block_suggestion")
    view = teebee.hannah.view()
    assert view is not None
    assert (asked["action_id"], asked["block_id"], asked["value"]) == ("parent", "align", "cust")
    assert (asked["user"]["id"], asked["team"]["id"]) == (teebee.hannah.id, teebee.slack.team_id)
    assert asked["container"] == {"type": "view", "view_id": view["id"]}
    assert (asked["view"]["callback_id"], asked["view"]["private_metadata"]) == ("align", "7")
    assert "trigger_id" not in asked


def test_what_is_chosen_is_sent_whole(connected: Connected) -> None:
    teebee, bot = connected
    opened(connected, field("align", "Supports", menu()))
    teebee.hannah.suggest("align", "happy")
    assert teebee.hannah.choose("Supports", "Happy customers").sent is False
    assert "[Happy customers ▾]" in teebee.hannah.view_screen()
    assert teebee.hannah.submit().ok
    (sent,) = bot.of_type("view_submission")
    assert sent["view"]["state"]["values"]["align"]["parent"] == {
        "type": "external_select",
        "selected_option": OBJECTIVES[1],
    }


def test_only_what_was_offered_last_can_be_chosen(connected: Connected) -> None:
    teebee, _ = connected
    opened(connected, field("align", "Supports", menu(), optional=True))
    with pytest.raises(LookupError, match="no option"):
        teebee.hannah.choose("Supports", "o1")
    teebee.hannah.suggest("Supports", "renewed")
    teebee.hannah.suggest("Supports", "happy")
    with pytest.raises(LookupError, match="no option"):
        teebee.hannah.choose("Supports", "o1")
    teebee.hannah.choose("Supports", "o2")
    teebee.hannah.choose("Supports", None)
    assert chosen(teebee, "align", "parent") is None


def test_several_are_chosen_one_search_after_the_other(connected: Connected) -> None:
    teebee, _ = connected
    opened(connected, field("also", "Serves too", menus(initial_options=[OBJECTIVES[2]])))
    teebee.hannah.suggest("Serves too", "renewed")
    teebee.hannah.choose("Serves too", ["o3", "o1"])
    teebee.hannah.suggest("Serves too", "happy")
    teebee.hannah.choose("Serves too", ["o3", "o1", "Happy customers"])
    assert values(chosen(teebee, "also", "others", "selected_options")) == ["o3", "o1", "o2"]
    teebee.hannah.choose("Serves too", ["o1"])
    assert values(chosen(teebee, "also", "others", "selected_options")) == ["o1"]
    teebee.hannah.choose("Serves too", [])
    assert chosen(teebee, "also", "others", "selected_options") == []


def test_a_form_begins_with_what_it_says(connected: Connected) -> None:
    teebee, _ = connected
    opened(connected, field("align", "Supports", menu(initial_option=OBJECTIVES[2])))
    assert "[Fast replies ▾]" in teebee.hannah.view_screen()
    assert chosen(teebee, "align", "parent") == OBJECTIVES[2]


@pytest.mark.parametrize(
    ("more", "typed", "asked"), [({}, "ab", 0), ({}, "abc", 1), ({"min_query_length": 0}, "", 1)]
)
def test_a_few_letters_are_not_asked_about(connected: Connected, more: Json, typed: str, asked: int) -> None:
    teebee, bot = connected
    element = {"type": "external_select", "action_id": "parent", **more}
    opened(connected, field("align", "Supports", element))
    found = teebee.hannah.suggest("Supports", typed)
    assert len(bot.of_type("block_suggestion")) == asked
    assert (found.sent, found.note) == ((True, found.note) if asked else (False, "Type 3 letters or more"))


def test_options_come_in_groups(connected: Connected) -> None:
    teebee, _ = connected
    groups = [
        {"label": plain("Company"), "options": OBJECTIVES[:1]},
        {"label": plain("Care"), "options": OBJECTIVES[1:]},
    ]
    opened(connected, field("align", "Supports", menu()), habit=answers(option_groups=groups))
    found = teebee.hannah.suggest("Supports", "e")
    assert [(group.label, len(group.options)) for group in found.groups] == [("Company", 1), ("Care", 2)]
    teebee.hannah.choose("Supports", "Fast replies")
    assert chosen(teebee, "align", "parent") == OBJECTIVES[2]


@pytest.mark.parametrize(
    ("habit", "problem"),
    [
        (answers(options=[option("x", str(number)) for number in range(101)]), "no more than 100 items"),
        (answers(options=[option("x" * 76, "1")]), "must be less than 76 characters"),
        (answers(options=[option("x", "v" * 151)]), "must be less than 151 characters"),
        (answers(option_groups=[{"label": plain("x" * 76), "options": OBJECTIVES}]), "less than 76"),
        (answers(options=[{"text": {"type": "mrkdwn", "text": "x"}, "value": "1"}]), "unsupported type"),
        (lambda ack, **_: ack({"hello": 1}), "exactly one of"),
        (answers(), "exactly one of"),
        (answers(options=[]), ""),
    ],
)
def test_an_answer_that_slack_does_not_take_is_no_result(
    connected: Connected, habit: Habit, problem: str
) -> None:
    teebee, _ = connected
    opened(connected, field("align", "Supports", menu()), habit=habit)
    found = teebee.hannah.suggest("Supports", "x")
    assert (found.options, found.note, found.acked) == ((), "No results", True)
    assert problem in " ".join(found.problems)
    assert bool(problem) == bool(found.problems)


def test_an_answer_that_comes_too_late_is_no_result(connected: Connected) -> None:
    teebee, _ = connected
    opened(connected, field("align", "Supports", menu()), habit=silent)
    found = teebee.hannah.suggest("Supports", "x")
    assert found == Suggestions(note="No results")
    with pytest.raises(LookupError):
        teebee.hannah.choose("Supports", "o1")


def test_a_hundred_of_the_longest_are_taken(connected: Connected) -> None:
    teebee, _ = connected
    most = [option("x" * 75, f"{number:0150}") for number in range(100)]
    opened(connected, field("align", "Supports", menu()), habit=answers(options=most))
    assert len(teebee.hannah.suggest("Supports", "x").options) == 100


def test_a_menu_in_a_message_is_searched_and_tapped(connected: Connected) -> None:
    teebee, bot = connected
    bot.on("options", searches)
    row = {
        "type": "actions",
        "block_id": "row",
        "elements": [button("Go", "go"), menu("first"), menu("second")],
    }
    ts = teebee.web.chat_postMessage(channel=teebee.okrs, text="Which?", blocks=[row])["ts"]
    assert teebee.hannah.suggest("row", "fast", target=ts, action_id="second").texts == ["Fast replies"]
    (asked,) = bot.of_type("block_suggestion")
    assert asked["container"]["message_ts"] == asked["message"]["ts"] == ts
    assert asked["channel"] == {"id": teebee.okrs, "name": "okrs"}
    with pytest.raises(LookupError):
        teebee.hannah.tap(ts, action_id="first", choice="o3")
    assert teebee.hannah.tap(ts, action_id="second", choice="o3").acked
    (tapped,) = bot.of_type("block_actions")
    assert tapped["actions"][0]["selected_option"] == OBJECTIVES[2]
    with pytest.raises(LookupError, match="not searched"):
        teebee.hannah.suggest("go", "fast", target=ts)


def test_a_menu_in_the_home_is_searched_and_tapped(connected: Connected) -> None:
    teebee, bot = connected
    bot.on("options", searches)
    search = {"type": "section", "block_id": "s", "text": plain("Look up"), "accessory": menu()}
    teebee.web.views_publish(user_id=teebee.hannah.id, view=home(search, buttons(button("Go", "go"))))
    assert teebee.hannah.suggest("s", "fast", target="home").options == (OBJECTIVES[2],)
    assert teebee.hannah.tap("home", action_id="parent", choice="Fast replies").acked
    assert bot.of_type("block_suggestion")[0]["view"]["type"] == "home"
    assert "[Fast replies ▾]" in teebee.hannah.home_screen()


def test_somebody_far_away_searches_too(connected: Connected) -> None:
    teebee, _ = connected
    opened(connected, field("align", "Supports", menu()))
    remote = remote_of(teebee.slack)
    hannah = remote.person(teebee.hannah.id)
    assert hannah.suggest("align", "cust") == teebee.hannah.suggest("align", "cust")
    hannah.choose("align", "o1")
    assert chosen(teebee, "align", "parent") == OBJECTIVES[0]
    remote.close()


@pytest.mark.parametrize(
    ("element", "fine"),
    [
        (menu(initial_option=OBJECTIVES[0]), True),
        (menu(initial_option=option("x" * 76, "1")), False),
        (menu(min_query_length=-1), False),
        (menu(options=OBJECTIVES), False),
        (menus(initial_options=OBJECTIVES, max_selected_items=3), True),
        (menus(initial_options=OBJECTIVES, max_selected_items=2), False),
    ],
)
def test_what_such_a_menu_may_carry(element: Json, fine: bool) -> None:  # noqa: FBT001  # a table
    assert (check_view(modal(field("align", "Supports", element))) == []) is fine
