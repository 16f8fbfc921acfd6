"""A person answers Okra in the browser, by form and in words, and sees the digest come and change."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from bot.demo.world import ZONE
from tests.browser.visitor import Visitor

FRIDAY = datetime(2026, 10, 2, 10, tzinfo=ZONE)
"""Okra's first: everybody is asked at their own ten."""


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """Hannah and Jack have their prompts."""
    stage.world.at(FRIDAY)
    stage.world.rest()
    return stage


def test_a_prompt_is_answered_by_form_with_a_mistake_on_the_way(asked: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah")
    visitor.taps("Check in")
    expect(visitor.form.get_by_role("heading", name="Check in")).to_be_visible()
    visitor.field("Where is KR1 now?").fill("lots")
    visitor.field("What will you do next week?").fill("Call the five that lapsed")
    visitor.sends()
    value = visitor.field("Where is KR1 now?")
    expect(value).to_have_accessible_description(re.compile("“lots” is not a number. Write it like 40 %."))
    expect(value).to_be_focused()
    expect(value).to_have_value("lots")
    expect(visitor.field("What will you do next week?")).to_have_value("Call the five that lapsed")
    value.fill("43")
    visitor.field("What drove KR1?").fill("the autumn tasting")
    visitor.sends()
    expect(visitor.form).to_be_hidden()
    expect(visitor.newest).to_contain_text("Answered at 10:00 – thank you.")
    expect(visitor.newest).to_contain_text("1 Customers who renew 43 → 70 %")


def test_low_confidence_brings_up_the_questions_and_keeps_what_is_typed(
    asked: Stage, visitor: Visitor
) -> None:
    visitor.comes("Hannah")
    visitor.taps("Check in")
    visitor.field("What will you do next week?").fill("Call the five that lapsed")
    expect(visitor.field("What is in the way of KR2?")).to_have_count(0)
    visitor.field("How sure are you that KR2 will land?").select_option(label="3 – low")
    visitor.field("What is in the way of KR2?").select_option(label="Dependency: waiting for somebody")
    visitor.field("Who can clear the way for KR2?").select_option(label="Jack")
    visitor.field("What would fix KR2?").fill("make carrier data optional")
    expect(visitor.field("What will you do next week?")).to_have_value("Call the five that lapsed")
    visitor.sends()
    expect(visitor.form).to_be_hidden()
    asked.world.at(FRIDAY.replace(hour=16, minute=30))
    visitor.goes("okrs")
    expect(visitor.newest).to_contain_text("In the way: dependency, Jack · Fix: make carrier data optional")


def test_a_closed_form_sends_nothing(asked: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah")
    visitor.taps("Check in")
    visitor.field("Where is KR1 now?").fill("66")
    visitor.form.get_by_role("button", name="Cancel").click()
    expect(visitor.form).to_be_hidden()
    visitor.taps("Check in")
    expect(visitor.field("Where is KR1 now?")).to_have_value("40 %")


def test_words_are_answered_with_what_was_understood(asked: Stage, visitor: Visitor) -> None:
    visitor.comes("Jack")
    visitor.says("1 35% confidence 8, the new order page; 2 6.4; 3 38")
    expect(visitor.newest).to_contain_text("Thank you, noted:")
    expect(visitor.newest).to_contain_text("1 Renewed online 35 %, confidence 8 · the new order page")
    expect(visitor.message("1 35% confidence 8")).to_be_visible()


def test_all_unchanged_is_one_tap(asked: Stage, visitor: Visitor) -> None:
    visitor.comes("Jack")
    visitor.taps("All unchanged")
    expect(visitor.newest).to_contain_text("thank you")


def test_the_digest_comes_and_changes_without_a_reload(asked: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.page.evaluate("window.same = true")
    asked.world.people["Hannah"].say("1 44% confidence 7; 2 6%; 3 126k")
    asked.world.rest()
    asked.world.at(FRIDAY.replace(hour=16, minute=30))
    expect(visitor.newest).to_contain_text("TeeBee, week 1 of 13 · 1 of 2 answered")
    expect(visitor.newest).to_contain_text("Transaction amount ¥126,000")
    expect(visitor.newest).not_to_contain_text("(edited)")
    asked.world.clock.set(asked.world.clock() + timedelta(minutes=20))
    asked.world.people["Hannah"].say("3 131k")
    expect(visitor.newest).to_contain_text("Transaction amount ¥131,000")
    expect(visitor.newest).to_contain_text("(edited)")
    assert visitor.page.evaluate("window.same") is True
