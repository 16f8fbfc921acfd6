"""The buttons that move time, and the one that begins anew."""

from playwright.sync_api import expect

from bot.demo.stage import Stage
from tests.browser.visitor import Visitor


def test_the_clock_moves_to_friday_and_a_week_on(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah")
    banner = visitor.page.get_by_role("banner")
    expect(banner).to_contain_text("Thursday 1 October, 09:00")
    visitor.moves("Friday 10:00")
    expect(banner).to_contain_text("Friday 2 October, 10:00")
    expect(visitor.newest).to_contain_text("TeeBee check-in · 3 key results")
    visitor.moves("Next week")
    expect(banner).to_contain_text("Friday 9 October, 10:00")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Okra")
    visitor.goes("okrs")
    expect(visitor.newest).to_contain_text("TeeBee, week 1 of 13")


def test_the_next_thing_is_said_in_a_sentence(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Jack")
    visitor.moves("Next thing")
    expect(visitor.page.get_by_role("alert")).to_have_text(
        "Friday 2 October, 09:00 in Shanghai (10:00 for Jack in Tokyo): Okra asks Jack."
    )
    expect(visitor.newest).to_contain_text("TeeBee check-in")


def test_the_quarter_plays_by_itself_and_stops(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.moves("Play the quarter")
    expect(visitor.message("week 2 of 13")).to_be_visible(timeout=60_000)
    visitor.moves("Stop")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Stopped: it is")
    expect(visitor.page.get_by_role("button", name="Play the quarter")).to_be_visible()


def test_everything_begins_anew(stage: Stage, visitor: Visitor) -> None:
    visitor.comes("Hannah", "okrs")
    visitor.says("Is anybody there?")
    expect(visitor.messages).to_have_count(1)
    visitor.page.get_by_role("button", name="Reset").click()
    expect(visitor.message("week 8 of 13")).to_be_visible(timeout=120_000)
    expect(visitor.message("Is anybody there?")).to_have_count(0)
    expect(visitor.page.get_by_role("status").filter(has_text="begins anew")).to_have_count(0, timeout=60_000)
