"""A Chromium of this machine's own, without a window: nothing is downloaded, and it reaches only loopback."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, sync_playwright

SETTING: Final = "CHROMIUM"
"""The environment variable that names another one."""
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING: Final = (
    f"No Chromium here: looked for {', '.join(NAMES)} and the variable {SETTING}; apt install chromium"
)
FLAGS: Final = (
    "--no-sandbox",  # root may not have one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    # The same pictures on every machine that has the same fonts.
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--disable-partial-raster",
    "--num-raster-threads=1",
)


def find() -> str | None:
    """The path of one; None if there is none."""
    named = os.environ.get(SETTING)
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


@contextmanager
def running(path: str) -> Iterator[Browser]:
    """Playwright keeps an asyncio loop running in this thread meanwhile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
