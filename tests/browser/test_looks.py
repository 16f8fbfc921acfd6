"""Every screen in light and dark and at a phone's width: names, contrast, nothing sticks out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from tests.browser.visitor import Visitor

AUDIT = Path(__file__).with_name("audit.js").read_text("utf-8")
PHONE_WIDTH = 375
STICKS_OUT = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def _channel(visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.says("What a *week*, `code`, @Jack: https://teebee.example")
    visitor.says("/okr help")
    expect(visitor.newest).to_contain_text("Only visible to you")
    visitor.tool(visitor.messages.first, "React with tada")
    expect(visitor.messages.first.get_by_role("button", name="tada, 1")).to_be_visible()


def _form(visitor: Visitor) -> None:
    visitor.comes("Hannah")
    visitor.taps("Check in")
    visitor.field("How sure are you that KR2 will land?").select_option(label="2 – low")
    expect(visitor.field("What would fix KR2?")).to_be_visible()
    visitor.field("Where is KR1 now?").fill("lots")
    visitor.sends()
    expect(visitor.form).to_contain_text("is not a number")


def _home(visitor: Visitor) -> None:
    visitor.comes("Hannah")
    visitor.page.get_by_role("link", name="Home").click()
    expect(visitor.page.get_by_role("main")).to_contain_text("Customers who renew")


def _calls(visitor: Visitor) -> None:
    visitor.comes("Hannah")
    visitor.page.get_by_role("link", name="Slack calls").click()
    panel = visitor.page.get_by_role("complementary", name="Slack calls")
    panel.get_by_role("group").first.locator("summary").click()
    expect(panel.locator("pre").first).to_be_visible()


def _thread(visitor: Visitor) -> None:
    visitor.comes("Jack", "okrs")
    visitor.says("Shall we talk about the hotel fair?")
    visitor.tool(visitor.newest, "Reply in a thread")
    expect(visitor.page.get_by_role("complementary", name="Thread")).to_be_visible()


PLACES = [_channel, _form, _home, _calls, _thread]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__.strip("_"))
def test_everything_has_a_name_stands_out_and_fits_a_phone(
    stage: Stage, visitor: Visitor, place: Callable[[Visitor], None]
) -> None:
    stage.move("friday")
    place(visitor)
    assert visitor.page.evaluate(AUDIT) == []
    visitor.page.emulate_media(color_scheme="dark")
    assert visitor.page.evaluate(AUDIT) == []
    visitor.page.set_viewport_size({"width": PHONE_WIDTH, "height": 740})
    assert visitor.page.evaluate(STICKS_OUT) == 0
    assert visitor.page.evaluate(AUDIT) == []
