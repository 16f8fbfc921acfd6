"""Makes all pictures, or those whose names hold the given words; writes the page that lists them."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from bot.demo.play import quiet_logs
from tests.browser import chromium
from tests.browser.screens import (
    aligned,
    asking,
    digests,
    drafts,
    forms,
    forty,
    kinds,
    meeting,
    quick,
    seeing,
    talking,
    teams,
    weeks,
    writing,
)
from tests.browser.screens.screen import KINDS, Eyes, Screen, Theme, take

FOLDER = Path("docs/screens")
THEMES = (
    asking.THEME,
    quick.THEME,
    forms.THEME,
    forms.MANY_THEME,
    talking.THEME,
    talking.BACK_THEME,
    seeing.THEME,
    *digests.THEMES,
    meeting.THEME,
    weeks.THEME,
    kinds.THEME,
    writing.THEME,
    aligned.THEME,
    forty.THEME,
    teams.THEME,
    drafts.THEME,
)
NO_CHINESE = "No font for Chinese here, so it is shown as boxes; apt install fonts-wqy-microhei"


def main(wanted: Sequence[str]) -> int:
    path = chromium.find()
    if path is None:
        sys.stderr.write(f"{chromium.MISSING}\n")
        return 1
    if not _has_chinese():
        sys.stderr.write(f"{NO_CHINESE}\n")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with quiet_logs(), chromium.running(path) as browser:
        for theme in THEMES:
            began = time.monotonic()
            if number := _take_all(theme, browser, wanted):
                seconds = time.monotonic() - began
                sys.stdout.write(f"{theme.title}: {number} screens in {seconds:.0f} s\n")
    (FOLDER / "README.md").write_text(listing(THEMES), "utf-8")
    _forget_others()
    return 0


def _take_all(theme: Theme, browser: Browser, wanted: Sequence[str]) -> int:
    """Every screen is gone to, for the next ones' sake; only those wanted are taken."""
    last = max((n for n, one in enumerate(theme.screens, 1) if _is_wanted(one, wanted)), default=0)
    if not last:
        return 0
    with theme.company() as world:
        context = browser.new_context(locale="en-GB", reduced_motion="reduce")
        eyes = Eyes(context.new_page(), world)
        for screen in theme.screens[:last]:
            if _is_wanted(screen, wanted):
                take(screen, eyes, FOLDER)
            else:
                screen.found(eyes)
        context.close()
    return last


def _is_wanted(screen: Screen, wanted: Sequence[str]) -> bool:
    return not wanted or any(word in screen.name for word in wanted)


def listing(themes: Sequence[Theme]) -> str:
    """The page that shows them all, in Markdown."""
    parts = [
        "# What people see\n\nEvery screen, made from the real bot in the practice workspace by `make screens`."
    ]
    for theme in themes:
        parts.append(f"## {theme.title}")
        for screen in theme.screens:
            others = " · ".join(f"[{kind}]({screen.name}-{kind}.png)" for kind, _, _ in KINDS[1:])
            parts.append(
                f"### {screen.name}\n{screen.says} Also {others}.\n\n![{screen.says}]({screen.name}-light.png)"
            )
    return "\n\n".join(parts) + "\n"


def _forget_others() -> None:
    """Pictures of screens that are no more."""
    names = {f"{one.name}-{kind}.png" for theme in THEMES for one in theme.screens for kind, _, _ in KINDS}
    for path in FOLDER.glob("*.png"):
        if path.name not in names:
            path.unlink()


def _has_chinese() -> bool:
    found = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
