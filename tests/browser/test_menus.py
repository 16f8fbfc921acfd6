"""Forms with every kind of menu, by mouse, by keys and on a phone: the workspace alone, with a bot of a few lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, ViewportSize, expect

from bot.practice import PracticeSlack
from tests.browser.test_looks import AUDIT, STICKS_OUT
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch
from tests.practice import blocks as made
from tests.practice.bolt import SmallBot, opens
from tests.practice.conftest import TeeBee, Times, settled

Json = dict[str, Any]
SCREEN: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 375, "height": 740}
OBJECTIVES = [made.option("Renewed customers", "o1"), made.option("Happy customers", "o2")]
SEARCH = {"type": "external_select", "action_id": "a", "min_query_length": 2}
ASKED = {"title": made.plain("Drop it?"), "text": made.plain("It stays in the history."),
         "confirm": made.plain("Yes, drop"), "deny": made.plain("Keep it")}  # fmt: skip
MORE = {"type": "overflow", "action_id": "more", "confirm": ASKED,
        "options": [made.option("Edit", "edit"), made.option("Drop", "drop")]}  # fmt: skip
FORM = made.modal(
    made.section("KR1") | {"block_id": "kr", "accessory": MORE},
    made.field("align", "Supports", SEARCH),
    made.field("also", "Serves too", SEARCH | {"type": "multi_external_select"}, optional=True),
    made.field("who", "Members", {"type": "multi_users_select", "action_id": "a"}, optional=True),
    made.field("where", "Channel", {"type": "conversations_select", "action_id": "a", "default_to_current_conversation": True}),
    title="New objective",
)  # fmt: skip


@dataclass
class Here:
    """Hannah on the page, and the bot that she meets there."""

    teebee: TeeBee
    bot: SmallBot
    visitor: Visitor

    def chosen(self, block_id: str) -> Any:
        """What the form holds in this block."""
        view = self.teebee.hannah.view()
        assert view is not None
        (state,) = view["state"]["values"][block_id].values()
        return next(held for key, held in state.items() if key != "type")

    def offered(self, words: str) -> Locator:
        return self.visitor.form.get_by_role("option", name=words)


def _searches(ack: Any, body: Json, **_more: Any) -> None:
    words = body["value"].lower()
    ack(options=[one for one in OBJECTIVES if words in one["text"]["text"].lower()])


@pytest.fixture(scope="module")
def practice() -> Iterator[tuple[TeeBee, SmallBot]]:
    """For all of them: Bolt takes seconds to close."""
    times = Times()
    with PracticeSlack(clock=times.clock, timer=times.timer, commands=["/okr"], bot_name="Okra") as slack:
        bot = SmallBot(slack)
        bot.on("command", opens(FORM))
        bot.on("options", _searches)
        bot.connect()
        assert slack.wait_for_bot()
        yield settled(slack, times), bot
        bot.close()


@pytest.fixture
def here(browser: Browser, practice: tuple[TeeBee, SmallBot]) -> Iterator[Here]:
    teebee, bot = practice
    if teebee.hannah.view():
        teebee.hannah.close(everything=True)
    assert teebee.slack.settle()
    bot.heard.clear()
    context = browser.new_context(viewport=SCREEN, locale="en-GB", reduced_motion="reduce")
    watch = Watch(context, teebee.slack.page_url)
    visitor = Visitor(context.new_page(), teebee.slack.page_url)
    visitor.comes("Hannah", "okrs")
    yield Here(teebee, bot, visitor)
    context.close()
    assert watch.trouble == []


def test_objectives_are_searched_by_keys_and_by_mouse(here: Here) -> None:
    visitor = here.visitor
    keys = visitor.page.keyboard
    visitor.says("/okr new")
    box = visitor.field("Supports")
    expect(box).to_be_focused()
    keys.type("x")
    expect(visitor.form).to_contain_text("Type 2 letters or more")
    keys.type("yz")
    expect(visitor.form).to_contain_text("No results")
    box.fill("cust")
    expect(here.offered("Happy customers")).to_be_visible()
    keys.press("Escape")  # the list closes, and not the form
    expect(box).to_have_attribute("aria-expanded", "false")
    keys.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(box).to_have_value("Happy customers")
    several = visitor.field("Serves too")
    for objective in OBJECTIVES:
        several.press_sequentially("cust")
        here.offered(objective["text"]["text"]).click()
        expect(
            visitor.form.get_by_role("button", name=f"Take out {objective['text']['text']}")
        ).to_be_visible()
    visitor.form.get_by_role("button", name="Take out Renewed").click()
    expect(visitor.form.get_by_role("button", name="Take out")).to_have_count(1)
    box.press_sequentially(" and")
    keys.press("Tab")  # what was not chosen is not there
    expect(box).to_have_value("Happy customers")
    visitor.sends()
    expect(visitor.form).to_be_hidden()
    (sent,) = here.bot.of_type("view_submission")
    values = sent["view"]["state"]["values"]
    assert values["align"]["a"]["selected_option"] == OBJECTIVES[1]
    assert values["also"]["a"]["selected_options"] == OBJECTIVES[1:]
    assert values["where"]["a"]["selected_conversation"] == here.teebee.okrs


def test_a_search_can_be_emptied_and_members_are_ticked(here: Here) -> None:
    visitor = here.visitor
    visitor.says("/okr new")
    box = visitor.field("Supports")
    box.press_sequentially("happy")
    here.offered("Happy").click()
    expect(box).to_have_value("Happy customers")
    box.fill("")
    jack, jim = here.teebee.jack.id, here.teebee.jim.id
    members = visitor.form.get_by_role("group", name="Members")
    members.get_by_label("Jack").check()
    assert here.teebee.slack.wait_for(lambda: here.chosen("who") == [jack])
    members.get_by_label("Jim").check()
    assert here.teebee.slack.wait_for(lambda: here.chosen("who") == [jack, jim])
    visitor.sends()
    expect(visitor.form).to_contain_text("Please complete this required field.")
    assert here.chosen("align") is None
    assert here.chosen("who") == [jack, jim]


def test_what_is_asked_first_can_be_declined(here: Here) -> None:
    visitor = here.visitor
    visitor.says("/okr new")
    asked = visitor.page.get_by_role("alertdialog", name="Drop it?")
    for answer in ("Keep it", "Yes, drop"):
        visitor.form.get_by_label("More").first.click()
        visitor.form.get_by_role("button", name="Drop", exact=True).click()
        expect(asked).to_contain_text("It stays in the history.")
        asked.get_by_role("button", name=answer).click()
        expect(asked).to_be_hidden()
    assert here.teebee.slack.wait_for(lambda: here.bot.of_type("block_actions"))
    (tapped,) = here.bot.of_type("block_actions")
    assert tapped["actions"][0]["selected_option"]["value"] == "drop"


def test_people_join_leave_and_are_added(here: Here) -> None:
    visitor = here.visitor
    page = visitor.page
    page.get_by_text("2 people and Okra").click()
    page.get_by_role("button", name="Add Jim").click()
    expect(visitor.conversation).to_contain_text("Jim joined")
    page.get_by_text("3 people and Okra").click()
    here.teebee.jim.leave(here.teebee.okrs)
    expect(page.get_by_text("2 people and Okra")).to_be_visible()
    page.get_by_role("button", name="Leave #okrs").click()  # the list is open still
    expect(page.get_by_role("heading", level=1)).to_contain_text("Okra")
    page.get_by_role("button", name="Join okrs").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("okrs")
    expect(visitor.conversation).to_contain_text("Hannah joined")
    assert {body["event"]["type"] for body in here.bot.heard} >= {
        "member_joined_channel",
        "member_left_channel",
    }


def test_every_menu_has_a_name_stands_out_and_fits_a_phone(here: Here) -> None:
    visitor = here.visitor
    visitor.page.get_by_text("people and Okra").click()
    assert visitor.page.evaluate(AUDIT) == []
    visitor.page.keyboard.press("Escape")
    visitor.says("/okr new")
    visitor.field("Supports").press_sequentially("cust")
    expect(here.offered("Happy")).to_be_visible()
    visitor.page.keyboard.press("ArrowDown")
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        visitor.page.emulate_media(color_scheme=scheme)
        assert visitor.page.evaluate(AUDIT) == []
    visitor.page.set_viewport_size(PHONE)
    assert visitor.page.evaluate(STICKS_OUT) == 0
    assert visitor.form.locator(".fields").evaluate("one => one.scrollWidth - one.clientWidth") == 0
