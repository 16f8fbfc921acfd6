"""The whole page with a keyboard alone."""

from datetime import datetime

import pytest
from playwright.sync_api import Keyboard, expect

from bot.demo.stage import Stage
from bot.demo.world import ZONE
from tests.browser.visitor import Visitor

FRIDAY = datetime(2026, 10, 2, 10, tzinfo=ZONE)
FAR = 60
"""So many stops with the Tab key are far too many."""


@pytest.fixture
def keys(stage: Stage, visitor: Visitor) -> Keyboard:
    """Hannah has been asked, and puts her mouse away."""
    stage.world.at(FRIDAY)
    stage.world.rest()
    visitor.page.goto(stage.page_url)
    return visitor.page.keyboard


def _walk(visitor: Visitor, label: str) -> None:
    """With the Tab key to the control of that name."""
    named = visitor.page.get_by_label(label).or_(visitor.page.get_by_role("button", name=label, exact=True))
    for _ in range(FAR):
        visitor.page.keyboard.press("Tab")
        if named.evaluate_all("found => found.includes(document.activeElement)"):
            return
    raise AssertionError(f"The Tab key does not lead to {label}")


def test_a_check_in_is_answered_by_keys(keys: Keyboard, visitor: Visitor) -> None:
    keys.press("Tab")
    expect(visitor.page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    keys.press("Enter")
    _walk(visitor, "Check in")
    keys.press("Enter")
    value = visitor.field("Where is KR1 now?")
    expect(value).to_be_focused()
    keys.press("Control+A")
    keys.type("lots")
    keys.press("Enter")  # sends the form
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(value).to_be_focused()
    keys.press("Control+A")
    keys.type("44")
    _walk(visitor, "How sure are you that KR1 will land? (0–10)")
    keys.type("3")
    _walk(visitor, "What would fix KR1?")
    keys.type("fewer samples")
    _walk(visitor, "Send")
    keys.press("Enter")
    expect(visitor.form).to_be_hidden()
    expect(visitor.newest).to_contain_text("1 Customers who renew 44 → 70 %, confidence 3")


def test_escape_closes_the_form_and_sends_nothing(keys: Keyboard, visitor: Visitor) -> None:
    _walk(visitor, "Check in")
    keys.press("Enter")
    expect(visitor.form).to_be_visible()
    keys.press("Escape")
    expect(visitor.form).to_be_hidden()
    expect(visitor.newest).to_contain_text("answer by")


def test_focus_stays_where_it_is_when_something_new_comes(
    keys: Keyboard, visitor: Visitor, stage: Stage
) -> None:
    _walk(visitor, "Message to Okra")
    keys.type("half a")
    stage.world.people["Hannah"].say("1 44%")
    expect(visitor.newest).to_contain_text("Thank you, noted")
    keys.type(" sentence")
    expect(visitor.page.get_by_label("Message to Okra")).to_have_value("half a sentence")


def test_words_a_menu_and_another_place_by_keys(keys: Keyboard, visitor: Visitor) -> None:
    _walk(visitor, "Message to Okra")
    keys.type("1 44%")
    keys.press("Enter")
    expect(visitor.newest).to_contain_text("Thank you, noted")
    keys.press("Shift+Tab")
    expect(visitor.newest.get_by_label("What to do with the message of Okra")).to_be_focused()
    keys.press("Enter")
    _walk(visitor, "React with heart")
    keys.press("Enter")
    expect(visitor.newest.get_by_role("button", name="heart, 1")).to_be_visible()
    keys.press("Escape")
    expect(visitor.page.locator("details[open]")).to_have_count(0)
