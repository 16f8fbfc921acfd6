"""A person in front of the page, with keyboard and mouse: everything is found by its role and name."""

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

WAIT_MS: Final = 15_000
"""Far longer than anything takes here."""


class Visitor:
    """Sees the page through the eyes of whoever they choose to be."""

    def __init__(self, page: Page, address: str) -> None:
        page.set_default_timeout(WAIT_MS)
        expect.set_options(timeout=WAIT_MS)
        self.page = page
        self.address = address

    def comes(self, name: str, place: str = "Okra") -> None:
        """Opens the page, becomes that person and goes through the door of that name."""
        self.page.goto(self.address)
        self.becomes(name)
        self.goes(place)

    def becomes(self, name: str) -> None:
        chosen = self.page.get_by_label("You are")
        if chosen.locator("option:checked").inner_text() != name:
            chosen.select_option(label=name)
        expect(self.page).to_have_title(re.compile(f"– {re.escape(name)} –"))
        self.page.wait_for_load_state()

    def goes(self, place: str) -> None:
        with self.page.expect_navigation():  # the place may be the one where they are
            self.page.get_by_label("Places").get_by_role("link", name=place).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(place)
        self.page.wait_for_load_state()

    def says(self, words: str) -> None:
        """In the box at the bottom; Enter sends it."""
        box = self.page.get_by_label("Message to")
        box.fill(words)
        box.press("Enter")
        expect(box).to_have_value("")

    @property
    def conversation(self) -> Locator:
        return self.page.get_by_role("log", name="Messages")

    @property
    def messages(self) -> Locator:
        return self.conversation.get_by_role("article")

    @property
    def newest(self) -> Locator:
        return self.messages.last

    def message(self, words: str | re.Pattern[str]) -> Locator:
        """The newest that has these words."""
        return self.messages.filter(has_text=words).last

    def tool(self, message: Locator, name: str) -> None:
        """Opens the menu of a message and takes something from it."""
        message.hover()
        message.get_by_label("What to do with the message").click()
        named = message.get_by_role("button", name=name).or_(message.get_by_role("link", name=name))
        named.or_(message.get_by_text(name, exact=True)).click()

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog")

    def field(self, label: str) -> Locator:
        return self.form.get_by_label(label)

    def sends(self) -> None:
        self.form.get_by_role("button", name="Send").click()

    def taps(self, name: str, message: Locator | None = None) -> None:
        (message or self.newest).get_by_role("button", name=name, exact=True).click()

    def moves(self, name: str) -> None:
        """The clock."""
        self.page.get_by_role("group", name="Move the clock").get_by_role("button", name=name).click()
