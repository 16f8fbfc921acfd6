"""What a picture is of, and how it is taken."""

import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Locator, Page

from bot.demo.world import World
from bot.practice.model import Message
from bot.practice.page.scene import HOME, MESSAGES

Scheme = Literal["light", "dark"]
DESK_WIDTH, PHONE_WIDTH = 920, 375
WITH_THREAD_WIDTH: Final = 1800
WHOLE_WIDTH, WHOLE_HEIGHT = 1280, 760
COLOURS: Final = 128
ROOM_AROUND: Final = 260
"""So many pixels are taken by what stands above and below messages, on a phone."""
KINDS: Final[Sequence[tuple[str, Scheme, bool]]] = (
    ("light", "light", False),
    ("dark", "dark", False),
    ("phone", "light", True),
)
"""The end of the file's name, the colours, and whether it is as on a phone."""
UNROLL: Final = "form => { form.style.maxHeight = 'none'; }"


class Eyes:
    """Looks at a world's page as this person or that."""

    def __init__(self, page: Page, world: World) -> None:
        self.page = page
        self.world = world

    def message(self, name: str, message: Message) -> Locator:
        """That message as this person sees it."""
        self.opens(name, self._place(message.channel))
        return self._article(message)

    def newest(self, name: str, words: str = "") -> Locator:
        """What the bot told that person last, once it says these words."""
        return self.message(name, self.world.expect_message(name, words))

    def thread(self, name: str, root: Message, calls: str = "") -> Locator:
        """All that stands in the thread of that message."""
        self.opens(name, self._place(root.channel), thread=root.ts, calls=calls)
        return self.page.get_by_role("complementary", name="Thread")

    def home(self, name: str) -> Locator:
        self.opens(name, HOME)
        self.page.locator(".home .block").first.wait_for()
        self.world.rest()
        return self.page.locator(".home")

    def form(self, name: str) -> Locator:
        """The form that person has open, whole."""
        self.opens(name, MESSAGES)
        form = self.page.get_by_role("dialog")
        form.evaluate(UNROLL)
        return form

    def opens(self, name: str, place: str, thread: str = "", calls: str = "") -> None:
        beside = "&".join(f"{key}={value}" for key, value in (("thread", thread), ("calls", calls)) if value)
        person = quote(self.world.people[name].id)
        self.page.goto(f"{self.world.slack.page_url}as/{person}/{place}?{beside}")

    def _place(self, channel: str) -> str:
        return MESSAGES if channel in self.world.slack.direct_messages().values() else channel

    def _article(self, message: Message) -> Locator:
        return self.page.locator(f'[id="m-{message.ts}"]')


@dataclass(frozen=True)
class Screen:
    """One thing people see. `found` does what leads there, and gives the part of the page that is pictured;
    None is all of it."""

    name: str
    says: str
    found: Callable[[Eyes], Locator | None]
    width: int = DESK_WIDTH
    """Of the window, in pixels, where it is no phone's and a part is pictured."""


@dataclass(frozen=True)
class Theme:
    """Screens of one company, in the order in which they come about."""

    title: str
    company: Callable[[], AbstractContextManager[World]]
    screens: Sequence[Screen]


def take(screen: Screen, eyes: Eyes, folder: Path) -> None:
    """Writes the screen's pictures; the same every time."""
    target = screen.found(eyes)
    for kind, scheme, phone in KINDS:
        eyes.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        path = folder / f"{screen.name}-{kind}.png"
        if target is None:
            width = PHONE_WIDTH if phone else WHOLE_WIDTH
            eyes.page.set_viewport_size({"width": width, "height": WHOLE_HEIGHT})
            eyes.page.reload()
            picture = _steady(lambda: eyes.page.screenshot(animations="disabled"))
        else:
            _make_room(eyes.page, target, PHONE_WIDTH if phone else screen.width)
            picture = _steady(lambda: target.screenshot(animations="disabled"))
        path.write_bytes(_small(picture))


def _small(picture: bytes) -> bytes:
    """The same with so many colours at most: they lie in the repository, and change often."""
    small = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as full:
        reduced = full.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        reduced.save(small, "PNG", optimize=True)
    return small.getvalue()


def _steady(shoot: Callable[[], bytes]) -> bytes:
    """A picture that comes out twice in a row: now and then Chromium rounds a corner otherwise at first."""
    before = shoot()
    while (picture := shoot()) != before:
        before = picture
    return picture


def _make_room(page: Page, target: Locator, width: int) -> None:
    """A window in which all of it can be seen at once, and not much more."""
    page.set_viewport_size({"width": width, "height": ROOM_AROUND})
    height = target.evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": width, "height": ROOM_AROUND + height})
    target.evaluate("element => element.scrollIntoView()")
