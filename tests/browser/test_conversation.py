"""What people do in the browser beside answering: commands, threads, reactions, edits, the Home, the calls."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from bot.demo.world import CHANNEL, ZONE
from tests.browser.visitor import Visitor

FRIDAY = datetime(2026, 10, 2, 10, tzinfo=ZONE)


@pytest.fixture
def digested(stage: Stage) -> Stage:
    """Hannah has answered, and the digest is in the channel."""
    stage.world.at(FRIDAY)
    stage.world.people["Hannah"].say("1 44% confidence 7; 2 6%; 3 126k; next: call the five that lapsed")
    stage.world.rest()
    stage.world.at(FRIDAY.replace(hour=16, minute=30))
    stage.world.rest()
    return stage


def test_a_command_is_answered_for_its_author_alone(digested: Stage, visitor: Visitor) -> None:
    visitor.comes("Jim", "okrs")
    visitor.says("/okr team")
    expect(visitor.newest).to_contain_text("Only visible to you")
    expect(visitor.newest).to_contain_text("TeeBee · 2026 Q4, week 1 of 13")
    visitor.says("/okr @Hannah")
    expect(visitor.newest).to_contain_text("Hannah · 2026 Q4, week 1 of 13")
    visitor.becomes("Hannah")
    visitor.goes("okrs")
    expect(visitor.newest).to_contain_text("1 of 2 answered")


def test_an_unknown_command_is_refused_with_a_sentence(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah")
    visitor.says("/nonsense")
    expect(visitor.page.get_by_role("alert")).to_have_text("/nonsense is not a valid command.")


def test_a_thread_is_read_and_answered_beside_the_channel(digested: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.tool(visitor.message("week 1 of 13"), "Reply in a thread")
    thread = visitor.page.get_by_role("complementary", name="Thread")
    chart = thread.get_by_role("article").last.get_by_role("img")
    expect(chart).to_have_js_property("complete", value=True)
    expect(chart).to_have_attribute("alt", re.compile("pace"))
    expect(chart).to_be_in_viewport(ratio=0.5)
    thread.get_by_label("Reply in the thread").fill("Well done, everybody.")
    thread.get_by_role("button", name="Send").click()
    expect(thread.get_by_role("article").last).to_contain_text("Well done, everybody.")
    digest = visitor.message("week 1 of 13")
    expect(digest.get_by_role("link", name="2 replies")).to_be_visible()
    thread.get_by_role("link", name="Close the thread").click()
    expect(visitor.page.get_by_role("complementary", name="Thread")).to_have_count(0)


def test_a_reaction_is_counted_and_taken_back(digested: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.tool(visitor.message("week 1 of 13"), "React with tada")
    mine = visitor.message("week 1 of 13").get_by_role("button", name="tada, 1")
    expect(mine).to_have_attribute("aria-pressed", "true")
    digested.world.people["Jack"].react(digested.world.from_okra("Jack", CHANNEL)[-1].ts, "tada")
    both = visitor.message("week 1 of 13").get_by_role("button", name="tada, 2")
    both.click()
    expect(visitor.message("week 1 of 13").get_by_role("button", name="tada, 1")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_ones_own_message_is_edited_and_deleted(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.says("Good mornign")
    said = visitor.message("Good mornign")
    visitor.tool(said, "Edit")
    box = said.get_by_label("Your message")
    expect(box).to_have_value("Good mornign")
    box.fill("Good morning")
    said.get_by_role("button", name="Save").click()
    expect(visitor.newest).to_contain_text("Good morning")
    expect(visitor.newest).to_contain_text("(edited)")
    visitor.tool(visitor.newest, "Delete")
    expect(visitor.messages).to_have_count(0)


def test_nobody_edits_or_deletes_what_others_said(digested: Stage, visitor: Visitor) -> None:
    visitor.comes("Jack", "okrs")
    digest = visitor.message("week 1 of 13")
    digest.hover()
    digest.get_by_label("What to do with the message of Okra").click()
    expect(digest.get_by_role("link", name="Reply in a thread")).to_be_visible()
    expect(digest.get_by_text("Edit", exact=True)).to_have_count(0)
    expect(digest.get_by_role("button", name="Delete")).to_have_count(0)


def test_the_home_says_what_is_owed_and_the_form_opens_there(digested: Stage, visitor: Visitor) -> None:
    visitor.comes("Jack")
    visitor.page.get_by_role("link", name="Home").click()
    home = visitor.page.get_by_role("main")
    expect(home).to_contain_text("Renewed online")
    home.get_by_role("button", name="Check in").click()
    visitor.field("Where is KR1 now?").fill("34")
    visitor.sends()
    expect(visitor.form).to_be_hidden()
    expect(home).to_contain_text("34")
    expect(
        home.get_by_role("button", name="Change answer").or_(home.get_by_text("Nothing waits"))
    ).to_be_visible()


def test_the_side_panel_shows_the_calls_behind_the_screen(digested: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.page.get_by_role("link", name="Slack calls").click()
    panel = visitor.page.get_by_role("complementary", name="Slack calls")
    posted = panel.get_by_role("group").filter(has_text="chat.postMessage")
    posted.locator("summary").click()
    expect(posted.locator("pre").first).to_contain_text('"text": "TeeBee, week 1 of 13')
    expect(panel).not_to_contain_text("views.publish")
    panel.get_by_role("link", name="Everything").click()
    expect(panel).to_contain_text("users.lookupByEmail")
    assert "xoxb" not in visitor.page.content()


def test_what_is_new_elsewhere_is_marked(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    places = visitor.page.get_by_label("Places")
    expect(places.get_by_role("link", name="Okra new")).to_have_count(0)
    stage.world.at(FRIDAY)
    expect(places.get_by_role("link", name="Okra new")).to_be_visible()
    visitor.goes("Okra")
    expect(places.get_by_role("link", name="Okra new")).to_have_count(0)
