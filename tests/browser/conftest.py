"""A browser, and the real bot at TeeBee to look at with it. Nothing may reach the console, or go elsewhere."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from bot.demo.play import quiet_logs
from bot.demo.stage import Stage
from tests.browser import chromium
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

SCREEN: ViewportSize = {"width": 1280, "height": 860}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a module, not for the session: other tests want this thread without a running loop."""
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.MISSING)
    with chromium.running(path) as running:
        yield running


@pytest.fixture
def stage() -> Iterator[Stage]:
    """TeeBee's OKRs, on the first day of the cycle; the page's buttons move its time."""
    with quiet_logs(), Stage(pause=0.0) as made:
        yield made


@pytest.fixture
def context(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=SCREEN, locale="en-GB", reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture
def watch(context: BrowserContext, stage: Stage) -> Iterator[Watch]:
    watch = Watch(context, stage.page_url)
    yield watch
    assert watch.trouble == []


@pytest.fixture
def visitor(context: BrowserContext, watch: Watch, stage: Stage) -> Visitor:
    return Visitor(context.new_page(), stage.page_url)
