"""Whatever people type, in whatever box, is shown as typed and runs nothing."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Locator, expect

from bot.demo.stage import Stage
from bot.demo.world import ZONE
from tests.browser.visitor import Visitor

FRIDAY = datetime(2026, 10, 2, 10, tzinfo=ZONE)
HOSTILE = (
    "<script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "</textarea><b>bold</b>&lt;i&gt; {{7*7}} \"' javascript:alert(1)",
    "@here @channel and <!channel> <@U12345>",
    "ליאור \u202ereversed\u202c أمينة",
    "w" * 3000,
)


@pytest.fixture
def asked(stage: Stage) -> Stage:
    stage.world.at(FRIDAY)
    stage.world.rest()
    return stage


def _nothing_ran(visitor: Visitor) -> None:
    expect(visitor.page).not_to_have_title("taken")
    assert visitor.page.locator("body script, img[src=x], b:text-is('bold')").count() == 0
    overflow = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert visitor.page.evaluate(overflow) == 0


def _shows(place: Locator, words: str) -> None:
    expect(place).to_contain_text(words, use_inner_text=True)


def test_in_the_channel_its_thread_and_when_edited(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    for words in HOSTILE:
        visitor.says(words)
        said = visitor.newest
        _shows(said, words)
        visitor.tool(said, "Edit")
        expect(said.get_by_label("Your message")).to_have_value(words)
        said.get_by_label("Your message").fill(f"{words} again")
        said.get_by_role("button", name="Save").click()
        _shows(said, f"{words} again")
    visitor.tool(visitor.newest, "Reply in a thread")
    thread = visitor.page.get_by_role("complementary", name="Thread")
    for number, words in enumerate(HOSTILE, start=2):
        thread.get_by_label("Reply in the thread").fill(words)
        thread.get_by_role("button", name="Send").click()
        expect(thread.get_by_role("article")).to_have_count(number)
        _shows(thread.get_by_role("article").last, words)
    _nothing_ran(visitor)


def test_to_okra_in_a_message_and_a_command(asked: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah")
    for number, words in enumerate(HOSTILE):
        visitor.says(f"1 {44 + number}% confidence 7, {words}")
        receipt = visitor.message(re.compile(f"Thank you, noted.*{44 + number} %"))
        _shows(receipt, words[:100])
        visitor.says(f"/okr {words}")
        expect(visitor.newest).to_contain_text("/okr pause")
        _shows(visitor.newest, words[:20])
    _nothing_ran(visitor)


def test_in_every_box_of_the_form(asked: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah")
    visitor.taps("Check in")
    visitor.field("How sure are you that KR1 will land?").select_option(label="2 – low")
    expect(visitor.field("What would fix KR1?")).to_be_visible()
    boxes = visitor.form.get_by_role("textbox").all()
    typed = [HOSTILE[number % len(HOSTILE)] for number in range(len(boxes))]
    for box, words in zip(boxes, typed, strict=True):
        box.fill(words)
    visitor.sends()
    expect(visitor.field("Where is KR1 now?")).to_have_accessible_description(re.compile("not a number"))
    for box, words in zip(boxes, typed, strict=True):
        expect(box).to_have_value(words)
    for number, value in enumerate(("44", "6", "126k"), start=1):
        visitor.field(f"Where is KR{number} now?").fill(value)
    visitor.field("What will you do next week?").fill("\n".join(HOSTILE[:3]))
    visitor.field("What would fix KR1?").fill("\n".join(HOSTILE[3:5]))
    visitor.sends()
    expect(visitor.form).to_be_hidden()
    asked.world.at(FRIDAY.replace(hour=16, minute=30))
    visitor.goes("okrs")
    for words in HOSTILE[:5]:
        _shows(visitor.newest, words)
    _nothing_ran(visitor)
